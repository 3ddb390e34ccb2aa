"""The desk: which library is open, and what becomes of a conversation when it is another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from corpus.errors import LibraryMissing, NotALibrary
from embeddings.embedders.hashing import HashEmbedder
from page.ask.events import answer, library_changed
from page.conversation.turn import asked
from page.desk import desk as module
from page.desk.desk import Desk, DeskOptions, NotOffered, files_of
from page.desk.recent import MOST, Recent
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator

QUARRY = """---
title: Quarry in Solane floods
outlet: Solane Courier
published: 2021-05-06
---

Rain filled the quarry of Solane on Thursday, mayor Ada Quill said. Nobody was hurt there.
"""


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Newsroom]:
    source = tmp_path / "quarry.md"
    source.write_text(QUARRY)
    with rag.open(
        tmp_path / "quarry",
        add=[source],
        embedder=HashEmbedder(64),
        generator=ScriptedGenerator([""]),
        progress=False,
    ) as newsroom:
        yield newsroom


@pytest.fixture
def desk(first: Newsroom, tmp_path: Path) -> Iterator[Desk]:
    options = DeskOptions(anywhere=True, home=tmp_path / "home")
    with Desk(first, options, Recent(tmp_path / "recent.json")) as desk:
        yield desk


def test_another_library_takes_the_place_of_the_first_and_lends_its_models(
    desk: Desk, first: Newsroom, tmp_path: Path
) -> None:
    made = desk.create("harbour")
    assert desk.newsroom is made
    assert made.library.path == tmp_path / "home" / "harbour"
    assert made.generator is first.generator
    assert made.embedder is first.embedder
    assert desk.address == str(tmp_path / "home" / "harbour")
    assert made.library.stats().articles == 0
    back = desk.switch(first.library.path)
    assert back is first
    assert desk.switch(made.library.path) is made, "it stayed open"


def test_the_edition_changes_with_the_library_and_with_its_articles(
    desk: Desk, tmp_path: Path
) -> None:
    before = desk.edition
    desk.create("harbour")
    empty = desk.edition
    assert empty != before
    desk.newsroom.add([tmp_path / "quarry.md"], progress=False)
    assert desk.edition != empty


@pytest.mark.parametrize(("name", "error"), [("nothing", LibraryMissing), ("letters", NotALibrary)])
def test_what_is_no_library_leaves_the_open_one_open(
    desk: Desk, first: Newsroom, tmp_path: Path, name: str, error: type[Exception]
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("Dear Ada")
    with pytest.raises(error):
        desk.switch(tmp_path / name)
    assert desk.newsroom is first
    assert (tmp_path / "letters" / "one.txt").read_text() == "Dear Ada"


@pytest.mark.parametrize("folder", ["", "  ", "a\0b", "letters"])
def test_a_library_is_made_only_where_nothing_is(
    desk: Desk, first: Newsroom, tmp_path: Path, folder: str
) -> None:
    (tmp_path / "home" / "letters").mkdir(parents=True)
    (tmp_path / "home" / "letters" / "one.txt").write_text("Dear Ada")
    with pytest.raises(NotOffered):
        desk.create(folder)
    assert desk.newsroom is first


def test_others_open_only_what_was_named_or_made_in_the_home(
    first: Newsroom, tmp_path: Path
) -> None:
    for name in ("named", "secret"):
        rag.open(
            tmp_path / name,
            add=[tmp_path / "quarry.md"],
            embedder=HashEmbedder(64),
            generator=ScriptedGenerator([""]),
            progress=False,
        ).close()
    home = tmp_path / "home"
    home.mkdir()
    (home / "link").symlink_to(tmp_path / "secret")
    recent = Recent(tmp_path / "recent.json")
    recent.note(str(tmp_path / "secret"))
    options = DeskOptions(anywhere=False, home=home, named=(str(tmp_path / "named"),))
    with Desk(first, options, recent) as desk:
        assert desk.offered() == [str(tmp_path / "quarry"), str(tmp_path / "named")]
        desk.switch(tmp_path / "named")
        desk.create("harbour")
        for way in ("secret", "home/../secret", "home/link", "home/..", "home/a/b", "home"):
            with pytest.raises(NotOffered):
                desk.switch(tmp_path / way)
        for place in ("../out", str(tmp_path / "out"), "a/b", "..", "milvus:/tmp/x.db#y"):
            with pytest.raises(NotOffered):
                desk.create(place)
        assert not (tmp_path / "out").exists()
        assert desk.address == str(home / "harbour")


def test_no_more_libraries_stay_open_than_they_may(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_OPEN", 2)
    one = desk.create("one")
    desk.create("two")
    desk.create("three")
    assert desk.switch(one.library.path) is not one
    assert one.library.stats().articles == 0, "whoever still reads from it comes to an end"


def test_the_files_of_every_library_that_was_open_are_kept_from_the_file_route(
    desk: Desk, tmp_path: Path
) -> None:
    kept = desk.blocked
    desk.create("harbour")
    assert kept is desk.blocked, "Gradio holds this very list"
    assert {str(tmp_path / "quarry"), str(tmp_path / "home" / "harbour")} <= set(kept)
    assert files_of("milvus:http://10.0.0.1:19530#news") == []
    assert files_of("milvus:/data/news.db#news") == ["/data/news.db"]


def test_other_settings_hold_from_the_next_question_on(desk: Desk, first: Newsroom) -> None:
    settings = first.settings.model_copy(update={"hits": 3})
    desk.adjust(settings)
    assert desk.newsroom.settings.hits == 3
    assert desk.newsroom.library is first.library
    desk.create("harbour")
    assert desk.newsroom.settings.hits == 3
    desk.switch(first.library.path)
    assert desk.newsroom.settings.hits == 3
    desk.adjust(first.settings)
    desk.switch(desk.options.home / "harbour")
    assert desk.newsroom.settings == first.settings


def test_a_conversation_does_not_go_on_in_another_library(desk: Desk) -> None:
    steps = list(answer(desk, None, asked((), "What filled the quarry of Solane?")))
    talk, turns, *_ = steps[-1]
    desk.create("harbour")
    again = list(answer(desk, talk, asked(turns, "Was anybody hurt there?")))
    other, after, *_ = again[-1]
    assert other is not talk
    assert other.newsroom is desk.newsroom
    (turn,) = after
    assert turn.number == 1
    assert "another library is open now: harbour" in turn.notice
    assert turn.asked_as == turn.question, "nothing of the other library's turns is in it"


def test_with_other_settings_a_conversation_goes_on(desk: Desk, first: Newsroom) -> None:
    *_, (talk, turns, *_) = answer(desk, None, asked((), "What filled the quarry of Solane?"))
    desk.adjust(first.settings.model_copy(update={"hits": 3}))
    *_, (other, after, *_) = answer(desk, talk, asked(turns, "Was anybody hurt there?"))
    assert other is talk
    assert len(after) == 2
    assert other.newsroom is desk.newsroom, "and is answered by the new ones"


def test_an_open_chat_is_emptied_when_another_library_is_opened(desk: Desk) -> None:
    *_, (talk, turns, *_) = answer(desk, None, asked((), "What filled the quarry of Solane?"))
    same, kept, *_ = library_changed(desk, talk, turns)
    assert (same, kept) == (talk, turns)
    desk.create("harbour")
    gone, empty, chat, *_ = library_changed(desk, talk, turns)
    assert gone is None
    assert empty == ()
    assert chat["value"] == []
    assert "This library is empty" in chat["placeholder"]


def test_what_was_open_last_stands_first(tmp_path: Path) -> None:
    recent = Recent(tmp_path / "new" / "recent.json")
    for at in range(MOST + 3):
        recent.note(f"/libraries/{at}")
    recent.note("/libraries/5")
    assert recent.addresses()[:2] == ["/libraries/5", f"/libraries/{MOST + 2}"]
    assert len(recent.addresses()) == MOST
    recent.forget("/libraries/5")
    assert "/libraries/5" not in recent.addresses()
    assert [one.name for one in (tmp_path / "new").iterdir()] == ["recent.json"]


@pytest.mark.parametrize("held", ["", "{", '{"a": 1}', "[1, null]", "\udcff"])
def test_a_spoilt_list_is_no_list(tmp_path: Path, held: str) -> None:
    file = tmp_path / "recent.json"
    file.write_bytes(held.encode("utf-8", "surrogateescape"))
    recent = Recent(file)
    assert recent.addresses() == []
    recent.note("/libraries/1")
    assert json.loads(file.read_text()) == ["/libraries/1"]


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    recent = Recent(tmp_path / "file" / "recent.json")
    recent.note("/libraries/1")
    assert recent.addresses() == []
    nowhere = Recent(None)
    nowhere.note("/libraries/1")
    nowhere.forget("/libraries/1")
    assert nowhere.addresses() == []


def test_a_library_that_is_gone_is_not_offered(desk: Desk, tmp_path: Path) -> None:
    recent = Recent(tmp_path / "recent.json")
    recent.note(str(tmp_path / "gone"))
    recent.note("milvus:http://127.0.0.1:19530#news")
    offered = desk.offered()
    assert str(tmp_path / "gone") not in offered
    assert "milvus:http://127.0.0.1:19530#news" in offered, "a server may answer again"
    assert offered[0] == str(tmp_path / "quarry")
