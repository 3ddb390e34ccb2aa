"""What a word that points back may point to, in what was asked and answered before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.question.asked_period import period_in
from rag.question.naming import names_in
from rag.question.phrases import definite_phrases
from rag.question.speaker import speaker_in
from rag.question.verbs import is_participle

_WHICH = re.compile(
    r"^(?:which|what) (?P<noun>(?!of\b|is\b|was\b|are\b|were\b|did\b|do\b|does\b|has\b|have\b"
    r"|had\b)[a-z-]+(?: [a-z-]+)?) (?P<rest>(?:is|was|has|had|will) .+)$",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(
    r"\b(?:in|at|near|from|to) (?:the )?(?:[A-Z][\w’-]*)(?: (?:of )?[A-Z][\w’-]*)*"
)
_ORGANISED = re.compile(
    r"\b(?:Ministry|Party|Union|Council|Bank|Court|Office|Agency|University|Company|Group|Army"
    r"|Forces"
    r"|Nations|States|Kingdom|Strip|City|House|Committee|Commission|Hospital|Police|Street|River"
    r"|Sea|East|West|North|South|Republic|Island|Islands|Airlines|Times|Post|Monitor|Cup|Security"
    r"|Assembly|Organi[sz]ation|Department|Authority|Corporation|Club|Association|Institute|Front"
    r"|Movement)\b"
)
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Mayor|President|Minister|Chancellor|Senator|Governor|General|Judge|Captain"
    r"|Sheikh|Prince|Princess|King|Queen|Pope|Secretary|Professor|Sir|Lord|Lady|spokes\w+|minister"
    r"|president|mayor|king|queen|emir|chief|head|director|leader|judge|captain|coach|engineer"
    r"|officer"
    r"|secretary|ambassador|chairman|chairwoman|governor|chancellor|pilot|author|witness|doctor)\b"
)
_SAYER = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]*\.? ){0,3}(?:(?:al|el|bin)-)?[A-Z][\w’'-]*),?(?: (?:of|the|a|an"
    r"|who)[^.]*?,)?"
    r" (?:also )?(?:said|told|says|added|warned|announced|argued|claimed|stated|denied|confirmed)\b"
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question that was asked before, whole, and the sentences that answered it."""

    question: str
    said: tuple[str, ...] = ()


def place_in(question: str) -> str | None:
    """'in Kabul'; where nothing says so, the last name that was asked about."""
    if found := _IN_PLACE.search(question):
        return found[0]
    named = names_in(question)
    return f"in {named[-1]}" if named else None


def _asked_for(one: Earlier) -> str | None:
    """What 'it' is after 'Which court …?': its name in the answer, or 'the court that …'."""
    found = _WHICH.match(one.question)
    if found is None:
        return None
    known = set(names_in(one.question))
    answers = [name for text in one.said for name in names_in(text) if name not in known]
    if answers:
        return answers[0] if len(answers[0].split()) == 1 else _with_the(answers[0])
    return f"the {found['noun']} that {found['rest'].rstrip('?')}"


def _with_the(name: str) -> str:
    return f"the {name}" if _ORGANISED.search(name) else name


def _candidates(earlier: Sequence[Earlier]) -> Iterator[tuple[str, bool]]:
    """Names, most likely first, each with whether it speaks."""
    for one in reversed(earlier):
        asked = speaker_in(one.question)
        sayers = [found["name"].strip() for text in one.said for found in _SAYER.finditer(text)]
        sayers = [name for name in sayers if names_in(f"of {name}")]
        if asked.words and asked.speaker is None:
            yield from ((name, True) for name in sayers)
        if asked.speaker:
            yield asked.speaker, True
        who = re.match(r"(?:who|which)\b", one.question, re.IGNORECASE)
        answers = [name for text in one.said for name in names_in(text)]
        if who:
            yield from ((name, False) for name in answers)
        yield from ((name, False) for name in names_in(one.question))
        yield from ((name, True) for name in sayers)
        yield from ((name, False) for name in answers)


def person(earlier: Sequence[Earlier]) -> str | None:
    """Who 'he' or 'she' is: the last name or title that can be a person's."""
    for name, speaks in _candidates(earlier):
        if _TITLE.search(name):
            return _with_article(name)
        capitals = [word for word in name.split() if word[:1].isupper()]
        organised = _ORGANISED.search(name) or (name.isupper() and len(name) < 6)
        if not organised and (len(capitals) >= 2 or (speaks and capitals)):
            return name
    for one in reversed(earlier):
        for phrase in definite_phrases(one.question):
            if _TITLE.search(phrase):
                return phrase
    return None


def _with_article(name: str) -> str:
    return name if name[:1].isupper() and name.split()[-1][:1].isupper() else f"the {name}"


def several(earlier: Sequence[Earlier]) -> str | None:
    """Who 'they' are: the last who spoke or were named, or a phrase in the plural."""
    for name, speaks in _candidates(earlier):
        if speaks or not _TITLE.search(name):
            return name if name[:1].isupper() else f"the {name}"
    for one in reversed(earlier):
        for phrase in definite_phrases(one.question):
            if phrase.endswith("s"):
                return phrase
    return None


def thing(earlier: Sequence[Earlier]) -> str | None:
    """What 'it' is: what was asked for, or the last thing with an article."""
    for one in reversed(earlier):
        if asked_for := _asked_for(one):
            return asked_for
        asked = speaker_in(one.question)
        if asked.words and asked.speaker is None:
            sayers = [found["name"] for text in one.said for found in _SAYER.finditer(text)]
            # Who it was is what was asked for: without an answer nobody knows.
            return sayers[0] if sayers else None
        speaker = speaker_in(one.question).speaker or "\0"
        days = " ".join(one.question[start:end] for start, end in period_in(one.question).spans)
        for phrase in definite_phrases(one.question):
            if phrase == "the latest" or phrase.endswith(speaker):
                continue
            if (
                not _TITLE.search(phrase)
                and phrase not in days
                and not is_participle(phrase.split()[-1])
            ):
                return phrase
        for name in names_in(one.question):
            if _ORGANISED.search(name) or len(name.split()) == 1 or name.isupper():
                return name
    return None


def phrase_with(noun: str, earlier: Sequence[Earlier]) -> str | None:
    """The phrase of an earlier question that 'that deal' points to."""
    for one in reversed(earlier):
        for phrase in definite_phrases(one.question):
            if phrase.lower().split()[-1] == noun.lower():
                return phrase
    return None


def period_of(earlier: Sequence[Earlier]) -> str | None:
    """The days that were asked about last, as they were written."""
    for one in reversed(earlier):
        period = period_in(one.question)
        if period.spans:
            start, end = period.spans[0]
            return one.question[start:end].strip()
    return None
