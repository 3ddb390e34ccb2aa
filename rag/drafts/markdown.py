"""The blocks of a Markdown draft, each character with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rag.drafts.draft import Block, Role

# Indented text in an article is a paragraph, not code. 'text_join' would hide where an escape or
# an entity stands in the source.
_MARKDOWN = MarkdownIt("commonmark").enable("table").disable(["code", "text_join"])
_LINE = re.compile(r"\r\n?|\n")
_FRONT = re.compile(
    r"\ufeff?---[ \t]*(?:\r\n?|\n)(?=[\w-]+[ \t]*:)(?s:.*?)(?:\r\n?|\n)---[ \t]*$", re.M
)
_LINK_END = re.compile(r"\](?:\((?:[^()\\]|\\.|\([^()]*\))*\)|\[[^\]]*\])?", re.DOTALL)
_IMAGE = re.compile(r"!\[(?:[^\]\\]|\\.)*" + _LINK_END.pattern, re.DOTALL)
_HEADINGS = {"heading_open", "th_open"}


def markdown_blocks(text: str) -> tuple[Block, ...]:
    """The headings, paragraphs, items and cells of a Markdown text.

    Front matter, code between fences and HTML blocks are no reporting and are left out.
    """
    front = _FRONT.match(text)
    shift = front.end() if front else 0
    source = text[shift:]
    starts = [0, *(found.end() for found in _LINE.finditer(source))]
    blocks: list[Block] = []
    role: Role = "prose"
    at = 0
    for token in _MARKDOWN.parse(source):
        if token.type.endswith("_open"):
            role = "heading" if token.type in _HEADINGS else "prose"
        elif token.type == "inline" and token.map is not None:
            at = max(at, starts[token.map[0]])
            words, places = _Aligned(source, at).read(token.children or ())
            if words.strip():
                at = places[-1] + 1
                blocks.append(Block.made(role, words, [shift + place for place in places]))
    return tuple(blocks)


class _Aligned:
    """Walks the source and the parser's tokens side by side; the parser gives lines only."""

    def __init__(self, source: str, at: int) -> None:
        self._source = source
        self._at = at
        self._words: list[str] = []
        self._places: list[int] = []

    def read(self, tokens: Sequence[Token]) -> tuple[str, list[int]]:
        """The words of some inline tokens, and the place of each character."""
        for token in self._told_apart(tokens):
            if token.type in ("text", "code_inline"):
                self._take(token.content)
            elif token.type == "text_special":
                # An escape or an entity: every character of it stands where its mark begins.
                self._pass(token.markup)
                self._put(token.content, self._at - len(token.markup))
            elif token.type in ("softbreak", "hardbreak"):
                self._put(" " if token.type == "softbreak" else "\n", self._at)
            elif token.type == "html_inline":
                self._pass(token.content)
        return "".join(self._words), self._places

    def _told_apart(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """The tokens that hold words; the addresses of links and images are stepped over."""
        for token in tokens:
            if token.type == "image":
                self._step(_IMAGE, "![")
            elif token.type == "link_close":
                if token.markup == "autolink":
                    self._pass(">")
                else:
                    self._step(_LINK_END, "]")
            else:
                yield token

    def _take(self, content: str) -> None:
        found = self._source.find(content, self._at)
        if found < 0:  # changed by the parser: its words stand somewhere after what came before
            self._put(content, self._at)
            return
        self._words.append(content)
        self._places.extend(range(found, found + len(content)))
        self._at = found + len(content)

    def _put(self, content: str, place: int) -> None:
        last = max(0, len(self._source) - 1)
        self._words.append(content)
        self._places.extend([min(place, last)] * len(content))

    def _pass(self, mark: str) -> None:
        found = self._source.find(mark, self._at)
        if found >= 0:
            self._at = found + len(mark)

    def _step(self, pattern: re.Pattern[str], opening: str) -> None:
        begins = self._source.find(opening, self._at)
        found = pattern.match(self._source, begins) if begins >= 0 else None
        if found:
            self._at = found.end()
