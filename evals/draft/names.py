"""Names in a sentence, and the forms in which an answer may give them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evals.draft.lexicon import word_set
from evals.draft.verbs import is_verb
from rag.claims.facts import DAYS

_CAPITAL = r"(?:[A-Z][\w’'&-]*\w|[A-Z](?:\.[A-Z])+\.?|al-[A-Z]\w+|[A-Z](?=\s))"
_LINK = r"(?:bin|ibn|al|el|de|da|van|von|der|of the|of|for)"
_RUN = re.compile(rf"{_CAPITAL}(?:\s+(?:{_LINK}\s+)?{_CAPITAL})*")
# 'US Vice President Kamala Harris' and 'Secretary of State Antony Blinken' are known by the rest.
_TITLE = re.compile(
    r"^.*\b(?:President|Prime Minister|Minister|Secretary(?: of State|[ -]General)?|Chancellor|"
    r"Sheikh|King|Queen|Prince|Princess|Amir|Emir|Pope|Senator|Sen\.|Rep\.|Gov\.|Governor|Mayor|"
    r"General|Gen\.|Captain|Capt\.|Colonel|Col\.|Major|Admiral|Detective|Bishop|Ayatollah|Judge|Justice|Mrs?|Ms|Dr|Sir|Lord|Lady|Professor|Chairman|Director)\.?\s+"
    r"(?=[A-Z])"
)
_OPENERS = word_set(
    "the a an in on at of by for from to and or but it he she they we this that these those his "
    "her its their there who what when where which while as if after before since during until "
    "with no not all some many most more about under over according i you our my"
)
_OF_BODIES = word_set(
    "ministry department council office university court party bank union committee agency house "
    "authority commission government army police force forces group company corporation board "
    "association organisation organization federation institute hospital united nations states "
    "times news monitor post jazeera kingdom journal press association corp inc ltd co league "
    "club school city county strip republic islands sea ocean river street park prize cup war "
    "north south east west new los san great"
)
_LINKS = word_set("bin ibn al el of for de da van von der")
_ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:an|ese|ish|[^r]i|ch|ic)s?")
_FREE_AFTER = re.compile(
    r"(?:$|['’]s\b|[,.;:)”\"]|\s(?:in|on|at|of|to|from|for|by|with|and|or|after|before|since|"
    r"during|as|is|are|was|were|has|had|have|will|would|said|says|told|that|until|where|who)\b)"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: `text[start:end]`.

    Attributes:
        text: the name as it is written, without title or possessive ending.
    """

    text: str
    start: int
    end: int


def names_in(text: str) -> list[Name]:
    """The names that a gap can stand for.

    Days, adjectives ('Israeli'), names that qualify the next word ('the Gaza talks'), and short
    ones after 'the' that point back ('the Council') are left out.
    """
    found = []
    for match in _RUN.finditer(text):
        start, name = _without_openers(match.start(), match[0])
        bare = re.sub(r"['’]s$", "", _TITLE.sub("", name))
        start += len(name) - len(_TITLE.sub("", name))
        words = [word.lower() for word in bare.split()]
        end = start + len(bare)
        if (
            not bare[:1].isupper()
            or len(bare) < 2
            or {"may", "march", *DAYS} & set(words)
            or set(words) <= _OPENERS
            or (start == 0 and len(words) == 1 and not bare.isupper())
            or (len(words) == 1 and (_ADJECTIVE.fullmatch(bare) or re.search(r"-[a-z]", bare)))
            or (len(words) == 1 and text[:start].lower().endswith(" the "))
            or re.fullmatch(rf"(?:North|South|East|West)\w* {_ADJECTIVE.pattern}", bare)
            or not (
                _FREE_AFTER.match(text, end)
                or any(is_verb(word) for word in text[end:].split()[:1])
            )
        ):
            continue
        found.append(Name(bare, start, end))
    return found


def _without_openers(start: int, name: str) -> tuple[int, str]:
    while " " in name and name.split()[0].lower() in _OPENERS:
        first = name.split()[0]
        rest = name[len(first) :].lstrip()
        start += len(name) - len(rest)
        name = rest
    return start, name


def forms_of(name: str) -> tuple[str, ...]:
    """The name, and a person's surname: 'Matthew Miller', 'Miller'."""
    words = name.split()
    last = words[-1].removeprefix("Al-").removeprefix("al-")
    low = {word.lower() for word in words}
    if (
        len(words) not in (2, 3, 4, 5)
        or low & (_OF_BODIES | {"of", "for", "and", "the"})
        or any("'" in word or "’" in word for word in words)
        or name.isupper()
        or len(last) < 3
    ):
        return (name,)
    return tuple(dict.fromkeys((name, words[-1], last)))


def without_title(name: str) -> str:
    """'President Joe Biden' → 'Joe Biden'."""
    return _TITLE.sub("", name)


_SPEAKER_WORD = re.compile(r"[\w’'.&-]+$")
_NAMED_BODY = re.compile(
    r"(?:the )?[A-Z]\w+(?:['’]s)?(?: [a-z]+)? (?:ministry|office|government|police|army|military|"
    r"court|council|department|parliament|embassy|party|cabinet|presidency)"
)
_PLACE = re.compile(r" (?:of|in|at|for|from|with|on) ")


def speaker_in(phrase: str) -> tuple[str, ...]:
    """Accepted forms of the speaker that a noun phrase names; () where it names none.

    'US State Department spokesman Matthew Miller' is Matthew Miller, 'Philip Menco of the Bank'
    is Philip Menco, and 'Netanyahu's office' is the whole of it. 'A spokesman for the bank' and
    'analysts' name nobody.
    """
    bare = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", phrase.strip())
    bare = re.sub(r"\s+(?:also|later|then|further|himself|herself|itself)$", "", bare)
    words = bare.split()
    if not words or len(words) > 10 or not all(_SPEAKER_WORD.fullmatch(word) for word in words):
        return ()
    if any(character.isdigit() for character in bare) or words[0].lower() in _OPENERS:
        return ()
    if any(word[0].islower() and is_verb(word) for word in words):
        return ()
    if _NAMED_BODY.fullmatch(bare):
        return (bare,)
    name = _without_place(without_title(bare))
    plain = [at for at, word in enumerate(name.split()) if word[0].islower()
             and word not in _LINKS | {"the"} and not word.startswith(("al-", "el-"))]  # fmt: skip
    name = without_title(" ".join(name.split()[plain[-1] + 1 :] if plain else name.split()))
    first = name.split()[0] if name else ""
    if {word.lower() for word in name.split()} <= _OFFICES:
        return ()  # 'the Chief Inspector'
    if not first[:1].isupper() or first.lower().strip(".") in _OPENERS | _SUFFIXES:
        return ()
    return forms_of(name)


_OFFICES = word_set(
    "deputy assistant secretary chief inspector minister president director chairman general "
    "commissioner attorney governor mayor judge ambassador under foreign prime state executive"
)
_SUFFIXES = word_set("co inc corp ltd plc llc jr")


def _without_place(name: str) -> str:
    """'Philip Menco of the Bank' → 'Philip Menco'; 'Bank of England' stays; others give ''."""
    place = _PLACE.search(name)
    if place is None:
        return name
    before = name[: place.start()]
    last = before.split()[-1]
    if last[0].isupper() and last.lower() not in _OF_BODIES:
        return before
    whole = all(word[0].isupper() or word in ("of", "the", "and", "for") for word in name.split())
    return name if whole and last[0].isupper() else ""
