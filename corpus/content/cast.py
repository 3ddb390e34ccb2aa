"""Who is named in a text: people with what they are, and institutions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.content.name_words import (
    HONORIFICS,
    WORD,
    bare,
    is_acronym,
    is_capital,
    parts_of,
    without_ending,
)
from corpus.content.speech_words import (
    BODIES,
    DETERMINERS,
    FUNCTION_WORDS,
    LINKS,
    PARTICLES,
    ROLES,
    SUMS,
)

_ROLE_BEFORE = re.compile(r"((?:[\w’'-]+ ){1,4})$")
_ROLE_AFTER = re.compile(
    r",? (?:\(\w+\) )?(?:(?:the|an?|its|his|her|their|who|whose) )?([^.,;:“\"]{2,60})"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a text: the fullest name, and the words for what they are."""

    name: str
    roles: frozenset[str]
    at: int


@dataclass(slots=True)
class Cast:
    """The people and institutions of one text, as they are met.

    Attributes:
        people: by every place at which one is named, in order.
        bodies: institutions with the place at which they are named, in order.
    """

    people: list[Person] = field(default_factory=list)
    bodies: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Cast:
        """Everyone whom a text names, with what it says that they are."""
        cast = cls()
        for run in _capital_runs(text):
            cast._enter(text, run)
        return cast

    def _enter(self, text: str, run: list[re.Match[str]]) -> None:
        words = [bare(found[0]) for found in run]
        role_at = max((at for at, word in enumerate(words) if word in ROLES), default=-1)
        start, end = run[0].start(), run[-1].end()
        named = run[role_at + 1 :]
        if is_body(words[role_at + 1 :] or words):
            body = text[start:end] if role_at < 0 else ""
            if body:
                self.bodies.append((start, without_ending(body)))
            return
        before = _role_before(text, start)
        roles = set(before) | {word for word in words[: role_at + 1] if word in ROLES}
        roles |= set(_role_after(text, end))
        if not named:
            return
        name = without_ending(text[named[0].start() : end])
        parts = parts_of(name)
        if roles or (len(parts) >= 2 and all(part.isalpha() for part in parts)):
            self.people.append(Person(name, frozenset(roles), start))

    def fullest(self, name: str, at: int) -> str:
        """The longest form in the text of a name that is met at an offset."""
        parts = parts_of(name)
        if not parts:
            return name
        longer = [
            one
            for one in self.people
            if len(parts_of(one.name)) > len(parts) and _is_short_for(name, one)
        ]
        if not longer:
            return name
        before = [one for one in longer if one.at <= at]
        near = before[-1] if before else longer[0]
        same = [one for one in longer if _is_short_for(near.name, one)]
        return max([near, *same], key=lambda one: len(parts_of(one.name))).name

    def is_person(self, name: str) -> bool:
        """Whether the text names a person so."""
        return any(_is_short_for(name, one) for one in self.people)

    def with_role(self, words: list[str], at: int) -> str | None:
        """Who was last called so before an offset, else who is first called so after it."""
        wanted = {bare(word) for word in words} & ROLES
        if not wanted:
            return None
        before = [one for one in self.people if wanted <= one.roles and one.at < at]
        after = [one for one in self.people if wanted <= one.roles and one.at >= at]
        near = before[-1] if before else after[0] if after else None
        return self.fullest(near.name, at) if near else None

    def body_with(self, noun: str, at: int) -> str | None:
        """The institution last named before an offset whose name holds a noun."""
        for place, name in reversed(self.bodies):
            if place < at and noun in {bare(word) for word in name.split()}:
                return name
        return None


def is_body(words: list[str]) -> bool:
    """Whether bare words name an institution: one of them says what it is."""
    return any(word in BODIES or word in SUMS for word in words)


def _capital_runs(text: str) -> list[list[re.Match[str]]]:
    """Runs of capitalised words on one line, particles inside them included."""
    runs: list[list[re.Match[str]]] = []
    run: list[re.Match[str]] = []

    def closed() -> None:
        while run and not is_capital(run[-1][0]):
            run.pop()
        if run and (len(run) > 1 or bare(run[0][0]) not in FUNCTION_WORDS | DETERMINERS):
            runs.append(list(run))
        run.clear()

    for word in WORD.finditer(text):
        joined = run and text[run[-1].end() : word.start()] == " "
        if run and not joined:
            closed()
        low = bare(word[0])
        if run and run[-1][0].lower().replace("’", "'").endswith("'s"):
            closed()
        opens = not run and low in FUNCTION_WORDS | DETERMINERS and not is_acronym(word[0])
        if (is_capital(word[0]) and not opens) or (
            run and (low in PARTICLES or (low == "of" and bare(run[-1][0]) in BODIES))
        ):
            run.append(word)
        else:
            closed()
    closed()
    return runs


def _role_before(text: str, start: int) -> list[str]:
    """Role words that stand right before a name: 'its head of transport, Ludovic Ferreby'."""
    line = text[max(0, start - 60) : start]
    before = re.search(r"(?:^|[.;“\"\n])?([^.;“”\"\n]*)$", line)
    words = before[1] if before else ""
    if words.endswith(", "):
        aside = words[:-2].rpartition(",")[2]
        found = WORD.findall(aside)
        opens = [at for at, word in enumerate(found) if bare(word) in DETERMINERS]
        while len(opens) > 1 and bare(found[opens[-1] - 1]) in LINKS:
            opens.pop()
        return [bare(word) for word in found[opens[-1] :] if bare(word) in ROLES] if opens else []
    near = _ROLE_BEFORE.search(words)
    found = WORD.findall(near[1]) if near else []
    return [bare(found[-1])] if found and bare(found[-1]) in ROLES else []


def _role_after(text: str, end: int) -> list[str]:
    """Role words in the aside after a name: ', the state mediator,' and ', who chairs it'."""
    if text[end : end + 1] != ",":
        return []
    aside = _ROLE_AFTER.match(text, end)
    if aside is None or text[aside.end() : aside.end() + 1] not in (",", "."):
        return []
    found = WORD.findall(aside[0])
    if not found or bare(found[0]) not in DETERMINERS | {"who", "spokesman", "spokeswoman"}:
        return []
    return [bare(word) for word in found if bare(word) in ROLES]


def _is_short_for(name: str, person: Person) -> bool:
    """Whether a name is a person's or its end; with a title its beginning: 'Sheikh Tamim'."""
    short, long = parts_of(name), parts_of(person.name)
    if not short:
        return False
    titled = bare(name.split()[0]) in HONORIFICS
    return long[-len(short) :] == short or (titled and long[: len(short)] == short)
