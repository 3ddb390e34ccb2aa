"""Drafts in which somebody planted errors, with a label for each sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import EvalError
from rag.drafts.draft import Draft
from rag.drafts.reading import read_draft

Label = Literal["true", "false", "silent", "none"]
Planted = Literal["figure", "date", "name", "speaker", "negation", "merged"]

LABELS = ".labels.jsonl"
"""What the name of a draft's labels ends with, in place of the draft's own ending."""


class LabelledSentence(BaseModel):
    """One line of a file of labels.

    Attributes:
        text: the sentence as the draft's reader gives it.
        label: 'true': the library says so; 'false': an error was planted; 'silent': the library
            says nothing for or against it; 'none': there is nothing to check.
        planted: the kind of the error.
        truth: words of an article that the error stands against.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Annotated[str, Field(min_length=1)]
    label: Label
    planted: Planted | None = None
    truth: str | None = None


class LabelledDraft(BaseModel):
    """A draft with the labels of its sentences, in order."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    draft: Draft
    sentences: tuple[LabelledSentence, ...]


def read_labelled(folder: Path) -> tuple[LabelledDraft, ...]:
    """The drafts of a folder that have labels, by name.

    Raises:
        EvalError: there are none, a file of labels cannot be read, or it does not fit its draft.
        UnreadableFile: a draft cannot be read.
    """
    files = sorted(folder.glob(f"*{LABELS}")) if folder.is_dir() else []
    if not files:
        raise EvalError(
            f"no draft with labels: no file named *{LABELS}",
            where=folder,
            next_step="name a folder of drafts, each with its labels beside it",
        )
    return tuple(_labelled(file) for file in files)


def _labelled(file: Path) -> LabelledDraft:
    stem = file.name.removesuffix(LABELS)
    drafts = [one for one in sorted(file.parent.glob(f"{stem}.*")) if one != file]
    if len(drafts) != 1:
        raise EvalError(
            f"{len(drafts)} drafts are named {stem}.*, and there must be one",
            where=file,
            next_step="name the labels after their draft",
        )
    draft = read_draft(drafts[0])
    labels = _labels(file)
    found = [sentence.text for sentence in draft.sentences()]
    if found != [one.text for one in labels]:
        raise EvalError(
            f"the labels are not those of {drafts[0].name}: {_first_apart(found, labels)}",
            where=file,
            next_step="label each sentence of the draft once, in order, as the reader gives it",
        )
    return LabelledDraft(draft=draft, sentences=tuple(labels))


def _labels(file: Path) -> list[LabelledSentence]:
    labels = []
    try:
        for line in file.read_text("utf-8").splitlines():
            labels.append(LabelledSentence.model_validate(json.loads(line)))
    except (OSError, ValueError, ValidationError) as error:
        raise EvalError(
            f"line {len(labels) + 1} is no label: {error}",
            where=file,
            next_step="write one JSON object a line: text, label, and for an error its kind",
        ) from error
    return labels


def _first_apart(found: Sequence[str], labels: Sequence[LabelledSentence]) -> str:
    for number, (mine, theirs) in enumerate(zip(found, labels, strict=False), start=1):
        if mine != theirs.text:
            return f"sentence {number} is '{mine}'"
    return f"{len(found)} sentences and {len(labels)} labels"
