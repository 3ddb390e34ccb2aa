"""Whether a sentence speaks, at one of its days, of what is to come or of what has been."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

# Words between which and the day a sentence speaks of what is to come, and of what has been.
_AHEAD = re.compile(
    r"\b(?:will|shall|won[’']t|’ll|'ll|(?:would|must|should|could|may|might)(?! have)|(?:is|are)"
    r"(?=(?: on)?\s*$)|(?:is|are|be|been) (?:now |still |also )?"
    r"(?:to|due|set|scheduled|expected|slated|planned|likely|forecast|on)|going to"
    r"|plans? to|hopes? to|aims? to|intends? to|scheduled for|planned for|upcoming"
    r"|(?:the|its|his|her|their) next \w+|(?:meets?|opens?|begins?|starts?|resumes?|ends?|expires?"
    r"|votes?|arrives?|leaves?|returns?|reopens?|closes?|falls?|takes?|comes?|goes|sits?|holds?"
    r"|hears?|plays?|visits?|flies)(?: \w+){0,3} on(?=\s*$))\b",
    re.IGNORECASE,
)
_AHEAD_WEAKLY = re.compile(r"\b(?:until|till|by|ahead of|before|through|from)\s*$", re.IGNORECASE)
_BEEN = re.compile(
    r"\b(?<!\bbe )(?:(?!(?:need|indeed|embed|speed|feed|breed|deed|seed|red|bed|hundred|united"
    r"|unprecedented|scheduled|expected|planned|slated|limited|armed|alleged|proposed)\b)\w+ed"
    r"|said|told|was|were|had|did|met|began|went|came|took|made|held|left|fell|rose|hit|won"
    r"|lost|gave|got|saw|found|sent|struck|broke|shot|flew|spoke|wrote|led|became|fled|ran|would"
    r" have|has|have|since|brought|bought|paid|stood|kept|sank|tore|drew|thought|felt|sought)\b",
    re.IGNORECASE,
)
# 'the October 7 attack': a name, and not what the sentence is about.
_NAMED = re.compile(r"\b(?:the|its|his|her|their|this|that|post)[ -]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a phrase stands: the words of its sentence around it, and the day it is seen from."""

    before: str
    after: str
    today: date

    def is_ahead(self) -> bool:
        """Whether the sentence speaks of what is to come at this phrase.

        The last word that tells, before the phrase; where there is none, the first after it.
        """
        ahead = [found.start() for found in _AHEAD.finditer(self.before)]
        been = [found.start() for found in _BEEN.finditer(self.before)]
        if ahead or been:
            return max(ahead, default=-1) > max(been, default=-1)
        if _NAMED.search(self.before):
            return False
        first_ahead, first_been = _AHEAD.search(self.after), _BEEN.search(self.after)
        if first_ahead or first_been:
            return first_ahead is not None and (
                first_been is None or first_ahead.start() < first_been.start()
            )
        return _AHEAD_WEAKLY.search(self.before) is not None
