"""Writing questions to a file that `load_suite` reads back equal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import yaml

from corpus.errors import EvalError
from evals.sample import Sample
from evals.suite import HOME
from evals.suites.form import FLAT_FIELDS, ONE_OR_SEVERAL, to_flat, to_nested

Fields = dict[str, object]


def save_suite(
    samples: Sequence[Sample], path: str | Path, *, undecided: bool = False, note: str = ""
) -> None:
    """Write samples as JSONL, CSV or YAML, by the ending of the path; a file there is replaced.

    Args:
        samples: asked of `HOME`, for a file of questions brings no articles.
        undecided: give each an empty `keep`, for a person to fill in.
        note: lines for the head of a YAML file; other forms have no room for one.

    Raises:
        EvalError: the ending is another one; a sample belongs to a world of articles; a text
            cannot stand in a CSV cell; or the file cannot be written.
    """
    target = Path(path)
    write = WRITERS.get(target.suffix.lower())
    if write is None:
        raise EvalError(
            f"a file of questions ends in {', '.join(WRITERS)}",
            where=target,
            next_step="name it so",
        )
    strangers = [sample.id for sample in samples if sample.world != HOME]
    if strangers:
        raise EvalError(
            f"the sample '{strangers[0]}' is asked of articles that this file cannot hold",
            where=target,
            next_step="save the samples that are asked of the library, whose world is empty",
        )
    text = write(samples, undecided, note)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise EvalError(
            f"the questions cannot be written: {error.strerror or error}",
            where=target,
            next_step="name another file",
        ) from error


def _marked(fields: Fields, undecided: bool) -> Fields:
    return {"keep": None, **fields} if undecided else fields


def _json_lines(samples: Sequence[Sample], undecided: bool, _note: str) -> str:
    lines = (_marked(to_nested(sample), undecided) for sample in samples)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _yaml(samples: Sequence[Sample], undecided: bool, note: str) -> str:
    head = "".join(f"# {line}\n" for line in note.splitlines())
    entries = (
        yaml.dump(
            [_marked(to_flat(sample), undecided)],
            Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=96,
        )
        for sample in samples
    )  # fmt: skip
    return "\n".join([head, *entries]) if head else "\n".join(entries)


class _Dumper(yaml.SafeDumper):
    """Leaves a null empty, so that a person sees the place to fill in."""


_Dumper.add_representer(
    type(None), lambda dumper, _none: dumper.represent_scalar("tag:yaml.org,2002:null", "")
)


def _table(samples: Sequence[Sample], undecided: bool, _note: str) -> str:
    rows = [_as_cells(sample, undecided) for sample in samples]
    used = {name for row in rows for name in row} | {"id", "question", "answers", "kind"}
    columns = [name for name in FLAT_FIELDS if name in used and name not in ONE_OR_SEVERAL]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _as_cells(sample: Sample, undecided: bool) -> Mapping[str, str]:
    target = sample.target
    cells = {
        "id": sample.id,
        "question": sample.question,
        "answers": _joined(sample.id, target.answers),
        "also": " || ".join(_joined(sample.id, part) for part in target.also),
        "articles": _joined(sample.id, target.articles),
        "quotes": _joined(sample.id, target.quotes),
        "kind": sample.kind,
        "as_of": sample.as_of.isoformat() if sample.as_of else "",
        "before": _joined(sample.id, sample.before),
        "refuse": "yes" if target.refuse else "",
        "stale": _joined(sample.id, target.stale),
        "planted": _joined(sample.id, target.planted),
        "speaker": _joined(sample.id, target.speaker),
        "never": _joined(sample.id, target.never),
    }
    held = {name: cell for name, cell in cells.items() if cell}
    return {"keep": "", **held} if undecided else held


def _joined(sample_id: str, texts: Sequence[str]) -> str:
    if any("|" in text for text in texts):
        raise EvalError(
            f"the sample '{sample_id}' holds a '|', which parts several texts in a CSV cell",
            next_step="save the questions as .yaml or .jsonl",
        )
    return " | ".join(texts)


WRITERS: dict[str, Callable[[Sequence[Sample], bool, str], str]] = {
    ".jsonl": _json_lines,
    ".csv": _table,
    ".yaml": _yaml,
    ".yml": _yaml,
}
"""How each form of file is written, by its ending."""
