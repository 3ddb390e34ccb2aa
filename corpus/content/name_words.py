"""Words as names are made of them: capitals, acronyms, possessive endings, honorifics."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.content.speech_words import PRONOUNS

WORD = re.compile(r"[^\W_][\w’'.&-]*[\w]|[^\W_]\.?")
_JOINED_CAPITAL = re.compile(r"(?:al|el|ad|as|an|ar|at|ash|d|l)[-’'][A-Z]")
HONORIFICS = frozenset(("mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "sheikh"))


def is_capital(word: str) -> bool:
    """Whether a word is written as a name: 'Ansari', 'al-Ansari', 'UN'."""
    return word[:1].isupper() or bool(_JOINED_CAPITAL.match(word))


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """A word in lower case without its possessive ending."""
    low = word.lower().replace("’", "'").rstrip(".")
    return low[:-2] if low.endswith("'s") else low.rstrip("'")


@lru_cache(maxsize=8192)
def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a name that tell it from others: 'Majed al-Ansari' → ('majed', 'ansari')."""
    words = re.split(r"[\s-]+", name.replace("’", "'"))
    parts = tuple(bare(word) for word in words if bare(word) not in ("al", "el", "the"))
    return tuple(part for part in parts if part and part not in HONORIFICS) or parts


def is_acronym(word: str) -> bool:
    """Whether a word is all capitals: 'US' is no 'us'."""
    return len(word) > 1 and word.isupper()


def is_pronoun(words: str) -> bool:
    """Whether the words are 'he', 'she', 'they' or 'it'."""
    return bare(words.strip()) in PRONOUNS


def without_determiner(words: str) -> str:
    """'the coastguard' → 'coastguard'; 'a spokesman' keeps its article, which says: some one."""
    return re.sub(r"^(?:the|its|his|her|their) ", "", words, flags=re.IGNORECASE)


def without_ending(name: str) -> str:
    """'the bank's' → 'the bank': a name without its possessive ending or full stop."""
    return re.sub(r"[’']s?$", "", name.rstrip("."))
