"""Packs of invented news: figures that change, outlets that disagree, copies from another town.

Each pack tells of one event, mostly beside a like event elsewhere. What a question is answered by
follows from how the sentences were made, so no answer is guessed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.training.answerer.packs import Pack, Question, Span
from rag.training.answerer.scene import SLOT, Scene, Story
from rag.writing.trained import Shown


@dataclass(frozen=True, slots=True)
class NewsOptions:
    """How packs are drawn. All of it is judgement.

    Attributes:
        fewest, most: sentences of a pack.
        develops: share of the stories of several days that tell two days' figures of one thing.
        rival: share of packs with a like event elsewhere.
        beside: share of packs with an event of another kind in the same town.
        disagree: share of packs in which a second outlet has another figure on the same day.
        stranger: share of questions about a like event that no sentence tells of.
        absent: share of questions about what no sentence tells.
        false_premise: share of the questions that tell something which tell it wrongly.
        whole: share of the questions that a whole sentence answers, where one can.
        questions: most of a pack.
    """

    fewest: int = 4
    most: int = 7
    develops: float = 0.7
    rival: float = 0.5
    beside: float = 0.3
    disagree: float = 0.25
    stranger: float = 0.1
    absent: float = 0.22
    false_premise: float = 0.5
    whole: float = 0.12
    questions: int = 6


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence of a story, with where its slots stand.

    Attributes:
        story: index: 0 the event, 1 the like one, 2 the one beside.
        number: of the day, from 0.
        lead: whether it is the scene's first sentence.
        shown: as it is shown.
        spans: of each slot, characters of its words.
    """

    story: int
    number: int
    lead: bool
    shown: Shown
    spans: dict[str, tuple[int, int]]

    def words(self, slot: str) -> str:
        return self.shown.text[slice(*self.spans[slot])]


def news_packs(
    scenes: Sequence[Scene], count: int, seed: int, options: NewsOptions | None = None
) -> list[Pack]:
    """So many packs; the same for the same seed."""
    options = options or NewsOptions()
    rng = random.Random(seed)
    packs: list[Pack] = []
    while len(packs) < count:
        drawn = _Drawing(scenes, rng, options).pack()
        if drawn.questions:
            packs.append(drawn)
    return packs


class _Drawing:
    """Draws one pack."""

    def __init__(self, scenes: Sequence[Scene], rng: random.Random, options: NewsOptions) -> None:
        self._rng, self._options = rng, options
        scene = rng.choice(scenes)
        self._stories = [Story(scene, rng, rng.choice((1, 2, 2, 3)))]
        self._has_rival = rng.random() < options.rival
        self._stories.append(Story(scene, rng, rng.choice((1, 1, 2))))
        self._stories.append(Story(rng.choice(scenes), rng, 1))
        if "town" in self._stories[2].scene.slots and "town" in scene.slots:
            self._stories[2].values[0]["town"] = self._stories[0].values[0]["town"]
        self._told: list[_Told] = []

    def pack(self) -> Pack:
        rng, options = self._rng, self._options
        size = rng.randint(options.fewest, options.most)
        elsewhere = rng.randint(1, 2) if self._has_rival else 0
        beside = int(
            rng.random() < options.beside and self._stories[2].scene != self._stories[0].scene
        )
        self._tell(0, size - elsewhere - beside)
        self._tell(1, elsewhere)
        self._tell(2, beside)
        if rng.random() < options.disagree:
            self._disagree()
        rng.shuffle(self._told)
        questions: dict[str, Question] = {}
        for _ in range(30):
            if len(questions) >= options.questions:
                break
            made = self._question()
            if made is not None:
                questions.setdefault(made.text, made)
        return Pack(tuple(one.shown for one in self._told), tuple(questions.values()))

    def _tell(self, story: int, count: int) -> None:
        told = self._stories[story]
        ways = [
            (pattern, number)
            for pattern in told.scene.says
            for number in range(len(told.days))
            if not (number == 0 and any(one[2] for one in SLOT.finditer(pattern)))
            and (not self._has_rival or any(f"{{{key}}}" in pattern for key in told.scene.keys))
        ]
        drawn = self._rng.sample(ways, min(count, len(ways)))
        if story == 0 and len(told.days) > 1 and self._rng.random() < self._options.develops:
            drawn = _developing(told, ways, drawn, self._rng)
        for pattern, number in drawn:
            self._told.append(self._sentence(story, pattern, number, {}))

    def _disagree(self) -> None:
        """Another outlet tells the newest day's sentence with another figure."""
        story = self._stories[0]
        growing = story.scene.growing
        newest = max((one.number for one in self._told if one.story == 0), default=0)
        for pattern in self._rng.sample(story.scene.says, len(story.scene.says)):
            held = {one[1] for one in SLOT.finditer(pattern)} & growing
            told = [
                one
                for one in self._told
                if one.story == 0 and one.number == newest and held & one.spans.keys()
            ]
            if not told or "-}" in pattern or len(self._told) > self._options.most:
                continue
            if self._has_rival and not any(f"{{{key}}}" in pattern for key in story.scene.keys):
                continue
            instead = {
                slot: story.other(slot, {day[slot] for day in story.values})
                for slot in sorted(held)
            }
            self._told.append(self._sentence(0, pattern, newest, instead))
            return

    def _sentence(self, story: int, pattern: str, number: int, instead: dict[str, str]) -> _Told:
        told = self._stories[story]
        text = ""
        spans: dict[str, tuple[int, int]] = {}
        lead = pattern == told.scene.says[0]
        pattern = told.expand(pattern)
        at = 0
        for one in SLOT.finditer(pattern):
            text += pattern[at : one.start()]
            values = told.values[number - 1 if one[2] else number]
            words = (values if one[2] else values | instead)[one[1]]
            spans.setdefault(one[1] + one[2], (len(text), len(text) + len(words)))
            text += words
            at = one.end()
        text += pattern[at:]
        # The first letter alone changes, so the places stay.
        text = text[:1].upper() + text[1:]
        day = told.days[number].isoformat()
        shown = Shown(day, text)
        return _Told(story, number, lead, shown, spans)

    def _question(self) -> Question | None:
        rng, options = self._rng, self._options
        place = 1 if self._has_rival and rng.random() < 0.3 else 0
        story = self._stories[place]
        told = [one for one in self._told if one.story == place]
        if rng.random() < options.stranger:
            story, told = Story(story.scene, rng, 1), []
        leads = [one for one in told if one.lead]
        if len(leads) == 1 and "lead" in story.scene.asks and rng.random() < options.whole:
            return self._whole(story, leads[0])
        slots = [slot for slot in story.scene.asks if slot != "lead"]
        there = [slot for slot in slots if any(slot in one.spans for one in told)]
        absent = [slot for slot in slots if slot not in there]
        if absent and (not there or rng.random() < options.absent):
            return self._asked(story, told, rng.choice(absent), "not there")
        if not there:
            return None
        weights = [3 if slot in story.scene.growing else 1 for slot in there]
        return self._asked(story, told, rng.choices(there, weights)[0], "fact")

    def _whole(self, story: Story, lead: _Told) -> Question:
        pattern = story.expand(self._rng.choice(story.scene.asks["lead"]))
        text = SLOT.sub(lambda one: story.values[lead.number][one[1]], pattern)
        span = Span(self._told.index(lead), 0, len(lead.shown.text))
        return Question(text, (span,), "whole")

    def _asked(self, story: Story, told: list[_Told], slot: str, kind: str) -> Question | None:
        rng = self._rng
        pattern = story.expand(rng.choice(story.scene.asks[slot]))
        values = dict(story.values[-1])
        premises = [one[1] for one in SLOT.finditer(pattern) if one[1] not in story.scene.keys]
        for premise in premises:
            # A premise that no sentence tells is neither true nor false.
            held = [one for one in told if premise in one.spans]
            if told and not held:
                return None
            if held:
                newest = max(held, key=lambda one: one.number)
                words, kept = newest.words(premise), story.values[newest.number][premise]
                # At the head of a sentence it has a capital that it has not by itself.
                values[premise] = kept if kept.casefold() == words.casefold() else words
        holding = [one for one in told if slot in one.spans]
        if premises and holding and rng.random() < self._options.false_premise:
            wrong = rng.choice(premises)
            known = {one.words(wrong) for one in self._told if wrong in one.spans}
            values[wrong] = story.other(wrong, known | {day[wrong] for day in story.values})
            holding, kind = [], "false premise"
        text = SLOT.sub(lambda one: values[one[1]], pattern)
        if slot in story.scene.growing and holding:
            text, holding, kind = self._over_time(text, holding, slot)
        elif not holding and kind == "fact":
            return None
        if kind == "fact":
            holding = holding[:1]
        spans = [Span(self._told.index(one), *one.spans[slot]) for one in holding]
        return Question(text[:1].upper() + text[1:], tuple(spans), kind)

    def _over_time(
        self, text: str, holding: list[_Told], slot: str
    ) -> tuple[str, list[_Told], str]:
        """The question as of a day, or as it is; and the sentences that answer it then."""
        rng = self._rng
        days = sorted({one.number for one in holding})
        first, last = days[0], days[-1]
        shown = {number: [one for one in holding if one.number == number] for number in days}
        if first != last and rng.random() < 0.5:
            day = _said_day(shown[first][0].shown.day, rng)
            way = rng.choice(("as of", "change", "first"))
            asked = text[:1].lower() + text[1:]
            if way == "as of":
                return (
                    f"{rng.choice(('As of', 'By', 'On'))} {day}, {asked}",
                    _apart(shown[first], slot),
                    "as of a day",
                )
            if way == "first":
                return f"According to the first report, {asked}", shown[first][:1], "first"
            return (
                f"{text.removesuffix('?')}, at first and in the newest report?",
                [shown[first][0], shown[last][0]],
                "change",
            )
        newest = _apart(shown[last], slot)
        if len(newest) > 1:
            return text, newest, "conflict"
        if first != last:
            ahead = rng.choice(("", "", "According to the latest figure, "))
            if ahead:
                text = ahead + text[:1].lower() + text[1:]
            return text, newest, "latest"
        return text, newest, "fact"


def _said_day(day: str, rng: random.Random) -> str:
    """A day as a reader may write it: '2024-03-05', '5 March 2024', '5 March'."""
    read = date.fromisoformat(day)
    forms = (day, f"{read.day} {read:%B} {read.year}", f"{read.day} {read:%B}")
    return rng.choice(forms)


def _developing(
    story: Story,
    ways: list[tuple[str, int]],
    drawn: list[tuple[str, int]],
    rng: random.Random,
) -> list[tuple[str, int]]:
    """What was drawn, but with two days' figures of one growing slot in it."""
    slots = sorted(story.scene.growing)
    if not slots or len(drawn) < 2:
        return drawn
    slot = rng.choice(slots)
    held = [one for one in ways if f"{{{slot}}}" in one[0]]
    days = sorted({number for _, number in held})
    if len(days) < 2:
        return drawn
    two = [rng.choice([one for one in held if one[1] == day]) for day in rng.sample(days, 2)]
    return [*two, *[one for one in drawn if one not in two][: len(drawn) - 2]]


def _apart(told: list[_Told], slot: str) -> list[_Told]:
    """The first sentence for each of the slot's words."""
    found: dict[str, _Told] = {}
    for one in told:
        found.setdefault(one.words(slot).casefold(), one)
    return list(found.values())
