"""The frame of a question: polite words, an opening clause, and where it really begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.question.words import AUXILIARIES, WH_WORDS

_POLITE = re.compile(
    r"(?:(?:please|hi|hello|hey|ok|okay|so|well|and|but|also|then|thanks|thank you|actually)\b"
    r"[,.!]?\s+"
    r"|(?:can|could|would|will) you (?:please |kindly )?(?:(?:tell|show|give|remind|inform)"
    r" (?:me|us)(?: about)?\s+(?=wh|how|if)|(?=(?:summari[sz]e|list|name|explain|describe|outline"
    r"|give|compare|recap|sum)\b))|(?:do|does) (?:you|we|anyone|anybody) know\s+(?:exactly )?"
    r"|(?:please )?tell (?:me|us)\s+(?=wh|how|if)|is it known\s+|(?:any|do you have any) idea\s+"
    r"|i(?:['’]d| would)? (?:like|want|need|wish) to know\s+|i wonder\s+|remind me\s+(?=wh|how))+",
    re.IGNORECASE,
)
_ASKS = "|".join(sorted(map(re.escape, AUXILIARIES | WH_WORDS), key=len, reverse=True))
_OPENING = re.compile(
    r"(?:as|in|on|at|during|by|since|before|after|until|following|according|for|from|between|under"
    r"|within|amid|despite|given|with|when|while|now|if|once|because|last|this|earlier|yesterday"
    r"|today|prior|ahead|based|per|looking|over|throughout|of all|early|late|mid)\b[^?]*?,\s+"
    rf"(?=(?:(?:in|on|at|to|of|by|from|for|with|about|until|since|through|under) )?(?:{_ASKS})\b)",
    re.IGNORECASE,
)


ASKING = (
    r"(?:(?:in|on|at|by|of|to|since|until|from|for) )?(?:what|which|who|whom|whose|when|where|why"
    r"|how(?: many| much| long)?)\b|(?:did|does|do|is|are|was|were|has|have|will|would|can)\b"
)
_AND_ASKS = re.compile(rf"(?:,? (?:and|but)(?: also)?|[;?]) +(?={ASKING})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the parts of a question stand, in characters.

    Attributes:
        opening: 'As of March 2024, ' with its comma; empty where start == end.
        main: where the question itself begins: 'how many …'.
        indirect: polite words stand before it, so that its verb follows its subject.
    """

    opening: tuple[int, int]
    main: int
    indirect: bool


def frame_of(question: str) -> Frame:
    """Where the question's own words begin, past politeness and an opening clause."""
    polite = _POLITE.match(question)
    start = polite.end() if polite else 0
    indirect = bool(polite and re.search(r"\b(?:tell|show|know|idea|wonder|remind)\b", polite[0]))
    opening = _OPENING.match(question, start)
    main = opening.end() if opening else start
    return Frame((start, main), main, indirect)


def first_clause(main: str) -> str:
    """Of 'when did it begin, and who said so' the first question."""
    return clauses_of(main)[0]


def clauses_of(main: str) -> list[str]:
    """The questions that 'and' or another question mark divides."""
    return [piece for piece in _AND_ASKS.split(main) if piece.strip()] or [main]


def main_of(question: str) -> str:
    """The question itself, without what stands before it."""
    return question[frame_of(question).main :]
