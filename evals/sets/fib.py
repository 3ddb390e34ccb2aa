"""`fib:FILE-OR-FOLDER`: news articles, each with a consistent and an inconsistent summary.

FIB: Tam et al. 2022 (arXiv:2211.08412, github.com/r-three/fib), files of JSON lines under
multiple_choice-dataset, on articles of XSum and CNN/DM. A folder stands for all .jsonl
files in it, at any depth. A file's path tells where the second summary comes from:
xsum/factcc/binary_choice-using_negation.jsonl, or '_' for the slashes. The tags '<t>' and '</t>'
around the sentences of CNN/DM are taken off.

The kinds, by the file's name:
- fib: 'model-made, XSum' and 'extracted, CNN/DM', written or picked by models and found
  inconsistent by people; FIB's own figures are on these alone, and apart for the two sources;
- factcc: 'date swap', 'entity swap', 'number swap', 'pronoun', 'negation', made by rule;
- mfma: 'masked infill', made by a model that filled in blanks;
- fir: 'inconsistent reference', the published summary, which people corrected;
- factually_consistent-model_generated: 'consistent, model-made'. Here the second summary was found
  consistent too. FIB compares the two; read as one true and one false statement it is wrong.

How it is read: the right summary is supported, and its kind is 'reference'; the second is
supported in the last kind alone. The same summaries come back in many files, so each different
summary of an article stands once, under the kind of the first file that has it, files in the order
of their names. One that people found consistent in one file and inconsistent in another is left
out. A pair is the reference of an article with every inconsistent summary of it.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from evals.sets.files import Form, Row, plain_name
from evals.support.claim import Claim, ClaimSet

_FORM = Form("FIB", "a .jsonl file of FIB's multiple_choice-dataset, or a folder of them")
REFERENCE = "reference"
CONSISTENT = "consistent, model-made"
_KINDS: dict[tuple[str, str], str] = {
    ("fib", "xsum"): "model-made, XSum",
    ("fib", "cnn_dm"): "extracted, CNN/DM",
    ("mfma", ""): "masked infill",
    ("fir", ""): "inconsistent reference",
    ("factually_consistent-model_generated", ""): CONSISTENT,
    ("factcc", "dateswp"): "date swap",
    ("factcc", "entswp"): "entity swap",
    ("factcc", "numswp"): "number swap",
    ("factcc", "negation"): "negation",
    ("factcc", "pronoun"): "pronoun",
}
_NAME = re.compile(r"(xsum|cnn_dm)_(.+)_binary_choice-using_(.+)")
_TAG = re.compile(r"<[<\s/]*t\s*>")


class _Line(Row):
    id: str
    input: str
    list_choices: Annotated[list[str], Field(min_length=2, max_length=2)]
    lbl: Literal[0, 1]


def open_fib(path: Path) -> ClaimSet:
    """The claims of a file, or of all files of a folder.

    Raises:
        EvalError: a line, or the name of a file, is not of that form.
    """
    claims: dict[tuple[str, str], Claim] = {}
    sizes: Counter[str] = Counter()
    disputed: set[str] = set()
    for file in _FORM.files(path, ".jsonl", deep=True):
        source, kind = _origin(file)
        for _, line in _FORM.lines(file, _Line):
            article = f"{source}-{line.id}"
            right, other = line.list_choices[line.lbl], line.list_choices[1 - line.lbl]
            for text, stated in ((right, REFERENCE), (other, kind)):
                plain = " ".join(_TAG.sub(" ", text).split())
                supported = stated in (REFERENCE, CONSISTENT)
                known = claims.get((article, plain))
                if known is not None:
                    disputed |= {known.id} if known.supported != supported else set()
                    continue
                sizes[article] += 1
                claims[article, plain] = Claim(
                    id=f"{article}/{sizes[article]}",
                    text=plain,
                    document=line.input,
                    supported=supported,
                    kind=stated,
                    pair="" if stated == CONSISTENT else article,
                )
    agreed = (claim for claim in claims.values() if claim.id not in disputed)
    return ClaimSet(_FORM.set_name(path), tuple(agreed))


def _origin(file: Path) -> tuple[str, str]:
    """The source of the articles, 'xsum' or 'cnn_dm', and the kind of the second summary."""
    folders = [folder.name for folder in list(file.absolute().parents)[1::-1]]
    name = plain_name(file)
    found = _NAME.fullmatch(name) or _NAME.fullmatch("_".join([*folders, name]))
    if found:
        source, made, how = found.groups()
        for part in ("", source, how):
            if (made, part) in _KINDS:
                return source, _KINDS[made, part]
    raise _FORM.error(
        "the path does not tell the kind, as xsum/fib/binary_choice-using_….jsonl does", file
    )
