"""The days in a page's structured data, and only those of its own article."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.page_dates import PageDays, page_days

OWN = {
    "@type": "NewsArticle",
    "datePublished": "2021-05-04T10:00:00Z",
    "dateModified": "2021-05-06",
}
BOTH = PageDays(date(2021, 5, 4), date(2021, 5, 6))
OTHER = {"@type": "NewsArticle", "datePublished": "2019-01-01", "url": "https://example.org/other"}


def page(*data: object) -> str:
    scripts = [f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in data]
    return f"<html><head>{''.join(scripts)}</head><body><p>Text.</p></body></html>"


@pytest.mark.parametrize(
    "data",
    [
        OWN,
        [OWN],
        {"@graph": [{"@type": "WebSite"}, OWN]},
        OWN | {"@type": ["Thing", "ReportageNewsArticle"]},
        OWN | {"@type": "LiveBlogPosting", "liveBlogUpdate": [OTHER]},
        OWN | {"isPartOf": OTHER},
    ],
)
def test_the_pages_own_article(data: object) -> None:
    assert page_days(page(data)) == BOTH


def test_a_page_that_describes_several_articles_is_told_by_its_address() -> None:
    own = OWN | {"mainEntityOfPage": {"@id": "https://example.org/own/"}}
    both = page(OTHER, own)
    assert page_days(both) == PageDays()
    assert page_days(both, "https://example.org/own?from=feed") == BOTH
    assert page_days(both, "https://example.org/third") == PageDays()


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "WebSite", "datePublished": "2021-05-04"},
        {"@type": "ItemList", "itemListElement": [OTHER]},
        {"@type": "NewsArticle", "datePublished": "yesterday"},
        {"@type": 7, "@graph": 8},
        [[OWN]],
        "2021-05-04",
        None,
    ],
)
def test_no_days(data: object) -> None:
    assert page_days(page(data)) == PageDays()


def test_wrapped_and_broken_scripts() -> None:
    wrapped = f'<script type="application/ld+json">//<![CDATA[\n{json.dumps(OWN)}\n//]]></script>'
    assert page_days(wrapped) == BOTH
    assert page_days('<script type="application/ld+json">{"@type": </script>' + wrapped) == BOTH
    assert page_days('<script type="application/ld+json">' + "[" * 100_000 + "</script>") == (
        PageDays()
    )


@given(st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.lists(inner)
                    | st.dictionaries(st.sampled_from(["@type", "@graph", "url", "datePublished"]),
                                      inner)))  # fmt: skip
def test_no_data_break_it(data: object) -> None:
    assert isinstance(page_days(page(data), "https://example.org/a"), PageDays)
