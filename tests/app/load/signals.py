"""Row 23: SIGTERM under load."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

import httpx

from tests.app.load.asked import FIGURE
from tests.app.load.server import server
from tests.torture.row import Fault, Row, Tally, chance

FAULT = Fault(
    23,
    "SIGTERM under load",
    "20 users ask without pause; the signal comes at a random moment",
    "the answer being written is finished, the others get 503, the process exits with 0",
    full=20,
    quick=2,
)

USERS = 20
LONGEST = 30.0
"""Seconds from the signal to the end of the process."""


def run(n: int, seed: int, folder: Path, *, real: bool = False) -> Row:
    """Stop a server `n` times."""
    tally = Tally(FAULT)
    times: list[float] = []
    ended = {"answered": 0, "refused": 0, "closed": 0}
    for case in range(n):
        harm, seconds = _stopped(folder / str(case), chance(FAULT, seed, case), ended, real)
        times.append(seconds)
        tally.count(f"{case}", harm)
    return tally.row(
        f"gone after {max(times):.1f} s at most; after the signal the users got {ended}"
    )


class Users:
    """Users of one server, and what became of their questions once it was told to stop."""

    def __init__(self, address: str, ended: dict[str, int]) -> None:
        self.told = threading.Event()
        self.harms: list[str] = []
        self._address = address
        self._ended = ended
        self._threads = [threading.Thread(target=self._ask) for _ in range(USERS)]

    def start(self) -> None:
        """Have them ask."""
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait until all of them found the server gone."""
        for thread in self._threads:
            thread.join(60)

    def _ask(self) -> None:
        with httpx.Client(base_url=self._address, timeout=60) as client:
            while True:
                try:
                    response = client.post("/api/v1/ask", json={"question": FIGURE})
                except httpx.TransportError as error:
                    self._failed(error)
                    return
                if response.status_code not in (200, 503):
                    self.harms.append(str(response.status_code))
                if self.told.is_set():
                    self._ended["answered" if response.status_code == 200 else "refused"] += 1
                time.sleep(0.05)

    def _failed(self, error: httpx.TransportError) -> None:
        """Closed between two responses is how a connection ends; in the midst of one is harm."""
        self._ended["closed"] += 1
        if not self.told.is_set() or "incomplete" in str(error):
            self.harms.append(repr(error))


def _stopped(
    folder: Path, random: random.Random, ended: dict[str, int], real: bool
) -> tuple[str, float]:
    """What went wrong, and the seconds from the signal to the end."""
    with server(folder, delay=0.05, real=real) as running:
        users = Users(running.address, ended)
        users.start()
        time.sleep(1.0 + random.random() * 2.0)
        users.told.set()
        began = time.monotonic()
        status = running.stop(LONGEST)
        seconds = time.monotonic() - began
        users.join()
    if status != 0:
        return f"exit status {status}", seconds
    return (f"cut off: {users.harms[:3]}" if users.harms else ""), seconds
