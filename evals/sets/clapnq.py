"""`clapnq:FILE-OR-FOLDER`: questions that take a long answer, and questions without one.

ClapNQ: Rosenthal et al. 2024 (arXiv:2404.02103, github.com/primeqa/clapnq), files of JSON lines
under annotated_data, made from Natural Questions. A folder stands for all of its .jsonl files.

How it is read: the passages of all lines are the articles of the one world 'clapnq'. The gold
quotes are the sentences that any annotator selected. The answers that they wrote are whole
paragraphs in their own words, which no string can be held against, so the targets have none:
what can be scored is whether the passage is found and its sentences are cited, and who is refused.
A question that no annotator answered is to be refused; people judged that on the passage that
comes with it.
"""

from __future__ import annotations

from pathlib import Path

from evals.sample import Sample, Target
from evals.sets.files import Form, Row
from evals.sets.shelf import Shelf, distinct, names, verbatim
from evals.suite import Suite

WORLD = "clapnq"
_FORM = Form("ClapNQ", "a file of JSON lines with input, passages, output, or a folder of them")


class _Passage(Row):
    title: str
    text: str


class _Output(Row):
    answer: str
    selected_sentences: tuple[str, ...] = ()


class _Line(Row):
    id: str
    input: str
    passages: list[_Passage]
    output: list[_Output]


def open_clapnq(path: Path) -> Suite:
    """The questions of a file, or of all files of a folder, over all of their passages.

    Raises:
        EvalError: a line is not of that form.
    """
    shelf = Shelf("clapnq")
    samples: list[Sample] = []
    for file in _FORM.files(path, ".jsonl"):
        for _, line in _FORM.lines(file, _Line):
            put = [shelf.put(one.text, one.title) for one in line.passages]
            articles = [article for article in put if article]
            if not any(one.answer.strip() for one in line.output):
                target = Target(refuse=True)
                samples.append(Sample(line.id, line.input, "unanswerable", target, world=WORLD))
                continue
            selected = [quote for one in line.output for quote in one.selected_sentences]
            target = Target(
                articles=names(articles),
                quotes=distinct(
                    verbatim(article.text, quote) for quote in selected for article in articles
                ),
            )
            samples.append(Sample(line.id, line.input, "long", target, world=WORLD))
    return Suite(_FORM.set_name(path), tuple(samples), {WORLD: shelf.articles})
