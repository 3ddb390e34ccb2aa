"""What every library must do: the tests that each kind's own tests subclass.

A subclass gives the fixture `opened`. The figures that searches are held to are worked out here,
from what the library says that it holds, and not by any index.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from corpus import Article, Rejected, embedded_text, identify
from corpus.content.figures import figure_mentions
from corpus.errors import EmbedderMismatch, LibraryLocked, LibraryMissing, NotInLibrary
from embeddings.embedders.embedder import EmbedderFingerprint, Vectors
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.report import IngestReport
from embeddings.protocol import LibraryLike
from embeddings.store.window import DateWindow
from embeddings.terms import TermReader
from tests.embeddings.conftest import CountingEmbedder, build_article

QUESTION = "What will the Carrick bridge cost?"
PATIENCE = 60.0

Opened = Callable[..., LibraryLike]
"""Opens a library: `opened(embedder, name="library", create=True, batch_passages=256)`. What is
opened is closed after the test."""

REPORT = (
    "The ministry said on Tuesday that the ferry between Elstow and Farnham will stop running in "
    "March, after the operator gave notice that it could no longer pay for repairs to its only "
    "vessel. Residents of the island were told in letters that arrived over the weekend.\n\n"
    "A spokeswoman said that talks with two other companies had begun and that a bus across the "
    "northern causeway would be laid on until a contract was signed, at a cost of 2 million "
    "pounds a year. The island has 4,300 inhabitants and one school."
)


SHIPYARD = (
    "Welders at the Dunmore yard laid the keel of a survey vessel on Friday, two years after the "
    "order was first announced, and the owner said that it would be launched before the winter.\n\n"
    "The yard employs 640 people. A union said that 85 of them had been hired since the spring, "
    "most of them from the closed foundry across the bay, and that more would be needed soon."
)


OPERA = (
    "The opera at Carrick will close its old stage for eleven months, its director told members "
    "on Wednesday, because inspectors found rust in the beams that carry the lighting bridge.\n\n"
    "Performances move to a former tram depot with 310 seats. Subscribers keep their rights, and "
    "those who would rather wait can have 60 per cent of the price back until the end of June."
)


class UnnormalisedEmbedder(HashEmbedder):
    """Vectors of different lengths, from 0.5 to 3."""

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        return replace(super().fingerprint, name="hash:unnormalised", normalised=False)

    def embed(self, texts: Sequence[str]) -> Vectors:
        lengths = np.array([0.5 + len(text) % 11 / 4 for text in texts], dtype=np.float32)
        return np.asarray(super().embed(texts) * lengths[:, None], dtype=np.float32)


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.duplicates


def article_ids(hits: Sequence[tuple[str, float]]) -> set[str]:
    return {hit.rpartition(":")[0] for hit, _ in hits}


def vector_of(text: str, embedder: HashEmbedder | None = None) -> Vectors:
    return np.asarray((embedder or HashEmbedder()).embed([text])[0], dtype=np.float32)


def crowd(size: int = 40) -> list[Article]:
    """Articles of many days, every ninth without one, every seventh without an outlet."""
    return [
        build_article(
            number,
            **({"published": None} if number % 9 == 8 else {}),
            **({"outlet": None} if number % 7 == 6 else {}),
        )
        for number in range(size)
    ]


class Reference:
    """Exact searches over all that a library says that it holds."""

    def __init__(self, library: LibraryLike) -> None:
        self.articles = {article.id: article for article in library.articles()}
        passages = [one for name in self.articles for one in library.passages(name)]
        self.ids = [passage.id for passage in passages]
        self.of = [self.articles[passage.article_id] for passage in passages]
        self.vectors = library.vectors(self.ids)
        reader = TermReader()
        self.terms = [
            Counter(reader.terms(embedded_text(article, passage)))
            for article, passage in zip(self.of, passages, strict=True)
        ]

    def dense(self, vector: Vectors, k: int, allowed: Callable[[Article], bool]) -> list[str]:
        scores = self.vectors.astype(np.float64) @ vector.astype(np.float64)
        return self._best(scores.astype(np.float32).tolist(), k, allowed)

    def lexical(
        self, text: str, k: int, allowed: Callable[[Article], bool]
    ) -> list[tuple[str, float]]:
        asked = TermReader().terms(text)
        mean = sum(counted.total() for counted in self.terms) / len(self.terms)
        holding = {term: sum(term in counted for counted in self.terms) for term in asked}
        scores = [
            sum(
                math.log(1 + (len(self.ids) - holding[term] + 0.5) / (holding[term] + 0.5))
                * counted[term]
                / (counted[term] + 1.5 * (1 - 0.75 + 0.75 * counted.total() / mean))
                for term in asked
            )
            for counted in self.terms
        ]
        known = dict(zip(self.ids, scores, strict=True))
        return [(name, known[name]) for name in self._best(scores, k, allowed) if known[name] > 0]

    def _best(
        self, scores: Sequence[float], k: int, allowed: Callable[[Article], bool]
    ) -> list[str]:
        pairs = [
            (-score, name)
            for score, name, article in zip(scores, self.ids, self.of, strict=True)
            if allowed(article)
        ]
        return [name for _, name in sorted(pairs)[:k]]


class LibraryContract:
    """The tests. A subclass overrides `opened`."""

    @pytest.fixture
    def opened(self) -> Iterator[Opened]:
        raise NotImplementedError

    @pytest.fixture
    def library(self, opened: Opened) -> LibraryLike:
        return opened(HashEmbedder())

    # Opening

    def test_where_nothing_is_nothing_opens(self, opened: Opened) -> None:
        with pytest.raises(LibraryMissing) as caught:
            opened(HashEmbedder(), name="nowhere", create=False)
        assert "dateline index" in caught.value.next_step

    def test_an_empty_library_finds_nothing(self, library: LibraryLike) -> None:
        assert library.dense(vector_of(QUESTION), 5) == []
        assert library.lexical(QUESTION, 5) == []
        assert list(library.articles()) == []
        assert library.generation == 0
        assert library.vectors([]).shape == (0, 64)
        stats = library.stats()
        assert (stats.articles, stats.passages, stats.first, stats.last) == (0, 0, None, None)
        library.check()

    def test_what_was_stored_is_there_when_it_is_opened_again(self, opened: Opened) -> None:
        with opened(HashEmbedder()) as library:
            library.add(crowd(12))
            library.add([replace(build_article(1), title="Later")])
            articles, hits = list(library.articles()), library.lexical(QUESTION, 9)
            near, generation = library.dense(vector_of(QUESTION), 9), library.generation
        with opened(HashEmbedder(), create=False) as again:
            assert list(again.articles()) == articles
            assert again.versions(build_article(1).id) == [build_article(1)]
            assert again.lexical(QUESTION, 9) == hits
            assert again.dense(vector_of(QUESTION), 9) == near
            assert again.generation == generation
            again.check()

    @pytest.mark.parametrize(
        "change", [{"weights": "0" * 64}, {"pooling": "cls"}, {"prefix": "query: "},
                   {"normalised": False}, {"name": "another"}]
    )  # fmt: skip
    def test_another_embedder_is_refused_and_told_how_to_go_on(
        self, opened: Opened, change: dict[str, object]
    ) -> None:
        class Another(HashEmbedder):
            @property
            def fingerprint(self) -> EmbedderFingerprint:
                return replace(super().fingerprint, **change)  # type: ignore[arg-type]

        opened(HashEmbedder()).close()
        with pytest.raises(EmbedderMismatch) as caught:
            opened(Another())
        assert next(iter(change)) in caught.value.what
        assert "--rebuild" in caught.value.next_step

    # Adding

    def test_what_goes_in_comes_out(self, library: LibraryLike) -> None:
        article = build_article(
            2, updated=date(2024, 2, 1), url="https://x.example/2", language="en-GB", kind="brief",
            dropped=("Read more", "Follow us"),
        )  # fmt: skip
        report = library.add([article])
        assert counts(report) == (1, 0, 0, 0)
        assert report.passages == len(library.passages(article.id)) > 0
        assert library.article(article.id) == article
        passages = library.passages(article.id)
        assert [passage.ordinal for passage in passages] == list(range(len(passages)))
        assert library.passage(passages[0].id) == passages[0]
        texts = [embedded_text(article, passage) for passage in passages]
        assert np.array_equal(
            library.vectors([passage.id for passage in passages]), HashEmbedder().embed(texts)
        )

    @pytest.mark.parametrize(
        "text",
        ["A NUL \0 stays. So does this.", "Emoji 🕊️ and ‘quotes’. اللغة.", 'A "\\" or a \t.'],
    )
    def test_odd_characters_survive(self, library: LibraryLike, text: str) -> None:
        article = build_article(1, text=text, outlet='The "Daily" O\'Brien\\', title="Tab\there")
        library.add([article])
        assert library.article(article.id) == article
        assert article_ids(library.dense(vector_of(text), 3, outlets=[article.outlet or ""])) == {
            article.id
        }

    def test_a_very_long_article_survives(self, library: LibraryLike) -> None:
        text = "\n\n".join(
            f"Sentence {n} tells of the café at Öland, ’tis said." for n in range(4000)
        )
        article = build_article(3, text=text)
        library.add([article, build_article(4)])
        assert library.article(article.id) == article
        assert library.passages(article.id)[-1].end == len(text)
        assert article_ids(library.lexical("sentence 3999", 1)) == {article.id}
        library.check()

    def test_adding_again_is_free(self, opened: Opened) -> None:
        counting = CountingEmbedder()
        library = opened(counting)
        articles = crowd(5)
        library.add(articles)
        calls, generation = list(counting.calls), library.generation
        report = library.add(articles)
        assert counts(report) == (0, 0, 5, 0)
        assert report.passages == 0
        assert counting.calls == calls
        assert library.generation == generation

    @pytest.mark.parametrize(
        "change", [{"text": "All is new.\n\nThe vote was lost."}, {"title": "A new headline"}]
    )
    def test_a_changed_article_is_replaced_and_its_old_version_kept(
        self, library: LibraryLike, change: dict[str, str]
    ) -> None:
        old, other = build_article(1), build_article(2)
        library.add([old, other])
        new = replace(old, **change)  # type: ignore[arg-type]
        assert counts(library.add([new, other])) == (0, 1, 1, 0)
        assert library.article(old.id) == new
        assert library.versions(old.id) == [old]
        assert library.versions(other.id) == []
        assert [found.step for found in library.changes(old.id)]
        assert library.changes(other.id) == ()
        stats = library.stats()
        assert (stats.articles, stats.versions) == (2, 1)
        word = next(iter(change.values())).split()[-1]
        assert article_ids(library.lexical(word, 9)) == {old.id}
        library.check()

    def test_versions_come_oldest_first(self, library: LibraryLike) -> None:
        versions = [replace(build_article(1), title=f"Version {n}") for n in range(4)]
        for version in versions:
            library.add([version])
        assert library.versions(versions[0].id) == versions[:-1]
        assert library.article(versions[0].id) == versions[-1]
        library.check()

    def test_the_same_text_from_another_path_is_a_duplicate(self, library: LibraryLike) -> None:
        first = build_article(1)
        copies = [
            replace(first, id=identify(f"copy {n}"), source=f"copy {n}", text=text, outlet=outlet)
            for n, (text, outlet) in enumerate(
                ((first.text, first.outlet), (first.text.replace("\n\n", "\n \n"), None))
            )
        ]
        assert counts(library.add([first, copies[0]])) == (1, 0, 0, 1)
        assert counts(library.add(copies)) == (0, 0, 0, 2)
        library.delete(first.id)
        assert counts(library.add(copies)) == (1, 0, 0, 1)

    def test_one_article_twice_in_one_go_ends_as_the_later(self, library: LibraryLike) -> None:
        article = build_article(1)
        later = replace(article, title="Corrected")
        assert counts(library.add([article, article, later])) == (1, 1, 1, 0)
        assert library.article(article.id) == later
        assert library.versions(article.id) == [article]
        library.check()

    def test_what_was_rejected_is_reported_and_the_rest_goes_on(self, library: LibraryLike) -> None:
        unreadable = Rejected("bad.txt", 3, "is empty")
        surrogate = build_article(1, text="Half a pair \ud800.")
        blank = build_article(2, text=" \n ")
        report = library.add([unreadable, surrogate, blank, build_article(3)])
        assert counts(report) == (1, 0, 0, 0)
        assert {one.source for one in report.rejected} == {
            unreadable.source, surrogate.source, blank.source
        }  # fmt: skip
        assert library.stats().articles == 1

    def test_a_dry_run_says_what_would_be_and_writes_nothing(self, opened: Opened) -> None:
        counting = CountingEmbedder()
        library = opened(counting)
        library.add(crowd(4))
        calls, generation = list(counting.calls), library.generation
        coming = [*crowd(6), replace(build_article(1), title="Corrected")]
        rehearsed = library.add(coming, dry_run=True)
        assert counts(rehearsed) == (2, 1, 4, 0)
        assert counting.calls == calls
        assert library.generation == generation
        assert len(list(library.articles())) == 4
        assert counts(library.add(coming)) == counts(rehearsed)

    def test_progress_tells_of_what_is_committed(self, opened: Opened) -> None:
        library = opened(HashEmbedder(), batch_passages=10)
        told: list[tuple[int, int]] = []

        def note(report: IngestReport) -> None:
            told.append((report.added, library.stats().articles))

        library.add(crowd(30), progress=note)
        assert len({added for added, _ in told}) >= 3
        assert all(stored >= added for added, stored in told)
        assert told[-1] == (30, 30)

    def test_an_interrupted_ingest_goes_on_where_it_stopped(self, opened: Opened) -> None:
        library = opened(HashEmbedder(), batch_passages=4)
        articles = crowd(30)

        def breaks_off(report: IngestReport) -> None:
            if report.added >= 12:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            library.add(articles, progress=breaks_off)
        report = library.add(articles)
        assert report.added + report.unchanged == 30
        assert report.unchanged >= 12
        straight = opened(HashEmbedder(), name="straight")
        straight.add(articles)
        for article in articles:
            assert library.passages(article.id) == straight.passages(article.id)
        library.check()

    # Copies and withdrawals

    def test_copies_by_two_outlets_are_one_group(self, library: LibraryLike) -> None:
        first = build_article(0, text=REPORT, outlet="Elstow Courier")
        copy = build_article(
            1, text=REPORT.replace("over the weekend", "on Saturday"), outlet="Farnham Herald"
        )
        other = build_article(2)
        report = library.add([first, other, copy])
        assert (report.added, report.grouped) == (3, 1)
        group = library.group(copy.id)
        assert group == library.group(first.id)
        assert {article.id for article in group.articles} == {first.id, copy.id}
        assert set(group.outlets) == {"Elstow Courier", "Farnham Herald"}
        assert library.group(other.id).id != group.id
        assert [article.id for article in library.group(other.id).articles] == [other.id]
        question = "ferry residents of the island"
        for hits in (
            library.lexical(question, 9, groups=[group.id]),
            library.dense(vector_of(question), 9, groups=[group.id]),
        ):
            assert article_ids(hits) == {first.id, copy.id}
        assert library.lexical(question, 9, groups=[]) == []
        library.delete(first.id)
        assert library.group(copy.id).articles == (copy,)
        assert article_ids(library.lexical(question, 9, groups=[library.group(copy.id).id])) == {
            copy.id
        }
        library.check()

    def test_a_withdrawn_article_stays_and_is_not_found(self, library: LibraryLike) -> None:
        articles = crowd(8)
        library.add(articles)
        taken_back = articles[2]
        assert library.withdraw(taken_back.id, date(2024, 3, 1))
        assert not library.withdraw(taken_back.id)
        assert not library.withdraw("nobody")
        assert library.article(taken_back.id).withdrawn == date(2024, 3, 1)
        vector = vector_of(QUESTION)
        assert taken_back.id not in article_ids(library.lexical(QUESTION, 99))
        assert taken_back.id not in article_ids(library.dense(vector, 99))
        assert taken_back.id in article_ids(library.lexical(QUESTION, 99, withdrawn=True))
        assert taken_back.id in article_ids(library.dense(vector, 99, withdrawn=True))
        assert library.stats().articles == 8
        assert counts(library.add(articles)) == (0, 0, 8, 0)
        assert library.article(taken_back.id).withdrawn == date(2024, 3, 1)
        assert library.reinstate(taken_back.id)
        assert not library.reinstate(taken_back.id)
        assert taken_back.id in article_ids(library.dense(vector, 99))
        library.check()

    def test_every_report_with_copies_the_oldest_first(self, library: LibraryLike) -> None:
        assert list(library.copied()) == []
        reports = {
            "undated": [build_article(n, text=SHIPYARD, published=None) for n in (20, 21)],
            "late": [build_article(n, text=REPORT) for n in (10, 3)],
            "early": [build_article(1, text=OPERA), build_article(22, text=OPERA, published=None)],
        }
        library.add([*reports["undated"], build_article(0), *reports["late"], *reports["early"]])
        found = list(library.copied())
        assert [{one.id for one in group.articles} for group in found] == [
            {one.id for one in reports[name]} for name in ("early", "late", "undated")
        ]
        assert found == [library.group(group.articles[0].id) for group in found]
        library.delete(reports["early"][0].id)
        assert len(list(library.copied())) == 2

    # Figures

    def test_figures_are_those_of_the_text_that_is_there(self, library: LibraryLike) -> None:
        old, undated = build_article(0, text=REPORT), build_article(1, published=None)
        library.add([old, undated, build_article(2, text="Nobody counted anything.")])
        for article in library.articles():
            told = figure_mentions(article.text, article.published)
            assert library.figures(article) == told
            assert bool(told) == ("counted" not in article.text)
        later = replace(old, text=REPORT.replace("4,300", "4,100"))
        redated = replace(undated, published=date(2024, 5, 2))
        library.add([later, redated])
        for article in (later, redated, *library.versions(old.id)):
            assert library.figures(article) == figure_mentions(article.text, article.published)
        assert 4100.0 in [one.quantity.value for one in library.figures(later)]
        library.withdraw(old.id)
        assert library.figures(library.article(old.id)) == library.figures(later)
        library.check()
        library.delete(old.id)
        # Who still holds the article is told what it says.
        assert library.figures(later) == figure_mentions(later.text, later.published)
        library.check()

    # Deleting, and what is not there

    def test_deletion_is_immediate(self, library: LibraryLike) -> None:
        old = build_article(2)
        library.add([build_article(number) for number in range(8)])
        library.add([replace(old, title="New")])
        assert library.delete(old.id)
        assert not library.delete(old.id)
        assert old.id not in article_ids(library.lexical(QUESTION, 99))
        assert old.id not in article_ids(library.dense(vector_of(QUESTION), 99))
        assert library.versions(old.id) == []
        for read in (library.article, library.passages, library.changes, library.group):
            with pytest.raises(NotInLibrary) as caught:
                read(old.id)
            assert "search again" in caught.value.next_step
        assert library.stats().articles == 7
        library.check()

    def test_several_are_deleted_as_one_after_the_other(self, opened: Opened) -> None:
        copies = [build_article(number, text=REPORT) for number in (3, 1, 7, 5)]
        others = [build_article(number) for number in (10, 11, 12)]
        gone = [copies[1].id, others[0].id, copies[0].id, others[1].id]
        at_once, singly = (opened(HashEmbedder(), name) for name in ("at_once", "singly"))
        for library in (at_once, singly):
            library.add([*copies, *others])
            library.add([replace(others[0], title="Rewritten")])
        named = [gone[0], "no such", gone[1], gone[0], *gone[2:]]
        assert at_once.delete_many(iter(named)) == tuple(gone)
        assert at_once.delete_many(gone) == at_once.delete_many([]) == ()
        assert all(singly.delete(article_id) for article_id in gone)
        assert {one.id for one in at_once.articles()} == {copies[2].id, copies[3].id, others[2].id}
        for read in (lambda library: list(library.articles()),
                     lambda library: list(library.copied()),
                     lambda library: library.group(copies[3].id),
                     lambda library: library.versions(others[0].id),
                     lambda library: library.lexical("The", 99),
                     lambda library: library.dense(vector_of(QUESTION), 99)):  # fmt: skip
            assert read(at_once) == read(singly)
        assert article_ids(at_once.dense(vector_of(QUESTION), 99)).isdisjoint(gone)
        at_once.check()

    @pytest.mark.parametrize("name", ["", "no such", "x' OR 1=1 --", 'x" or born > 0 or "'])
    def test_unknown_names(self, library: LibraryLike, name: str) -> None:
        library.add([build_article(1)])
        for read in (library.article, library.passage, library.passages):
            with pytest.raises(NotInLibrary):
                read(name)
        with pytest.raises(NotInLibrary):
            library.vectors([name])
        assert library.versions(name) == []
        assert not library.delete(name)

    # Searching

    def test_articles_come_oldest_first_undated_last(self, library: LibraryLike) -> None:
        undated = build_article(0, published=None)
        library.add([build_article(5), undated, build_article(3)])
        assert list(library.articles()) == [build_article(3), build_article(5), undated]

    @pytest.mark.parametrize("embedder", [HashEmbedder(), UnnormalisedEmbedder()])
    def test_searches_are_exact_with_and_without_filters(
        self, opened: Opened, embedder: HashEmbedder
    ) -> None:
        library = opened(embedder, batch_passages=16)
        library.add(crowd())
        library.add([replace(build_article(n), title=f"Again the {n} market") for n in (3, 20)])
        library.delete(build_article(5).id)
        library.withdraw(build_article(12).id)
        reference = Reference(library)
        group = library.group(build_article(7).id).id
        windows = (
            DateWindow(), DateWindow(date(2024, 1, 10)), DateWindow(until=date(2024, 1, 20)),
            DateWindow(date(2024, 1, 5), date(2024, 1, 30)),
            DateWindow(date(2024, 2, 1), date(2024, 1, 1)),
        )  # fmt: skip
        for question in ("council mayor market 7.5 million", QUESTION, "tramline"):
            vector = vector_of(question, embedder)
            for window in windows:
                for outlets in (None, ["Carrick Courier", "Hexley Courier"], ["Nobody's"]):
                    for withdrawn in (False, True):

                        def allowed(
                            article: Article,
                            window: DateWindow = window,
                            outlets: list[str] | None = outlets,
                            withdrawn: bool = withdrawn,
                        ) -> bool:
                            return (
                                window.admits(article.published)
                                and (outlets is None or article.outlet in outlets)
                                and (withdrawn or article.withdrawn is None)
                            )

                        dense = library.dense(
                            vector, 7, window, outlets=outlets, withdrawn=withdrawn
                        )
                        assert [hit for hit, _ in dense] == reference.dense(vector, 7, allowed)
                        lexical = library.lexical(
                            question, 7, window, outlets=outlets, withdrawn=withdrawn
                        )
                        wanted = reference.lexical(question, 7, allowed)
                        assert [hit for hit, _ in lexical] == [hit for hit, _ in wanted]
                        assert [score for _, score in lexical] == pytest.approx(
                            [score for _, score in wanted], rel=1e-5
                        )
        assert article_ids(library.dense(vector_of("x", embedder), 99, groups=[group])) == {
            build_article(7).id
        }

    def test_scores_do_not_depend_on_how_the_articles_came(self, opened: Opened) -> None:
        articles = crowd(24)
        at_once = opened(HashEmbedder(), name="at_once")
        at_once.add(articles)
        bit_by_bit = opened(HashEmbedder(), name="bit_by_bit", batch_passages=1)
        bit_by_bit.add([*reversed(articles), build_article(30)])
        bit_by_bit.delete(build_article(30).id)
        one, other = at_once.lexical(QUESTION, 99), bit_by_bit.lexical(QUESTION, 99)
        assert [hit for hit, _ in one] == [hit for hit, _ in other]
        assert [score for _, score in one] == pytest.approx([score for _, score in other])

    def test_ties_are_broken_by_passage_id(self, library: LibraryLike) -> None:
        # Equal but for a word that nobody asks for.
        articles = [
            build_article(0, id=identify(str(n)), source=str(n), outlet=f"O{n}",
                          text=f"{'x' * n}. Truce.\n\n{'y' * n}.")
            for n in range(4, 12)
        ]  # fmt: skip
        library.add(articles)
        every = library.lexical("truce", 100)
        assert len({score for _, score in every}) == 1
        assert [hit for hit, _ in every] == sorted(hit for hit, _ in every)
        assert library.lexical("truce", 3) == every[:3]
        vector = vector_of("truce")
        near = library.dense(vector, 100)
        assert near == sorted(near, key=lambda hit: (-hit[1], hit[0]))
        assert library.dense(vector, 3) == near[:3]

    def test_many_ties_are_broken_by_passage_id_too(self, opened: Opened) -> None:
        class Indifferent(HashEmbedder):
            """Finds all texts alike."""

            def embed(self, texts: Sequence[str]) -> Vectors:
                return np.full((len(texts), 64), 0.125, dtype=np.float32)

        library = opened(Indifferent())
        library.add(crowd(60))
        every = sorted(one.id for article in library.articles()
                       for one in library.passages(article.id))  # fmt: skip
        for k in (1, 5, 59):
            hits = library.dense(Indifferent().embed([""])[0], k)
            assert [hit for hit, _ in hits] == every[:k]

    @pytest.mark.parametrize("k", [0, -1])
    def test_k_below_one_is_a_mistake(self, library: LibraryLike, k: int) -> None:
        library.add([build_article(1)])
        with pytest.raises(ValueError, match="at least 1"):
            library.lexical("bridge", k)
        with pytest.raises(ValueError, match="at least 1"):
            library.dense(vector_of("bridge"), k)
        with pytest.raises(ValueError, match="64"):
            library.dense(np.zeros(63, dtype=np.float32), 3)

    # Readers and writers

    def test_a_block_of_reading_is_of_one_moment(self, opened: Opened) -> None:
        library, writer = opened(HashEmbedder()), opened(HashEmbedder())
        old = build_article(2)
        library.add(crowd(6))
        with library.reading():
            hits = library.lexical(QUESTION, 5)
            writing = threading.Thread(target=writer.add, args=([replace(old, title="New")],))
            writing.start()
            writing.join(PATIENCE)
            assert not writing.is_alive()
            assert library.lexical(QUESTION, 5) == hits
            assert library.article(old.id) == old
            assert [library.passage(hit).id for hit, _ in hits] == [hit for hit, _ in hits]
            assert len(library.vectors([hit for hit, _ in hits])) == len(hits)
        assert library.article(old.id).title == "New"

    def test_a_second_writer_is_refused_and_reading_goes_on(self, opened: Opened) -> None:
        library, other = opened(HashEmbedder()), opened(HashEmbedder())
        library.add([build_article(1)])
        inside, leave = threading.Event(), threading.Event()

        def slow() -> Iterator[Article]:
            inside.set()
            assert leave.wait(PATIENCE)
            yield build_article(2)

        writer = threading.Thread(target=library.add, args=(slow(),))
        writer.start()
        try:
            assert inside.wait(PATIENCE)
            for second in (library, other):
                with pytest.raises(LibraryLocked) as caught:
                    second.add([build_article(3)])
                assert "this process" in caught.value.what
                assert len(list(second.articles())) == 1
        finally:
            leave.set()
            writer.join(PATIENCE)
        assert other.add([build_article(3)]).added == 1
        assert library.stats().articles == 3

    def test_stats(self, library: LibraryLike) -> None:
        library.add(
            [build_article(0), build_article(1, outlet=None), build_article(2, published=None)]
        )
        stats = library.stats()
        assert (stats.articles, stats.undated, stats.outlets) == (3, 1, 2)
        assert (stats.first, stats.last) == (date(2024, 1, 1), date(2024, 1, 2))
        assert (stats.embedder, stats.dimensions) == ("hash:64", 64)
        assert stats.generation == library.generation
        library.delete(build_article(0).id)
        assert library.stats().first == date(2024, 1, 2)
