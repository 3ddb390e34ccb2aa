"""Row 11: files and rows that are not what they promise, among good ones."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus
from corpus import Article
from tests.torture import forms, warm
from tests.torture.commands import dateline
from tests.torture.made import made
from tests.torture.row import Fault, Row, Tally, chance

FAULT = Fault(
    number=11,
    name="bad files and rows",
    cause="tables of good rows with broken ones among them, a 100 MB line, files that are empty, "
    "binary, cut off, or text in UTF-16 and Latin-1, and valid files of every form with bytes "
    "flipped, removed, doubled or cut off",
    must="no traceback; every good row and file is read with its exact words; every bad one is "
    "rejected with its file, its line and a reason",
    full=2_000,
    quick=63,
)
LONG_LINE = 100_000_000

# None of these is a JSON object that holds an article's text.
_BAD_JSON: tuple[str, ...] = (
    "{", "}", "[", "]", "{]", '{"text"', '{"text":', '{"text":}', '{"text" "words"}',
    '{"text": "words",}', '{"text": "words"', '{"text": "words}', "{'text': 'words'}",
    '{text: "words"}', '{"text": "words"} tail', '{"text": "a"}{"text": "b"}', "nul", "tru",
    "null", "true", "12", "-", "1.", "+1", "0x1F", "NaN", "Infinity", '"words"', "'words'",
    '["words"]', "[1,]", "[,1]", '{"text": null}', '{"text": ""}', '{"text": "   "}',
    '{"title": "no text at all"}', "{}", '{"text": "tab\there and \\x"}', '{"text": "\\u12"}',
    '{"text": "\\uD8"}', '{"a":1,,"text":"b"}', "\\", "<text>words</text>", "text: words",
    "{\"text\": \"words\" /* comment */}", "[" * 5_000, '{"a":' * 5_000, "9" * 5_000,
    '{"text": "unclosed \\"}', "\x00", '{"text": \x00}', "\ufeff{",
)  # fmt: skip
_BAD_ROWS: tuple[str, ...] = (
    "one cell", "title,a,b,c,d,e,f", ",", "title,", ',,""', '"never closed,text,x',
    'title,"never closed,x', "\x00,\x00,\x00", 'a"b,"c"d,e',
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """A file that was written, and what must come of it.

    Attributes:
        path: the file.
        texts: of the articles that must be read, in order.
        bad_lines: of the rows that must be rejected; None where it is the file itself.
        loose: whether more may come of it than is told here.
    """

    path: Path
    texts: tuple[str, ...]
    bad_lines: tuple[int | None, ...]
    loose: bool = False


Plant = Callable[[Path, random.Random], Planted]


def run(n: int, seed: int, folder: Path) -> Row:
    """Reads `n` planted files, by turns of every kind."""
    tally = Tally(FAULT)
    cases = [(folder / f"case-{number}", seed, number) for number in range(n)]
    good = 0
    for (_, _, number), outcome in warm.each(_one, cases, patience=120):
        kind = _KINDS[number % len(_KINDS)]
        found, harm = outcome.value or (0, "")
        good += found
        tally.count(f"case {number}, {kind}", outcome.fault.strip().rpartition("\n")[2] or harm)
    return tally.row(f"{good:,} good rows and files, all of them read" if not tally.bad else "")


def _one(folder: Path, seed: int, number: int) -> tuple[int, str]:
    """How many good articles the file holds, and what went wrong."""
    folder.mkdir()
    kind = _KINDS[number % len(_KINDS)]
    planted = _PLANTS[kind](folder, chance(FAULT, seed, number))
    try:
        harm = _through_command(planted) if kind == "command" else _harm(planted)
    finally:
        shutil.rmtree(folder)
    return len(planted.texts), harm


def _harm(planted: Planted) -> str:
    texts: list[str] = []
    lines: list[int | None] = []
    for found in corpus.read([planted.path]):
        if isinstance(found, Article):
            texts.append(found.text)
        elif not found.reason or str(planted.path) not in found.source:
            return f"not clear: {found}"
        else:
            lines.append(found.line)
    if planted.loose:
        # Some forms keep no lines; no word may be lost all the same.
        found_words = {" ".join(text.split()) for text in texts}
        lost = [text for text in planted.texts if " ".join(text.split()) not in found_words]
        return f"{len(lost)} good articles are lost" if lost else ""
    if texts != list(planted.texts):
        return _difference(texts, planted.texts)
    if sorted(map(str, lines)) != sorted(map(str, planted.bad_lines)):
        return f"rejected lines {lines} for {list(planted.bad_lines)}"
    return ""


def _through_command(planted: Planted) -> str:
    said = dateline("index", planted.path, "--library", planted.path.with_name("lib"), "--json")
    if "Traceback" in said.out + said.err:
        return f"a traceback: {said.err[-300:]}"
    report = json.loads(said.out)
    rejected = report["rejected"]
    if report["added"] != len(planted.texts) or len(rejected) != len(planted.bad_lines):
        return f"{report['added']} added, {len(rejected)} rejected of {planted.path.name}"
    return "" if all(one["reason"] and one["source"] for one in rejected) else f"{rejected}"


def _difference(texts: Sequence[str], expected: Sequence[str]) -> str:
    pairs = [(a, b) for a, b in zip(texts, expected, strict=False) if a != b]
    told = f"; {pairs[0][0][:80]!r} for {pairs[0][1][:80]!r}" if pairs else ""
    return f"{len(texts)} articles for {len(expected)}{told}"


def _mixed(luck: random.Random, good: int, bad: Sequence[str]) -> list[tuple[str, bool]]:
    """Rows in a random order: the number of a good one, or a bad one; and which it is."""
    rows = [(str(number), True) for number in range(good)]
    for row in bad:
        rows.insert(luck.randint(0, len(rows)), (row, False))
    return rows


def _json_lines(folder: Path, luck: random.Random) -> Planted:
    bad = luck.sample(_BAD_JSON, luck.choice([1, 3, 12, len(_BAD_JSON)]))
    rows = _mixed(luck, luck.randint(1, 20), bad)
    if rows[0][0].strip() == "[":
        # A lone bracket in the first line is a JSON array, which is another form.
        rows.reverse()
        if rows[0][0].strip() == "[":
            rows.insert(0, ("0", True))
    texts, bad_lines, lines = [], [], []
    for place, (row, is_good) in enumerate(rows, 1):
        if is_good:
            article = made(int(row))
            texts.append(article.text)
            lines.append(json.dumps({"title": article.title, "text": article.text}))
        else:
            bad_lines.append(place)
            lines.append(row)
    path = folder / "rows.jsonl"
    path.write_text("\n".join(lines) + luck.choice(["\n", "", "\r\n"]), encoding="utf-8")
    return Planted(path, tuple(texts), tuple(bad_lines))


def _table(folder: Path, luck: random.Random) -> Planted:
    bad = luck.sample(_BAD_ROWS, luck.choice([1, 3, len(_BAD_ROWS)]))
    texts, bad_lines = [], []
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["title", "text", "outlet"])
    for row, is_good in _mixed(luck, luck.randint(1, 20), bad):
        if is_good:
            article = made(int(row))
            texts.append(article.text)
            writer.writerow([article.title, article.text, article.outlet])
        else:
            bad_lines.append(written.getvalue().count("\n") + 1)
            written.write(f"{row}\n")
    path = folder / "rows.csv"
    path.write_text(written.getvalue(), encoding="utf-8", newline="")
    # A quote that is never closed runs into the rows below it, so which lines of them are told
    # to be bad is open; that no good row is lost is not.
    return Planted(path, tuple(texts), tuple(bad_lines), loose=True)


def _long_line(folder: Path, luck: random.Random) -> Planted:
    before, after = made(1), made(2)
    is_table = luck.random() < 0.5
    path = folder / ("long.csv" if is_table else "long.jsonl")
    with path.open("wb") as stream:
        if is_table:
            stream.write(b"title,text\n")
            stream.write(f'{before.title},"{before.text}"\n'.encode())
            stream.write(b'long,"')
        else:
            stream.write(json.dumps({"title": "t", "text": before.text}).encode() + b"\n")
            stream.write(b'{"title": "long", "text": "')
        for _ in range(LONG_LINE // 1_000_000):
            stream.write(b"words " * 166_667)
        if is_table:
            stream.write(b'"\n' + f'{after.title},"{after.text}"\n'.encode())
            line = 2 + before.text.count("\n") + 1
        else:
            stream.write(b'"}\n' + json.dumps({"title": "t", "text": after.text}).encode())
            line = 2
    return Planted(path, (before.text, after.text), (line,))


def _no_article(folder: Path, luck: random.Random) -> Planted:
    ending = luck.choice(forms.ENDINGS)
    contents: Mapping[str, bytes] = {
        "empty": b"",
        "mark": b"\xef\xbb\xbf",
        "space": b" \n\t\r\n" * luck.randint(1, 200),
        "nul": bytes(luck.randint(1, 5_000)),
        "noise": luck.randbytes(luck.randint(1, 5_000)) + b"\0",
        "marks": "— … • *** ---\n\n".encode() * 5,
        "wrong": bytes.fromhex("89504e470d0a1a0a") + luck.randbytes(500) + bytes(9),
    }
    path = folder / f"bad{ending}"
    path.write_bytes(contents[luck.choice(list(contents))])
    return Planted(path, (), (None,))


def _encoded(folder: Path, luck: random.Random) -> Planted:
    # Words with accents; enough of them for a guess where the file does not say its encoding.
    text = "\n\n".join(
        f"{paragraph} The café in Zürich, said Señora Núñez, is «très élégant», naïve and déjà vu."
        for paragraph in made(luck.randrange(100)).text.split("\n\n")
    )
    encoding, mark = luck.choice(
        [
            ("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"),
            ("utf-16-be", b"\xfe\xff"), ("utf-16-le", b""), ("utf-16-be", b""),
            ("latin-1", b""), ("cp1252", b""),
        ]
    )  # fmt: skip
    path = folder / "encoded.txt"
    breaks = luck.choice(["\n", "\r\n", "\r"])
    path.write_bytes(
        mark + f"A headline of the day\n\n{text}".replace("\n", breaks).encode(encoding)
    )
    return Planted(path, (text,), ())


def _mutated(folder: Path, luck: random.Random) -> Planted:
    """A valid file with some bytes changed: whatever comes of it, it is no traceback."""
    ending = luck.choice(forms.ENDINGS)
    data = bytearray(forms.valid(ending, [made(number) for number in luck.sample(range(50), 3)]))
    for _ in range(luck.choice([1, 1, 3, 20])):
        if len(data) < 2:
            break
        at = luck.randrange(len(data))
        size = luck.choice([1, 1, 2, 40])
        match luck.randrange(5):
            case 0:
                data[at] ^= 1 << luck.randrange(8)
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = data[at : at + size]
            case 3:
                data[at : at + size] = luck.randbytes(size)
            case _:
                del data[max(at, 1) :]
    path = folder / f"mutated{ending}"
    path.write_bytes(bytes(data))
    return Planted(path, (), (), loose=True)


def _valid(folder: Path, luck: random.Random) -> Planted:
    """That the files that are mutated are read when nothing is changed in them."""
    ending = luck.choice(forms.ENDINGS)
    articles = [made(number) for number in luck.sample(range(50), 3)]
    path = folder / f"valid{ending}"
    path.write_bytes(forms.valid(ending, articles))
    texts = [article.text for article in articles[: forms.held(ending, len(articles))]]
    return Planted(path, tuple(texts), (), loose=True)


_PLANTS: Mapping[str, Plant] = {
    "json": _json_lines,
    "table": _table,
    "encoded": _encoded,
    "none": _no_article,
    "valid": _valid,
    "mutated": _mutated,
    "long": _long_line,
    "command": _json_lines,
}
# By turns; what is slow comes seldom.
_KINDS = (
    *("json", "table", "encoded", "none", "mutated", "valid", "mutated", "json", "table") * 3,
    "command", "long",
)  # fmt: skip
