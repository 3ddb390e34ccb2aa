"""Does a figure count what is asked for? By what happened, what is counted, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.article import Article
from corpus.content.figures import FigureMention
from corpus.content.happenings import (
    before_happening,
    happenings_in,
    searched_as,
    without_happenings,
)
from corpus.content.speech_words import word_set
from corpus.sentences import sentence_spans
from embeddings.terms import TermReader

_GENERAL = """people persons number count counts figure figures total how many much far latest
    change changes over time reported official officials say said share amount rate of the"""
"""Words that any count may be called by."""

_BY_ITSELF, _CLAUSE, _SENTENCE, _BEFORE, _TITLE, _ARTICLE = 1.0, 0.9, 0.7, 0.5, 0.5, 0.3
"""How much it tells that a word asked for stands in what is counted, in its clause, in its
sentence, in the one before, in the headline, anywhere in the article. Judgement, in the order of
nearness; only the order and the two thresholds below are used."""

_ENOUGH, _ENOUGH_COUNTED, _ENOUGH_ELSEWHERE = 0.4, 0.25, 0.75
"""The mean that is asked for: of a noun that is asked for, of the same happening, of neither."""


@dataclass(frozen=True, slots=True)
class About:
    """What figures are asked for.

    Attributes:
        text: in the asker's words.
        happenings: what happened, as `corpus.content.happenings` names it; empty for none.
        terms: stems of the other telling words.
        places: the words that were written as names: places, if an article says 'in' them.
        whom: the stem of who it happened to, where that is not just people: 'children killed'.
    """

    text: str
    happenings: tuple[str, ...]
    terms: frozenset[str]
    places: frozenset[str]
    whom: str = ""

    @property
    def searched(self) -> str:
        """What is searched for: the words, and others by which the same is told."""
        return " ".join([self.text, *(searched_as(one) for one in self.happenings)])


def read_about(text: str) -> About:
    """What the words ask for: 'people killed in Gaza' → killed; gaza."""
    rest = without_happenings(text)
    terms = _terms(rest) - _terms(_GENERAL) or _terms(rest)
    if happenings_in(text):
        terms -= _terms(_GENERAL)
    named = re.findall(r"\b[A-Z][\w’'-]*", rest)
    return About(text, happenings_in(text), frozenset(terms), frozenset(named), _whom(text))


def _whom(text: str) -> str:
    """The stem of the plural that stands before the first word for what happened, or ''."""
    lead = before_happening(text).split()
    noun = lead[-1] if lead else ""
    if noun[:1].isupper() or noun in _ANYBODY or not noun.endswith(("s", "ren", "men")):
        return ""
    return next(iter(_terms(noun)), "")


def counts(about: About, article: Article, mention: FigureMention) -> bool:
    """Whether a figure of an article counts what is asked for."""
    if about.happenings and (mention.happening not in about.happenings or mention.quantity.unit):
        return False
    if not _same_place(about, article, mention):
        return False
    told = _Told.of(article, mention)
    weights = [told.weight(term) for term in about.terms]
    if about.happenings:
        return _counts_whom(about, article, mention) and (
            not weights or sum(weights) / len(weights) >= _ENOUGH_COUNTED
        )
    named = bool(told.noun & about.terms)
    if not (mention.quantity.unit or named) or max(weights, default=0.0) < _CLAUSE:
        return False
    return sum(weights) / len(weights) >= (_ENOUGH if named else _ENOUGH_ELSEWHERE)


def _counts_whom(about: About, article: Article, mention: FigureMention) -> bool:
    """Whether a figure counts those who are asked for, of all to whom the same happened."""
    noun = _terms(mention.noun)
    if about.whom and about.whom not in noun:
        return False
    named = bool(noun & about.terms)
    # Of the people killed in a place the hostages among them are another count.
    if mention.is_part and not named:
        return False
    return named or bool(happenings_in(mention.noun)) or is_general(article, mention)


def is_general(article: Article, mention: FigureMention) -> bool:
    """Whether people as such are counted, and not soldiers, children or hostages."""
    noun = (mention.noun.split() or ["people"])[-1]
    return noun in _ANYBODY or is_of_a_people(article, mention)


def is_of_a_people(article: Article, mention: FigureMention) -> bool:
    """Whether what is counted is named as a people: '700 Palestinians'."""
    counted = re.sub(r"^\W*\w+ ", "", article.text[mention.start : mention.end])
    words: list[str] = re.findall(r"[^\W\d_][\w-]*", counted)
    return bool(words) and words[-1][0].isupper() and words[-1].endswith(("s", "ese", "ish"))


_ANYBODY = word_set(
    """people persons deaths dead lives victims casualties fatalities civilians bodies inhabitants
    residents survivors passengers"""
)


@dataclass(frozen=True, slots=True)
class _Told:
    """The stems that stand in and around a figure."""

    noun: frozenset[str]
    counted: frozenset[str]
    clause: frozenset[str]
    sentence: frozenset[str]
    before: frozenset[str]
    title: frozenset[str]
    article: frozenset[str]

    @classmethod
    def of(cls, article: Article, mention: FigureMention) -> _Told:
        text = article.text
        before = max(
            (span for span in _spans(text, article.language) if span[1] <= mention.sentence[0]),
            default=(0, 0),
        )
        return cls(
            _terms(mention.noun),
            _terms(f"{mention.noun} {mention.where}"),
            _terms(text[slice(*mention.clause)]),
            _terms(text[slice(*mention.sentence)]),
            _terms(text[slice(*before)]),
            _terms(article.title),
            _terms(text),
        )

    def weight(self, term: str) -> float:
        places = (
            (self.counted, _BY_ITSELF),
            (self.clause, _CLAUSE),
            (self.sentence, _SENTENCE),
            (self.before, _BEFORE),
            (self.title, _TITLE),
            (self.article, _ARTICLE),
        )
        return next((weight for terms, weight in places if term in terms), 0.0)


def _same_place(about: About, article: Article, mention: FigureMention) -> bool:
    """A figure that says itself that it is of elsewhere is not of the place that is asked for."""
    places = _terms(
        " ".join(
            one
            for one in about.places
            if _is_place(one, about.text) or _is_place(one, article.text)
        )
    )
    if not places:
        return True
    sentence = _terms(article.text[slice(*mention.sentence)])
    if places & _terms(mention.where):
        return True
    clause = article.text[slice(*mention.clause)]
    own = mention.where and re.search(rf"\b{re.escape(mention.where)}\b", clause)
    return not own and bool(places & sentence or not mention.where)


@lru_cache(maxsize=4096)
def _is_place(name: str, text: str) -> bool:
    """Whether a text says 'in Gaza' of a name; 'in Keld fever' it does not."""
    before = r"\b(?:in|from|near|across|inside|throughout|on|at|off)\s+(?:the |\w+ern |\w+-run )?"
    return re.search(rf"{before}{re.escape(name)}\b", text) is not None


@lru_cache(maxsize=256)
def _spans(text: str, language: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentence_spans(text, language))


@lru_cache(maxsize=4096)
def _terms(text: str) -> frozenset[str]:
    return frozenset(TermReader().terms(text))
