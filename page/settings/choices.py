"""What the settings tab offers for each setting, and what each choice costs.

The figures are of `docs/measurements.md`, and of the commands that stand beside the constants; what
was not measured is not said.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from embeddings.embedders.models import DEFAULT_EMBEDDER, DEFAULT_GENERATOR
from rag.finding.readers import AUTO, OFF
from rag.settings import Settings

OWN = "own"
"""The choice that is no setting's value: what is written in the field below."""

Choices = list[tuple[str, str]]
"""(words, value): the name in the first line, what it is and costs in the second."""

STYLES: Choices = [
    ("auto\nshort or trained with the model that ships, cited with any other", "auto"),
    ("short\na few copied words and the quote; the model is asked for few questions", "short"),
    ("trained\nthe same, with the trained answerer's say", "trained"),
    ("cited\nwhole sentences by the model, each checked; it is asked for every question", "cited"),
]

READERS: Choices = [
    ("auto\nthe one that ships, beside the default embedder; 0.1 to 0.15 s a question", AUTO),
    ("off\nquicker; right answers on XQuAD 0.76 instead of 0.83 (n 150)", OFF),
    ("my own\nthe folder of an adapter that was trained from the same embedder", OWN),
]

VERIFIERS: Choices = [
    ("auto\nthe one that ships, beside the default embedder", AUTO),
    ("off\nsentences are checked by the exact rules alone", OFF),
    ("my own\nthe folder of an adapter that was trained from the same embedder", OWN),
]

MODELS: Choices = [
    (
        "the one that ships\nSmolLM2, 135 million parameters, 98 MB, on this machine",
        DEFAULT_GENERATOR,
    ),
    ("my own\na model on this machine, or behind a server that is OpenAI-compatible", OWN),
]

ANSWERERS: Choices = [
    (
        "auto\nthe one that ships, beside the default model; it has its say in the style trained",
        AUTO,
    ),
    ("off\nthe model answers untaught", OFF),
    ("my own\nthe folder of an adapter that was trained from the same model", OWN),
]

EMBEDDERS: Choices = [
    (
        "the one that ships\nall-MiniLM-L6-v2, 384 dimensions, 90 MB, on this machine",
        DEFAULT_EMBEDDER,
    ),
    ("my own\nevery article has to be embedded anew: dateline index --rebuild", OWN),
]

ENGINES: Choices = [
    ("auto\nthe quickest that this machine has", "auto"),
    ("openvino\n132 passages a second on two cores, 380 MiB", "openvino"),
    ("torch\n40 passages a second on two cores, 867 MiB; runs every model", "torch"),
]

HITS_COST = (
    "More finds what stands further down, and the reader has more to read. On the sample articles "
    "4 and 32 take the same time: 0.2 to 0.3 s a question at the median."
)
LEAST_COST = (
    "Higher refuses more, also of what the articles answer: 0.40 instead of 0.33 was right on 24 "
    "more of 136 questions without an answer, and wrong on 5 more of 516 others."
)
URI_FORMS = (
    "package:NAME/PATH, path:/FOLDER, hf:ORG/NAME@REVISION or openai:http://HOST:PORT/v1#MODEL"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the controls of the tab say, as `Settings` has it.

    Attributes:
        style, hits, least_answerable, reader, verifier: hold from the next question on.
        model, answerer, embedder, engine: hold from the next start on.
    """

    style: str
    hits: int
    least_answerable: float
    reader: str
    verifier: str
    model: str
    answerer: str
    embedder: str
    engine: str

    @classmethod
    def of(cls, settings: Settings) -> Chosen:
        """What is set."""
        return cls(**{name: getattr(settings, name) for name in names()})

    def values(self) -> dict[str, object]:
        """Name → value."""
        return {name: getattr(self, name) for name in names()}


AT_ONCE = ("style", "hits", "least_answerable", "reader", "verifier")
"""Settings that hold from the next question on."""


def names() -> tuple[str, ...]:
    """The names of the settings that the tab has."""
    return tuple(one.name for one in fields(Chosen))


def split(choices: Choices, value: str) -> tuple[str, str]:
    """A value as the choice that stands for it, and what is to stand in the field below."""
    return (value, "") if value in {known for _, known in choices} else (OWN, value)


def joined(choice: str | None, written: str | None) -> str:
    """The value that a choice and the field below it amount to."""
    return (written or "").strip() if choice == OWN else (choice or "")
