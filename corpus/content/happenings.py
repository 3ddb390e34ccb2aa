"""What news counts: people killed, hurt, missing, held …, by whatever words it is told."""

from __future__ import annotations

import re

HAPPENINGS: dict[str, str] = {
    "killed": r"kill(?:ed|s|ing)?|dead|died?|dying|deaths?|drowned|fatal(?:ity|ities)|lives"
    "|victims?"
    r"|perished|death toll|toll|slain|martyr(?:ed|s)?|casualties|bodies|fatally",
    "injured": r"injur(?:ed|ies|y)|wounded|hurt|hospitali[sz]ed",
    "missing": r"missing|unaccounted|yet to be found|disappeared|not been found",
    "displaced": r"displaced?|uprooted|driven out|homeless|fled|refuge|refugees",
    "evacuated": r"evacuat(?:ed|ions?|e)|moved to safety|taken? out of their homes|leave home",
    "taken": r"seized|abducted|kidnapped|took hostage|taken hostage|captured|hostages? (?:was"
    "|were) taken"
    r"|took (?:captive|away)|taken captive|militants took",
    "held": r"held|remain(?:s|ed|ing)? in|captivity|captive|still in|left in",
    "freed": r"freed|released?|let go|exchanged|swapped|came free",
    "arrested": r"arrest(?:ed|s)?|detained",
    "infected": r"infect(?:ed|ions?)|cases",
    "vaccinated": r"vaccinat(?:ed|ions?)|inoculated|jabbed",
    "rescued": r"rescued|survivors?|saved|brought ashore",
}
"""What may happen to many, and the words by which it is told; matched from a word's beginning."""

_PATTERNS = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in HAPPENINGS.items()
}
_SEARCHED: dict[str, str] = {
    "killed": "killed dead deaths died toll lives victims",
    "injured": "injured wounded hurt",
    "missing": "missing unaccounted",
    "displaced": "displaced homeless fled",
    "evacuated": "evacuated",
    "taken": "seized abducted taken hostage",
    "held": "held remain captive",
    "freed": "freed released",
    "arrested": "arrested detained",
    "infected": "cases infected",
    "vaccinated": "vaccinated",
    "rescued": "rescued survivors",
}


def happening_at(text: str, start: int, end: int) -> str:
    """What happened to what stands at start to end, by the nearest word; '' for none."""
    best: tuple[float, str] | None = None
    for name, pattern in _PATTERNS.items():
        for found in pattern.finditer(text):
            if found.start() >= start:
                distance = float(max(0, found.start() - end))
            else:
                # 'killed 32,414 people': a verb before a figure goes with it nearly as well.
                distance = 1.2 * (start - found.end()) + 4
            if best is None or distance < best[0]:
                best = distance, name
    return best[1] if best else ""


def happenings_in(text: str) -> tuple[str, ...]:
    """All that is told by the words of a text, in the order of `HAPPENINGS`."""
    return tuple(name for name, pattern in _PATTERNS.items() if pattern.search(text))


def before_happening(text: str) -> str:
    """What stands before the first word that tells what happened; '' where nothing does."""
    found = [one.start() for pattern in _PATTERNS.values() for one in pattern.finditer(text)]
    return text[: min(found)] if found else ""


def without_happenings(text: str) -> str:
    """The text less the words that tell what happened."""
    for pattern in _PATTERNS.values():
        text = pattern.sub(" ", text)
    return text


def searched_as(happening: str) -> str:
    """Words by which a happening is found."""
    return _SEARCHED.get(happening, happening)
