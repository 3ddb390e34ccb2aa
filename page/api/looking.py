"""Search and show: what needs no language model, with a gate of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from anyio import CancelScope, to_thread

from page.api import models
from page.api.asked import SearchFor
from page.api.asking import Opened
from page.desk.gate import Gate, GateOptions
from rag.question.query import read_question
from rag.showing.article_view import ArticleView
from rag.showing.render import hit_dict

LOOKS = GateOptions(slots=2, waiting=32, usual=0.2, longest=10)
"""A look takes a tenth of a second or two, on one core; what waits behind thirty-two of them waits
for seconds. Judgement."""

Result = TypeVar("Result")


class Looking:
    """Looks into the open library, a few at a time.

    Args:
        opened: says which newsroom is open.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self.gate = Gate(LOOKS)

    async def search(self, scope: SearchFor) -> models.Hits:
        """The k passages that answer best.

        Raises:
            EmptyQuestion, QuestionTooLong, BadDate: it cannot be searched for.
            Busy: too many look already.
        """
        asked = scope.model_dump()
        k = asked.pop("k")
        read_question(**asked)
        hits = await self._look(lambda: self._opened.newsroom.search(k=k, **asked))
        return models.Hits(hits=[models.Hit.model_validate(hit_dict(hit)) for hit in hits])

    async def show(self, article_id: str) -> models.Article:
        """An article.

        Raises:
            NotInLibrary: there is no such article.
            Busy: too many look already.
        """
        view = await self._look(lambda: ArticleView.of(self._opened.newsroom.library, article_id))
        return models.Article.model_validate(view.as_dict())

    async def _look(self, look: Callable[[], Result]) -> Result:
        ticket = self.gate.join()
        try:
            await asyncio.wrap_future(ticket.turn)
            return await to_thread.run_sync(look)
        finally:
            with CancelScope(shield=True):
                ticket.leave()
