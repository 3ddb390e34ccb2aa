"""One model for what rows, front matter and meta tags say."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.metadata import DAY_UNKNOWN, Metadata, field_name, text_names


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("title", "title"), ("Headline", "title"), ("outlet", "outlet"), ("publisher", "outlet"),
        ("Source Name", "outlet"), ("source_name", "outlet"), ("site_name", "outlet"),
        ("source", "outlet"), ("url", "url"), ("link", "url"), ("body", "text"),
        ("content", "text"), ("id", "id"), ("lang", "language"), ("kind", "kind"),
    ],
)  # fmt: skip
def test_usual_names(name: str, field: str) -> None:
    value = (
        "https://example.org/a" if field == "url" else "fr" if field == "language" else "Some words"
    )
    assert getattr(Metadata.from_fields({name: value}), field) == value


@pytest.mark.parametrize(
    "name",
    ["published", "date", "pubdate", "pub_date", "published_at", "publishedAt", "Published At",
     "datePublished", "article:published_time", "DC.date", "publication-date"],
)  # fmt: skip
def test_names_of_the_day(name: str) -> None:
    assert Metadata.from_fields({name: "2021-05-04T10:00:00Z"}).published == date(2021, 5, 4)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("publishedAt", "published_at"),
        ("\ufeffTitle", "title"),
        ("DC.date", "dc_date"),
        ("URL", "url"),
    ],
)
def test_names_are_compared_in_one_form(written: str, compared: str) -> None:
    assert field_name(written) == compared


def test_an_empty_field_gives_way_to_the_next_name() -> None:
    assert Metadata.from_fields({"title": " ", "headline": "Ferries stay"}).title == "Ferries stay"


@pytest.mark.parametrize("value", ["", "nan", "None", "null", "N/A", None, True, [], {}, {"x": 1}])
def test_nothing_is_none(value: object) -> None:
    assert Metadata.from_fields({"title": value, "outlet": value}).outlet is None


def test_values_of_other_kinds() -> None:
    metadata = Metadata.from_fields(
        {
            "title": 1984,
            "source": {"id": None, "name": "Eastport Times"},
            "id": 7,
            "lang": ["fr", "de"],
        }
    )
    assert (metadata.title, metadata.outlet, metadata.id, metadata.language) == (
        "1984", "Eastport Times", "7", "fr",
    )  # fmt: skip


def test_a_path_under_source_is_no_outlet() -> None:
    assert Metadata.from_fields({"source": "https://example.org/feed"}).outlet is None
    assert Metadata.from_fields({"source": "dump/part-1.json"}).outlet is None
    assert Metadata.from_fields({"source": "AFP / Reuters"}).outlet == "AFP / Reuters"


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("n/a", None),
        ("https://[broken", None),
        ("https://example.org/a b", None),
        ("https:///nohost", None),
    ],
)
def test_only_web_addresses_are_addresses(value: str, url: str | None) -> None:
    assert Metadata.from_fields({"url": value}).url == url


@pytest.mark.parametrize(
    ("value", "tag"),
    [("en_GB", "en-GB"), ("Arabic", "ar"), ("fr", "fr"), ("Klingon!", "und"), ("", None)],
)
def test_languages(value: str, tag: str | None) -> None:
    assert Metadata.from_fields({"language": value}).language == tag


def test_hidden_characters_are_taken_out_of_names() -> None:
    metadata = Metadata.from_fields(
        {"title": "Fer\u200bries\n stay\u202e", "outlet": "East\u00adport"}
    )
    assert (metadata.title, metadata.outlet) == ("Ferries stay", "Eastport")


def test_text_names_are_those_of_the_model() -> None:
    assert text_names()[0] == "text"
    assert Metadata.from_fields({text_names()[-1]: "words"}).text == "words"


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"withdrawn": "2021-05-06"}, date(2021, 5, 6)),
        ({"retracted": "2021-05-06T10:00:00Z"}, date(2021, 5, 6)),
        ({"Retraction Date": "6 May 2021"}, date(2021, 5, 6)),
        ({"status": "Withdrawn", "date": "2021-05-04", "updated": "2021-05-05"}, date(2021, 5, 5)),
        ({"status": "stat:canceled", "date": "2021-05-04"}, date(2021, 5, 4)),
        ({"pubStatus": "retracted", "fetched": "2021-05-09"}, date(2021, 5, 9)),
        ({"withdrawn": True, "date": "2021-05-04"}, date(2021, 5, 4)),
        ({"retracted": "yes"}, DAY_UNKNOWN),
        ({"withdrawn": False, "date": "2021-05-04"}, None),
        ({"withdrawn": "no"}, None),
        ({"status": "published", "date": "2021-05-04"}, None),
        ({"status": "usable"}, None),
        ({"status": {"a": 1}, "withdrawn": ["x"]}, None),
    ],
)
def test_withdrawn(fields: dict[str, object], day: date | None) -> None:
    assert Metadata.from_fields(fields).withdrawn == day


def test_the_day_of_fetching_dates_nothing() -> None:
    metadata = Metadata.from_fields({"crawled_at": "2021-05-04"})
    assert (metadata.fetched, metadata.published) == (date(2021, 5, 4), None)
