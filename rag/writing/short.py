"""The short answer: a few words that stand verbatim in the quote, or none."""

from __future__ import annotations

import re

from corpus.content.quantities import quantities
from corpus.content.speech import speaker_of
from embeddings.terms import TermReader
from rag.claims.facts import facts_of
from rag.finding.evidence import Evidence
from rag.question.expected import Kind, expected, is_of_kind
from rag.question.measured import measured_in

MOST_WORDS = 8
"""Past that the quote itself is as quick to read."""

# A run that was copied past its clause says what comes next, not what was asked.
_CLAUSE = re.compile(r"[,;:](?=\s)|\s[–—-]\s|[(\"“”]")
_EDGE = re.compile(r"^[\s\"“”'‘’.,;:!?()\[\]–—-]+|[\s\"“”'‘’.,;:!?()\[\]–—-]+$")


def short_kind(question: str) -> Kind | None:
    """The kind of words that answer shortly: a figure or a day, where one is asked for, else None.

    On the sample suite SmolLM2's copied words for 'who' were right for 3 of 8 questions, and for
    questions without a kind for none of 6. A wrong name beside a true quote does more harm than
    none, so there the quote alone is the answer.
    """
    kind = expected(question)
    return kind if kind in ("figure", "day") else None


def named_speaker(evidence: Evidence) -> str | None:
    """Who says the sentence, as it names them; None where it names nobody."""
    article = evidence.hit.article
    speaker = speaker_of(article.text, evidence.start, evidence.end)
    return speaker if speaker and speaker in evidence.text else None


def short_answer(question: str, draft: str, quote: str) -> str | None:
    """The draft's words as they stand in the quote, if they are short and answer something.

    None when they do not stand there, cut a figure in two, are as long as the quote, only repeat
    the question, or are not of the kind that was asked for; see `short_kind`.
    """
    kind = short_kind(question)
    if kind is None:
        return None
    short = told_shortly(question, _CLAUSE.split(_EDGE.sub("", draft), maxsplit=1)[0], quote)
    if short is None:
        return None
    return short if is_of_kind(short, kind) and _is_measured(question, short) else None


def told_shortly(question: str, told: str, quote: str) -> str | None:
    """The words as they stand in the quote, if they are short and tell something, else None.

    They are of whatever kind they are: for words of a model that was taught to find them.
    """
    words = _EDGE.sub("", told)
    # The case and spaces of the quote win: the short answer is the article's, not the model's.
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
    found = re.search(pattern, quote, re.IGNORECASE) if words else None
    if found is None:
        return None
    short = found[0]
    if len(short.split()) > min(MOST_WORDS, 0.6 * len(quote.split())):
        return None
    # '12.5' and '5 million' both stand in '12.5 million', and neither is what it says.
    if facts_of(short).figures - facts_of(quote).figures:
        return None
    reader = TermReader()
    return short if set(reader.terms(short)) - set(reader.terms(question)) else None


def _is_measured(question: str, short: str) -> bool:
    """Whether a figure has the unit that the question tells: no '140' says how old somebody is."""
    measured = measured_in(question)
    if measured is None or not (measured.unit or measured.what in _BY_UNIT):
        return True
    return any(measured.admits(one.unit) for one in quantities(short))


_BY_UNIT = frozenset({"age", "length", "money", "share"})
