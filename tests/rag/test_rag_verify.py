"""The verifier: what it catches, and what it is known not to."""

from __future__ import annotations

import pytest

from embeddings.embedders.hashing import HashEmbedder
from rag.checking.verify import Verifier, VerifyOptions

VERIFIER = Verifier(HashEmbedder())
SPAN = (
    "Mayor Ellen Reyes said on Tuesday that the harbour work would cost 12.5 million pounds "
    "and begin in June."
)
CONTEXT = ["Council approves the harbour plan | Ashford Courier | 2024-03-05"]


@pytest.mark.parametrize(
    "sentence",
    [
        SPAN,
        "Mayor Ellen Reyes said that the harbour work would cost 12.5 million pounds.",
        "The harbour work would begin in June, Mayor Ellen Reyes said on Tuesday.",
        "According to Reyes, the harbour work would cost £12,500,000 and begin in June.",
    ],
)
def test_a_faithful_sentence_is_supported(sentence: str) -> None:
    check = VERIFIER.check(sentence, [SPAN])
    assert (check.verdict, check.reasons) == ("supported", ())
    assert 0.5 < check.support <= 1.0


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        # A changed figure, name, day; a denial put in.
        (SPAN.replace("12.5", "13.5"), "no such figure in the cited words: 13,500,000"),
        (SPAN.replace("million", "billion"), "no such figure in the cited words: 12,500,000,000"),
        (SPAN.replace("Ellen Reyes", "Ellen Okafor"), "no such name in the cited words: okafor"),
        (SPAN.replace("Tuesday", "Monday"), "no such day in the cited words: monday"),
        (SPAN.replace("June", "July"), "no such day in the cited words: july"),
        (SPAN.replace("would cost", "would not cost"), "one denies what the other says"),
        (SPAN.replace("Mayor Ellen Reyes", "Okafor"), "may be a name, in the cited words: okafor"),
        ("It was a wide savanna, and zebras gallop at dawn.", "only 0% of its words stand in"),
    ],
)
def test_a_changed_fact_is_unsupported_and_said(sentence: str, reason: str) -> None:
    check = VERIFIER.check(sentence, [SPAN])
    assert check.verdict == "unsupported"
    assert any(reason in one for one in check.reasons), check.reasons
    assert check.support < VERIFIER.check(SPAN, [SPAN]).support


def test_a_denial_that_was_left_out_is_unsupported() -> None:
    span = "The council has not replied to the traders, the letter said."
    check = VERIFIER.check("The council has replied to the traders, the letter said.", [span])
    assert check.verdict == "unsupported"


def test_what_is_numbered_is_denied_not_its_number() -> None:
    span = "The mill did not have a second staircase."
    check = VERIFIER.check("The mill had a second staircase.", [span])
    assert check.verdict == "unsupported"
    assert check.reasons == ("one denies what the other says",)


def test_a_lost_speaker_makes_it_partly() -> None:
    check = VERIFIER.check("The harbour work would cost 12.5 million pounds.", [SPAN])
    assert check.verdict == "partly"
    assert check.reasons == ("the cited words say who says so, and the sentence does not",)


def test_words_that_do_not_stand_there_make_it_partly() -> None:
    sentence = "Reyes said that the harbour work would cost 12.5 million, gladdening fishing crews."
    check = VERIFIER.check(sentence, [SPAN])
    assert check.verdict == "partly"
    assert any("of its words stand in the cited words" in reason for reason in check.reasons)


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ("Reyes told the council that work would begin.", "Work would begin, said Reyes."),
        ("Work, said Reyes, would begin.", "Reyes said that work would begin."),
        ("Engineers found cracked beams.", "Cracked beams were found by the Engineers."),
    ],
)
def test_a_name_is_known_wherever_in_a_sentence_it_stands(span: str, sentence: str) -> None:
    assert VERIFIER.check(sentence, [span]).verdict == "supported"


@pytest.mark.parametrize("opener", ["However, ", "According to Reyes, ", "In June, "])
def test_a_word_that_only_leads_on_needs_no_proof(opener: str) -> None:
    check = VERIFIER.check(f"{opener}the harbour work would cost 12.5 million pounds.", [SPAN])
    assert check.verdict != "unsupported"


@pytest.mark.parametrize("opener", ["A_a", "Zq", "X_1"])
def test_an_opener_that_is_no_word_may_be_a_name_that_nothing_holds(opener: str) -> None:
    check = VERIFIER.check(f"{opener} the harbour work would cost 12.5 million pounds.", [SPAN])
    assert check.verdict == "unsupported"


@pytest.mark.parametrize("opener", ["It’s said that", "Whereas", "Cannot:", "Still,", "A"])
def test_a_word_of_grammar_that_opens_a_sentence_is_no_name(opener: str) -> None:
    check = VERIFIER.check(f"{opener} the harbour work would cost 12.5 million pounds.", [SPAN])
    assert not [one for one in check.differences if one.kind == "name"]


def test_several_spans_are_taken_together() -> None:
    spans = ["Reyes said that the work would cost 12.5 million pounds.", "It begins in June."]
    sentence = "Reyes said that the work, which begins in June, would cost 12.5 million pounds."
    assert VERIFIER.check(sentence, spans).verdict == "supported"
    assert VERIFIER.check(sentence, spans[:1]).verdict == "unsupported"


def test_a_denial_of_one_span_does_not_vouch_for_a_denial_of_another() -> None:
    spans = ["The council approved the plan.", "She did not say who would pay."]
    false = "The council did not approve the plan."
    assert VERIFIER.check(false, spans).verdict == "unsupported"


def test_without_a_span_nothing_is_supported() -> None:
    check = VERIFIER.check(SPAN, [])
    assert (check.verdict, check.support, check.reasons) == (
        "unsupported",
        0.0,
        ("nothing is cited",),
    )


@pytest.mark.parametrize("sentence", ["", "It was.", "…", "<|im_end|>"])
def test_what_says_nothing_is_unsupported(sentence: str) -> None:
    assert VERIFIER.check(sentence, [SPAN]).verdict == "unsupported"


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor Ellen Reyes told the Ashford Courier that the harbour work would cost "
        "12.5 million pounds.",
        "On 5 March 2024 Mayor Ellen Reyes said that the harbour work would begin in June.",
        "Mayor Ellen Reyes said on March 5, 2024 that the harbour work would begin in June.",
        "Mayor Ellen Reyes said in March 2024 that the harbour work would begin in June.",
    ],
)
def test_the_byline_vouches_for_outlet_and_day(sentence: str) -> None:
    assert VERIFIER.check(sentence, [SPAN]).verdict == "unsupported"
    assert VERIFIER.check(sentence, [SPAN], CONTEXT).verdict == "supported"


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor Ellen Reyes said that the harbour work would cost 5 pounds and begin in June.",
        "Mayor Ellen Reyes said that the harbour work would cost 2024 pounds and begin in June.",
        "Mayor Ellen Reyes said that three harbour works would begin in June.",
        # A whole date, but not the article's.
        "On 3 March 2024 Mayor Ellen Reyes said that the harbour work would begin in June.",
        "On 5 June 2024 Mayor Ellen Reyes said that the harbour work would begin.",
    ],
)
def test_the_byline_never_vouches_for_a_claim(sentence: str) -> None:
    assert VERIFIER.check(sentence, [SPAN], CONTEXT).verdict == "unsupported"


def test_likeness_alone_can_make_it_partly() -> None:
    strict = Verifier(HashEmbedder(), VerifyOptions(least_likeness=1.1))
    check = strict.check(SPAN, [SPAN])
    assert check.verdict == "partly"
    assert check.reasons == ("it is not close to the cited words in meaning",)


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ("Hamas told Israel of the talks in Doha.", "Israel told Hamas of the talks in Doha."),
        (
            "Reyes blamed the council, and Okafor praised the county.",
            "Okafor blamed the council, and Reyes praised the county.",
        ),
    ],
)
def test_roles_that_were_exchanged_are_unsupported(span: str, sentence: str) -> None:
    check = VERIFIER.check(sentence, [span])
    assert check.verdict == "unsupported"
    assert {one.kind for one in check.differences} <= {"speaker", "merged"}


def test_known_weakness_an_exchange_without_a_change_of_order_passes() -> None:
    """The module says so itself: it reads no grammar. Turn this round when a better one does."""
    span = "The bank that the county sued praised the court, its lawyer said."
    sentence = "The bank sued the county, its lawyer said."
    assert VERIFIER.check(sentence, [span]).verdict == "supported"


@pytest.mark.parametrize(
    "title", ["Council approves the harbour plan", "Council Approves The Harbour Plan"]
)
def test_a_headline_never_stands_in_for_the_cited_words(title: str) -> None:
    found = Verifier(HashEmbedder()).check(
        "The council approves the harbour plan.",
        ["Rain fell all day."],
        [f"{title} | Ashford Courier | 2024-03-05"],
    )
    assert found.verdict == "unsupported"


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ("Ada Linde rejected calls to resign.", "Ada Linde resigned."),
        ("Ada Linde faces calls to resign over the quay.", "Ada Linde resigned."),
        ("The firm rejected reports that it sold the mill.", "The firm sold the mill."),
        ("Boris Kern voted against the harbour levy.", "Boris Kern voted for the harbour levy."),
    ],
)
def test_what_is_only_called_for_or_voted_down_is_not_done(span: str, sentence: str) -> None:
    assert VERIFIER.check(sentence, [span]).verdict == "unsupported"


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ("Ada Linde rejected calls to resign.", "Ada Linde did not resign."),
        ("Ada Linde rejected calls to resign over it.", "Ada Linde rejected calls to resign."),
        ("Boris Kern voted in favour of the levy.", "Boris Kern voted for the levy."),
    ],
)
def test_what_is_told_of_a_call_or_a_vote_stands(span: str, sentence: str) -> None:
    assert VERIFIER.check(sentence, [span]).verdict != "unsupported"
