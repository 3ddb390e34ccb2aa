"""The articles that one ingest has in hand: as the library has them, and as they shall be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from corpus import Article
from corpus.copies import Signature, bands, signature
from embeddings.intake.preparing import Prepared
from embeddings.milvus.rows import band_names
from embeddings.milvus.view import Held, View
from embeddings.store.history import in_order
from embeddings.store.rows import content_hash, text_hash


@dataclass(frozen=True, slots=True)
class Traits:
    """What an article is known by.

    Attributes:
        article: itself.
        text: the hash of its text.
        signature: what makes its copies known; None where nothing could.
        bands: the same as Milvus holds it.
    """

    article: Article
    text: str
    signature: Signature | None
    bands: frozenset[str]

    @classmethod
    def of(cls, article: Article) -> Traits:
        """The traits of an article."""
        values = signature(article)
        names = [] if values is None else band_names(bands(values))
        return cls(article, text_hash(article), values, frozenset(names))


@dataclass(slots=True)
class Shelved:
    """One article in hand.

    Attributes:
        article, group, by_hand: as they shall be.
        came: its place among all that ever came.
        held: as the library has it; None for a new one.
        prepared: its passages, to be embedded; None where those that are there stay.
        versions: what it said before, to be added to its versions.
        changed: whether it has to be written.
    """

    article: Article
    group: str
    came: int
    by_hand: bool
    held: Held | None
    prepared: Prepared | None = None
    versions: list[Article] = field(default_factory=list)
    changed: bool = False
    _traits: Traits | None = None

    @property
    def traits(self) -> Traits:
        """What the article is known by; worked out once for each state of it."""
        if self._traits is None or self._traits.article is not self.article:
            self._traits = Traits.of(self.article)
        return self._traits


class Shelf:
    """Looks articles up, those in hand first.

    Args:
        view: the library as it is now.
    """

    def __init__(self, view: Callable[[], View]) -> None:
        self._view = view
        # Nobody else writes while the lease is held, so it is asked for after commits only.
        self._at = view()
        self._in_hand: dict[str, Shelved] = {}
        # What the library was found to hold when the articles at hand were looked up.
        self._hashes: dict[str, str] = {}
        self._absent: set[str] = set()
        self._texts: set[str] = set()
        self._sharing: dict[str, list[str]] = {}
        self._coming: dict[str, Traits] = {}
        self._newest = 0

    def look_up(self, articles: Sequence[Article]) -> None:
        """Asks the library about several articles at once; forgets those that are written."""
        self._in_hand = {name: one for name, one in self._in_hand.items() if one.changed}
        self._at = self._view()
        self._hashes = self._at.hashes([article.id for article in articles])
        self._absent = {article.id for article in articles} - self._hashes.keys()
        unlike = [article for article in articles if not self.is_stored(article)]
        self._coming = {article.id: Traits.of(article) for article in unlike}
        self._texts = self._at.texts([traits.text for traits in self._coming.values()])
        self._sharing = {}
        wanted = {band for traits in self._coming.values() for band in traits.bands}
        # A part of the wanted bands is asked for at a time, so an article may come twice.
        for article_id, theirs in dict(self._at.sharing(sorted(wanted))).items():
            for band in theirs:
                self._sharing.setdefault(band, []).append(article_id)

    def is_stored(self, article: Article) -> bool:
        """Whether it is there, equal in every field."""
        known = self._in_hand.get(article.id)
        if known is not None:
            return content_hash(known.article) == content_hash(article)
        return self._hashes.get(article.id) == content_hash(article)

    def find(self, article_id: str) -> Shelved | None:
        """The article of that id, taken in hand."""
        known = self._in_hand.get(article_id)
        if known is not None:
            return known
        if article_id in self._absent:
            return None
        held = self._at.find(article_id)
        return None if held is None else self._take(held)

    def with_text(self, article: Article) -> list[Article]:
        """The articles with the same text, in the order in which they came."""
        wanted = text_hash(article)
        if wanted in self._texts:
            for held in self._at.held_with_text(wanted):
                self._in_hand.get(held.article.id) or self._take(held)
        found = [one for one in self._in_hand.values() if one.traits.text == wanted]
        return [one.article for one in sorted(found, key=lambda one: one.came)]

    def versions(self, article_id: str) -> list[Article]:
        """What an article said before, oldest first."""
        known = self._in_hand.get(article_id)
        kept = [held.article for held in self._at.versions(article_id)]
        return in_order([*kept, *(known.versions if known else ())])

    def members(self, groups: Iterable[str]) -> list[Shelved]:
        """The articles of groups of copies, in the order in which they came."""
        wanted = set(groups)
        for held in self._at.held_in_groups(sorted(wanted)):
            self._in_hand.get(held.article.id) or self._take(held)
        found = [one for one in self._in_hand.values() if one.group in wanted]
        return sorted(found, key=lambda one: one.came)

    def sharing(self, one: Shelved) -> list[str]:
        """Ids of the articles that share bands with one, those that share most first."""
        shared: Counter[str] = Counter()
        mine = one.traits.bands
        for band in mine:
            shared.update(name for name in self._sharing.get(band, ()) if name not in self._in_hand)
        for name, other in self._in_hand.items():
            shared[name] += len(mine & other.traits.bands)
        del shared[one.article.id]
        return [name for name, count in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))
                if count]  # fmt: skip

    def add(self, article: Article, prepared: Prepared) -> Shelved:
        """Takes a new article in hand, in a group of its own."""
        self._newest = max(self._newest, self._at.commit.came) + 1
        coming = self._coming.get(article.id)
        traits = coming if coming is not None and coming.article is article else None
        one = Shelved(article, article.id, self._newest, False, None, prepared, changed=True)
        one._traits = traits
        self._in_hand[article.id] = one
        return one

    @property
    def changed(self) -> list[Shelved]:
        """The articles that have to be written."""
        return [one for one in self._in_hand.values() if one.changed]

    def written(self, owners: dict[str, str]) -> None:
        """Notes, after a commit, what the articles' rows belong to now."""
        for one in self.changed:
            one.held = Held(one.article, owners[one.article.id], one.group, one.came, one.by_hand)
            one.prepared = None
            one.versions = []
            one.changed = False
        self._at = self._view()

    def _take(self, held: Held) -> Shelved:
        one = Shelved(held.article, held.group, held.came, held.by_hand, held)
        self._in_hand[held.article.id] = one
        return one
