"""When the tail is folded into the base, and how a base that was made becomes the library's."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

from embeddings.index.base import Base
from embeddings.index.building import Extent, IndexOptions, extent, make_base, removed_after
from embeddings.store import derived
from embeddings.store.derived import INDEX_FOLDER, Record

log = logging.getLogger(__name__)


def fold(
    connection: sqlite3.Connection,
    folder: Path,
    dimensions: int,
    options: IndexOptions,
    *,
    bulk: bool = False,
) -> bool:
    """Makes a new base if the tail, or what was removed, has outgrown its limit.

    The library does not depend on it: a full disk or a busy SQLite file is logged, and the old
    base stays.

    Args:
        connection: of the writer, with its lock held and no transaction begun.
        folder: the library.
        dimensions: of its vectors.
        options: the limits.
        bulk: more is being added, so that a larger tail may wait.

    Returns:
        Whether there is a new base.

    Raises:
        LibraryDamaged: a passage, an article or a vector is not what was stored.
    """
    record = derived.load(connection)
    if not _is_due(connection, record, options, bulk=bulk):
        return False
    connection.execute("BEGIN")
    try:
        earlier = _to_extend(connection, folder, dimensions, options, record)
        made = make_base(connection, folder, dimensions, options, earlier)
    except OSError as error:
        log.warning("the indexes of %s were not kept on disk: %s", folder, error)
        return False
    finally:
        connection.execute("ROLLBACK")
    return keep(connection, folder, made, record)


def keep(
    connection: sqlite3.Connection, folder: Path, made: Record, earlier: Record | None
) -> bool:
    """Makes a base the library's, and removes the files of those before the last.

    Returns:
        False when another process was quicker, or the SQLite file is busy or full.
    """
    try:
        kept = derived.replace(connection, made, earlier)
        if kept:
            files = made.files + (earlier.files if earlier else ())
            derived.sweep(folder / INDEX_FOLDER, files)
    except (OSError, sqlite3.OperationalError) as error:
        log.warning("the indexes of %s were not kept on disk: %s", folder, error)
        return False
    return kept


def _is_due(
    connection: sqlite3.Connection, record: Record | None, options: IndexOptions, *, bulk: bool
) -> bool:
    reach = extent(connection)
    if record is None:
        return reach.passages > 0
    (tail,) = connection.execute(
        "SELECT count(*) FROM passages WHERE number > ?", (record.upto,)
    ).fetchone()
    living = reach.passages - tail
    (removed,) = connection.execute(
        "SELECT count(*) FROM removed WHERE number > ? AND passage <= ?",
        (record.removed_upto, record.upto),
    ).fetchone()
    size = living + removed
    limit = max(min(options.tail, options.share * size), options.bulk_share * size * bulk)
    return tail > limit or removed > options.buried * size or _outgrown(reach, record, options)


def _to_extend(
    connection: sqlite3.Connection,
    folder: Path,
    dimensions: int,
    options: IndexOptions,
    record: Record | None,
) -> Base | None:
    """The base that can be added to, or None where one must be made from nothing."""
    if record is None or _outgrown(extent(connection), record, options):
        return None
    base = Base.open(folder, record, dimensions, options.kinds, mapped=False)
    if base is None:
        return None
    base.facets.bury(removed_after(connection, record.removed_upto))
    return base if base.buried <= options.buried else None


def _outgrown(reach: Extent, record: Record, options: IndexOptions) -> bool:
    """Whether the library has become large enough for another kind; it never goes back."""
    factories = [kind.factory for kind in options.kinds]
    if record.kind not in factories:
        return True
    wanted = options.kind_for(reach.passages).factory
    return factories.index(wanted) > factories.index(record.kind)
