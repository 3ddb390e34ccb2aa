"""The questions inside a question that needs several articles, each whole by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from rag.question.asked_period import Period, period_in
from rag.question.comparing import CHANGED, compared, compared_thing, is_plural, owned
from rag.question.followup import made_whole
from rag.question.frame import ASKING, clauses_of, frame_of
from rag.question.kinds import kind_of
from rag.question.predicate import predicate_at
from rag.question.verbs import VERBS
from rag.question.words import as_question, tidied, words_of

_SPEAKERS = re.compile(
    r"^(?P<head>(?:what|how|which [\w ]+?|when|why) (?:did|do|does|have|has|had|would) )"
    r"(?P<first>[^,?]+?) and (?P<second>[^,?]+?) (?P<each>each |both |respectively )?"
    r"(?P<verb>(?:say|said|tell|told|claim|claimed|think|respond|responded|react|reacted|describe"
    r"|described|put|count|counted|estimate|estimated|forecast|reckon|report|reported|announce|give"
    r"|gave|want|demand|propose|proposed|offer|offered)\b.*)$",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"^(?P<head>.*?\b(?:did|do|does|have|has|had) )(?P<first>[^,?]+?) and (?P<second>[^,?]+?) each "
    r"(?P<verb>.*)$",
    re.IGNORECASE,
)
_BY_BOTH = re.compile(
    r"^(?P<head>.*?,?) (?P<by>by|according to|from) (?P<first>[^,?]+?) and (?:by |according to "
    r"|from )(?P<second>[^,?]+)$",
    re.IGNORECASE,
)
_AGREE = re.compile(r"\b(?:dis)?(?:agree|differ)s? (?:on|about|over) (?P<inner>.+)$", re.IGNORECASE)


def parts_of(question: str, today: date | None = None) -> tuple[str, ...]:
    """Whole questions to answer one by one; empty where one article may answer it all."""
    main = tidied(question[frame_of(question).main :])
    opening = question[: frame_of(question).main]
    for found in (_clauses(main), _speakers(main)):
        if found:
            return _asked(f"{opening}{one}" for one in found) if opening.strip() else _asked(found)
    period = period_in(question, today)
    if len(period.each) >= 2 and _side_by_side(question, period):
        return _by_period(question, period)
    if kind_of(question) == "compare":
        return compared(main)
    return ()


def _asked(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(as_question(part) for part in parts))


def _clauses(main: str) -> list[str]:
    """'When did it begin, and who said so?': the second is made whole from the first."""
    pieces = clauses_of(main)
    if len(pieces) < 2 or re.match(r"(?:compare|what is the difference)\b", main, re.IGNORECASE):
        return []
    if re.search(r"\b(?:say|said|says|explain|know|tell|told|asked|about)\W*$", pieces[0], re.I):
        return []
    if _lacks_verb(pieces[0]):
        return []
    whole = [pieces[0]]
    for piece in pieces[1:]:
        before = tuple(as_question(one) for one in whole)
        whole.append(made_whole(as_question(piece), before))
    return whole


def _lacks_verb(piece: str) -> bool:
    """'What did A' of 'What did A and what did B say?'."""
    words = words_of(piece)
    at = next((at for at, word in enumerate(words) if word.low in ("did", "does", "do")), None)
    if at is None:
        return False
    return predicate_at(words[at].low, words[at + 1 :], subject_first=True) is None


def _speakers(main: str) -> list[str]:
    """'What did A and B say about it?': one question for each of them."""
    for pattern in (_EACH, _SPEAKERS, _BY_BOTH):
        found = pattern.match(main)
        if found is None or not _alike(found["first"], found["second"]):
            continue
        if pattern is _BY_BOTH:
            return [f"{found['head']} {found['by']} {found[who]}" for who in ("first", "second")]
        head = found["head"]
        speakers = (found["first"], re.sub(r"^(?:what|how) (?:did|do|does) ", "", found["second"]))
        return [f"{_singular(head)}{who} {found['verb']}" for who in speakers]
    return []


def _singular(head: str) -> str:
    return re.sub(r"\bdo $", "does ", re.sub(r"\bhave $", "has ", head))


def _alike(first: str, second: str) -> bool:
    """Whether 'A and B' are two speakers: short, and no verb between them."""
    second = re.sub(r"^(?:what|how) (?:did|do|does) ", "", second)
    both = (first.split(), second.split())
    return all(0 < len(words) <= 6 for words in both) and not any(
        word in VERBS and word not in ("state", "report") for word in second.lower().split()[1:]
    )


def _side_by_side(question: str, period: Period) -> bool:
    """Whether the periods are set against each other, rather than one event told by two days."""
    first, second = period.each[0], period.each[1]
    between = question[first.end : second.start]
    if kind_of(question) in ("change", "compare"):
        return True
    joined = re.fullmatch(
        r"\s*,?\s*(?:and|or|versus|vs\.?)\s*(?:in |on |by |at )?(?:early |late |mid-)?", between
    )
    return joined is not None and not re.search(r"\bbetween\W+$", question[: first.start], re.I)


def _by_period(question: str, period: Period) -> tuple[str, ...]:
    """The same question for each period, with its year."""
    frame = frame_of(question)
    cut = question
    for start, end in reversed(period.spans):
        cut = f"{cut[:start]} {cut[end:]}"
    main = tidied(cut[frame.main :] if not _in_opening(period, frame.opening) else cut)
    main = re.sub(r"\s+(?:and|or|to|versus|vs|between|from|with)$", "", main)
    main = re.sub(r"\s+(?:and|to|versus|or)\s*(?=$|[,?])", "", main)
    main = re.sub(r"\s+between\b.*\band\b.*$", "", main)
    if kind_of(question) == "compare":
        main = tidied(re.sub(r"\b(?:more|fewer|less) (?=\w+ .*\bthan\b)|\bthan\b", "", main))
    inner = _AGREE.search(main)
    changed = CHANGED.match(main)
    if inner:
        stem = (
            inner["inner"]
            if re.match(ASKING, inner["inner"], re.I)
            else f"what is {inner['inner']}"
        )
    elif changed:
        topic = changed["topic"] or changed["noun"] or changed["happened"] or owned(changed)
        stem = f"what {'were' if is_plural(topic) else 'was'} {topic}"
    else:
        stem = compared_thing(main)
    return tuple(as_question(f"{tidied(stem)} {_when(one.first, one.last)}") for one in period.each)


def _in_opening(period: Period, opening: tuple[int, int]) -> bool:
    return any(opening[0] <= start < opening[1] for start, _ in period.spans)


def _when(first: date, last: date) -> str:
    """'in March 2024', 'on 5 March 2024', 'from 1 to 7 March 2024' as a phrase of a question."""
    if first == last:
        return f"on {first.day} {first:%B} {first.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"in {first.year}"
    if first.year == last.year and first.month == last.month:
        return f"in {first:%B} {first.year}"
    return f"from {first.day} {first:%B} {first.year} to {last.day} {last:%B} {last.year}"
