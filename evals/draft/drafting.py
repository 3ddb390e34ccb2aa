"""The loop of drafting: propose from the library's own sentences, check, and hand on what passes.

The kinds take turns, and each kind goes from article to article, so that a draft of fifty
questions about ten thousand articles reads fifty of them and not the first five. Everything
drawn at random is drawn from the seed: the same library and options give the same questions.
"""

from __future__ import annotations

import random
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.article import Article
from corpus.errors import EvalError
from evals.draft import cloze, dates, figures, speakers
from evals.draft.check import Checker, CheckOptions, Reason
from evals.draft.drafted import DRAFT_KINDS, Drafted, DraftKind, Proposal, Statement
from evals.draft.premise import falsified
from evals.draft.statements import statements
from evals.draft.unanswerable import removed
from evals.sample import Sample, Target, is_named
from rag.newsroom import Newsroom

RULES: dict[DraftKind, Callable[[Statement], Iterator[Proposal]]] = {
    "cloze": cloze.propose,
    "figure": figures.propose,
    "date": dates.propose,
    "speaker": speakers.propose,
}
"""The kinds that come from a sentence; the other two come from a question of one of these."""


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """What to draft.

    Attributes:
        count: how many questions at most.
        kinds: which, in the order in which they take turns.
        gaps: at most this share of `count` may show a sentence with a gap; the others are worded
            as questions. A third keeps the file readable where few rules apply.
        seed: of everything that is drawn at random.
        check: what counts as near and as vague.
    """

    count: int = 50
    kinds: tuple[DraftKind, ...] = DRAFT_KINDS
    gaps: float = 1 / 3
    seed: int = 0
    check: CheckOptions = field(default_factory=CheckOptions)


_DEFAULTS = DraftOptions()


def draft(
    newsroom: Newsroom,
    options: DraftOptions = _DEFAULTS,
    rejected: Counter[tuple[DraftKind, Reason]] | None = None,
) -> Iterator[Drafted]:
    """Questions about a library's own articles, each with its gold quote; no model writes them.

    Args:
        newsroom: its library is read and searched; its generator is not loaded.
        rejected: counts what was proposed and thrown away, by kind and reason.

    Raises:
        EvalError: the library holds no article.
    """
    articles = list(newsroom.library.articles())
    if not articles:
        raise EvalError(
            "the library holds no articles to draft from",
            where=newsroom.library.path,
            next_step="dateline add --library PATH ARTICLES",
        )
    return _Drafting(newsroom, articles, options, rejected).run()


class _Drafting:
    """One run of drafting, with what it has asked so far."""

    def __init__(
        self,
        newsroom: Newsroom,
        articles: Sequence[Article],
        options: DraftOptions,
        rejected: Counter[tuple[DraftKind, Reason]] | None,
    ) -> None:
        self._options = options
        self._articles = sorted(articles, key=lambda article: article.id)
        self._checker = Checker(newsroom, options.check)
        self._rejected = Counter() if rejected is None else rejected
        self._gaps_left = int(options.count * options.gaps)
        self._asked: set[str] = set()
        self._used: set[tuple[str, int]] = set()
        self._made: Counter[DraftKind] = Counter()
        self._sources: dict[DraftKind, Iterator[Proposal]] = {
            kind: self._proposals(kind) for kind in RULES
        }
        # Proposals that passed, for the two kinds that are made of another question.
        self._passed: list[Proposal] = []
        self._ready: dict[DraftKind, deque[Proposal]] = {kind: deque() for kind in RULES}
        self._turned: Counter[DraftKind] = Counter()
        self._speakers: tuple[str, ...] | None = None

    def run(self) -> Iterator[Drafted]:
        waiting = list(self._options.kinds)
        left = self._options.count
        while waiting and left:
            for kind in tuple(waiting):
                drafted = self._next(kind)
                if drafted is None:
                    waiting.remove(kind)
                    continue
                yield drafted
                left -= 1
                if not left:
                    return

    def _next(self, kind: DraftKind) -> Drafted | None:
        if kind in RULES:
            ready = self._ready[kind]
            proposal = ready.popleft() if ready else self._pass(kind)
            return self._drafted(kind, proposal) if proposal else None
        while (proposal := self._twin(kind)) is not None:
            made = self._derived(kind, proposal)
            if isinstance(made, Sample):
                self._made[kind] += 1
                return Drafted(kind, made, proposal.statement)
            self._rejected[kind, made] += 1
        return None

    def _twin(self, kind: DraftKind) -> Proposal | None:
        """The next question that passed, to be turned into one of this kind."""
        while True:
            at = self._turned[kind]
            self._turned[kind] += 1
            while at >= len(self._passed):
                # Nothing asked is left to turn: the next question, which waits for its own turn.
                if not any(self._look_ahead(source) for source in RULES):
                    return None
            proposal = self._passed[at]
            if kind == "unanswerable" or proposal.swap is not None:
                return proposal

    def _look_ahead(self, kind: DraftKind) -> bool:
        """Whether another question of this kind passed; it is kept ready."""
        proposal = self._pass(kind)
        if proposal is not None:
            self._ready[kind].append(proposal)
        return proposal is not None

    def _derived(self, kind: DraftKind, proposal: Proposal) -> Sample | Reason:
        sample_id = self._id(kind)
        if kind == "unanswerable":
            return removed(proposal, self._checker, sample_id)
        rng = random.Random(f"{self._options.seed} {proposal.question}")
        name = self._name(proposal.statement.article)
        if name is None:
            return "its article cannot be named"
        return falsified(proposal, self._known(), self._checker, rng, sample_id, name)

    def _pass(self, kind: DraftKind) -> Proposal | None:
        """The next proposal of a kind that passes every check."""
        for proposal in self._sources[kind]:
            place = (proposal.statement.article.id, proposal.statement.start)
            if place in self._used or (proposal.verbatim and self._gaps_left <= 0):
                continue
            passed = self._checked(proposal)
            if isinstance(passed, Proposal):
                self._used.add(place)
                self._asked.add(passed.question)
                if passed.verbatim:
                    self._gaps_left -= 1
                else:
                    self._passed.append(passed)
                return passed
            self._rejected[kind, passed] += 1
        return None

    def _checked(self, proposal: Proposal) -> Proposal | Reason:
        if proposal.question in self._asked:
            return "asked already"
        if self._name(proposal.statement.article) is None:
            return "its article cannot be named"
        fault = self._checker.fault(proposal)
        if fault in ("too vague", "answered otherwise") and (pinned := _pin(proposal)):
            # Naming the report's day tells two counts of one thing apart.
            return self._checker.fault(pinned) or pinned
        return fault or proposal

    def _proposals(self, kind: DraftKind) -> Iterator[Proposal]:
        """Of each article one, then of each another, and so on; articles in drawn order.

        What is worded as a question comes before every sentence with a gap.
        """
        rng = random.Random(f"{self._options.seed} {kind}")
        order = list(self._articles)
        rng.shuffle(order)
        draws = [(article, rng.random()) for article in order]
        for verbatim in (False, True):
            yield from _in_turn(
                self._of_article(kind, article, draw, verbatim=verbatim) for article, draw in draws
            )

    def _of_article(
        self, kind: DraftKind, article: Article, draw: float, *, verbatim: bool
    ) -> Iterator[Proposal]:
        found = [
            proposal
            for statement in statements(article)
            for proposal in RULES[kind](statement)
            # A gap only where no rule of any kind can put the sentence as a question.
            if proposal.verbatim == verbatim and not (verbatim and _can_be_worded(statement))
        ]
        random.Random(draw).shuffle(found)
        yield from found

    def _drafted(self, kind: DraftKind, proposal: Proposal) -> Drafted:
        name = self._name(proposal.statement.article)
        assert name is not None
        self._made[kind] += 1
        sample = Sample(
            self._id(kind, 0),
            proposal.question,
            proposal.sample_kind,
            Target(
                answers=proposal.answers,
                articles=(name,),
                quotes=(proposal.statement.quote,),
            ),
        )
        return Drafted(kind, sample, proposal.statement)

    def _id(self, kind: DraftKind, more: int = 1) -> str:
        return f"{kind.replace('_', '-')}-{self._made[kind] + more:02d}"

    def _name(self, article: Article) -> str | None:
        """What names this article and no other: its title, or its file."""
        file = article.source.replace("\\", "/").rpartition("/")[2]
        for key in (article.title, file, file.partition("#")[0]):
            if key.strip() and sum(is_named(other, key) for other in self._articles) == 1:
                return key
        return None

    def _known(self) -> tuple[str, ...]:
        """Names of two words or more that the library lets say something."""
        if self._speakers is None:
            found = {
                proposal.answers[0]
                for article in self._articles
                for statement in statements(article)
                for proposal in speakers.propose(statement)
                if len(proposal.answers) > 1
            }
            self._speakers = tuple(sorted(found))
        return self._speakers


def _in_turn(sources: Iterable[Iterator[Proposal]]) -> Iterator[Proposal]:
    """One of each source, then another of each, until all are empty."""
    going = list(sources)
    while going:
        still = []
        for source in going:
            proposal = next(source, None)
            if proposal is not None:
                still.append(source)
                yield proposal
        going = still


def _can_be_worded(statement: Statement) -> bool:
    return any(not made.verbatim for rule in RULES.values() for made in rule(statement))


def _pin(proposal: Proposal) -> Proposal | None:
    """The question with its report's day in it; None where the article has none."""
    published = proposal.statement.article.published
    if published is None or proposal.verbatim or proposal.kind == "date":
        return None
    day = f"{published.day} {published:%B %Y}"
    question = f"{proposal.question.removesuffix('?')}, according to the report of {day}?"
    return replace(proposal, question=question, pinned=True)
