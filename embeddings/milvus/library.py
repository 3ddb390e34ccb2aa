"""A library in Milvus, behind the same face as the one in a folder."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

from corpus import Article, Passage, Rejected
from corpus.closing import Closing
from embeddings.embedders.embedder import Embedder, EmbedderFingerprint, Vectors
from embeddings.index.filters import ANY_TIME, Filter
from embeddings.intake.groups import ArticleGroup, grouped
from embeddings.intake.ingest import IngestOptions
from embeddings.intake.report import IngestReport, Progress
from embeddings.milvus import commits, opening
from embeddings.milvus.address import Address, parse
from embeddings.milvus.client import Client
from embeddings.milvus.commits import Commit
from embeddings.milvus.figures import Tally, check
from embeddings.milvus.filters import one_of
from embeddings.milvus.ingest import Ingest, everything, marking, reembed, restore
from embeddings.milvus.lease import Lease
from embeddings.milvus.names import Names
from embeddings.milvus.removing import remove
from embeddings.milvus.rows import damaged
from embeddings.milvus.schema import DenseOptions
from embeddings.milvus.view import View
from embeddings.milvus.writing import Writer
from embeddings.moved import Moved
from embeddings.store.figures import Figures, read_figures
from embeddings.store.history import Change, changes, in_order
from embeddings.store.stats import LibraryStats
from embeddings.store.window import DateWindow


class MilvusLibrary(Closing):
    """A library in Milvus that is open. Made by `open` or `rebuild`; close it after use.

    It satisfies `embeddings.protocol.LibraryLike`, where stands what each method takes, gives and
    raises, and differs from a folder in this:

    - a block of `reading` sees one moment for as long as no two further commits are made;
    - of a Milvus Lite file there is one process at a time, readers included;
    - a writer is refused by a lease, whose limits `embeddings.milvus.lease` tells.
    """

    def __init__(
        self, client: Client, embedder: Embedder, options: IngestOptions, names: Names, lease: Lease
    ) -> None:
        self._client = client
        self._embedder = embedder
        self._options = options
        self._names = names
        self._lease = lease
        self._pinned = threading.local()
        self._latest: View | None = None
        self._tally = Tally()

    @classmethod
    def open(
        cls,
        where: str,
        embedder: Embedder,
        *,
        create: bool = False,
        options: IngestOptions | None = None,
        indexes: DenseOptions | None = None,
    ) -> MilvusLibrary:
        """Opens the library at 'milvus:http://host:19530#name' or 'milvus:/path/file.db#name'.

        Args:
            where: its address. A server's token is read from DATELINE_MILVUS_TOKEN.
            embedder: the one that made the library's vectors; it embeds what is added.
            create: make the library where there is none.
            options: how articles are taken in.
            indexes: which dense index a library gets that is made now.

        Raises:
            LibraryError: the address cannot be read, pymilvus is not installed, or the server
                does not answer.
            LibraryMissing: there is none.
            NotALibrary: something else has its name.
            LibraryDamaged: part of it is gone.
            SchemaMismatch: it was made by another version of Dateline.
            EmbedderMismatch: another embedder made its vectors.
            LibraryLocked: it is just being made, or another process has the Milvus Lite file.
        """
        library = cls._connected(parse(where), embedder, options or IngestOptions(), create=create)
        try:
            now = opening.prepare(
                library._client,
                library._names,
                library._lease,
                embedder.fingerprint,
                indexes or DenseOptions(),
                create=create,
            )
            opening.check_embedder(now.embedder, embedder.fingerprint, library._client.address)
        except BaseException:
            library.close()
            raise
        return library

    @classmethod
    def rebuild(
        cls, where: str, embedder: Embedder, *, progress: Progress | None = None
    ) -> MilvusLibrary:
        """Splits and embeds every article of a library anew, and opens it.

        The new passages are written beside the old ones and put in their place by one commit:
        until then, and after an interruption, the library is as it was.

        Raises:
            LibraryError: as `open` says, less EmbedderMismatch; LibraryLocked while another
                process writes.
        """
        library = cls._connected(parse(where), embedder, IngestOptions(), create=False)
        try:
            opening.prepare(
                library._client,
                library._names,
                library._lease,
                embedder.fingerprint,
                DenseOptions(),
                create=False,
            )
            with library._lease.held():
                view = library._view(any_embedder=True)
                writer = library._writer(view.commit)
                reembed(writer, view, embedder, library._options, progress)
        except BaseException:
            library.close()
            raise
        return library

    @classmethod
    def _connected(
        cls, address: Address, embedder: Embedder, options: IngestOptions, *, create: bool
    ) -> MilvusLibrary:
        opening.prepare_file(address, create=create)
        client = Client(address)
        names = Names(address.name)
        return cls(client, embedder, options, names, Lease(client, names))

    # Writing

    def add(
        self,
        articles: Iterable[Article | Rejected],
        *,
        progress: Progress | None = None,
        dry_run: bool = False,
    ) -> IngestReport:
        """Takes articles in, a committed batch at a time."""
        started = time.perf_counter()
        if dry_run:
            report = self._ingest(None, progress).run(articles)
        else:
            with self._lease.held():
                view = self._view()
                report = self._ingest(self._writer(view.commit), progress).run(articles)
        return replace(report, seconds=time.perf_counter() - started)

    def delete(self, article_id: str) -> bool:
        """Removes an article and its versions, at once and for every reader.

        Their rows leave Milvus with the next commit, and its disk when it compacts.
        """
        return bool(self.delete_many([article_id]))

    def delete_many(self, article_ids: Iterable[str]) -> tuple[str, ...]:
        """Removes several articles as `delete` removes one, some hundreds of them a commit."""
        with self._lease.held():
            writer = self._writer(self._view().commit)
            return remove(writer, self._view, dict.fromkeys(article_ids))

    def withdraw(self, article_id: str, on: date | None = None) -> bool:
        """Marks an article as taken back by its outlet; it stays, and is not searched."""
        return self._mark(article_id, on or datetime.now(UTC).date())

    def reinstate(self, article_id: str) -> bool:
        """Takes the mark of `withdraw`, or of its metadata, from an article."""
        return self._mark(article_id, None)

    def restore(self, moved: Iterable[Moved], *, progress: Progress | None = None) -> int:
        """Takes in articles as another library held them, with versions, group and vectors."""
        with self._lease.held():
            view = self._view()
            return restore(self._writer(view.commit), self._view, moved, self._options, progress)

    # Reading

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that this thread reads inside the block is of one moment.

        That moment's rows are kept for one commit more; a block that lasts over two may find
        that something is gone (NotInLibrary).
        """
        if getattr(self._pinned, "view", None) is not None:
            yield
            return
        self._pinned.view = self._view()
        try:
            yield
        finally:
            self._pinned.view = None

    def article(self, article_id: str) -> Article:
        """The article of that id."""
        return self._view().held(article_id).article

    def articles(self) -> Iterator[Article]:
        """Every article, oldest first, undated ones last, then by id."""
        return (held.article for held in self._view().all_held())

    def versions(self, article_id: str) -> list[Article]:
        """What an article said before it was replaced, oldest first; its id is unchanged."""
        return in_order([held.article for held in self._view().versions(article_id)])

    def changes(self, article_id: str) -> tuple[Change, ...]:
        """What came, went and changed from version to version, oldest step first."""
        with self.reading():
            return changes((*self.versions(article_id), self.article(article_id)))

    def group(self, article_id: str) -> ArticleGroup:
        """The copies of one report that an article belongs to; itself alone if there is none."""
        view = self._view()
        group = view.held(article_id).group
        members = [held.article for held in view.held_where(one_of("group_id", [group]))]
        return grouped(group, members)

    def copied(self) -> Iterator[ArticleGroup]:
        """Every group of at least two copies, the one with the oldest article first."""
        for group, members in self._view().copied():
            yield grouped(group, [held.article for held in members])

    def figures(self, article: Article) -> Figures:
        """The figures that an article tells: read from its text, for Milvus does not keep them."""
        return read_figures(article)

    def everything(self) -> Iterator[Moved]:
        """Every article whole, in the order in which they came: what `restore` takes in."""
        return everything(self._view())

    def passages(self, article_id: str) -> list[Passage]:
        """The passages of an article, in order."""
        view = self._view()
        found = view.passages(article_id)
        if not found:
            raise view.unknown("article", article_id)
        return found

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id."""
        return self._view().passage(passage_id)

    def vectors(self, passage_ids: Sequence[str]) -> Vectors:
        """The vectors of passages, shape (len(passage_ids), dimensions), in that order."""
        return self._view().vectors(passage_ids)

    def dense(
        self,
        vector: Vectors,
        k: int,
        window: DateWindow = ANY_TIME,
        *,
        outlets: Collection[str] | None = None,
        groups: Collection[str] | None = None,
        withdrawn: bool = False,
    ) -> list[tuple[str, float]]:
        """The k passages nearest in meaning: (passage id, inner product), best first.

        An index that is not exact (HNSW, IVF_RABITQ) proposes; the inner products of what it
        proposed are exact.
        """
        return self._view().dense(vector, k, Filter.of(window, outlets, groups, withdrawn))

    def lexical(
        self,
        text: str,
        k: int,
        window: DateWindow = ANY_TIME,
        *,
        outlets: Collection[str] | None = None,
        groups: Collection[str] | None = None,
        withdrawn: bool = False,
    ) -> list[tuple[str, float]]:
        """The k passages that share the most telling words: (passage id, BM25 > 0), best first."""
        return self._view().lexical(text, k, Filter.of(window, outlets, groups, withdrawn))

    # About the library

    @property
    def path(self) -> str:
        """Its address, without what a server is opened with."""
        return str(self._client.address)

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        """What its vectors can be compared with."""
        return self._embedder.fingerprint

    @property
    def generation(self) -> int:
        """How often what is searched has changed, by any process."""
        return self._view().commit.generation

    def stats(self) -> LibraryStats:
        """What it holds, in figures; its size is known of a Milvus Lite file only, else 0."""
        return self._tally.stats(self._view(), self._client.address)

    def check(self) -> None:
        """Reads all of it and compares it with what was stored. Takes a while."""
        check(self._view(), self._client.address)

    def close(self) -> None:
        """Lets go of the server, or sets the file free. The library can be opened again."""
        self._client.close()

    def _mark(self, article_id: str, withdrawn: date | None) -> bool:
        with self._lease.held():
            view = self._view()
            held = view.find(article_id)
            if held is None or (held.article.withdrawn is None) == (withdrawn is None):
                return False
            self._writer(view.commit).commit(view, marking(view, held, withdrawn))
        return True

    def _view(self, *, any_embedder: bool = False) -> View:
        pinned: View | None = getattr(self._pinned, "view", None)
        if pinned is not None:
            return pinned
        now = commits.current(self._client, self._names)
        if now is None:
            raise damaged(self._client.address, "its commits are gone")
        if not any_embedder:
            opening.check_embedder(now.embedder, self._embedder.fingerprint, self._client.address)
        latest = self._latest
        if latest is None or latest.commit != now:
            latest = self._latest = View(self._client, self._names, now)
        return latest

    def _writer(self, now: Commit) -> Writer:
        writer = Writer(self._client, self._names, self._lease)
        writer.begin(now)
        return writer

    def _ingest(self, writer: Writer | None, progress: Progress | None) -> Ingest:
        return Ingest(writer, self._view, self._embedder, self._options, progress)
