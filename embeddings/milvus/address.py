"""`milvus:URI#name` → which server or file, and which library in it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from corpus.errors import LibraryError
from corpus.masking import without_secrets
from corpus.walk import expanded

SCHEME = "milvus:"
DEFAULT_NAME = "dateline"
TOKEN_VARIABLE = "DATELINE_MILVUS_TOKEN"
"""The environment variable that holds a server's token, or `user:password`."""

# What Milvus allows in the name of a collection, less the longest ending that is put to it.
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,199}")
_SERVERS = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Milvus library is.

    Attributes:
        uri: what pymilvus is given: a server's URL, or the absolute path of a Milvus Lite file.
        name: the library's name: its collections begin with it.
        is_file: True for Milvus Lite, which runs inside this process.
    """

    uri: str
    name: str
    is_file: bool

    def __str__(self) -> str:
        """As it is written, without what a server is opened with."""
        return f"{SCHEME}{self._shown}#{self.name}"

    @property
    def host(self) -> str:
        """The server's host and port, or the file, for a message."""
        return self._shown if self.is_file else urlsplit(self._shown).netloc

    @property
    def token(self) -> str:
        """What opens the server, from the environment; '' for none."""
        return "" if self.is_file else os.environ.get(TOKEN_VARIABLE, "")

    @property
    def _shown(self) -> str:
        if self.is_file:
            return self.uri
        parts = urlsplit(self.uri)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def is_milvus(where: str | Path) -> bool:
    """Whether this names a Milvus library, and not a folder."""
    return isinstance(where, str) and where.startswith(SCHEME)


def parse(where: str) -> Address:
    """Reads 'milvus:http://host:19530#name' or 'milvus:/path/file.db#name'.

    The name is 'dateline' where none is written.

    Raises:
        LibraryError: it is neither.
    """
    uri, _, name = where.removeprefix(SCHEME).partition("#")
    name = name or DEFAULT_NAME
    if not where.startswith(SCHEME) or not uri:
        raise _unreadable(where, "names no server and no file")
    if not _NAME.fullmatch(name):
        raise _unreadable(where, f"has the name {name!r}; letters, digits and '_' make a name")
    if uri.startswith(_SERVERS):
        try:
            known = urlsplit(uri)
            if not known.hostname or known.port == 0:
                raise ValueError("no host")
        except ValueError as error:
            raise _unreadable(where, f"names no server: {error}") from error
        return Address(uri, name, is_file=False)
    if "://" in uri or not uri.endswith(".db"):
        raise _unreadable(where, "names neither a server (http:, https:) nor a file (.db)")
    return Address(str(expanded(uri).absolute()), name, is_file=True)


def _unreadable(where: str, why: str) -> LibraryError:
    return LibraryError(
        f"this library's address {why}",
        where=without_secrets(where),
        next_step="write milvus:http://HOST:19530#NAME for a server, or milvus:/folder/file.db#NAME"
        " for a Milvus Lite file",
    )
