"""How a claim is judged: the product's road and the two rules beside it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.article import Article, Passage
from embeddings import load_embedder
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.hashing import HashEmbedder
from embeddings.embedders.remembering import RememberingEmbedder
from evals.support.claim import Claim
from evals.support.judging import JUDGES, Judge, Judgement, sentences
from rag.checking.cite import attribute
from rag.checking.verify import Verifier
from rag.finding.evidence import Evidence
from rag.finding.hit import Hit, Why

BRIDGE = (
    "The council of Velmora closed the old bridge on Tuesday. "
    "Engineers had found 14 cracks in its northern arch. "
    "Mayor Ilse Brandt said the repair would take nine months. "
    "A ferry will carry people across the river until then."
)


def claim(text: str, document: str = BRIDGE, *, supported: bool = True) -> Claim:
    return Claim("1", text, document, supported, "made")


def same(found: Judgement | None, supported: bool, support: float) -> bool:
    """Whether a judgement is that, up to float32."""
    return (
        found is not None
        and found == Judgement(supported, found.support)
        and (found.support == pytest.approx(support, abs=1e-6))
    )


class CountingEmbedder(HashEmbedder):
    """Counts the texts that it has embedded, and how often it was called."""

    texts = 0
    calls = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += len(texts)
        self.calls += 1
        return super().embed(texts)


@pytest.fixture
def judge() -> Judge:
    return JUDGES["dateline"](HashEmbedder(256))


def test_a_sentence_of_the_document_is_supported(judge: Judge) -> None:
    assert same(judge(claim("Engineers had found 14 cracks in its northern arch.")), True, 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "Engineers had found 41 cracks in its northern arch.",
        "Engineers had not found 14 cracks in its northern arch.",
        "Mayor Otto Lang said the repair would take nine months.",
    ],
)
def test_another_figure_name_or_denial_is_not(judge: Judge, text: str) -> None:
    found = judge(claim(text))

    assert found is not None
    assert not found.supported
    assert found.support < 0.5


def test_a_claim_is_as_good_as_its_worst_sentence(judge: Judge) -> None:
    good = "Engineers had found 14 cracks in its northern arch."
    bad = "Mayor Ilse Brandt said the repair would take four months."
    together, alone = judge(claim(f"{good} {bad}")), judge(claim(bad))

    assert together == alone
    assert alone is not None
    assert not alone.supported


def test_it_is_the_verdict_of_the_product(judge: Judge) -> None:
    """What `attribute` says when it is shown the document's sentences."""
    text = "The old bridge of Velmora was closed by its council."
    article = Article("a" * 16, BRIDGE.split(". ")[0], None, None, "none", BRIDGE, "")
    hit = Hit(
        Passage(f"{article.id}:0", article.id, 0, 0, len(BRIDGE)), article, 1.0, 1, Why(None, None)
    )
    starts = [BRIDGE.index(one) for one in sentences(BRIDGE)]
    shown = [
        Evidence(hit, start, start + len(one), 0.0, 0.0, 0.0)
        for start, one in zip(starts, sentences(BRIDGE), strict=True)
    ]
    product = attribute(text, shown, Verifier(HashEmbedder(256))).verification

    assert same(judge(claim(text)), product.verdict == "supported", product.support)


class FarFerries(HashEmbedder):
    """Every text has one vector, but sentences that begin with ferries have another."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return super().embed(["ship" if text.startswith("Ferries") else "land" for text in texts])


def test_only_the_nearest_sentences_are_looked_at_as_many_as_a_prompt_shows() -> None:
    """The sentence that carries the claim is the farthest: behind twelve others it is not seen."""
    text = "Boats and ferries leave Velmora at noon."
    carries = "Ferries and boats leave Velmora at noon."
    others = [f"Quay number {at} is shut." for at in range(100, 112)]
    judge = JUDGES["dateline"](FarFerries(256))

    # Every word, and nothing of the meaning: ½ · 1 + ½ · 0
    assert same(judge(claim(text, " ".join([*others[:11], carries]))), False, 0.5)
    # No word of it, so half of ½ · 0 + ½ · 1
    assert same(judge(claim(text, " ".join([*others, carries]))), False, 0.25)


def test_partly_is_shown_but_not_supported() -> None:
    # 'said' is lost: who says so is what makes it partly
    text = "The repair would take nine months."
    strict, shown = (
        JUDGES[name](HashEmbedder(256))(claim(text)) for name in ("dateline", "dateline-shown")
    )

    assert strict is not None
    assert shown is not None
    assert (strict.supported, shown.supported) == (False, True)
    assert strict.support == shown.support


def test_without_a_trained_verifier_the_judges_fall_back_to_the_checks() -> None:
    # No trained verifier belongs to this embedder.
    text = "Engineers had found 14 cracks in its southern arch."
    plain, checks = (JUDGES[name](HashEmbedder(256)) for name in ("dateline", "checks"))
    assert plain(claim(text)) == checks(claim(text))
    assert plain.fingerprint == checks.fingerprint
    trained = JUDGES["trained"](HashEmbedder(256))
    assert trained.fingerprint["verifier"] == "none"
    # Engineers, found, 14, cracks, arch of six that count.
    assert same(trained(claim(text)), True, 5 / 6)


@pytest.mark.model
def test_the_trained_verifier_tells_an_edited_sentence_from_its_source() -> None:
    judge = JUDGES["trained"](load_embedder())
    assert judge.fingerprint["verifier"] != "none"
    true = judge(claim("The repair would take nine months, Ilse Brandt said."))
    false = judge(claim("The repair would take nine months, the council said."))
    assert true is not None
    assert false is not None
    assert true.support > false.support


def test_word_overlap_is_the_best_share_of_terms() -> None:
    judge = JUDGES["word-overlap"](HashEmbedder())

    # engineers, found, cracks, arch of engineers, found, cracks, southern, arch
    assert judge(claim("Engineers found cracks in the southern arch.")) == Judgement(True, 0.8)
    # It does not see a figure's meaning, only that one term of four is missing: 3 of 4.
    assert judge(claim("Engineers found 41 cracks.")) == Judgement(True, 0.75)
    assert judge(claim("Who is it?")) == Judgement(False, 0.0)


def test_similarity_is_the_largest_inner_product() -> None:
    embedder = HashEmbedder(256)
    text = "A ferry carries people across the river."
    vector = embedder.embed([text])[0]
    expected = max(float(embedder.embed([one])[0] @ vector) for one in sentences(BRIDGE))

    assert same(JUDGES["similarity"](embedder)(claim(text)), True, expected)


@pytest.mark.parametrize("name", JUDGES)
@pytest.mark.parametrize(("text", "document"), [("— …", BRIDGE), ("It rained.", " \n ")])
def test_where_there_is_nothing_to_judge_there_is_no_judgement(
    name: str, text: str, document: str
) -> None:
    assert JUDGES[name](HashEmbedder())(claim(text, document)) is None


@pytest.mark.parametrize("name", JUDGES)
def test_a_support_lies_between_0_and_1(name: str) -> None:
    judge = JUDGES[name](HashEmbedder(8))

    for text in (BRIDGE, "Nothing of the kind.", "14", "Velmora!"):
        found = judge(claim(text))
        assert found is None or 0.0 <= found.support <= 1.0


def test_reading_ahead_embeds_everything_in_one_call() -> None:
    raw = CountingEmbedder(256)
    judge = JUDGES["dateline"](RememberingEmbedder(raw))
    claims = [claim(text) for text in sentences(BRIDGE)]
    judge.read(claims)
    read = raw.texts
    for one in claims:
        judge(one)

    assert (raw.calls, read) == (1, 4)
    assert raw.texts == read


def test_what_is_remembered_is_what_would_be_embedded() -> None:
    raw = CountingEmbedder(16)
    remembering = RememberingEmbedder(raw, most=3)
    texts = ["a boat", "a bridge", "a boat"]

    assert (remembering.embed(texts) == raw.embed(texts)).all()
    assert (remembering.embed(["a bridge"]) == raw.embed(["a bridge"])).all()
    before = raw.texts
    # More than three: all is forgotten, and what was asked for is still right.
    assert (remembering.embed(["a", "b", "a boat"]) == raw.embed(["a", "b", "a boat"])).all()
    assert raw.texts == before + 3 + 3
    assert remembering.embed([]).shape == (0, 16)
    assert remembering.fingerprint == raw.fingerprint
    assert remembering.max_tokens == raw.max_tokens
    assert remembering.count_tokens(["a boat"]) == raw.count_tokens(["a boat"])


def test_the_fingerprint_tells_judges_apart() -> None:
    marks = [JUDGES[name](HashEmbedder()).fingerprint for name in ("dateline", "dateline-shown")]

    assert marks[0] != marks[1]
    assert JUDGES["dateline"](HashEmbedder(8)).fingerprint != marks[0]
    assert JUDGES["dateline"](HashEmbedder()).fingerprint == marks[0]


@pytest.mark.model
def test_with_the_shipped_embedder_true_beats_false() -> None:
    """Each true claim in other words above a false one on the same document."""
    judge = JUDGES["dateline"](RememberingEmbedder(load_embedder()))
    pairs = [
        (
            "Engineers found 14 cracks in the northern arch of the bridge.",
            "Engineers found 40 cracks in the northern arch of the bridge.",
        ),
        (
            "Mayor Ilse Brandt said that the repair would take nine months.",
            "Mayor Ilse Brandt said that the repair would not take nine months.",
        ),
        (
            "Until then a ferry carries people across the river.",
            "Until then a cable car lifts tourists over the mountain.",
        ),
    ]

    for true, false in pairs:
        good, bad = judge(claim(true)), judge(claim(false))
        assert good is not None
        assert bad is not None
        assert good.support > bad.support, true
        assert good.supported, true
        assert not bad.supported, false
