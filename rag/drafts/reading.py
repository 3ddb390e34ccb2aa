"""Reading a draft: Markdown, Word and plain text, from a file or as it was pasted."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Literal

from corpus.blocks import block_spans, too_many_lines
from corpus.errors import MissingPath, UnreadableFile
from corpus.readers.load import decode, load
from corpus.readers.record import ReadOptions
from corpus.readers.source import Source, form_of
from rag.drafts.draft import Block, Draft, Role, line_role
from rag.drafts.markdown import markdown_blocks
from rag.drafts.word_document import word_blocks

Form = Literal["text", "markdown"]

PASTED = "pasted text"
STANDARD_INPUT = "-"
_MARKDOWN_FORMS = frozenset((".md", ".markdown", ".mdown", ".mkd"))
_TEXT_FORMS = frozenset(("", ".txt", ".text"))
_WORD_FORMS = frozenset((".docx",))
_NEXT = "save it as Markdown (.md), Word (.docx) or plain text (.txt)"
MOST_CHARACTERS = 1_000_000
"""Three novels: what is longer is no draft, and every sentence of it would be searched for."""


def read_draft(path: str | Path) -> Draft:
    """The draft in a file, or from standard input where the path is '-'.

    Raises:
        MissingPath: there is no such file.
        UnreadableFile: it is empty, binary, of another form, or longer than a draft can be.
    """
    if str(path) == STANDARD_INPUT:
        return draft_of(decode(sys.stdin.buffer.read()), name="standard input")
    file = Path(path).expanduser()
    if not file.exists():
        raise MissingPath("no such file", where=path, next_step="name a draft that is there")
    if file.is_dir():
        raise UnreadableFile("a folder, not a draft", where=path, next_step="name one file of it")
    form = form_of(file.name)
    source = Source.from_path(file)
    try:
        if form in _WORD_FORMS:
            return _of_paragraphs(file.name, word_blocks(source))
        if form not in _TEXT_FORMS | _MARKDOWN_FORMS:
            raise UnreadableFile(f"no draft has the form '{form}'", where=path, next_step=_NEXT)
        text = load(source, ReadOptions())
    except UnreadableFile as error:
        raise UnreadableFile(error.what, where=path, next_step=error.next_step or _NEXT) from error
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror or error}", where=path) from error
    return draft_of(text, "markdown" if form in _MARKDOWN_FORMS else "text", name=file.name)


def draft_of(text: str, form: Form = "text", *, name: str = PASTED) -> Draft:
    """The draft that a text is.

    Args:
        text: what the person wrote.
        form: whether its marks are those of Markdown.
        name: what the report calls it.

    Raises:
        UnreadableFile: there is no word in it, or far too many.
    """
    # A command line or a server may hand over half a character, which nothing can encode.
    text = text.encode("utf-8", "replace").decode("utf-8")
    _guard(text, name)
    blocks = markdown_blocks(text) if form == "markdown" else _plain_blocks(text)
    return Draft(name, text, blocks)


def _guard(text: str, name: str) -> None:
    if not any(character.isalnum() for character in text):
        raise UnreadableFile(
            "there is no word in it", where=name, next_step="hand over the text to be checked"
        )
    too_long = f"longer than {MOST_CHARACTERS:,} characters" if len(text) > MOST_CHARACTERS else ""
    if wrong := too_long or too_many_lines(text):
        raise UnreadableFile(wrong, where=name, next_step="check it part by part")


def _plain_blocks(text: str) -> tuple[Block, ...]:
    spans = block_spans(text)
    return tuple(
        Block.made(
            line_role(text[start:end], alone=len(spans) == 1), text[start:end], range(start, end)
        )
        for start, end in spans
    )


def _of_paragraphs(name: str, paragraphs: list[tuple[Role, str]]) -> Draft:
    """A draft whose text is its paragraphs with a blank line between them."""
    text = io.StringIO()
    blocks = []
    for role, words in paragraphs:
        if text.tell():
            text.write("\n\n")
        start = text.tell()
        text.write(words)
        blocks.append(Block.made(role, words, range(start, start + len(words))))
    whole = text.getvalue()
    _guard(whole, name)
    return Draft(name, whole, tuple(blocks))
