"""Print the file map of the README: each module in reading order, with its docstring's first line.

Fails when a module is missing from the order, so that a new file cannot stay off the map.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The road from a question to its answer first, then what it stands on, then what judges it.
READING_ORDER = {
    "rag: question time": """
        rag/__init__.py rag/newsroom.py rag/answering.py rag/query.py rag/period.py rag/hit.py
        rag/retrieve.py rag/evidence.py rag/refuse.py rag/prompt.py rag/generator.py
        rag/generators/__init__.py rag/generators/local.py rag/generators/copying.py
        rag/generators/weights.py rag/generators/server.py rag/generators/scripted.py rag/short.py
        rag/cite.py rag/verify.py rag/facts.py rag/citation.py rag/answer.py rag/events.py
        rag/render.py rag/settings.py rag/sample_library.py rag/cli.py rag/console.py
        rag/indexing.py rag/doctor.py
    """,
    "corpus: articles": "corpus/__init__.py corpus/article.py corpus/reading.py",
    "embeddings: the library": "embeddings/__init__.py embeddings/library.py",
    "evals: grounding evals": "evals/__init__.py evals/sample.py evals/runner.py",
    "page: the chat": "app.py page/__init__.py",
}
PACKAGES = {"corpus", "embeddings", "evals", "page"}


def first_line(path: Path) -> str:
    """The first line of a module's docstring."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not docstring:
        raise SystemExit(f"{path} has no docstring")
    return docstring.splitlines()[0].rstrip(".")


def modules() -> list[Path]:
    """Every module of the project but the tests, as paths relative to the root."""
    found = [ROOT / "app.py"]
    for package in ("rag", *sorted(PACKAGES)):
        found += sorted((ROOT / package).rglob("*.py"))
    return [path.relative_to(ROOT) for path in found]


def file_map() -> str:
    """The map as Markdown, one list a package."""
    listed: set[Path] = set()
    lines = []
    for heading, names in READING_ORDER.items():
        lines += [f"**{heading}**", ""]
        order = [Path(name) for name in names.split()]
        package = order[-1].parts[0]
        if package in PACKAGES:
            order += [path for path in modules() if path.parts[0] == package and path not in order]
        for path in order:
            lines.append(f"- `{path}`: {first_line(ROOT / path)}")
        listed |= set(order)
        lines.append("")
    if missing := [str(path) for path in modules() if path not in listed]:
        raise SystemExit(f"not on the map in docs/map.py: {', '.join(missing)}")
    return "\n".join(lines)
