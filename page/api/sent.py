"""Answers and events in the form that goes over the wire."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from pydantic import BaseModel

from corpus.errors import DatelineError
from page.api import models
from page.api.asking import Asking, Told
from page.api.problems import problem_of
from page.desk.gate import Waiting
from rag.answer import Answer
from rag.events import CitationAdded, HitsFound, SentenceVerified, Token
from rag.showing import render


class Place(BaseModel):
    """`waiting`: how many questions are answered before this one."""

    place: int


class Writing(BaseModel):
    """`writing`: how many characters the unchecked draft has."""

    characters: int


def answer_of(answer: Answer) -> models.Answer:
    """An answer, typed."""
    return models.Answer.model_validate(answer.to_dict())


async def sent(asking: Asking) -> AsyncGenerator[bytes, None]:
    """The events of a question as server-sent events, an error as the last of them."""
    written = 0
    async with aclosing(asking.events()) as events:
        try:
            async for told in events:
                if isinstance(told, Token):
                    written += len(told.text)
                yield _told(told, written)
        except DatelineError as error:
            yield _event("error", problem_of(error))


def _told(told: Told, written: int) -> bytes:
    if told is None:
        return b": alive\n\n"
    if isinstance(told, Waiting):
        return _event("waiting", Place(place=told.place))
    if isinstance(told, HitsFound):
        hits = [models.Hit.model_validate(render.hit_dict(hit)) for hit in told.hits]
        return _event("hits", models.Hits(hits=hits))
    if isinstance(told, Token):
        return _event("writing", Writing(characters=written))
    if isinstance(told, CitationAdded):
        citation = models.Citation.model_validate(render.citation_dict(told.citation))
        return _event("citation", citation)
    if isinstance(told, SentenceVerified):
        sentence = models.Sentence.model_validate(render.sentence_dict(told.sentence))
        return _event("sentence", sentence)
    return _event("answer", answer_of(told.answer))


def _event(name: str, value: BaseModel) -> bytes:
    # JSON has no raw line break, so one `data:` line holds all of it.
    return f"event: {name}\ndata: {value.model_dump_json()}\n\n".encode()
