"""A conversation as Markdown: a heading for each question, and one list of footnotes."""

from __future__ import annotations

from rag.showing.markdown import escaped
from rag.showing.render import markdown_body, markdown_notes, refusal_as_markdown
from rag.showing.transcript import Exchange, Transcript


def transcript_markdown(transcript: Transcript) -> str:
    """The whole conversation, ready to paste into a draft.

    Every word from an article, a model or a reader stands there as it is: none of it can open a
    link, an image, a heading or a tag of its own. A footnote has its number in the conversation.
    """
    parts = [f"# {escaped(transcript.title)}", _facts(transcript)]
    for number, exchange in enumerate(transcript.exchanges, start=1):
        parts += _exchange(number, exchange)
    notes = markdown_notes(transcript.citations)
    return "\n\n".join(filter(None, [*parts, notes.rstrip()])) + "\n"


def _facts(transcript: Transcript) -> str:
    library = f"Library {escaped(transcript.library)}. " if transcript.library else ""
    begun = f"Asked from {transcript.begun:%Y-%m-%d} on. " if transcript.begun else ""
    return f"{library}{begun}Exported {transcript.exported.isoformat()}."


def _exchange(number: int, exchange: Exchange) -> list[str]:
    answer = exchange.answer
    asked = []
    if exchange.as_of:
        asked.append(f"As of {escaped(exchange.as_of)}.")
    if exchange.asked_as:
        asked.append(f"Understood as: {escaped(exchange.asked_as)}")
    told = (
        refusal_as_markdown(answer.refusal.message, answer.refusal.nearest).rstrip()
        if answer.refusal
        else markdown_body(answer.sentences, answer.sources, answer.preface)
    )
    return [
        f"## {number}\\. {escaped(exchange.question)}",
        " ".join(asked),
        f"**{escaped(exchange.short)}**" if exchange.short else "",
        told,
        _judged(exchange),
    ]


def _judged(exchange: Exchange) -> str:
    if not exchange.judged:
        return ""
    note = f": {escaped(exchange.note)}" if exchange.note else ""
    return f"Judged {escaped(exchange.judged)} by the reader{note}"
