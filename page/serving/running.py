"""The server from its start to its end: it is asked to stop, finishes what it is at, and goes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

import gradio as gr

from page.desk.gate import Gate

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class StopOptions:
    """How the server stops.

    Attributes:
        finish: seconds that the answer which is being written has to come to its end.
        close: seconds that the last bytes have to reach their readers. Service managers commonly
            kill after thirty in all.
    """

    finish: float = 20.0
    close: float = 3.0


class Stop:
    """Whether the server has been asked to stop, and is to hurry."""

    def __init__(self) -> None:
        self.asked = threading.Event()

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal."""
        del number, frame
        self.asked.set()


@contextmanager
def stopping() -> Generator[Stop, None, None]:
    """Take SIGTERM and SIGINT as a wish to stop. Only in the main thread.

    Whoever serves should be inside before it begins to, so that no signal is missed.
    """
    stop = Stop()
    before = {one: signal.signal(one, stop) for one in SIGNALS}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def run_until_stopped(
    page: gr.Blocks, gate: Gate, stop: Stop, options: StopOptions | None = None
) -> None:
    """Block until a stop is asked for; then let nothing in, finish, and close the page.

    What waits at the gate is sent away with 503, what is being answered is finished and sent.
    """
    stop.asked.wait()
    chosen = options or StopOptions()
    gate.drain()
    gate.is_empty_within(chosen.finish)
    server = getattr(page, "server", None)
    if server is not None:
        # Gradio's streams to open pages never end by themselves.
        server.config.timeout_graceful_shutdown = round(chosen.close)
    page.close(verbose=False)
