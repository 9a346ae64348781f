"""Android's `strings.xml`: `string`, `plurals` and `string-array`, with Android's own escapes and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evalkit.errors import InputError
from evalkit.readers._keyed import Text, bounded, from_hex
from evalkit.readers._sides import NOTHING, Cell
from evalkit.records import Code
from evalkit.text.xml_stream import Node, stream

_PLAIN = {"n": "\n", "t": "\t"}
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_NO_TEXT = re.compile(r"[@?](?:\+?[\w.]+:)?[\w.]+/[\w.]+")  # @string/app_name: another resource
_LOCALE = "{http://schemas.android.com/tools}locale"


class _Char(NamedTuple):
    """A character with its byte in the file, or a tag between two of them."""

    text: str
    at: int
    kind: str = ""
    id: str = ""


def texts(text: str, path: str) -> tuple[list[Text], str]:
    """The texts in order, and the language that the file states; InputError where there is none."""
    langs: list[str] = []

    def found() -> Iterator[Text]:
        for node in stream(text, path, "string", "plurals", "string-array"):
            if node.parent is not None and node.parent.name == "resources":
                langs.append(node.inherited(_LOCALE))
                yield from _of(node)

    made = list(bounded(found(), lambda each: len(each.key) + len(each.plural), len(text), path))
    if not made:
        raise InputError(
            f"{path}: holds no strings of Android: no `string`, `plurals` or `string-array` in `resources`"
        )
    return made, next(filter(None, langs), "").replace("_", "-")


def _of(node: Node) -> Iterator[Text]:
    name = node.attributes.get("name", "")
    product = node.attributes.get("product", "")
    name = f"{name}@{product}" if product else name
    fixed = node.attributes.get("translatable") in ("false", "no") or node.attributes.get("translate") == "no"
    if node.name == "string":
        yield _text(name, node, fixed)
        return
    for number, item in enumerate(node.elements("item")):
        form = item.attributes.get("quantity", "") if node.name == "plurals" else ""
        made = _text(f"{name}[{form or number}]", item, fixed)
        yield made._replace(plural=f"{name}[other]", form=form) if form else made


def _text(name: str, node: Node, fixed: bool) -> Text:
    cell = _cell(node)
    stays = fixed or _NO_TEXT.fullmatch(cell.text) is not None
    return Text(name, cell, {"translate": "no"} if stays else {})


def _flat(node: Node) -> Iterator[_Char]:
    for child in node.children:
        if isinstance(child, Node):
            identity = child.attributes.get("id", "")
            yield _Char("", child.at, f"{child.name}+", identity)
            yield from _flat(child)
            yield _Char("", child.end, f"{child.name}-", identity)
        else:
            at = child[1]
            for char in child[0]:
                yield _Char(char, at)
                at += len(char.encode("utf-8", "surrogatepass"))


def _cell(node: Node) -> Cell:
    """The text as Android shows it: white space as one space but between quotation marks, which are no text."""
    made: list[_Char] = []
    codes: list[Code] = []
    quoted = False
    gap: _Char | None = None  # white space that stands for one space if text follows
    chars = list(_flat(node))
    number = 0
    while number < len(chars):
        char = chars[number]
        number += 1
        if char.kind:
            codes.append(Code(len(made) + (gap is not None and bool(made)), char.kind, char.id))
        elif char.text == '"':
            quoted = not quoted
        elif char.text.isspace() and not quoted and char.text != "\N{NO-BREAK SPACE}":
            gap = gap or char
        else:
            if gap is not None and made:
                made.append(gap._replace(text=" "))
            gap = None
            if char.text == "\\":
                text, taken = _escaped("".join(each.text or " " for each in chars[number : number + 5]))
                char, number = char._replace(text=text), number + taken
            made += [char] if char.text else []
    text = "".join(char.text for char in made)
    codes = [code if code.offset <= len(text) else Code(len(text), code.kind, code.id) for code in codes]
    return Cell(text, tuple(_pieces(made)), tuple(codes)) if text or codes else NOTHING


def _escaped(rest: str) -> tuple[str, int]:
    """The character that a backslash and what follows it stand for, and how much of that is taken."""
    if rest[:1] == "u" and _HEX.fullmatch(rest[1:]):
        return from_hex(rest[1:]), 5
    return _PLAIN.get(rest[:1], rest[:1]), len(rest[:1])


def _pieces(made: list[_Char]) -> Iterator[tuple[int, int]]:
    """Where the text stands: a piece for each part whose bytes follow one another as its characters do."""
    expected = -1
    for number, char in enumerate(made):
        if char.at != expected:
            yield number, char.at
        expected = char.at + len(char.text.encode("utf-8", "surrogatepass"))
