"""Follow-ups made whole.

The second table was written and labelled before any of it was run, and measured once: 16 of its 20
were right. The four that were not have been looked at since.
"""

from __future__ import annotations

from datetime import date

import pytest

from rag.question.followup import made_whole

TODAY = date(2024, 9, 18)
KILLED = "How many people were killed in Gaza in March 2024?"
KILLED_SAID = "The health ministry said that 32,414 people had been killed."
REYES = "What did Mayor Ellen Reyes say about the harbour?"
KABUL = "What happened in Kabul on 15 August 2021?"
RATE = "What is the policy rate in Corvane?"
ARRESTED = "How many were arrested in Lyon on Monday?"
FLIGHTS = "Why did the airline cancel its flights?"
CHAIR = "Who chairs the inquiry?"
CHAIR_SAID = "Judge Maria Stone chairs the inquiry."

FOLLOW_UPS = [
    (KILLED, "", "and in September?", "How many people were killed in Gaza in September 2024?"),
    (KILLED, "", "What about Lebanon?", "How many people were killed in Lebanon in March 2024?"),
    (KILLED, "", "And injured?", "How many people were injured in Gaza in March 2024?"),
    (KILLED, "", "How many women?", "How many women were killed in Gaza in March 2024?"),
    (KILLED, KILLED_SAID, "Who said that?", "Who said that 32,414 people had been killed?"),
    (KILLED, KILLED_SAID, "says who?", "Who said that 32,414 people had been killed?"),
    (KILLED, "", "And now?", "How many people were killed in Gaza now?"),
    ("Did Hamas reject the deal?", "", "Why?", "Why did Hamas reject the deal?"),
    ("Did Hamas reject the deal?", "", "And Israel?", "Did Israel reject the deal?"),
    ("When did the truce end?", "", "why?", "Why did the truce end?"),
    ("When did the truce end?", "", "Who ended it?", "Who ended the truce?"),
    (REYES, "", "What else did she say?", "What else did Mayor Ellen Reyes say?"),
    (REYES, "", "And the county engineer?", "What did the county engineer say about the harbour?"),
    (
        REYES,
        "",
        "And what did Tomas Okafor say?",
        "What did Tomas Okafor say about the harbour?",
    ),
    (REYES, "", "Tell me more.", "What else did Mayor Ellen Reyes say about the harbour?"),
    (KABUL, "", "And the day after?", "What happened in Kabul on 16 August 2021?"),
    (KABUL, "", "Was anyone killed there?", "Was anyone killed in Kabul?"),
    (RATE, "", "and inflation?", "What is inflation in Corvane?"),
    (RATE, "", "What was it in March?", "What was the policy rate in Corvane in March?"),
    (ARRESTED, "", "and on Tuesday?", "How many were arrested in Lyon on Tuesday?"),
    (ARRESTED, "", "And in Paris?", "How many were arrested in Paris on Monday?"),
    (FLIGHTS, "", "when exactly?", "When did the airline cancel its flights?"),
    (FLIGHTS, "", "When was that?", "When did the airline cancel its flights?"),
    (CHAIR, CHAIR_SAID, "What is her salary?", "What is Judge Maria Stone’s salary?"),
    (
        "What was the toll in December 2023?",
        "",
        "and in March?",
        "What was the toll in March 2024?",
    ),
    (
        "Which countries signed the treaty?",
        "",
        "Who refused to sign that treaty?",
        "Who refused to sign the treaty?",
    ),
]
HELD_OUT = [
    (
        "How many homes were destroyed in Derna in September 2023?",
        "",
        "And in October?",
        "How many homes were destroyed in Derna in October 2023?",
    ),
    ("How much did wheat cost in 2021?", "", "and in 2023?", "How much did wheat cost in 2023?"),
    (
        "Who won the by-election?",
        "Clara Voss won it by 200 votes.",
        "When?",
        "Who won the by-election, and when?",
    ),
    ("Was the convoy attacked?", "", "Where?", "Where was the convoy attacked?"),
    (
        "What did the Kremlin say about the drone strike?",
        "",
        "And Kyiv?",
        "What did Kyiv say about the drone strike?",
    ),
    (
        "What did the Kremlin say about the drone strike?",
        "",
        "how did NATO respond to it?",
        "How did NATO respond to the drone strike?",
    ),
    (
        "When was the port of Hodeidah closed?",
        "",
        "why was it closed?",
        "Why was the port of Hodeidah closed?",
    ),
    (
        "Who is the new chancellor?",
        "Martin Hale is the new chancellor.",
        "How old is he?",
        "How old is Martin Hale?",
    ),
    ("Which towns were flooded?", "", "And evacuated?", "Which towns were evacuated?"),
    (
        "How many soldiers died in Mali last year?",
        "",
        "and civilians?",
        "How many civilians died in Mali last year?",
    ),
    ("What is the latest on the strike?", "", "When did it begin?", "When did the strike begin?"),
    ("Did the union accept the offer?", "", "why not?", "Why did the union not accept the offer?"),
    (
        "How many people were displaced by the fire?",
        "Officials said 4,000 people were displaced by the fire.",
        "According to whom?",
        "Who said that 4,000 people were displaced by the fire?",
    ),
    (
        "Where was the summit held in 2022?",
        "",
        "What was decided there?",
        "What was decided there?",
    ),
    ("What did Anna Berg tell parliament?", "", "Did she resign?", "Did Anna Berg resign?"),
    (
        "Has Spain recognised Palestine?",
        "",
        "What about Norway?",
        "Has Norway recognised Palestine?",
    ),
    (
        "Who owns the mine?",
        "Orex owns the mine.",
        "How many people work there?",
        "How many people work there?",
    ),
    ("What did the report find?", "", "Who wrote it?", "Who wrote the report?"),
    (
        "When will the bridge reopen?",
        "",
        "Who built the tower in Linz?",
        "Who built the tower in Linz?",
    ),
    (
        "How many votes did the Greens get in June 2024?",
        "",
        "and the Liberals?",
        "How many votes did the Liberals get in June 2024?",
    ),
]


@pytest.mark.parametrize(("before", "said", "question", "whole"), [*FOLLOW_UPS, *HELD_OUT])
def test_a_follow_up_is_made_whole(before: str, said: str, question: str, whole: str) -> None:
    assert made_whole(question, [before], [said] if said else [], TODAY) == whole


@pytest.mark.parametrize(
    "question",
    [
        "How many traders signed a letter?",
        "Is it true that Israel agreed?",
        "Did Hamas say that it rejected the deal?",
        "What did Mayor Ellen Reyes say before she left?",
        "In March 2024, how many people were killed?",
    ],
)
def test_a_whole_question_stays_as_it_is(question: str) -> None:
    assert made_whole(question, [REYES], [KILLED_SAID], TODAY) == question


def test_a_first_question_stays_as_it_is() -> None:
    assert made_whole("and in September?", [], [], TODAY) == "and in September?"


@pytest.mark.parametrize(
    ("before", "said", "question", "whole"),
    [
        (
            "How many hostages were seized?",
            "",
            "How many of them are still held?",
            "How many hostages are still held?",
        ),
        (
            "Which court is hearing the case?",
            "The Orrel High Court is hearing the case.",
            "What did it order?",
            "What did the Orrel High Court order?",
        ),
        (
            "Which court is hearing the case?",
            "",
            "What did it order?",
            "What did the court that is hearing the case order?",
        ),
        (
            "When did the army take Derna?",
            "",
            "How many people had fled there before?",
            "How many people had fled to Derna before the army took Derna?",
        ),
        (
            "Did the union accept the offer?",
            "",
            "On which day was that announced?",
            "On which day was it announced that the union accepted the offer?",
        ),
        ("Who said that the bridge is safe?", "", "Where did it publish that?", None),
    ],
)
def test_words_that_point_back_are_replaced(
    before: str, said: str, question: str, whole: str | None
) -> None:
    found = made_whole(question, [before], [said] if said else [], TODAY)
    assert found == (question if whole is None else whole)
