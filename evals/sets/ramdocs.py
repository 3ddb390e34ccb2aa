"""`ramdocs:FILE`: questions whose documents conflict, mislead or speak of namesakes.

RAMDocs: Wang et al. 2025, 'Retrieval-Augmented Generation with Conflicting Evidence'
(arXiv:2504.13079, github.com/HanNight/RAMDocs, huggingface.co/datasets/HanNight/RAMDocs), built on
AmbigDocs.

How it is read: each question is a world of its own, of all its documents. Where several gold
answers stand, for several bearers of one name, each is a part of the answer and the kind is
'disagreement'; else it is 'fact'. Wrong answers are planted, save those whose words stand in a gold
one ('Football' in 'American football'), for whoever shows that shows them too. Gold articles are
the documents of type 'correct', gold quotes the sentences in them that hold their answer word for
word. RAMDocs counts an answer right when it holds every gold answer and no wrong one. Mind its
ceiling: for 78 of the 500 questions of RAMDocs_test no document of type 'correct' gives one of the
gold answers, so whoever keeps to the documents cannot show them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from corpus.article import Article
from evals.metrics.text import contains
from evals.sample import Sample, Target
from evals.sets.files import Form, Row, plain_name
from evals.sets.shelf import Shelf, accepted, distinct, names, sentence_with
from evals.suite import Suite

_FORM = Form("RAMDocs", "a file of JSON lines with question, documents, gold_answers, plain or .gz")


class _Document(Row):
    text: str
    type: Literal["correct", "misinfo", "noise"]
    answer: str = ""


class _Line(Row):
    question: str
    documents: list[_Document]
    gold_answers: list[str]
    wrong_answers: tuple[str, ...] = ()


def open_ramdocs(path: Path) -> Suite:
    """The questions of a file, each over its own documents.

    Raises:
        EvalError: a line is not of that form, or has no gold answer.
    """
    samples: list[Sample] = []
    worlds: dict[str, tuple[Article, ...]] = {}
    for number, line in _FORM.lines(path, _Line):
        world = str(number)
        shelf = Shelf(f"{path.name}#{world}")
        put = [(shelf.put(one.text), one) for one in line.documents]
        gold = [(article, one.answer) for article, one in put if article and one.type == "correct"]
        target = _target(line, gold)
        if not target.answers:
            raise _FORM.error("gold_answers: there is none", f"{path}, line {number}")
        samples.append(
            Sample(
                id=f"{plain_name(path)}-{number}",
                question=line.question.strip(),
                kind="disagreement" if target.also else "fact",
                target=target,
                world=world,
            )
        )
        worlds[world] = shelf.articles
    return Suite(_FORM.set_name(path), tuple(samples), worlds)


def _target(line: _Line, gold: Sequence[tuple[Article, str]]) -> Target:
    answers = accepted(line.gold_answers)
    return Target(
        answers=answers[:1],
        also=tuple((answer,) for answer in answers[1:]),
        articles=names(article for article, _ in gold),
        quotes=distinct(sentence_with(article.text, [answer]) for article, answer in gold),
        planted=tuple(
            wrong
            for wrong in accepted(line.wrong_answers)
            if not any(contains(answer, wrong) for answer in answers)
        ),
    )
