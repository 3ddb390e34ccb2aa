"""Ends a process at its n-th system call that changes a file, whoever makes the call.

SQLite and tantivy write from native code, where no patch of Python reaches. A few lines of C
between them and the system do. Where there is no C compiler the shim is not there, and only
`failpoints.statements` runs.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

_SOURCE = Path(__file__).with_name("system_calls.c")
_COMPILERS = ("cc", "gcc", "clang")
STATUS = 77
"""With which the process ends, as in system_calls.c."""


@cache
def library() -> Path | None:
    """The shim, compiled for this run, or None where nothing can compile it."""
    compiler = next(filter(None, map(shutil.which, _COMPILERS)), None)
    if compiler is None:
        return None
    target = Path(tempfile.mkdtemp(prefix="torture-")) / "system_calls.so"
    command = [compiler, "-O1", "-fPIC", "-shared", "-o", str(target), str(_SOURCE), "-ldl"]
    done = subprocess.run(command, capture_output=True, check=False)
    return target if done.returncode == 0 else None


def environment() -> dict[str, str]:
    """What a process must be started with, so that `arm` works in it and in its forks."""
    found = library()
    return {} if found is None else {"LD_PRELOAD": str(found)}


def arm(point: int) -> None:
    """The process ends at call number `point` from here, counted from 1; 0 only counts."""
    _loaded().torture_arm(ctypes.c_long(point))


def passed() -> int:
    """The calls since `arm`."""
    return int(_loaded().torture_passed())


def _loaded() -> ctypes.CDLL:
    return ctypes.CDLL(None)
