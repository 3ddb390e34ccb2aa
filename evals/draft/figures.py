"""Questions for a figure: 'How many …?', 'How much …?', 'What share of …?', 'What was …?'.

    'More than 300 people were hurt in the crash'  → How many people were hurt in the crash?
    'The storm destroyed 40 houses in Ashford'     → How many houses did the storm destroy in …?
    'Profits rose 12 per cent'                     → By how much did profits rise?

Where no rule makes a question of the sentence, the figure becomes the gap of a cloze.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.draft.clause import (
    POINTING,
    PREPOSITIONS,
    Clause,
    balanced,
    points_back,
    take_apart,
    without_tail,
)
from evals.draft.cloze import stands_alone, with_gap
from evals.draft.drafted import Proposal, Statement, Swap
from evals.draft.lexicon import word_set
from evals.draft.numbers import Figure, figures_in, forms_of
from evals.draft.verbs import AUXILIARIES, STANDING_ALONE, is_verb
from rag.claims.facts import DAYS

_BEFORE = re.compile(r"(?:^|[,;:] |\b(?:that|said|and|says|but) )$", re.IGNORECASE)
_COUNTED = re.compile(
    r"^ (?P<noun>[A-Za-z][\w’'-]*(?: [A-Za-z][\w’'-]*){0,5}?)"
    rf"(?P<aside>, [^,]{{1,40}},)? (?P<verb>{'|'.join(sorted(STANDING_ALONE))})(?P<rest> .+)?$"
)
# What a noun phrase stops before: 'houses | near the harbour', 'people | dead'.
_STOPS = "|".join(
    sorted(
        (PREPOSITIONS - {"of"})
        | word_set(
            "than a an the per dead injured wounded homeless missing short hostage displaced alive "
            "each this last next earlier later ago"
        )
    )
)
_NOUN_WORD = rf"(?!(?:{_STOPS}|of)\b)[A-Za-z][\w’'-]*"
_AFTER_NOUN = re.compile(
    rf"^ (?P<noun>{_NOUN_WORD}(?: {_NOUN_WORD}){{0,3}}"
    rf"(?: of(?: {_NOUN_WORD}){{1,2}}(?= (?:{_STOPS})\b|$))?)(?P<rest>(?: .*)?)$"
)
_NOT_COUNTED = (
    POINTING
    | DAYS
    | word_set(
        "of to and or per percent in on at by from for with times o’clock o'clock am pm may march "
        "dead is was were are has had have who fourths thirds quarters years months weeks days "
        "hours minutes"
    )
)
_SPANS = word_set("years months weeks days hours minutes")
# 'the two sides': nobody asks for that figure.
_TOO_SMALL = 3
_GROWING = word_set("rose fell grew surged dropped plunged increased declined")
_MEASURED = re.compile(
    r"\b(?:toll|number|cost|price|population|budget|total|turnout|rate|share|value|age|tally|"
    r"speed|debt|deficit|surplus|revenue|profit|unemployment|inflation)\b",
    re.IGNORECASE,
)


_STATES = word_set("dead injured wounded displaced missing")
_AFTER_SHARE = re.compile(r"(?:in|on|at|to|from|over|during|after|since|last|this|between)\b")


def propose(statement: Statement) -> Iterator[Proposal]:
    """A question for each figure of the statement that a rule, or a gap, can ask for."""
    text = statement.text
    for figure in figures_in(text):
        made = _subject(text, figure) or _object(statement, figure)
        if made is not None:
            question, template = made
            swap = Swap(template, figure.text, "figure") if template else None
            yield Proposal("figure", statement, question, forms_of(figure), "figure", swap=swap)
            continue
        gap = with_gap(text, figure.text, "figure", figure.start)
        if gap and figure.value > _TOO_SMALL and stands_alone(text):
            yield Proposal("figure", statement, gap, forms_of(figure), "figure", verbatim=True)


def _subject(text: str, figure: Figure) -> tuple[str, str] | None:
    """The figure counts the subject: question, and the same as a template for a false figure."""
    counted = _COUNTED.match(text[figure.end :])
    if not counted or not _BEFORE.search(text[: figure.start]) or figure.money:
        return None
    noun, verb = counted["noun"], counted["verb"]
    rest = without_tail(counted["rest"] or "").strip()
    if not _may_be_counted(noun, figure) or not _ends_well(rest):
        return None
    if verb not in AUXILIARIES and not rest:
        return None
    what = f"{noun} {verb} {rest}"
    if figure.share:
        what = noun.removeprefix("of ")
        claim = f"Who reported that {{}} {noun} {verb} {rest}?"
        return f"What share of {what} {verb} {rest}?", claim
    return f"How many {what}?", f"Who reported that {{}} {what}?"


def _may_be_counted(noun: str, figure: Figure) -> bool:
    words = noun.lower().split()
    if figure.share:
        return (
            words[0] == "of"
            and len(words) > 1
            and not points_back(noun)
            and not any(is_verb(word) or word in ("while", "when") for word in words)
        )
    return (
        words[0] not in _NOT_COUNTED
        and any(word.endswith("s") or word in _PLURALS for word in words)
        and not points_back(noun)
        and not any(is_verb(word) for word in noun.split())
    )


_PLURALS = word_set("people men women children police fish sheep")


def _object(statement: Statement, figure: Figure) -> tuple[str, str] | None:
    """The figure stands right after the verb, or after an auxiliary and its participle."""
    text = statement.text
    # A mark in the figure's place, to see whether the plain clause reaches just so far.
    clause = take_apart(text[: figure.start] + "§", statement.article.text)
    if clause is None or not clause.rest.endswith("§"):
        return None
    before = clause.rest.removesuffix("§").strip()
    by = before.split()[-1:] == ["by"]
    before = before.removesuffix("by").strip()
    tail = without_tail(text[figure.end :])
    if len(before.split()) > 3 or not _ends_well(tail) or _has_verb(tail):
        return None
    said = " ".join(f"{clause.subject} {clause.verb} {before}{' by' * by} {{}} {tail}".split())
    if clause.verb in AUXILIARIES and not before:
        question = _measure(clause, tail)
    elif before and (clause.verb not in AUXILIARIES or not is_verb(before.split()[-1])):
        return None
    elif by or figure.share or (figure.money and _grows(clause, before)):
        question = _change(clause, figure, before, tail)
    elif figure.money:
        question = None if tail.startswith("of ") else clause.asked("How much", f"{before} {tail}")
    else:
        question = _count(clause, figure, before, tail)
    return (question, f"Who reported that {said}?") if question else None


def _has_verb(tail: str) -> bool:
    return any(is_verb(word) and word not in _STATES for word in tail.split())


def _measure(clause: Clause, tail: str) -> str | None:
    """'The death toll was 41' → 'What was the death toll?'."""
    if not _MEASURED.search(clause.subject) or (tail and not tail.startswith(("in ", "on "))):
        return None
    return f"What {clause.verb} {clause.subject} {tail}".strip() + "?"


def _grows(clause: Clause, before: str) -> bool:
    return bool(_GROWING.intersection([clause.verb, *before.split()[-1:]]))


def _change(clause: Clause, figure: Figure, before: str, tail: str) -> str | None:
    """'Profits rose 12 per cent' → 'By how much did profits rise?'."""
    if not (figure.share or figure.money) or not _grows(clause, before):
        return None
    if tail and not _AFTER_SHARE.match(tail):
        return None
    return clause.asked("By how much", f"{before} {tail}")


def _count(clause: Clause, figure: Figure, before: str, tail: str) -> str | None:
    """'The storm destroyed 40 houses in Ashford' → 'How many houses did the storm …?'."""
    counted = _AFTER_NOUN.match(f" {tail}")
    if counted is None:
        return None
    if counted["noun"].lower() not in _SPANS and not _may_be_counted(counted["noun"], figure):
        return None
    return clause.asked(f"How many {counted['noun']}", f"{before}{counted['rest']}")


def _ends_well(text: str) -> bool:
    ends = text.split()[-1:] or [""]
    return (
        not points_back(text)
        and balanced(text)
        and "(" not in text
        and ends[0].lower() not in {"the", "a", "an", "of", "in", "to", "and", "by", "from", "at"}
    )
