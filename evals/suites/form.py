"""One question as a file holds it: checked when it is read, and laid out when it is written.

Two layouts say the same. The nested one is that of the shipped suites:

    {"id": "date-01", "kind": "date", "question": "…", "as_of": "2024-03-31",
     "before": ["…"],
     "target": {"answers": ["…"], "also": [["…"]], "articles": ["…"], "quotes": ["…"],
                "refuse": false, "stale": ["…"], "planted": ["…"], "speaker": ["…"],
                "never": ["…"]}}

The flat one is for writing by hand, and needs no more than a question and its answer:

    - question: How many hostages were left in Gaza?
      answer: "97"

`answer`, `article` and `quote` hold one text; `answers`, `articles` and `quotes` hold several.
`unanswerable: true` means the same as `refuse: true`. `keep` is what a person decided about a
drafted question: 'no' leaves it out, and an empty one counts as undecided. `before` holds the
questions of the same conversation that are asked before this one; a follow-up needs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from corpus.errors import EvalError
from evals.metrics.text import contains
from evals.sample import Kind, Sample, Target
from rag.question.expected import expected

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

ONE_OR_SEVERAL = {"answer": "answers", "article": "articles", "quote": "quotes"}
"""The field that holds one text, and the one that holds several of the same."""

TARGET_FIELDS = (
    "answers", "also", "articles", "quotes", "refuse", "stale", "planted", "speaker", "never",
)  # fmt: skip
FLAT_FIELDS = (
    "keep", "id", "question", "answer", "answers", "also", "article", "articles", "quote",
    "quotes", "kind", "as_of", "before", "refuse", "unanswerable", "stale", "planted", "speaker",
    "never",
)  # fmt: skip
_NESTED_FIELDS = ("keep", "id", "question", "kind", "as_of", "before", "target")
_SPOKEN = {
    **dict.fromkeys(("true", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "no", "n", "0"), False),
}
_ABSENT = (None, "", "null", "~")


class _TargetForm(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    answers: tuple[_Words, ...] = ()
    also: tuple[tuple[_Words, ...], ...] = ()
    articles: tuple[_Words, ...] = ()
    quotes: tuple[_Words, ...] = ()
    refuse: bool = False
    stale: tuple[_Words, ...] = ()
    planted: tuple[_Words, ...] = ()
    speaker: tuple[_Words, ...] = ()
    never: tuple[_Words, ...] = ()

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> _TargetForm:
        if not self.refuse and not self.answers:
            raise ValueError("it needs an answer, or 'refuse: true' where there is none")
        if self.also and (not self.answers or not all(self.also)):
            raise ValueError("'also' needs 'answers' before it and no empty part")
        if self.quotes and not self.articles:
            raise ValueError("quotes need the articles that they stand in")
        return self


class _QuestionForm(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    id: _Words
    question: _Words
    kind: Kind
    target: _TargetForm
    as_of: date | None = None
    before: tuple[_Words, ...] = ()

    @model_validator(mode="after")
    def _follows_something(self) -> _QuestionForm:
        if self.kind == "follow_up" and not self.before:
            raise ValueError("a follow-up needs 'before': the questions that it follows")
        return self


def to_sample(fields: Mapping[str, object], default_id: str) -> tuple[Sample, bool | None]:
    """The sample in these fields, and what a person decided about it.

    Args:
        fields: either layout; values as JSON gives them, or all of them strings as CSV does.
        default_id: for a question without an id.

    Returns:
        The sample and True (keep), False (drop) or None (drafted and not decided).

    Raises:
        EvalError: a field is unknown, missing or not of its form. It does not name the place.
    """
    nested = _nested(fields)
    keep = _decision(nested.pop("keep", True))
    nested.setdefault("id", default_id)
    nested.setdefault("kind", _likely_kind(nested))
    try:
        form = _QuestionForm.model_validate(nested)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"]).removeprefix("target.") or "it"
        raise _bad(name, first["msg"], "correct that field") from error
    target = Target(**{name: getattr(form.target, name) for name in TARGET_FIELDS})
    _check_patterns(target)
    sample = Sample(form.id, form.question, form.kind, target, form.as_of, before=form.before)
    return sample, keep


def _check_patterns(target: Target) -> None:
    # A pattern that cannot be matched would leave the sample unscored after all the asking.
    for name, forms in (
        *(("answers", part) for part in target.parts),
        ("stale", target.stale),
        ("planted", target.planted),
        ("never", target.never),
    ):
        for form in forms:
            try:
                contains("", form)
            except EvalError as error:
                raise _bad(name, f"{form}: {error.what}", error.next_step) from error


def to_nested(sample: Sample) -> dict[str, object]:
    """The nested layout, ready for JSON; fields that say nothing are left out."""
    fields: dict[str, object] = {
        "id": sample.id,
        "kind": sample.kind,
        "question": sample.question,
    }
    if sample.as_of:
        fields["as_of"] = sample.as_of.isoformat()
    if sample.before:
        fields["before"] = list(sample.before)
    return {**fields, "target": _of_target(sample.target)}


def to_flat(sample: Sample) -> dict[str, object]:
    """The flat layout in the order in which a person reads it; lists stay lists."""
    target = _of_target(sample.target)
    for one, several in ONE_OR_SEVERAL.items():
        held = target.get(several)
        if isinstance(held, list) and len(held) == 1:
            target = {one if name == several else name: v for name, v in target.items()}
            target[one] = held[0]
    fields: dict[str, object] = {"id": sample.id, "question": sample.question, **target}
    fields["kind"] = sample.kind
    if sample.as_of:
        fields["as_of"] = sample.as_of.isoformat()
    if sample.before:
        fields["before"] = list(sample.before)
    return fields


def _of_target(target: Target) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name in TARGET_FIELDS:
        value = getattr(target, name)
        if value:
            fields[name] = value if value is True else [_listed(part) for part in value]
    return fields


def _listed(part: str | tuple[str, ...]) -> str | list[str]:
    return part if isinstance(part, str) else list(part)


def _nested(fields: Mapping[str, object]) -> dict[str, object]:
    """Either layout as the nested one, without fields that hold nothing."""
    known = _NESTED_FIELDS if "target" in fields else FLAT_FIELDS
    for name in fields:
        if name not in known:
            raise _bad(str(name), "there is no such field", f"known fields: {', '.join(known)}")
    held = {name: value for name, value in fields.items() if value not in _ABSENT}
    if isinstance(held.get("before"), str):
        held["before"] = [held["before"]]
    if "keep" in fields:
        held["keep"] = fields["keep"]
    target = held.pop("target", None)
    if target is None:
        target = {name: held.pop(name) for name in FLAT_FIELDS if name in _OF_TARGET & set(held)}
    if not isinstance(target, Mapping):
        raise _bad("target", "it is no object", 'write it as {"answers": ["…"]}')
    return {**held, "target": _plain_target(target)}


_OF_TARGET = {*TARGET_FIELDS, *ONE_OR_SEVERAL, "unanswerable"}


def _plain_target(target: Mapping[str, object]) -> dict[str, object]:
    plain = dict(target)
    for name in plain:
        if name not in _OF_TARGET:
            raise _bad(
                f"target.{name}", "there is no such field",
                f"known fields: {', '.join(TARGET_FIELDS)}",
            )  # fmt: skip
    for one, several in (*ONE_OR_SEVERAL.items(), ("unanswerable", "refuse")):
        if one in plain and several in plain:
            raise _bad(one, f"'{several}' is given as well", "keep one of the two")
        if one in plain:
            value = plain.pop(one)
            plain[several] = value if one == "unanswerable" or isinstance(value, list) else [value]
    for name in TARGET_FIELDS:
        if isinstance(plain.get(name), str) and name not in ("refuse", "also"):
            plain[name] = [plain[name]]
    if "refuse" in plain:
        plain["refuse"] = _truth("refuse", plain["refuse"])
    return plain


def _bad(field: str, why: str, step: str) -> EvalError:
    return EvalError(f"This is not a sample: {field}: {why}", next_step=step)


def _truth(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    spoken = _SPOKEN.get(str(value).strip().lower())
    if spoken is None:
        raise _bad(name, f"'{value}' is neither yes nor no", "write yes or no")
    return spoken


def _decision(value: object) -> bool | None:
    return None if value in _ABSENT else _truth("keep", value)


def _likely_kind(nested: Mapping[str, object]) -> Kind:
    """The kind of a question that names none: by whether, and by what, it is to be answered."""
    target = nested["target"]
    if isinstance(target, Mapping) and target.get("refuse"):
        return "unanswerable"
    if nested.get("before"):
        return "follow_up"
    asked = expected(str(nested.get("question", "")))
    return {"figure": "figure", "day": "date"}.get(asked or "", "fact")  # type: ignore[return-value]
