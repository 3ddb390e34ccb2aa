"""The systems that can be measured: Dateline, Dateline less one part, and what it has to beat.

Each is made from a newsroom and the samples that it will be asked. All see the same library
under the same `as_of`. Those without Dateline's verifier have their sentences judged by it
afterwards, changing nothing that is shown.

    dateline            the newsroom as it is set
    dateline-cited      the same with whole sentences, each checked
    without-verifier    dateline-cited with nothing checked: what the verifier earns
    gold-passages       dateline shown the passages that hold the answer: what retrieval loses
    nearest-sentence    the sentence nearest in meaning, quoted: no language model
    plain-prompt        three passages before the model, its words unchecked
    closed-book         the question alone before the model: its memory
    search-only         hits and no answer: for sets that judge retrieval alone
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evals.runner import System
from evals.sample import Sample
from evals.systems.closed_book import ClosedBook
from evals.systems.gold_passages import GoldPassages
from evals.systems.nearest_sentence import NearestSentence
from evals.systems.plain_prompt import PlainPrompt
from evals.systems.search_only import SearchOnly
from evals.systems.without_verifier import WithoutVerifier
from rag.newsroom import Newsroom

MakeSystem = Callable[[Newsroom, Sequence[Sample]], System]


def _dateline(newsroom: Newsroom, samples: Sequence[Sample]) -> System:
    del samples
    return newsroom


def _dateline_cited(newsroom: Newsroom, samples: Sequence[Sample]) -> System:
    del samples
    return newsroom.variant(style="cited")


def _alone(make: Callable[[Newsroom], System]) -> MakeSystem:
    """A system that needs no samples."""

    def made(newsroom: Newsroom, samples: Sequence[Sample]) -> System:
        del samples
        return make(newsroom)

    return made


SYSTEMS: dict[str, MakeSystem] = {
    "dateline": _dateline,
    "dateline-cited": _dateline_cited,
    WithoutVerifier.name: _alone(WithoutVerifier),
    GoldPassages.name: GoldPassages,
    NearestSentence.name: _alone(NearestSentence),
    PlainPrompt.name: _alone(PlainPrompt),
    ClosedBook.name: _alone(ClosedBook),
    SearchOnly.name: _alone(SearchOnly),
}

__all__ = ["SYSTEMS", "MakeSystem"]
