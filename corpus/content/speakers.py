"""Who is named in the words for a speaker: the person, or whose count it is."""

from __future__ import annotations

import re

from corpus.content.cast import is_body
from corpus.content.name_words import HONORIFICS, WORD, bare, is_capital, without_ending
from corpus.content.speech_words import PAPERS, PARTICLES, ROLES, SUMS

_OF_OTHERS = re.compile(r"^(?:from|by|issued by|published by|released by) (?P<who>.+)$")
# 'an AFP tally', but not 'Israeli figures', which may be anybody's in Israel.
_OWNER = re.compile(
    r"(?:an? |the )?(?P<who>(?:[A-Z][\w.&-]*(?<!li)(?<!an)(?<!sh)(?<!se)(?<!er) )+)(?:tally"
    r"|count|estimates?|figures|data)\b"
)
_REPORT_OF = re.compile(
    r"(?:an?|the|its) (?:\w+ ){0,2}?(?:(?:report|survey|study|bulletin|statement|summary)"
    r" (?:(?:issued|published) )?(?:of|by|from)|(?:tally|count) (?:(?:kept|made|compiled) )?by)"
    r" (?P<who>(?:the )?[\w’' -]+)$"
)


def person_in(words: str) -> str | None:
    """The name in words such as 'foreign ministry spokesperson Majed al-Ansari', or None."""
    found = list(WORD.finditer(words))
    role_at = max((at for at, word in enumerate(found) if bare(word[0]) in ROLES), default=-1)
    rest = found[role_at + 1 :]
    if role_at < 0 or not rest or not is_capital(rest[0][0]):
        return None
    run: list[re.Match[str]] = []
    for word in rest:
        if not (is_capital(word[0]) or (run and bare(word[0]) in PARTICLES)):
            break
        run.append(word)
    if is_body([bare(word[0]) for word in run]):
        return None
    if len(run) == 1 and bare(found[role_at][0]) in HONORIFICS:
        run.insert(0, found[role_at])
    return without_ending(words[run[0].start() : run[-1].end()])


def counted_by(words: str) -> str | None:
    """'Further estimates from the UN OCHA' → 'the UN OCHA'; None where nobody else is named."""
    found = list(WORD.finditer(words))
    if owner := _OWNER.match(words):
        return owner["who"].strip()
    if reported := _REPORT_OF.match(words):
        return reported["who"]
    for at, word in enumerate(found[:-1]):
        if bare(word[0]) in SUMS | PAPERS:
            rest = _OF_OTHERS.match(words[found[at + 1].start() :])
            if rest and is_capital(WORD.findall(re.sub(r"^(?:the|its) ", "", rest["who"]))[0]):
                return rest["who"]
    return None
