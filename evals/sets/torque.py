"""`torque:FILE`: questions about the order of events in a newswire passage.

TORQUE: Ning et al. 2020 (arXiv:2005.00242, github.com/qiangning/TORQUE-dataset). The form is that
of its dev.json, where the answers that annotators agreed on stand under `answer`.

How it is read: a passage is two sentences of a report, and each is a world of its own, because
'What events have already finished?' means nothing but of one passage. An answer is a list of
events, each told by the word for it ('rallied'); every different word is a part of the answer, so
a question is right only when all are shown. Where the list is empty, no event of the passage fits,
and the question is to be refused. The gold quotes are the sentences that the words stand in. TORQUE
scores the words one by one; here an answer may say more words, so its figures are not
comparable. The day is taken from the report's name where that has one, the outlet from its start
('AFP').
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, TypeAdapter

from corpus.article import Article
from evals.sample import Sample, Target
from evals.sets.files import Form, Row
from evals.sets.shelf import Shelf, accepted, distinct, names, sentences_over
from evals.suite import Suite

_FORM = Form("TORQUE", "a JSON file like TORQUE's dev.json, plain or .gz")
_PLACE = re.compile(r"\((\d+),\s*(\d+)\)")
_REPORT = re.compile(r"docid_([A-Za-z]+)")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")


def _place(value: object) -> object:
    """'(41,45)' as (41, 45); anything else is left for pydantic to refuse."""
    found = _PLACE.fullmatch(value) if isinstance(value, str) else None
    return (int(found[1]), int(found[2])) if found else value


class _Answer(Row):
    spans: list[str]
    indices: list[Annotated[tuple[int, int], BeforeValidator(_place)]]


class _Question(Row):
    answer: _Answer


class _Passage(Row):
    passage: str
    question_answer_pairs: dict[str, _Question]


_PASSAGES = TypeAdapter(dict[str, _Passage])


def open_torque(path: Path) -> Suite:
    """The questions of a file, each over its own passage.

    Raises:
        EvalError: it is not of that form.
    """
    samples: list[Sample] = []
    worlds: dict[str, tuple[Article, ...]] = {}
    for name, one in _FORM.whole(path, _PASSAGES).items():
        outlet, published = _origin(name)
        shelf = Shelf(name.replace("/", "_"))
        article = shelf.put(one.passage, outlet=outlet, published=published)
        if article is None:
            raise _FORM.error(f"{name}.passage: it is empty", path)
        worlds[name] = shelf.articles
        for number, (question, given) in enumerate(one.question_answer_pairs.items(), start=1):
            samples.append(_sample(f"{name}-{number}", question, given.answer, article, name))
    return Suite(_FORM.set_name(path), tuple(samples), worlds)


def _sample(id_: str, question: str, answer: _Answer, article: Article, world: str) -> Sample:
    words = accepted(answer.spans)
    if not words:
        return Sample(id_, question, "unanswerable", Target(refuse=True), world=world)
    target = Target(
        answers=words[:1],
        also=tuple((word,) for word in words[1:]),
        articles=names([article]),
        quotes=distinct(sentences_over(article.text, *place) for place in answer.indices),
    )
    return Sample(id_, question, "long" if target.also else "fact", target, world=world)


def _origin(name: str) -> tuple[str | None, date | None]:
    """The outlet and the day that the name of a report tells, each where it does."""
    report, day = _REPORT.match(name), _DAY.search(name)
    try:
        published = date(int(day[1]), int(day[2]), int(day[3])) if day else None
    except ValueError:
        published = None
    return (report[1].upper() if report else None), published
