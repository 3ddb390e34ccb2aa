"""One sample, the answer that it got, and what the metrics made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
    """

    sample: Sample
    answer: Answer | None
    scores: Mapping[str, Score]
    error: str | None
    seconds: float

    def value(self, metric: str) -> float | None:
        """The value of one metric, None when unscored."""
        score = self.scores.get(metric)
        return score.value if score else None

    def to_dict(self) -> dict[str, object]:
        """The form of a line of records.jsonl."""
        target = self.sample.target
        answer = self.answer
        return {
            "id": self.sample.id,
            "kind": self.sample.kind,
            "question": self.sample.question,
            "as_of": self.sample.as_of.isoformat() if self.sample.as_of else None,
            "target": {
                "parts": [list(part) for part in target.parts],
                "articles": list(target.articles),
                "quotes": list(target.quotes),
                "refuse": target.refuse,
            },
            "status": answer.status if answer else None,
            "refusal": answer.refusal.kind if answer and answer.refusal else None,
            "text": answer.text if answer else None,
            "short": answer.short if answer else None,
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
        }
