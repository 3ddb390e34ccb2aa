"""What a library logs of damage."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class Heard(logging.Handler):
    """The warnings of the embeddings package while it listens."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.warnings.append(record.getMessage())

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listens for the block."""
        logger = logging.getLogger("embeddings")
        logger.addHandler(self)
        try:
            yield
        finally:
            logger.removeHandler(self)
