"""What is told over the wire, typed: answers, hits, articles and problems.

These models name what `Answer.to_dict` and its kin give, so that the HTTP API and the MCP tools can
tell a client beforehand what it will get. Days are written YYYY-MM-DD; offsets count characters
of the article's text, the end being exclusive.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from rag.answer import RefusalKind, Status
from rag.checking.citation import Verdict


class _Told(BaseModel):
    """What is sent: these fields and no others. A test holds them against `to_dict`."""

    model_config = ConfigDict(extra="ignore")


class ArticleHead(_Told):
    """What names an article, without its text."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    dated_by: str = Field(description="The rule that the day was found by.")
    certainty: str
    updated: str | None
    withdrawn: str | None = Field(description="The day on which its outlet took it back.")
    url: str | None
    source: str = Field(description="The file or address that it was read from.")


class RelativeDay(_Told):
    """What a quote's 'on Tuesday' means."""

    phrase: str
    day: str


class Citation(_Told):
    """A verbatim span of a named article: `quote` is the article's text from start to end."""

    marker: int = Field(ge=1, description="The number that stands in the answer's text as [1].")
    quote: str
    start: int
    end: int
    days: list[RelativeDay]
    article: ArticleHead


class Sentence(_Told):
    """One sentence of an answer, and what was found when it was checked."""

    text: str
    verdict: Verdict
    support: float = Field(ge=0, le=1)
    speaker: str | None
    as_of: str | None
    citations: list[Citation]


class Hit(_Told):
    """A passage that was found."""

    rank: int = Field(ge=1)
    score: float
    passage: str
    start: int
    end: int
    text: str
    article: ArticleHead
    also_in: list[str] = Field(description="Other outlets that carry a copy of the article.")


class Report(_Told):
    """One report, whoever carries it."""

    group: str
    original: str
    why: str
    outlets: list[str]
    cited: list[str]
    copies: list[str]
    withdrawn: list[str]


class Sources(_Told):
    """The independent reports that the cited articles amount to."""

    counted: str
    outlets: list[str]
    originals: list[str]
    reports: list[Report]


class Refusal(_Told):
    """Why there is no answer."""

    kind: RefusalKind
    message: str
    missing: list[str]
    nearest: list[Citation]


class FigureCitation(_Told):
    """Where a figure stands."""

    marker: int
    quote: str
    start: int
    end: int
    article: str
    title: str
    outlet: str | None
    published: str


class Figure(_Told):
    """A figure, what it counts, when, and by whose count."""

    value: float
    expression: str
    qualifier: str | None
    unit: str | None
    what: str
    by: str | None
    where: str | None
    as_of: str | None
    first: str | None
    since: str | None
    is_part: bool
    is_more: bool
    also_in: list[str]
    citation: FigureCitation


class Change(_Told):
    """One figure after another of the same quantity."""

    before: Figure
    after: Figure
    difference: float
    share: float | None
    is_one_source: bool


class Conflict(_Told):
    """Different figures for one day or event, each with its source."""

    what: str
    figures: list[Figure]


class Timeline(_Told):
    """The figures of one quantity, oldest first."""

    about: str
    rows: list[Figure]
    changes: list[Change]
    conflicts: list[Conflict]


class Usage(_Told):
    """What an answer cost."""

    seconds: dict[str, float]
    prompt_tokens: int
    completion_tokens: int
    dropped: int
    requoted: int
    recited: int
    rewritten: int


class Answer(_Told):
    """An answer whose every sentence is cited, or a refusal that says why there is none."""

    question: str
    status: Status
    text: str
    short: str | None
    working: str | None
    correction: str | None
    timeline: Timeline | None
    conflicts: list[Conflict]
    sentences: list[Sentence]
    sources: Sources
    refusal: Refusal | None
    hits: list[Hit]
    answerability: float | None
    usage: Usage
    fingerprint: dict[str, str]


class Hits(_Told):
    """The passages that answer best, best first."""

    hits: list[Hit]


class Group(_Told):
    """The copies of one report."""

    id: str
    original: str
    why: str
    articles: list[ArticleHead]


class Version(ArticleHead):
    """What an article said before it was replaced."""

    text: str


class Difference(_Told):
    """One difference from a version to the next."""

    step: int
    on: str | None
    kind: str
    field: str | None
    before: str | None
    after: str | None


class Article(ArticleHead):
    """An article with its text and all that the library knows of it."""

    text: str
    dropped: list[str] = Field(description="Lines that were left out as page furniture.")
    group: Group
    versions: list[Version]
    changes: list[Difference]


class Problem(_Told):
    """What went wrong: RFC 9457, sent as application/problem+json."""

    type: str = Field(examples=["QuestionTooLong"])
    title: str
    status: int
    next_step: str
