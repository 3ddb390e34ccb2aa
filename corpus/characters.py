"""Characters: one form for every text, and nothing in it that a reader cannot see.

Hidden characters are how a text says one thing to a person and another to a model. They are
taken out here, once, before anything else looks at the text; words are never changed.
"""

from __future__ import annotations

import re
import unicodedata

# Zero-width marks, bidi controls and isolates, the byte order mark, soft hyphens, interlinear
# anchors, Unicode tag characters and the variation selectors that only a program can read.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
# The joiners are letters' business in Arabic and Indic scripts, and hold an emoji together;
# anywhere else they are hidden text.
_JOINER = re.compile("(?<![\u0600-\u109f\u2600-\u27bf\ufe0f\U0001f300-\U0001faff])[\u200c\u200d]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_WIDE_SPACE = re.compile("[^\\S\n]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    """The text in Unicode form NFC, with '\\n' for every line break and plain spaces.

    Hidden and control characters are removed, half of a surrogate pair becomes U+FFFD, and
    runs of white space inside a line become one space. Idempotent.
    """
    text = _LINE_BREAK.sub("\n", text)
    text = without_hidden(_SURROGATE.sub("\ufffd", text))
    text = unicodedata.normalize("NFC", _JOINER.sub("", text))
    return "\n".join(_WIDE_SPACE.sub(" ", line).strip() for line in text.split("\n"))


def without_hidden(text: str) -> str:
    """The text without hidden and control characters; all else stays, white space and joiners too.

    For a piece of a text, as a page's elements hold: whether a joiner at its start joins
    anything is told by the piece before it, so normalise() decides on the whole.
    """
    return _CONTROL.sub("", _HIDDEN.sub("", text))
