"""The names in a question, as they are written: 'Majed al-Ansari', 'UN', 'Bank of Corvane'."""

from __future__ import annotations

import re

from corpus.content.names import names
from rag.question.words import listed

_OPENERS = listed(
    "list name compare summarise summarize give tell show explain describe outline recap sum find "
    "according please any every each both yesterday tomorrow recently currently earlier later "
    "whether was were is are did does do has have had will would can could why when what who"
)
_WEEKDAYS = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days$")


def names_in(question: str) -> tuple[str, ...]:
    """The names of a question in order, each once, without 's; days and months are no names."""
    first = re.match(r"\W*([A-Z][a-z]+)\b(?!['’])", question)
    if first and first[1].lower() in _OPENERS:
        # 'Compare Israel': the capital of the verb is the question's, not the name's.
        question = f"{question[: first.start(1)]}{first[1].lower()}{question[first.end(1) :]}"
    found = (name.text for name in names(question))
    return tuple(dict.fromkeys(name for name in found if not _WEEKDAYS.search(name)))
