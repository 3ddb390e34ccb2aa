"""Asks after a server's health, each time over a new connection, until standard input ends.

A process of its own that imports next to nothing, so that the server is timed and nothing else.
"""

from __future__ import annotations

import http.client
import select
import sys
import time
from urllib.parse import urlsplit

PAUSE = 0.05


def main() -> None:
    """Print the seconds that each probe took, a line each."""
    place = urlsplit(sys.argv[1]).netloc
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        began = time.perf_counter()
        connection = http.client.HTTPConnection(place, timeout=30)
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
        connection.close()
        if status != 200:
            sys.exit(f"/healthz gave {status}")
        print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
