"""Do an engine's vectors agree with the model's own? Asked each time that an engine starts.

A converted model may pool, cut or prefix in another way than the model, and a kernel may be wrong
on one kind of processor only. So the model's own vectors of a few texts are kept beside the
converted model, and an engine that cannot repeat them is not used.
"""

from __future__ import annotations

from embeddings.embedders.embedder import Vectors

LEAST_COSINE = 0.9999
"""Below this mean cosine to the float32 vectors an engine is not used. Over 500 questions and
2,003 passages the share of the ten nearest that changed was about √(1 − cosine): 0.003 for
bfloat16 (0.99999), 0.023 for int8 weights (0.99947), 0.05 for int8 throughout (0.9970). So 0.9999
stands for the recall of 0.99 that an engine must keep."""

_SENTENCES = (
    "The ferry company said on Tuesday that it would resume its evening service after repairs "
    "to the pier were finished two weeks early. ",
    "A spokeswoman for the regional court confirmed that the hearing, first set for 14 March, "
    "had been put off until the autumn; neither side objected. ",
    "Prices rose by 2.3 per cent in the year to June, the statistics office said, less than the "
    "2.8 per cent that economists had expected. ",
    "“We were not told,” said a teacher who asked not to be named, “and nobody answered.” ",
)

TEXTS = (
    "Rain.",
    "Who chaired the committee that reviewed the harbour contract?",
    *_SENTENCES,
    "Council votes on the budget | Harbour Courier | 3 May 2024\n" + "".join(_SENTENCES),
    "Überschwemmung in Łódź – 東京, Москва, القاهرة 🕊️",
    "".join(_SENTENCES) * 40,
)
"""What is asked: one word, a question, sentences, a passage under its header, letters that the
model hardly knows, and a text that every model has to cut."""


def agreement(found: Vectors, expected: Vectors) -> float:
    """Mean cosine of unit vectors, both of shape (len(TEXTS), dimensions); 0 for other shapes."""
    if found.shape != expected.shape:
        return 0.0
    return float((found * expected).sum(axis=1).mean())
