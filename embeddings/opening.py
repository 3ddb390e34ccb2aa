"""From a path to a library that may be opened, or to the error that says why not."""

from __future__ import annotations

import re
import shlex
import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path

from corpus.errors import EmbedderMismatch, LibraryMissing
from embeddings.embedders.embedder import EmbedderFingerprint
from embeddings.store import migrations, storage
from embeddings.store.lock import LOCK_NAME, WriterLock

# What an interrupted creation may leave behind in a folder that was empty.
_LEFTOVER = re.compile(rf"{re.escape(LOCK_NAME)}|{re.escape(storage.FILE_NAME)}\.new.*")


def prepare_folder(folder: Path, fingerprint: EmbedderFingerprint, *, create: bool) -> WriterLock:
    """Makes sure that a sound library of this version's schema is in the folder.

    Returns:
        The lock that a writer must hold.

    Raises:
        LibraryError: as `Library.open` says. Nothing is written into a folder that holds
            something else, whatever `create` says.
    """
    if create and _is_free(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = WriterLock(folder)
        with lock.held():
            if not (folder / storage.FILE_NAME).exists():
                storage.create(folder, fingerprint)
    elif not folder.exists():
        raise LibraryMissing(
            "there is no library yet",
            where=folder,
            next_step=f"dateline index PATH… --library {shlex.quote(str(folder))}",
        )
    storage.recognise(folder)
    lock = WriterLock(folder)
    with storage.translated(folder), closing(storage.connect(folder)) as connection:
        storage.check_pages(connection, folder)
        if not migrations.check_schema(connection, folder):
            with lock.held():
                migrations.migrate(connection, folder)
    return lock


def check_embedder(
    connection: sqlite3.Connection, folder: Path, fingerprint: EmbedderFingerprint
) -> None:
    """Makes sure that the embedder's vectors can be compared with the library's.

    Raises:
        EmbedderMismatch: they cannot; the error names what differs and the command that embeds
            the library anew.
        LibraryDamaged: the library does not say what made its vectors.
    """
    (text,) = connection.execute("SELECT embedder FROM state").fetchone()
    try:
        stored = storage.load_fingerprint(text)
    except ValueError as error:
        raise storage.damaged(folder, str(error)) from error
    if stored == fingerprint:
        return
    differing = ", ".join(
        f"{field.name} {getattr(stored, field.name)!s:.60} there and "
        f"{getattr(fingerprint, field.name)!s:.60} here"
        for field in fields(EmbedderFingerprint)
        if getattr(stored, field.name) != getattr(fingerprint, field.name)
    )
    raise EmbedderMismatch(
        f"the library's vectors were made by another embedder: {differing}",
        where=folder,
        next_step=f"dateline index --library {shlex.quote(str(folder))} --rebuild (embeds its "
        f"articles anew), or open it with the embedder {stored.name}",
    )


def _is_free(folder: Path) -> bool:
    if not folder.exists():
        return not folder.is_symlink()
    return folder.is_dir() and all(_LEFTOVER.fullmatch(entry.name) for entry in folder.iterdir())
