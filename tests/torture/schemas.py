"""Row 10: a library of an older or newer schema, or of none; migrated or refused, never guessed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from corpus import embedded_text
from corpus.errors import DatelineError, LibraryDamaged, SchemaMismatch
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from embeddings.store import schema, storage
from tests.torture import failpoints, observe, system_calls, warm
from tests.torture.made import made
from tests.torture.row import Fault, Row, Tally, chance

FAULT = Fault(
    number=10,
    name="older or newer schema",
    cause="libraries of schemas 1 and 2 as the Datelines of their time wrote them, the same with "
    "their migration ended at each statement, with a damaged row, with a table gone; schemas 0, "
    "one too new and nonsense; schema numbers that belong to other tables",
    must="migrated with every article, version, passage, vector and figure, or refused with the "
    "next step and left as it was",
    full=1_000_000,
    quick=24,
)
FIXTURES = {version: Path(__file__).with_name(f"schema_{version}.sql") for version in (1, 2)}

Case = tuple[str, Callable[[Path], None], type[DatelineError] | None]
"""A name, what makes the library, and what it is refused with; None where it is migrated."""


def run(n: int, seed: int, folder: Path) -> Row:
    """Opens `n` libraries: one of each kind, and then those whose migration is ended."""
    tally = Tally(FAULT)
    kinds = _kinds()
    for number, (name, make, refusal) in enumerate(kinds[:n]):
        outcome = warm.call(_one, folder / f"library-{number}", make.__name__, refusal)
        tally.count(name, outcome.fault.strip().rpartition("\n")[2] or outcome.value)
    steps = {
        version: warm.call(_ended_migration, folder / f"dry-{version}", version, 0).value
        for version in FIXTURES
    }
    points = [(version, point) for version, most in steps.items() for point in range(1, most + 1)]
    if n - len(kinds) < len(points):
        points = sorted(chance(FAULT, seed, 0).sample(points, max(0, n - len(kinds))))
    for version, point in points:
        path = folder / f"ended-{version}-{point}"
        warm.call(_ended_migration, path, version, point)
        outcome = warm.call(_migrated, path)
        harm = outcome.fault.strip().rpartition("\n")[2] or outcome.value
        tally.count(f"migration from schema {version} ended at statement {point}", harm)
    told = " and ".join(f"{most} from schema {version}" for version, most in steps.items())
    return tally.row(f"{len(kinds)} kinds of library, statements of the migration: {told}")


def _kinds() -> list[Case]:
    return [
        ("schema 1", _schema_1, None),
        ("schema 2", _schema_2, None),
        ("this schema", _current, None),
        ("schema 0", _schema_0, SchemaMismatch),
        ("a newer schema", _newer, SchemaMismatch),
        ("schema -1", _negative, SchemaMismatch),
        ("schema 2147483647", _highest, SchemaMismatch),
        ("schema 1 under this one's number", _older_tables, LibraryDamaged),
        ("schema 2 under this one's number", _tables_of_2, LibraryDamaged),
        ("this schema under number 1", _newer_tables, LibraryDamaged),
        ("this schema under number 2", _newer_tables_as_2, LibraryDamaged),
        ("schema 1 without its vectors", _without_vectors, LibraryDamaged),
        ("schema 1 with an article changed", _changed_article, LibraryDamaged),
        ("schema 1 with a passage of no article", _orphan, LibraryDamaged),
        ("no tables at all", _no_tables, LibraryDamaged),
    ]


def _one(path: Path, make: str, refusal: type[DatelineError] | None) -> str:
    path.mkdir()
    globals()[make](path)
    if refusal is None:
        return _migrated(path)
    before = _dump(path)
    for _ in range(2):
        try:
            with Library.open(path, HashEmbedder(), create=True) as library:
                for article in library.articles():
                    library.figures(article)
                library.lexical(observe.QUESTIONS[0], 5)
        except refusal as error:
            if not error.next_step or str(path) not in str(error):
                return f"not clear: {error}"
        else:
            return "it was let in"
    return "" if _dump(path) == before else "the refusal changed it"


def _migrated(path: Path) -> str:
    """Whether a library is one of this schema with all that the fixture holds."""
    expected = {article.id: article for article in (made(0), made(1), made(2, edition=1))}
    with Library.open(path, HashEmbedder()) as library:
        library.check()
        if observe.contents(library) != expected:
            return "its articles are others"
        if library.versions(made(2).id) != [made(2)]:
            return "its earlier version is another"
        for article in expected.values():
            passages = library.passages(article.id)
            texts = [embedded_text(article, passage) for passage in passages]
            vectors = library.vectors([passage.id for passage in passages])
            if not (vectors == HashEmbedder().embed(texts)).all():
                return "its vectors are others"
        if observe.unread(path):
            return "its figures were not read"
        answers = observe.look(path)
    fresh = path.with_name(f"{path.name}-fresh")
    _current(fresh)
    harm = observe.harm(answers, observe.look(fresh))
    with closing(sqlite3.connect(path / storage.FILE_NAME)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    return harm or ("" if version == schema.SCHEMA_VERSION else f"it has schema {version}")


def _ended_migration(path: Path, version: int, point: int) -> int:
    """Migrates a library and ends the process at a statement; says how many there were."""
    path.mkdir()
    _write(path, version)
    statements = failpoints.Statements(point)
    statements.arm()
    Library.open(path, HashEmbedder()).close()
    assert point == 0, f"not ended with {system_calls.STATUS} at {point}"
    return statements.passed


def _schema_1(path: Path) -> None:
    _write(path, 1)


def _schema_2(path: Path) -> None:
    _write(path, 2)


def _write(path: Path, version: int) -> None:
    script = FIXTURES[version].read_text(encoding="utf-8")
    with closing(sqlite3.connect(path / storage.FILE_NAME, isolation_level=None)) as connection:
        connection.executescript(script)
        connection.execute("PRAGMA journal_mode = WAL")


def _current(path: Path) -> None:
    with Library.open(path, HashEmbedder(), create=True) as library:
        library.add([made(number) for number in range(4)])
        library.add([made(2, edition=1)])
        library.delete(made(3).id)


def _schema_0(path: Path) -> None:
    _current(path)
    _change(path, "PRAGMA user_version = 0")


def _newer(path: Path) -> None:
    _current(path)
    _change(path, f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")


def _negative(path: Path) -> None:
    _current(path)
    _change(path, "PRAGMA user_version = -1")


def _highest(path: Path) -> None:
    _current(path)
    _change(path, f"PRAGMA user_version = {2**31 - 1}")


def _older_tables(path: Path) -> None:
    _schema_1(path)
    _change(path, f"PRAGMA user_version = {schema.SCHEMA_VERSION}")


def _newer_tables(path: Path) -> None:
    _current(path)
    _change(path, "PRAGMA user_version = 1")


def _tables_of_2(path: Path) -> None:
    _schema_2(path)
    _change(path, f"PRAGMA user_version = {schema.SCHEMA_VERSION}")


def _newer_tables_as_2(path: Path) -> None:
    _current(path)
    _change(path, "PRAGMA user_version = 2")


def _without_vectors(path: Path) -> None:
    _schema_1(path)
    _change(path, "DROP TABLE vectors")


def _changed_article(path: Path) -> None:
    _schema_1(path)
    _change(path, "UPDATE articles SET text = replace(text, 'pounds', 'euros')")


def _orphan(path: Path) -> None:
    _schema_1(path)
    _change(path, f"DELETE FROM articles WHERE id = '{made(0).id}'")


def _no_tables(path: Path) -> None:
    _change(path, f"PRAGMA application_id = {storage.APPLICATION_ID}")
    _change(path, f"PRAGMA user_version = {schema.SCHEMA_VERSION}")


def _change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path / storage.FILE_NAME, isolation_level=None)) as connection:
        connection.execute(statement)


def _dump(path: Path) -> list[str]:
    """All that SQLite holds, and the names of what lies beside it."""
    copy = path.with_name(f"{path.name}-copy")
    shutil.copytree(path, copy)
    with closing(sqlite3.connect(copy / storage.FILE_NAME)) as connection:
        held = list(_lines(connection))
    shutil.rmtree(copy)
    # The lock and SQLite's own files beside its file come and go.
    beside = {file.name for file in path.iterdir() if not file.name.startswith(storage.FILE_NAME)}
    return [*held, *sorted(beside - {"writer.lock"})]


def _lines(connection: sqlite3.Connection) -> Iterator[str]:
    for pragma in ("user_version", "application_id"):
        yield str(connection.execute(f"PRAGMA {pragma}").fetchone())
    yield from connection.iterdump()
