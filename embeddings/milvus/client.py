"""pymilvus, with Dateline's errors: all that Dateline asks of a Milvus server goes through here."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from corpus.errors import LibraryError, LibraryLocked
from embeddings.embedders.embedder import Vectors
from embeddings.milvus.address import Address

INSTALL = "pip install 'dateline[milvus]'"

TIMEOUT_SECONDS = 60.0
"""How long one request may take; pymilvus tries again meanwhile when a server is briefly away."""

CONNECT_SECONDS = 10.0
"""How long a server may take to answer at all."""

MOST_ROWS = 16_384
"""The most rows that one search or one page of a query may give back: Milvus's own limit,
https://milvus.io/docs/limitations.md."""

_PAGE = 1_000
_ROWS_A_REQUEST = 500
# gRPC messages to Milvus may have 64 MB; this leaves room for what one row can hold.
_BYTES_A_REQUEST = 8_000_000

Row = dict[str, Any]

log = logging.getLogger(__name__)

_users_lock = threading.Lock()
_users: dict[str, int] = {}
"""Path of a Milvus Lite file → how many clients of this process have it open."""


class Client:
    """One connection to a Milvus server, or to a Milvus Lite file inside this process.

    Every request is made with consistency level 'Strong', which the collections are created
    with: it sees everything that was acknowledged before it began, to whomever.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._milvus = _driver(address)
        # It logs, with tracebacks, what it raises anyway, and what Milvus Lite lacks at every page.
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        if address.is_file:
            _refuse_if_taken(address)
        with self._translated():
            self._client = self._milvus.MilvusClient(
                uri=address.uri, token=address.token, timeout=CONNECT_SECONDS
            )
        self._closed = False
        if address.is_file:
            with _users_lock:
                _users[address.uri] = _users.get(address.uri, 0) + 1

    def close(self) -> None:
        """Lets go; the last client of a Milvus Lite file sets the file free."""
        if self._closed:
            return
        self._closed = True
        self._client.close()
        if not self.address.is_file:
            return
        with _users_lock:
            _users[self.address.uri] -= 1
            if not _users[self.address.uri]:
                del _users[self.address.uri]
                manager = import_module("milvus_lite.server_manager")
                manager.server_manager_instance.release_server(self.address.uri)

    # Collections

    def has(self, collection: str) -> bool:
        """Whether a collection is there."""
        with self._translated():
            return bool(self._client.has_collection(collection, timeout=TIMEOUT_SECONDS))

    def create(
        self, collection: str, fields: Sequence[Row], indexes: Sequence[Mapping[str, Any]]
    ) -> None:
        """Makes a collection, indexed and ready to search.

        Args:
            collection: its name.
            fields: the arguments of `add_field`, 'datatype' being the name of a `DataType`.
            indexes: the arguments of `add_index`. Those without a metric only make filters
                quicker, so a server that does not have one of them does without.
        """
        with self._translated():
            schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
            for field in fields:
                kinds: Row = {
                    name: getattr(self._milvus.DataType, field[name])
                    for name in ("datatype", "element_type")
                    if name in field
                }
                schema.add_field(**{**field, **kinds})
            self._client.create_collection(
                collection, schema=schema, consistency_level="Strong", timeout=TIMEOUT_SECONDS
            )
        for index in indexes:
            try:
                self._index(collection, index)
            except LibraryError:
                if "metric_type" in index:
                    raise
                log.info("%s has no index on %s", collection, index["field_name"])
        self.load(collection)

    def _index(self, collection: str, index: Mapping[str, Any]) -> None:
        with self._translated():
            params = self._client.prepare_index_params()
            params.add_index(**dict(index))
            # There is nothing to index yet, so nothing to wait for.
            self._client.create_index(collection, params, sync=False, timeout=TIMEOUT_SECONDS)

    def load(self, collection: str) -> None:
        """Makes a collection ready to search; it may be already."""
        with self._translated():
            self._client.load_collection(collection, timeout=TIMEOUT_SECONDS)

    def drop(self, collection: str) -> None:
        """Removes a collection with all its rows."""
        with self._translated():
            self._client.drop_collection(collection, timeout=TIMEOUT_SECONDS)

    def index_kind(self, collection: str, field: str) -> str:
        """The kind of index that a field has."""
        with self._translated():
            described = self._client.describe_index(collection, field, timeout=TIMEOUT_SECONDS)
        return str(described["index_type"])

    # Rows

    def insert(self, collection: str, rows: Sequence[Row]) -> None:
        """Adds rows, a slice at a time: some may be there when it fails."""
        for part in _slices(rows):
            with self._translated():
                self._client.insert(collection, part, timeout=TIMEOUT_SECONDS)

    def upsert(self, collection: str, row: Row) -> None:
        """Adds a row, or puts it in the place of the one with its key."""
        with self._translated():
            self._client.upsert(collection, [row], timeout=TIMEOUT_SECONDS)

    def delete(self, collection: str, where: str) -> None:
        """Removes the rows that an expression holds for."""
        with self._translated():
            self._client.delete(collection, filter=where, timeout=TIMEOUT_SECONDS)

    def count(self, collection: str, where: str) -> int:
        """How many rows an expression holds for."""
        with self._translated():
            found = self._client.query(
                collection, filter=where, output_fields=["count(*)"], timeout=TIMEOUT_SECONDS
            )
        return int(found[0]["count(*)"])

    def rows(self, collection: str, where: str, fields: Sequence[str]) -> list[Row]:
        """All the rows that an expression holds for, in no order; quick where they are few."""
        with self._translated():
            found = self._client.query(
                collection,
                filter=where,
                output_fields=list(fields),
                limit=MOST_ROWS,
                timeout=TIMEOUT_SECONDS,
            )
        return list(found) if len(found) < MOST_ROWS else list(self.scan(collection, where, fields))

    def scan(self, collection: str, where: str, fields: Sequence[str]) -> Iterator[Row]:
        """All the rows that an expression holds for, a page at a time, in the order of keys."""
        with self._translated():
            pages = self._client.query_iterator(
                collection,
                batch_size=_PAGE,
                filter=where,
                output_fields=list(fields),
                timeout=TIMEOUT_SECONDS,
            )
        try:
            while True:
                with self._translated():
                    page = pages.next()
                if not page:
                    return
                yield from page
        finally:
            pages.close()

    def search(
        self,
        collection: str,
        field: str,
        query: Vectors | Mapping[int, float],
        limit: int,
        where: str,
        fields: Sequence[str],
        params: Mapping[str, Any],
    ) -> list[tuple[float, Row]]:
        """The rows with the largest inner products: (inner product, fields), best first."""
        with self._translated():
            found = self._client.search(
                collection,
                data=[query],
                anns_field=field,
                limit=limit,
                filter=where,
                output_fields=list(fields),
                search_params={"metric_type": "IP", "params": dict(params)},
                timeout=TIMEOUT_SECONDS,
            )
        return [(float(hit["distance"]), dict(hit["entity"])) for hit in found[0]]

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except self._milvus.MilvusException as error:
            raise self._told(error) from error

    def _told(self, error: Any) -> LibraryError:
        message = " ".join(str(error.message).split())
        if "milvus-lite is required" in message:
            return _missing("milvus-lite", self.address)
        if _is_away(message):
            step = "check the address and that the server runs (docker ps), then try again"
            if self.address.is_file:
                step = "check the folder's permissions and the disk, then try again"
            return LibraryError(
                f"Milvus at {self.address.host} does not answer",
                where=str(self.address),
                next_step=step,
            )
        return LibraryError(
            f"Milvus at {self.address.host} refused a request: {message[:300]}",
            where=str(self.address),
            next_step="look into the server's log; what was committed before is safe",
        )


def _driver(address: Address) -> Any:
    try:
        return import_module("pymilvus")
    except ImportError as error:
        raise _missing("pymilvus", address) from error


def _missing(package: str, address: Address) -> LibraryError:
    return LibraryError(
        f"a library in Milvus needs the package {package}, which is not installed",
        where=str(address),
        next_step=INSTALL,
    )


def _is_away(message: str) -> bool:
    said = message.lower()
    return any(
        word in said
        for word in ("fail connecting", "unavailable", "deadline", "open local milvus failed")
    )


def _refuse_if_taken(address: Address) -> None:
    """A Milvus Lite file is for one process: looked at first, because Lite logs a traceback.

    Raises:
        LibraryLocked: another process has it open.
    """
    lock = Path(address.uri) / "LOCK"
    with _users_lock:
        if address.uri in _users or not lock.exists() or os.name == "nt":
            return
        fcntl = import_module("fcntl")
        with lock.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise LibraryLocked(
                    "another process has this Milvus Lite file open, and it is for one at a time",
                    where=str(address),
                    next_step="close the other program, or serve the file to several: milvus-lite "
                    f"server --data-dir {address.uri} --host 127.0.0.1 --port 19530",
                ) from error


def _slices(rows: Sequence[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    size = 0
    for row in rows:
        weight = sum(_weight(value) for value in row.values())
        if part and (len(part) == _ROWS_A_REQUEST or size + weight > _BYTES_A_REQUEST):
            yield part
            part, size = [], 0
        part.append(row)
        size += weight
    if part:
        yield part


def _weight(value: Any) -> int:
    if isinstance(value, str):
        return 4 * len(value)
    return 16 * len(value) if hasattr(value, "__len__") else 8
