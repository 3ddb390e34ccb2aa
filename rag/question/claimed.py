"""The statement that a question asks about, or takes for granted.

'Did Hamas reject the deal?' asks about it, 'Why did Hamas reject the deal?' takes it for granted.
Whether it is true is for the evidence to say.
"""

from __future__ import annotations

import re

from rag.question.frame import first_clause, frame_of
from rag.question.kinds import asks_whether
from rag.question.predicate import ADVERBS, positive, predicate_at, stated
from rag.question.speaker import speaker_in
from rag.question.verbs import base_of_gerund, is_participle, is_past, past
from rag.question.words import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    Word,
    listed,
    tidied,
    words_of,
)

_TRUE = re.compile(
    r"^(?:is it|isn['’]t it) (?:true|correct|right|the case|a fact) that\s+|^(?:whether|if)\s+",
    re.I,
)
_SINCE = re.compile(r"^(?:now that|given that|seeing that|considering that)\s+(?P<claim>.+)$", re.I)
_REASON = re.compile(
    r"^(?:what|which) (?:were |was |are |is )?(?:the |its |their )?(?:[\w-]+ )?(?:reasons?"
    r"|grounds?|"
    r"explanations?|justifications?|motives?)(?: that)? (?P<aux>did|does|do|has|have|had) "
    r"(?P<subject>.+?) (?:give|offer|cite|have|state|gave|given|offered|cited|provide"
    r"|provided) for (?P<gerund>\w+ing)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_WHY_GERUND = re.compile(
    r"^(?:what|which) (?:was|were|is|are) (?:the )?(?:reasons?|motives?|grounds?) (?:for|behind) "
    r"(?P<subject>.+?)(?:['’]s?) (?P<gerund>\w+ing)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_WHAT_MADE = re.compile(
    r"^what (?P<how>made|makes|led|caused|prompted|forced|drove|pushed|persuaded|convinced) "
    r"(?P<rest>.+)$",
    re.IGNORECASE,
)
_PRESUPPOSING = re.compile(
    r"^(?:(?:since|until|from|by|in|on|at|to|through|under|for|with|after|before) )?(?:when"
    r"|where|why"
    r"|how come|how(?! (?:many|much|long|old|far|large|big|often|high|few|likely|good|true)\b)"
    r"|how (?:long|often|soon|quickly))"
    r"(?: exactly| else| on earth)?\s+",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:in|on|at|to|through|under|by|from|until|with|for|during|since) (?:what|which) "
    r"(?:[\w’'-]+ ){1,4}?(?=(?:did|does|do|was|were|is|are|has|have|had|will|would"
    r"|must|can|could|should|may|might)\b)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"^(?:what|which) (?:exact )?(?:day|date|month|year|week|weekday)\s+(?=(?:did|was|were|is"
    r"|will|has)\b(?! (?:set|predict|given|name|announce|give|choose))[^?]*$)",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    r"^(?:what|which) (?:day|date|month|year)\b.*\b(?:set|predict|name|announce|give|choose"
    r"|propose|suggest|fix)\b",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"^where (?:do|does|did)\b.*\bstand\b|^how (?:do|does) .*\b(?:stand|compare|differ)\b"
    r"|^from (?:what|which)\b.* to (?:what|which)\b",
    re.I,
)
_OBJECT = re.compile(
    r"^(?P<how>how (?:many|much)|what|which) (?P<object>(?:of )?(?:[\w’'-]+ ){1,6}?)"
    r"(?P<aux>did|does|do|has|have|had|will)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)


def claim_in(question: str) -> str | None:
    """The declarative sentence that the question asks about or takes for granted, or None."""
    asked = speaker_in(question)
    if asked.speaker and not asked.words:
        for start, end in asked.spans:
            if re.match(
                r"(?:according|by|in|from|on|going|if)\b", question[start:end], re.IGNORECASE
            ):
                question = f"{question[:start].rstrip(' ,')}{question[end:]}"
    frame = frame_of(question)
    main = tidied(first_clause(question[frame.main :]))
    opening = tidied(question[frame.opening[0] : frame.opening[1]])
    if given := _SINCE.match(opening):
        return positive(given["claim"])
    claim = _claim_of(main, question, frame.indirect)
    if claim is None:
        return None
    if opening and not re.match(r"(?:according|if|per|based|despite|because)\b", opening, re.I):
        claim = f"{claim} {opening[0].lower()}{opening[1:]}"
    return claim


def _claim_of(main: str, question: str, indirect: bool) -> str | None:
    if asks_whether(question):
        return _whether(main)
    for pattern in (_REASON, _WHY_GERUND):
        if (found := pattern.match(main)) and (base := base_of_gerund(found["gerund"])):
            return positive(f"{found['subject']} {past(base)}{found['rest']}")
    if found := _WHAT_MADE.match(main):
        return _made(found["how"].lower(), found["rest"])
    if _STANDS.match(main):
        return None
    if _NAMED_DAY.match(main):
        return _with_object(main)
    lead = _PRESUPPOSING.match(main) or _PLACE.match(main) or _DAY.match(main)
    if lead:
        rest = main[lead.end() :]
        words = words_of(rest)
        if words and words[0].low in AUXILIARIES:
            return stated(rest, subject_first=True)
        if indirect or main.lower().startswith("how come"):
            return positive(rest) if _is_clause(words) else None
        return None
    return _with_object(main)


def _whether(main: str) -> str | None:
    main = re.sub(
        r",\s*(?:\w+n['’]t \w+|(?:did|do|does|is|was|are|were|has|have|had|will|would) \w+|right"
        r"|correct|no|yes|or not)$",
        "",
        main,
        flags=re.IGNORECASE,
    )
    if found := _TRUE.match(main):
        return positive(main[found.end() :])
    words = words_of(main)
    return stated(main) if words[0].low in AUXILIARIES else positive(main)


def _made(how: str, rest: str) -> str | None:
    """'What made X leave' and 'What led X to leave' take for granted that X left."""
    words = words_of(rest)
    if how in ("made", "makes"):
        at = predicate_at("did", words, subject_first=True)
        return stated(f"{'did' if how == 'made' else 'does'} {rest}") if at else None
    found = re.match(r"(?P<subject>.+?) to (?P<verb>\w+)\b(?P<rest>.*)$", rest)
    if found is None:
        return None
    return positive(f"{found['subject']} {past(found['verb'].lower())}{found['rest']}")


def _with_object(main: str) -> str | None:
    """'How many officials did the court convict of X?': the court convicted officials of X."""
    found = _OBJECT.match(main)
    if found is None:
        return None
    if is_participle(found["rest"].split()[0]):
        return None  # 'How many houses had burned': the houses are the subject
    thing = tidied(re.sub(r"^of (?:the|its|their|these|those)?\s*", "", found["object"]))
    words = words_of(thing)
    if not words or any(
        word.low in AUXILIARIES | PREPOSITIONS - {"of"} or is_past(word.low) for word in words
    ):
        return None
    bare = stated(f"{found['aux']} {found['rest']} X", subject_first=True)
    rest = words_of(found["rest"])
    at = predicate_at(found["aux"].lower(), rest, subject_first=True)
    if bare is None or at is None:
        return None
    verb = _verb_from(rest, at)
    if verb.low in _NO_OBJECT or rest[-1].low in PREPOSITIONS:
        return None
    if found["how"].lower() in ("what", "which") and not re.search(r"(?:[^su]s|people)$", thing):
        if words[0].low in DETERMINERS:
            return None
        thing = f"{'an' if thing[0].lower() in 'aeiou' else 'a'} {thing}"
    tail = tidied(found["rest"][verb.end :])
    return stated(f"{found['aux']} {found['rest'][: verb.end]} {thing} {tail}", subject_first=True)


_NO_OBJECT = listed(
    "say think believe estimate expect reckon live die come go happen want claim know hope fear "
    "talk speak agree arrive be have cost take last put give count reach stand"
)


def _verb_from(rest: list[Word], at: int) -> Word:
    while at < len(rest) - 1 and (rest[at].low.endswith("ly") or rest[at].low in ADVERBS):
        at += 1
    return rest[at]


def _is_clause(words: list[Word]) -> bool:
    return len(words) > 1 and any(w.low in AUXILIARIES or is_past(w.low) for w in words[1:])
