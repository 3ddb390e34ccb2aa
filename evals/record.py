"""One sample, the answer that it got, and what the metrics made of it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ConfigDict, TypeAdapter

from corpus.errors import EvalError
from evals.sample import Sample, Score
from rag.answer import Answer


@dataclass(frozen=True, slots=True)
class Record:
    """One sample, the answer that it got, and its scores.

    Attributes:
        answer: None when asking failed.
        scores: by the metric's name; empty when asking failed.
        error: what failed, in the words of the error; None when nothing did.
        seconds: wall time of asking.
        memory_mb: the most memory that the process has held until then, in MiB; None where the
            system does not tell.
    """

    sample: Sample
    answer: Answer | None
    scores: Mapping[str, Score]
    error: str | None
    seconds: float
    memory_mb: float | None = None

    # 'More than 32,000' is open above, and JSON proper has no word for that.
    __pydantic_config__ = ConfigDict(ser_json_inf_nan="constants")

    def value(self, metric: str) -> float | None:
        """The value of one metric, None when unscored."""
        score = self.scores.get(metric)
        return score.value if score else None

    def to_bytes(self) -> bytes:
        """All of it, as a run store keeps it: JSON, compressed by zlib."""
        return zlib.compress(_RECORD.dump_json(self))

    @classmethod
    def from_bytes(cls, payload: bytes) -> Record:
        """What `to_bytes` wrote.

        Raises:
            EvalError: it is something else, or the record of a Dateline with other fields.
        """
        try:
            return _RECORD.validate_json(zlib.decompress(payload))
        except (zlib.error, ValueError) as error:
            raise EvalError(
                f"a stored record cannot be read: {str(error).splitlines()[0]}",
                next_step="ask again with --fresh: it was damaged, or kept by another Dateline",
            ) from error

    def to_dict(self) -> dict[str, object]:
        """The form of a line of records.jsonl."""
        target = self.sample.target
        answer = self.answer
        return {
            "id": self.sample.id,
            "kind": self.sample.kind,
            "world": self.sample.world,
            "before": list(self.sample.before),
            "question": self.sample.question,
            "as_of": self.sample.as_of.isoformat() if self.sample.as_of else None,
            "target": {
                "parts": [list(part) for part in target.parts],
                "articles": list(target.articles),
                "quotes": list(target.quotes),
                "refuse": target.refuse,
                "stale": list(target.stale),
                "planted": list(target.planted),
                "speaker": list(target.speaker),
                "never": list(target.never),
            },
            "status": answer.status if answer else None,
            "refusal": answer.refusal.kind if answer and answer.refusal else None,
            "text": answer.text if answer else None,
            "short": answer.short if answer else None,
            "answerability": answer.answerability if answer else None,
            "sentences": [
                {"text": s.text, "verdict": s.verdict, "support": s.support}
                for s in (answer.sentences if answer else ())
            ],
            "citations": [
                {
                    "marker": c.marker,
                    "title": c.article.title,
                    "published": c.article.date_label,
                    "start": c.start,
                    "end": c.end,
                    "quote": c.quote,
                }
                for c in (answer.citations if answer else ())
            ],
            "scores": {
                name: {"value": score.value, "explanation": score.explanation}
                for name, score in self.scores.items()
            },
            "error": self.error,
            "seconds": round(self.seconds, 4),
            "memory_mb": self.memory_mb and round(self.memory_mb, 1),
        }


_RECORD = TypeAdapter(Record)
