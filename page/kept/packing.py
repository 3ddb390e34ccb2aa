"""A turn as it is kept: JSON, with each article once beside it, so that it is drawn as it was.

A kept turn holds the articles that it cites as they were then: what the library holds later
changes no word of an answer that was given.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from pydantic import ConfigDict, TypeAdapter

from corpus.article import Article
from page.conversation.turn import Turn

UNREADABLE = (
    "This answer was kept by another version of Dateline, which this one cannot read. "
    "Ask the question again."
)

_KEY = "$article"
_ARTICLE_FIELDS = frozenset(field.name for field in fields(Article))


@dataclass(frozen=True, slots=True)
class _Packed:
    turn: Turn

    # 'More than 32,000' is open above, and JSON proper has no word for that.
    __pydantic_config__ = ConfigDict(ser_json_inf_nan="constants")


_PACKED = TypeAdapter(_Packed)


@dataclass(frozen=True, slots=True)
class Pack:
    """A turn's bytes, and the articles that they name.

    Attributes:
        turn: JSON, compressed by zlib.
        articles: the same of each article, by the digest that the turn has in its place.
    """

    turn: bytes
    articles: Mapping[str, bytes]


def packed(turn: Turn) -> Pack:
    """The turn as it is kept; the model's unchecked draft is not."""
    articles: dict[str, bytes] = {}
    whole = json.loads(_PACKED.dump_json(_Packed(replace(turn, draft=""))))
    return Pack(_bytes(_without_articles(whole, articles)), articles)


def unpacked(payload: bytes, articles: Mapping[str, bytes]) -> Turn:
    """What `packed` made.

    Raises:
        ValueError: it is something else, or of a Dateline whose turns have other fields.
    """
    try:
        held = {digest: json.loads(zlib.decompress(one)) for digest, one in articles.items()}
        whole = _with_articles(json.loads(zlib.decompress(payload)), held)
    except (zlib.error, KeyError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return _PACKED.validate_json(json.dumps(whole)).turn


def unreadable(number: int, question: str, as_of: str, key: str) -> Turn:
    """What stands in the place of a turn that cannot be read: its question, to be asked again."""
    return Turn(number, question, as_of, key=key).failed(UNREADABLE)


def _without_articles(value: object, articles: dict[str, bytes]) -> object:
    if isinstance(value, dict):
        if value.keys() == _ARTICLE_FIELDS:
            payload = _bytes(value)
            digest = hashlib.sha256(payload).hexdigest()[:32]
            articles[digest] = payload
            return {_KEY: digest}
        return {name: _without_articles(one, articles) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_articles(one, articles) for one in value]
    return value


def _with_articles(value: object, articles: Mapping[str, object]) -> object:
    if isinstance(value, dict):
        if value.keys() == {_KEY}:
            return articles[value[_KEY]]
        return {name: _with_articles(one, articles) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_articles(one, articles) for one in value]
    return value


def _bytes(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))
