"""What changed from one version of an article to the next, for a person and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embeddings.store.history import Change


def as_words(changes: Sequence[Change]) -> str:
    """Each step from a version to the next, a line a difference; '' where nothing changed.

    '+' came, '-' went; '-' with a '+' under it was changed.
    """
    steps = []
    for (step, on), of_step in groupby(changes, key=lambda one: (one.step, one.on)):
        day = f", which states {on}" if on else ""
        lines = [f"version {step} → {step + 1}{day}:"]
        for one in of_step:
            lines += _lines(one)
        steps.append("\n".join(lines))
    return "\n\n".join(steps)


def as_dict(change: Change) -> dict[str, object]:
    """One difference; only what JSON has."""
    return {
        "step": change.step,
        "on": change.on.isoformat() if change.on else None,
        "kind": change.kind,
        "field": change.field,
        "before": change.before,
        "after": change.after,
    }


def _lines(change: Change) -> list[str]:
    if change.kind == "field":
        before, after = change.before or "nothing", change.after or "nothing"
        return [f"  {change.field}: {before} → {after}"]
    lines = []
    if change.before:
        lines.append(f"  - {change.before}")
    if change.after:
        lines.append(f"  + {change.after}")
    return lines
