"""Reading a draft: what its sentences are, and where each stands in what the person wrote."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import MissingPath, UnreadableFile
from rag.drafts.claimless import nothing_to_check
from rag.drafts.draft import Draft
from rag.drafts.reading import draft_of, read_draft


def written(draft: Draft) -> list[tuple[str, str]]:
    """Each sentence with what the person wrote in its place."""
    return [(one.text, draft.text[one.start : one.end]) for one in draft.sentences()]


def markdown(text: str) -> list[tuple[str, str]]:
    return written(draft_of(text, "markdown"))


def test_marks_are_left_out_and_offsets_count_in_the_source() -> None:
    assert markdown("The **bridge** cost _4 million_ pounds.") == [
        ("The bridge cost 4 million pounds.", "The **bridge** cost _4 million_ pounds.")
    ]


def test_the_address_of_a_link_is_no_word_even_where_it_repeats_what_follows() -> None:
    assert markdown("See [the plan](https://a.example/x.html). It is long.") == [
        ("See the plan.", "See [the plan](https://a.example/x.html)."),
        ("It is long.", "It is long."),
    ]


def test_pictures_autolinks_and_html_do_not_shift_the_offsets() -> None:
    found = markdown(
        "One ![a map](m.png) was <b>drawn</b>. Write to <https://b.example>. Three left."
    )
    assert [text for text, _ in found] == [
        "One was drawn.",
        "Write to https://b.example.",
        "Three left.",
    ]
    assert found[2][1] == "Three left."


def test_escapes_and_entities_are_the_characters_that_they_stand_for() -> None:
    found = markdown(r"Smith \& Sons paid 5 \* 3 &amp; no more. They left.")
    assert found[0][0] == "Smith & Sons paid 5 * 3 & no more."
    assert found[1] == ("They left.", "They left.")


def test_each_item_and_cell_and_quotation_is_a_block_of_its_own() -> None:
    text = "- One bridge\n- Two roads\n\n> The mayor left.\n\n"
    text += "| a | b |\n|---|---|\n| Six ships | Nine |\n"
    assert [text for text, _ in markdown(text)] == [
        "One bridge",
        "Two roads",
        "The mayor left.",
        "a",
        "b",
        "Six ships",
        "Nine",
    ]


def test_a_wrapped_line_in_a_quotation_is_one_sentence() -> None:
    assert markdown("> The mayor\n> left.")[0] == ("The mayor left.", "The mayor\n> left.")


def test_front_matter_code_and_html_blocks_are_no_reporting() -> None:
    text = "---\ntitle: A plan\n---\n# A plan\n\n```\nx = 1\n```\n\n"
    text += "<div>\nhidden\n</div>\n\nIt rained."
    draft = draft_of(text, "markdown")
    assert [(one.text, one.role) for one in draft.sentences()] == [
        ("A plan", "heading"),
        ("It rained.", "prose"),
    ]
    assert written(draft)[1][1] == "It rained."


def test_two_rules_with_words_between_them_are_no_front_matter() -> None:
    assert markdown("---\n\nIt rained.\n\n---\n\nIt stopped.") == [
        ("It rained.", "It rained."),
        ("It stopped.", "It stopped."),
    ]


@pytest.mark.parametrize("mark", ["[1]", " [2, 3]", "[^4]", "[^note]"])
def test_marks_of_citations_and_footnotes_are_no_words(mark: str) -> None:
    assert markdown(f"It rained{mark}. It stopped.")[0][0] == "It rained."


def test_lines_that_end_as_on_windows_keep_their_offsets() -> None:
    text = "# Rain\r\n\r\nIt *rained*\r\nall day.\r\n"
    assert markdown(text)[1] == ("It rained all day.", "It *rained*\r\nall day.")


def test_a_short_line_of_its_own_in_plain_text_is_a_heading() -> None:
    draft = draft_of("The harbour plan\n\nIt was approved.")
    assert [one.role for one in draft.sentences()] == ["heading", "prose"]


def test_one_line_without_a_stop_is_what_is_to_be_checked() -> None:
    draft = draft_of("The council approved the plan")
    assert [one.role for one in draft.sentences()] == ["prose"]


def word_file(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("The plan", level=1)
    document.add_paragraph("The council approved it. It costs 4 million.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Six ships"
    table.rows[0].cells[1].text = "Nine ships"
    document.add_paragraph("It rained.")
    document.save(str(path))
    return path


def test_a_word_document_gives_headings_paragraphs_and_cells_in_order(tmp_path: Path) -> None:
    draft = read_draft(word_file(tmp_path / "plan.docx"))
    assert [(one.text, one.role) for one in draft.sentences()] == [
        ("The plan", "heading"),
        ("The council approved it.", "prose"),
        ("It costs 4 million.", "prose"),
        ("Six ships", "prose"),
        ("Nine ships", "prose"),
        ("It rained.", "prose"),
    ]
    assert all(text == source for text, source in written(draft))


def test_the_ending_of_its_name_says_how_a_file_is_read(tmp_path: Path) -> None:
    for name, expected in (("a.md", "The plan."), ("a.txt", "The *plan*.")):
        (tmp_path / name).write_text("The *plan*.", encoding="utf-8")
        assert [one.text for one in read_draft(tmp_path / name).sentences()] == [expected]


def test_standard_input_is_read_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Café shut.".encode("cp1252"))))
    draft = read_draft("-")
    assert (draft.name, draft.text) == ("standard input", "Café shut.")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.md", b""),
        ("blank.txt", b" \n\n"),
        ("marks.md", b"***\n"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0"),
        ("broken.docx", b"PK\x03\x04 no document"),
        ("old.docx", b"\xd0\xcf\x11\xe0 old"),
        ("page.html", b"<p>It rained.</p>"),
    ],
)
def test_what_is_no_draft_is_refused_in_words(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableFile) as refused:
        read_draft(tmp_path / name)
    assert name in str(refused.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(MissingPath):
        read_draft(tmp_path / "nowhere.md")
    with pytest.raises(UnreadableFile, match="a folder"):
        read_draft(tmp_path)


def test_far_too_long_a_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="longer than"):
        draft_of("It rained. " * 100_000)


_MARKS = [
    "It rained. ",
    "*a*",
    "**",
    "[x](y.z)",
    "](",
    "![",
    "<b>",
    "&amp;",
    "\\*",
    "`c`",
    "> ",
    "- ",
    "# ",
    "[^1]",
    "\u2028",
    "é",
    "—",
    "1. ",
]
_PIECES = st.sampled_from([*_MARKS, "\n", "\n\n", "\r\n", "| a | b |\n", "---\n", "a: b\n"])


@given(st.lists(_PIECES, min_size=1, max_size=25))
def test_sentences_lie_in_order_in_the_source_whatever_its_marks(pieces: list[str]) -> None:
    text = "It rained. " + "".join(pieces)
    for draft in (draft_of(text, "markdown"), draft_of(text)):
        at = 0
        for one in draft.sentences():
            assert at <= one.start < one.end <= len(draft.text)
            assert one.text
            at = one.start


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("How many ships came?", "a question"),
        ("“How many ships came?”", "a question"),
        ("I think that the plan is bad.", "an opinion"),
        ("In our view the council waited too long.", "an opinion"),
        ("The world should not look away.", "an opinion"),
        ("And then?", "a question"),
        ("Indeed.", "too few words"),
        ("The council approved the plan.", ""),
        ("Mayor Reyes said that the council should wait.", ""),
        ('"We think that it will rain", Reyes said.', ""),
        ('Reyes asked: "Who will pay for the quay?"', ""),
        ("Residents must leave by Friday.", ""),
    ],
)
def test_what_states_nothing_is_not_checked(text: str, why: str) -> None:
    [sentence] = list(draft_of(text).sentences())
    assert nothing_to_check(sentence) == why
