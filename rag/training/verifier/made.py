"""Pairs made by rule: a sentence of a text, reworded, beside the same with one thing wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.sentences import sentence_spans
from rag.training.questions import Reading
from rag.training.verifier.edits import Edited, edit
from rag.training.verifier.evidence import Nearest
from rag.training.verifier.example import Example, Text
from rag.training.verifier.pool import Pool, pool_of
from rag.training.verifier.rewording import reword


@dataclass(frozen=True, slots=True)
class MadeOptions:
    """How pairs are made.

    Attributes:
        kinds: of what is wrong; see `rag.training.verifier.edits`.
        each: pairs of one sentence at most, each of another kind.
        shown: sentences of evidence, at least and at most.
        absent: share of true sentences that are held against evidence without their own sentence
            as well, which then does not carry them.
    """

    kinds: tuple[str, ...]
    each: int = 1
    shown: tuple[int, int] = (1, 4)
    absent: float = 0.1


_FEWEST_WORDS, _MOST_WORDS = 8, 45


def text_of(name: str, domain: str, written: str) -> Text:
    """A text with its sentences."""
    spans = sentence_spans(written)
    return Text(name, domain, tuple(written[start:end] for start, end in spans))


def made_pairs(text: Text, options: MadeOptions, rng: random.Random) -> Iterator[Example]:
    """Pairs of every sentence of a text that is neither short nor long.

    The sentence itself stands in the evidence, so that the true one is carried; the false one is
    not, for what was put in stands there in another place or not at all.
    """
    pool = pool_of(text.sentences)
    nearest = Nearest(text.sentences)
    for place, sentence in enumerate(text.sentences):
        if not _FEWEST_WORDS <= len(sentence.split()) <= _MOST_WORDS or "\n" in sentence:
            continue
        for number, kind in enumerate(_kinds(sentence, pool, options, rng)):
            said = reword(sentence, rng)
            false = edit(kind, said, pool, rng)
            if false is None or false.text in sentence:
                continue
            evidence = _evidence(nearest, place, false.text, options, rng)
            pair = f"{text.domain}/{text.name}/{place}/{number}"
            yield from _pair(said, false, evidence, kind, text, pair)
            if rng.random() < options.absent:
                others = nearest.to(said, rng.randint(*options.shown), frozenset((place,)))
                yield Example(
                    said,
                    nearest.texts(others),
                    False,
                    None,
                    "absent",
                    text.domain,
                    text.name,
                    pair,
                )


def question_pairs(reading: Reading, rng: random.Random) -> Iterator[Example]:
    """Pairs out of questions with their answers: 'Who built it?' told as 'Ann Lee built it.'

    The words are those of a person who asked, so that they differ from the text's as a model's do.
    The false sentence names another answer that was given to a question of its kind.
    """
    nearest = Nearest([one.text for one in reading.sentences])
    answers: dict[str, dict[str, None]] = {}
    told = []
    for asked in reading.asked:
        said = reading.sentences[asked.sentence].text[asked.start : asked.end].rstrip(" .,;")
        opening = _opening(asked.text)
        if opening:
            answers.setdefault(opening[0], {})[said] = None
            told.append((asked, said, opening))
    for asked, said, (word, rest) in told:
        own = reading.sentences[asked.sentence].text
        others = [
            one
            for one in answers[word]
            if one not in own and one[:1].isupper() == said[:1].isupper()
        ]
        if not others or len(said.split()) > 8:
            continue
        other = rng.choice(others)
        true, false = f"{_capital(said)} {rest}.", f"{_capital(other)} {rest}."
        shown = _with(nearest.to(false, rng.randint(1, 3)), asked.sentence)
        pair = f"questions/{asked.id}"
        text = Text(reading.title, "squadshifts", ())
        made = Edited(false, ((0, len(other)),))
        yield from _pair(true, made, nearest.texts(shown), "answer", text, pair)


def _opening(question: str) -> tuple[str, str] | None:
    """Its asking word and what follows, where that asks for the subject."""
    words = question.rstrip("? ").split()
    if len(words) < 4 or words[0].lower() not in ("who", "what"):
        return None
    verb = words[1].lower()
    # After 'did', 'is' and the like the subject comes first and would have to be moved.
    if verb in _AUXILIARY or not (verb.endswith(("ed", "s")) or verb in _PASTS):
        return None
    return words[0].lower(), " ".join(words[1:])


_AUXILIARY = frozenset({
    "did", "do", "does", "is", "are", "was", "were", "has", "have", "had", "can", "could", "will",
    "would",
})  # fmt: skip
_PASTS = frozenset({
    "led", "made", "won", "wrote", "built", "became", "began", "came", "found", "gave", "held",
    "kept", "left", "lost", "met", "ran", "said", "saw", "sold", "sent", "spoke", "stood", "took",
    "taught", "told", "thought", "drew", "grew", "fell", "brought", "bought", "fought",
})  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _kinds(sentence: str, pool: Pool, options: MadeOptions, rng: random.Random) -> list[str]:
    """The kinds that the sentence has something of, drawn anew."""
    fitting = [kind for kind in options.kinds if edit(kind, sentence, pool, rng) is not None]
    rng.shuffle(fitting)
    return fitting[: options.each]


def _evidence(
    nearest: Nearest, place: int, statement: str, options: MadeOptions, rng: random.Random
) -> tuple[str, ...]:
    count = rng.randint(*options.shown)
    others = nearest.to(statement, count - 1, frozenset((place,))) if count > 1 else []
    return nearest.texts(_with(others, place))


def _with(places: Sequence[int], place: int) -> list[int]:
    return sorted({*places, place})


def _pair(
    said: str, false: Edited, evidence: tuple[str, ...], kind: str, text: Text, pair: str
) -> Iterator[Example]:
    yield Example(said, evidence, True, (), kind, text.domain, text.name, pair)
    yield Example(false.text, evidence, False, false.wrong, kind, text.domain, text.name, pair)
