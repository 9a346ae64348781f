"""Web and mail addresses in running text: what they spell belongs to no language and to no list."""

from __future__ import annotations

import re
from collections.abc import Iterator

Place = tuple[int, int]

_WEB = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\u3000-\u9fff\uff00-\uffef\"”“»«]{1,2000}", re.IGNORECASE)
# The mark after an address belongs to the sentence.
_AFTER = ".,;:!?)]}'’…"
_MAIL = re.compile(r"(?<![A-Za-z0-9.+_-])[A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")


def web_addresses(text: str) -> Iterator[Place]:
    """The places of addresses with a scheme or `www`, without the marks of the sentence behind them."""
    for match in _WEB.finditer(text):
        found = match.group().rstrip(_AFTER)
        if found.count("(") > found.count(")") and text[match.start() + len(found)] == ")":
            found += ")"
        yield match.start(), match.start() + len(found)


def mail_addresses(text: str) -> Iterator[Place]:
    """The places of mail addresses."""
    for match in _MAIL.finditer(text):
        yield match.start(), match.start() + len(match.group().rstrip(".-"))


def addresses(text: str) -> list[Place]:
    """The places of both kinds; of most texts nothing more is asked than whether they have a sign of one."""
    if "://" not in text and "@" not in text and "www." not in text.lower():
        return []
    return [*web_addresses(text), *mail_addresses(text)]


def without_addresses(text: str) -> str:
    """The text with blanks where addresses stand: every other character keeps its place."""
    for start, end in addresses(text):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
