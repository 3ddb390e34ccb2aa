"""transformers without its progress bars and warnings: they are no news, and hide what is."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_bars() -> Iterator[None]:
    """Inside the block transformers shows no progress bars; afterwards as before."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


@contextmanager
def quiet_tracing() -> Iterator[None]:
    """Inside the block transformers and torch do not warn of what tracing a model passes over.

    Whoever traces a model compares its vectors afterwards.
    """
    from transformers.utils import logging

    told = logging.get_verbosity()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(told)
