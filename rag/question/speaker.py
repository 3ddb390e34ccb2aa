"""Whose words a question asks for: 'What did Ansari say about …?', 'by the UN's estimate'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.question.frame import frame_of
from rag.question.speech import FRAMES, NOUNLIKE, SPEAKS, forms_after, is_form
from rag.question.verbs import NOUNS_TOO, VERBS, is_past
from rag.question.words import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    WH_WORDS,
    Word,
    listed,
    words_of,
)

_NOT_SPEAKERS = listed(
    "article articles report reports story stories source sources text texts library press news "
    "media piece pieces coverage paper papers document documents passage passages outlet outlets "
    "they he she it you we i anyone anybody someone somebody everyone people who whom there this "
    "that these those"
)
_COLLECTION = listed(
    "article articles report reports story stories source sources text texts library press news "
    "media coverage papers documents passages outlets we you anyone"
)
_WORDS_OF = (
    r"(?P<noun>response|reaction|reply|answer|statements?|remarks?|comments?|words|view|views"
    r"|position"
    r"|stance|opinion|account|version|claims?|demands?|explanation|message|warning|description"
    r"|assessment|speech|testimony|accusations?|criticism|apology)"
)
_COUNT_OF = (
    r"(?P<noun>estimates?|counts?|tally|toll|figures?|forecast|reckoning|calculations?|projection"
    r"|(?:latest |newest |own )?(?:word|count|estimate|figures?))"
)
_NP = r"(?P<speaker>[\w.’'&-]+(?: (?!and (?:by|according))[\w.’'&-]+){0,7}?)"
_PATTERNS = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (
            rf"\b(?:in|from) (?:the )?{_NP}['’]s? (?:own )?(?:view|opinion|eyes|words|telling)\b",
            False,
        ),
        (rf"\bin the (?:words|view|opinion|eyes) of (?:the )?{_NP}(?=,|\W*$)", False),
        (rf"\b(?:what|how) (?:is|was|were|are|has been) {_NP}['’]s? (?:\w+ )?{_WORDS_OF}\b", True),
        (
            rf"\bwhat (?:is|was|are|were) {_NP}['’]s? (?:latest |own )?(?P<noun>estimates?|count"
            rf"|tally"
            r"|figures?|forecast|projection)\b(?= (?:of|for|on)\b)",
            False,
        ),
        (
            rf"\b(?:what|how) (?:is|was|were|are) the (?:\w+ )?{_WORDS_OF} (?:of|by|from) {_NP}"
            r"(?= (?:to|on|about|of|regarding|after|in|when|over|concerning)\b|\W*$)",
            True,
        ),
        (
            rf"\b(?:statements?|quotes?|quotations?|remarks?|comments?|words) (?:made )?(?:by"
            rf"|from|of) {_NP}(?= (?:to|on|about|regarding|after|in|concerning|since)\b|\W*$)",
            True,
        ),
        (
            r"\b(?:was|were|been|is|being) (?:said|told|claimed|announced|stated|reported"
            r"|argued) by "
            rf"{_NP}(?= (?:to|on|about|regarding|after|in|that|of)\b|\W*$)",
            True,
        ),
        (rf"\b(?:by|in|on|going by) (?:the )?{_NP}['’]s? {_COUNT_OF}\b", False),
        (
            rf"\baccording to (?!whom?\b|which\b|what\b)(?:the )?{_NP}"
            r"(?=['’]s? (?:latest|newest|own|figures?|estimates?|count|data)\b|,|\W*$"
            r"| (?:in|on|as of|at|after|before|since|by|when|during|for|until)\b)",
            False,
        ),
        (rf"\bif one (?:believes|follows|asks|trusts) (?:the )?{_NP}(?=,|\W*$| rather\b)", False),
    )
)
_INDIRECT = re.compile(
    rf"\bwhat (?:the )?{_NP} (?:has |have |had )?(?:said|says?|told|announced|claimed|argued|wrote"
    r"|stated|demanded)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^(?:(?:by|to|from) )?(?:who|(?:which|what) (?!of\b|is\b|are\b|was\b|were\b|did\b|do\b"
    r"|does\b|has\b|have\b|had\b|the\b|will\b|would\b|can\b|could\b)(?:[\w’'-]+ ){1,5}?)",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"\baccording to (?:whom?|which|what)\b|^whose (?:words?|claim|statement|account|estimate|quote"
    r"|figures?|count|number|report|tally)"
    r"|\bwho (?:is|was|are|were) (?:quoted|cited)\b|\b(?:is|was) (?:quoted|cited) as\b|^says who\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:(?P<do>did|does|do|will|would|could|can|should|didn['’]t|doesn['’]t)"
    r"|(?P<have>has|have|had)|(?P<be>is|are|was|were)) ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose words are asked for.

    Attributes:
        speaker: as written, without an article before it; None where nobody's, or where it is
            the speaker who is asked for.
        words: words are asked for ('What did he say?', 'Who said so?'), not something that a
            speaker only vouches for ('How many does the UN estimate?').
        spans: where the speaker and the verb of speech stand, in characters.
    """

    speaker: str | None = None
    words: bool = False
    spans: tuple[tuple[int, int], ...] = ()


def speaker_in(question: str) -> Asked:
    """Whose words the question asks for."""
    start = frame_of(question).main
    if (asked := _of_patterns(question)) is not None:
        return asked
    main = question[start:]
    if _WHOSE.search(main) or _asks_who(main):
        return Asked(None, words=True)
    return _inverted(question, start) or _indirect(question) or Asked()


def _of_patterns(question: str) -> Asked | None:
    for pattern, words in _PATTERNS:
        for found in pattern.finditer(question):
            speaker = _cleaned(found["speaker"])
            if speaker is not None:
                start = found.start() if not words else found.start("speaker")
                return Asked(speaker, words, ((start, found.end()),))
    return None


def _asks_who(main: str) -> bool:
    """Whether it asks who spoke: 'Who warned that …?', 'Which official has said …?'."""
    found = _WHO.match(main)
    while found is not None:
        rest = words_of(main[found.end() :])[:3]
        while rest and (rest[0].low in _SKIPPED):
            rest = rest[1:]
        if re.search(r"['’]s? $", found[0]):
            return False  # 'Which newspaper's report …'
        if rest and len(rest) > 1 and is_past(rest[0].low) and rest[1].low == "that":
            return True
        if rest and is_form(rest[0].low, SPEAKS | {"think", "believe", "suspect", "deny"}):
            return True
        if found[0].lower() == "who":
            return bool(rest) and rest[0].low in ("expects", "expected", "fears", "estimates")
        longer = re.match(r"[\w’'-]+ ", main[found.end() :])
        if longer is None or len(found[0].split()) > 5:
            return False
        if longer[0].strip().lower() in PREPOSITIONS | _NOT_SKIPPED:
            return False
        found = re.compile(re.escape(found[0] + longer[0])).match(main)
    return False


_NOT_SKIPPED = AUXILIARIES - {"has", "have", "had"}
_SKIPPED = listed("has have had also recently publicly later first then once openly")


def _inverted(question: str, start: int) -> Asked | None:
    """'What did SPEAKER say …?', 'How many does SPEAKER think …?', 'Did SPEAKER deny …?'."""
    found = _ASKING.search(question, start)
    if found is None:
        return None
    forms = forms_after("do" if found["do"] else "have" if found["have"] else "be")
    words = words_of(question[found.end() :])
    at = _verb_at(words, forms)
    if at is None:
        return None
    verb = forms[words[at].low]
    wh = question[start : found.start()].strip().lower()
    from_verb = question[found.end() + words[at].start :]
    if not re.match(FRAMES.get(verb, ""), from_verb, re.IGNORECASE) or (
        verb == "claim" and wh.endswith(("lives", "victims"))
    ):
        return None
    asks_words = bool(wh) and _asks_words(wh, verb)
    speaker = _cleaned(question[found.end() : found.end() + words[at - 1].end])
    if speaker is None:
        # 'What do the articles say …?' asks for what is known, not for somebody's words.
        told = _COLLECTION & {word.low for word in words[:at]}
        return Asked(None, words=asks_words and not told) if verb in SPEAKS else None
    first = start if asks_words and not re.match(r"(?:which|what) \w", wh) else found.start()
    return Asked(speaker, asks_words, ((first, found.end() + words[at].end),))


def _asks_words(wh: str, verb: str) -> bool:
    """Whether 'what', 'how' or 'whom' asks for the words themselves, not for a figure or a day."""
    if wh.startswith("whom"):
        return verb in SPEAKS or verb == "hold"
    if verb not in SPEAKS or re.match(r"how (?:many|much|long|often|far|old)|what \w+$", wh):
        return False
    return wh.startswith(("what", "how", "which", "who"))


def _verb_at(words: list[Word], forms: dict[str, str]) -> int | None:
    """Where the verb of speech stands; None where another verb or too many words come first."""
    for at, word in enumerate(words[:9]):
        if word.text in ",;:":
            return None
        if at and word.low in forms and not word.capitalised:
            before = words[at - 1].low
            if before in DETERMINERS or before in PREPOSITIONS:
                continue
            following = words[at + 1].low if at + 1 < len(words) else ""
            if word.low in NOUNLIKE and (following in forms or following in VERBS - NOUNS_TOO):
                continue  # 'the UN report say'
            return at
        if at and word.low in VERBS - NOUNS_TOO - forms.keys() and not word.capitalised:
            return None
        clause = at > 0 and word.low in ("that", "when", "if", "because", "who", "which")
        # After a few words a past form is the verb: 'did the plan that was leaked …'.
        verb = at > 3 and is_past(word.low) and words[at - 1].low not in ("the", "a", "an")
        if clause or verb:
            return None
    return None


def _indirect(question: str) -> Asked | None:
    """'… what SPEAKER said about …', where something stands before it."""
    found = _INDIRECT.search(question)
    speaker = _cleaned(found["speaker"]) if found else None
    if found is None or speaker is None:
        return None
    return Asked(speaker, words=True, spans=((found.start(), found.end()),))


def _cleaned(words: str) -> str | None:
    """The speaker without articles, adverbs and 's; None for 'he' or 'the article'."""
    bare = re.sub(r"^(?:the|a|an|both|each of|any of)\s+", "", words.strip(), flags=re.IGNORECASE)
    bare = re.sub(
        r"\s+(?:also|really|actually|publicly|recently|later|then|now|first|ever|exactly|each|both|"
        r"reportedly|still|not|never|have|once)$",
        "",
        bare,
        flags=re.IGNORECASE,
    )
    bare = re.sub(
        r"['’]s? (?:(?:latest|newest|own|official|last|first) )?(?:word|counts?|estimates?"
        r"|figures?|data|tally|toll)$",
        "",
        bare,
        flags=re.IGNORECASE,
    )
    bare = re.sub(r"(?:['’]s|(?<=s)['’])$", "", bare).strip()
    low = bare.lower()
    if (AUXILIARIES - {"may", "might"} | WH_WORDS - {"who"}) & set(low.split()):
        return None
    if not low or low in _NOT_SPEAKERS or low in PRONOUNS or low.split()[0] in ("he", "she", "it"):
        return None
    return bare
