"""The faults by their number in the table, and the module that causes each."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

MODULES: dict[int, str] = {
    1: "tests.torture.kills",
    2: "tests.torture.failpoints",
    3: "tests.torture.bit_rot",
    4: "tests.torture.damaged_file",
    5: "tests.torture.disk_full",
    6: "tests.torture.two_writers",
    7: "tests.torture.readers",
    8: "tests.torture.resume",
    9: "tests.torture.other_embedder",
    10: "tests.torture.schemas",
    11: "tests.torture.bad_files",
    12: "tests.torture.bombs",
    13: "tests.torture.traps",
    14: "tests.torture.hidden_text",
}

for _module in MODULES.values():
    import_module(_module)


def module(number: int) -> ModuleType:
    """The module of a row; it has a `FAULT` and a `run(n, seed, folder) -> Row`."""
    return import_module(MODULES[number])
