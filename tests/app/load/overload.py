"""Row 21: more users than the queue has places."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.app.load.asked import FIGURE
from tests.app.load.server import Server, server
from tests.torture.row import Fault, Row, Tally

FAULT = Fault(
    21,
    "overload",
    "50 users ask without pause, at a queue of 16; a probe asks after the health 20 times a second",
    "refused with 503 and Retry-After, and no other error; memory flat; health p99 < 200 ms",
    full=60,
    quick=8,
)
"""Its cases are seconds of load."""

USERS = 50
PAUSE = 0.1
"""Seconds after which a user who was refused asks again: far fewer than it was told."""
HEALTH = 0.2
"""Seconds within which 99 of 100 probes are answered."""
GROWTH = 50.0
"""Megabytes that the memory may grow by, from the end of the first third of the load to its end."""


@dataclass(slots=True)
class Load:
    """What came of a load."""

    statuses: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def run(n: int, seed: int, folder: Path, *, real: bool = False, users: int = USERS) -> Row:
    """Load a server for `n` seconds."""
    del seed
    tally = Tally(FAULT)
    with server(folder, delay=0.03, real=real) as running:
        load, probes = loaded(running, n, users)
        status = running.stop()
    for name, count in load.statuses.items():
        for _ in range(count):
            tally.count(name)
    tally.bad += load.bad
    late = sorted(probes)[int(len(probes) * 0.99)] if probes else float("inf")
    third = load.memory[len(load.memory) // 3] if load.memory else 0.0
    growth = max(load.memory[-3:], default=0.0) - third
    if late >= HEALTH:
        tally.bad.append(f"health: p99 {late * 1000:.0f} ms")
    if growth > GROWTH:
        tally.bad.append(f"memory: grew by {growth:.0f} MB")
    if status != 0:
        tally.bad.append(f"exit: {status}")
    return tally.row(
        f"{users} users, {n} s: {dict(load.statuses)}; an answer took "
        f"{statistics.median(load.seconds or [0]):.1f} s (median, waiting included); "
        f"{len(probes)} probes, p50 {statistics.median(probes) * 1000:.1f} ms, "
        f"p99 {late * 1000:.0f} ms; memory {load.memory[0]:.0f} → {third:.0f} → "
        f"{load.memory[-1]:.0f} MB"
    )


def loaded(running: Server, seconds: float, users: int) -> tuple[Load, list[float]]:
    """What users and probes got in so many seconds."""
    prober = subprocess.Popen(
        [sys.executable, "-m", "tests.app.load.probe", running.address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert prober.stdout is not None
    assert prober.stdout.readline() == "ready\n"
    load = Load()
    # In a thread of its own: the browser of another test keeps a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _users(running, load, seconds, users)).result()
    told, _ = prober.communicate(timeout=60)
    if prober.returncode != 0:
        load.bad.append("health: not 200")
    return load, [float(line) for line in told.split()]


async def _users(running: Server, load: Load, seconds: float, users: int) -> None:
    until = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=users + 2)
    async with httpx.AsyncClient(base_url=running.address, limits=limits, timeout=120) as client:
        await client.post("/api/v1/ask", json={"question": FIGURE})
        watch = asyncio.create_task(_watch(running, load))
        await asyncio.gather(*(_user(client, load, until, number) for number in range(users)))
        watch.cancel()


async def _watch(running: Server, load: Load) -> None:
    while True:
        load.memory.append(running.megabytes)
        await asyncio.sleep(0.5)


async def _user(client: httpx.AsyncClient, load: Load, until: float, number: int) -> None:
    """Ask again and again; every other user has the answer streamed."""
    path = "/api/v1/ask/stream" if number % 2 else "/api/v1/ask"
    await asyncio.sleep(number * 0.005)
    while time.monotonic() < until:
        began = time.monotonic()
        response = await client.post(path, json={"question": FIGURE})
        load.statuses[str(response.status_code)] += 1
        if response.status_code == 200:
            load.seconds.append(time.monotonic() - began)
            if '"status":' not in response.text or "event: error" in response.text:
                load.bad.append(f"200: no answer in {response.text[-80:]!r}")
        elif response.status_code in (503, 429):
            if not response.headers.get("Retry-After", "").isdigit():
                load.bad.append(f"{response.status_code}: no Retry-After")
            await asyncio.sleep(PAUSE)
        else:
            load.bad.append(f"{response.status_code}: {response.text[:80]!r}")
