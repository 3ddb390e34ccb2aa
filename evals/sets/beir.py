"""`beir:FOLDER`: retrieval sets in the form of BEIR.

Thakur et al. 2021 (arXiv:2104.08663, github.com/beir-cellar/beir): corpus.jsonl, queries.jsonl and
qrels/*.tsv with a heading line and the columns query-id, corpus-id, score.

How it is read: every document is an article of the one world 'beir'. A judgement above 0 makes a
document gold, whatever its grade; BEIR's nDCG weighs grades, so on a set that has them ours is not
comparable. A document that is judged but not in the corpus is passed over. There are no answers, so
only retrieval, citations and speed can be scored. The judgements are those of qrels/test.tsv, on
which BEIR's figures stand; where there is none, of every file in qrels. A query without a gold
document is not asked, as in BEIR's own loader. A document without a text is its title.
"""

from __future__ import annotations

import csv
from pathlib import Path

from pydantic import Field

from corpus.article import Article
from evals.sample import Sample, Target
from evals.sets.files import Form, Row, opened
from evals.sets.shelf import Shelf, names
from evals.suite import Suite

WORLD = "beir"
_FORM = Form("BEIR", "a folder with corpus.jsonl, queries.jsonl and qrels/*.tsv, plain or .gz")


class _Document(Row):
    id: str = Field(alias="_id")
    title: str | None = None
    text: str


class _Query(Row):
    id: str = Field(alias="_id")
    text: str


def open_beir(path: Path) -> Suite:
    """The judged queries of a folder.

    Raises:
        EvalError: a file is missing or not of that form.
    """
    shelf = Shelf("corpus")
    held: dict[str, Article] = {}
    for _, document in _FORM.lines(_FORM.part(path, "corpus.jsonl"), _Document):
        title = document.title or ""
        article = shelf.put(document.text if document.text.strip() else title, title)
        if article:
            held[document.id] = article
    gold = _judgements(path)
    samples = []
    for _, query in _FORM.lines(_FORM.part(path, "queries.jsonl"), _Query):
        articles = [held[one] for one in gold.get(query.id, ()) if one in held]
        if articles:
            target = Target(articles=names(articles))
            samples.append(Sample(query.id, query.text.strip(), "fact", target, world=WORLD))
    return Suite(_FORM.set_name(path), tuple(samples), {WORLD: shelf.articles})


def _judgements(path: Path) -> dict[str, list[str]]:
    """The gold documents of each query, in the order of the files."""
    folder = path / "qrels"
    if not folder.is_dir():
        raise _FORM.error("there is no folder 'qrels'", path)
    files = _FORM.files(folder, ".tsv")
    test = [file for file in files if file.name.startswith("test.tsv")]
    gold: dict[str, list[str]] = {}
    for file in test or files:
        with opened(file) as lines:
            for number, row in enumerate(csv.reader(lines, delimiter="\t"), start=1):
                if number == 1 or not row:
                    continue
                query, document, score = _judgement(row, f"{file}, line {number}")
                if score > 0:
                    gold.setdefault(query, []).append(document)
    return gold


def _judgement(row: list[str], where: str) -> tuple[str, str, float]:
    try:
        query, document, score = row[0], row[1], float(row[2])
    except (IndexError, ValueError) as error:
        raise _FORM.error("not a line of query-id, corpus-id, score", where) from error
    return query, document, score
