"""`rgb:FILE`: noise, refusal, integration and counterfactual passages, in the form of RGB.

Chen et al. 2023 (arXiv:2309.01431, github.com/chen700564/RGB): files of JSON lines, en.json and
en_refine.json for noise and refusal, en_int.json for answers of several parts, en_fact.json with
passages whose answer was exchanged. Its Chinese files have the same form, but Dateline's metrics
compare words, which Chinese does not part by spaces.

How it is read: each question is a world of its own, of all the passages that the file has for it;
RGB itself draws five of them at a given share of noise, so its figures are not comparable.
- en, en_refine: two samples a question: one over its positive and negative passages, to be
  answered, and one, '…-negatives', over the negative ones alone, to be refused.
- en_int: kind 'across'; every element of `answer` is a part, a nested list being its forms.
- en_fact: kind 'disagreement'; the positive passages and their forged copies `positive_wrong`
  stand side by side, and `fakeanswer` is planted. RGB hands over the forged ones alone and asks
  whether the model knows better; Dateline says only what its articles say, so it is asked to
  show what the true ones say too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.article import Article
from evals.sample import Kind, Sample, Target
from evals.sets.files import Form, Row
from evals.sets.shelf import Shelf, accepted, distinct, names, sentence_with
from evals.suite import Suite

_FORM = Form("RGB", "a file of JSON lines with query, answer, positive, negative, plain or .gz")

_Nested = list[str | list[str]]


class _Line(Row):
    id: str
    query: str
    answer: str | _Nested
    positive: _Nested
    negative: list[str]
    positive_wrong: tuple[str, ...] = ()
    fakeanswer: str | _Nested = ""

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The parts of the answer, each as its accepted forms."""
        parts = [self.answer] if isinstance(self.answer, str) else self.answer
        forms = (accepted([part] if isinstance(part, str) else part) for part in parts)
        return tuple(form for form in forms if form)

    @property
    def kind(self) -> Kind:
        """What the file tests with this question."""
        if self.positive_wrong:
            return "disagreement"
        return "across" if len(self.parts) > 1 else "fact"


def open_rgb(path: Path) -> Suite:
    """The questions of a file, each over its own passages.

    Raises:
        EvalError: a line is not of that form, or has no answer.
    """
    samples: list[Sample] = []
    worlds: dict[str, tuple[Article, ...]] = {}
    for number, line in _FORM.lines(path, _Line):
        if not line.parts:
            raise _FORM.error("answer: there is none", f"{path}, line {number}")
        world = str(number)
        shelf = Shelf(f"{path.name}#{world}")
        gold = shelf.put_all(_flat(line.positive))
        shelf.put_all([*line.positive_wrong, *line.negative])
        samples.append(Sample(line.id, line.query, line.kind, _target(line, gold), world=world))
        worlds[world] = shelf.articles
        if line.kind == "fact" and any(text.strip() for text in line.negative):
            samples.append(_refusal(line, f"{world}-negatives"))
            worlds[f"{world}-negatives"] = _negatives(line, path, world)
    return Suite(_FORM.set_name(path), tuple(samples), worlds)


def _target(line: _Line, gold: Sequence[Article]) -> Target:
    parts = line.parts
    fake = line.fakeanswer
    return Target(
        answers=parts[0],
        also=parts[1:],
        articles=names(gold),
        quotes=_quotes(parts, gold),
        planted=accepted(_flat([fake] if isinstance(fake, str) else fake)),
    )


def _quotes(parts: Sequence[Sequence[str]], gold: Sequence[Article]) -> tuple[str, ...]:
    """For one part every sentence that holds it; for several, where each is needed, one each."""
    found = [distinct(sentence_with(one.text, part) for one in gold) for part in parts]
    return found[0] if len(parts) == 1 else distinct(one[0] for one in found if one)


def _refusal(line: _Line, world: str) -> Sample:
    target = Target(refuse=True)
    return Sample(f"{line.id}-negatives", line.query, "unanswerable", target, world=world)


def _negatives(line: _Line, path: Path, world: str) -> tuple[Article, ...]:
    return Shelf(f"{path.name}#{world}-negatives").put_all(line.negative)


def _flat(texts: _Nested) -> Iterator[str]:
    for text in texts:
        yield from [text] if isinstance(text, str) else text
