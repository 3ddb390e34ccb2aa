"""Questions for a speaker: 'Who said that …?', from the ways in which news attributes.

'Mayor Ellen Reyes said on Monday that the work would cost 12 million'
'“We will begin in June”, Reyes told reporters' and '“We will begin”, said Ellen Reyes'
'The bridge was unsafe, according to Ellen Reyes'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.draft.clause import balanced, inside, is_name
from evals.draft.drafted import Proposal, Statement, Swap
from evals.draft.names import speaker_in
from evals.draft.verbs import SAYING, is_verb

_SAYING = "|".join(SAYING)
_WHEN = r"(?: (?:on|in|at|to|during) [^,“\"]{2,40}?)??"
# 'NAME, who speaks for the department, said on Monday that …'
_THAT = re.compile(
    rf"^(?P<speaker>[^,“\"]+?)(?P<aside>, [^“\"]{{3,90}},)? (?P<said>{_SAYING})"
    rf"(?P<between>(?<=told) [A-Z][^,“\"]{{2,40}}?|{_WHEN}) that (?P<clause>.+)$"
)
# 'NAME said the talks were …'
_BARE = re.compile(
    r"^(?P<speaker>[^,“\"]+?)(?P<aside>, [^“\"]{3,90},)? said "
    r"(?P<clause>(?:the|a|an|some|at least|more than) [^“\"]+)$"
)
# '“…”, said NAME' and '“…”, NAME said'
_QUOTED = re.compile(
    r"^[“\"](?P<quote>[^“”\"]{20,})[,.!?]?[”\"],? "
    r"(?:(?:said|says|added|warned) (?P<after>[^,“\"]+)|(?P<before>[^,“\"]+?) "
    r"(?:said|says|added|told [\w ]{3,25}|warned))(?:,.*| on \w+| in a statement)?$"
)
# 'CLAUSE, NAME said', 'CLAUSE, said NAME' and 'CLAUSE, according to NAME'
_LATER = re.compile(
    r"^(?P<clause>[^“\"]+), (?:according to (?P<according>[^,“\"]+)|(?P<before>[^,“\"]+) "
    r"(?:said|says)|said (?P<after>[^,“\"]+))(?: on \w+| in a statement)?(?:,.*)?$"
)
# Shorter ones are said by many: 'We cannot comment on that'.
_SHORTEST_QUOTE = 7
_LONGEST_SAID = 30
_STOP = re.compile(r"[.,]+([”\"]?)$")
_POINTING = frozenset({"this", "these", "those", "them"})
_UNCLEAR = re.compile(r"(?:it|they|this|these|that|those|such|there)\b", re.IGNORECASE)


# 'On Saturday the Amir of Qatar, Sheikh Tamim, told …'
_ON_DAY = re.compile(r"^(?:On|Last|Late on|Early on) \w+day,? ")
_SAID_SO = re.compile(
    r", (?:the|an?|its) [^,“\"]{3,30} (?:says|said|adds|added|notes|noted|reports|reported)$"
)


def propose(statement: Statement) -> Iterator[Proposal]:
    """At most one question: who said what the sentence says that somebody said."""
    text = _SAID_SO.sub("", statement.text)
    made = _quoted(text) or _reported(text) or _afterwards(text, statement.article.text)
    if made is None:
        return
    phrase, question, template = made
    answers = _speaker(phrase, f"{statement.article.title}. {statement.article.text}")
    if answers:
        swap = Swap(template, answers[0], "name")
        yield Proposal("speaker", statement, question, answers, "who_said", swap=swap)


def _speaker(phrase: str, context: str) -> tuple[str, ...]:
    """Accepted names from 'the Amir of Qatar, Sheikh Tamim bin Hamad Al-Thani'."""
    role, _, aside = _ON_DAY.sub("", phrase).partition(", ")
    named = speaker_in(aside) if len(aside.split()) <= 6 else ()
    # A name in the aside is the speaker where what stands before it is only the office.
    if len(named) > 1 and re.match(r"[Tt]he ", role):
        return tuple(dict.fromkeys((*named, role.removeprefix("the ").removeprefix("The "))))
    named = speaker_in(role)
    if len(named) == 1 and named[0] == role and " " not in role and not is_name(role, context):
        return ()  # 'Analysts said': a capital at the start says nothing
    return named


def _quoted(text: str) -> tuple[str, str, str] | None:
    match = _QUOTED.match(text)
    if match is None or not _SHORTEST_QUOTE <= len(match["quote"].split()) <= _LONGEST_SAID:
        return None
    quote = match["quote"].strip().rstrip(",.")
    return (
        match["after"] or match["before"],
        f"Who said “{quote}”?",
        f"When did {{}} say “{quote}”?",
    )


def _reported(text: str) -> tuple[str, str, str] | None:
    match = _THAT.match(text) or _BARE.match(text)
    if match is None or not _clear(match["clause"]):
        return None
    groups = match.groupdict()
    said, between = groups.get("said") or "said", groups.get("between") or ""
    that = " that" if "said" in groups else ""
    if said == "told" and not between:
        return None
    clause = _STOP.sub(r"\1", match["clause"])
    base = SAYING[said]
    return (
        match["speaker"] + (match["aside"] or "").rstrip(","),
        f"Who {said}{between}{that} {clause}?",
        f"Why did {{}} {base}{between}{that} {clause}?",
    )


def _afterwards(text: str, context: str) -> tuple[str, str, str] | None:
    match = _LATER.match(text)
    clause = inside(match["clause"], context) if match else None
    if match is None or clause is None or not _clear(clause):
        return None
    phrase = match["according"] or match["before"] or match["after"]
    return (phrase, f"Who said that {clause}?", f"Why did {{}} say that {clause}?")


def _clear(clause: str) -> bool:
    return (
        4 <= len(clause.split()) <= _LONGEST_SAID
        and balanced(clause)
        and not _UNCLEAR.match(clause)
        and not _POINTING.intersection(clause.lower().split())
        and any(is_verb(word) or word.endswith("s") for word in clause.split()[1:])
        and not re.search(r"[“”\"].*\b(?:he|she) (?:said|added)\b", clause)
    )
