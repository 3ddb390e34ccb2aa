"""In what a claim and a sentence of an article differ, and what is another matter."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.article import Article, Passage
from corpus.sentences import sentence_spans
from rag.checking.claims import ClaimCheck, Difference, claims_of
from rag.checking.verify import Verification
from rag.drafts.apart import compare
from rag.drafts.contrary import contraries
from rag.drafts.lost_speakers import lost_speakers
from rag.drafts.search import Span, leans
from rag.finding.hit import Hit, Why


def span(text: str, published: date | None = date(2024, 6, 18)) -> Span:
    """The last sentence of a text, as a span of an article."""
    article = Article("a" * 16, "A title", "Daily Post", published, "field", text, "a.md")
    hit = Hit(Passage("a:0", "a" * 16, 0, 0, len(text)), article, 1.0, 1, Why(None, None))
    places = sentence_spans(text)
    before = places[max(0, len(places) - 2)][0]
    return Span(hit, *places[-1], before, before)


@pytest.mark.parametrize(
    ("claim", "text", "expected"),
    [
        (
            "The fire killed 21 people.",
            "The fire killed 12 people.",
            ("figure", "21 people", "12 people"),
        ),
        (
            "Rents rose by 7 per cent in Carrick.",
            "Rents rose by 17 per cent in Carrick.",
            ("figure", "7 per cent", "17 per cent"),
        ),
        (
            "The council met on 6 May to vote.",
            "The council met on 16 May to vote.",
            ("date", "6 May", "16 May"),
        ),
        (
            "The talks broke down in July 2023, the minister said.",
            "The talks broke down in August 2023, the minister said.",
            ("date", "July 2023", "August 2023"),
        ),
        (
            "The work was led by Tomas Brandt for the county.",
            "The work was led by Tomas Okafor for the county.",
            ("name", "Tomas Brandt", "Tomas Okafor"),
        ),
        (
            "The union said that Mina Lee had agreed to the terms.",
            "The union said that Mina Lee had not agreed to the terms.",
            ("denial", "Mina Lee had agreed to the terms", "Mina Lee had not agreed to the terms"),
        ),
    ],
)
def test_one_value_apart_is_told_with_both(
    claim: str, text: str, expected: tuple[str, str, str]
) -> None:
    [found] = compare(claim, span(text)).apart
    assert found.kind == expected[0]
    if found.kind == "denial":
        assert "agreed" in found.said
        assert "not agreed" in found.found
    else:
        assert (found.said, found.found) == expected[1:]


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("About 1,200 homes were lost.", "The flood took 1,160 homes."),
        ("The deal was signed on Tuesday.", "The deal was signed that day."),
        ("Okafor said that repairs had begun.", "Repairs have begun, Tomas Okafor said."),
        ("The work would take a year.", "It would be one year before the work is done."),
        ("The ship sank in 2011.", "The ship sank off Carrick in March 2011."),
        ("The fund holds 3.6 million pounds.", "The fund holds 3.64 million pounds."),
    ],
)
def test_what_news_may_say_of_it_is_no_difference(claim: str, text: str) -> None:
    assert compare(claim, span(text)).apart == []


@pytest.mark.parametrize(
    ("claim", "text", "stranger"),
    [
        ("She was 13 when they met.", "She is a mother of four.", "13"),
        ("The first jockey won twice.", "It was the second win in a row.", "first"),
        ("Traders in Dover signed it.", "Forty traders signed a letter.", "Dover"),
    ],
)
def test_what_has_no_counterpart_is_no_difference(claim: str, text: str, stranger: str) -> None:
    compared = compare(claim, span(text))
    assert compared.apart == []
    assert stranger in compared.strangers or stranger == "first"


def test_what_is_shown_of_a_denial_stands_in_the_article_as_it_is() -> None:
    text = 'Hall said that the firm was "not interested in talks" with the union.'
    [found] = compare(
        "Hall said that the firm was interested in talks with the union.", span(text)
    ).apart
    assert found.kind == "denial"
    assert found.found in text


def test_another_speaker_of_the_same_words_is_told() -> None:
    text = "Ellen Reyes opened the hall. Tomas Okafor said that the bridge would stay closed."
    compared = compare("Ellen Reyes said that the bridge would stay closed.", span(text))
    # She is named in the article and says nothing in it: she may stand behind who does.
    assert not [one for one in compared.apart if one.kind == "speaker"]
    other = compare("Ellen Brandt said that the bridge would stay closed.", span(text))
    assert [(one.said, one.found) for one in other.apart if one.kind == "speaker"] == [
        ("Ellen Brandt", "Tomas Okafor")
    ]


def test_the_council_may_be_the_council_of_a_longer_name() -> None:
    text = "Okafor said that the Council on Monday demanded an immediate halt."
    compared = compare("The Carrick Town Council demanded an immediate halt.", span(text))
    assert not [one for one in compared.apart if one.kind == "speaker"]


def test_a_word_that_merely_begins_a_sentence_is_set_against_nothing() -> None:
    compared = compare(
        "Local traders lost 40 stalls.", span("Ellen Reyes said traders lost 40 stalls.")
    )
    assert compared.apart == []


def checked(claim: str, *differences: Difference) -> Verification:
    [one] = claims_of(claim)
    return Verification("unsupported", 0.4, (), (ClaimCheck(one, "unsupported", differences),))


def test_an_opposite_word_is_an_alarm_and_another_word_is_none() -> None:
    claim = "Prices rose in May."
    opposite = Difference("wording", "rose", "fell", "")
    other = Difference("wording", "rose", "doubled", "")
    assert [one.found for one in contraries(checked(claim, opposite, other), 0.8)] == ["fell"]


def test_exchanged_roles_are_an_alarm_only_where_every_other_word_is_there() -> None:
    claim = "Ruritania told Graustark to leave."
    roles = Difference("speaker", claim, "Graustark told Ruritania to leave.", "")
    assert [one.kind for one in contraries(checked(claim, roles), 1.0)] == ["speaker"]
    assert contraries(checked(claim, roles), 0.8) == ()


@pytest.mark.parametrize(
    ("speaker", "sentence", "expected"),
    [
        ("the county", "The bridge is closed.", ("the county",)),
        ("the paper", "The bridge is closed.", ()),
        ("Daily Post", "The bridge is closed.", ()),
        ("Tomas Okafor", "Okafor holds that the bridge is closed.", ()),
        ("Tomas Okafor", "The bridge is closed.", ("Tomas Okafor",)),
    ],
)
def test_a_speaker_is_lost_unless_he_is_named_or_tells_the_news(
    speaker: str, sentence: str, expected: tuple[str, ...]
) -> None:
    check = checked(sentence, Difference("attribution", "", speaker, ""))
    assert lost_speakers(sentence, check, span("The bridge is closed.")) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He said so.", True),
        ("According to the ministry he left.", True),
        ("The same ministry counted 40.", True),
        ("The ministry counted forty beams and he left.", False),
    ],
)
def test_a_sentence_leans_where_it_points_back(sentence: str, expected: bool) -> None:
    assert leans(sentence) is expected


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("It carried 9,000 people.", "Thirty people died when the bridge fell."),
        ("The bridge carried 9,000 people a day.", "Thirty people died when the bridge fell."),
        ("The blast killed 14 people.", "The blast left 12 people injured."),
    ],
)
def test_the_dead_are_not_set_against_those_whom_something_else_befell(
    claim: str, text: str
) -> None:
    made = compare(claim, span(text))
    assert made.apart == []
    assert made.strangers
