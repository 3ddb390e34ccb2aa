"""Which libraries were open last, remembered in a file of the user's data folder."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

MOST = 12
"""Libraries that are remembered: what a list shows without scrolling."""


class Recent:
    """The addresses of libraries, the one that was open last first.

    Args:
        file: a JSON list of addresses; None remembers nothing.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def addresses(self) -> list[str]:
        """Those that were noted; none where the file is not there, or is not what was written."""
        if self._file is None:
            return []
        try:
            noted = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        if not isinstance(noted, list):
            return []
        return [one for one in noted if isinstance(one, str)][:MOST]

    def note(self, address: str) -> None:
        """Put an address first. Where the folder cannot be written, nothing is remembered."""
        if self._file is None:
            return
        known = list(dict.fromkeys([address, *self.addresses()]))[:MOST]
        with suppress(OSError):
            self._write(self._file, known)

    def forget(self, address: str) -> None:
        """Take an address off the list; the library stays where it is."""
        if self._file is None:
            return
        known = [one for one in self.addresses() if one != address]
        with suppress(OSError):
            self._write(self._file, known)

    @staticmethod
    def _write(file: Path, addresses: list[str]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(
            "w", encoding="utf-8", dir=file.parent, prefix=".recent-", delete=False
        ) as fresh:
            json.dump(addresses, fresh, ensure_ascii=False, indent=2)
        Path(fresh.name).replace(file)
