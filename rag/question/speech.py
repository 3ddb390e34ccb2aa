"""Verbs by which somebody says or holds something, in the forms that questions have."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.question.verbs import past, third_person
from rag.question.words import listed

SPEAKS = listed(
    "accuse acknowledge add admit advise allege announce answer apologise apologize appeal argue "
    "ask assert assure blame caution claim comment complain concede conclude condemn confirm "
    "contend criticise criticize declare defend demand denounce deny describe dismiss emphasise "
    "emphasize explain express hint insist insinuate invite justify lament mention note object "
    "pledge praise predict promise quip react recall reckon recommend refer reiterate remark "
    "reply report request respond reveal say speak state stress suggest suspect swear talk tell "
    "testify thank threaten tweet urge voice vow warn welcome write call"
)
"""Acts of speech: to ask for them is to ask for words."""

HOLDS = listed(
    "believe calculate consider count deem estimate expect fear forecast foresee give hold make "
    "put reckon regard see suspect tally think"
)
"""Verbs by which a figure or a view becomes somebody's: 'How many does the UN estimate …?'."""


def is_form(word: str, verbs: frozenset[str]) -> bool:
    """Whether a word is a finite form of one of the verbs."""
    return any(word in (verb, third_person(verb), past(verb)) for verb in verbs)


FRAMES = {
    "give": r"give (?:as|for the|for its|a figure|a number|the (?:number|figure|toll|total))",
    "hold": r"hold \w* ?(?:responsible|accountable)",
    "put": r"put (?:the|its|their) .*\bat\b|put (?:the )?(?:number|toll|cost|figure)",
    "make": r"make of\b",
    "see": r"see .*\bas\b",
    "count": r"count(?:ed)?\b(?! (?:on|for|of|in)\b)",
    "speak": r"sp\w+ (?:about|of|on|out)\b",
    "talk": r"talk\w* about\b",
    "report": r"report\w*\b(?! to\b)",
    "answer": r"answer\w*\b(?! to\b)",
}
"""What must follow a verb that also means something else, for it to be an act of speech."""

NOUNLIKE = listed(
    "report claim comment answer demand promise warning count estimate state appeal call"
)


_PARTICIPLE = {
    "give": "given",
    "write": "written",
    "speak": "spoken",
    "see": "seen",
    "swear": "sworn",
}


@lru_cache(maxsize=3)
def forms_after(auxiliary: str) -> dict[str, str]:
    """From the form that follows such an auxiliary to the verb in its plain form."""
    verbs = SPEAKS | HOLDS
    if auxiliary == "do":
        return {verb: verb for verb in verbs}
    if auxiliary == "have":
        return {_PARTICIPLE.get(verb, past(verb)): verb for verb in verbs}
    return {f"{re.sub(r'e$', '', verb) if verb != 'see' else verb}ing": verb for verb in verbs}
