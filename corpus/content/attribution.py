"""Where a sentence says that somebody says so: the words for who, the verb, and what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.content.quoting import HIDDEN
from corpus.content.sources import sources
from corpus.content.speakers import WORD, bare, is_capital
from corpus.content.speech_words import (
    DETERMINERS,
    FUNCTION_WORDS,
    LINKS,
    NOUNS_TOO,
    PASTS,
    PRONOUNS,
    QUOTING,
    ROLES,
    SAYING,
    WEAK,
    word_set,
)
from corpus.content.subjects import is_past, skipped, subject_before, trimmed

_ANY_VERB = re.compile(rf"\b(?:{'|'.join(sorted(SAYING | QUOTING, key=len, reverse=True))})\b")
_AUXILIARY = re.compile(
    r"(?:^|[\s,])(?:has|have|had|also|later|then|now|earlier|previously|repeatedly|again|further"
    r"|already|meanwhile|however|since|soon|once more|both|all|would|will|did|does|do|is|was|were"
    r"|are|been|be|being|not|never|don't|doesn't|didn't|won't|[a-z]+ly|itself|himself|herself"
    r"|themselves"
    r"|yesterday|today|tonight|(?:late |early )?(?:on|last|this) (?:the )?[A-Za-z]*day"
    r"(?: (?:morning|afternoon|evening|night))?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|in (?:an?|the|its|his|her|their) (?:[a-z]+ )?(?:statement|interview|report|letter"
    r"|speech))\s*$"
)
_PASSIVE = re.compile(r"\b(?:is|was|were|are|been|be|being)\b")
_DENIED = re.compile(r"\b(?:not|never)\b|n't\b")
_ASIDE = r"(?:\s*[–—]\s*[^–—]{3,40}\s*[–—]|\s*,\s*(?:however|too|meanwhile)\s*,)"
_WHEN = (
    r"\s+(?:(?:late|early|earlier) )?(?:on|in|at|during|to|after|last|this|from|through|via|over"
    r"|outside|by|of|for|with|when|while|as|yesterday|today|before)\b[^,;:“\"\x01—–]*"
)
# What may follow the words for who, where verb and speaker change places.
_ENDS_WHO = re.compile(
    rf"^(?:\s*[.,;:?!—–)]|\s*$|\s*{HIDDEN}|{_WHEN}|\s+(?:who|whose|which|and|but)\b|\s+[“\"])"
)
_TOLD = re.compile(
    r"^\s+(?!that\b)(?:(?:a|an|the|its|his|her|their|both|all) )?"
    r"(?P<whom>(?:[\w’'.&-]+(?: |(?=[,;:.“\"\x01])|$)){1,7}?)"
    rf"(?=that\b|{HIDDEN}|[,:;.“\"]|\d|$|(?:on|in|at|by|before|when|she|he|it|they|the|had|his|her|its"
    r"|their|there|we|a|an)\b)"
)
_LONGEST = 2_000
"""Characters. No sentence of news comes near it; looking at every verb of a longer text would
cost the square of its length."""
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


_ADVERBIAL = re.compile(
    r"(?:In|On|At|During|For|After|Before|Since|With|By|From|To|Last|Earlier|Later)\b"
    r"(?: [\w’'-]+){0,3},?$"
)
_INVERTED = word_set(
    "said says added adds reported reports announced warned wrote explained claimed noted"
)
"""Verbs that stand before their speaker without a quotation: '…, said the mayor'."""
_NAME_ASIDE = re.compile(r", (?P<name>(?:[A-Z][\w’'.-]*(?: |(?=[.,;]|$))){1,5})(?=[.,;]|$)")
_PAST_FORMS = "|".join(sorted(PASTS))
# After '…, she said' the same goes on: with a quotation, a conjunction, a verb or a colon.
_GOES_ON = re.compile(
    r"[^\x01,:;.]{0,40}?(?::|[,;.]\s*(?:\x01|(?:and|but|or|because|is|are|was|were|has|had|have|will"
    rf"|would|could|can|may|might|must|should|do|does|did|[a-z]{{3,}}ed|{_PAST_FORMS})\b))"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One place of a sentence that says who says; offsets into the sentence.

    Attributes:
        who: offsets of the words for who says it; None where the verb has none of its own, as
            in ', adding that', 'and said that'.
        verb: offsets of the saying word.
        said: offsets of what is said.
    """

    who: tuple[int, int] | None
    verb: tuple[int, int]
    said: tuple[int, int]


def attributions(sentence: str) -> tuple[Attribution, ...]:
    """The attributions of one sentence whose quotations are hidden, in order of their verbs."""
    if len(sentence) > _LONGEST:
        return ()
    found = [*(Attribution(*one) for one in sources(sentence)), *_by_verb(sentence)]
    found.sort(key=lambda one: one.verb)
    return tuple(_parted(sentence, found))


def _by_verb(sentence: str) -> Iterator[Attribution]:
    for verb in _ANY_VERB.finditer(sentence):
        made = _at_verb(sentence, verb)
        if made is not None:
            yield made


def _at_verb(sentence: str, verb: re.Match[str]) -> Attribution | None:
    word = verb[0]
    before, after = sentence[: verb.start()], sentence[verb.end() :]
    if word in QUOTING and word not in SAYING and not _quotes_near(sentence, verb):
        return None
    head, passive, denied = _without_auxiliaries(before)
    if passive and not word.endswith("ing"):
        return None
    if denied:
        return _denied(head, verb, sentence) if word in WEAK else None
    if word.endswith("ing") and not passive and not head.rstrip().endswith((",", "–", "—")):
        return None
    if word in ("put", "puts") and not re.search(r"\bat\b", after):
        return None
    if word in ("went", "continued", "ended", "began", "opened", "closed") and not (
        after.lstrip().startswith((",", "on", HIDDEN)) or before.rstrip(" ,").endswith(HIDDEN)
    ):
        return None
    has_auxiliary = head.rstrip() != before.rstrip()
    inverted = None if has_auxiliary else _inverted(sentence, verb, head)
    if inverted is not None:
        return inverted
    if re.search(r"(?:\b(?:and|but|then)|,|–|—)\s*$", head) and not _has_aside(head):
        if word in NOUNS_TOO or (word in QUOTING and word not in SAYING):
            return None
        said = _said_after(sentence, verb)
        coordinated = re.search(r"\b(?:and|but|then)\s*$", head) or word.endswith("ing")
        return Attribution(None, verb.span(), said) if said and coordinated else None
    who = subject_before(head)
    if who is None or (word in NOUNS_TOO and not _surely_verb(sentence, who, after)):
        return None
    return _placed(sentence, who, verb)


def _denied(head: str, verb: re.Match[str], sentence: str) -> Attribution | None:
    """'They do not expect …': what is said begins with who, since the denial belongs to it."""
    who = subject_before(head)
    return Attribution(who, verb.span(), (who[0], len(sentence))) if who else None


def _quotes_near(sentence: str, verb: re.Match[str]) -> bool:
    """Whether a quotation goes with a verb: right before its speaker, or soon after it."""
    near = sentence[verb.end() : verb.end() + 80].partition(HIDDEN)
    if near[1] and not any(word in SAYING for word in WORD.findall(near[0])):
        return True
    return HIDDEN in sentence[max(0, verb.start() - 60) : verb.start()]


def _surely_verb(sentence: str, who: tuple[int, int], after: str) -> bool:
    first = sentence[who[0] : who[1]].split()[0]
    if not (is_capital(first) or bare(first) in PRONOUNS | DETERMINERS):
        return False
    ends = sentence[: who[0]].rstrip().endswith((",", HIDDEN)) and not after.strip(" .")
    return ends or bool(
        re.match(r"\s+(?:that|the|it|its|a|an|at|about|more|some|him|her|\d)\b", after)
    )


def _without_auxiliaries(before: str) -> tuple[str, bool, bool]:
    """What stands before the verb less its auxiliaries; whether it is passive, and denied."""
    passive = denied = False
    text = re.sub(r",\s*(?:however|meanwhile|too|in turn)\s*,\s*$", " ", before)
    while True:
        stripped = text.rstrip()
        found = _AUXILIARY.search(stripped)
        if found is None:
            return text, passive, denied
        passive = passive or bool(_PASSIVE.search(found[0]))
        denied = denied or bool(_DENIED.search(found[0]))
        text = stripped[: found.start()] + (found[0][0] if found[0][:1] == "," else "")


def _placed(sentence: str, who: tuple[int, int], verb: re.Match[str]) -> Attribution | None:
    """What is said, where it is known who says it: after the verb, or before the speaker."""
    before = sentence[: who[0]].rstrip(" ")
    quote_before = before.rstrip(" ,").endswith(HIDDEN)
    word = verb[0]
    after = _said_after(sentence, verb)
    if word in QUOTING and word not in SAYING:
        # '“…”, she asked' and 'She called it “…”'
        rest = sentence[verb.end() :]
        if not quote_before and HIDDEN not in rest:
            return None
        if not quote_before:
            return Attribution(who, verb.span(), (verb.end() + 1, len(sentence)))
    comma = before.endswith((",", "–", "—")) or quote_before
    if comma and after is None and not quote_before and _ADVERBIAL.match(before):
        return None
    if quote_before or (comma and after is None):
        return Attribution(who, verb.span(), _said_around(sentence, who[0], verb.end()))
    if after is None:
        return None
    if comma and _is_parenthesis(sentence, verb):
        return Attribution(who, verb.span(), _said_around(sentence, who[0], verb.end()))
    if re.match(
        r"(?:is|are|was|were|has|have|had|may|might|could|will|would)\b", sentence[after[0] :]
    ):
        # 'including 33 the military says are dead': what it is said of stands before.
        after = max(0, *(before.rfind(mark) + 1 for mark in ",;")), after[1]
    return Attribution(who, verb.span(), after)


def _is_parenthesis(sentence: str, verb: re.Match[str]) -> bool:
    """Whether a comma or an adverbial and a comma follow: 'The vote, he said, had not …'."""
    rest = sentence[verb.end() :]
    if verb[0] in _TO_WHOM and (whom := _TOLD.match(rest)):
        rest = rest[whom.end() :]
    return bool(re.match(rf"(?:{_DAY_LED.pattern[1:]})?\s*[,:](?!\s*(?:however|too)\b)", rest))


def _said_around(sentence: str, who_start: int, verb_end: int) -> tuple[int, int]:
    """What stands before '…, she said', and what goes on after it."""
    before = sentence[:who_start].strip(" ,–—")
    rest = sentence[verb_end:]
    goes_on = _GOES_ON.match(rest)
    short = len(WORD.findall(before)) < 5 and HIDDEN not in before
    if (short and re.match(r"[^.]{0,40}?,", rest)) or goes_on:
        return 0, len(sentence)
    return 0, len(sentence[:who_start].rstrip(" ,–—"))


def _said_after(sentence: str, verb: re.Match[str]) -> tuple[int, int] | None:
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
    adverbial = re.match(_WHEN.replace(r"\s+", r"\s*", 1) + r"\.?$", said)
    if adverbial and HIDDEN not in said and len(said.split()) < _LONGEST_ADVERBIAL:
        return None
    return at, len(sentence)


def _inverted(sentence: str, verb: re.Match[str], head: str) -> Attribution | None:
    """'“…”, said Captain Dahlgaard' and 'In that time, said the mayor, …'."""
    stripped = head.rstrip()
    if not stripped.endswith((",", HIDDEN, "–", "—")) or verb[0].endswith("ing"):
        return None
    if verb[0] not in _INVERTED and not stripped.rstrip(" ,").endswith(HIDDEN):
        return None
    who = _who_after(sentence, verb.end())
    if who is None or not _ENDS_WHO.match(sentence[who[1] :]):
        return None
    who = _named_by_aside(sentence, who)
    words = sentence[who[0] : who[1]].split()
    named = any(is_capital(word) for word in words) or bare(words[0]) in DETERMINERS
    if not named or bare(words[-1]) in FUNCTION_WORDS:
        return None
    return Attribution(who, verb.span(), _said_around(sentence, verb.start(), who[1]))


def _who_after(sentence: str, at: int) -> tuple[int, int] | None:
    """Offsets of the words for who right after a verb that ends there, or None."""
    start = end = at + 1
    for place, word in enumerate(WORD.finditer(sentence, start)):
        low, capital = bare(word[0]), is_capital(word[0])
        if sentence[end : word.start()].strip(" ’'") or (place == 0 and word.start() != start):
            break
        if (low in PRONOUNS or is_past(word[0])) and not capital:
            return None
        on_day = re.match(r"\w+ (?:the )?\w*day\b", sentence[word.start() :])
        links = low in LINKS and place > 0 and not on_day
        if low in FUNCTION_WORDS and low != "and" and not links:
            break
        end = word.end()
    return trimmed(sentence, start, end)


def _named_by_aside(sentence: str, who: tuple[int, int]) -> tuple[int, int]:
    """Of 'its managing director, Osric Penhale' the name, else the words as they are."""
    words = [bare(word) for word in sentence[who[0] : who[1]].split()]
    aside = _NAME_ASIDE.match(sentence, who[1])
    if aside is None or words[0] not in DETERMINERS or not ROLES & set(words):
        return who
    return aside.start("name"), aside.start("name") + len(aside["name"].rstrip(". "))


def _has_aside(head: str) -> bool:
    """Whether the comma at the end closes an aside: 'Ansari, the spokesman,'."""
    stripped = head.rstrip()
    return stripped.endswith((",", "–", "—")) and subject_before(head) is not None


def _parted(sentence: str, found: list[Attribution]) -> Iterator[Attribution]:
    """The same, but what one says ends where another speaks: 'X said …, but Y said …'."""
    for place, one in enumerate(found):
        first, last = one.said
        for other in found[place + 1 :]:
            begin = other.who[0] if other.who else other.verb[0]
            if other.said[0] >= begin and first < begin < last and one.verb[1] <= first:
                between = sentence[first:begin]
                joint = re.search(
                    r"(?:,|;|–|—)?\s*(?:\b(?:and|but|while|whereas|although)\b\s*)?$", between
                )
                if joint and joint[0].strip():
                    last = first + joint.start()
                    break
        if last > first:
            yield Attribution(one.who, one.verb, (first, last))
