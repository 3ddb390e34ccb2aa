"""What drafting hands on from stage to stage: a statement, a proposal, a drafted sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from corpus.article import Article
from evals.sample import Kind, Sample

DraftKind = Literal["cloze", "figure", "date", "speaker", "unanswerable", "false_premise"]
DRAFT_KINDS: tuple[DraftKind, ...] = get_args(DraftKind)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an article: `article.text[start:end]`.

    Attributes:
        start, end: character offsets into the article's text; end is exclusive.
    """

    article: Article
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The sentence verbatim."""
        return self.article.text[self.start : self.end]

    @property
    def text(self) -> str:
        """The sentence on one line, without its full stop."""
        return " ".join(self.quote.split()).removesuffix(".")


@dataclass(frozen=True, slots=True)
class Swap:
    """How to ask the same with something false in it.

    Attributes:
        template: the question, with '{}' where the false words go.
        true: the words that stand there in the article.
        of: whether the words are a figure or a name.
    """

    template: str
    true: str
    of: Literal["figure", "name"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question that a rule made of one statement, not yet checked.

    Attributes:
        kind: which rule made it.
        question: as a reporter would put it.
        answers: accepted forms; the first stands in the statement as it is written here.
        sample_kind: the kind of the sample that it becomes.
        verbatim: the question holds the statement's own words around a gap.
        swap: how a false premise is made of it, where one can be.
        pinned: the question names the day of the report, which tells it from other reports.
    """

    kind: DraftKind
    statement: Statement
    question: str
    answers: tuple[str, ...]
    sample_kind: Kind
    verbatim: bool = False
    swap: Swap | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question that passed every check, for a person to keep or drop.

    Attributes:
        kind: which rule made it.
        sample: with the gold article and the gold quote.
        statement: where the gold quote stands; for an unanswerable question, the sentence that
            would answer it and that cannot be seen.
    """

    kind: DraftKind
    sample: Sample
    statement: Statement
