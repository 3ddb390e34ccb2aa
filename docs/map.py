"""The file map in docs/files.md: each module's first docstring line, in reading order.

It fails when a module is missing from the order, so that a new file cannot stay off the map.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# First the road from a question to its answer, in the order in which a question takes it. A '*'
# stands for what the folder holds and the list does not name, by name.
ROAD = """
    rag/__init__.py rag/newsroom.py rag/conversation.py rag/numbering.py rag/answering/__init__.py
    rag/answering/road.py rag/answering/options.py rag/answering/work.py rag/question/*
    rag/finding/__init__.py rag/finding/retrieve.py rag/finding/hit.py rag/finding/evidence.py
    rag/finding/ranking.py rag/finding/rerank.py rag/finding/* rag/refuse.py
    rag/suggesting.py
    rag/answering/heard.py rag/answering/premise.py
    rag/answering/choosing.py rag/answering/values.py rag/answering/value_spots.py
    rag/answering/value_time.py
    rag/answering/counted.py
    rag/answering/copied.py rag/answering/cited.py rag/answering/ladder.py
    rag/answering/over_time.py rag/answering/changing.py
    rag/answering/taught.py rag/answering/drafting.py rag/writing/__init__.py
    rag/writing/prompt.py rag/writing/generator.py rag/writing/generators/__init__.py
    rag/writing/generators/local.py rag/writing/generators/copying.py
    rag/writing/generators/marking.py rag/writing/generators/citing.py
    rag/writing/generators/taught.py rag/writing/generators/weights.py
    rag/writing/generators/server.py rag/writing/generators/scripted.py rag/writing/short.py
    rag/writing/trained.py rag/writing/answerers.py
    rag/checking/__init__.py rag/checking/cite.py rag/checking/verify.py rag/checking/claims.py
    rag/checking/* rag/claims/* rag/answer.py rag/events.py rag/timeline/__init__.py
    rag/timeline/timeline.py rag/timeline/figures.py rag/timeline/* rag/drafts/__init__.py
    rag/drafts/checking.py rag/drafts/* rag/showing/__init__.py rag/showing/render.py
    rag/showing/markdown.py rag/settings.py rag/sample_library.py rag/cli.py
    rag/commands/__init__.py rag/commands/ask.py rag/commands/search.py rag/commands/*
    rag/intake/__init__.py rag/intake/indexing.py rag/intake/adding.py rag/intake/* rag/showing/*
    rag/doctor.py rag/adapters/__init__.py rag/adapters/* rag/training/__init__.py
    rag/training/__main__.py rag/training/* rag/training/reader/__init__.py
    rag/training/reader/command.py rag/training/reader/* rag/training/answerer/__init__.py
    rag/training/answerer/command.py rag/training/answerer/* rag/training/verifier/__init__.py
    rag/training/verifier/command.py rag/training/verifier/*
"""
# Then what it stands on and what judges it: the face of each package, then the rest by name.
PACKAGES = {
    "corpus": "corpus/__init__.py corpus/article.py corpus/reading.py",
    "embeddings": "embeddings/__init__.py embeddings/library.py",
    "evals": "evals/__init__.py evals/sample.py evals/runner.py",
    "page": "app.py page/__init__.py page/layout.py page/ask/__init__.py page/ask/tab.py",
}


def file_map() -> str:
    """The whole map as Markdown, one list a package."""
    sections = {"rag": _spread(_paths(ROAD))}
    for package, first in PACKAGES.items():
        order = _paths(first)
        rest = [path for path in _modules(package) if path not in order]
        sections[package] = order + rest
    if missing := set(_modules("rag")) - set(sections["rag"]):
        raise SystemExit(f"not on the road in docs/map.py: {sorted(map(str, missing))}")
    lines: list[str] = []
    for package, paths in sections.items():
        lines += [f"## {package}/", "", *(f"- `{path}`: {_about(path)}" for path in paths), ""]
    return "\n".join(lines)


def _paths(names: str) -> list[Path]:
    return [Path(name) for name in names.split()]


def _spread(road: list[Path]) -> list[Path]:
    """The road with each '*' replaced by the rest of its folder."""
    named = {path for path in road if path.name != "*"}
    spread: list[Path] = []
    for path in road:
        if path.name != "*":
            spread.append(path)
        else:
            held = [one for one in _modules("rag") if one.parent == path.parent]
            spread += [one for one in held if one not in named]
    return spread


def _modules(package: str) -> list[Path]:
    return [path.relative_to(ROOT) for path in sorted((ROOT / package).rglob("*.py"))]


def _about(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    if not docstring:
        raise SystemExit(f"{path} has no docstring")
    return docstring.splitlines()[0].rstrip(".")
