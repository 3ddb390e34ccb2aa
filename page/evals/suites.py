"""What the page's evals can ask: shipped suites that fit the open library, what its reader judged,
and a file of the reader's own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import EvalError
from evals.opening import open_suite
from evals.suite import HOME, Suite
from evals.suites import suite_names
from evals.suites.rows import READERS
from page.desk.masthead import holds_samples
from page.drawing.markup import count

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

OWN = "own questions"
"""The choice that is no suite's name: a file of the reader's own."""

JUDGED = "judged answers"
"""The choice of the samples that the reader's judgements made; no suite's name either."""

MOST_BYTES = 1_000_000
"""Of an uploaded file: about 3,000 questions, more than a machine answers in a night."""

OWN_ENDINGS = tuple(READERS)

SYSTEMS_IN_WORDS = {
    "dateline": "the newsroom as it is set",
    "dateline-cited": "whole sentences, each of them checked",
    "without-verifier": "the same with nothing checked",
    "gold-passages": "shown the passages that hold the answer",
    "nearest-sentence": "quotes the nearest sentence, no model",
    "plain-prompt": "the model with three passages, not checked",
    "closed-book": "the model alone, from memory",
    "search-only": "finds passages, answers nothing",
}
"""One line for each name of `evals.systems.SYSTEMS`."""


def suite_choices(newsroom: Newsroom, judged: Path | None = None) -> list[tuple[str, str]]:
    """(words, name) of each suite that can be asked here, one's own file last.

    Args:
        judged: the file of the samples that the reader's judgements made; it need not be there.

    A suite that brings its articles can always be asked. The others are about the sample
    articles, so they are offered where these are in the library.
    """
    choices = []
    for name in suite_names():
        suite = open_suite(name)
        brought = sum(len(articles) for articles in suite.worlds.values())
        asked = count(len(suite.samples), "question")
        if all(sample.world != HOME for sample in suite.samples):
            choices.append((f"{name}\n{asked}, with {count(brought, 'article')} of its own", name))
        elif holds_samples(newsroom):
            choices.append((f"{name}\n{asked} about the sample articles", name))
    if judged is not None and judged.exists():
        choices.append((f"my judged answers\n{_judged_in_words(judged)}", JUDGED))
    own = f"of this library, in a file: {', '.join(OWN_ENDINGS[:3])}"
    return [*choices, (f"my own questions\n{own}", OWN)]


def system_choices() -> list[tuple[str, str]]:
    """(words, name) of each system."""
    return [(f"{name}\n{words}", name) for name, words in SYSTEMS_IN_WORDS.items()]


def _judged_in_words(judged: Path) -> str:
    try:
        questions = count(len(open_suite(str(judged)).samples), "question")
    except EvalError:
        return "of this library; their file cannot be read"
    return f"{questions} of this library, from Right and Wrong"


def chosen_suite(choice: str | None, uploaded: str | None, judged: Path | None = None) -> Suite:
    """The suite of a choice.

    Args:
        choice: a name out of `suite_choices`.
        uploaded: where the reader's own file lies; None while there is none.
        judged: as `suite_choices` takes it.

    Raises:
        EvalError: nothing is chosen, or the file cannot be used, with the line that is at fault.
    """
    if choice == JUDGED:
        if judged is None or not judged.exists():
            raise EvalError(
                "No judged answer was added to the suite of this library",
                next_step="press a thumb below an answer, and add it as an eval sample",
            )
        return _of_file(judged)
    if choice != OWN:
        if choice not in suite_names():
            raise EvalError("No suite is chosen", next_step="choose one above")
        return open_suite(choice)
    if not uploaded:
        raise EvalError("There is no file of questions yet", next_step="put one in above")
    return _of_file(Path(uploaded))


def _of_file(path: Path) -> Suite:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise EvalError(
                f"The file has {size:,} bytes, more than {MOST_BYTES:,}",
                where=path,
                next_step="split it, or ask it with dateline-eval run",
            )
        return open_suite(str(path))
    except OSError as error:
        raise EvalError("The file is gone", where=path.name, next_step="put it in again") from error
    except EvalError as error:
        # The reader knows the file by its name, not by where the page keeps it.
        where = (error.where or path.name).replace(f"{path.parent}/", "")
        raise EvalError(error.what, where=where, next_step=error.next_step) from error
