"""Text in GitHub-flavoured Markdown that stays text."""

from __future__ import annotations

import re

from evalkit.text.visible import visible

_MARKUP = re.compile(r"[\\`*_\[\]|~$]")
_PARTED = "\u200b"  # stands in no visible text
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", _PARTED: "<!-- -->"}
# Code hosts turn these into links, mentions or emoji after Markdown is done; a comment parts them, and is not there for
# who copies what is shown.
_APART = re.compile(r"@(?=\w)|#(?=\d)|:(?=//|[a-z+\-][\w+\-]{0,40}:)|\bwww(?=\.)", re.IGNORECASE)


def escape(text: str) -> str:
    """Text that reads as it is inside a line of Markdown; control characters and line ends made visible."""
    text = _APART.sub(rf"\g<0>{_PARTED}", visible(text))
    text = _MARKUP.sub(r"\\\g<0>", text)
    return "".join(_ENTITIES.get(char, char) for char in text)
