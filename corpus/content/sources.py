"""Sources that a sentence names without a verb: 'according to', 'in AFP's tally'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.content.name_words import WORD, bare, is_capital
from corpus.content.quoting import HIDDEN
from corpus.content.speech_words import FUNCTION_WORDS, PRONOUNS
from corpus.content.subjects import is_past, skipped

Span = tuple[int, int]

_KEPT = frozenset(("kept", "compiled", "published", "issued"))
# 'Reported by noon' and 'by officials who …'.
_NO_SOURCE = frozenset(
    ("noon", "midnight", "night", "nightfall", "daybreak", "dawn", "dusk", "who", "which", "whose")
)
_ACCORDING = re.compile(
    r"\b(?P<verb>[Aa]ccording to|[Ii]n the words of|[Aa]s (?:told|reported|counted|said) by"
    r"|(?:reported|announced|given|issued|published|released|cited|quoted|counted|recorded"
    r"|compiled|provided) by) (?P<who>[^,;:()“”\"\x01—–]+)"
)
_TALLY = re.compile(
    r"\b(?:[Ii]n|[Bb]y|[Oo]n) (?:(?P<who>(?:the |an? )?[A-Z][\w.&-]*(?<!day)(?: (?:of |for"
    r" )?[A-Z][\w.&-]*){0,4}"
    r"|the [a-z]+(?: [a-z]+){0,2})[’']s?|(?P<whose>its|his|her|their))"
    r" (?:own |evening |latest |official |daily )*(?P<verb>tally|count|figures|reckoning|account"
    r"|estimates?|readings|words|bulletin)\b"
    r"|\b[Ii]n an? (?:tally|count|estimate) (?:that |which |made |kept |done )*(?:by"
    r" )?(?P<maker>(?:the )?[A-Z]"
    r"[\w.&-]*(?: [A-Z][\w.&-]*){0,3})(?P<made> (?:made|compiled|kept|drew up|put together))?\b"
)


def sources(sentence: str) -> Iterator[tuple[Span, Span, Span]]:
    """Offsets of the words for who, of what names them, and of what is said; see `Attribution`."""
    for found in _ACCORDING.finditer(sentence):
        start = found.start("who")
        if bare(found["who"].split()[0]) in PRONOUNS:
            end = start + len(found["who"].split()[0])
        else:
            end = _noun_end(sentence, found)
        if end > start:
            at = skipped(sentence, end)
            yield ((start, end), found.span("verb"), _sourced(sentence, found, at))
    for found in _TALLY.finditer(sentence):
        group = next(name for name in ("who", "whose", "maker") if found[name])
        verb = "verb" if found["verb"] else group
        said = _sourced(sentence, found, skipped(sentence, found.end()))
        yield (found.span(group), found.span(verb), said)


def _sourced(sentence: str, found: re.Match[str], after: int) -> tuple[int, int]:
    """What is said where a source is named: before it, or after it where it opens the sentence."""
    before = sentence[: found.start()].strip(" ,;–—")
    if len(WORD.findall(before)) < 2 and HIDDEN not in before:
        return after, len(sentence)
    follows = re.match(r"\s*,?\s*(?:which|who)\b|\s*[.,;]?\s*$", sentence[after:])
    return (0, found.start()) if follows or found.re is _ACCORDING else (0, len(sentence))


def _noun_end(sentence: str, found: re.Match[str]) -> int:
    """Where the words for a source end: before a verb, 'that', 'which' or 'on Monday'."""
    end, kept = found.start("who"), ""
    for word in WORD.finditer(sentence, found.start("who"), found.end("who")):
        low = bare(word[0])
        if low in _KEPT or (low == "by" and kept):
            kept = low
            continue
        if low in _NO_SOURCE or (low in FUNCTION_WORDS and low != "and"):
            break
        if low in PRONOUNS and end > found.start("who"):
            break
        if is_past(word[0]) and end > found.start("who") and not is_capital(word[0]):
            break
        end = word.end()
    return end
