"""Whom the words for a speaker mean: a name, an office, 'he', 'the ministry', 'the statement'.

What is meant depends on who was named and who spoke before, so a text is read from its beginning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.content.cast import Cast
from corpus.content.name_words import bare, is_capital, is_pronoun, without_determiner
from corpus.content.quoting import HIDDEN
from corpus.content.speakers import counted_by, person_in
from corpus.content.speech_words import (
    BODIES,
    DETERMINERS,
    NOUNS_TOO,
    PAPERS,
    PASTS,
    ROLES,
    SAYING,
)
from corpus.content.subjects import noun_phrase_before

_STALE = 3
"""Sentences after which 'he' is no longer sure to be who spoke last."""
_LEADING = re.compile(
    r"^\s*(?:[A-Z][A-Z .,’'-]+(?:, \w+ \d+ )?(?:\([^()]*\) ?)?[—–-] )?(?:(?:But|And|Yet|Still"
    r"|Meanwhile|However|Later|Then|Earlier),? )?"
    r"(?:(?:On|In|At|For|After|Before|Last|During|Outside|From|By|When|While|As"
    r"|Although|Though|Since|Because|If|Asked|Speaking|(?:\w+ )?(?:hours|days|weeks|minutes)"
    r" (?:after|before)"
    r"|(?:Hours|Days|Weeks|Minutes|Shortly|Soon) (?:after|before)) [^,\x01]{2,120}, )?"
)
_FINITE = re.compile(
    r"\b(?:is|was|were|are|has|have|had|will|would|can|could|may|might|did|does|said|says|told"
    rf"|[a-z]{{3,}}ed|{'|'.join(sorted(SAYING - NOUNS_TOO))}|needs|{'|'.join(sorted(PASTS))})\b"
)
_NAME_OF = re.compile(
    r"(?P<name>[A-Z][\w’'.-]*(?: (?:[a-z]{2,3} |[Aa]l-)?[A-Z][\w’'.-]*)+) (?:of|for|from|at) "
)
_WITHOUT_DAY = re.compile(r" (?:(?:late |early )?(?:on|last|this) \w+|\w+day|later|also|now|then)$")


@dataclass(frozen=True, slots=True)
class _Met:
    """Who was met, by name, and in which sentence."""

    who: str
    sentence: int


class Referents:
    """Who has been named and has spoken so far in one text.

    Args:
        text: the article's, its quotations hidden.
        cast: everyone whom it names.
    """

    def __init__(self, text: str, cast: Cast) -> None:
        self._text = text
        self._cast = cast
        self._number = 0
        self._last: _Met | None = None
        self._person: _Met | None = None
        self._body: _Met | None = None
        self._voices: list[str] = []

    def begin(self, number: int) -> None:
        """Go on to a sentence, counted from 0."""
        self._number = number

    def met(self, speaker: str) -> None:
        """Somebody is what the sentence is about."""
        if self._cast.is_person(speaker):
            self._person = _Met(speaker, self._number)
        else:
            self._body = _Met(speaker, self._number)
            self._voices.append(speaker)

    def spoke(self, speaker: str) -> None:
        """Somebody says something in the sentence."""
        self._last = _Met(speaker, self._number)
        self.met(speaker)

    def spoke_here(self) -> str | None:
        """Who spoke last, if in this sentence."""
        return self._last.who if self._last and self._last.sentence == self._number else None

    def goes_on(self) -> str | None:
        """Who spoke last or was spoken of last, if here or in the sentence before."""
        last = max(
            (one for one in (self._last, self._person) if one is not None),
            key=lambda one: one.sentence,
            default=None,
        )
        return last.who if last is not None and self._number - last.sentence <= 1 else None

    def meant(self, words: str, at: int, subject: str | None) -> str | None:
        """The name for the words that say who speaks, or the words where there is none.

        Args:
            at: where they stand in the text.
            subject: whom their sentence begins with, by name.

        None for a word such as 'he' or 'nobody' that leads to nobody.
        """
        words = " ".join(words.split())
        low = bare(words)
        if low in ("who", "which"):
            return self._before_who(at) or subject
        if is_pronoun(words) or low in ("its", "his", "her", "their"):
            return self._pronoun(low, subject)
        if (counted := counted_by(words)) is not None:
            words = counted
        if (name := person_in(words)) is not None:
            return self._cast.fullest(name, at)
        if (led := _NAME_OF.match(words)) and self._cast.is_person(led["name"]):
            return self._cast.fullest(led["name"], at)
        if words and is_capital(words.split()[0]) and _is_one_name(words):
            return self._cast.fullest(re.sub(r"[’']s?$", "", words), at)
        return self._described(words, at)

    def _described(self, words: str, at: int) -> str | None:
        """Who is meant by 'the ministry', 'the spokesman', 'the statement'."""
        tokens = words.split()
        first, noun = bare(tokens[0]), bare(tokens[-1])
        lows = [bare(token) for token in tokens]
        if first in ("nobody", "none", "no", "everyone") or (first == "the" and len(tokens) == 1):
            return None
        if len(tokens) <= 3 and noun in PAPERS and first in ("the", "its", "this", "his", "her"):
            return self._if_fresh(self._last)
        if first == "the" and len(tokens) <= 3 and (voice := self._voice_of(noun)):
            return voice
        if first == "the" or is_capital(tokens[0]):
            role = [low for low in lows if low in ROLES]
            body = any(low in BODIES for low in lows[:1] if first != "the")
            if role and not body and (name := self._cast.with_role(role[:1], at)):
                return name
            if len(tokens) <= 2 and noun in BODIES:
                return self._cast.body_with(noun, at) or without_determiner(words)
        owned = re.sub(r"[’']s?$", "", words) if words.endswith(("’", "'", "'s", "’s")) else words
        return without_determiner(owned)

    def _voice_of(self, noun: str) -> str | None:
        """Who spoke before by words with this noun: 'the source' after 'a source close to'."""
        for voice in reversed(self._voices):
            if noun in [word.lower() for word in voice.split()] and voice.lower() != noun:
                return voice
        return None

    def _pronoun(self, low: str, subject: str | None) -> str | None:
        if low in ("he", "she", "his", "her"):
            if subject and self._cast.is_person(subject):
                return subject
            return self._if_fresh(self._person)
        if subject and low in ("it", "its") and not self._cast.is_person(subject):
            return subject
        return self._if_fresh(self._last if low in ("they", "their") else self._body or self._last)

    def _if_fresh(self, met: _Met | None) -> str | None:
        return met.who if met is not None and self._number - met.sentence <= _STALE else None

    def _before_who(self, at: int) -> str | None:
        before = self._text[max(0, at - 120) : at].rstrip(" ,")
        found = noun_phrase_before(before)
        words = before[found[0] : found[1]] if found else ""
        return self.meant(words, at, None) if words and not is_pronoun(words) else None

    def subject_of(self, sentence: str, start: int) -> str | None:
        """Whom a sentence, which begins at `start`, begins with, by name, or None."""
        led = _LEADING.match(sentence)
        at = led.end() if led else 0
        finite = _FINITE.search(sentence, at)
        head = sentence[at : finite.start()] if finite else sentence[at:]
        parts = head.split(",")
        first = parts[0].strip()
        if not first or HIDDEN in first:
            return None
        if len(parts) > 2 and bare(first.split()[0]) in DETERMINERS:
            aside = parts[1].strip()
            if aside and _is_one_name(aside):
                return self._cast.fullest(aside, start + at)
        if is_pronoun(first):
            return self._pronoun(bare(first), None)
        tokens = first.split()
        lows = {bare(token) for token in tokens}
        told = any(is_capital(token) for token in tokens[1:]) or lows & (ROLES | BODIES)
        if not told and (len(tokens) > 1 or not is_capital(tokens[0])):
            return None
        first = _WITHOUT_DAY.sub("", first)
        found = noun_phrase_before(first)
        words = first[found[0] : found[1]] if found and found[0] == 0 else " ".join(tokens[:6])
        speaker = self.meant(words, start + at, None)
        if speaker and (self._cast.is_person(speaker) or lows & BODIES or len(tokens) == 1):
            return speaker
        return None


def _is_one_name(words: str) -> bool:
    return all(is_capital(word) or len(word) < 4 for word in words.split()) and (
        bare(words.split()[0]) not in DETERMINERS
    )
