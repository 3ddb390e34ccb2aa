"""Page furniture: the lines that a site puts around an article's words.

The lines themselves are in `corpus.furniture_lines`. A correction or an editor's note is
reporting. What is in doubt stays: a stray line costs little, a lost one is a lie.
"""

from __future__ import annotations

import re

from corpus.furniture_lines import LINES, PHRASES
from corpus.sentences import sentence_spans

# A headline of more words than this is a paragraph that lacks its full stop.
HEADLINE_WORDS = 25

_RELATED = re.compile(
    r"(?:related|you (?:may|might) also like|read next|more (?:from|on|like this|stories)\b.{0,40}"
    r"|most (?:read|popular|viewed)|recommended(?: for you)?|trending(?: now)?|don[’']t miss"
    r"|editor[’']?s[’']? picks?|also on .{1,30}|keep reading|latest (?:news|stories|posts)"
    r"|sur le même sujet|articles liés|noticias relacionadas|más noticias|mehr zum thema"
    r"|das könnte sie auch interessieren|مواضيع ذات صلة|أخبار ذات صلة|(?:ا|إ)قرأ أيض(?:اً|ًا|ا))"
    r"(?: (?:posts?|articles?|stories|story|news|topics|content|reading|coverage|links"
    r"|videos?))?:?",
    re.IGNORECASE,
)
# 'This article was originally published by The Conversation.', 'The post … appeared first on …'
_ORIGINAL = re.compile(
    r"[(\[]?(?:(?i:this (?:article|story|piece|post)(?: (?:was|is|has been))?"
    r" ?(?:first |originally )?(?:published|appeared|republished))"
    r"|(?i:the post .{1,200} (?:appeared first|first appeared))"
    r"|(?i:first published|originally published|republished)) (?:by|on|in|at|from) "
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"(?P<outlet>(?:[Tt]he )?[A-Z][\w’'-]*(?:(?: (?:of|the|de|and|&))? [A-Z][\w’'-]*){0,5}"
    r"(?:\.(?:com|org|net))?)(?:,? (?:on|under|with|and|in) .{1,120})?[.)\]]*"
)
_BULLET = re.compile(r"[-*•·▪◦] ")

_AGENCY = r"AFP|AP|EPA|Reuters|Anadolu(?: Agency| Images)?|Getty(?: Images)?|Xinhua|WAFA|UPI|PA|DPA"
_CREDIT = re.compile(
    rf"\[(?=[^\[\]]*(?:/|\bvia\b|\b(?:{_AGENCY})\b|[Pp]hoto|[Ii]mage|[Hh]andout|[Ss]creen))"
    r"[^\[\]]{2,120}\]\s*$"
    r"|\((?=[^()]*(?:Getty Images|AP Photo|[Pp]hoto by|[Ff]ile [Pp]hoto|[Pp]hoto:|[Ii]mage:"
    r"|Shutterstock|iStock|/(?:AFP|Reuters|AP|EPA)\b))[^()]{2,120}\)\s*$"
)
# A full stop that the splitter may take for an abbreviation's, as in 'before May. Ferries wait'.
# Short words before it may be titles: 'Gen.', 'Sen.'.
_PLAIN_STOP = re.compile(r"(?:[a-z]{4}|\bMay|\bJune|\bJuly)[.!?][\"”’]*\s+(?=[A-Z“\"])")
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
    """Whether the whole block, or the item of a list that it is, is page furniture."""
    line = _BULLET.sub("", block, count=1)
    if line.strip(" :|").casefold() in PHRASES:
        return True
    return first_outlet(line) is not None or any(rule.fullmatch(line) for rule in LINES.values())


def first_outlet(block: str) -> str | None:
    """The outlet that a line names as the one which had the article first; None for others."""
    found = _ORIGINAL.fullmatch(block)
    return found["outlet"].strip() if found else None


def related_places(blocks: list[str]) -> set[int]:
    """The places of 'Related posts' and of the headlines under it.

    The list ends where a sentence does: a list of links in the middle of an article takes
    nothing of what follows.
    """
    places: set[int] = set()
    in_list = False
    for place, block in enumerate(blocks):
        heads_a_list = _RELATED.fullmatch(block) is not None
        in_list = heads_a_list or (in_list and is_headline(block))
        if in_list:
            places.add(place)
    return places


def caption_start(block: str) -> int | None:
    """Where the photo caption begins that the block ends with; 0 where it is a caption.

    A caption is the one sentence that carries the credit, so reporting before it stays.
    """
    credit = _CREDIT.search(block)
    if not credit:
        return None
    start = [start for start, _ in sentence_spans(block) if start <= credit.start()][-1]
    stops = [found.end() for found in _PLAIN_STOP.finditer(block, start, credit.start())]
    return stops[-1] if stops else start
