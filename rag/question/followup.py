"""Follow-ups made whole: 'and in September?', 'who said that?', 'why?' after a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.question.about import about_of
from rag.question.anaphora import points_back, resolved
from rag.question.antecedents import Earlier
from rag.question.asked_period import period_in
from rag.question.claimed import claim_in
from rag.question.fragments import COUNTED, counted, filled, is_fragment, without_days
from rag.question.naming import names_in
from rag.question.predicate import predicate_at
from rag.question.speaker import speaker_in
from rag.question.verbs import is_past, is_third_person
from rag.question.words import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    WH_WORDS,
    as_question,
    tidied,
    words_of,
)

_LEAD = re.compile(r"^(?:and|but|so|or|ok|okay|also|then|well|plus)\b,?\s+(?=\S)", re.IGNORECASE)

_ABOUT = re.compile(
    r"^(?:what|how) about\s+|^(?:and )?(?:the same )?(?:question )?for\s+(?=the )", re.IGNORECASE
)
_WHO_SAID = re.compile(
    r"^(?:who|which [\w ]+?)(?: has| have| had)? (?:said|says|say|claimed|claims|reported"
    r"|reports|told you|told|announced|stated|thinks|confirmed)(?: (?P<what>that|so|it|this|these"
    r"|those))?(?P<more> .*)?$|^says who$|^according to (?:whom?|what)$"
    r"|^(?:what|who|where)(?:['’]s| is| was| are)? (?:the |your |its "
    r"|that )?sources?(?: for (?:that|this))?$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?P<wh>why|when|where|how|who|whom|by whom|with whom|since when|until when|how come"
    r"|why not|how so|what for|how many|how much|how long|on what date|which day)"
    r"(?: exactly| precisely| then| so| else)?(?: (?:is|was|did|were) (?:that|this"
    r"|it)(?: happen)?)?$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"^(?:now|today|currently|at the moment|(?:and )?(?:what )?(?:about )?(?:now|today)"
    r"|the latest(?: figures?| news| number)?|(?:what(?:['’]s| is) )?the latest|since then|since)$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:(?:tell|give) me more|more|go on|continue|what else|anything else|more details?|and then"
    r"|what happened (?:next|then|afterwards)|elaborate|explain(?: that"
    r"| this)?)(?: about (?:that|this|it))?$",
    re.IGNORECASE,
)
_ATTRIBUTED = re.compile(
    r"^(?P<who>[^,;]{2,80}?) (?:has |have |had )?(?:said|says|announced|claimed|reported|stated"
    r"|warned|told [\w ]{1,30}?) (?:that )?(?P<claim>.{12,})$"
)
_HOW_MANY = re.compile(r"^how (?:many|much)\s+(?P<rest>.+)$", re.IGNORECASE)
_REPORTED = re.compile(
    r"^(?P<lead>.*\b(?:was|is|were|been)) (?:that|this|it) (?P<verb>announced|reported|said"
    r"|confirmed|denied|disclosed|revealed|decided|agreed|claimed|published)(?P<rest>.*)$",
    re.IGNORECASE,
)
_BESIDE_EVENT = re.compile(
    r"^(?P<main>.+?) (?P<word>before|after|since)(?: (?:that|then|this|it))?$", re.IGNORECASE
)
_OF_THEM = re.compile(r"\bof (?:those|them|these)\b(?: (?P<noun>\w+s\b))?", re.IGNORECASE)
_WH_CLAUSE = re.compile(
    r"^(?:why|when|where|how)(?: exactly)? (?=(?:did|does|do|is|are|was|were|has|have|will"
    r"|would)\b)",
    re.I,
)


def made_whole(
    question: str,
    before: Sequence[str],
    said: Sequence[str] = (),
    today: date | None = None,
) -> str:
    """The question as one that can be asked by itself; unchanged where it already is one.

    Args:
        question: as it was asked.
        before: the questions before it, each whole, oldest first.
        said: the sentences of the answer to the last of them.
        today: the reader's day.
    """
    if not before:
        return question
    earlier = [Earlier(one) for one in before[:-1]] + [Earlier(before[-1], tuple(said))]
    last, text = tidied(before[-1]), tidied(question)
    bare = tidied(_ABOUT.sub("", _LEAD.sub("", text)))
    led = bare != text
    if (whole := _of_set_form(bare, last, said)) is not None:
        return whole
    if (whole := _of_what(bare, last)) is not None:
        return as_question(resolved(whole, earlier))
    if is_fragment(bare):
        return as_question(filled(bare, last, today))
    if (found := _HOW_MANY.match(bare)) and _counts_anew(found["rest"], led):
        return as_question(counted(found["rest"], last, today))
    event = claim_in(last)
    if event and (found := _BESIDE_EVENT.match(bare)):
        return as_question(f"{resolved(found['main'], earlier)} {found['word']} {event}")
    if points_back(bare):
        return as_question(resolved(bare, earlier))
    return _same_topic(bare, last) if led else question


def _of_set_form(bare: str, last: str, said: Sequence[str]) -> str | None:
    """'Who said that?', 'why?', 'and now?', 'tell me more'."""
    if _MORE.match(bare):
        return as_question(_what_else(last))
    if found := _WHO_SAID.match(bare):
        return _who_said(found, last, said)
    if _NOW.match(bare):
        return as_question(f"{without_days(last)} now")
    if found := _BARE.match(bare):
        return _asked_anew(found["wh"].lower(), last)
    claim = _unattributed(tidied(said[0])) if said else claim_in(last)
    if claim and (found := _REPORTED.match(bare)):
        told = f"{found['lead']} it {found['verb']} that {_lowered(claim)}{found['rest']}"
        return as_question(told)
    return None


def _of_what(text: str, last: str) -> str | None:
    """'How many of them are held' with what was counted before in the place of 'of them'."""
    before = COUNTED.match(last)
    found = _OF_THEM.search(text)
    if before is None or found is None or found["noun"]:
        return None
    return f"{text[: found.start()]}{before['noun']}{text[found.end() :]}"


def _counts_anew(rest: str, led: bool) -> bool:
    """Whether 'how many in September' or 'and how many women' leaves the rest to be filled in."""
    if re.match(r"(?:once|after|before|since|by the time|when|until)\b", rest, re.IGNORECASE):
        return True
    if not is_fragment(rest):
        return False
    words = words_of(rest)
    verb = any(is_past(word.low) or is_third_person(word.low) for word in words)
    return led or words[0].low in PREPOSITIONS or (len(words) <= 3 and not verb)


def _who_said(found: re.Match[str], last: str, said: Sequence[str]) -> str:
    """The claim is what was answered, or else what the question before took for granted."""
    more = (found["more"] or "").strip()
    if more and not found["what"]:
        return as_question(found[0])
    claim = _unattributed(tidied(said[0])) if said else claim_in(last)
    if claim is None:
        return as_question(f"who spoke about {_topic(last)} {more}")
    if re.search(r"^who\b", last, re.IGNORECASE) and not said:
        return as_question(f"{last} {more}")
    return as_question(f"who said that {_lowered(claim)} {more}")


def _unattributed(sentence: str) -> str:
    """Of 'the ministry said that X' only 'X': it is what was said that is asked about."""
    found = _ATTRIBUTED.match(sentence)
    return found["claim"] if found and len(found["who"].split()) <= 8 else sentence


def _topic(last: str) -> str:
    """What the question before was about, without its days and its speaker."""
    return about_of(last, (*period_in(last).spans, *speaker_in(last).spans))


def _what_else(last: str) -> str:
    asked = speaker_in(last)
    if asked.words and asked.speaker:
        return f"what else did {_named(asked.speaker)} say about {_topic(last)}"
    return f"what else is known about {_topic(last)}"


def _named(speaker: str) -> str:
    """With its article, where it is no name."""
    return speaker if speaker.split()[-1][:1].isupper() else f"the {speaker}"


def _lowered(text: str) -> str:
    """Without the capital of a sentence's first word, where that is no name."""
    if words_of(text)[:1] and words_of(text)[0].low in AUXILIARIES | WH_WORDS | DETERMINERS:
        return f"{text[:1].lower()}{text[1:]}"
    first = text.split()[0] if text.split() else ""
    return (
        text
        if first in " ".join(names_in(f"of {text}")).split() and names_in(text)
        else (f"{text[:1].lower()}{text[1:]}")
    )


def _asked_anew(wh: str, last: str) -> str:
    """'Why?' after 'Did Hamas reject it?' → 'Why did Hamas reject it?'."""
    wh = {"how come": "why", "how so": "how", "what for": "why", "which day": "when"}.get(wh, wh)
    words = words_of(last)
    if words and words[0].low in AUXILIARIES and wh != "why not":
        return as_question(f"{wh} {_lowered(last)}")
    if wh == "why not" and words and words[0].low in AUXILIARIES:
        at = predicate_at(words[0].low, words[1:])
        if at is not None:
            cut = words[1 + at].start
            return as_question(f"why {_lowered(last[:cut])}not {last[cut:]}")
    if wh in ("how many", "how much"):
        return as_question(f"{wh} {about_of(last, ())}")
    if _WH_CLAUSE.match(last):
        return as_question(_WH_CLAUSE.sub(f"{wh} ", last))
    of_number = COUNTED.match(last)
    if of_number and re.match(r" (?:was|were|are|is|have|has|had)\b", of_number["tail"]):
        auxiliary, _, rest = of_number["tail"].strip().partition(" ")
        return as_question(f"{wh} {auxiliary} {of_number['noun']} {rest}")
    return as_question(f"{last}, and {wh}")


def _same_topic(bare: str, last: str) -> str:
    """'And what did Blinken say?' asks about what was asked before."""
    asked, before = speaker_in(bare), speaker_in(last)
    if not (asked.words and asked.speaker and before.spans) or re.search(r"\babout\b", bare):
        return as_question(bare)
    rest = tidied(bare[asked.spans[0][1] :])
    topic = about_of(last, (*before.spans, *period_in(last).spans))
    if rest or not topic:
        return as_question(bare)
    return as_question(f"{bare} about {topic}")
