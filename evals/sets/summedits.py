"""`summedits:FILE-OR-FOLDER`: documents with summaries that were edited a little.

SummEdits: Laban et al. 2023 (arXiv:2305.14540, github.com/salesforce/factualNLG), one JSON list a
domain under data/summedits. A folder stands for all of its .json files.

How it is read: label 1 is supported, 0 is not. The kind is the domain, told by the file's name, for
the paper gives a balanced accuracy for each and their mean. A pair is all that was made of one
first summary: itself and its harmless edits are true, the harmful ones false. Every line is kept,
also the few that stand twice, so that n is the paper's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from evals.sets.files import Form, Row, plain_name
from evals.support.claim import Claim, ClaimSet

_FORM = Form("SummEdits", "a JSON list of items with doc, summary, label, or a folder of them")


class _Item(Row):
    id: str
    doc: str
    summary: str
    label: Literal[0, 1]


_ITEMS = TypeAdapter(list[_Item])


def open_summedits(path: Path) -> ClaimSet:
    """The summaries of a file, or of all files of a folder.

    Raises:
        EvalError: an item is not of that form.
    """
    claims: list[Claim] = []
    for file in _FORM.files(path, ".json"):
        domain = plain_name(file).removeprefix("summedits_")
        for item in _FORM.whole(file, _ITEMS):
            claims.append(
                Claim(
                    id=f"{domain}/{item.id}",
                    text=item.summary,
                    document=item.doc,
                    supported=item.label == 1,
                    kind=domain,
                    pair=f"{domain}/{item.id.rpartition('_')[0] or item.id}",
                )
            )
    return ClaimSet(_FORM.set_name(path), tuple(claims))
