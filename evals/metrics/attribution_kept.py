"""Does the reader learn who says so?

    value = debts paid / debts owed

An answer owes a debt for each shown sentence whose cited words attribute ('officials said'): it is
paid where the sentence attributes too. It owes one more where the target names a speaker: paid
where an accepted name stands in the text, the short answer or a cited quote. The short answer is a
few words and no statement, and owes nothing.

Source: Dateline's own, after the habit of news desks: a claim stays with the one who makes it. Its
weakness: attribution is found by verbs of saying (`Facts.attributes`), so it does not
see whether the right one is named, and a span that reports a count ('counted', 'reported') asks
for a speaker where a reader may not. Unscored: refusals, and answers that owe nothing.
"""

from __future__ import annotations

from evals.metrics.base import Metric
from evals.metrics.text import contains_any, without_markers
from evals.sample import Sample, Score
from rag.answer import Answer
from rag.checking.citation import Sentence
from rag.claims.facts import facts_of


class AttributionKept(Metric):
    """Mean share of the claims of others that an answer leaves with those who made them."""

    name = "attribution_kept"
    group = "citations"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        if answer.status == "refused":
            return Score(None, answer.text, "refused")
        owing = [sentence for sentence in answer.sentences if _owes(sentence, answer)]
        lost = [sentence.text for sentence in owing if not facts_of(sentence.text).attributes]
        owed, why = len(owing), [f"lost in '{text}'" for text in lost]
        if sample.target.speaker:
            owed += 1
            said = (without_markers(answer.text), answer.short or "")
            quotes = tuple(citation.quote for citation in answer.citations)
            if not contains_any((*said, *quotes), sample.target.speaker):
                why.append(f"'{sample.target.speaker[0]}' is not named")
        if owed == 0:
            return Score(None, answer.text, "nothing that it says is another's claim")
        paid = owed - len(why)
        return Score(paid / owed, answer.text, "; ".join([f"{paid} of {owed} kept", *why]))


def _owes(sentence: Sentence, answer: Answer) -> bool:
    return sentence.text != answer.short and any(
        facts_of(citation.quote).attributes for citation in sentence.citations
    )
