"""Lines that an outlet repeats at the head or foot of its articles, found by how often they stand.

No table of rules knows every outlet's words. A line is taken for boilerplate only where it stands
at the edge of many of an outlet's articles *and* does not read like reporting. For a running story
repeats its background paragraphs too, and those are reporting: they carry a figure, a day, a
quotation or someone who said so, and such a line is never taken, however often it stands.

Counts are over groups of copies, not over articles: ten copies of one agency report are one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from corpus.article import Article
from corpus.furniture import is_statement

# A site's own lines stand first or last: strap, byline box, section above; newsletter, notice,
# about-us and sharing lines below. Further in, a repeated paragraph is the story's background.
HEAD_LINES, FOOT_LINES = 3, 6
# An about-us paragraph runs to some 50 words; longer paragraphs are reporting.
EDGE_WORDS = 60


@dataclass(frozen=True, slots=True)
class EdgeOptions:
    """How often a line has to stand at an outlet's edges before it counts as boilerplate.

    The shares come from 5,508 Reuters articles of 1987 (six files of Reuters-21578). At their
    edges the label that stands most often ('Year', of a table) is in 3.6 % of them and the
    sentence ('Terms were not disclosed.') in 0.25 %; within one running story ('OPEC', 60
    articles, 'Brazil', 148, and twelve more) no sentence is in more than two articles. What a
    site prints under a section is on every article of that section, and a paper has few large
    ones. So 20 % lies five times above the reporting that repeats most. A plain sentence has
    nothing but its number to show, and must stand nearly everywhere.

    Attributes:
        articles: the fewest articles (groups of copies) that carry the line.
        share_of_label: the share of the outlet's articles that must carry a line that is no
            sentence, such as a section's name.
        share_of_address: the same for a sentence that speaks to the reader or of the outlet
            itself ('our', 'you', 'newsletter'), as reporting outside quotation marks does not.
        share_of_statement: the same for any other sentence.
        articles_of_statement: the fewest articles that carry such a sentence.
    """

    articles: int = 5
    share_of_label: float = 0.2
    share_of_address: float = 0.2
    share_of_statement: float = 0.8
    articles_of_statement: int = 20

    def __post_init__(self) -> None:
        if self.articles < 2 or self.articles_of_statement < 2:
            raise ValueError("a line of one article is repeated by nobody")
        shares = (self.share_of_label, self.share_of_address, self.share_of_statement)
        if not all(0 < share <= 1 for share in shares):
            raise ValueError(f"a share is above 0 and at most 1: {shares}")


# A label of one word may head the rows of a table: 'Year', 'Total'.
_LABEL_WORDS = 2
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|twenty|thirty"
    r"|forty|fifty|hundreds?|thousands?|[mb]illions?|half|per ?cent)\b",
    re.IGNORECASE,
)
_QUOTATION = re.compile("[\"“”„«»]|(?<!\\w)['‘][^\\s]")
_SPEECH = re.compile(
    r"\b(?:said|says?|saying|told|tells|added?|adds|stated|states that|announced?|according to"
    r"|report(?:s|ed)? that|warned|claim(?:s|ed)?|denied|denies|argued?|accused|asked|confirmed"
    r"|declared|insisted|noted|spokes(?:man|woman|person)|condemned|alleged(?:ly)?"
    r"|called (?:on|for)|urged|vowed|described|explained|recalled|admitted|acknowledged)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December"
    r"|(?i:today|yesterday|tomorrow|(?:last|this|next) (?:week|month|year)))\b"
)
# Words with which a site speaks to its reader or of itself.
_ADDRESS = re.compile(
    r"\b(?:you|your|yours|we|us|our|ours|newsletters?|subscri(?:be|bers?|ptions?)|sign(?:ed)? up"
    r"|follow|click|download|app|inbox|e-?mail|website|web ?site|cookies?|copyright|rights"
    r"|reserved|reproduced|republish(?:ed)?|permission|donate|donations?|advertis(?:e|ement|ing)"
    r"|views expressed|opinions? expressed|editorial (?:policy|stance)|do not necessarily"
    r"|this (?:article|story|report|piece|post|page) (?:is|was|has been|first|originally|appears)"
    r"|newsroom|staff (?:writer|reporter)|press (?:council|regulator))\b",
    re.IGNORECASE,
)


def line_hash(line: str) -> bytes:
    """16 bytes that stand for a line, whatever its letter case and white space."""
    return hashlib.blake2b(
        " ".join(line.split()).casefold().encode("utf-8", "surrogatepass"), digest_size=16
    ).digest()


def could_be_boilerplate(line: str) -> bool:
    """Whether the line is short enough and holds nothing that marks reporting."""
    return len(line.split()) <= EDGE_WORDS and not any(
        mark.search(line) for mark in (_FIGURE, _QUOTATION, _SPEECH, _DAY)
    )


def edge_lines(article: Article) -> tuple[str, ...]:
    """The lines at the article's head and foot that might be boilerplate, each once, in order."""
    lines = article.text.split("\n\n")
    edges = lines[:HEAD_LINES] + lines[max(HEAD_LINES, len(lines) - FOOT_LINES) :]
    return tuple(dict.fromkeys(line for line in edges if could_be_boilerplate(line)))


def is_boilerplate(
    line: str, carrying: int, articles: int, options: EdgeOptions | None = None
) -> bool:
    """Whether an outlet repeats this line as a site does, not as a running story does.

    Args:
        line: the line.
        carrying: how many groups of copies of the outlet's articles have it among their edges.
        articles: how many groups of copies the outlet has.
    """
    options = options or EdgeOptions()
    if carrying < options.articles or not could_be_boilerplate(line):
        return False
    share = carrying / max(articles, carrying)
    if not is_statement(line):
        return len(line.split()) >= _LABEL_WORDS and share >= options.share_of_label
    if _ADDRESS.search(line):
        return share >= options.share_of_address
    return share >= options.share_of_statement and carrying >= options.articles_of_statement


def without_lines(article: Article, hashes: Collection[bytes]) -> Article:
    """The article without those of its edge lines whose hashes are given; they are in `dropped`.

    Its other lines stay where they are, and an article that would be left empty stays whole.
    """
    taken = {line for line in edge_lines(article) if line_hash(line) in hashes}
    lines = article.text.split("\n\n")
    edges = {*range(HEAD_LINES), *range(len(lines) - FOOT_LINES, len(lines))}
    gone = [at for at, line in enumerate(lines) if at in edges and line in taken]
    if not gone or len(gone) == len(lines):
        return article
    left = [line for at, line in enumerate(lines) if at not in set(gone)]
    return replace(
        article,
        text="\n\n".join(left),
        dropped=(*article.dropped, *(lines[at] for at in gone)),
    )
