"""The phrases of a question that name a thing with an article: 'the harbour plan'."""

from __future__ import annotations

from collections.abc import Sequence

from rag.question.naming import names_in
from rag.question.predicate import predicate_at
from rag.question.verbs import NOUNS_TOO, VERBS, is_past
from rag.question.words import AUXILIARIES, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, Word, words_of


def definite_phrases(question: str) -> tuple[str, ...]:
    """'the harbour plan', 'a new proposal': phrases with an article, in order, as 'the …'.

    A name that places it belongs to it: 'the policy rate in Corvane'.
    """
    words = words_of(question)
    found = []
    for at, word in enumerate(words):
        if word.low not in ("the", "a", "an"):
            continue
        end = _phrase_end(words, at)
        if end > at + 1:
            end = _with_place(words, end)
            found.append(f"the {question[words[at + 1].start : words[end - 1].end]}")
    return tuple(found)


def _phrase_end(words: Sequence[Word], at: int) -> int:
    small = PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | DETERMINERS
    limit = min(len(words), at + 6)
    if at and words[at - 1].low in AUXILIARIES:
        subject = predicate_at(words[at - 1].low, words[at:])
        limit = min(limit, at + subject) if subject else limit
    end = at + 1
    while end < limit:
        low = words[end].low
        verb = end > at + 1 and (is_past(low) or (low in VERBS and low not in NOUNS_TOO))
        if low in small or words[end].text in ",;:" or verb:
            break
        end += 1
    return end


def _with_place(words: Sequence[Word], end: int) -> int:
    """Where the phrase ends when a name follows after 'of', 'in' or 'for'."""
    name = end + 1
    if name < len(words) and words[name].low == "the":
        name += 1
    if name >= len(words) or words[end].low not in ("of", "in", "at", "for", "on"):
        return end
    after = name
    while after < len(words) and words[after].capitalised and names_in(f"of {words[after].text}"):
        after += 1
    return after if after > name else end
