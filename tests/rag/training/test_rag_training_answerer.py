"""The answerer's recipe: what it learns from holds, it learns, and it goes on where it stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from corpus.errors import AdapterUnusable, TrainingError
from embeddings.embedders.model_folder import weights_digest
from embeddings.embedders.models import resolve
from rag.adapters.adapter import Adapter
from rag.adapters.merging import check_weights
from rag.training.answerer.command import publish_answerer
from rag.training.answerer.encoding import Encoder
from rag.training.answerer.measure import outcome
from rag.training.answerer.news import news_packs
from rag.training.answerer.packs import Pack, Question, Span
from rag.training.answerer.recipe import DataOptions, Recipe, prepare
from rag.training.answerer.scenes_conflict import CONFLICT
from rag.training.answerer.scenes_disaster import DISASTERS
from rag.training.answerer.scenes_held import HELD
from rag.training.answerer.scenes_public import PUBLIC
from rag.training.answerer.training import AnswererOptions, AnswererRun, Progress
from rag.training.answerer.wikipedia import wikipedia_packs
from rag.training.card import Base
from rag.training.questions import read_squad
from rag.writing.generator import Citing
from rag.writing.generators.local import LocalGenerator
from rag.writing.generators.taught import Taught
from rag.writing.trained import NO_ANSWER, Said, Shown, read_reply, trained_prompt, written

SCENES = (*CONFLICT, *DISASTERS, *PUBLIC)
OPTIONS = replace(
    AnswererOptions(), steps=8, last=8, packs=2, layers=2, rank=4, warmup=2, kept_every=4,
    scored_every=4, threads=1,
)  # fmt: skip
PACK = Pack(
    (
        Shown("2024-03-01", "Twelve people died in Tarn, the mayor said."),
        Shown("2024-03-02", "The toll in Tarn stands at 41, up from 1,250 feared."),
    ),
    (
        Question("How many people died in Tarn at first?", (Span(0, 0, 6),), "first"),
        Question("How many people died in Tarn?", (Span(1, 27, 29),), "latest"),
        Question("Who is the mayor?", (), "not there"),
    ),
)


class Stopped(Exception):
    """Stands for a kill."""


def said(pack: Pack, question: Question) -> list[Said]:
    """The answer as words and numbers."""
    return [
        Said(pack.shown[one.sentence].text[one.start : one.end], one.sentence + 1)
        for one in question.spans
    ]


def test_news_are_the_same_for_the_same_seed() -> None:
    assert news_packs(SCENES, 20, 3) == news_packs(SCENES, 20, 3)
    assert news_packs(SCENES, 20, 3) != news_packs(SCENES, 20, 4)


@pytest.mark.parametrize("scenes", [SCENES, HELD])
def test_what_answers_a_question_of_the_news_follows_from_what_is_told(scenes: Sequence) -> None:  # type: ignore[type-arg]
    packs = news_packs(scenes, 150, 5)
    kinds = set()
    for pack in packs:
        assert 1 <= len(pack.shown) <= 8
        for question in pack.questions:
            kinds.add(question.kind)
            assert question.text.endswith("?")
            assert "{" not in question.text + "".join(one.text for one in pack.shown)
            words = [one.words for one in said(pack, question)]
            assert all(one.strip() == one != "" for one in words)
            match question.kind:
                case "not there" | "false premise":
                    assert not words
                case "conflict":
                    assert len({one.casefold() for one in words}) == len(words) > 1
                    assert len({pack.shown[one.sentence].day for one in question.spans}) == 1
                case "change":
                    first, last = (pack.shown[one.sentence].day for one in question.spans)
                    assert first < last
                case _:
                    assert words
    assert {"fact", "not there", "false premise", "latest", "change"} <= kinds


def test_the_latest_figure_is_that_of_the_newest_day() -> None:
    for pack in news_packs(SCENES, 200, 6):
        newest = {one.text: one for one in pack.questions if one.kind == "latest"}
        for question in newest.values():
            span = question.spans[0]
            asked_of_other_days = [
                one.spans[0].sentence for one in pack.questions if one.kind == "first" and one.spans
            ]
            day = pack.shown[span.sentence].day
            assert all(pack.shown[other].day <= day for other in asked_of_other_days)


def test_a_paragraph_s_questions_are_answered_by_its_sentences_or_by_none(squad: Path) -> None:
    train, dev = read_squad(squad)
    packs = [pack for seed in range(6) for pack in wikipedia_packs([*train, *dev], seed)]
    answers = {
        asked.text: reading.sentences[asked.sentence].text[asked.start : asked.end]
        for reading in (*train, *dev)
        for asked in reading.asked
    }
    kinds = {question.kind for pack in packs for question in pack.questions}
    assert {"fact", "not there"} <= kinds
    for pack in packs:
        for question in pack.questions:
            words = [one.words for one in said(pack, question)]
            if question.spans:
                assert words == [answers[question.text]]
            elif question.kind == "not there":
                assert not any(answers[question.text] in one.text for one in pack.shown)


@pytest.fixture(scope="module")
def encoder(small: Path) -> Encoder:
    return Encoder(PreTrainedTokenizerFast.from_pretrained(small))


def test_each_branch_foretells_its_own_answer(encoder: Encoder, small: Path) -> None:
    tokenizer = PreTrainedTokenizerFast.from_pretrained(small)
    encoded = encoder.encode(PACK)
    for question, target in zip(PACK.questions, encoded.targets, strict=True):
        reply = tokenizer.decode(list(target.tokens)).removesuffix("<|im_end|>")
        assert reply.strip() == written(said(PACK, question))
        for place, token in zip(target.places[:-1], target.tokens, strict=False):
            assert encoded.ids[place + 1] == token


def test_a_branch_sees_what_it_would_see_alone(encoder: Encoder) -> None:
    encoded = encoder.encode(PACK)
    mask = encoded.mask()[0, 0]
    alone = [encoder.encode(replace(PACK, questions=(one,))) for one in PACK.questions]
    for number, (target, one) in enumerate(zip(encoded.targets, alone, strict=True), start=1):
        last = target.places[-1]
        seen = [encoded.ids[place] for place in mask[last].nonzero().flatten().tolist()]
        assert seen == list(one.ids[: one.targets[0].places[-1] + 1])
        positions = [encoded.positions[place] for place in mask[last].nonzero().flatten().tolist()]
        assert positions == list(range(len(seen)))
        assert encoded.branches[last] == number


def run(small: Path, folder: Path, options: AnswererOptions = OPTIONS) -> AnswererRun:
    folder.mkdir(exist_ok=True)
    packs = news_packs(SCENES, 24, 2)
    return AnswererRun(packs[:20], packs[20:], small, folder, "a recipe", options)


def test_a_run_that_was_killed_ends_as_one_that_was_not(small: Path, tmp_path: Path) -> None:
    whole = run(small, tmp_path / "whole").run()

    def stop(now: Progress) -> None:
        if now.step == 4:
            raise Stopped

    with pytest.raises(Stopped):
        run(small, tmp_path / "killed").run(stop)
    resumed = run(small, tmp_path / "killed").run()
    assert [row["step"] for row in resumed.curve] == [0.0, 4.0, 8.0]
    for name, tensor in whole.adapter.items():
        torch.testing.assert_close(resumed.adapter[name], tensor, rtol=1e-2, atol=1e-3)
    assert any(bool(one.abs().sum() > 0) for name, one in whole.adapter.items() if "lora_B" in name)
    assert whole.after.loss_dev < whole.before.loss_dev


def test_a_run_without_time_cools_down_to_its_last_step(small: Path, tmp_path: Path) -> None:
    hurried = replace(OPTIONS, last=6, cooled=3)
    rates = [hurried.rate_at(step) for step in range(1, 7)]
    assert rates[-1] < rates[-2] < rates[-3] < rates[2]
    assert [row["step"] for row in run(small, tmp_path / "run", hurried).run().curve][-1] == 6.0


def test_nothing_can_be_published_before_it_was_scored(small: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="nothing has been scored"):
        run(small, tmp_path / "run").best()


@pytest.fixture(scope="module")
def published(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    trained = run(small, folder / "run").run()
    recipe = Recipe((PACK,), (PACK,), (), 1, "a recipe")
    base = Base(f"path:{small}", weights_digest(small, "small"))
    publish_answerer(folder / "answerer", trained, base, recipe, replace(OPTIONS, layers=2))
    return folder / "answerer"


def test_what_is_written_is_an_adapter_of_its_base(published: Path, small: Path) -> None:
    adapter = Adapter.read(published)
    adapter.check_base(weights_digest(small, "small"))
    check_weights(adapter)
    with pytest.raises(AdapterUnusable, match="another model"):
        adapter.check_base("0" * 64)


def test_the_taught_weights_are_there_for_one_reply_and_gone_after_it(
    published: Path, small: Path
) -> None:
    model = LlamaForCausalLM.from_pretrained(small)
    before = {name: one.clone() for name, one in model.state_dict().items()}
    taught = Taught(Adapter.read(published), model)
    for _ in range(2):
        with taught:
            changed = {
                name for name, one in model.state_dict().items() if not one.equal(before[name])
            }
        assert changed
        assert all("layers.1." in name or "layers.2." in name for name in changed)
        assert all(one.equal(before[name]) for name, one in model.state_dict().items())


def test_a_model_with_random_weights_still_cites_what_it_copies(
    published: Path, small: Path
) -> None:
    generator = LocalGenerator(resolve(f"path:{small}"), Adapter.read(published))
    texts = [one.text for one in PACK.shown]
    pieces = list(
        generator.stream(
            trained_prompt(PACK.questions[0].text, PACK.shown),
            max_tokens=60,
            steer=Citing(texts, NO_ANSWER),
        )
    )
    sure = pieces[-1].sure
    assert sure is not None
    assert 0 <= sure.reply <= 1
    assert 0 < sure.refusal < 1
    assert all(one.words in texts[one.number - 1] for one in read_reply(_joined(pieces)))


def _joined(pieces: Sequence) -> str:  # type: ignore[type-arg]
    return "".join(piece.text for piece in pieces)


def test_an_article_that_is_measured_on_is_left_out(squad: Path, tmp_path: Path) -> None:
    data = tmp_path / "data" / "squadshifts"
    data.mkdir(parents=True)
    (data / "new_wiki_v1.0.json.gz").write_bytes(_packed(squad))
    held_out = tmp_path / "held.txt"
    held_out.write_text("nothing of the kind")
    drawn = DataOptions(news=6, dev_each=2)
    whole = prepare(tmp_path / "data", [held_out], OPTIONS, drawn)
    assert whole.digest == prepare(tmp_path / "data", [held_out], OPTIONS, drawn).digest
    assert (whole.left_out, whole.articles) == ((), 1)
    held_out.write_text("Which town did the railway join to Belmont?")
    cut = prepare(tmp_path / "data", [held_out], OPTIONS, drawn)
    assert (cut.left_out, cut.articles) == (("Belmont Railway",), 0)
    assert cut.digest != whole.digest


def _packed(path: Path) -> bytes:
    import gzip

    return gzip.compress(path.read_bytes())


def test_a_reply_is_worth_its_words_and_its_number() -> None:
    question = PACK.questions[1]
    right = outcome(read_reply("41 [2]"), question, PACK)
    assert (right.right, right.f1, right.refused) == (True, 1.0, False)
    assert not outcome(read_reply("41 [1]"), question, PACK).right
    assert outcome(read_reply("1,250 [2]"), question, PACK).f1 == 0.0
    assert outcome(read_reply(NO_ANSWER), question, PACK).refused
    assert outcome(read_reply(NO_ANSWER), PACK.questions[2], PACK).refused
