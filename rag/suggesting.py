"""Questions that may be asked next: drawn from articles, and held against the library first.

Nothing is suggested on a guess. A candidate is made from what an article tells (who speaks in it,
what it counts, what its headline says), and offered only where the library's evidence for it is
above the gate that refuses: whoever asks it gets an answer or, where a model is to write one and
nothing of it can be supported, a refusal that the evidence did not foretell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Protocol

from corpus.article import Article
from corpus.content.names import same_name
from corpus.content.speech import statements
from embeddings.protocol import LibraryLike
from embeddings.terms import TermReader
from rag.question.query import Day


class Answers(Protocol):
    """What suggestions are asked of: a `Newsroom`, or whatever answers like one."""

    @property
    def library(self) -> LibraryLike:
        """Where the articles are."""
        ...  # pragma: no cover

    def answerable(self, question: str, *, as_of: Day = None) -> float | None:
        """How well the evidence answers; None where the question would be refused."""
        ...  # pragma: no cover


@dataclass(frozen=True, slots=True)
class SuggestOptions:
    """How much is offered, and how much is tried for it.

    Attributes:
        most: suggestions. Judgement: what is taken in at a glance.
        tried: candidates that are held against the library, each of which is a search.
        articles: articles that candidates are made from, the first ones.
        overlap: the share of its words that a candidate may have in common with a question that
            was asked or suggested already. Judgement: 'How many people were killed?' and 'How
            many people were killed in Gaza?' are one.
    """

    most: int = 3
    tried: int = 8
    articles: int = 6
    overlap: float = 0.75


_COUNTED = {
    "killed": "were killed",
    "injured": "were injured",
    "missing": "are missing",
    "displaced": "were displaced",
    "evacuated": "were evacuated",
    "taken": "were taken",
    "held": "are held",
    "freed": "were freed",
    "arrested": "were arrested",
    "infected": "were infected",
    "vaccinated": "were vaccinated",
    "rescued": "were rescued",
}
"""What `corpus.content.happenings` names, as the verb of a question."""

_LONGEST_TITLE = 90
"""Characters of a headline that can stand in a question. Judgement: a longer one is a sentence."""


def suggestions(
    newsroom: Answers,
    articles: Iterable[Article],
    asked: Collection[str] = (),
    *,
    as_of: Day = None,
    options: SuggestOptions | None = None,
) -> Iterator[str]:
    """Questions that the library can answer, each as soon as it was held against it.

    Args:
        articles: what to ask about, the first ones first: those that an answer stands on, or the
            newest of the library.
        asked: questions that need not be offered again.
        as_of: the reader's day, as in `Newsroom.ask`.

    Raises:
        BadDate: `as_of` is no day.
    """
    chosen = options or SuggestOptions()
    words = _Words(asked, chosen.overlap)
    offered = tried = 0
    for candidate in _candidates(newsroom.library, articles, chosen.articles):
        if offered == chosen.most or tried == chosen.tried:
            return
        if not words.is_new(candidate):
            continue
        tried += 1
        if newsroom.answerable(candidate, as_of=as_of) is not None:
            offered += 1
            words.add(candidate)
            yield candidate


class _Words:
    """The words of the questions so far, to tell a new one by."""

    def __init__(self, questions: Collection[str], overlap: float) -> None:
        self._reader = TermReader()
        self._overlap = overlap
        self._known = [self._of(question) for question in questions]

    def add(self, question: str) -> None:
        self._known.append(self._of(question))

    def is_new(self, question: str) -> bool:
        own = self._of(question)
        return bool(own) and all(
            len(own & known) / min(len(own), len(known)) < self._overlap
            for known in self._known
            if known
        )

    def _of(self, question: str) -> set[str]:
        return set(self._reader.terms(question))


def _candidates(library: LibraryLike, articles: Iterable[Article], most: int) -> Iterator[str]:
    """Candidates of each kind in turn, so that what is offered is not all of one kind."""
    read = [one for one, _ in zip(articles, range(most), strict=False) if not one.withdrawn]
    kinds: Sequence[Iterator[str]] = (
        _said(read),
        _counted(library, read),
        _headlines(read),
    )
    found = chain.from_iterable(zip_longest(*kinds))
    return iter(dict.fromkeys(one for one in found if one))


def _said(articles: Sequence[Article]) -> Iterator[str]:
    """'What did Ellen Reyes say?', of persons with a full name; each once, however it is spelt."""
    known: list[str] = []
    for article in articles:
        for spoken in statements(article.text):
            name = " ".join(spoken.speaker.split())
            if _is_person(name, spoken.speaker_key) and not any(
                same_name(name, one) for one in known
            ):
                known.append(name)
                yield f"What did {name} say?"


def _is_person(name: str, key: str) -> bool:
    """A name of two words or more that goes by its last one alone."""
    parts = name.split()
    return len(parts) > 1 and len(key.split()) == 1 and all(part[:1].isupper() for part in parts)


def _counted(library: LibraryLike, articles: Sequence[Article]) -> Iterator[str]:
    """'How many people were killed in Gaza?', of whole counts of what happened to many."""
    for article in articles:
        for figure in library.figures(article):
            verb = _COUNTED.get(figure.happening)
            if verb is None or figure.is_part or figure.is_more:
                continue
            whom = _as_told(figure.what.removesuffix(figure.happening).strip(), article)
            place = f" in {figure.where}" if figure.where[:1].isupper() else ""
            yield f"How many {whom} {verb}{place}?"


def _as_told(noun: str, article: Article) -> str:
    """The noun with the capital that it has in the article: 'Palestinians'."""
    if not noun:
        return "people"
    capital = noun[0].upper() + noun[1:]
    return capital if noun not in article.text and capital in article.text else noun


def _headlines(articles: Sequence[Article]) -> Iterator[str]:
    for article in articles:
        title = " ".join(article.title.split())
        if title and len(title) <= _LONGEST_TITLE:
            yield f"What is behind “{title}”?"
