"""What a file says about its article, under whatever names it says it.

Rows of a table, front matter and meta tags all become one `Metadata`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Self
from urllib.parse import urldefrag, urlsplit

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from corpus.characters import normalise
from corpus.mojibake import mend
from corpus.written_dates import parse_date

# What tables write where they have nothing to say.
_NOTHING = frozenset(("", "nan", "none", "null", "n/a", "-"))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# How tables and feeds say that an article was taken back; NewsML-G2 writes 'stat:canceled'.
_WITHDRAWN = frozenset(("withdrawn", "retracted", "canceled", "cancelled"))
_YES = frozenset(("true", "yes", "y", "1"))
_NOT_NAME = re.compile(r"[^\w]+")
_TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")
# BCP 47 for the names that data sets write out; 'und' is its word for 'undetermined'.
_LANGUAGES = {
    "english": "en", "arabic": "ar", "french": "fr", "german": "de", "spanish": "es",
    "portuguese": "pt", "italian": "it", "russian": "ru", "chinese": "zh", "japanese": "ja",
    "hebrew": "he", "turkish": "tr", "persian": "fa", "hindi": "hi", "urdu": "ur",
}  # fmt: skip


def _words(value: object) -> str | None:
    """One line of words, or None. Of {'id': …, 'name': …} the name, of a list the first."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        return None
    words = " ".join(normalise(mend(str(value))).split())
    return None if words.casefold() in _NOTHING else words


def _outlet(value: object) -> str | None:
    """A name; an address or a path under 'source' is none."""
    words = _words(value)
    return None if words is None or ("/" in words and " " not in words) else words


def _url(value: object) -> str | None:
    """A web address without its fragment; anything else is none."""
    words = _words(value)
    if words is None or " " in words:
        return None
    try:
        parts = urlsplit(words)
    except ValueError:
        return None
    return urldefrag(words).url if parts.scheme in ("http", "https") and parts.hostname else None


def _language(value: object) -> str | None:
    words = _words(value)
    if words is None:
        return None
    tag = words.replace("_", "-")
    return _LANGUAGES.get(tag.lower()) or (tag if _TAG.fullmatch(tag) else "und")


def _status(value: object) -> str | None:
    """What a publisher says of the article as a whole, in lower case, without its vocabulary."""
    words = _words(value)
    return None if words is None else words.lower().rsplit(":", 1)[-1].strip()


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


DAY_UNKNOWN = date.min
"""The day on which an article was withdrawn where its file says only that it was."""


class Metadata(BaseModel):
    """What is said about an article outside its text; None where nothing is.

    Names are compared in lower case with '_' between words, so 'publishedAt', 'Published At'
    and 'published-at' are one. Of several names for one field the first that holds something
    counts; a day that cannot be read counts as none.

    `withdrawn` is the day on which the article was taken back. Where the file says only that it
    was ('status: retracted', 'withdrawn: yes'), it is the last day that the file names:
    updated, published, or fetched; where it names none, `DAY_UNKNOWN`. `fetched` is the day on
    which it was saved from the web: it dates nothing, but no article is younger.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="ignore")

    id: Annotated[str | None, BeforeValidator(_words)] = Field(
        default=None, validation_alias=AliasChoices("id", "article_id", "guid", "uuid")
    )
    title: Annotated[str | None, BeforeValidator(_words)] = Field(
        default=None, validation_alias=AliasChoices("title", "headline", "og_title")
    )
    outlet: Annotated[str | None, BeforeValidator(_outlet)] = Field(
        default=None,
        validation_alias=AliasChoices(
            "outlet", "publisher", "source_name", "site_name", "sitename", "og_site_name",
            "publication", "newspaper", "source",
        ),
    )  # fmt: skip
    published: Annotated[date | None, BeforeValidator(parse_date)] = Field(
        default=None,
        validation_alias=AliasChoices(
            "published", "published_at", "date_published", "publication_date", "publish_date",
            "published_date", "published_time", "article_published_time",
            "og_article_published_time", "pub_date", "pubdate", "date", "dc_date",
            "dc_date_issued", "dcterms_created", "parsely_pub_date", "sailthru_date",
        ),
    )  # fmt: skip
    updated: Annotated[date | None, BeforeValidator(parse_date)] = Field(
        default=None,
        validation_alias=AliasChoices(
            "updated", "updated_at", "last_updated", "modified", "date_modified",
            "article_modified_time", "og_updated_time", "lastmod",
        ),
    )  # fmt: skip
    url: Annotated[str | None, BeforeValidator(_url)] = Field(
        default=None,
        validation_alias=AliasChoices("url", "link", "canonical_url", "permalink", "og_url"),
    )
    language: Annotated[str | None, BeforeValidator(_language)] = Field(
        default=None, validation_alias=AliasChoices("language", "lang", "og_locale")
    )
    kind: Annotated[str | None, BeforeValidator(_words)] = None
    status: Annotated[str | None, BeforeValidator(_status)] = Field(
        default=None,
        validation_alias=AliasChoices("status", "pub_status", "article_status", "publish_status"),
    )
    withdrawn: Annotated[date | None, BeforeValidator(parse_date)] = Field(
        default=None,
        validation_alias=AliasChoices(
            "withdrawn", "withdrawn_at", "withdrawn_on", "retracted", "retracted_at",
            "retracted_on", "retraction_date", "date_withdrawn", "date_retracted",
        ),
    )  # fmt: skip
    fetched: Annotated[date | None, BeforeValidator(parse_date)] = Field(
        default=None,
        validation_alias=AliasChoices(
            "fetched", "fetched_at", "retrieved", "retrieved_at", "crawled", "crawled_at",
            "crawl_date", "accessed", "date_download", "warc_date",
        ),
    )  # fmt: skip
    text: Annotated[str | None, BeforeValidator(_text)] = Field(
        default=None,
        validation_alias=AliasChoices(
            "text", "body", "content", "article", "maintext", "full_text", "article_body"
        ),
    )

    @classmethod
    def from_fields(cls, fields: Mapping[str, object]) -> Self:
        """From named fields as a file has them; names that mean nothing here are left out."""
        named: dict[str, object] = {}
        for name, value in fields.items():
            # Nothing is turned into a str here: YAML aliases make small files of huge values.
            if value is not None and not (isinstance(value, str) and not value.strip()):
                named.setdefault(field_name(str(name)), value)
        made = cls.model_validate(named)
        if made.withdrawn is None and _says_withdrawn(made, named):
            day = made.updated or made.published or made.fetched or DAY_UNKNOWN
            return made.model_copy(update={"withdrawn": day})
        return made


def _says_withdrawn(made: Metadata, named: Mapping[str, object]) -> bool:
    if made.status in _WITHDRAWN:
        return True
    values = (named.get("withdrawn"), named.get("retracted"))
    return any(str(value).strip().lower() in _YES for value in values if _is_plain(value))


def _is_plain(value: object) -> bool:
    return isinstance(value, bool | int | str)


def field_name(name: str) -> str:
    """A field's name as it is compared: 'publishedAt' and 'Published at' → 'published_at'."""
    return _NOT_NAME.sub("_", _CAMEL.sub("_", name.lstrip("\ufeff"))).strip("_").lower()


def text_names() -> tuple[str, ...]:
    """The names under which a table may hold the text of its articles."""
    alias = Metadata.model_fields["text"].validation_alias
    return tuple(map(str, alias.choices)) if isinstance(alias, AliasChoices) else ()
