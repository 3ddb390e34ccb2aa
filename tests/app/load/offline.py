"""Row 25: a server that must speak to nobody but those who ask it.

Every `connect` and every datagram of the server and its children is watched by strace while it
starts, serves its page, and answers through each of its doors. It runs once more where there is no
network at all, and must answer just the same.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx

from tests.app.load.asked import FIGURE
from tests.app.load.server import server
from tests.torture.row import Fault, Row, Tally

FAULT = Fault(
    25,
    "phone-home",
    "strace over the server while it starts and answers; then the same without a network",
    "no connection and no datagram but on the loopback, and the same answers without a network",
    full=3,
    quick=1,
)
"""Its cases are questions at each door, and calls of the system that were watched."""

WATCHED = "trace=connect,sendto,sendmsg,sendmmsg"
_PLACE = re.compile(r'sin6?_addr=inet_(?:addr|pton)\((?:AF_INET6?, )?"([^"]+)"')
_ALONE = "ALONE"


def run(n: int, seed: int, folder: Path, *, real: bool = False) -> Row:
    """Ask `n` questions at each door, with and without a network."""
    del seed
    tally = Tally(FAULT)
    note = []
    if shutil.which("strace"):
        calls = folder / "calls.txt"
        strace = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", WATCHED, "-o", str(calls)]
        with server(folder / "watched", delay=0.01, real=real, before=strace) as running:
            use(running.address, n)
            status = running.stop()
        tally.count("the end", "" if status == 0 else f"exit: {status}")
        places = reached(calls.read_text(errors="replace"))
        for place in places:
            tally.count(place, "" if is_local(place) else "reached")
        note.append(f"{len(places)} calls to an address were watched")
    else:
        note.append("strace is not here: nothing was watched")
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0:
        told = alone(folder / "alone", n, real)
        tally.count("without a network", "" if told.startswith(_ALONE) else told[-300:])
        note.append("answers came without a network")
    else:
        note.append("a network cannot be taken away here")
    return tally.row("; ".join(note))


def use(address: str, n: int) -> list[str]:
    """Open the page and ask at each door; the status of each answer."""
    found = []
    with httpx.Client(base_url=address, timeout=120) as client:
        for path in ("/", "/config", "/theme.css", "/dateline.js", "/readyz", "/api/v1/"):
            client.get(path).raise_for_status()
        for _ in range(n):
            asked = {"question": FIGURE}
            found.append(client.post("/api/v1/ask", json=asked).raise_for_status().json()["status"])
            client.post("/api/v1/search", json=asked).raise_for_status()
            message = {
                "jsonrpc": "2.0",
                "id": 1,
                "method": "tools/call",
                "params": {"name": "ask", "arguments": asked},
            }
            headers = {"Accept": "application/json, text/event-stream"}
            client.post("/mcp", json=message, headers=headers).raise_for_status()
    return found


def reached(calls: str) -> list[str]:
    """The addresses of the internet that the calls name."""
    return _PLACE.findall(calls)


def is_local(place: str) -> bool:
    """Whether an address is this machine's own."""
    return place.startswith("127.") or place in ("::1", "0.0.0.0", "::")


def alone(folder: Path, n: int, real: bool) -> str:
    """Run a server and ask it, in a process that has no network but its own loopback."""
    program = [sys.executable, "-m", "tests.app.load.offline", str(folder), str(n), str(int(real))]
    command = f"ip link set lo up && exec {' '.join(program)}"
    done = subprocess.run(
        ["unshare", "-rn", "sh", "-c", command],
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    return done.stdout if done.returncode == 0 else done.stderr


def main() -> None:
    """What runs without a network."""
    folder, n, real = sys.argv[1:]
    with server(Path(folder), delay=0.01, real=bool(int(real))) as running:
        statuses = use(running.address, int(n))
    print(_ALONE, json.dumps(statuses))


if __name__ == "__main__":
    main()
