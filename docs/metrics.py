"""The table of metrics in docs/evals.md, from the metrics themselves."""

from __future__ import annotations

from evals.metrics import catalogue


def metric_table() -> str:
    """A Markdown table with a line for each metric."""
    lines = ["| group | metric | unit, better | what it is |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {metric.group} | `{name}` | {metric.unit}, {metric.better} | {metric.about} |"
        for name, metric in catalogue().items()
    ]
    return "\n".join(lines) + "\n"
