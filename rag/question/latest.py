"""Whether a question asks for the newest state in so many words: 'latest', 'so far', 'now'."""

from __future__ import annotations

import re

_LATEST = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|current(?:ly)?|so far|to date|up to (?:now|date"
    r"|this point)"
    r"|until now|till now|by now|as things stand|as matters stand|these days|right now|just now"
    r"|at (?:the moment|present|this (?:point|time|moment))|for now|presently|nowadays"
    r"|last (?:known|reported|count|update|heard|word)|up-to-date|in the end|end(?:ed)? up"
    r"|(?:is|are|has|have|does|do|remains?) (?:[\w’'-]+ ){0,6}?(?:now|still)|(?:now|still) (?:is"
    r"|are|has|have|says?|cannot|can['’]?t|hold|holds|remain|remains|stands?)|and now(?=\W*$)"
    r"|what(?:['’]s| is) new|any (?:news|updates?))\b",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\btoday\b", re.IGNORECASE)
_STATE = re.compile(r"\b(?:is|are|do|does|stands?|has|have|remains?)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:did|was|were|had|said|happened|announced)\b", re.IGNORECASE)
_NOT_THIS = re.compile(r"\bnow that\b|\bthe then\b", re.IGNORECASE)


def asks_latest(question: str) -> bool:
    """Whether the newest state is asked for. 'Today' counts where a state is asked for."""
    bare = _NOT_THIS.sub(" ", question)
    return _LATEST.search(bare) is not None or means_now(bare)


def means_now(question: str) -> bool:
    """Whether 'today' in the question means 'now': 'Where does the rate stand today?'."""
    return bool(_TODAY.search(question) and _STATE.search(question) and not _PAST.search(question))


def without_latest(text: str) -> str:
    """The text less the words that ask for the newest state and carry no other sense."""
    return re.sub(
        r"\b(?:latest|newest|most recent(?:ly)?|current(?:ly)?|so far|to date|up to now"
        r"|until now|by"
        r" now|as things stand|right now|at (?:the moment|present|this (?:point|time))|presently"
        r"|now|still|today)\b",
        " ",
        text,
        flags=re.IGNORECASE,
    )
