"""Where a sentence says that somebody says so: the words for who, the verb, and what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.content.inverted import speaker_after
from corpus.content.name_words import WORD, bare, is_capital
from corpus.content.quoting import HIDDEN
from corpus.content.said_span import Span, is_parenthesis, said_after, said_around
from corpus.content.sources import sources
from corpus.content.speech_words import (
    DETERMINERS,
    NOUNS_TOO,
    PRONOUNS,
    QUOTING,
    SAYING,
    WEAK,
)
from corpus.content.subjects import subject_before

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

_LONGEST = 2_000
"""Characters. No sentence of news comes near it; looking at every verb of a longer text would
cost the square of its length."""
_ADVERBIAL = re.compile(
    r"(?:In|On|At|During|For|After|Before|Since|With|By|From|To|Last|Earlier|Later)\b"
    r"(?: [\w’'-]+){0,3},?$"
)


_MOVING = frozenset(("went", "continued", "ended", "began", "opened", "closed"))
"""Words that say only beside what is said: '“…”, she continued' and 'he went on: …'."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One place of a sentence that says who says; offsets into the sentence.

    Attributes:
        who: offsets of the words for who says it; None where the verb has none of its own, as
            in ', adding that', 'and said that'.
        verb: offsets of the saying word.
        said: offsets of what is said.
    """

    who: Span | None
    verb: Span
    said: Span


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
    head, passive, denied = _without_auxiliaries(before)
    if _only_quotes(word) and not _quotes_near(sentence, verb):
        return None
    if passive and not word.endswith("ing"):
        return None
    if denied:
        return _denied(head, verb, sentence) if word in WEAK else None
    if _lacks_its_form(sentence, verb, head, passive):
        return None
    has_auxiliary = head.rstrip() != before.rstrip()
    if not has_auxiliary and (behind := speaker_after(sentence, verb, head)):
        said = said_around(sentence, verb.start(), behind[1])
        return Attribution(behind, verb.span(), said)
    if re.search(r"(?:\b(?:and|but|then)|,|–|—)\s*$", head) and not _has_aside(head):
        return _coordinated(sentence, verb, head)
    who = subject_before(head)
    if who is None or (word in NOUNS_TOO and not _surely_verb(sentence, who, after)):
        return None
    return _placed(sentence, who, verb)


def _only_quotes(word: str) -> bool:
    """Whether a word says that somebody says so only beside a quotation."""
    return word in QUOTING and word not in SAYING


def _lacks_its_form(sentence: str, verb: re.Match[str], head: str, passive: bool) -> bool:
    """Whether a word stands in no form in which it says: 'put' without 'at', 'went' in a street."""
    word = verb[0]
    before, after = sentence[: verb.start()], sentence[verb.end() :]
    if word.endswith("ing") and not passive and not head.rstrip().endswith((",", "–", "—")):
        return True
    if word in ("put", "puts"):
        return not re.search(r"\bat\b", after)
    return word in _MOVING and not (
        after.lstrip().startswith((",", "on", HIDDEN)) or before.rstrip(" ,").endswith(HIDDEN)
    )


def _coordinated(sentence: str, verb: re.Match[str], head: str) -> Attribution | None:
    """', adding that …' and 'and said that …', by whoever spoke before."""
    word = verb[0]
    if word in NOUNS_TOO or _only_quotes(word):
        return None
    said = said_after(sentence, verb)
    coordinated = re.search(r"\b(?:and|but|then)\s*$", head) or word.endswith("ing")
    return Attribution(None, verb.span(), said) if said and coordinated else None


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


def _surely_verb(sentence: str, who: Span, after: str) -> bool:
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


def _placed(sentence: str, who: Span, verb: re.Match[str]) -> Attribution | None:
    """What is said, where it is known who says it: after the verb, or before the speaker."""
    before = sentence[: who[0]].rstrip(" ")
    quote_before = before.rstrip(" ,").endswith(HIDDEN)
    word = verb[0]
    after = said_after(sentence, verb)
    if _only_quotes(word):
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
        return Attribution(who, verb.span(), said_around(sentence, who[0], verb.end()))
    if after is None:
        return None
    if comma and is_parenthesis(sentence, verb):
        return Attribution(who, verb.span(), said_around(sentence, who[0], verb.end()))
    if re.match(
        r"(?:is|are|was|were|has|have|had|may|might|could|will|would)\b", sentence[after[0] :]
    ):
        # 'including 33 the military says are dead': what it is said of stands before.
        after = max(0, *(before.rfind(mark) + 1 for mark in ",;")), after[1]
    return Attribution(who, verb.span(), after)


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
