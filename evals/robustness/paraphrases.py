"""The same questions in other words, written by people: the answers stay.

A file of paraphrases has one JSON object a line, with the sample's id and the new question:

    {"id": "fact-01", "question": "…"}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.article import Article
from corpus.errors import EvalError
from evals.robustness.stress import stressed
from evals.suite import Suite


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Paraphrases:
    """Asks each question in the words of its paraphrase; samples without one are left out.

    Args:
        path: the file; None for the one that comes with the suite, found by the suite's name.
    """

    path: Path | None = None
    name: str = "paraphrases"

    def __call__(self, suite: Suite, home: Sequence[Article]) -> Suite:
        """The suite with other words.

        Raises:
            EvalError: there is no such file, a line is no paraphrase, or no sample has one.
        """
        del home
        path = self.path if self.path is not None else paraphrases_path(suite.name)
        if self.path is None and not path.exists():
            raise EvalError(
                "No paraphrases come with this suite",
                where=suite.name,
                next_step="bring your own, one a line as "
                '{"id": "fact-01", "question": "…"}, with --stress paraphrases:FILE',
            )
        questions = read_paraphrases(path)
        samples = [
            replace(sample, question=questions[sample.id])
            for sample in suite.samples
            if sample.id in questions
        ]
        return stressed(suite, self.name, samples, suite.worlds)


def paraphrases_path(suite: str) -> Path:
    """Where the paraphrases of a shipped suite lie, whether or not there are any.

    Args:
        suite: its name; stresses after a '+' are left aside.
    """
    folder = Path(str(resources.files("evals"))) / "suites" / "paraphrases"
    return folder / f"{suite.partition('+')[0]}.jsonl"


def read_paraphrases(path: Path) -> dict[str, str]:
    """The new question of each sample id.

    Raises:
        EvalError: the file cannot be read, or a line is not a paraphrase or the second of an id.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(
            f"The paraphrases cannot be read: {error}",
            where=path,
            next_step='write one line {"id": …, "question": …} a sample, or leave the stress out',
        ) from error
    questions: dict[str, str] = {}
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        where = f"{path}, line {number}"
        try:
            line = _Line.model_validate_json(text)
        except ValidationError as error:
            raise EvalError(
                f"This is not a paraphrase: {error.errors()[0]['msg']}",
                where=where,
                next_step='write {"id": "fact-01", "question": "…"}',
            ) from error
        if line.id in questions:
            raise EvalError(
                f"The sample '{line.id}' has a paraphrase already",
                where=where,
                next_step="keep one of the two",
            )
        questions[line.id] = line.question
    return questions
