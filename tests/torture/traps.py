"""Row 13: what a folder or an archive can hold that leads out of it, or never ends."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import corpus
from corpus import Article
from tests.torture import warm
from tests.torture.made import made
from tests.torture.row import Fault, Row, Tally, chance

FAULT = Fault(
    number=13,
    name="links, FIFOs and devices",
    cause="links to files and folders outside (plain, through `..`, through another link), to "
    "itself, round in a circle and to nothing; FIFO, socket, device; archives whose members are "
    "called `../x` or `/x` or are links; names of line breaks and of bytes that are no UTF-8",
    must="no word from outside is read, nothing is written, nothing hangs; each trap is reported "
    "and the good articles are read",
    full=100,
    quick=21,
)
SECRET = "The combination of the harbour master's safe is written on the back of the tide table."
_GOOD = 2
_PATIENCE = 20.0

Trap = Callable[[Path, Path], None]
"""Plants something in a folder; the second path is a folder outside it, with a secret."""


def run(n: int, seed: int, folder: Path) -> Row:
    """Reads `n` folders with a trap in each, by turns, at a random depth."""
    tally = Tally(FAULT)
    names = [name for name in TRAPS if name != "device" or os.geteuid() == 0]
    for number in range(n):
        name = names[number % len(names)]
        place = folder / f"case-{number}"
        outcome = warm.call(_one, place, name, number, seed, patience=_PATIENCE)
        tally.count(f"{name} {number}", outcome.fault.strip().rpartition("\n")[2] or outcome.value)
        shutil.rmtree(place, ignore_errors=True)
    return tally.row(f"{len(names)} kinds of trap")


def _one(place: Path, name: str, number: int, seed: int) -> str:
    inside, outside = place / "articles", place / "outside"
    depth = chance(FAULT, seed, number).randrange(4)
    deep = inside.joinpath(*(f"level {level}" for level in range(depth)))
    deep.mkdir(parents=True)
    (outside / "folder").mkdir(parents=True)
    for secret in (outside / "secret.txt", outside / "folder" / "secret.txt"):
        secret.write_text(f"Headline of the secret\n\n{SECRET}\n")
    for good in range(_GOOD):
        article = made(good)
        (inside / f"good-{good}.txt").write_text(f"{article.title}\n\n{article.text}\n")
    TRAPS[name](deep, outside)
    before = _listing(place)
    texts, rejected = [], []
    for found in corpus.read([inside]):
        if isinstance(found, Article):
            texts.append(found.text)
        else:
            rejected.append(f"{found.source}: {found.reason}")
    if any(SECRET in text for text in (*texts, *rejected)):
        return "a word from outside was read"
    if _listing(place) != before:
        return "something was written"
    lost = [good for good in range(_GOOD) if made(good).text not in texts]
    if lost:
        return f"good articles {lost} were lost"
    if not rejected and name not in _SILENT:
        return "the trap was passed over in silence"
    unclear = [told for told in rejected if not told.isprintable()]
    return f"not clear: {unclear}" if unclear else ""


def _listing(place: Path) -> list[tuple[str, int, int]]:
    """Every entry below a folder, with its kind and size, links not followed."""
    found = []
    for folder, folders, files in os.walk(place):
        for name in (*folders, *files):
            about = Path(folder, name).lstat()
            size = about.st_size if stat.S_ISREG(about.st_mode) else 0
            found.append((repr(Path(folder, name)), about.st_mode, size))
    return sorted(found)


def _link_to_file(deep: Path, outside: Path) -> None:
    (deep / "link.txt").symlink_to(outside / "secret.txt")


def _link_to_folder(deep: Path, outside: Path) -> None:
    (deep / "link").symlink_to(outside)


def _link_upwards(deep: Path, outside: Path) -> None:
    (deep / "link.txt").symlink_to(os.path.relpath(outside / "secret.txt", deep))


def _link_folder_upwards(deep: Path, outside: Path) -> None:
    (deep / "link").symlink_to(os.path.relpath(outside / "folder", deep))


def _link_to_link(deep: Path, outside: Path) -> None:
    (deep / "first").symlink_to(outside)
    (deep / "second").symlink_to("first")
    (deep / "third.txt").symlink_to("second/secret.txt")


def _link_to_parent(deep: Path, _: Path) -> None:
    (deep / "link").symlink_to("../..")


def _link_to_root(deep: Path, _: Path) -> None:
    (deep / "link").symlink_to("/")


def _link_to_itself(deep: Path, _: Path) -> None:
    (deep / "link.txt").symlink_to("link.txt")


def _circle(deep: Path, _: Path) -> None:
    (deep / "a.txt").symlink_to("b.txt")
    (deep / "b.txt").symlink_to("a.txt")
    (deep / "round").symlink_to(".")


def _link_to_nothing(deep: Path, outside: Path) -> None:
    (deep / "link.txt").symlink_to(outside / "nothing.txt")


def _link_to_device(deep: Path, _: Path) -> None:
    (deep / "link.txt").symlink_to("/dev/zero")


def _fifo(deep: Path, _: Path) -> None:
    os.mkfifo(deep / "pipe.txt")


def _socket(deep: Path, _: Path) -> None:
    # The address of a socket is at most 108 bytes long, so it is bound from within the folder.
    here = Path.cwd()
    os.chdir(deep)
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind("socket.txt")
    finally:
        os.chdir(here)


def _device(deep: Path, _: Path) -> None:
    os.mknod(deep / "zero.txt", stat.S_IFCHR | 0o666, os.makedev(1, 5))


def _zip(deep: Path, outside: Path, member: str) -> None:
    with zipfile.ZipFile(deep / "trap.zip", "w") as packed:
        packed.writestr(member.format(outside=outside), f"A headline\n\n{made(5).text}\n")


def _zip_with_link(deep: Path, outside: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(deep / "trap.zip", "w") as packed:
        packed.writestr(link, str(outside / "secret.txt"))


def _tar(deep: Path, outside: Path) -> None:
    """A form that is not read; that it is an archive with links must make no difference."""
    with tarfile.open(deep / "trap.tar", "w") as packed:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, str(outside / "secret.txt")
        packed.addfile(link)


def _odd_name(deep: Path, _: Path, name: bytes) -> None:
    (deep / os.fsdecode(name)).write_bytes(b"")


TRAPS: Mapping[str, Trap] = {
    "link to a file": _link_to_file,
    "link to a folder": _link_to_folder,
    "link through ..": _link_upwards,
    "link to a folder through ..": _link_folder_upwards,
    "link to a link": _link_to_link,
    "link to the folder above": _link_to_parent,
    "link to the root": _link_to_root,
    "link to itself": _link_to_itself,
    "links in a circle": _circle,
    "link to nothing": _link_to_nothing,
    "link to a device": _link_to_device,
    "FIFO": _fifo,
    "socket": _socket,
    "device": _device,
    "zip with ..": partial(_zip, member="../../outside/planted.txt"),
    "zip with an absolute name": partial(_zip, member="{outside}/planted.txt"),
    "zip with a drive": partial(_zip, member="C:\\planted.txt"),
    "zip with a link": _zip_with_link,
    "tar with a link": _tar,
    "name of line breaks": partial(_odd_name, name=b"a\nb\r\x1b[31m.txt"),
    "name that is no UTF-8": partial(_odd_name, name=b"\xff\xfe\x80.txt"),
}
# Nothing is read by such a name: only the words in the member are, which are good.
_SILENT = (
    "zip with ..",
    "zip with an absolute name",
    "zip with a drive",
    "link to the folder above",
)
