"""Texts in the character set that their file names."""

from __future__ import annotations

import codecs

# Python takes these for names of character sets too: they decode names of hosts and texts of programs, or nothing.
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"})


def decode_declared(data: bytes, name: str, errors: str = "strict") -> str:
    """The text of bytes in the character set that their file says. LookupError for a name that is none, ValueError for
    bytes that are not in it, and for what is no text in it: UTF-7 can have half a character."""
    if codecs.lookup(name).name in _NO_CHARSETS:
        raise LookupError(name)
    text = data.decode(name, errors)
    text.encode()
    return text


def decode_named(data: bytes, name: str, errors: str = "strict") -> str:
    """The same where the name stands in the text itself, and so must be read as ASCII; LookupError for a character set
    in which it is not."""
    if decode_declared(b"a", name) != "a":
        raise LookupError(name)
    return decode_declared(data, name, errors)
