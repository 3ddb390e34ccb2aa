"""Mojibake is put right where it is sure; all other text stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import corpus
from corpus.mojibake import mend
from corpus.readers.load import decode
from tests.corpus.readers_stand import LEAD, one, read, write

TEXTS = [
    "“No tanker is due before May,” she told reporters in the port’s canteen – at £5 a head.",
    "Señor Núñez sailed for Málaga… “Adiós,” he said.",
    "Der Bürgermeister von Köln sagte: „Nein, wir müssen das prüfen.“",
    "Le maire a déclaré : « C’est l’été, où êtes-vous ? » à Besançon.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "Начальник порта сказал в понедельник, что два парома останутся в доке.",
    "Ο λιμενάρχης είπε ότι τα πλοία θα μείνουν.",
    "قال مدير الميناء إن عبارتين ستبقيان في الحوض.",
    "राष्ट्रपति ने सोमवार को कहा।",
    "港务局长周一表示，两艘渡轮将留在码头。",
    "Đặng Văn Lâm ở Hà Nội; Łódź; Þórður; Ångström; ½ × 3 ÷ 2 ≠ 1; 20 °C; §5; ©2024; naïve café",
    "Prices: €5, £7, ¥9 – “so” it goes… Ã is a letter, and Â too; â as well. ™ ®",
    "VOILÀ; DÉJÀ VU; ÇA VA; À LA CARTE; São Paulo; Ñuñoa; ÎLE-DE-FRANCE; CÔTE D’IVOIRE",
]


@pytest.mark.parametrize("text", TEXTS)
def test_good_text_is_left_alone(text: str) -> None:
    assert mend(text) == text
    assert mend(f"{text}\n\n{LEAD}\n") == f"{text}\n\n{LEAD}\n"


@pytest.mark.parametrize("text", TEXTS[:4])
@pytest.mark.parametrize("table", ["cp1252", "latin-1"])
def test_typical_mojibake_is_put_right(text: str, table: str) -> None:
    try:
        broken = text.encode("utf-8").decode(table)
    except UnicodeDecodeError:
        # Windows keeps a byte that its table lacks as the control character of that number.
        broken = "".join(
            bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode("utf-8")
        )
    assert broken != text
    assert mend(broken) == text


def test_only_the_broken_line_is_touched() -> None:
    good, broken = "“Good” – and ‘so’ it stays.", "â€œBrokenâ€\x9d and cafÃ© here."
    assert mend(f"{good}\n{broken}\n{good}") == f"{good}\n“Broken” and café here.\n{good}"


def test_what_cannot_be_known_stays() -> None:
    for text in ("Two \ufffd\ufffd lost letters", "it?s gone", "Fran\ufffdois", "a&amp;b &eacute;"):
        assert mend(text) == text


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet=st.characters(codec="ascii"), max_size=200))
def test_ascii_never_changes(text: str) -> None:
    assert mend(text) == text


@settings(max_examples=300, deadline=None)
@given(words=st.lists(st.sampled_from(" ".join(TEXTS).split()), max_size=30))
@example(words=["Ã", "Hà"])
def test_good_words_in_any_order_never_change(words: list[str]) -> None:
    text = " ".join(words)
    assert mend(text) == text


def test_the_sample_does_not_change() -> None:
    for path in sorted(corpus.sample_paths().iterdir()):
        text = decode(path.read_bytes())
        assert mend(text) == text, path


def test_the_seeds_do_not_change(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert mend(text) == text, path


def test_an_article_and_its_title_are_mended(tmp_path: Path) -> None:
    article = one(
        write(tmp_path / "a.txt", f"CafÃ© owners speak up\n\nâ€œNo,â€\x9d they said. {LEAD}")
    )
    assert article.title == "Café owners speak up"
    assert article.text == f"“No,” they said. {LEAD}"
    rows = f'title,outlet,text\nCafÃ©,Le MondÃ©,"{LEAD}"\n'
    articles, _ = read(write(tmp_path / "b.csv", rows))
    assert (articles[0].title, articles[0].outlet) == ("Café", "Le Mondé")
