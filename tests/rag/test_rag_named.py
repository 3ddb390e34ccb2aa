"""Articles that lack a name of the question are left aside where others have it."""

from __future__ import annotations

import pytest

from rag.finding.evidence import Evidence
from rag.finding.named import of_articles_that_name
from tests.rag.desks import make_evidence

TARN = "Fourteen houses were destroyed in Tarn. The Tarn ferry still sails."
KELD = "The water of Keld made 240 people ill. The World Health Organization sent Israeli doctors."


@pytest.fixture
def evidence() -> list[Evidence]:
    return [
        *make_evidence(TARN, id="a" * 16, title="Slide", outlet="Daily Post"),
        *make_evidence(KELD, id="b" * 16, title="Tap water", outlet="Courier"),
    ]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("How many houses were destroyed in Keld?", {KELD}),
        ("How many houses were destroyed in Tarn?", {TARN}),
        ("What did the Mayor of Tarn say?", {TARN}),
        ("Whom did the WHO send?", {KELD}),
        ("What did the Courier write?", {KELD}),
        ("Where do the Tarns sail?", {TARN}),
        ("How many houses were destroyed in Belmont?", {TARN, KELD}),
        ("Are there more houses in Keld or in Tarn?", {TARN, KELD}),
        ("Tarn has how many houses?", {TARN, KELD}),
        ("What did the Israeli doctors do?", {TARN, KELD}),
        ("How many were ill?", {TARN, KELD}),
    ],
)
def test_only_articles_with_the_name_are_evidence(
    evidence: list[Evidence], question: str, texts: set[str]
) -> None:
    found = of_articles_that_name(question, evidence)
    assert {one.hit.article.text for one in found} == texts
    assert found == [one for one in evidence if one in found]


def test_another_report_of_the_same_story_need_not_name_it() -> None:
    sank = "The Lady Ottoline sank off Cape Skerrin, and Ebba Torrance counted 11 dead."
    later = "Off Cape Skerrin the toll is 36, said Ebba Torrance of the coastguard."
    other = "In Keld 12 died, said Ebba Torrance of the coastguard."
    evidence = [
        *make_evidence(sank, id="a" * 16),
        *make_evidence(later, id="b" * 16),
        *make_evidence(other, id="c" * 16),
    ]
    found = of_articles_that_name("How many died when the Lady Ottoline sank?", evidence)
    assert {one.hit.article.text for one in found} == {sank, later}
