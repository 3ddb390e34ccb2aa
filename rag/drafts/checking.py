"""Checking a draft: every sentence searched for, and held against what was found."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from embeddings.embedders.remembering import RememberingEmbedder
from rag.checking.citation import Citation
from rag.checking.verify import Checker, Verifier
from rag.drafts.claimless import nothing_to_check
from rag.drafts.draft import Draft, Written
from rag.drafts.judged import Judged
from rag.drafts.judging import Judge, JudgeOptions
from rag.drafts.reading import Form, draft_of, read_draft
from rag.drafts.report import DraftReport
from rag.drafts.search import Desk, Searcher, SearchOptions, Span, leans
from rag.drafts.verdict import DraftClaim, DraftDifference, DraftSentence, DraftVerdict
from rag.question.query import Day, read_question


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How a draft is checked, stage by stage."""

    search: SearchOptions = field(default_factory=SearchOptions)
    judge: JudgeOptions = field(default_factory=JudgeOptions)


def check_draft(
    newsroom: Desk,
    text: str | Path | Draft,
    *,
    form: Form = "text",
    as_of: Day = None,
    since: Day = None,
    until: Day = None,
    outlets: Collection[str] | None = None,
    checker: Checker | None = None,
    options: CheckOptions | None = None,
) -> DraftReport:
    """Hold each sentence of a draft against a library. No language model is involved.

    The arguments and errors are those of `check_by_sentence`.
    """
    reports = check_by_sentence(
        newsroom, text, form=form, as_of=as_of, since=since, until=until, outlets=outlets,
        checker=checker, options=options,
    )  # fmt: skip
    return deque(reports, maxlen=1).pop()


def check_by_sentence(
    newsroom: Desk,
    text: str | Path | Draft,
    *,
    form: Form = "text",
    as_of: Day = None,
    since: Day = None,
    until: Day = None,
    outlets: Collection[str] | None = None,
    checker: Checker | None = None,
    options: CheckOptions | None = None,
) -> Iterator[DraftReport]:
    """The report so far, once before the first sentence is checked and after each.

    Args:
        newsroom: its articles are the evidence; withdrawn ones never.
        text: what a person wrote; a path is read as the file that it names.
        form: whether the marks of a text that is no path are those of Markdown.
        as_of, since, until, outlets: which articles may be looked at, as in `Newsroom.ask`.
        checker: says whether spans carry a claim; a `Verifier` if None.

    Raises:
        MissingPath, UnreadableFile: the draft cannot be read, or there is no word in it.
        BadDate: a day that is no date.
    """
    chosen = options or CheckOptions()
    draft = _draft(text, form)
    query = read_question("draft", as_of=as_of, since=since, until=until, outlets=outlets)
    embedder = RememberingEmbedder(newsroom.embedder)
    searcher = Searcher(newsroom, embedder, query, chosen.search)
    judge = Judge(checker or Verifier(embedder), embedder, chosen.judge)
    desk = _Desk(searcher, judge, _Citations())
    written = list(draft.sentences())
    last = query.window.until
    sentences: list[DraftSentence] = []

    def so_far() -> DraftReport:
        return DraftReport(
            draft,
            tuple(sentences),
            desk.citations.made,
            newsroom.library.generation,
            last.isoformat() if last else None,
        )

    yield so_far()
    # One batch costs a fraction of as many single texts.
    embedder.embed([one.text for one in written])
    for before, one in pairwise([None, *written]):
        assert one is not None
        sentences.append(desk.check(one, before))
        yield so_far()


def _draft(text: str | Path | Draft, form: Form) -> Draft:
    if isinstance(text, Draft):
        return text
    return read_draft(text) if isinstance(text, Path) else draft_of(text, form)


class _Citations:
    """Citations in the order in which they are first needed; one span keeps one marker."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, int, int], Citation] = {}

    def of(self, span: Span) -> Citation:
        """The citation of a span."""
        key = (span.hit.article.id, span.start, span.end)
        if key not in self._made:
            marker = len(self._made) + 1
            self._made[key] = Citation(
                marker, span.hit.article, span.hit.passage, span.start, span.end
            )
        return self._made[key]

    @property
    def made(self) -> tuple[Citation, ...]:
        """All of them, in order of marker."""
        return tuple(self._made.values())


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one draft is checked with."""

    searcher: Searcher
    judge: Judge
    citations: _Citations

    def check(self, sentence: Written, before: Written | None) -> DraftSentence:
        """One sentence; the one before it tells whom a pronoun stands for."""
        if why := nothing_to_check(sentence):
            return _sentence(sentence, "not a claim", why=why)
        told = sentence.text
        if before is not None and leans(told) and before.role == "prose":
            told = f"{before.text} {told}"
        spans = self.searcher.find([sentence.text, told])
        claims = tuple(map(self._claim, self.judge.judge(sentence.text, spans, told)))
        return _sentence(sentence, verdict_of(claims), claims)

    def _claim(self, judged: Judged) -> DraftClaim:
        return DraftClaim(
            judged.text,
            judged.verdict,
            tuple(map(self.citations.of, judged.supporting)),
            tuple(map(self.citations.of, judged.contradicting)),
            tuple(
                DraftDifference(one.kind, one.said, one.found, self.citations.of(one.span))
                for one in judged.differences
            ),
            judged.missing,
        )


def verdict_of(claims: Sequence[DraftClaim]) -> DraftVerdict:
    """The verdict on a sentence of these claims; one that is contradicted decides."""
    found = {claim.verdict for claim in claims}
    if "contradicted" in found:
        return "contradicted"
    return found.pop() if len(found) == 1 else "partly"


def _sentence(
    written: Written, verdict: DraftVerdict, claims: tuple[DraftClaim, ...] = (), why: str = ""
) -> DraftSentence:
    return DraftSentence(
        written.text, written.start, written.end, verdict, written.block, claims, why
    )
