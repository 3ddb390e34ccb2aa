from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.credit import credited, same_name, shown_name
from tests.corpus.copy_pairs import article

BODY = "The ferry ran aground on Tuesday, the coast guard said."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"PARIS (AFP) - {BODY}", "AFP"),
        (f"(AFP) – {BODY}", "AFP"),
        (f"DOHA, March 26 (Reuters) - {BODY}", "Reuters"),
        (f"WASHINGTON/AP — {BODY}", "AP"),
        (f"(MENAFN- Khaleej Times) {BODY}", "Khaleej Times"),
        (f"(MENAFN - AFP) {BODY}", "AFP"),
        (f"By Agence France-Presse\n\n{BODY}", "AFP"),
        (f"{BODY}\n\nThe Associated Press", "AP"),
        (f"{BODY}\n\nSource: Xinhua", "Xinhua"),
        (f"{BODY}\n\n© Agence France-Presse", "AFP"),
        (f"{BODY}\n\n(Reuters)", "Reuters"),
        (f"{BODY}\n\nThis article was originally published by the Valley Echo.", "Valley Echo"),
        (f"This story first appeared in The Harbour Post.\n\n{BODY}", "The Harbour Post"),
        (f"{BODY}\n\nRepublished with permission from The Conversation.", "The Conversation"),
    ],
)  # fmt: skip
def test_whom_an_article_credits(text: str, name: str) -> None:
    assert credited(article(text)) == name


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "He told Reuters that the ferry was lost.",
        f"{BODY}\n\nThe AP reported earlier that nobody was hurt.",
        "The prisoners (in Dunmore) - 14 of them - were freed.",
        f"{BODY}\n\nBy Ines Halloran",
        f"{BODY}\n\nReporting by Ann Bell; editing by Tom Kerr",
    ],
)
def test_who_credits_nobody(text: str) -> None:
    assert credited(article(text)) is None


def test_what_was_dropped_as_furniture_still_credits() -> None:
    assert credited(replace(article(BODY), dropped=("Read more", "Agence France-Presse"))) == "AFP"


def test_an_agency_has_one_name() -> None:
    assert shown_name("the associated press") == "AP"
    assert shown_name("Harbour Post") == "Harbour Post"
    assert same_name("AP", "Associated Press")
    assert same_name("The Harbour Post", "Harbour Post")
    assert not same_name("Harbour Post", "Valley Echo")
