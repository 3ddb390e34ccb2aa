"""Where in a sentence stands what is said, once it is known which word says that it is."""

from __future__ import annotations

import re

from corpus.content.name_words import WORD
from corpus.content.quoting import HIDDEN
from corpus.content.speech_words import PASTS
from corpus.content.subjects import skipped

Span = tuple[int, int]

_ASIDE = r"(?:\s*[–—]\s*[^–—]{3,40}\s*[–—]|\s*,\s*(?:however|too|meanwhile)\s*,)"
# When and where something is said: 'on Tuesday', 'at a news conference'.
WHEN = (
    r"\s+(?:(?:late|early|earlier) )?(?:on|in|at|during|to|after|last|this|from|through|via|over"
    r"|outside|by|of|for|with|when|while|as|yesterday|today|before)\b[^,;:“\"\x01—–]*"
)
_TOLD = re.compile(
    r"^\s+(?!that\b)(?:(?:a|an|the|its|his|her|their|both|all) )?"
    r"(?P<whom>(?:[\w’'.&-]+(?: |(?=[,;:.“\"\x01])|$)){1,7}?)"
    rf"(?=that\b|{HIDDEN}|[,:;.“\"]|\d|$|(?:on|in|at|by|before|when|she|he|it|they|the|had|his|her|its"
    r"|their|there|we|a|an)\b)"
)
_LONGEST_ADVERBIAL = 9
"""Words after a saying verb that may tell when and where, and not what."""
_TO_WHOM = frozenset(["told", "tell", "tells", "telling", "assured"])
_LEADS = re.compile(
    rf"^(?:{_ASIDE}|(?:\s+(?:on|late on|early on|last|earlier|in|at|during|to|from|as|for)\b"
    rf"[^,;:“\"\x01—–]{{2,60}}?)?)\s*[,:]?\s*(?P<that>that\b|how\b|whether\b|if\b|why\b)"
)
_DAY_LED = re.compile(
    r"^\s*(?:(?:late |early )?(?:on |last |this )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?: (?:morning|afternoon|evening|night))?|in a statement|in an interview|at a news conference"
    r"|earlier|yesterday|today|by telephone)\b\s*,?"
)
_PAST_FORMS = "|".join(sorted(PASTS))
# After '…, she said' the same goes on: with a quotation, a conjunction, a verb or a colon.
_GOES_ON = re.compile(
    r"[^\x01,:;.]{0,40}?(?::|[,;.]\s*(?:\x01|(?:and|but|or|because|is|are|was|were|has|had|have|will"
    rf"|would|could|can|may|might|must|should|do|does|did|[a-z]{{3,}}ed|{_PAST_FORMS})\b))"
)


def is_parenthesis(sentence: str, verb: re.Match[str]) -> bool:
    """Whether a comma or an adverbial and a comma follow: 'The vote, he said, had not …'."""
    rest = sentence[verb.end() :]
    if verb[0] in _TO_WHOM and (whom := _TOLD.match(rest)):
        rest = rest[whom.end() :]
    return bool(re.match(rf"(?:{_DAY_LED.pattern[1:]})?\s*[,:](?!\s*(?:however|too)\b)", rest))


def said_around(sentence: str, who_start: int, verb_end: int) -> Span:
    """What stands before '…, she said', and what goes on after it."""
    before = sentence[:who_start].strip(" ,–—")
    rest = sentence[verb_end:]
    goes_on = _GOES_ON.match(rest)
    short = len(WORD.findall(before)) < 5 and HIDDEN not in before
    if (short and re.match(r"[^.]{0,40}?,", rest)) or goes_on:
        return 0, len(sentence)
    return 0, len(sentence[:who_start].rstrip(" ,–—"))


def said_after(sentence: str, verb: re.Match[str]) -> Span | None:
    """Offsets of what follows the verb, less to whom and when it was said; None for nothing."""
    at = verb.end()
    rest = sentence[at:]
    if verb[0] in _TO_WHOM and (whom := _TOLD.match(rest)):
        at += whom.end()
        rest = sentence[at:]
    lead = _LEADS.match(rest)
    if lead:
        at += lead.start("that") if lead["that"] != "that" else lead.end()
    else:
        aside = re.match(_ASIDE, rest)
        led = _DAY_LED.match(rest)
        at += aside.end() if aside else led.end() if led else 0
    at = skipped(sentence, at)
    if sentence[at : at + 1] == ";":
        return None
    said = sentence[at:].strip(" .,")
    if len(WORD.findall(said)) < 2 and HIDDEN not in said:
        return None
    adverbial = re.match(WHEN.replace(r"\s+", r"\s*", 1) + r"\.?$", said)
    if adverbial and HIDDEN not in said and len(said.split()) < _LONGEST_ADVERBIAL:
        return None
    return at, len(sentence)
