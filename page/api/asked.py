"""What may be asked of the HTTP API and the MCP tools, typed. Days are written YYYY-MM-DD."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MOST_HITS = 50
MOST_OUTLETS = 200

Question = Annotated[
    str,
    Field(
        description="The question, in plain words, at most 2,000 characters.",
        examples=["How many people were killed in the earthquake?"],
    ),
]
DayText = Annotated[str | None, Field(default=None, max_length=40, examples=["2024-09-17"])]


class Scope(BaseModel):
    """A question with the days and outlets that it may look at."""

    model_config = ConfigDict(extra="forbid")

    question: Question
    as_of: DayText = Field(
        default=None, description="The reader's day; nothing published later is seen."
    )
    since: DayText = Field(default=None, description="The first day of publication to look at.")
    until: DayText = Field(default=None, description="The last day of publication to look at.")
    outlets: list[str] | None = Field(
        default=None,
        max_length=MOST_OUTLETS,
        description="The outlets to look at, named as in the articles; all of them if left out.",
    )


class SearchFor(Scope):
    """A search: a question, and how many passages."""

    k: int = Field(default=8, ge=1, le=MOST_HITS, description="How many passages.")
