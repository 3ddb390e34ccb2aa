"""Questions for a name: 'Who …?' of the one who did it, else the sentence with a gap.

'Ashford approved the harbour plan'      → Who approved the harbour plan?
'The ceasefire that Qatar had brokered'  → Which name is missing here: “The ceasefire that ____
                                           had brokered …”?
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.draft.clause import PREPOSITIONS, Clause, take_apart
from evals.draft.drafted import Proposal, Statement
from evals.draft.lexicon import word_set
from evals.draft.names import forms_of, names_in, without_title
from evals.draft.verbs import AGENTS, is_verb

GAP = "____"

# A gap in a longer sentence asks the reader to read, not to know.
_LONGEST_CLOZE = 32
_SHORTEST_REST = 3
_POINTING = word_set("he she it they him her them his hers its their theirs this these those such")
_WITHOUT_OBJECT = word_set(
    "agreed voted appealed asked protested resigned withdrew called paid applied"
)
_PASSIVE = frozenset({"was", "were", "is", "are"})
_NAME = r"(?P<name>[A-Z][\w’'.-]*(?: (?:(?:of|the|bin|al) )?[A-Z][\w’'.-]*)*)"
_BY = re.compile(
    rf"^(?P<done>\w+) by (?:the )?{_NAME}(?P<after>(?: (?:in|on|at|after|before) .+)?)$"
)
_IN = re.compile(
    rf"^(?P<done>(?:\w+ )?(?:held|opened|arrested|killed|found|born|died|built|met|signed|"
    rf"detained|buried|published|launched|founded|took place|gathered|lived|arrived|sentenced|"
    rf"attacked|seen|shot|based|staged|injured|wounded)) (?:in|at) (?:the )?{_NAME}"
    rf"(?P<after>(?: (?:on|after|before|during|in) .+)?)$"
)
_BODY = re.compile(r"^(?:the )?[A-Z][\w’'.-]*(?: (?:of|the|for|and|bin|al|[A-Z])[\w’'.-]*)*$")


def propose(statement: Statement) -> Iterator[Proposal]:
    """'Who …?' or 'Where …?' where a rule can ask so, else one gap for each name."""
    text = statement.text
    clause = take_apart(text, statement.article.text)
    asked = (_who(clause) or _by_whom(clause) or _where(clause)) if clause else None
    if asked is not None:
        yield Proposal("cloze", statement, asked[0], forms_of(asked[1]), "fact")
        return
    if not stands_alone(text):
        return
    for name in names_in(text):
        if question := with_gap(text, name.text, "name", name.start):
            yield Proposal("cloze", statement, question, (name.text,), "fact", verbatim=True)


def stands_alone(text: str) -> bool:
    """Whether a sentence can be read without the one before it, as a gap needs it to be."""
    words = text.split()
    return len(words) > _SHORTEST_REST and (
        not _POINTING.intersection(word.strip("“”\"',.;").lower() for word in words)
        and not (words[0] == "The" and words[1].islower() and is_verb(words[2]))
        and not re.match(r"The \w+ (?:also|then|now)\b", text)
    )


def _who(clause: Clause) -> tuple[str, str] | None:
    if clause.verb not in AGENTS or not _BODY.match(clause.subject):
        return None
    words = clause.rest.split()
    if len(words) < _SHORTEST_REST:
        return None
    if words[0] in PREPOSITIONS and clause.verb not in _WITHOUT_OBJECT:
        return None  # 'the line opened in 1875': nobody opened it in this sentence
    return f"Who {clause.verb} {clause.rest}?", without_title(clause.subject.removeprefix("the "))


def _by_whom(clause: Clause) -> tuple[str, str] | None:
    """'The bridge was opened by Ellen Reyes' → 'By whom was the bridge opened?'."""
    match = _BY.match(clause.rest)
    if clause.verb not in _PASSIVE or match is None or len(names_in(f"by {match['name']}")) != 1:
        return None
    return clause.asked("By whom", f"{match['done']} {match['after']}"), match["name"]


def _where(clause: Clause) -> tuple[str, str] | None:
    """'The talks were held in Doha' → 'Where were the talks held?'."""
    match = _IN.match(clause.rest)
    if match is None or len(names_in(f"in {match['name']}")) != 1:
        return None
    return clause.asked("Where", f"{match['done']} {match['after']}"), match["name"]


def with_gap(text: str, answer: str, what: str, near: int = 0) -> str | None:
    """The sentence with a gap for the answer; None where it is too long or holds it twice."""
    if len(text.split()) > _LONGEST_CLOZE or text.count(answer) != 1:
        return None
    at = text.find(answer, near)
    if at < 0:
        return None
    gapped = f"{text[:at]}{GAP}{text[at + len(answer) :]}"
    # Inside quotation marks of its own the sentence's marks become single ones.
    inner = re.sub(r'"([^"]*)"', r"‘\1’", gapped).replace("“", "‘").replace("”", "’")
    return f"Which {what} is missing here: “{inner.rstrip('.')}”?"
