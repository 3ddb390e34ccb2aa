"""The two or more things of a comparison, and the question that asks for each."""

from __future__ import annotations

import re

from rag.question.words import AUXILIARIES, PREPOSITIONS, as_question, listed, tidied, words_of

_BETWEEN = re.compile(
    r"\bdifferences? (?:is there |was there )?between (?P<first>.+?) and (?P<second>.+)$"
    r"|^compare (?P<a>.+?) (?:and|with|to|against|versus|vs\.?) (?P<b>.+)$"
    r"|^how (?:does|do|did) (?P<c>.+?) (?:compare|differ) (?:with|to|from|against) (?P<d>.+)$"
    r"|^how (?:is|are|was|were) (?P<g>.+?) different (?:from|to|than) (?P<h>.+)$"
    r"|^how (?:does|do|did) (?P<e>.+?) and (?P<f>.+?) (?:compare|differ)\b.*$",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"^(?:which|who)(?: (?!is|are|was|were|has|have|had|did|does"
    r"|do)[\w-]+)? (?P<verb>.+?)[,:] (?P<first>[^,?]+?),? or (?P<second>[^,?]+)$",
    re.I,
)
_MORE = re.compile(
    r"^(?P<aux>were|was|are|is|did|have|had) (?:more|fewer) (?P<noun>[\w-]+) (?P<rest>.+)$", re.I
)
_ER = (
    r"(?:higher|lower|larger|smaller|greater|longer|shorter|earlier|later|bigger|better|worse|older"
    r"|newer|fewer|more \w+|less \w+)"
)
_THINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^compare (?P<what>.+)$",
        r"^how (?:does|do|did) (?P<what>.+?) (?:compare|differ)\b.*$",
        rf"^(?:which|what) (?P<what>.+?) (?:is|was|are|were) (?:the )?{_ER}\b.*$",
        rf"^(?:is|was|are|were) (?P<what>.+?) {_ER}\b.*$",
    )
)
_AFTER_NOUN = PREPOSITIONS | AUXILIARIES | listed("that who which given told")

CHANGED = re.compile(
    r"^(?:by )?how (?:much |far |fast |quickly |sharply )?(?:did|has|have|had|does"
    r"|do) (?P<topic>.+?) "
    r"(?:really |actually )?(?:been )?(?P<verb>change|grow|rise|fall|increase|decrease|decline|drop"
    r"|evolve|develop|shift|move|vary|climb|shrink|changed|grown|risen|fallen|increased|decreased"
    r"|declined|dropped|evolved|developed|shifted|moved|climbed|progress)\b(?P<rest>.*)$"
    r"|^(?:by )?how (?:much |far )?(?:did|has|have|had) (?P<who>.+?) (?:raise|lower|cut|increase"
    r"|reduce|raised|lowered|increased|reduced) (?P<what>.+?)$"
    r"|^what (?:was|is|were) the (?:change|rise|increase|fall|decline|drop"
    r"|growth) in (?P<noun>.+?)$|^what happened to (?P<happened>.+?)$",
    re.IGNORECASE,
)


def compared_thing(main: str) -> str:
    """'Were more captives held' → 'how many captives were held'; of 'How does X compare' X."""
    main = re.sub(r",? (?:or )?that(?: of)?(?: or)?(?: that(?: of)?)?$", "", main)
    if more := _MORE.match(main):
        return f"how many {more['noun']} {more['aux'].lower()} {more['rest']}"
    found = next((one for each in _THINGS if (one := each.match(main))), None)
    if found is None:
        return main
    thing = found["what"]
    bare = re.match(r"which\b", main, re.IGNORECASE) and not re.match(r"the\b", thing)
    return _what_is(f"the {thing}" if bare else thing, past=True)


def owned(changed: re.Match[str]) -> str:
    """'the employers raise their offer' is about 'the employers' offer'."""
    who, what = changed["who"], changed["what"]
    own = re.match(r"(?:its|their|his|her) (?P<thing>.+)$", what, re.IGNORECASE)
    return f"{who}{'’' if who.endswith('s') else '’s'} {own['thing']}" if own else what


def compared(main: str) -> tuple[str, ...]:
    """'What is the difference between A and B?', 'Which is higher, A or B?'."""
    if found := _EITHER.match(main):
        verb = re.sub(
            r"\b(?:the )?(?:more|fewer|less|most|higher|larger|lower)\b", "", found["verb"]
        )
        if re.match(r"(?:is|was|are|were)\b", verb):
            return tuple(
                as_question(f"what {verb.split()[0]} {found[x]}") for x in ("first", "second")
            )
        return tuple(as_question(f"{found[who]} {verb}") for who in ("first", "second"))
    found = _BETWEEN.search(main)
    if found is None:
        return ()
    pairs = (("first", "second"), ("a", "b"), ("c", "d"), ("e", "f"), ("g", "h"))
    one, two = next((found[x], found[y]) for x, y in pairs if found[x])
    one, two = _completed(tidied(one), tidied(two))
    return tuple(as_question(_what_is(thing)) for thing in (one, two))


def is_plural(thing: str) -> bool:
    """By the last word before the first preposition."""
    words = [word.low for word in words_of(thing)]
    head = next((at for at, word in enumerate(words) if at and word in _AFTER_NOUN), len(words))
    return re.search(r"(?:[^sui'’]s|people|men|women|children)$", words[head - 1]) is not None


def _what_is(thing: str, *, past: bool = False) -> str:
    said = re.match(r"what (?P<who>.+?) (?P<verb>said|says)\b(?P<rest>.*)$", thing, re.IGNORECASE)
    if said:
        return f"what did {said['who']} say{said['rest']}"
    wants = re.match(
        r"what (?P<who>.+?) (?P<verb>wants?|thinks?|demands?)\b(?P<rest>.*)$", thing, re.I
    )
    if wants:
        return f"what does {wants['who']} {wants['verb'].rstrip('s')}{wants['rest']}"
    plural = is_plural(thing)
    verb = ("were" if plural else "was") if past else ("are" if plural else "is")
    return f"what {verb} {thing}"


def _completed(one: str, two: str) -> tuple[str, str]:
    """'Hamas's and Israel's accounts of the raid' → each with 'account of the raid'."""
    if re.search(r"['’]s?$", one) and (own := re.match(r"(?P<who>.+?['’]s?) (?P<rest>.+)$", two)):
        return f"{one} {own['rest']}", two
    adjective = re.match(r"(?:the )?(?:[A-Z][\w-]+)$", one)
    noun = re.match(r"(?:the )?[A-Z][\w-]+ (?P<rest>[a-z].+)$", two)
    if adjective and noun and one.startswith("the ") and two.startswith("the "):
        return f"{one} {noun['rest']}", two
    shared = re.match(r"(?P<head>.+ (?:by|of|from|in|for|at|with) )(?:the )?\S+(?: \S+){0,2}$", one)
    if shared and len(two.split()) <= 4 and not _AFTER_NOUN & set(two.lower().split()):
        return one, f"{shared['head']}{two}"
    said = re.match(r"(?P<head>what )(?P<who>.+)$", one, re.IGNORECASE)
    tail = re.match(
        r"(?P<who>.+?) (?P<rest>(?:said|says|wants?|thinks?|demands?)\b.*)$", two, re.IGNORECASE
    )
    if said and tail and not re.search(r"\b(?:said|says)\b", one):
        return f"{one} {tail['rest']}", f"what {two}"
    return one, two
