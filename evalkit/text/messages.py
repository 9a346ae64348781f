"""Messages as ICU, Java and Flutter format them, and tags: which words are syntax, and none of a language."""

from __future__ import annotations

import re

_NAME = r"(?:[A-Za-z_]\w{0,60}|\d{1,3})"
# {count, plural, ...: its branches are texts of their own, and so is what `choice` gives.
_BRANCHING = re.compile(rf"\{{\s{{0,4}}{_NAME}\s{{0,4}},\s{{0,4}}(?:plural|selectordinal|select|choice)\s{{0,4}},")
_OFFSET = re.compile(r"\boffset:\s{0,4}\d{1,4}")
# {0,number,integer}, {when, date, ::yMMMd}
_FORMAT = re.compile(
    rf"\{{\s{{0,4}}{_NAME}\s{{0,4}},\s{{0,4}}(?:number|date|time|spellout|ordinal|duration)\s{{0,4}}(?:,[^{{}}\n]{{0,80}})?\}}"
)
_BRANCH = re.compile(r"(?:=\d{1,9}|\b\w{1,40})\s{0,4}(?=\{)|(?:(?<=,)|(?<=\|)|(?<=\{))\s{0,4}-?[\d.]{1,9}\s{0,4}[#<≤]")

# <b>, {name}, and %(name)s as Python's catalogues have it
_MARKUP = re.compile(
    r"</?[a-zA-Z][\w:.-]*(?:\s[^<>]*)?/?>|\{\s?[\w.-]{1,60}\s?\}|%\([\w.]{1,60}\)[-+0# ]{0,4}[\d.]{0,6}[a-zA-Z]"
)


def without_syntax(text: str, fill: str = " ") -> str:
    """The text with blanks (`fill`) where the syntax of a message stands, `{count, plural, one{` and
    `{when, date, short}`: every other character keeps its place."""
    if "{" not in text or "," not in text:
        return text

    def filled(found: re.Match[str]) -> str:
        return fill * len(found.group())

    text = _FORMAT.sub(filled, text)
    start = _BRANCHING.search(text)
    if start is None:
        return text
    rest = text[start.start() :]
    for syntax in (_BRANCHING, _OFFSET, _BRANCH):
        rest = syntax.sub(filled, rest)
    return text[: start.start()] + rest


def without_markup(text: str) -> str:
    """The text with spaces in the place of tags and of named variables: what these are called is no word."""
    return _MARKUP.sub(lambda m: " " * len(m.group()), text)
