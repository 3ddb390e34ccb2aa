"""Who says what in a text: direct and indirect speech, with the speaker by name where it is told.

Rules, and no model: news attributes in few ways, and a reader can follow why a speaker was
named. What the rules cannot tell stays out: no speaker is better than a wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.blocks import block_spans
from corpus.content.attribution import Attribution, attributions
from corpus.content.names import name_key
from corpus.content.quoting import HIDDEN, masked, quotations
from corpus.content.speakers import (
    WORD,
    Cast,
    bare,
    counted_by,
    is_capital,
    is_pronoun,
    person_in,
    without_determiner,
)
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
from corpus.sentences import sentence_spans

_MOST_REMEMBERED = 512
_FEWEST_QUOTED = 4
"""Words of a quotation that nobody is named for: shorter ones are a word that somebody coined."""
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
class Statement:
    """Something that somebody says in a text.

    Attributes:
        start, end: character offsets of what is said; end is exclusive.
        speaker: who says it, by the fullest name in the text ('Majed al-Ansari' for 'he said'),
            or the words for it where there is no name ('a source briefed on the talks').
        speaker_key: `corpus.content.names.name_key` of the speaker: equal for spelling variants.
        verb: the saying word, in lower case: 'said', 'according to'; '' for a quotation that
            goes on, or that a colon introduces.
        quoted: whether words of it stand between quotation marks.
    """

    start: int
    end: int
    speaker: str
    speaker_key: str
    verb: str
    quoted: bool


@lru_cache(maxsize=_MOST_REMEMBERED)
def statements(text: str) -> tuple[Statement, ...]:
    """The statements of a text, in order of where they begin; one may lie inside another."""
    return tuple(sorted(_Reader(text).read(), key=lambda one: (one.start, -one.end)))


def speaker_of(text: str, start: int, end: int) -> str | None:
    """Who says what stands at these offsets, or None where the text itself says it.

    The statement that holds most of the span; of those that hold as much, the innermost. It
    must hold a third of the span at least: else the span is said by nobody as a whole.
    """
    best: tuple[int, int] | None = None
    speaker = None
    for one in statements(text):
        shared = min(end, one.end) - max(start, one.start)
        if 3 * shared < end - start or shared <= 0:
            continue
        rank = (shared, one.start - one.end)
        if best is None or rank > best:
            best, speaker = rank, one.speaker
    return speaker


class _Reader:
    """Reads one text from its beginning and remembers who spoke."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._quotes = quotations(text)
        self._masked = masked(text, self._quotes)
        self._cast = Cast.of(text)
        self._blocks = [start for start, _ in block_spans(text)]
        self._last: tuple[str, int] | None = None
        """Who spoke last, and in which sentence."""
        self._person: tuple[str, int] | None = None
        self._body: tuple[str, int] | None = None
        self._voices: list[str] = []
        self._number = 0

    def read(self) -> Iterator[Statement]:
        for number, (start, end) in enumerate(sentence_spans(self._text)):
            self._number = number
            sentence = self._masked[start:end]
            found = attributions(sentence)
            subject = self._subject(sentence, start)
            made = [
                one for each in found if (one := self._statement(sentence, start, each, subject))
            ]
            if not made and (alone := self._unattributed(sentence, start, end, subject)):
                made = [alone]
            yield from made
            if not made and subject is not None:
                self._met(subject)

    def _statement(
        self, sentence: str, start: int, found: Attribution, subject: str | None
    ) -> Statement | None:
        if found.who is None:
            spoke_here = self._last and self._last[1] == self._number
            speaker = self._last[0] if spoke_here and self._last else subject
        else:
            words = sentence[found.who[0] : found.who[1]]
            speaker = self._speaker(words, start + found.who[0], subject)
        if speaker is None:
            return None
        self._spoke(speaker)
        verb = sentence[found.verb[0] : found.verb[1]].lower()
        return self._made(start + found.said[0], start + found.said[1], speaker, verb)

    def _made(self, start: int, end: int, speaker: str, verb: str) -> Statement:
        said = self._text[start:end]
        start += len(said) - len(said.lstrip())
        end -= len(said) - len(said.rstrip())
        quoted = HIDDEN in self._masked[start:end]
        return Statement(start, end, speaker, name_key(speaker), verb, quoted)

    def _unattributed(
        self, sentence: str, start: int, end: int, subject: str | None
    ) -> Statement | None:
        """A quotation that goes on from the sentence before, or that a colon introduces."""
        hidden = sentence.count(HIDDEN)
        words = len(WORD.findall(self._said(start, end)))
        if not hidden or words < _FEWEST_QUOTED:
            return None
        if (colon := sentence.find(":")) >= 0 and HIDDEN in sentence[colon:] and subject:
            self._spoke(subject)
            return self._made(start + colon + 1, end, subject, "")
        if 2 * hidden < len(sentence.strip()):
            return None
        opens = sentence.lstrip().startswith(HIDDEN)
        last = max(
            (one for one in (self._last, self._person) if one is not None),
            key=lambda one: one[1],
            default=None,
        )
        if not opens or last is None or self._number - last[1] > 1:
            return None
        self._spoke(last[0])
        return self._made(start, end, last[0], "")

    def _said(self, start: int, end: int) -> str:
        """The words between quotation marks from start to end."""
        return " ".join(
            self._text[max(start, first) : min(end, last)]
            for first, last in self._quotes
            if first < end and start < last
        )

    def _speaker(self, words: str, at: int, subject: str | None) -> str | None:
        """The name for the words that say who speaks, or the words where there is none."""
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
        if words and is_capital(words.split()[0]) and self._is_one_name(words):
            return self._cast.fullest(re.sub(r"[’']s?$", "", words), at)
        return self._described(words, at)

    def _is_one_name(self, words: str) -> bool:
        return all(is_capital(word) or len(word) < 4 for word in words.split()) and (
            bare(words.split()[0]) not in DETERMINERS
        )

    def _described(self, words: str, at: int) -> str | None:
        """Who is meant by 'the ministry', 'the spokesman', 'the statement'."""
        tokens = words.split()
        first, noun = bare(tokens[0]), bare(tokens[-1])
        lows = [bare(token) for token in tokens]
        if first in ("nobody", "none", "no", "everyone") or (first == "the" and len(tokens) == 1):
            return None
        if len(tokens) <= 3 and noun in PAPERS and first in ("the", "its", "this", "his", "her"):
            return self._last[0] if self._fresh(self._last) and self._last else None
        if first == "the" and len(tokens) <= 3 and (voice := self._voice_of(noun)):
            return voice
        if first == "the" or is_capital(tokens[0]):
            role = [low for low in lows if low in ROLES]
            body = any(low in BODIES for low in lows[:1] if first != "the")
            if role and not body and (name := self._cast.with_role(role[:1], at)):
                return name
            if len(tokens) <= 2 and noun in BODIES:
                return self._known_body(noun, at) or without_determiner(words)
        owned = re.sub(r"[’']s?$", "", words) if words.endswith(("’", "'", "'s", "’s")) else words
        return without_determiner(owned)

    def _voice_of(self, noun: str) -> str | None:
        """Who spoke before by words with this noun: 'the source' after 'a source close to'."""
        for voice in reversed(self._voices):
            if noun in [word.lower() for word in voice.split()] and voice.lower() != noun:
                return voice
        return None

    def _known_body(self, noun: str, at: int) -> str | None:
        return self._cast.body_with(noun, at)

    def _pronoun(self, low: str, subject: str | None) -> str | None:
        if low in ("he", "she", "his", "her"):
            if subject and self._cast.is_person(subject):
                return subject
            return self._person[0] if self._fresh(self._person) and self._person else None
        if subject and low in ("it", "its") and not self._cast.is_person(subject):
            return subject
        spoke = self._last if low in ("they", "their") else self._body or self._last
        return spoke[0] if self._fresh(spoke) and spoke else None

    def _fresh(self, who: tuple[str, int] | None) -> bool:
        return who is not None and self._number - who[1] <= _STALE

    def _before_who(self, at: int) -> str | None:
        before = self._masked[max(0, at - 120) : at].rstrip(" ,")
        found = noun_phrase_before(before)
        words = before[found[0] : found[1]] if found else ""
        return self._speaker(words, at, None) if words and not is_pronoun(words) else None

    def _subject(self, sentence: str, start: int) -> str | None:
        """Whom a sentence begins with, by name, or None."""
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
            if aside and self._is_one_name(aside):
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
        speaker = self._speaker(words, start + at, None)
        if speaker and (self._cast.is_person(speaker) or lows & BODIES or len(tokens) == 1):
            return speaker
        return None

    def _met(self, speaker: str) -> None:
        if self._cast.is_person(speaker):
            self._person = speaker, self._number
        else:
            self._body = speaker, self._number
            self._voices.append(speaker)

    def _spoke(self, speaker: str) -> None:
        self._last = speaker, self._number
        self._met(speaker)

    def _block(self, at: int) -> int:
        return bisect_right(self._blocks, at)
