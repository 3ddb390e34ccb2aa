"""Metrics of the citations: gold quote, ALCE's recall and precision, fidelity. By hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from corpus.article import Article
from corpus.errors import NotInLibrary
from evals.fakes import join, make_answer, make_article, make_citation, make_refusal
from evals.metrics.citation_precision import CitationPrecision
from evals.metrics.citation_recall import CitationRecall
from evals.metrics.gold_quote import GoldQuote
from evals.metrics.quote_fidelity import QuoteFidelity
from evals.sample import Kind, Sample, Target
from rag.answer import Answer
from rag.checking.citation import Sentence

COUNTS = make_article(
    "Some 130 were left in March. In September 97 remain. None are named.", "Counts"
)
OTHER = make_article("Some 130 were left in March, says another.", "Other")
ANY = Sample("s", "q", "fact", Target(answers=("a",), articles=("Counts",), quotes=("x",)))


@dataclass(frozen=True)
class Judgement:
    verdict: str
    support: float = 0.0


class WordsJudge:
    """Supported when spans and context hold every word of the sentence; 'partly' when some."""

    def check(self, sentence: str, spans: Sequence[str], context: Sequence[str] = ()) -> Judgement:
        words = set(sentence.lower().strip(".").split())
        held = set(" ".join([*spans, *context]).lower().replace(".", "").split())
        if words <= held:
            return Judgement("supported", 1.0)
        return Judgement("partly" if words & held else "unsupported")


def gold(kind: Kind, *quotes: str) -> Sample:
    return Sample("s", "q", kind, Target(answers=("a",), articles=("Counts",), quotes=quotes))


MARCH, SEPTEMBER = "Some 130 were left in March.", "In September 97 remain."


@pytest.mark.parametrize(
    ("asked", "cited", "expected"),
    [
        (gold("fact", "130 were left"), [(MARCH, COUNTS)], 1.0),
        (gold("fact", "130 were left"), [("were left in March", COUNTS)], 1.0),
        (gold("fact", "130 were left"), [(SEPTEMBER, COUNTS)], 0.0),
        (gold("fact", "130 were left"), [("Some 130 were left in March", OTHER)], 0.0),
        (gold("fact", "130 were left", "97 remain"), [(SEPTEMBER, COUNTS)], 1.0),
        (gold("across", "130 were left", "97 remain"), [(SEPTEMBER, COUNTS)], 0.5),
        (gold("across", "130 were left", "97 remain"), [(MARCH, COUNTS), (SEPTEMBER, COUNTS)], 1.0),
        (gold("fact", "130 were left in March. "), [(SEPTEMBER, COUNTS)], 0.0),
    ],
)
def test_gold_quote(asked: Sample, cited: list[tuple[str, Article]], expected: float) -> None:
    assert GoldQuote()(asked, make_answer("Words.", cited)).value == expected


def test_gold_quote_of_a_refusal_and_of_a_sample_to_refuse() -> None:
    none = Sample("s", "q", "false_premise", Target(("97",), (), ("Counts",), ("97",), refuse=True))

    assert GoldQuote()(gold("fact", "97 remain"), make_refusal()).value == 0.0
    assert GoldQuote()(none, make_answer("Words.", [(SEPTEMBER, COUNTS)])).value is None


def test_a_gold_quote_that_stands_twice_is_found_at_its_second_place() -> None:
    twice = make_article("97 remain. And later: 97 remain.", "Counts")
    second = twice.text.rindex("97 remain")
    later = replace(make_citation("And later", twice), start=second, end=second + 9)
    answer = join([Sentence("97 are left.", "supported", 1.0, (later,))])

    assert GoldQuote()(gold("fact", "97 remain"), answer).value == 1.0


def cites(text: str, *quotes: str) -> Sentence:
    return Sentence(
        text,
        "supported",
        1.0,
        tuple(make_citation(quote, COUNTS, n) for n, quote in enumerate(quotes, 1)),
    )


def test_citation_recall_is_the_share_of_sentences_carried() -> None:
    answer = join(
        [
            cites("130 were left in March.", MARCH),  # carried
            cites("130 were left in September.", MARCH, SEPTEMBER),  # carried by both together
            cites("97 were freed.", SEPTEMBER),  # partly only
            cites("97 remain."),  # cites nothing
        ]
    )

    assert CitationRecall(WordsJudge())(ANY, answer).value == 0.5


def test_the_judge_is_told_which_article_a_quote_stands_in() -> None:
    named = join([cites("Counts 97 remain.", SEPTEMBER)])

    assert CitationRecall(WordsJudge())(ANY, named).value == 1.0


def test_citation_precision_is_the_share_of_citations_at_work() -> None:
    answer = join(
        [
            cites("130 were left in March.", MARCH, "None are named."),  # 1 of 2: the second idle
            cites("130 were left in September.", MARCH, SEPTEMBER),  # 2 of 2: each is needed
            cites("97 were freed.", SEPTEMBER),  # 0 of 1: not carried at all
            cites("97 remain.", SEPTEMBER, "97 remain"),  # 2 of 2: each does it alone
        ]
    )

    assert CitationPrecision(WordsJudge())(ANY, answer).value == pytest.approx(5 / 7)


def test_citations_of_a_refusal_are_unscored() -> None:
    bare = join([cites("97 remain.")])

    assert CitationRecall(WordsJudge())(ANY, make_refusal()).value is None
    assert CitationPrecision(WordsJudge())(ANY, make_refusal()).value is None
    assert CitationRecall(WordsJudge())(ANY, bare).value == 0.0
    assert CitationPrecision(WordsJudge())(ANY, bare).value is None


SOUND = make_answer("In September 97 remain.", [(SEPTEMBER, COUNTS)])
QUOTED = make_answer(f"“{SEPTEMBER}”", [(SEPTEMBER, COUNTS)], verdict="quote", status="quoted")


def broken_citation(**fields: int) -> Answer:
    citation = replace(make_citation(SEPTEMBER, COUNTS), **fields)  # type: ignore[arg-type]
    return join([Sentence("In September 97 remain.", "supported", 1.0, (citation,))])


@pytest.mark.parametrize("answer", [SOUND, QUOTED, make_refusal()])
def test_an_answer_that_keeps_the_promise(answer: Answer) -> None:
    assert QuoteFidelity()(ANY, answer).value == 1.0


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (join([]), "no sentence"),
        (join([cites("97 remain.")]), "uncited"),
        (make_answer("Words.", [(SEPTEMBER, COUNTS)], verdict="unsupported"), "unsupported"),
        (make_answer("97 are left.", [(SEPTEMBER, COUNTS)], verdict="quote"), "not verbatim"),
        (make_answer("97 are left.", [(SEPTEMBER, COUNTS)], status="quoted"), "not a quote in"),
        (
            make_answer(f"Shame: {SEPTEMBER}", [(SEPTEMBER, COUNTS)], verdict="quote"),
            "not verbatim",
        ),
        (replace(SOUND, text="Other words."), "not in the text"),
        (replace(SOUND, refusal=make_refusal().refusal), "refusal attached"),
        (replace(SOUND, citations=()), "does not list"),
        (replace(make_refusal(), refusal=None), "does not say why"),
        (replace(make_refusal(), citations=SOUND.citations), "shows sentences or citations"),
        (broken_citation(marker=2), "markers are [2]"),
        (broken_citation(end=10_000), "outside the article"),
        (broken_citation(start=-3), "outside the article"),
        (broken_citation(start=40, end=40), "outside the article"),
    ],
)
def test_an_answer_that_breaks_the_promise(answer: Answer, said: str) -> None:
    score = QuoteFidelity()(ANY, answer)

    assert score.value == 0.0
    assert said in score.explanation


def test_in_a_conversation_a_span_may_have_a_number_from_before() -> None:
    later = replace(ANY, before=("How many remain?",))

    assert QuoteFidelity()(later, broken_citation(marker=2)).value == 1.0
    assert QuoteFidelity()(later, broken_citation(marker=0)).value == 0.0


def test_a_citation_outside_its_passage_or_of_another_article_is_a_fault() -> None:
    citation = SOUND.citations[0]
    early = replace(citation, passage=replace(citation.passage, end=citation.end - 1))
    foreign = replace(citation, passage=replace(citation.passage, article_id=OTHER.id))

    for broken, said in ((early, "outside its passage"), (foreign, "another article")):
        answer = join([Sentence("In September 97 remain.", "supported", 1.0, (broken,))])
        score = QuoteFidelity()(ANY, answer)
        assert score.value == 0.0
        assert said in score.explanation


def test_quotes_are_held_against_the_library_where_there_is_one() -> None:
    edited = replace(COUNTS, text=COUNTS.text.replace("97", "79"))

    def nothing(article_id: str) -> Article:
        raise NotInLibrary("there is no such article", where=article_id)

    assert QuoteFidelity(lambda _: COUNTS)(ANY, SOUND).value == 1.0
    made_up = QuoteFidelity(nothing)(ANY, SOUND)
    assert made_up.value == 0.0
    assert "does not hold" in made_up.explanation
    score = QuoteFidelity(lambda _: edited)(ANY, SOUND)
    assert score.value == 0.0
    assert "not what the library holds" in score.explanation
