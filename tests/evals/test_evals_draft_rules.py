"""What each rule of drafting makes of a sentence, and which sentences it leaves alone."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

import pytest

from evals.draft import cloze, dates, figures, speakers
from evals.draft.clause import inside, take_apart
from evals.draft.drafted import Proposal, Statement
from evals.draft.names import forms_of, names_in, speaker_in
from evals.draft.numbers import another, figures_in
from evals.draft.numbers import forms_of as figure_forms
from evals.draft.statements import statements
from evals.fakes import make_article

Rule = Callable[[Statement], Iterator[Proposal]]
CONTEXT = "Elsewhere the report tells of Ashford, of Hamas and of the court."


def proposals(rule: Rule, sentence: str) -> list[Proposal]:
    article = make_article(f"{sentence}\n\n{CONTEXT}")
    return list(rule(next(s for s in statements(article) if s.start == 0)))


def worded(rule: Rule, sentence: str) -> list[tuple[str, str]]:
    return [(p.question, p.answers[0]) for p in proposals(rule, sentence) if not p.verbatim]


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "More than 39,100 Palestinians have since been killed in Gaza, mostly women.",
            "How many Palestinians have since been killed in Gaza?",
            "39,100",
        ),
        (
            "Around 250 people, Israelis and foreigners, were taken hostage that October, it said.",
            "",
            "",
        ),
        (
            "Around 250 people, Israelis and foreigners, were taken to Gaza, the report says.",
            "How many people were taken to Gaza?",
            "250",
        ),
        (
            "The storm in Ashford destroyed 40 houses near the harbour on Monday.",
            "How many houses did the storm in Ashford destroy near the harbour on Monday?",
            "40",
        ),
        (
            "The attack of October 7 left 1,205 people dead, civilians for the most part.",
            "How many people did the attack of October 7 leave dead?",
            "1,205",
        ),
        (
            "The harbour authority has spent 12.5 million pounds on the northern quay.",
            "How much has the harbour authority spent on the northern quay?",
            "12.5 million pounds",
        ),
        (
            "The price of tickets in Ashford rose by 12 per cent in May, the operator said.",
            "By how much did the price of tickets in Ashford rise in May?",
            "12 per cent",
        ),
        (
            "Some 49.8% of the electorate voted for the mayor in the second round.",
            "What share of the electorate voted for the mayor in the second round?",
            "49.8%",
        ),
        (
            "The official death toll was 41,252 on Tuesday, after a new count.",
            "What was the official death toll on Tuesday?",
            "41,252",
        ),
    ],
)
def test_a_figure_is_asked_for(sentence: str, question: str, answer: str) -> None:
    assert worded(figures.propose, sentence) == ([(question, answer)] if question else [])


def test_a_figure_that_no_rule_can_ask_for_becomes_a_gap() -> None:
    (made,) = proposals(
        figures.propose, "Local health authorities count more than 39,100 Palestinians killed."
    )

    assert made.verbatim
    assert made.question == (
        "Which figure is missing here: “Local health authorities count more than ____ "
        "Palestinians killed”?"
    )
    assert made.answers == ("39,100",)


@pytest.mark.parametrize(
    "sentence",
    [
        "The two sides met in Ashford for talks that ended at night.",  # nobody asks for 'two'
        "The report of 4 December 2023 names no outlet at all.",  # a date counts nothing
        "They said that 33 of these were dead before the truce began.",  # 'these' points back
    ],
)
def test_what_is_no_figure_worth_asking_for_is_left_alone(sentence: str) -> None:
    assert not [p for p in proposals_or_none(figures.propose, sentence) if not p.verbatim]


def proposals_or_none(rule: Rule, sentence: str) -> list[Proposal]:
    article = make_article(sentence)
    return [proposal for statement in statements(article) for proposal in rule(statement)]


@pytest.mark.parametrize(
    ("sentence", "question", "answers"),
    [
        (
            "The truce in Gaza ended on Friday, 1 December, after seven days.",
            "When did the truce in Gaza end?",
            ("1 December", "December 1"),
        ),
        (
            "On March 8, 2024, the council of Ashford approved the harbour plan.",
            "When did the council of Ashford approve the harbour plan?",
            ("March 8", "8 March"),
        ),
        (
            "Ella Reyes was elected mayor of Ashford in May 2019 after a recount.",
            "When was Ella Reyes elected mayor of Ashford?",
            (),
        ),
        (
            "Ella Reyes was elected mayor of Ashford in May 2019 by the council.",
            "When was Ella Reyes elected mayor of Ashford by the council?",
            ("May 2019",),
        ),
        (
            "The Ashford lighthouse was built in 1884 by two brothers.",
            "When was the Ashford lighthouse built by two brothers?",
            ("1884",),
        ),
    ],
)
def test_a_date_is_asked_for(sentence: str, question: str, answers: tuple[str, ...]) -> None:
    found = [(p.question, p.answers) for p in proposals(dates.propose, sentence)]

    assert found == ([(question, answers)] if answers else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "The council of Ashford approved the harbour plan on Tuesday.",  # no date to check
        "Exports from Ashford rose 4 per cent in January.",  # a figure of a time
        "The court of Ashford sat in 2005 and 2006 without a ruling.",  # two dates
        "It was approved on 8 March by the council of Ashford.",  # what was?
    ],
)
def test_a_date_that_tells_no_event_is_left_alone(sentence: str) -> None:
    assert proposals_or_none(dates.propose, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "question", "answers"),
    [
        (
            "Matthew Miller, who speaks for the State Department, said on Monday that the United "
            "States was working on a new proposal.",
            "Who said on Monday that the United States was working on a new proposal?",
            ("Matthew Miller", "Miller"),
        ),
        (
            "US Secretary of State Antony Blinken told reporters in Cairo that talks had ended.",
            "",
            (),
        ),
        (
            "Secretary of State Antony Blinken told Al Jazeera that the talks in Cairo had ended.",
            "Who told Al Jazeera that the talks in Cairo had ended?",
            ("Antony Blinken", "Blinken"),
        ),
        (
            '"We will begin in June and finish before the winter", Mayor Ellen Reyes told '
            "reporters.",
            "Who said “We will begin in June and finish before the winter”?",
            ("Ellen Reyes", "Reyes"),
        ),
        (
            "The northern quay was never safe, according to Ellen Reyes.",
            "Who said that the northern quay was never safe?",
            ("Ellen Reyes", "Reyes"),
        ),
        (
            "Netanyahu's office said that the vote had emboldened the group.",
            "Who said that the vote had emboldened the group?",
            ("Netanyahu's office",),
        ),
        (
            "On Saturday the Amir of Qatar, Sheikh Tamim bin Hamad, told Al Jazeera that the "
            "mediation would go on, the report says.",
            "Who told Al Jazeera that the mediation would go on?",
            ("Tamim bin Hamad", "Hamad", "Amir of Qatar"),
        ),
    ],
)
def test_a_speaker_is_asked_for(sentence: str, question: str, answers: tuple[str, ...]) -> None:
    found = [(p.question, p.answers) for p in proposals(speakers.propose, sentence)]

    assert found == ([(question, answers)] if question else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "Analysts said that the harbour plan would cost too much for Ashford.",
        "A spokesman for the council said that the quay would open in June.",
        "He said that the northern quay was never safe in a storm.",
        "Ellen Reyes said that this would be the end of the matter.",
        '"No comment on that", Ellen Reyes told reporters.',
    ],
)
def test_a_speaker_without_a_name_is_left_alone(sentence: str) -> None:
    assert proposals_or_none(speakers.propose, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "question", "answers"),
    [
        (
            "Mayor Ellen Reyes announced a new plan for the harbour on Monday.",
            "Who announced a new plan for the harbour on Monday?",
            ("Ellen Reyes", "Reyes"),
        ),
        (
            "The northern quay was opened by Ellen Reyes on Monday.",
            "By whom was the northern quay opened on Monday?",
            ("Ellen Reyes", "Reyes"),
        ),
        (
            "The talks on the harbour were held in Port Stanley on Monday.",
            "Where were the talks on the harbour held on Monday?",
            ("Port Stanley", "Stanley"),
        ),
    ],
)
def test_a_name_is_asked_for(sentence: str, question: str, answers: tuple[str, ...]) -> None:
    (made,) = proposals(cloze.propose, sentence)

    assert (made.question, made.answers[:1]) == (question, answers[:1])
    assert not made.verbatim


def test_other_names_become_gaps_in_the_sentence() -> None:
    found = proposals(
        cloze.propose, "The ceasefire that Qatar had brokered ran out while talks in Doha went on."
    )

    assert [(p.question, p.answers) for p in found] == [
        (
            "Which name is missing here: “The ceasefire that ____ had brokered ran out while talks "
            "in Doha went on”?",
            ("Qatar",),
        ),
        (
            "Which name is missing here: “The ceasefire that Qatar had brokered ran out while "
            "talks in ____ went on”?",
            ("Doha",),
        ),
    ]


def test_a_sentence_that_hangs_on_another_gets_no_gap() -> None:
    assert proposals(cloze.propose, "The minister flew to Doha because his talks had failed.") == []


def test_statements_leave_out_what_hangs_on_the_sentence_before() -> None:
    article = make_article(
        "The council of Ashford approved the plan. But it has no money for the work. Too short.\n\n"
        "A heading without a stop\n\nHe said that the northern quay would be closed."
    )

    assert [s.text for s in statements(article)] == ["The council of Ashford approved the plan"]


def test_only_english_is_drafted_from() -> None:
    article = make_article("The council of Ashford approved the plan.")
    german = type(article)(
        **{f: getattr(article, f) for f in article.__slots__} | {"language": "de"}
    )

    assert len(list(statements(article))) == 1
    assert list(statements(german)) == []


def test_a_clause_is_taken_apart_or_left() -> None:
    clause = take_apart("The council of Ashford approved the plan, and left", "")
    assert clause is not None
    assert (clause.subject, clause.verb, clause.rest) == (
        "the council of Ashford", "approved", "the plan",
    )  # fmt: skip
    for unclear in (
        "The council approved the plan",  # which council?
        "Officials briefed on the talks told reporters of a deal",  # 'briefed' is no finite verb
        "Last year Ashford approved the plan",
        "The mayor of Ashford had two ships",
        "The mayor of Ashford then left the harbour",
    ):
        assert take_apart(unclear, "") is None, unclear


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The court", "the court"),
        ("A lack of rain", "a lack of rain"),
        ("Hamas", "Hamas"),
        ("Ellen Reyes", "Ellen Reyes"),
        ("Reports of losses", None),
    ],
)
def test_a_first_word_keeps_its_capital_only_as_a_name(text: str, read: str | None) -> None:
    assert inside(text, CONTEXT) == read


def test_names_are_found_without_titles_days_and_adjectives() -> None:
    text = (
        "On Monday US Vice President Kamala Harris told the Council that Israeli forces near Khan "
        "Younis had left the Gaza talks"
    )

    assert [name.text for name in names_in(text)] == ["Kamala Harris", "Khan Younis"]
    for name in names_in(text):
        assert text[name.start : name.end] == name.text


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Matthew Miller", ("Matthew Miller", "Miller")),
        ("Majed Al-Ansari", ("Majed Al-Ansari", "Al-Ansari", "Ansari")),
        ("State Department", ("State Department",)),
        ("Khaleej Times", ("Khaleej Times",)),
        ("OCHA", ("OCHA",)),
    ],
)
def test_only_a_person_has_a_surname(name: str, forms: tuple[str, ...]) -> None:
    assert forms_of(name) == forms


@pytest.mark.parametrize(
    ("phrase", "speaker"),
    [
        ("US State Department spokesman Matthew Miller", "Matthew Miller"),
        ("Philip Menco of the Harbour Bank", "Philip Menco"),
        ("the Bank of England", "Bank of England"),
        ("the Israeli military", "Israeli military"),
        ("a source", None),
        ("GAO officials", None),
        ("the Chief Inspector", None),
        ("It", None),
    ],
)
def test_a_speaker_is_read_from_a_phrase(phrase: str, speaker: str | None) -> None:
    assert next(iter(speaker_in(phrase)), None) == speaker


@pytest.mark.parametrize(
    ("text", "value", "forms"),
    [
        ("about 2.3 million people", 2.3e6, {"2.3 million", "2,300,000"}),
        ("some six hostages", 6, {"six", "6"}),
        ("12 hostages", 12, {"12", "twelve"}),
        ("paid $2 bln for it", 2e9, {"$2 bln", "2 bln", "2 billion"}),
        ("rose 12 percent", 12, {"12 percent", "12 per cent", "12%"}),
    ],
)
def test_figures_are_read_with_the_forms_that_answers_take(
    text: str, value: float, forms: set[str]
) -> None:
    (figure,) = figures_in(text)

    assert figure.value == value
    assert set(figure_forms(figure)) == forms


@pytest.mark.parametrize("text", ["in 2019", "on 4 December", "May 6", "a 3-1 win", "the G7"])
def test_dates_and_scores_are_no_figures(text: str) -> None:
    assert figures_in(text) == []


def test_a_false_share_is_no_more_than_the_whole() -> None:
    (figure,) = figures_in("80% of the electorate")

    for seed in range(20):
        false = another(figure, frozenset(), random.Random(seed))
        assert false is not None
        assert 1 <= float(false.removesuffix("%")) <= 100


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("39,100 people", r"\d\d,\d00"),
        ("2.3 million people", r"\d\.\d million"),
        ("six people", r"[a-z]+"),
        ("$12 billion", r"\$\d+ billion"),
    ],
)
def test_a_false_figure_looks_like_the_true_one(text: str, shape: str) -> None:
    (figure,) = figures_in(text)
    false = another(figure, frozenset({figure.value}), random.Random(1))

    assert false is not None
    assert re.fullmatch(shape, false)
    assert false != figure.text
    everything = frozenset(value * 1.0 for value in range(100))
    if figure.value < 100:
        assert another(figure, everything, random.Random(1)) is None
