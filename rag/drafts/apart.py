"""In what a claim and a sentence of an article differ, each value of the one against the other's.

Only what has a counterpart is a difference: a figure against a figure of the same unit and the same
thing, a day against a day, a name against a name of the same kind, a speaker against the speaker of
the same words. What the claim has and the article has nothing in place of is a stranger: with one,
the two may speak of different matters, and nothing is called wrong on that ground.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from corpus.content.figure_clauses import clauses_of
from corpus.content.happenings import happening_at
from corpus.content.names import Name, names, same_name
from corpus.content.quantities import Designation, Quantity, agrees, designations, quantities
from corpus.days import ABSOLUTE, DayMention, days_in
from embeddings.terms import TermReader, fold
from rag.claims.clauses import is_verb
from rag.drafts.denied import denied
from rag.drafts.differing import Apart, Compared, near
from rag.drafts.search import Span
from rag.drafts.verdict import DifferenceKind
from rag.drafts.voices import OtherVoice, other_voice

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_COMPOUND = re.compile(r"-[a-z]+$")
"""'Turkish-born' is no name of its own."""
_NEXT = 40
"""Characters after an ordinal in which the word that it belongs to begins."""
_SOME_YEAR = date(2000, 7, 1)
"""Seen from any one day the days of two undated texts can be compared by day and month."""


def compare(claim: str, span: Span) -> Compared:
    """What differs between a claim and a sentence of an article, by exact rules.

    The sentence before it may tell whom or what it speaks of, and so vouches for names.
    """
    made = Compared(claim)
    voice = other_voice(claim, span)
    if voice is not None:
        made.apart.append(Apart("speaker", voice.said, voice.found))
        made.matter = voice.speech
    _figures(made, claim, span.text, span.with_lead.text)
    _days(made, claim, span)
    _names(made, claim, span, voice)
    if (contrary := denied(claim, span.text, span.in_context)) is not None:
        made.apart.append(contrary)
    return made


def _figures(made: Compared, claim: str, span: str, around: str) -> None:
    mine, theirs = quantities(claim), quantities(span)
    # What the sentence before says may bear a figure out, and is never set against it.
    vouching = quantities(around)
    free = [one for one in theirs if not any(agrees(each, one) for each in mine)]
    for each in mine:
        if any(agrees(each, one) or _rounds(each, one) for one in vouching):
            continue
        if each.value == 1 and re.search(rf"\ban? {re.escape(each.unit or each.counted)}", around):
            continue  # 'one year' and 'a year'
        fitting = [
            one
            for one in free
            if _same_thing(each, one) and not _other_deed(claim, each, span, one)
        ]
        _pair(made, "figure", claim, span, each, fitting)
    ordinals = [one for one in designations(span) if one.kind == "ordinal"]
    for number in designations(claim):
        # The 'first jockey' is in no place of the 'second win'.
        alike = [one for one in ordinals if _next(claim, number.end) == _next(span, one.end)]
        if number.kind == "ordinal" and all(number.value != one.value for one in ordinals):
            _pair(made, "figure", claim, span, number, alike)


def _next(text: str, at: int) -> list[str]:
    return TermReader().terms(text[at : at + _NEXT])[:1]


def _rounds(said: Quantity, source: Quantity) -> bool:
    """Whether it is written less finely than the source: no other figure, whoever may object."""
    near = abs(said.value - source.value) <= said.grain / 2
    return said.unit == source.unit and said.grain > source.grain and near


def _same_thing(one: Quantity, other: Quantity) -> bool:
    if one.unit != other.unit:
        return False
    if not one.counted or not other.counted or one.unit:
        return True
    reader = TermReader()
    return reader.terms(one.counted)[-1:] == reader.terms(other.counted)[-1:]


def _other_deed(claim: str, mine: Quantity, span: str, theirs: Quantity) -> bool:
    """Whether figures of people count what befell others: the dead are not those on board.

    Where one of the two tells of no happening, two words around both must say that they are of one
    deed: a bridge alone carries people and falls with people.
    """
    if mine.counted and mine.counted.split()[-1] not in ("people", "persons", "others"):
        return False
    first, second = _happened(claim, mine), _happened(span, theirs)
    if first and second:
        return first != second
    alike = near(claim, mine.start, mine.end) & near(span, theirs.start, theirs.end)
    return first != second and len(alike) < 2


def _happened(text: str, one: Quantity) -> str:
    """What happened to whom a figure counts, by its own part of the sentence."""
    start, end = next(
        span for span in clauses_of(text, 0, len(text)) if span[0] <= one.start < span[1]
    )
    return "" if one.unit else happening_at(text[start:end], one.start - start, one.end - start)


def _days(made: Compared, claim: str, span: Span) -> None:
    today = span.hit.article.published or _SOME_YEAR
    mine = days_in(claim, today)
    theirs = days_in(span.text, today)
    vouching = days_in(span.with_lead.text, today)
    free = [one for one in theirs if not any(_same_day(each, one) for each in mine)]
    for each in mine:
        if any(_same_day(each, one) for one in vouching):
            continue
        fitting = [one for one in free if _form(one) == _form(each)]
        # 'On Tuesday' is true of what an article of that day says, unless it says 'on Monday'.
        if _is_of(each, span) and not (fitting and each.first == each.last):
            continue
        _pair(made, "date", claim, span.text, each, fitting)


def _same_day(one: DayMention, other: DayMention) -> bool:
    """Whether one lies within the other; without its year only day and month can tell."""
    if one.rule in ABSOLUTE and other.rule in ABSOLUTE:
        return one.first <= other.last and other.first <= one.last
    if one.first == one.last and other.first == other.last:
        return (one.first.month, one.first.day) == (other.first.month, other.first.day)
    return one.first <= other.last and other.first <= one.last


def _form(day: DayMention) -> str:
    """How a day is named; a weekday is never in the place of a date."""
    forms = {"whole-date": "date", "month-day": "date", "month-of-year": "month"}
    return forms.get(day.rule, day.rule)


def _is_of(day: DayMention, span: Span) -> bool:
    """Whether a day of the claim is when the article was written."""
    published = span.hit.article.published
    return published is not None and day.first <= published <= day.last


def _names(made: Compared, claim: str, span: Span, voice: OtherVoice | None) -> None:
    mine, theirs = names(claim), names(span.text)
    vouched = f"{span.hit.text} {span.hit.article.title} {span.hit.article.outlet_name}"
    known, low = names(vouched), fold(vouched)
    free = [
        one
        for one in theirs
        if one.kind != "opener" and not any(same_name(each.text, one.text) for each in mine)
    ]
    for each in mine:
        if voice and voice.start <= each.start < voice.end:
            continue
        if any(same_name(each.text, one.text) for one in known) or fold(each.text) in low:
            continue
        if _COMPOUND.search(each.text):
            continue
        if each.kind == "opener":
            # Case cannot tell whether it is a name, so nothing is set against it.
            following = _WORD.search(claim, each.end)
            if following and is_verb(claim, following[0]):
                made.strangers.append(each.text)
            continue
        fitting = [one for one in free if _same_kind(each, one)]
        _pair(made, "name", claim, span.text, each, fitting)


def _same_kind(one: Name, other: Name) -> bool:
    """Whether one may stand in the other's place; of most names the kind cannot be told."""
    loose = {"other", "opener"}
    return one.kind == other.kind or one.kind in loose or other.kind in loose


_Value = Quantity | Designation | DayMention | Name


def _pair(
    made: Compared,
    kind: DifferenceKind,
    claim: str,
    span: str,
    mine: _Value,
    fitting: Sequence[_Value],
) -> None:
    said = claim[mine.start : mine.end]
    taken = {one.found for one in made.apart}
    around = near(claim, mine.start, mine.end)
    ranked = [
        (len(around & near(span, one.start, one.end)), one)
        for one in fitting
        if span[one.start : one.end] not in taken
    ]
    shared, best = max(ranked, key=lambda each: each[0], default=(0, None))
    # 'he was 13' and 'mother of four' have no word in common around the two figures.
    if best is None or (shared == 0 and not _same_count(mine, best)):
        made.strangers.append(said)
        return
    made.apart.append(Apart(kind, said, span[best.start : best.end]))


def _same_count(one: _Value, other: _Value) -> bool:
    """Whether two figures say themselves that they count the same thing."""
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return False
    return bool(one.counted and other.counted)
