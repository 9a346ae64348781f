"""Strings of .NET (`.resx`, `.resw`): a `data` element for each, with its `value` and a `comment`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.errors import InputError
from evalkit.readers._keyed import Text
from evalkit.readers._sides import NOTHING, Cell
from evalkit.text.xml_stream import Node, stream

# Visual Studio puts a long comment and a schema before the texts; other files have a `root` too.
LOOKS = r"<root>\s*(?:<!--[\s\S]{0,9000}?-->\s*)?<(?:xsd:schema|resheader|data name=)"
_NET = re.compile(LOOKS)
_BEGINNING = 20_000  # characters in which that stands
_OF_THE_DESIGNER = ">>"  # >>button1.Name: what a form is built of, no text


def is_net(text: str) -> bool:
    """True for what such a file begins with, whatever it is called."""
    return _NET.search(text, 0, _BEGINNING) is not None


def texts(text: str, path: str) -> list[Text]:
    """The texts in order; InputError where there is none. What has a type is an icon, a place or a size."""
    made = list(_texts(text, path))
    if not made:
        raise InputError(f"{path}: holds no strings of .NET: no `data` with a `name` and a `value`")
    return made


def _texts(text: str, path: str) -> Iterator[Text]:
    for node in stream(text, path, "data"):
        name = node.attributes.get("name", "")
        typed = {"type", "mimetype"} & node.attributes.keys()
        if name and not typed and not name.startswith(_OF_THE_DESIGNER):
            comment = _cell(node.first("comment")).text.strip()
            yield Text(name, _cell(node.first("value")), {"note": comment} if comment else {})


def _cell(node: Node | None) -> Cell:
    """The text as it stands, white space too."""
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    size = 0
    for part, at, _ in node.pieces() if node else ():
        pieces.append((size, at))
        parts.append(part)
        size += len(part)
    return Cell("".join(parts), tuple(pieces)) if parts else NOTHING
