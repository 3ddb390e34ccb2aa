"""What is open: one newsroom at a time, and how another library takes its place.

Every tab asks `desk.newsroom` when something happens, and never keeps it: the next event may find
another library open. What is being answered meanwhile goes on with the library that it began with.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from platformdirs import user_data_path

from corpus.closing import Closing
from corpus.errors import DatelineError
from corpus.masking import without_secrets
from corpus.walk import expanded
from embeddings.milvus.address import is_milvus, parse
from page.desk.gate import Gate
from page.desk.intake import Intake
from page.desk.recent import Recent

if TYPE_CHECKING:
    from rag.newsroom import Newsroom
    from rag.settings import Settings

MOST_OPEN = 8
"""Libraries that stay open, each with a file handle and its memory-mapped indexes. The one that
was longest not open is let go of: what still reads from it comes to its end."""


class NotOffered(DatelineError):
    """A library that may not be opened, or made, from the page."""


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """What may be opened from the page.

    Attributes:
        anywhere: whether any folder of this machine may be opened or made. For a page that only
            this machine can reach; others may open what its owner named, and what was made in
            `home`.
        home: where libraries are made that are given a name and no folder.
        named: libraries that the owner offers besides the one that is open at the start.
    """

    anywhere: bool = False
    home: Path = field(default_factory=lambda: user_data_path("dateline") / "libraries")
    named: tuple[str, ...] = ()


class Desk(Closing):
    """The newsroom that the page asks. Use it in a `with` block, inside that newsroom's.

    Args:
        newsroom: the first; it lends its models to those that follow, and is closed by its owner.
        options: what may be opened.
        recent: where the libraries that were open are remembered; nowhere if None.
    """

    def __init__(
        self,
        newsroom: Newsroom,
        options: DeskOptions | None = None,
        recent: Recent | None = None,
    ) -> None:
        self.options = options or DeskOptions()
        # Gradio keeps this very list, so that what is added later is blocked too.
        self.blocked = [str(user_data_path("dateline"))]
        self._newsroom = newsroom
        self._owned = self.address
        self._recent = recent or Recent(None)
        self._opened: dict[str, Newsroom] = {}
        # What is shown and kept has no password in it; what is opened may have one.
        self._named = {_address(one): one for one in (self.address, *self.options.named)}
        self.gate = Gate()
        self._switching = threading.Lock()
        self._folder = TemporaryDirectory(prefix="dateline-files-", ignore_cleanup_errors=True)
        self.intake = Intake()
        self._put(newsroom)

    @property
    def newsroom(self) -> Newsroom:
        """The one that is open now. Ask for it at each event."""
        return self._newsroom

    @property
    def address(self) -> str:
        """Where the open library is: a folder, or a `milvus:` URI."""
        return address_of(self._newsroom)

    @property
    def edition(self) -> str:
        """Changes whenever another library is opened, or articles come to this one or go."""
        return f"{self.address}#{self._newsroom.library.generation}"

    @property
    def folder(self) -> Path:
        """For files that a reader takes along; gone when the desk closes."""
        return Path(self._folder.name)

    @property
    def uploads(self) -> Path:
        """Where uploaded files are read from: always the same, since articles are known by it."""
        return self.options.home.parent / "uploads"

    def is_of(self, talk: object) -> bool:
        """Whether a conversation was begun with the library that is open now."""
        asked = getattr(talk, "newsroom", None)
        return asked is not None and address_of(asked) == self.address

    def offered(self) -> list[str]:
        """What can be opened by a click: the open library, those named, and those remembered."""
        recent = [one for one in self._recent.addresses() if is_milvus(one) or Path(one).is_dir()]
        known = dict.fromkeys([self.address, *self._named, *recent])
        return [one for one in known if self._may_open(one)]

    def switch(self, address: str | Path) -> Newsroom:
        """Open another library, or come back to one that was open.

        Raises:
            NotOffered: it is not among those that may be opened from the page.
            LibraryError: it cannot be opened; the one that is open stays open.
        """
        wanted = _address(address)
        if not self._may_open(wanted):
            raise NotOffered(
                "This library is not offered on this page",
                where=wanted,
                next_step="choose one of the list, or name it when the page is started",
            )
        return self._open(wanted, self._named.get(wanted, address), create=False)

    def create(self, folder: str | Path) -> Newsroom:
        """Make an empty library, and open it.

        Args:
            folder: a path, or a mere name for a folder in `options.home`.

        Raises:
            NotOffered: no library may be made there.
            LibraryError: it cannot be made; the one that is open stays open.
        """
        wanted = self._place_for(str(folder))
        if not is_milvus(wanted) and _holds_anything(Path(wanted)):
            raise NotOffered(
                "Something is in this folder already",
                where=wanted,
                next_step="choose another name; a library that is there is opened, not made",
            )
        place = folder if is_milvus(str(folder).strip()) else wanted
        return self._open(wanted, str(place).strip(), create=True)

    def adjust(self, settings: Settings) -> Newsroom:
        """Ask the open library by other settings from now on. The models stay as they are."""
        with self._switching:
            self._put(self._newsroom.beside(settings=settings))
            return self._newsroom

    def close(self) -> None:
        """Stop the uploads, and close every library that was opened here."""
        self.intake.close()
        with self._switching:
            self._opened.pop(self._owned, None)
            for newsroom in self._opened.values():
                newsroom.close()
            self._opened.clear()
        self._folder.cleanup()

    def _open(self, wanted: str, place: str | Path, *, create: bool) -> Newsroom:
        with self._switching:
            there = self._opened.get(wanted)
            settings = self._newsroom.settings
            if there is None:
                there = self._newsroom.beside(place, create=create)
            elif there.settings != settings:
                there = there.beside(settings=settings)
            self._put(there)
            return there

    def _put(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        address = self.address
        self._opened.pop(address, None)
        self._opened[address] = newsroom
        if len(self._opened) > MOST_OPEN:
            del self._opened[next(iter(self._opened))]
        self._recent.note(address)
        self.blocked.extend(one for one in files_of(address) if one not in self.blocked)

    def _may_open(self, address: str) -> bool:
        if self.options.anywhere or address in self._named or address in self._opened:
            return True
        return not is_milvus(address) and Path(address).parent == self.options.home.resolve()

    def _place_for(self, folder: str) -> str:
        """The folder that a new library is made in.

        Raises:
            NotOffered: there is no name, or it leads elsewhere than it may.
        """
        name = folder.strip()
        if not name or "\0" in name:
            raise NotOffered("A new library needs a name", next_step="write one, such as harbour")
        if Path(name).name == name and name not in (".", "..") and not is_milvus(name):
            return _address(self.options.home / name)
        if self.options.anywhere:
            return _address(name)
        raise NotOffered(
            "On this page a new library has a name, not a folder",
            where=name,
            next_step="write one word, such as harbour",
        )


def files_of(address: str) -> list[str]:
    """The folder or file that a library is kept in; none for one behind a server."""
    if not is_milvus(address):
        return [str(Path(address).resolve())]
    parsed = parse(address)
    return [parsed.uri] if parsed.is_file else []


def address_of(newsroom: Any) -> str:
    """Where a newsroom's library is, in the one form that tells it from every other."""
    return _address(newsroom.library.path)


def _address(address: str | Path) -> str:
    """One form for one place: an absolute path without links, or a `milvus:` URI without secrets.

    Raises:
        LibraryError: it begins as a `milvus:` URI and is none.
    """
    if is_milvus(str(address)):
        return without_secrets(str(parse(str(address))))
    return str(expanded(address).resolve())


def _holds_anything(folder: Path) -> bool:
    try:
        return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError:
        return True
