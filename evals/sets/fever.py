"""`fever:FILE-OR-FOLDER`: a claim and one sentence of evidence, in the form of symmetric FEVER.

Schuster et al. 2019 (arXiv:1908.05267, github.com/TalSchuster/FeverSymmetric), made from FEVER
(Thorne et al. 2018): for a claim and its evidence, a second claim and a second evidence were
written so that the words of the claim alone tell nothing. A folder stands for all of its .jsonl
files.

How it is read: a claim is supported when it is marked SUPPORTS; REFUTES, and NOT ENOUGH INFO where
a file has it, are not supported. Claims on the same evidence are a pair. The kind is 'FEVER' for
the original pairs and 'written' for those that were added, which carry a suffix 0…02, 0…03 or
0…04 to the original's id. The text keeps FEVER's spaces around punctuation.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field

from evals.sets.files import Form, Row
from evals.support.claim import Claim, ClaimSet

_FORM = Form("FEVER", "a file of JSON lines with claim, evidence, label, or a folder of them")
_ADDED = re.compile(r"\d+?0{5,}[234]")


class _Line(Row):
    id: str
    claim: str
    evidence: str = Field(validation_alias=AliasChoices("evidence", "evidence_sentence"))
    label: Literal["SUPPORTS", "REFUTES", "NOT ENOUGH INFO"] = Field(
        validation_alias=AliasChoices("label", "gold_label")
    )


def open_fever(path: Path) -> ClaimSet:
    """The claims of a file, or of all files of a folder.

    Raises:
        EvalError: a line is not of that form.
    """
    claims = tuple(
        Claim(
            id=line.id,
            text=line.claim,
            document=line.evidence,
            supported=line.label == "SUPPORTS",
            kind="written" if _ADDED.fullmatch(line.id) else "FEVER",
            pair=hashlib.sha256(line.evidence.encode()).hexdigest()[:16],
        )
        for file in _FORM.files(path, ".jsonl")
        for _, line in _FORM.lines(file, _Line)
    )
    return ClaimSet(_FORM.set_name(path), claims)
