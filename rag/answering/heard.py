"""Whether the articles quote the one whose words are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.content.names import same_name
from corpus.content.speech import speaker_of
from embeddings.embedders.embedder import Embedder
from embeddings.protocol import LibraryLike
from rag.answer import Refusal
from rag.answering.work import Work
from rag.claims.terms import content_terms
from rag.timeline.said import said

_SMALL = re.compile(r"\b(?:of|the|for|and|al|el|bin|ibn|de|van|von)\b")
_PAPER = re.compile(
    r"\b(?:Agency|Bulletin|Chronicle|Courier|Daily|Echo|Gazette|Guardian|Herald|Journal|Mail|Mirror"
    r"|Monitor|News|Observer|Post|Press|Record|Review|Standard|Star|Sun|Telegraph|Times|Tribune"
    r"|Weekly)\b"
)
"""Words of the names of papers: what a paper says is what it prints, told by no verb of saying."""


def unheard(work: Work, library: LibraryLike, embedder: Embedder) -> Refusal | None:
    """A refusal where somebody's words are asked for by name and no article quotes any.

    Only of a name: who 'the Egyptian president' is, the articles may tell by another word.
    """
    speaker = work.understanding.speaker
    if work.understanding.kind != "who_said" or speaker is None or not _is_name(speaker):
        return None
    spoken_near: list[str] = []
    for one in work.evidence:
        article = one.hit.article
        told = speaker_of(article.text, one.start, one.end)
        if same_name(article.outlet_name, speaker):
            return None
        if told and same_name(told, speaker):
            spoken_near.append(one.hit.in_context)
    if spoken_near:
        return None if _is_about(work, spoken_near) else _of_other_things(work, speaker)
    query = work.query
    with work.timed("figures"):
        spoken = said(library, embedder, speaker, window=query.window, outlets=query.outlets)
    if spoken:
        around = [f"{one.citation.article.title}\n{one.citation.article.text}" for one in spoken]
        return None if _is_about(work, around) else _of_other_things(work, speaker)
    return Refusal("no_evidence", f"The articles quote no words of {speaker}.", (speaker,))


def _is_about(work: Work, told: Sequence[str]) -> bool:
    """Whether any of the texts has a word of what the words shall be about."""
    about = {one.term for one in content_terms(work.understanding.about)}
    about -= {one.term for one in content_terms(work.understanding.speaker or "")}
    return not about or any(
        about & {one.term for one in content_terms(text)} for text in dict.fromkeys(told)
    )


def _of_other_things(work: Work, speaker: str) -> Refusal:
    about = work.understanding.about
    return Refusal(
        "no_evidence",
        f"The articles quote {speaker}, but nothing on this: {about}.",
        (about,),
    )


def _is_name(speaker: str) -> bool:
    words = _SMALL.sub(" ", speaker).replace("-", " ").split()
    return bool(words) and all(word[:1].isupper() for word in words) and not _PAPER.search(speaker)
