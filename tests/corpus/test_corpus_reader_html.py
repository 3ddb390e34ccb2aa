"""HTML pages: joiners stay where they join, and hidden characters change no paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest

import corpus
from corpus import Article
from tests.corpus.readers_stand import LEAD, MORE, page, write

PERSIAN = "شورای شهر هزینهٔ بازسازی پل را نمی\u200cپذیرد و آن را به رأی می\u200cگذارد."
HINDI = "परिषद ने पुल की मरम्मत को मंज़ूरी दी, क्\u200dयोंकि वह टूट चुका था।"
EMOJI = "The family 👨\u200d👩\u200d👧 waved at the ferry for an hour on Monday."


def article(folder: Path, source: str) -> Article:
    found = list(corpus.read([write(folder / "a.html", source)]))
    assert len(found) == 1
    assert isinstance(found[0], Article)
    return found[0]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("شورا نمی\u200cپذیرد", PERSIAN),
        ("क्\u200dयोंकि पुल टूट चुका", HINDI),
        ("Families 👨\u200d👩\u200d👧 at the ferry", EMOJI),
    ],
)
def test_joiners_stay_in_text_and_title(tmp_path: Path, title: str, words: str) -> None:
    read = article(tmp_path, page(title, body=f"<p>{words}</p>"))
    assert read.title == title
    assert read.text == f"{LEAD}\n\n{MORE}\n\n{words}"


def test_joiners_written_as_entities_stay(tmp_path: Path) -> None:
    written = PERSIAN.replace("\u200c", "&zwnj;", 1).replace("\u200c", "&#8204;")
    assert PERSIAN in article(tmp_path, page(body=f"<p>{written}</p>")).text


def test_a_joiner_at_the_start_of_an_element_stays(tmp_path: Path) -> None:
    written = PERSIAN.replace("نمی\u200c", "<b>نمی</b>\u200c")
    assert PERSIAN in article(tmp_path, page(body=f"<p>{written}</p>")).text


def test_joiners_that_join_nothing_go(tmp_path: Path) -> None:
    last = "The next meeting of the harbour council is on Thursday."
    written = last.replace("e", "e\u200d")
    read = article(tmp_path, page("Ferr\u200cies", body=f"<p>{written}</p>"))
    assert read.title == "Ferries"
    assert read.text == f"{LEAD}\n\n{MORE}\n\n{last}"


@pytest.mark.parametrize("letters", ["𒀀𒀁", "&#x12000;&#x12001;"])
def test_letters_of_the_page_are_not_taken_for_joiners(tmp_path: Path, letters: str) -> None:
    tablet = f"The tablet shows {letters} and says no more, the museum said."
    text = article(tmp_path, page(body=f"<p>{tablet}</p><p>{PERSIAN}</p>")).text
    assert text.endswith(f"{tablet.replace(letters, '𒀀𒀁')}\n\n{PERSIAN}")


def test_a_page_that_holds_every_letter_that_could_stand_in_loses_only_joiners(
    tmp_path: Path,
) -> None:
    tablet = "The tablet shows " + "".join(map(chr, range(0x12000, 0x1239A))) + ", they said."
    text = article(tmp_path, page(body=f"<p>{tablet}</p><p>{PERSIAN}</p>")).text
    assert text.endswith(f"{tablet}\n\n{PERSIAN.replace(chr(0x200C), '')}")


@pytest.mark.parametrize("filler", ["\u115f", "\u1160", "\u3164", "\uffa0", "&#x3164;"])
def test_fillers_neither_double_a_paragraph_nor_add_the_headline(
    tmp_path: Path, filler: str
) -> None:
    # One paragraph without a filler: it tells where the article stands, and so what to put back.
    clean = page("Ferries stay in dock", body=f"<p>{EMOJI}</p>")
    dirty = clean
    for words in ("Ferries stay in dock", LEAD, MORE):
        dirty = dirty.replace(words, words.replace("e", f"e{filler}"))
    assert dirty != clean
    read, expected = article(tmp_path, dirty), article(tmp_path, clean)
    assert (read.title, read.text) == (expected.title, expected.text)
