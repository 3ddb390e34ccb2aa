"""Clauses: the parts of a sentence that each tell a fact of their own.

'Okafor blamed the county, and Reyes praised the council' are two; 'killed 214 people and left
12,500 homeless' is one, for its second half has no subject. No grammar is read: a conjunction
parts a sentence where both sides have a verb and the right one begins as a subject does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.sentences import sentence_spans
from rag.claims.lexicon import is_form_of_verb

_PASTS = (
    "began|beat|became|broke|brought|built|bought|caught|chose|came|dealt|drew|drove|fell|fed|felt"
    "|fought|found|fled|flew|forbade|froze|got|gave|went|grew|heard|hid|held|kept|knew|laid|led|left"
    "|lent|lost|made|meant|met|paid|ran|rose|rang|said|saw|sought|sold|sent|shook|shot|sank|sat"
    "|spoke|spent|stood|stole|struck|swept|took|tore|told|thought|threw|upheld|won|withdrew|wrote"
    "|cut|hit|put|set|hurt|let|cost|shut|split|spread"
)
_PRESENTS = (
    "says|say|wants|want|holds|hold|claims|claim|hopes|plans|plan|remains|remain|believes|believe"
    "|needs|need|makes|make|takes|take|gives|goes|comes|seeks|seek|shows|allows|expects|accuses"
    "|denies|supports|opposes|rejects|calls|runs|owns|leads|leaves|leave|lies|stands|begins|begin"
    "|ends|opens|closes|costs|rises|falls|faces|includes|contains|estimates|warns|urges|demands"
    "|carries|protects|hosts|sits|keeps|knows|means|works|lives|live"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|shall|did|does"
    rf"|do|(?!(?:need|indeed|speed|hundred|united|bed|red)\b)[a-z]{{2,}}ed|{_PASTS}|{_PRESENTS})\b"
)
_CUT = re.compile(
    r";\s+|\s\.\s+|\s+[–—]\s+|(?P<comma>,[”\"]?)?\s+(?:and|but|while|whereas|yet|although|though)\s+"
    r"(?P<that>that\s+)?"
)
_SUBJECT = re.compile(
    r"[“\"]?(?:(?:the|a|an|its|their|his|her|this|these|those|that|it|he|she|they|we|I|nobody|no"
    r"|some|many|most|all|both|neither|none|others?|another|several|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|more|about|at least|nearly)\b|\d|[A-Z£$€]|al-[A-Z]"
    r"|[a-z]{3,}(?<!ou)s\s+[a-z])"
)
_PRONOUN = re.compile(
    r"[“\"]?(?:it|he|she|they|we|I|that|this|these|those|both|others?|another|some|most|all|none"
    r"|the (?:latter|former|two))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<next>\w+)", re.IGNORECASE
)
_ASIDE = re.compile(r",\s+(?P<rel>which|who)\s+(?P<body>[^,]{4,90})(?:,|(?=[.;]|$))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a text.

    Attributes:
        start, end: character offsets; end is exclusive.
        sentence: the offset at which its sentence starts.
        leans: its subject is a pronoun or left out, so that it needs the words before it.
        aside: it is a relative clause inside another.
    """

    start: int
    end: int
    sentence: int
    leans: bool
    aside: bool = False


# The same sentences are held against one claim after the other.
@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text of one or more sentences, in order; relative clauses come last."""
    found: list[Clause] = []
    for start, end in sentence_spans(text):
        found.extend(_of_sentence(text, start, end))
    return tuple(found)


def _of_sentence(text: str, start: int, end: int) -> list[Clause]:
    asides = []
    for aside in _ASIDE.finditer(text, start, end):
        if _VERB.search(aside["body"]):
            asides.append(Clause(aside.start("rel"), aside.end("body"), start, True, True))
    begins = [start]
    ends: list[int] = []
    for cut in _CUT.finditer(text, start, end):
        if _parts(text, begins[-1], cut, end):
            ends.append(cut.start())
            begins.append(cut.start("that") if cut["that"] else cut.end())
    ends.append(end)
    whole = [
        Clause(first, last, start, _leans(text, first, last))
        for first, last in zip(begins, ends, strict=True)
    ]
    return [*whole, *asides]


def _leans(text: str, first: int, last: int) -> bool:
    """Whether a clause begins with a pronoun, or with a bare figure: '31 carried flour'."""
    if _PRONOUN.match(text, first, last):
        return True
    number = _NUMBER.match(text, first, last)
    return bool(number and (_VERB.fullmatch(number["next"]) or number["next"] == "of"))


def _parts(text: str, begin: int, cut: re.Match[str], end: int) -> bool:
    right = cut.end()
    if not _VERB.search(text, begin, cut.start()):
        return False
    if cut["that"]:
        return True
    contrasts = bool(cut["comma"]) and re.search(r"but|while|whereas", cut[0]) is not None
    if not contrasts and not _SUBJECT.match(text, right, end):
        return False
    # A subject of news has at most some eight words; farther off the verb is another's.
    verb = _VERB.search(text, right, min(end, right + 60))
    if verb is None or verb.start() == right:
        return False
    # 'between Osk and Kell on the day that he left': a preposition before the verb parts them.
    between = text[right : verb.start()]
    return len(between.split()) <= 8 and not re.search(
        r"[,;]|\b(?:and|that|which|who|when|where|after|before|because|if)\b", between
    )


def is_verb(text: str, word: str) -> bool:
    """Whether a word of the text looks like a verb: by its form, or by what stands before it."""
    if _VERB.fullmatch(word.lower()) or is_form_of_verb(word.lower()):
        return True
    return bool(
        re.search(
            rf"\b(?:to|will|would|can|could|may|might|must|should|not|n['’]t)\s+{re.escape(word)}\b",
            text,
        )
    )
