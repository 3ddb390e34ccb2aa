"""`dateline-chat` over the sample library with a model that writes what it is told, at a set pace.

Everything but the two models is the program itself: its signals, its desk, its server. Run as
`python -m tests.app.load.stand FOLDER SECONDS_A_WORD [OPTION]…`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import app
import rag
from corpus.samples import sample_paths
from embeddings.embedders.hashing import HashEmbedder
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.load.asked import REPLY


def main() -> None:
    """Serve until a signal comes."""
    folder, delay, *options = sys.argv[1:]

    def opened(library: str | None, model: str | None) -> Newsroom:
        del library, model
        return rag.open(
            Path(folder) / "library",
            add=[sample_paths()],
            embedder=HashEmbedder(256),
            generator=ScriptedGenerator([REPLY], delay=float(delay)),
            progress=False,
        )

    app.__dict__["_open"] = opened
    app.main(["--runs", str(Path(folder) / "runs.sqlite"), *options])


if __name__ == "__main__":
    main()
