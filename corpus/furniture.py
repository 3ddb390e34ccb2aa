"""Page furniture: the lines that a site puts around an article's words.

One literal table of rules. A rule takes a line only as a whole and only where reporting would
not read like it; a line that ends in a full stop is a sentence and stays, unless the rule
names its very words. What is in doubt stays: a stray line costs little, a lost one is a lie.
"""

from __future__ import annotations

import re

from corpus.sentences import sentence_spans

# A headline of more words than this is a paragraph that lacks its full stop.
HEADLINE_WORDS = 25

_UNIT = r"(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?"

# name -> the whole line
LINES: dict[str, re.Pattern[str]] = {
    "site icon": re.compile(r"site icon\b.{0,80}", re.IGNORECASE),
    "mobile version": re.compile(
        r"(?:exit|view|switch to) (?:the )?mobile (?:version|site)", re.IGNORECASE
    ),
    "age": re.compile(
        rf"(?:(?:published|posted|(?:last )?updated):? )?(?:about )?(?:\d+|an?|one) {_UNIT} ago",
        re.IGNORECASE,
    ),
    "player": re.compile(
        r"(?:media|video|audio) playback is (?:not supported|unsupported) on (?:this|your) device"
        r"|your browser does not support .{1,60}|this video (?:can not|cannot|can’t) be played",
        re.IGNORECASE,
    ),
    "agency slug": re.compile(r"(?=(?:[^A-Z]*[A-Z]{2,}){2})[A-Z0-9]+(?:[-/][A-Z0-9]+){2,}"),
    "promotion": re.compile(
        r"(?:(?:WATCH|READ|LISTEN|VIDEO|PODCAST|GALLERY|IN PICTURES|OPINION)"
        r"|(?i:read more|read also|also read|see also|read next|watch also|related))"
        r" ?[:|–—] ?.*[^.\s]"
    ),
    "copyright": re.compile(
        r"(?:©|\(c\) \d{4}|copyright (?:©|\(c\)|\d{4})).{0,120}|all rights reserved", re.IGNORECASE
    ),
    "photo credit": re.compile(
        r"[\[(]?(?:(?:file )?photo|photograph|image|picture|illustration|video)s?"
        r"(?: credit| courtesy| by)?(?: of)? ?[:/] ?.{0,100}[^.]",
        re.IGNORECASE,
    ),
    "sharing": re.compile(
        r"(?:share|follow us|join us|find us|tweet|email|print|save)"
        r"(?: (?:this|the|on|via|with|it|by|article|story|page|post|link"
        r"|facebook|twitter|x|linkedin|whatsapp|telegram|instagram|youtube|email|friends))*:?",
        re.IGNORECASE,
    ),
}  # fmt: skip

_PHRASES = frozenset(
    (
        "advertisement", "advertising", "advertisements", "sponsored", "sponsored content", "ad",
        "story continues below", "story continues below advertisement", "article continues below",
        "continue reading", "read more", "read the full story", "click here", "learn more",
        "skip to content", "skip to main content", "back to top", "go back", "home", "menu",
        "search", "close", "loading", "comments", "leave a comment", "leave a reply", "add comment",
        "no comments", "post a comment", "subscribe", "subscribe now", "sign up", "sign in",
        "log in", "sign up for our newsletter", "subscribe to our newsletter", "listen",
        "listen to this article", "listen to story", "play", "pause", "copy link", "link copied",
        "accept cookies", "accept all", "cookie policy", "privacy policy", "terms of service",
        "previous", "next", "previous post", "next post", "view comments", "show more", "see more",
    )
)  # fmt: skip

_RELATED = re.compile(
    r"(?:related|you (?:may|might) also like|read next|more (?:from|on|like this|stories)\b.{0,40}"
    r"|most (?:read|popular|viewed)|recommended(?: for you)?|trending(?: now)?|don[’']t miss"
    r"|editor[’']?s[’']? picks?|also on .{1,30}|keep reading|latest (?:news|stories|posts))"
    r"(?: (?:posts?|articles?|stories|story|news|topics|content|reading|coverage|links"
    r"|videos?))?:?",
    re.IGNORECASE,
)

_AGENCY = r"AFP|AP|EPA|Reuters|Anadolu(?: Agency| Images)?|Getty(?: Images)?|Xinhua|WAFA|UPI|PA|DPA"
_CREDIT = re.compile(
    rf"\[(?=[^\[\]]*(?:/|\bvia\b|\b(?:{_AGENCY})\b|[Pp]hoto|[Ii]mage|[Hh]andout|[Ss]creen))"
    r"[^\[\]]{2,120}\]\s*$"
    r"|\((?=[^()]*(?:Getty Images|AP Photo|[Pp]hoto by|[Ff]ile [Pp]hoto|[Pp]hoto:|[Ii]mage:"
    r"|Shutterstock|iStock|/(?:AFP|Reuters|AP|EPA)\b))[^()]{2,120}\)\s*$"
)
_CLOSERS = "\"'”’»)]"


def is_statement(block: str) -> bool:
    """Whether the block ends as a sentence does: with a full stop, perhaps inside quotes."""
    return block.rstrip(_CLOSERS + " ").endswith((".", "…", "।", "۔", "。"))


def is_headline(block: str) -> bool:
    """Whether the block could be a headline: short, and not ended as a sentence."""
    ending = block.rstrip(_CLOSERS + " ")[-1:]
    return (
        len(block.split()) <= HEADLINE_WORDS
        and not is_statement(block)
        and ending not in {",", ";", ":"}
        and any(character.isalpha() for character in block)
    )


def is_furniture(block: str) -> bool:
    """Whether the whole block is page furniture."""
    if block.strip(" :|").casefold() in _PHRASES:
        return True
    return any(rule.fullmatch(block) for rule in LINES.values())


def without_related(blocks: list[str]) -> list[str]:
    """The blocks without 'Related posts' and the headlines under it.

    The list ends where a sentence does: a list of links in the middle of an article takes
    nothing of what follows.
    """
    kept: list[str] = []
    in_list = False
    for block in blocks:
        if _RELATED.fullmatch(block):
            in_list = True
            continue
        in_list = in_list and is_headline(block)
        if not in_list:
            kept.append(block)
    return kept


def without_caption(block: str) -> str:
    """The block without the photo caption that it ends with; '' where it is a caption.

    A caption is the one sentence that carries the credit, so reporting before it stays.
    """
    credit = _CREDIT.search(block)
    if not credit:
        return block
    starts = [start for start, _ in sentence_spans(block) if start <= credit.start()]
    return block[: starts[-1]].rstrip()
