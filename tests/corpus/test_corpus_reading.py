"""Folders, links, pipes, and everything else a path can be."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import corpus
from corpus.errors import MissingPath, NothingToRead

LEAD = "The harbour master of Eastport said on Monday that two ferries would stay in dock."


def article(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"Ferries and {path.stem}\n\n{LEAD}", encoding="utf-8")
    return path


def split_up(
    found: Iterable[corpus.Article | corpus.Rejected], root: Path
) -> tuple[list[str], dict[str, str]]:
    """The relative sources of the articles, and the reasons of what was rejected."""
    read: list[str] = []
    rejected: dict[str, str] = {}
    for entry in found:
        name = str(Path(entry.source).relative_to(root.resolve()))
        if isinstance(entry, corpus.Article):
            read.append(name)
        else:
            rejected[name] = entry.reason
    return read, rejected


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/deep/er/y.md", "c.TXT", "a.txt"):
        article(tmp_path / name)
    read, rejected = split_up(corpus.read([tmp_path]), tmp_path)
    assert read == ["a/deep/er/y.md", "a/z.txt", "a.txt", "b.txt", "c.TXT"]
    assert rejected == {}


def test_missing_paths_raise_before_anything_is_read(tmp_path: Path) -> None:
    good = article(tmp_path / "a.txt")
    with pytest.raises(MissingPath, match="nowhere") as caught:
        corpus.read([good, tmp_path / "nowhere"])
    assert caught.value.next_step


def test_a_dangling_link_is_a_missing_path(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    with pytest.raises(MissingPath):
        corpus.read([tmp_path / "link.txt"])


@pytest.mark.parametrize("names", [[], ["photo.jpg"], [".hidden.txt"]])
def test_a_folder_with_nothing_to_read(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(NothingToRead, match="jsonl"):
        corpus.read([tmp_path])


def test_no_paths_is_no_articles() -> None:
    assert list(corpus.read([])) == []


def test_a_single_path_is_taken_as_one(tmp_path: Path) -> None:
    path = article(tmp_path / "a.txt")
    assert len(list(corpus.read(str(path)))) == 1


def test_the_same_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = article(tmp_path / "a.txt")
    assert len(list(corpus.read([tmp_path, path, tmp_path / "." / "a.txt"]))) == 1


def test_files_of_other_forms_are_reported(tmp_path: Path) -> None:
    article(tmp_path / "a.txt")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "site.tar.gz").write_bytes(b"\x1f\x8b\x08")
    (tmp_path / "README").write_text("words", encoding="utf-8")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    read, rejected = split_up(corpus.read([tmp_path]), tmp_path)
    assert read == ["a.txt"]
    assert set(rejected) == {"photo.jpg", "site.tar.gz", "README"}
    assert ".jpg" in rejected["photo.jpg"]


@pytest.mark.parametrize("name", ["scan.pdf", "noending", "empty.txt", "empty.csv", "empty.html"])
def test_a_bad_file_named_directly_is_rejected_and_raises_nothing(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"")
    found = list(corpus.read([tmp_path / name]))
    assert len(found) == 1
    assert isinstance(found[0], corpus.Rejected)
    assert name in str(found[0])


def test_one_bad_file_costs_one_file(tmp_path: Path) -> None:
    article(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes(b"\0\1\2")
    (tmp_path / "c.txt").write_bytes(b"")
    article(tmp_path / "d.txt")
    read, rejected = split_up(corpus.read([tmp_path]), tmp_path)
    assert read == ["a.txt", "d.txt"]
    assert rejected == {"b.txt": "binary, not text", "c.txt": "empty"}


def test_links(tmp_path: Path) -> None:
    root = tmp_path / "root"
    inside = article(root / "a.txt")
    outside = article(tmp_path / "outside" / "secret.txt")
    (root / "again.txt").symlink_to(inside)
    (root / "escape.txt").symlink_to(outside)
    (root / "folder-out").symlink_to(outside.parent)
    (root / "loop").symlink_to(root)
    (root / "dangling.txt").symlink_to(root / "gone.txt")
    (root / "dots.txt").symlink_to("../outside/secret.txt")
    (root / "self.txt").symlink_to(root / "self.txt")
    read, rejected = split_up(corpus.read([root]), root)
    assert read == ["a.txt"]
    assert rejected == {
        "dangling.txt": "a link to nothing",
        "dots.txt": "a link that leaves the folder",
        "escape.txt": "a link that leaves the folder",
        "folder-out": "a link that leaves the folder",
        "self.txt": "a link to nothing",
    }


def test_a_link_may_give_a_file_its_ending(tmp_path: Path) -> None:
    article(tmp_path / ".store" / "9f3a")
    (tmp_path / "a.txt").symlink_to(tmp_path / ".store" / "9f3a")
    read, rejected = split_up(corpus.read([tmp_path]), tmp_path)
    assert (read, rejected) == (["a.txt"], {})


def test_pipes_and_devices_are_passed_over_without_waiting(tmp_path: Path) -> None:
    article(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    read, rejected = split_up(corpus.read([tmp_path]), tmp_path)
    assert read == ["a.txt"]
    assert rejected == {"pipe.txt": "not a regular file"}
    direct = list(corpus.read([tmp_path / "pipe.txt"]))
    assert [entry.reason for entry in direct if isinstance(entry, corpus.Rejected)] == [
        "not a regular file"
    ]
    device = list(corpus.read(["/dev/null"]))
    assert isinstance(device[0], corpus.Rejected)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    article(tmp_path / "a.txt").chmod(0)
    found = list(corpus.read([tmp_path]))
    assert isinstance(found[0], corpus.Rejected)
    assert "denied" in found[0].reason


def test_a_file_that_vanishes_is_rejected(tmp_path: Path) -> None:
    path = article(tmp_path / "a.txt")
    article(tmp_path / "b.txt")
    found = corpus.read([tmp_path])
    path.unlink()
    entries = list(found)
    assert isinstance(entries[0], corpus.Rejected)
    assert isinstance(entries[1], corpus.Article)


def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(raw)).write_text(LEAD, encoding="utf-8")
    except OSError:
        pytest.skip("this file system has only UTF-8 names")
    found = list(corpus.read([tmp_path]))
    assert isinstance(found[0], corpus.Article)
    found[0].source.encode("utf-8")


def test_a_name_that_would_break_a_line_is_shown_escaped(tmp_path: Path) -> None:
    name = "a\nb\x1b[31mc\u202ed"
    article(tmp_path / f"{name}.txt")
    (tmp_path / f"{name}.x\ny").write_text("words")
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr(f"{name}.txt", LEAD)
        archive.writestr(f"{name}.mp3", "words")
    found = list(corpus.read([tmp_path]))
    escaped = "a\\nb\\x1b[31mc\\u202ed"
    root = str(tmp_path.resolve())
    assert [entry.source.removeprefix(root) for entry in found] == [
        f"/{escaped}.txt", f"/{escaped}.x\\ny", f"/z.zip!/{escaped}.txt", f"/z.zip!/{escaped}.mp3",
    ]  # fmt: skip
    assert all(entry.reason.isprintable() for entry in found if isinstance(entry, corpus.Rejected))


def test_a_very_deep_folder(tmp_path: Path) -> None:
    here = tmp_path
    for _ in range(300):
        here = here / "d"
    article(here / "a.txt")
    assert len(list(corpus.read([tmp_path]))) == 1


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("?.txt", ["a.txt", "b.txt"]),
        ("[!a].txt", ["b.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "may/c.txt", "may/late/d.txt"]),
        ("may/**", ["may/c.txt", "may/e.md", "may/late/d.txt"]),
        ("may/**/*.txt", ["may/c.txt", "may/late/d.txt"]),
        ("**/late/*", ["may/late/d.txt"]),
        ("m*", ["may/c.txt", "may/e.md", "may/late/d.txt"]),
        ("*/*.md", ["may/e.md"]),
    ],
)
def test_globs(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    for name in ("a.txt", "b.txt", "may/c.txt", "may/late/d.txt", "may/e.md", ".hidden/f.txt"):
        article(tmp_path / name)
    read, rejected = split_up(corpus.read([f"{tmp_path}/{pattern}"]), tmp_path)
    assert read == expected
    assert rejected == {}


def test_a_glob_is_a_name_first(tmp_path: Path) -> None:
    article(tmp_path / "a[1].txt")
    article(tmp_path / "a1.txt")
    read, _ = split_up(corpus.read([tmp_path / "a[1].txt"]), tmp_path)
    assert read == ["a[1].txt"]


def test_a_glob_that_nothing_matches(tmp_path: Path) -> None:
    article(tmp_path / "a.txt")
    for pattern in ("*.html", "nowhere/*.txt", "**/b.txt", "a.txt/*"):
        with pytest.raises(MissingPath, match="matches"):
            corpus.read([tmp_path / pattern])
    (tmp_path / "b.jpg").write_bytes(b"x")
    with pytest.raises(NothingToRead):
        corpus.read([tmp_path / "*.jpg"])


def test_a_glob_follows_no_link_out_and_no_loop(tmp_path: Path) -> None:
    root = tmp_path / "root"
    article(root / "in" / "a.txt")
    article(tmp_path / "outside" / "secret.txt")
    (root / "loop").symlink_to(root)
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    read, rejected = split_up(corpus.read([root / "**" / "*.txt"]), root)
    assert read == ["in/a.txt"]
    assert rejected == {"link.txt": "a link that leaves the folder"}


def test_a_glob_looks_only_where_it_can_match(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article(tmp_path / "a.txt")
    article(tmp_path / "deep" / "er" / "b.txt")
    opened: list[str] = []
    iterdir = Path.iterdir

    def watched(self: Path) -> Iterator[Path]:
        opened.append(self.name)
        return iterdir(self)

    monkeypatch.setattr(Path, "iterdir", watched)
    corpus.read([tmp_path / "*.txt"])
    assert "er" not in opened
    assert "deep" not in opened


def test_rejected_says_where() -> None:
    assert str(corpus.Rejected("a.csv", 3, "too few cells")) == "a.csv:3: too few cells"
    assert str(corpus.Rejected("a.txt", None, "empty")) == "a.txt: empty"


def test_the_sample_is_read_whole() -> None:
    found = list(corpus.read([corpus.sample_paths()]))
    assert found
    assert all(isinstance(entry, corpus.Article) for entry in found)
    assert all(entry.title and entry.text for entry in found if isinstance(entry, corpus.Article))
