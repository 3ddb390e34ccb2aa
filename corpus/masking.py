"""Addresses with their secrets put out of sight, for whatever is shown, kept or handed on."""

from __future__ import annotations

import re

# Up to the last '@' before the '#': a password may hold '/' and '?' though it should not.
_CREDENTIALS = re.compile(r"(?<=//)[^\s#]+@")
_QUERY = re.compile(r"(//[^\s?#]*\?)[^\s#]+")


def without_secrets(text: str) -> str:
    """The text with `name:password@` and what follows a '?' taken out of its addresses.

    'openai:http://me:secret@host/v1?key=abc#big' becomes 'openai:http://…@host/v1?…#big'. A text
    without such an address stays as it is.
    """
    return _QUERY.sub(r"\1…", _CREDENTIALS.sub("…@", text))
