"""Mojibake: text that was decoded with the wrong table, put right where that is sure.

'â€œNoâ€\x9d' was '“No”' once. ftfy finds such runs by what they must have been; here a text is
changed only where its own run of bytes says so, never to make it prettier.
"""

from __future__ import annotations

import re
from collections import Counter

import ftfy
from ftfy.badness import is_bad
from ftfy.chardata import CHARMAP_ENCODINGS

# Nothing but encodings is mended, and only where every byte is still there: of 'Â ' nobody can
# tell whether its space was one.
_CONFIG = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    restore_byte_a0=False,
    replace_lossy_sequences=False,
    fix_c1_controls=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)
_LOST = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_USUAL = ("sloppy-windows-1252", "latin-1")


def mend(text: str) -> str:
    """The text, each line that is surely mojibake put right; any other line as it is."""
    if text.isascii():
        return text
    return "\n".join(_mended(line) for line in text.split("\n"))


def _mended(line: str) -> str:
    if line.isascii() or "\ufffd" in line or not is_bad(line):
        return line
    better = ftfy.fix_encoding(line, _CONFIG)
    # A change that leaves the line as odd as before, or loses a character, is no mending.
    if is_bad(better) or _LOST.search(better):
        return line
    # Counted, for a letter that came may stand elsewhere in the line already: 'Ã Hà'.
    came = Counter(better) - Counter(line)
    return better if all(_stood_in(line, new) for new in came) else line


def _stood_in(line: str, letter: str) -> bool:
    """Whether the line holds what a letter becomes when its bytes are read in a wrong table."""
    once = {broken for table in CHARMAP_ENCODINGS if (broken := _misread(letter, "utf-8", table))}
    twice = {_misread(broken, "utf-8", table) for broken in once for table in _USUAL}
    # One byte of Windows-1252, kept as the control character of its number.
    control = _misread(letter, "cp1252", "latin-1")
    forms = {*once, *twice, control} - {"", letter}
    return any(broken in line for broken in forms)


def _misread(text: str, written: str, read: str) -> str:
    try:
        return text.encode(written).decode(read)
    except UnicodeError:
        return ""
