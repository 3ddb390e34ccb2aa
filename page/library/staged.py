"""Uploaded files, read as if they lay in one folder that is always the same.

An article without an address is known by its file's place. A browser tells no place, and Gradio
keeps each upload in a folder of its own; so that the same file put in again is the same article,
and a changed one a new version of it, each is read from one folder under its own name. A file of
the same name that tells another story is another article: it is read from a folder beside that.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import corpus
from corpus import Article, ReadOptions, Rejected
from corpus.copies import is_copy
from corpus.errors import CorpusError, DatelineError, NotInLibrary
from corpus.headline import same_words
from corpus.walk import shown
from embeddings.protocol import LibraryLike

UPLOADED = "upload:"
"""What `Article.source` begins with where an article was uploaded: its file is gone."""

Entry = Article | Rejected
Told = Callable[[int], None]
"""Told how many files have been read."""


class TooMuch(DatelineError):
    """More was uploaded than the page takes in at once."""


@dataclass(frozen=True, slots=True)
class UploadOptions:
    """How much is taken in at once.

    Attributes:
        files: in one upload. Gradio's own bound is the same.
        bytes: of all of them together. 200 MB of plain text are some 40,000 articles, an hour
            and more of embedding on two cores; larger collections go in by `dateline index`.
        unpacked: what an archive among them may unpack to, in bytes.
    """

    files: int = 1000
    bytes: int = 200_000_000
    unpacked: int = 1_000_000_000


class Staged:
    """The files of one upload.

    Args:
        files: where Gradio keeps them.
        place: the folder that they are read from.
        options: how much is taken.

    Raises:
        TooMuch: there are more files or bytes than `options` allow.
    """

    def __init__(
        self, files: Sequence[str | Path], place: Path, options: UploadOptions | None = None
    ) -> None:
        chosen = options or UploadOptions()
        self.files = [Path(file) for file in files]
        self._place = place
        self._reading = ReadOptions(max_unpacked=chosen.unpacked)
        self._taken: set[str] = set()
        _check(self.files, chosen)

    def __len__(self) -> int:
        """How many files."""
        return len(self.files)

    def articles(self, library: LibraryLike, told: Told = lambda _: None) -> Iterator[Entry]:
        """What the files hold, file by file. The files are gone when it ends, however it ends."""
        try:
            for at, file in enumerate(self.files):
                told(at)
                try:
                    yield from self._of(file, library)
                except CorpusError as error:
                    yield Rejected(_name(file), None, error.what)
            told(len(self.files))
        finally:
            for file in self.files:
                with suppress(OSError):
                    file.unlink()

    def _of(self, file: Path, library: LibraryLike) -> Iterator[Entry]:
        name = file.name
        if name not in self._taken:
            self._taken.add(name)
            entries = self._read(file, self._place / name)
            first = next(entries, None)
            if first is None:
                return
            if isinstance(first, Rejected) or not _tells_another_story(first, library):
                yield from chain([first], entries)
                return
            entries.close()
        digest = _digest(file)
        yield from self._read(file, self._place / digest / name)

    def _read(self, file: Path, place: Path) -> Generator[Entry, None, None]:
        """What a file holds, read from a place; nothing stays there."""
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(file, place)
            for entry in corpus.read([place], options=self._reading):
                yield _as_uploaded(entry, shown(place), _name(file))
        except OSError as error:
            reason = error.strerror or "it cannot be read"
            yield Rejected(_name(file), None, reason)
        finally:
            with suppress(OSError):
                place.unlink()
                if place.parent != self._place:
                    place.parent.rmdir()


def _check(files: Sequence[Path], options: UploadOptions) -> None:
    if len(files) > options.files:
        raise TooMuch(
            f"These are {len(files):,} files, more than {options.files:,}",
            next_step="put them in part by part, or all at once with dateline index",
        )
    size = 0
    for file in files:
        with suppress(OSError):
            size += file.stat().st_size
    if size > options.bytes:
        raise TooMuch(
            f"These files have {size / 1e6:,.0f} MB, more than {options.bytes / 1e6:,.0f} MB",
            next_step="put them in part by part, or all at once with dateline index",
        )


def _tells_another_story(article: Article, library: LibraryLike) -> bool:
    """Whether the library has another article from a file of this name."""
    if article.url is not None:
        return False
    try:
        there = library.article(article.id)
    except NotInLibrary:
        return False
    return not same_words(there.title, article.title) and not is_copy(there, article)


def _as_uploaded(entry: Entry, place: str, name: str) -> Entry:
    """The entry with the name that the reader knows its file by."""
    return replace(entry, source=f"{name}{entry.source.removeprefix(place)}")


def _name(file: Path) -> str:
    return f"{UPLOADED}{shown(file.name)}"


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()[:8]
