"""Markdown: one file, one article, with front matter where there is any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.errors import UnreadableFile
from corpus.metadata import Metadata
from corpus.readers.load import load
from corpus.readers.record import Fault, ReadOptions, Record

_FENCE = "---"
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
# Indented text in an article is a paragraph, not code.
_MARKDOWN = MarkdownIt("commonmark").disable("code")


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The file's one article. Raises UnreadableFile, also where its front matter is not YAML."""
    text = load(path, options).lstrip("\ufeff")
    fields: dict[str, object] = {}
    if text.startswith(_FENCE):
        try:
            fields, body = frontmatter.parse(text, handler=YAMLHandler())
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise UnreadableFile(
                f"front matter is not YAML: {_brief(error)}", where=path
            ) from error
        # Between two rules there may be words instead: then nothing was front matter.
        text = body if fields else text
    yield Record(Metadata.from_fields(fields), plain(text))


def plain(markdown: str) -> str:
    """The words of a Markdown text, one paragraph a block, without its marks.

    Numbers and bullets of lists stay, since '1986. A good year' is a list to Markdown only.
    """
    blocks: list[str] = []
    item = ""
    for token in _MARKDOWN.parse(markdown):
        if token.type == "list_item_open":
            item = f"{token.info}{token.markup} "
        elif token.type == "inline":
            blocks.append(item + _inline(token.children or ()))
            item = ""
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content)
        elif token.type == "html_block":
            blocks.append(_TAG.sub("", token.content))
    return "\n\n".join(block.strip() for block in blocks if block.strip())


def _inline(tokens: Sequence[Token]) -> str:
    words = {"softbreak": " ", "hardbreak": "\n", "image": "", "html_inline": ""}
    return "".join(words.get(token.type, token.content) for token in tokens)


def _brief(error: Exception) -> str:
    """The parser's complaint in one line."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
    return f"{problem}, line {mark.line + 2}" if mark else str(problem)
