"""Identity: when two readings are one article, and which of two versions counts.

Nothing here looks at a library. `embeddings.intake.ingest` asks these questions of an article that
comes in and of the one that is there.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from corpus.article import Article, identify
from corpus.headline import same_words

# Parameters that mail and advertising systems append to links, by the names that those who add
# them document: Google Analytics and Ads, Meta, Microsoft, X, TikTok, Yandex, Mailchimp, HubSpot,
# Marketo, Adobe, the BBC (at_…), The Guardian (CMP), The New York Times (smid).
_TRACKING = re.compile(
    r"utm_\w+|at_\w+|ns_\w+|hsa_\w+|mc_[ce]id|_hs\w+|_ga|_gl|g(?:clid|clsrc|braid|wbraid)|dclid"
    r"|wbraid|fbclid|msclkid|twclid|ttclid|yclid|igsh(?:id)?|mkt_tok|s_cid|cmp(?:id)?|icid|smid"
    r"|ref_src|guccounter|guce_\w+|oly_(?:anon|enc)_id|vero_id|ftag|ocid|sr_share|taid",
    re.IGNORECASE,
)
_AMP_VALUES = {"amp": ("", "1", "true"), "outputtype": ("amp",), "output": ("amp",)}
_AMP_PATH = re.compile(r"^/amp(?=/.)|(?<=.)/amp/?$|\.amp(?=\.html?$)|\.amp$", re.IGNORECASE)
# The AMP viewers of Google and its cache wrap the publisher's own address.
_WRAPPED = re.compile(r"/(?:amp|[cv])/(?:s/)?(?P<address>[\w-]+(?:\.[\w-]+)+(?:/.*)?)$")
_TWIN_HOST = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.[^.])|(?<=^[a-z]{2}\.)m\.")
# A note of fewer words may be true of two things: 'Qtly div 12 cts vs 12 cts'.
_SAYS_ENOUGH = 60
# What a second reading may lack without saying anything else, and where it was read.
_MAY_LACK = ("outlet", "published", "updated", "url")
_NOT_SAID = ("id", "source", "dropped", "dated_by", "url")


def plain_address(url: str) -> str:
    """One form for the addresses of one page: without tracking, AMP and mobile twins.

    Not for fetching: the page may answer only under another of its addresses.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not host:
        return url
    viewer = re.fullmatch(r"(?:www\.)?google(?:\.\w+)+", host) and parts.path.startswith("/amp/")
    wrapped = _WRAPPED.match(parts.path)
    if wrapped and (viewer or host.endswith(".cdn.ampproject.org")):
        return plain_address(f"https://{wrapped['address']}?{parts.query}")
    while (plain := _TWIN_HOST.sub("", host, count=1)) != host:
        host = plain
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    return urlunsplit(SplitResult("https", place, path, _plain_query(parts.query), ""))


def identified(article: Article) -> Article:
    """The article under the id of its plain address, where its id comes from its address."""
    if article.url is None or article.id != identify(article.url):
        return article
    return replace(article, id=identify(plain_address(article.url)))


def same_article(one: Article, other: Article) -> bool:
    """Of two readings with equal texts: whether they are one article, and not copies of one.

    Two outlets that carry one text are copies. One outlet's text is one article, however often it
    was saved; a note of a few words only where title and day do not speak against it.
    """
    if one.outlet and other.outlet and one.outlet.casefold() != other.outlet.casefold():
        return False
    if len(one.text.split()) >= _SAYS_ENOUGH:
        return True
    days = {article.published for article in (one, other) if article.published}
    return same_words(one.title, other.title) and len(days) < 2


def adds_nothing(stored: Article, again: Article) -> bool:
    """Whether a second reading says nothing that the stored one does not say.

    It may lack a day, an outlet or an address that another reading gave.
    """
    if again.url and stored.url and plain_address(again.url) != plain_address(stored.url):
        return False
    for field in fields(Article):
        if field.name in _NOT_SAID:
            continue
        said, known = getattr(again, field.name), getattr(stored, field.name)
        if said != known and not (said is None and field.name in _MAY_LACK):
            return False
    return again.url is None or stored.url is not None


def completed(stored: Article, again: Article) -> Article:
    """The stored article with the outlet, days and address that only the other reading has."""
    changes: dict[str, object] = {
        name: value
        for name in _MAY_LACK
        if getattr(stored, name) is None and (value := getattr(again, name)) is not None
    }
    if "published" in changes:
        changes["dated_by"] = again.dated_by
    return replace(stored, **changes) if changes else stored  # type: ignore[arg-type]


def is_earlier(article: Article, stored: Article) -> bool:
    """Whether an article says of itself that it is older than the one that is there."""
    return article.as_of is not None and stored.as_of is not None and article.as_of < stored.as_of


def _plain_query(query: str) -> str:
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name) and value.lower() not in _AMP_VALUES.get(name.lower(), ())
    ]
    return urlencode(sorted(kept))
