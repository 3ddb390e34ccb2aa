"""A server in a process of its own: started, watched, stopped."""

from __future__ import annotations

import http.client
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

START = 180.0
"""Seconds that a server has to come up, on a machine that is busy with other things."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Attributes:
        address: without a slash at its end.
        process: what was started, which leads a group of its own: a signal goes to all of it, since
            strace passes none on.
    """

    address: str
    process: subprocess.Popen[str]

    @property
    def megabytes(self) -> float:
        """Memory that is resident now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def get(self, path: str) -> tuple[int, str]:
        """Status and body, over a new connection."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def stop(self, seconds: float = 60.0) -> int:
        """Send SIGTERM, and wait for its exit status; -9 where it had to be killed."""
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            return self.process.wait()


@contextmanager
def server(
    folder: Path,
    *,
    delay: float = 0.05,
    real: bool = False,
    before: Sequence[str] = (),
    options: Sequence[str] = ("--metrics",),
) -> Iterator[Server]:
    """A server on a free port; killed at the end if it still runs.

    Args:
        folder: for its libraries and its user's data.
        delay: seconds that the stand-in model takes for a word.
        real: the program with its own models and its own sample library instead.
        before: a command that the server is run by, such as strace.
        options: of `dateline-chat`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stand = ["-m", "tests.app.load.stand", str(folder), str(delay)]
    program = ["-m", "app", "--runs", str(folder / "runs.sqlite")] if real else stand
    environment = os.environ | {
        "XDG_DATA_HOME": str(folder / "data"),
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": "1",
    }
    with (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [*before, sys.executable, *program, "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=environment,
            start_new_session=True,
        )
        try:
            yield Server(_address(process, folder / "log.txt"), process)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _address(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None
    until = time.monotonic() + START
    while time.monotonic() < until:
        readable, _, _ = select.select([process.stdout], [], [], 0.5)
        line = process.stdout.readline() if readable else ""
        if found := re.search(r"http://\S+", line):
            return found[0]
        if process.poll() is not None:
            break
    raise AssertionError(f"The server did not come up.\n{log.read_text()[-2000:]}")
