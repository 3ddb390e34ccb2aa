"""Row 22: clients that leave before their answer is there."""

from __future__ import annotations

import json
import re
import socket
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path

from tests.app.load.asked import FIGURE
from tests.app.load.server import Server, server
from tests.torture.row import Fault, Row, Tally

FAULT = Fault(
    22,
    "client leaves mid-stream",
    "the socket is closed while the model writes, at each way of asking in turn",
    "the model stops, and its place is free within 2 s",
    full=50,
    quick=6,
)

WITHIN = 2.0
"""Seconds after which the place must be free."""

ASKED = json.dumps({"question": FIGURE}).encode()


def run(n: int, seed: int, folder: Path, *, real: bool = False) -> Row:
    """Leave `n` times."""
    del seed
    tally = Tally(FAULT)
    times = []
    # At this pace an answer that nobody stops holds its place for longer than `WITHIN`.
    with server(folder, delay=0.3, real=real) as running:
        for case in range(n):
            way = WAYS[case % len(WAYS)]
            way(running)
            seconds = freed(running)
            times.append(seconds)
            harm = "" if seconds <= WITHIN else f"{seconds:.1f} s"
            tally.count(f"{case} {way.__name__}", harm)
        crowd(running)
        seconds = freed(running)
        tally.count("17 at once", "" if seconds <= WITHIN else f"{seconds:.1f} s")
        running.stop()
    return tally.row(f"freed after {max(times):.2f} s at most; 17 at once after {seconds:.2f} s")


def inside(running: Server) -> tuple[int, int]:
    """How many questions are being answered, and how many wait."""
    _, told = running.get("/metrics")
    found = [
        re.search(rf"^dateline_questions_{name} ([\d.]+)", told, re.MULTILINE)
        for name in ("inside", "waiting")
    ]
    answered, waiting = (int(float(one[1])) if one else -1 for one in found)
    return answered, waiting


def freed(running: Server, longest: float = 30.0) -> float:
    """Seconds until nothing is being answered and nothing waits."""
    began = time.monotonic()
    while inside(running) != (0, 0):
        if time.monotonic() - began > longest:
            return float("inf")
        time.sleep(0.02)
    return time.monotonic() - began


def streaming(running: Server) -> None:
    """Leave a stream once the model writes."""
    with asked(running, "/api/v1/ask/stream") as client:
        got = b""
        while b"event: writing" not in got:
            piece = client.recv(65536)
            assert piece, got[-300:]
            got += piece


def waiting_for_all(running: Server) -> None:
    """Leave while the whole answer is waited for."""
    with asked(running, "/api/v1/ask"):
        until = time.monotonic() + 30
        while inside(running)[0] == 0 and time.monotonic() < until:
            time.sleep(0.02)


def calling_a_tool(running: Server) -> None:
    """Leave while an MCP tool works."""
    message = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "ask", "arguments": {"question": FIGURE}},
    }
    with asked(running, "/mcp", json.dumps(message).encode()):
        until = time.monotonic() + 30
        while inside(running)[0] == 0 and time.monotonic() < until:
            time.sleep(0.02)


def crowd(running: Server) -> None:
    """Fill the gate and its queue, and leave all at once."""
    clients = [asked(running, "/api/v1/ask/stream") for _ in range(17)]
    until = time.monotonic() + 30
    while inside(running) != (1, 16) and time.monotonic() < until:
        time.sleep(0.02)
    for client in clients:
        client.close()


def asked(running: Server, path: str, body: bytes = ASKED) -> socket.socket:
    """A connection on which a question was just asked."""
    place = urllib.parse.urlsplit(running.address)
    client = socket.create_connection((place.hostname or "", place.port or 0), timeout=60)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json, text/event-stream\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    client.sendall(head.encode() + body)
    return client


Way = Callable[[Server], None]
WAYS: tuple[Way, ...] = (streaming, waiting_for_all, calling_a_tool)
