"""How questions are answered, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass, field

from rag.answering.choosing import ChooseOptions
from rag.answering.ladder import LadderOptions
from rag.answering.values import ValueOptions
from rag.checking.verify import VerifyOptions
from rag.finding.ranking import EvidenceOptions
from rag.finding.retrieve import RetrieveOptions
from rag.refuse import RefuseOptions
from rag.writing.prompt import PromptOptions


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """One options object a stage, in the order of the road.

    Attributes:
        understand: whether the kind, the parts, the speaker and the days of a question steer its
            answer; without it every question is answered by the best sentence.
        premise: whether what a question takes for granted is held against the evidence.
        named: whether articles that lack a name of the question are left aside where others have
            it.
        figures: whether questions of how many read the figures of the articles over time.
        counted: whether a figure must be of what a question counts.
        values: whether a figure or a day is chosen by what it is of and by the words around it;
            without it the model copies one out of the best sentence.
        These are there to be left out one at a time: `dateline-eval ablate`.
    """

    understand: bool = True
    premise: bool = True
    named: bool = True
    figures: bool = True
    counted: bool = True
    values: bool = True
    retrieve: RetrieveOptions = field(default_factory=RetrieveOptions)
    evidence: EvidenceOptions = field(default_factory=EvidenceOptions)
    refuse: RefuseOptions = field(default_factory=RefuseOptions)
    choose: ChooseOptions = field(default_factory=ChooseOptions)
    value: ValueOptions = field(default_factory=ValueOptions)
    prompt: PromptOptions = field(default_factory=PromptOptions)
    verify: VerifyOptions = field(default_factory=VerifyOptions)
    ladder: LadderOptions = field(default_factory=LadderOptions)
