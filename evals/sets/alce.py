"""`alce:FILE`: the three sets of ALCE: ASQA, QAMPARI and ELI5 with retrieved passages.

Gao et al. 2023 (arXiv:2305.14627, github.com/princeton-nlp/ALCE): one JSON list a file, such as
asqa_eval_gtr_top100.json; each item has a question and `docs`, and besides ASQA `qa_pairs` with
short answers, QAMPARI `answers` with the aliases of each, ELI5 `claims`.

How it is read: each question is a world of its own, of all the passages that the file has for it.
ALCE's figures hand the first five to the model, so cut `docs` to five for the like. Every pair of
ASQA and every answer of QAMPARI is a part of the answer in its accepted forms. The claims of
ELI5 are whole sentences that need a model to be judged, so its targets have no answers, and
citations, refusals and speed are what can be scored. Gold articles are the passages for which
ALCE's own `answers_found` marks an answer or a claim; some files lack the marks. All are of kind
'long'.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import AliasChoices, Field, TypeAdapter

from corpus.article import Article
from evals.sample import Sample, Target
from evals.sets.files import Form, Row
from evals.sets.shelf import Shelf, accepted, distinct, names, sentence_with
from evals.suite import Suite

_FORM = Form("ALCE", "a JSON list of items with question and docs[], plain or .gz")


class _Pair(Row):
    short_answers: list[str]


class _Document(Row):
    title: str | None = None
    text: str
    answers_found: list[float] | None = None


class _Item(Row):
    id: str = Field("", validation_alias=AliasChoices("sample_id", "id"))
    question: str
    docs: list[_Document]
    qa_pairs: list[_Pair] | None = None
    answers: list[list[str]] | None = None

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The parts of the answer, each as its accepted forms."""
        forms = [pair.short_answers for pair in self.qa_pairs or ()] or self.answers or []
        return tuple(part for part in map(accepted, forms) if part)


_ITEMS = TypeAdapter(list[_Item])


def open_alce(path: Path) -> Suite:
    """The questions of a file, each over its own passages.

    Raises:
        EvalError: it is not of that form.
    """
    items = _FORM.whole(path, _ITEMS)
    samples: list[Sample] = []
    worlds: dict[str, tuple[Article, ...]] = {}
    for number, item in enumerate(items, start=1):
        world = str(number)
        shelf = Shelf(f"{path.name}#{world}")
        put = [(shelf.put(one.text, one.title or ""), one) for one in item.docs]
        gold = [article for article, one in put if article and any(one.answers_found or ())]
        parts = item.parts
        target = Target(
            answers=parts[0] if parts else (),
            also=parts[1:],
            articles=names(gold),
            quotes=distinct(sentence_with(one.text, part) for one in gold for part in parts),
        )
        samples.append(Sample(item.id or world, item.question.strip(), "long", target, world=world))
        worlds[world] = shelf.articles
    return Suite(_FORM.set_name(path), tuple(samples), worlds)
