"""What a question takes for granted, held against the evidence before anything is answered.

'Why did Egypt leave the talks?' presupposes that it did. Where the nearest evidence says
otherwise, the answer says what the articles do say; where a yes/no question is asked, the same
comparison gives the yes or the no.
"""

from __future__ import annotations

from corpus.content.names import Name, names, same_name
from corpus.content.words import folded
from rag.answering.work import Work
from rag.checking.verify import Checker, Verification
from rag.claims.terms import content_terms
from rag.finding.evidence import Evidence

_LOOKED_AT = 5
"""Best sentences that may bear a claim out or contradict it; judgement."""
_SAME_MATTER = 0.6
"""Share of a claim's words of content from which a sentence speaks of the same matter."""
_SAME_FACT = 0.9
"""The same for a 'No', which a sentence on another matter must never give."""
_HALF = 0.5
"""The same for either where title, outlet and date hold nearly all of the rest: 'the bill' under a
headline on the law. All are judgement."""


class Premise:
    """Weighs the claim of a question.

    Args:
        verifier: says what a span carries.
    """

    def __init__(self, verifier: Checker) -> None:
        self._verifier = verifier

    def weigh(self, work: Work) -> None:
        """Fills in the short answer of a yes/no question, or the correction of a false premise."""
        claim = work.understanding.claim
        if claim is None:
            return
        with work.timed("verify"):
            checked = [
                (one, self._verifier.check(claim, [one.text], [one.header]))
                for one in work.evidence[:_LOOKED_AT]
            ]
        held = [one for one, check in checked if check.verdict == "supported"]
        asks_whether = work.understanding.kind == "yes_no"
        least = _SAME_FACT if asks_whether else _SAME_MATTER
        against = [one for one, check in checked if _contradicts(claim, one, check, least)]
        if asks_whether:
            self._say(work, held, against)
        elif not held and (otherwise := against or _of_another(claim, work)):
            work.correction = f"The cited words do not say that {_clause(claim)}. They say:"
            work.chosen = otherwise[:1]

    def _say(self, work: Work, held: list[Evidence], against: list[Evidence]) -> None:
        if held and not against:
            work.short, work.working = "Yes", "the cited sentence says so"
            work.chosen = held[:1]
        elif against and not held:
            work.short, work.working = "No", "the cited sentence says otherwise"
            work.chosen = against[:1]


def _contradicts(claim: str, evidence: Evidence, check: Verification, least: float) -> bool:
    """Of the same matter, and with another figure or the opposite.

    A claim of which the sentence has little is not contradicted by it: the sentence is about
    something else.
    """
    if check.verdict != "unsupported":
        return False
    text = evidence.text
    if _cover(claim, text) < least and not (
        _cover(claim, text) >= _HALF and _cover(claim, f"{text}\n{evidence.header}") >= _SAME_FACT
    ):
        return False
    return any(one.kind in ("figure", "denial") and one.found for one in check.differences)


def _of_another(claim: str, work: Work) -> list[Evidence]:
    """Sentences in which somebody else did what the claim says of somebody; none where the one
    who is named may have done it too.

    'Why did Hollin resign?' where the articles say only that Oakes did.
    """
    told = names(claim)
    if len(told) != 1 or told[0].start > _AT_FRONT or not _is_person(told[0]):
        return []
    deed = {one.term for one in content_terms(claim[told[0].end :])}
    if not deed:
        return []
    found: list[Evidence] = []
    for one in work.evidence[:_ASIDE]:
        if not deed <= {term.term for term in content_terms(one.text)}:
            continue
        doer = next(iter(names(one.text)), None)
        if doer is None or doer.start > _AT_FRONT or same_name(doer.text, told[0].text):
            return []
        if folded(told[0].text.split()[-1]) in folded(one.text):
            return []
        found.append(one)
    return found


def _is_person(name: Name) -> bool:
    """Of a movement or a country others speak and act: 'Israel' where the article has its prime
    minister."""
    if name.kind in ("organisation", "place"):
        return False
    return name.kind == "person" or len(name.text.split()) > 1


_ASIDE = 12
"""Best sentences that may tell that the one who is named did it after all."""
_AT_FRONT = 24
"""Characters before the name of who does it: 'County engineer Bram Oakes resigned'."""


def _cover(claim: str, text: str) -> float:
    """The share of the claim's words of content that the text has."""
    mine = {one.term for one in content_terms(claim)}
    theirs = {one.term for one in content_terms(text)}
    return len(mine & theirs) / len(mine) if mine else 0.0


def _clause(claim: str) -> str:
    return claim.strip().rstrip(".")
