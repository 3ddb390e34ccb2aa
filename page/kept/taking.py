"""A conversation on the page as the files in which it can be taken along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from uuid import uuid4

from page.conversation.turn import Turn
from page.kept.judgement import Judgement
from page.kept.store import KeptConversation
from rag.showing.exporting import FORMS
from rag.showing.transcript import Exchange, Transcript

_UNFIT = re.compile(r"[^\w.-]+")


def transcript(kept: KeptConversation, library: str) -> Transcript:
    """What was answered or refused in it; turns that broke or were stopped are left out.

    Args:
        library: what the library is called.
    """
    told = tuple(exchange for turn in kept.turns if (exchange := _exchange(turn, kept.judgements)))
    return Transcript(kept.info.title, library, date.today(), told, kept.info.begun)


def write_files(told: Transcript, folder: Path) -> list[Path]:
    """One file a form, in the order of `FORMS`, in a folder of their own."""
    place = folder / uuid4().hex
    place.mkdir()
    name = _UNFIT.sub("-", told.title)[:60].strip("-._") or "conversation"
    files = []
    for form in FORMS.values():
        file = place / f"{name}{form.suffix}"
        file.write_text(form.write(told), encoding="utf-8")
        files.append(file)
    return files


def _exchange(turn: Turn, judgements: Mapping[str, Judgement]) -> Exchange | None:
    if turn.answer is None:
        return None
    judged = judgements.get(turn.key)
    whole = turn.asked_as if turn.asked_as.strip() != turn.question.strip() else ""
    return Exchange(
        turn.question,
        turn.answer,
        turn.as_of,
        whole,
        judged.verdict if judged else "",
        judged.note if judged else "",
    )
