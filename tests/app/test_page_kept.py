"""Conversations that are kept: whole, in order, and for their owner only."""

from __future__ import annotations

import json
import sqlite3
import stat
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import EvalError
from evals.suites import load_suite
from page.ask.events import stream
from page.conversation.turn import Conversation, Turn, asked
from page.kept.file import APPLICATION_ID, SCHEMA_VERSION, NotKept
from page.kept.judgement import NO_ANSWER, Judgement, sample_of
from page.kept.packing import UNREADABLE, packed, unpacked
from page.kept.store import LISTED, TITLE, KeptStore
from page.kept.suite import add_sample, suite_file
from tests.app.newsrooms import StandIn, answered, refused

LIBRARY = "/libraries/harbour"


@pytest.fixture
def store(tmp_path: Path) -> KeptStore:
    return KeptStore(tmp_path / "data" / "conversations.sqlite")


def talked(*questions: str, room: StandIn | None = None) -> Conversation:
    """A conversation in which these questions were asked and answered."""
    talk = (room or StandIn(answered)).chat()
    turns: Conversation = ()
    for question in questions:
        (*_, (turns, _, _)) = stream(talk, asked(turns, question))
    return turns


def save(store: KeptStore, turns: Conversation, owner: str = "", kept: str = "") -> str:
    return store.save(owner, kept, LIBRARY, turns, (), {turn.key for turn in turns})


@pytest.mark.parametrize("reply", [answered, refused])
def test_a_turn_comes_back_as_it_was(reply: object) -> None:
    (turn,) = talked("Who left?", room=StandIn(reply))  # type: ignore[arg-type]
    assert turn.answer is not None
    pack = packed(turn)
    assert unpacked(pack.turn, pack.articles) == replace(turn, draft="")
    whole = zlib.decompress(pack.turn).decode()
    for article in {hit.article.text for hit in turn.hits}:
        assert json.dumps(article)[1:-1] not in whole, "an article stands beside the turn, once"
    assert len(pack.articles) == len({hit.article.id for hit in turn.hits})


def test_a_stopped_turn_keeps_what_was_checked() -> None:
    turn = replace(talked("Who left?")[0], answer=None, phase="checking").stopped()
    pack = packed(turn)
    again = unpacked(pack.turn, pack.articles)
    assert (again.phase, again.sentences) == ("stopped", turn.sentences)


def test_a_conversation_is_read_as_it_was_left(store: KeptStore) -> None:
    turns = talked("Who left the talks?", "Who mediates?")
    spans = (("0" * 16, 3, 9), ("1" * 16, 0, 4))
    kept = store.save("", "", LIBRARY, turns, spans, ())
    read = KeptStore(store.path).read("", kept)
    assert read.turns == tuple(replace(turn, draft="") for turn in turns)
    assert read.spans == spans
    assert (read.info.title, read.info.questions) == ("Who left the talks?", 2)
    assert read.info.library == LIBRARY


def test_what_is_taken_back_or_asked_anew_is_kept_so(store: KeptStore) -> None:
    turns = talked("Who left?", "Who mediates?", "Who pays?")
    kept = save(store, turns)
    anew = asked(turns[:1], "Who pays the mediators?")
    known = {turn.key for turn in (*turns, *anew)}
    assert store.save("", kept, LIBRARY, anew, (), known) == kept
    assert [turn.question for turn in store.read("", kept).turns] == [
        "Who left?", "Who pays the mediators?",
    ]  # fmt: skip
    assert store.save("", kept, LIBRARY, (), (), known) == ""
    assert store.list("") == ()


def test_what_another_tab_added_is_never_written_over(store: KeptStore) -> None:
    begun = talked("Who left?")
    kept = save(store, begun)
    there = asked(begun, "Who mediates?")
    assert save(store, there, kept=kept) == kept
    here = asked(begun, "Who pays?")
    beside = save(store, here, kept=kept)
    assert beside != kept
    assert [turn.question for turn in store.read("", kept).turns] == ["Who left?", "Who mediates?"]
    assert [turn.question for turn in store.read("", beside).turns] == ["Who left?", "Who pays?"]


def test_a_conversation_with_another_library_is_another_conversation(store: KeptStore) -> None:
    turns = talked("Who left?")
    kept = save(store, turns)
    other = store.save("", kept, "/libraries/other", turns, (), {turns[0].key})
    assert other != kept


def test_one_owner_never_sees_the_conversations_of_another(store: KeptStore) -> None:
    mine = save(store, talked("Who left?"), owner="ada")
    theirs = save(store, talked("Who pays?"), owner="bob")
    assert [one.id for one in store.list("ada")] == [mine]
    assert [one.id for one in store.list("bob")] == [theirs]
    assert store.list("") == ()
    for act in (
        lambda: store.read("ada", theirs),
        lambda: store.rename("ada", theirs, "mine now"),
        lambda: store.delete("ada", theirs),
        lambda: store.records("ada", theirs),
        lambda: store.judge("ada", theirs, talked("Who?")[0], Judgement("right")),
    ):
        with pytest.raises(NotKept, match="no such conversation"):
            act()
    assert save(store, talked("Who?"), owner="ada", kept=theirs) != theirs
    assert store.read("bob", theirs).turns[0].question == "Who pays?"


def test_they_are_listed_newest_first_and_found_by_every_word(store: KeptStore) -> None:
    first = save(store, talked("Who left the Doha talks?"))
    second = save(store, talked("Who pays 100% of the café_bill?"))
    assert [one.id for one in store.list("")] == [second, first]
    assert [one.id for one in store.list("", "doha LEFT")] == [first]
    assert [one.id for one in store.list("", "CAFE_")] == [second]
    assert [one.id for one in store.list("", "100%")] == [second]
    assert [one.id for one in store.list("", "negotiating team")] == [second, first], "the answers"
    assert store.list("", "doha pays") == ()
    assert store.list("", "x_y") == ()
    save(store, talked("Once more?"), kept=first)
    assert len(store.list("", limit=2)) == 2
    assert LISTED >= 50


def test_a_name_of_its_own_stays_until_it_is_taken_away(store: KeptStore) -> None:
    turns = talked("Who left the talks?")
    kept = save(store, turns)
    store.rename("", kept, "  The walk-\nout  ")
    save(store, asked(turns, "And now?"), kept=kept)
    assert store.read("", kept).info.title == "The walk- out"
    assert [one.id for one in store.list("", "walk-")] == [kept]
    store.rename("", kept, " ")
    assert store.read("", kept).info.title == "Who left the talks?"
    store.rename("", kept, "x" * 500)
    assert len(store.read("", kept).info.title) == TITLE


def test_what_is_deleted_is_no_longer_in_the_file(store: KeptStore) -> None:
    turns = talked("Who left the Zanzibarian talks?")
    kept = save(store, turns)
    store.judge("", kept, turns[0], Judgement("wrong", "Quixotic"))
    store.delete("", kept)
    assert store.list("") == ()
    with sqlite3.connect(store.path) as connection:
        for table in ("turns", "articles", "judgements"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    connection.close()
    for file in store.path.parent.glob("conversations.sqlite*"):
        assert b"Zanzibarian" not in file.read_bytes()
        assert b"Quixotic" not in file.read_bytes()


def test_a_turn_that_cannot_be_read_can_be_asked_again(store: KeptStore) -> None:
    kept = save(store, talked("Who left?", "Who pays?"))
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE turns SET payload = x'00' WHERE ordinal = 1")
    connection.close()
    first, second = store.read("", kept).turns
    assert (first.question, first.phase, first.trouble) == ("Who left?", "failed", UNREADABLE)
    assert second.phase == "done"


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\0" + bytes(200)])
def test_a_foreign_file_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other"
    file.write_bytes(content)
    with pytest.raises(NotKept, match="no conversations"):
        KeptStore(file).list("")
    assert file.read_bytes() == content


def test_a_newer_file_and_a_folder_are_told_in_words(store: KeptStore, tmp_path: Path) -> None:
    store.list("")
    with sqlite3.connect(store.path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(NotKept) as newer:
        store.list("")
    assert "update Dateline" in str(newer.value)
    with pytest.raises(NotKept, match="cannot be used"):
        KeptStore(tmp_path).list("")


def test_the_file_is_for_the_user_only_and_known_by_its_header(store: KeptStore) -> None:
    save(store, talked("Who left?"))
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    with sqlite3.connect(store.path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def _save_many(path: Path, owner: str, count: int) -> None:
    store = KeptStore(path)
    turn = Turn(1, f"Question of {owner}?", key="0" * 16).failed("no")
    for _ in range(count):
        store.save(owner, "", LIBRARY, (turn,), (), ())


def test_several_write_beside_each_other(store: KeptStore) -> None:
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(_save_many, store.path, owner, 10) for owner in "abca"]:
            done.result()
    assert [len(store.list(owner)) for owner in "abc"] == [20, 10, 10]


def test_a_judgement_is_kept_with_the_full_record_of_its_answer(store: KeptStore) -> None:
    turns = talked("Who left?")
    kept = save(store, turns)
    store.judge("", kept, turns[0], Judgement("right"))
    store.judge("", kept, turns[0], Judgement("wrong", "Not so", "the Qataris"))
    read = store.read("", kept)
    assert read.judgements == {turns[0].key: Judgement("wrong", "Not so", "the Qataris")}
    record = json.loads(zlib.decompress(store.records("", kept)[turns[0].key]))
    assert turns[0].answer is not None
    assert record["answer"] == turns[0].answer.to_dict()
    assert record["answer"]["fingerprint"] == {"generator": "stand-in"}
    assert (record["verdict"], record["should"]) == ("wrong", "the Qataris")


def test_judgements_make_samples() -> None:
    (turn,) = talked("Who left?")
    right = sample_of(turn, Judgement("right"))
    assert right.target.answers == ("No team has pulled out",)
    assert "No team has pulled out of the negotiations" in right.target.quotes
    assert "No team has left the Doha talks" in right.target.articles
    assert sample_of(turn, Judgement("wrong", "", "Israel")).target.answers == ("Israel",)
    none = sample_of(turn, Judgement("wrong", "", NO_ANSWER))
    assert (none.target.refuse, none.kind) == (True, "unanswerable")
    (silent,) = talked("Who won?", room=StandIn(refused))
    assert sample_of(silent, Judgement("right")).target.refuse
    for nothing in ("", " ", "?!"):
        with pytest.raises(EvalError, match="would have been right"):
            sample_of(turn, Judgement("wrong", "hm", nothing))
    with pytest.raises(EvalError, match="no answer"):
        sample_of(replace(turn, answer=None), Judgement("right"))


def test_a_follow_up_brings_the_questions_before_it() -> None:
    first, second = talked("Who left the talks?", "Who mediates?")
    follow = replace(second, question="And who mediates?", asked_as="Who mediates the talks?")
    sample = sample_of(follow, Judgement("right"), [first.question])
    assert (sample.kind, sample.before) == ("follow_up", ("Who left the talks?",))
    assert sample_of(second, Judgement("right"), [first.question]).before == ()


def test_samples_become_a_suite_that_evals_read(tmp_path: Path) -> None:
    file = suite_file(tmp_path, "", "/libraries/The harbour")
    assert file != suite_file(tmp_path, "ada", "/libraries/The harbour")
    assert file != suite_file(tmp_path, "", "/other/The harbour")
    first, second = talked("Who left, “so to say”?", "How many left?")
    assert add_sample(file, sample_of(first, Judgement("right"))) == 1
    assert add_sample(file, sample_of(second, Judgement("wrong", "", "none"))) == 2
    assert add_sample(file, sample_of(first, Judgement("wrong", "", NO_ANSWER))) == 2
    samples = load_suite(file).samples
    assert [one.question for one in samples] == ["Who left, “so to say”?", "How many left?"]
    assert [one.kind for one in samples] == ["unanswerable", "figure"]


def test_a_suite_that_was_spoilt_by_hand_is_left_as_it_is(tmp_path: Path) -> None:
    file = suite_file(tmp_path, "", LIBRARY)
    sample = sample_of(talked("Who left?")[0], Judgement("right"))
    add_sample(file, sample)
    spoilt = file.read_text() + "{"
    file.write_text(spoilt)
    with pytest.raises(EvalError):
        add_sample(file, sample)
    assert file.read_text() == spoilt
