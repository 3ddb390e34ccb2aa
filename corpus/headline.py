"""The title of an article that came without one, from the head of its own text."""

from __future__ import annotations

import re

from corpus.furniture import is_headline, is_statement

# A title is shown in one line of a list; newspapers keep a headline under this.
TITLE_CHARACTERS = 90

_BYLINE = re.compile(r"by [A-Z][^.]{2,80}", re.IGNORECASE)
# Words that newspapers, agencies and stations have in their names.
_OUTLET_WORD = re.compile(
    r"\b(?:News|Times|Post|Monitor|Press|Agency|Tribune|Herald|Journal|Guardian|Observer|Today"
    r"|Radio|TV|Television|Broadcasting|Review|Gazette|Chronicle|Telegraph|Express|Mirror"
    r"|Bulletin|Wire|Reuters|AFP|BBC|CNN|Jazeera|Daily|Weekly|Standard|briefs?)\b"
)
_NOT_WORD = re.compile(r"\W+")
# A headline has at least this many words; fewer is a section name ('World', 'Middle East').
_HEADLINE_FROM = 4
_OUTLET_WORDS = 6


def same_words(one: str, other: str) -> bool:
    """Whether two lines say the same, letter case and punctuation aside."""
    return (
        _NOT_WORD.sub(" ", one).strip().casefold() == _NOT_WORD.sub(" ", other).strip().casefold()
    )


def shorten(text: str, characters: int = TITLE_CHARACTERS) -> str:
    """The text, or its beginning cut at a word and closed with '…'."""
    if len(text) <= characters:
        return text
    cut = text[:characters]
    at = cut.rfind(" ")
    return (cut[:at] if at > characters // 2 else cut).rstrip(" ,;:–—-") + "…"


def take_headline(blocks: tuple[str, ...]) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The headline and the outlet that stand above the first sentence, and the other blocks.

    Only a line of its own is taken; a first paragraph that is a sentence stays where it is.
    """
    lead = 0
    while lead < len(blocks) and (is_headline(blocks[lead]) or _BYLINE.fullmatch(blocks[lead])):
        lead += 1
    if lead == len(blocks):
        return (
            None,
            None,
            blocks,
        )  # nothing but short lines: a list, and no article under a headline
    lines = [at for at in range(lead) if not _BYLINE.fullmatch(blocks[at])]
    long_enough = [at for at in lines if len(blocks[at].split()) >= _HEADLINE_FROM]
    headline = next(iter(long_enough or lines), None)
    outlet = next(
        (
            at
            for at in lines
            if at != headline
            and len(blocks[at].split()) <= _OUTLET_WORDS
            and _OUTLET_WORD.search(blocks[at])
        ),
        None,
    )
    rest = tuple(block for at, block in enumerate(blocks) if at not in (headline, outlet))
    return (
        blocks[headline] if headline is not None else None,
        blocks[outlet] if outlet is not None else None,
        rest,
    )


def first_words(blocks: tuple[str, ...]) -> str:
    """A title for a text without a headline: the beginning of its first sentence."""
    return shorten(next((block for block in blocks if is_statement(block)), blocks[0]))
