"""From an address to a library in Milvus that may be opened, or to the error that says why not."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from corpus.errors import EmbedderMismatch, LibraryMissing, NotALibrary
from embeddings.embedders.embedder import EmbedderFingerprint
from embeddings.milvus import commits, rows, schema
from embeddings.milvus.address import Address
from embeddings.milvus.client import Client
from embeddings.milvus.commits import Commit
from embeddings.milvus.lease import Lease
from embeddings.milvus.names import Names
from embeddings.milvus.schema import DenseOptions


def prepare_file(address: Address, *, create: bool) -> None:
    """Makes sure that a Milvus Lite file may be opened: opening one that is not there makes it.

    Raises:
        LibraryMissing: nothing is there.
        NotALibrary: something else is there; nothing was written.
    """
    path = Path(address.uri)
    if not address.is_file:
        return
    if not path.exists():
        if not create:
            raise _missing(address)
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not (path / "collections").is_dir() and not _is_empty_folder(path):
        raise NotALibrary(
            "there is something here, but no Milvus Lite file; nothing was written",
            where=str(address),
            next_step="name another file: milvus:/folder/NEW.db#NAME",
        )


def prepare(
    client: Client,
    names: Names,
    lease: Lease,
    fingerprint: EmbedderFingerprint,
    options: DenseOptions,
    *,
    create: bool,
) -> Commit:
    """Makes sure that the library is there and can be searched.

    Raises:
        LibraryMissing: it is not there, and is not to be made.
        NotALibrary: other collections have its names.
        LibraryDamaged: some of its collections are gone.
        LibraryLocked: another process is just making it.
    """
    now = _current(client, names)
    if now is None:
        if not create:
            raise _missing(client.address)
        _make(client, names, lease, fingerprint, options)
        now = _current(client, names)
    if now is None:
        raise rows.damaged(client.address, "its commits are gone")
    for collection in (names.articles, names.versions, names.passages(now.series), names.leases,
                       names.commits):  # fmt: skip
        if not client.has(collection):
            raise rows.damaged(client.address, f"the collection {collection} is gone")
        client.load(collection)
    return now


def _current(client: Client, names: Names) -> Commit | None:
    if not client.has(names.commits):
        return None
    client.load(names.commits)
    return commits.current(client, names)


def check_embedder(stored: EmbedderFingerprint, here: EmbedderFingerprint, where: Address) -> None:
    """Makes sure that the embedder's vectors can be compared with the library's.

    Raises:
        EmbedderMismatch: they cannot; the error names what differs.
    """
    if stored == here:
        return
    differing = ", ".join(
        f"{field.name} {getattr(stored, field.name)!s:.60} there and "
        f"{getattr(here, field.name)!s:.60} here"
        for field in fields(EmbedderFingerprint)
        if getattr(stored, field.name) != getattr(here, field.name)
    )
    raise EmbedderMismatch(
        f"the library's vectors were made by another embedder: {differing}",
        where=str(where),
        next_step=f"dateline index --library '{where}' --rebuild (embeds its articles anew), or "
        f"open it with the embedder {stored.name}",
    )


def _make(
    client: Client,
    names: Names,
    lease: Lease,
    fingerprint: EmbedderFingerprint,
    options: DenseOptions,
) -> None:
    """Makes the collections of an empty library; its first commit last, so it is there or not."""
    is_file = client.address.is_file
    collections = {
        names.articles: schema.articles(is_file=is_file),
        names.versions: schema.articles(is_file=is_file),
        names.passages(1): schema.passages(fingerprint.dimensions, options, is_file=is_file),
    }
    if not client.has(names.leases):
        client.create(names.leases, *schema.leases())
    client.load(names.leases)
    with lease.held():
        if _current(client, names) is not None:
            return
        _clear(client, names.commits)
        for collection, made_of in collections.items():
            _clear(client, collection)
            client.create(collection, *made_of)
        client.create(names.commits, *schema.commits())
        commits.record(client, names, Commit(0, lease.writer, fingerprint))


def _clear(client: Client, collection: str) -> None:
    """Drops what an interrupted making left, which is empty."""
    if not client.has(collection):
        return
    client.load(collection)
    if client.count(collection, ""):
        raise NotALibrary(
            f"a collection {collection} with rows is there, but no Dateline library",
            where=str(client.address),
            next_step="give the library another name: milvus:…#NEW_NAME",
        )
    client.drop(collection)


def _missing(address: Address) -> LibraryMissing:
    return LibraryMissing(
        "there is no library yet",
        where=str(address),
        next_step=f"dateline index PATH… --library '{address}'",
    )


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())
