"""`squad:FILE`: questions on paragraphs, in the form of SQuAD 1.1 and 2.0.

Rajpurkar et al. 2016 (arXiv:1606.05250) and 2018 (arXiv:1806.03822). XQuAD (Artetxe et al. 2020,
arXiv:1910.11856, github.com/google-deepmind/xquad) and the 'new wiki', 'nyt', 'reddit' and
'amazon' files of Miller et al. 2020 (arXiv:2004.14444, modestyachts.github.io/squadshifts-website)
are in the same form.

How it is read: every paragraph is an article, all of them in the one world 'squad', so that a
question has to find its paragraph first; published figures hand the paragraph over and are
higher. Any of the answers that people marked will do. The gold quotes are the sentences that hold
them. A question that is marked impossible, or that nobody answered, is to be refused; mind that
people judged that on its own paragraph, and another one may answer it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from corpus.article import Article
from evals.sample import Sample, Target
from evals.sets.files import Form, Row
from evals.sets.shelf import Shelf, accepted, distinct, names, sentences_over
from evals.suite import Suite

WORLD = "squad"
_FORM = Form("SQuAD", "a JSON file with data[].paragraphs[].qas[], plain or .gz")


class _Answer(Row):
    text: str
    answer_start: int


class _Question(Row):
    id: str
    question: str
    answers: tuple[_Answer, ...] = ()
    is_impossible: bool = False


class _Paragraph(Row):
    context: str
    qas: list[_Question]


class _Page(Row):
    title: str = ""
    paragraphs: list[_Paragraph]


class _Squad(Row):
    data: list[_Page]


_SQUAD = TypeAdapter(_Squad)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and where people found its answer.

    Attributes:
        article: the paragraph that it was asked of.
        answers: each different answer; empty for a question without one.
        places: (start, end) of each answer that was marked, as characters of the article's text.
    """

    id: str
    question: str
    article: Article
    answers: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


def read_squad(path: Path) -> tuple[tuple[Article, ...], tuple[Asked, ...]]:
    """The paragraphs and the questions of a file, in its order.

    Raises:
        EvalError: it is not there, not of that form, or an answer stands nowhere in its
            paragraph.
    """
    squad = _FORM.whole(path, _SQUAD)
    shelf = Shelf(path.name)
    asked: list[Asked] = []
    for page in squad.data:
        for paragraph in page.paragraphs:
            article = shelf.put(paragraph.context, page.title.replace("_", " "))
            if article is None:
                raise _FORM.error(f"an empty paragraph under '{page.title}'", path)
            asked += [_asked(question, article, path) for question in paragraph.qas]
    return shelf.articles, tuple(asked)


def _asked(question: _Question, article: Article, path: Path) -> Asked:
    answers = [] if question.is_impossible else [one for one in question.answers if one.text]
    return Asked(
        id=question.id,
        question=question.question.strip(),
        article=article,
        answers=accepted(one.text for one in answers),
        places=tuple(_place(one, article.text, question.id, path) for one in answers),
    )


def _place(answer: _Answer, text: str, id_: str, path: Path) -> tuple[int, int]:
    start = answer.answer_start
    if start < 0 or not text.startswith(answer.text, start):
        start = text.find(answer.text)
    if start < 0:
        raise _FORM.error(
            f"the answer '{answer.text}' of question '{id_}' stands nowhere in its paragraph", path
        )
    return start, start + len(answer.text)


def open_squad(path: Path) -> Suite:
    """The questions of a file, each with the sentences that answer it.

    Raises:
        EvalError: as `read_squad`.
    """
    articles, asked = read_squad(path)
    samples = tuple(_sample(one) for one in asked)
    return Suite(_FORM.set_name(path), samples, {WORLD: articles})


def _sample(one: Asked) -> Sample:
    if not one.answers:
        return Sample(one.id, one.question, "unanswerable", Target(refuse=True), world=WORLD)
    places = dict.fromkeys(one.places)
    target = Target(
        answers=one.answers,
        articles=names([one.article]),
        quotes=distinct(sentences_over(one.article.text, *place) for place in places),
    )
    return Sample(one.id, one.question, "fact", target, world=WORLD)
