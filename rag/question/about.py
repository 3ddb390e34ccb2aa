"""What is left of a question to search for: its words less its frame, its days and its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.frame import frame_of
from rag.question.latest import without_latest
from rag.question.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    PREPOSITIONS,
    WH_WORDS,
    listed,
    tidied,
    words_of,
)

_HEAD = re.compile(
    r"^(?:(?:in|on|at|to|of|by|from|for|with|about|until|till|since|through|under|against"
    r"|among|between|outside|over|within|near) )?"
    r"(?:how (?:many|much|long|old|far|large|big|often|high|soon|few"
    r"|deep|tall|fast|heavy|wide)(?: of)?|(?:what(?:['’]s)?"
    r"|which)(?: exact)?(?: (?:day|date|month|year|week|weekday)\b)?|who(?:['’]s)?|whom|whose|when"
    r"|where|why|how"
    r"|is it (?:true|correct|right|the case) that|whether|if|summari[sz]e|sum up|recap|outline"
    r"|describe|explain|compare|list|name"
    r"|(?:give|tell|show) (?:me|us)(?: (?:an?|the))?(?: (?:summary|overview|list|rundown))?"
    r"(?: (?:of|about|on))?)\b\s*",
    re.IGNORECASE,
)
_EDGE = PREPOSITIONS | CONJUNCTIONS | {"that", "if", "whether", "when", "did", "do", "does"}
_DANGLING = listed(
    "of in for to by about on at from with and or but that than when since until between the a an "
    "as"
)
_NOTHING = listed(
    "is was are were the a an been being be there it true happened happen latest news known know "
    "we you has have had will would said say"
)


def about_of(question: str, spans: Sequence[tuple[int, int]]) -> str:
    """The words to search for.

    Args:
        question: in plain words.
        spans: what is told elsewhere: its days, its bounds and its speaker, in characters.

    Returns:
        Never empty where the question holds a letter: the whole question where nothing is left.
    """
    frame = frame_of(question)
    keep = question
    for first, last in sorted(_merged(spans), reverse=True):
        keep = f"{keep[:first]}{' ' * (last - first)}{keep[last:]}"
    opening, main = keep[slice(*frame.opening)], keep[frame.main :]
    opening = tidied(re.sub(r"^(?:please|and|but|so)\b", "", opening, flags=re.IGNORECASE))
    main = re.sub(r"\b(?:did|does|do)\s", " ", without_latest(main), count=1, flags=re.IGNORECASE)
    main = re.sub(
        r",?\s(?:and|but) (?:how (?:many|much)|who|what|when|where|why|how)\s*\W*$", "", main
    )
    main = _without_head(main)
    parts = [_trimmed(main), _trimmed(opening) if _weighs(opening) else ""]
    about = tidied(" ".join(part for part in parts if part))
    if about:
        return about
    return about_of(question, ()) if spans else tidied(question)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _without_head(main: str) -> str:
    """Without 'how many', 'when did', 'what is the', and without the auxiliary that they leave."""
    bare = _HEAD.sub("", tidied(main), count=1)
    bare = re.sub(
        r"^(?:the )?(?:news|developments?|updates?|status|state|word) (?:on|about|in|of|from) ",
        "",
        bare,
        flags=re.IGNORECASE,
    )
    words = bare.split()
    while words and words[0].lower().replace("’", "'") in AUXILIARIES | {"there", "known"}:
        words = words[1:]
    return re.sub(r"^(?:the|a|an)\s+", "", " ".join(words), flags=re.IGNORECASE)


def _trimmed(text: str) -> str:
    words = text.split()
    while words and words[-1].lower() in _DANGLING:
        words.pop()
    while words and words[0].lower() in _EDGE - {"about"} | {"about"}:
        words.pop(0)
    return " ".join(words)


def _weighs(opening: str) -> bool:
    """Whether an opening clause still tells something when its days are gone."""
    return any(
        word.low not in PREPOSITIONS | _NOTHING | WH_WORDS and len(word.text) > 2
        for word in words_of(opening)
    )
