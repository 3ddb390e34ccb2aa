"""A secret inside an address reaches no reader, no client and no file of the page."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import BadModelURI
from page.api.problems import problem_of
from page.api.sent import answer_of
from page.ask.events import stream
from page.conversation.turn import Turn, asked
from page.desk.desk import Desk, DeskOptions
from page.desk.recent import Recent
from page.evals.status import trouble_html
from page.kept.judgement import Judgement
from page.kept.store import KeptStore
from page.kept.taking import transcript, write_files
from page.library.shelf import choices
from rag.newsroom import Newsroom
from tests.app.doors import FIGURE, newsroom

SECRET = "hunter2"
MODEL = f"openai:http://host:8000/v1?key={SECRET}#big"
SHOWN = "openai:http://host:8000/v1?…#big"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom whose model's address holds a key. It can be asked what needs no model."""
    with newsroom(tmp_path) as made:
        settings = made.settings.model_copy(update={"model": MODEL, "least_answerable": 1.0})
        yield Newsroom(made.library, made.embedder, None, settings)


def told(room: Newsroom, question: str = "Who won the 2022 World Cup?") -> Turn:
    drawn = list(stream(room.chat(), asked((), question)))
    (turn,) = drawn[-1][0]
    return turn


def test_a_kept_answer_its_record_and_its_files_hold_no_secret(
    room: Newsroom, tmp_path: Path
) -> None:
    turn = told(room)
    assert turn.answer is not None
    store = KeptStore(tmp_path / "kept.sqlite3")
    kept = store.save("", "", str(room.library.path), (turn,), (), ())
    store.judge("", kept, turn, Judgement("wrong"))
    record = zlib.decompress(store.records("", kept)[turn.key]).decode()
    assert SHOWN in record
    assert SECRET not in record
    assert SECRET not in repr(store.read("", kept))
    files = write_files(transcript(store.read("", kept), "sample"), tmp_path)
    assert any(SHOWN in file.read_text("utf-8") for file in files)
    assert not any(SECRET in file.read_text("utf-8") for file in files)


def test_the_api_sends_no_secret(room: Newsroom) -> None:
    answer = told(room).answer
    assert answer is not None
    sent = answer_of(answer).model_dump_json()
    assert json.loads(sent)["fingerprint"]["generator"] == SHOWN
    assert SECRET not in sent


def test_an_error_that_names_an_address_tells_no_secret(room: Newsroom) -> None:
    needs_the_model = {"style": "cited", "least_answerable": 0.0}
    settings = room.settings.model_copy(update=needs_the_model)
    asking = Newsroom(room.library, room.embedder, None, settings)
    turn = told(asking, FIGURE)
    assert turn.phase == "failed"
    assert SHOWN in turn.trouble
    assert SECRET not in turn.trouble
    with pytest.raises(BadModelURI, match=re.escape(SHOWN)) as caught:
        _ = asking.generator
    assert SHOWN in trouble_html(str(caught.value))
    assert SECRET not in trouble_html(str(caught.value))
    assert SECRET not in problem_of(caught.value).model_dump_json()


def test_a_library_is_listed_and_remembered_without_its_password(
    room: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = f"milvus:http://me:{SECRET}@127.0.0.1:19530#news"
    shown = "milvus:http://127.0.0.1:19530#news"
    remembered = tmp_path / "recent.json"
    opened: list[str] = []

    def beside(place: str, *, create: bool) -> Newsroom:
        assert not create
        opened.append(place)
        return room

    with Desk(room, DeskOptions(named=(named,)), Recent(remembered)) as desk:
        assert desk.offered()[1:] == [shown]
        assert SECRET not in str(choices(desk))
        monkeypatch.setattr(room, "beside", beside)
        desk.switch(shown)
        assert opened == [named], "it is opened with what opens it"
    assert SECRET not in remembered.read_text("utf-8")
