"""Markdown: one file, one article, with front matter where there is any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.blocks import too_many_lines
from corpus.errors import UnreadableFile
from corpus.metadata import Metadata
from corpus.readers.load import load
from corpus.readers.record import Fault, ReadOptions, Record
from corpus.readers.source import Source

_FENCE = "---"
# A title, a day and some tags take under 1 kB; parsing this much takes a fraction of a second.
_LONGEST_FRONT = 64_000
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
# Indented text in an article is a paragraph, not code.
_MARKDOWN = MarkdownIt("commonmark").disable("code")


class _Loader(yaml.SafeLoader):
    """YAML of bounded depth and size.

    The loader in C overflows the stack where lists nest deeply; this one raises RecursionError.
    """

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Refuse '<<': merged into each other, small maps multiply until memory is full."""
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                raise yaml.constructor.ConstructorError(
                    None, None, "'<<' is not read here", key.start_mark
                )


class _Handler(YAMLHandler):
    def load(self, fm: str, **_: object) -> dict[str, Any]:
        """The YAML between the fences. Raises ValueError for more than front matter can be."""
        if len(fm) > _LONGEST_FRONT:
            raise ValueError(f"longer than {_LONGEST_FRONT:,} characters")
        found: dict[str, Any] = yaml.load(fm, Loader=_Loader)
        return found


def read(source: Source, options: ReadOptions) -> Iterator[Record | Fault]:
    """The file's one article. Raises UnreadableFile, also where its front matter is not YAML."""
    text = load(source, options).lstrip("\ufeff")
    if wrong := too_many_lines(text):
        raise UnreadableFile(wrong, where=source.name)
    fields: dict[str, object] = {}
    if text.startswith(_FENCE):
        try:
            fields, body = frontmatter.parse(text, handler=_Handler())
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise UnreadableFile(
                f"front matter is not YAML: {_brief(error)}", where=source.name
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
