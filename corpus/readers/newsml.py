"""NITF, NewsML 1 and NewsML-G2: what news agencies send."""

from __future__ import annotations

from lxml import etree

from corpus.metadata import Metadata
from corpus.readers.paragraphs import from_element, from_html, tag_of
from corpus.readers.record import Record
from corpus.written_dates import parse_date

_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def nitf(element: etree._Element, line: int | None = None) -> Record | str:
    """The article of an NITF document, or why there is none."""
    return _nitf_record(element, line, {})


def news_item(element: etree._Element, place: int) -> Record | str:
    """The article of a NewsItem (NewsML 1) or newsItem (NewsML-G2), or why there is none."""
    is_g2 = etree.QName(element).localname == "newsItem"
    fields = _g2_fields(element) if is_g2 else _newsml_fields(element)
    inline = _first(element, "nitf")
    if inline is not None:
        return _nitf_record(inline, place, fields)
    text = _g2_text(element) if is_g2 else _newsml_text(element)
    if not text:
        return f"no text in this news item (news item {place})"
    return Record(Metadata.from_fields(fields), text, line=place)


def _nitf_record(
    element: etree._Element, line: int | None, outside: dict[str, object]
) -> Record | str:
    """What NITF itself says goes behind what the envelope around it says."""
    body = _first(element, "body.content")
    if body is None:
        body = _first(element, "body")
    text = from_element(body) if body is not None else ""
    if not text:
        return "no text in this NITF document"
    fields: dict[str, object] = {
        "id": _get(element, "doc-id", "id-string"),
        "title": _words(_first(element, "hl1")) or _words(_first(element, "title")),
        "outlet": _get(element, "pubdata", "name") or _get(element, "doc.copyright", "holder"),
        "published": _get(element, "date.issue", "norm")
        or _get(element, "date.release", "norm")
        or _get(element, "pubdata", "date.publication")
        or _get(element, "story.date", "norm"),
        "url": _get(element, "pubdata", "ex-ref"),
        "language": element.get(_XML_LANGUAGE),
        "status": _get(element, "docdata", "management-status"),
    }
    said = {name: value for name, value in outside.items() if value}
    head = (_value(element, "byline"), _value(element, "dateline"))
    dropped = tuple(words for words in head if words and words not in text)
    return Record(Metadata.from_fields({**fields, **said}), text, line=line, dropped=dropped)


def _newsml_fields(item: etree._Element) -> dict[str, object]:
    """NewsML 1.x: a name, a first day and a day of this revision."""
    first, revised = _value(item, "FirstCreated"), _value(item, "ThisRevisionCreated")
    return {
        "id": _value(item, "PublicIdentifier") or _value(item, "NewsItemId"),
        "title": _value(item, "HeadLine"),
        "outlet": _get(item, "Source/Party", "FormalName")
        or _get(item, "Provider/Party", "FormalName")
        or _value(item, "ProviderId"),
        "published": first or _value(item, "DateId"),
        "updated": revised if _day(revised) != _day(first) else None,
        "language": item.get(_XML_LANGUAGE) or _get(item, "Language", "FormalName"),
        "status": _get(item, "Status", "FormalName"),
    }


def _g2_fields(item: etree._Element) -> dict[str, object]:
    """NewsML-G2: the guid names the item over all its versions."""
    first, version = _value(item, "firstCreated"), _value(item, "versionCreated")
    published = first or _value(item, "contentCreated") or version
    return {
        "id": item.get("guid"),
        "title": _value(item, "headline") or _value(item, "itemMeta/title"),
        "outlet": _value(item, "provider/name") or _value(item, "infoSource/name")
        or _get(item, "provider", "literal"),
        "published": published,
        "updated": version if _day(version) != _day(published) else None,
        "language": _get(item, "contentMeta/language", "tag") or item.get(_XML_LANGUAGE),
        "status": _get(item, "pubStatus", "qcode") or _get(item, "pubStatus", "uri"),
    }  # fmt: skip


def _newsml_text(item: etree._Element) -> str:
    """The longest of the texts that the item carries: others are its summary or captions."""
    texts: list[str] = []
    for data in _all(item, "DataContent"):
        has_markup = any(isinstance(child.tag, str) for child in data)
        texts.append(from_element(data) if has_markup else _plain(data))
    return max(texts, key=len, default="")


def _g2_text(item: etree._Element) -> str:
    """The text as XHTML where there is any, else as plain text."""
    marked = [from_element(inline) for inline in _all(item, "inlineXML")]
    plain: list[str] = []
    for inline in _all(item, "inlineData"):
        kind = inline.get("contenttype") or "text/plain"
        if kind.startswith("text/"):
            text = inline.text or ""
            plain.append(from_html(text) if "html" in kind else text.strip())
    return max(marked, key=len, default="") or max(plain, key=len, default="")


def _plain(element: etree._Element) -> str:
    """Text that may be HTML in disguise: agencies put it into CDATA."""
    text = (element.text or "").strip()
    return from_html(text) if text.startswith("<") else text


def _all(element: etree._Element, path: str) -> list[etree._Element]:
    """The elements at a path of local names, at any depth, letter case aside."""
    names = path.lower().split("/")
    return [
        found for found in element.iter(etree.Element)
        if tag_of(found) == names[-1] and _lies_in(found, names[:-1])
    ]  # fmt: skip


def _lies_in(element: etree._Element, parents: list[str]) -> bool:
    above = element.getparent()
    for name in reversed(parents):
        if above is None or tag_of(above) != name:
            return False
        above = above.getparent()
    return True


def _first(element: etree._Element, path: str) -> etree._Element | None:
    return next(iter(_all(element, path)), None)


def _words(element: etree._Element | None) -> str | None:
    return None if element is None else " ".join("".join(element.itertext()).split()) or None


def _value(element: etree._Element, path: str) -> str | None:
    return _words(_first(element, path))


def _get(element: etree._Element, path: str, attribute: str) -> str | None:
    """The first value of an attribute that is not empty."""
    return next(
        (found.get(attribute) for found in _all(element, path) if found.get(attribute)), None
    )


def _day(value: str | None) -> object:
    return parse_date(value)
