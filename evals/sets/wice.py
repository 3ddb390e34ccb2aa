"""`wice:FILE-OR-FOLDER`: sentences of Wikipedia, held against the web pages that they cite.

WiCE: Kamoi et al. 2023 (arXiv:2303.01432, github.com/ryokamoi/wice), files of JSON lines. Two forms
are read: data/entailment_retrieval/claim, with the whole page as `evidence`; and the 'oracle
chunks', with some sentences of the page, among them those that support. Subclaims have the same
forms. A folder stands for its .jsonl files whose names do not begin with 'oracle', for the two
forms hold the same claims.

How it is read: supported is 'supported' alone; the kind keeps the three labels. The document is the
evidence, a sentence a line. The oracle file has several lines a claim, one for each annotator's
choice, and the paper takes the best of a claim's lines; here each line is a claim of its own,
'dev02986/1', 'dev02986/2', so its figures are not comparable, and intervals are too narrow, for
lines of one claim count as documents apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from evals.sets.files import Form, Row
from evals.support.claim import Claim, ClaimSet

_FORM = Form("WiCE", "a file of JSON lines with claim, evidence, label, plain or .gz")


class _Meta(Row):
    id: str
    chunk_idx: list[int] | None = None


class _Line(Row):
    label: Literal["supported", "partially_supported", "not_supported"]
    claim: str
    evidence: list[str]
    meta: _Meta


def open_wice(path: Path) -> ClaimSet:
    """The claims of a file, or of all files of a folder that are not oracle chunks.

    Raises:
        EvalError: a line is not of that form.
    """
    files = [
        file
        for file in _FORM.files(path, ".jsonl")
        if path.is_file() or not file.name.startswith("oracle")
    ]
    claims = tuple(claim for file in files for claim in _claims(file))
    return ClaimSet(_FORM.set_name(path), claims)


def _claims(file: Path) -> Iterator[Claim]:
    seen: Counter[str] = Counter()
    for _, line in _FORM.lines(file, _Line):
        id_ = line.meta.id
        seen[id_] += 1
        yield Claim(
            id=id_ if line.meta.chunk_idx is None else f"{id_}/{seen[id_]}",
            text=line.claim,
            document="\n".join(line.evidence),
            supported=line.label == "supported",
            kind=line.label.replace("_", " "),
        )
