"""A library with something of everything in it, and the ways in which its files can be damaged."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus import identify
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from tests.torture.made import OUTLETS, every, made
from tests.torture.observe import QUESTIONS, Answers, Names, ask_all, look

ARTICLES = 24
BLOCK = 512
_TRUTH = "library.sqlite3"
_LOCK = "writer.lock"

Damage = Callable[[Path, random.Random], str]
"""Damages a file, and says where."""


def stock(path: Path) -> None:
    """Makes a library with copies, earlier versions, a withdrawn article and removed passages."""
    with Library.open(path, HashEmbedder(), create=True) as library:
        library.add(every(ARTICLES))
        library.add([made(number, edition=1) for number in (2, 5)])
        library.delete(made(3).id)
        library.withdraw(made(4).id, date(2024, 2, 29))
        library.lexical(QUESTIONS[0], 5)
        library.dense(HashEmbedder().embed(QUESTIONS[:1])[0], 5)
        # What comes now is searched beside the indexes.
        source = "made/copy.txt"
        copied = made(6)
        library.add(
            [
                replace(
                    copied,
                    id=identify(source),
                    source=source,
                    outlet=next(name for name in OUTLETS if name != copied.outlet),
                    text=f"{copied.text}\n\nAn agency reported this first.",
                )
            ]
        )


def with_log(path: Path, target: Path, asked: Names) -> dict[str, Answers]:
    """Copies a library so that its last commits stand in SQLite's log, as after a crash.

    Returns:
        What is read of `path` as it was ('whole'), of the copy ('logged'), and of the states that
        it would have had if a part of its log had been lost ('before', 'between').
    """
    states = {"whole": look(path, asked)}
    shutil.copytree(path, target.with_name("growing"))
    growing = target.with_name("growing")
    # As long as a reader has it open, the last writer does not clear the log away.
    with Library.open(growing, HashEmbedder()) as reader:
        reader.stats()
        with Library.open(growing, HashEmbedder()) as writer:
            writer.add([made(ARTICLES + 1)])
            states["between"] = ask_all(writer, asked)
            writer.delete(made(7).id)
            shutil.copytree(growing, target)
            states["logged"] = ask_all(writer, asked)
    states["before"] = states["whole"]
    return states


def derived_files(path: Path) -> list[Path]:
    """Every file of a library that can be made again: all but SQLite's and the lock."""
    return sorted(
        file
        for file in path.rglob("*")
        if file.is_file() and not file.name.startswith(_TRUTH) and file.name != _LOCK
    )


def truth_files(path: Path) -> list[Path]:
    """SQLite's file, and its log where there is one."""
    return sorted(file for file in path.glob(f"{_TRUTH}*") if not file.name.endswith("-shm"))


def flip(file: Path, luck: random.Random) -> str:
    """One bit."""
    data = bytearray(file.read_bytes())
    at = luck.randrange(len(data))
    data[at] ^= 1 << luck.randrange(8)
    file.write_bytes(bytes(data))
    return f"a bit of byte {at}"


def zero_block(file: Path, luck: random.Random) -> str:
    """One 512-byte block that is not zero already."""
    data = file.read_bytes()
    blocks = [at for at in range(0, len(data), BLOCK) if any(data[at : at + BLOCK])]
    at = luck.choice(blocks)
    kept = data[at + BLOCK :]
    file.write_bytes(data[:at] + bytes(min(BLOCK, len(data) - at)) + kept)
    return f"the block at {at}"


def scramble_block(file: Path, luck: random.Random) -> str:
    """One 512-byte block, with noise."""
    data = file.read_bytes()
    at = luck.randrange(0, len(data), BLOCK)
    noise = luck.randbytes(min(BLOCK, len(data) - at))
    file.write_bytes(data[:at] + noise + data[at + BLOCK :])
    return f"the block at {at}"


def exchange_blocks(file: Path, luck: random.Random) -> str:
    """Two blocks, each with the other's bytes."""
    data = file.read_bytes()
    whole = range(0, len(data) - BLOCK + 1, BLOCK)
    pairs = [(a, b) for a in whole for b in whole if data[a : a + BLOCK] != data[b : b + BLOCK]]
    if not pairs:
        return flip(file, luck)
    a, b = sorted(luck.choice(pairs))
    first, second = data[a : a + BLOCK], data[b : b + BLOCK]
    file.write_bytes(data[:a] + second + data[a + BLOCK : b] + first + data[b + BLOCK :])
    return f"the blocks at {a} and {b}"


def halve(file: Path, luck: random.Random) -> str:
    """Cut off anywhere."""
    data = file.read_bytes()
    at = luck.randrange(len(data))
    file.write_bytes(data[:at])
    return f"cut to {at} of {len(data)} bytes"


def empty(file: Path, _: random.Random) -> str:
    """Nothing left in it."""
    file.write_bytes(b"")
    return "emptied"


def delete(file: Path, _: random.Random) -> str:
    """The file is gone."""
    file.unlink()
    return "deleted"


def lengthen(file: Path, luck: random.Random) -> str:
    """Noise after its end."""
    with file.open("ab") as stream:
        stream.write(luck.randbytes(BLOCK))
    return f"{BLOCK} bytes longer"


DAMAGES: Mapping[str, Damage] = {
    "flip": flip,
    "zero": zero_block,
    "scramble": scramble_block,
    "exchange": exchange_blocks,
    "halve": halve,
    "empty": empty,
    "delete": delete,
    "lengthen": lengthen,
}
