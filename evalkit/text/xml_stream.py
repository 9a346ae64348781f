"""XML of any size read as untrusted data, element by element, each text with its place in the file.

No entity is expanded but the five of XML, nothing is fetched, depth is bounded, and of the file's tree no more is kept
than one element of those asked for. expat is used, which says where in the file every piece of text stands: what a
finding needs to point there, and a mark to be set there.
"""

from __future__ import annotations

import codecs
import re
from array import array
from collections.abc import Iterator
from functools import lru_cache
from xml.parsers import expat

from evalkit.errors import InputError
from evalkit.text.charsets import decode_declared
from evalkit.text.xml import refuse_declarations

MAX_DEPTH = 256  # real files have a dozen levels
_STEP = 1 << 16  # bytes parsed before the elements found are handed on
_XML = "http://www.w3.org/XML/1998/namespace}"
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ASCII = bytes(range(32, 127))


# Characters that stand together in the file, the byte of its UTF-8 form at which they start, and whether they stand in
# a CDATA section, where no tag can be set.
Piece = tuple[str, int, bool]


class Node:
    """An element: `children` are its pieces of text and its elements, `at` and `end` the bytes at which its tags start.

    Attributes without a namespace, and those of XML, have their own name (`id`, `xml:lang`); others are `{uri}name`.
    """

    __slots__ = ("at", "attributes", "children", "end", "name", "parent", "space")

    def __init__(self, name: tuple[str, str], attributes: dict[str, str], parent: Node | None, at: int) -> None:
        self.space, self.name = name
        self.attributes = attributes
        self.parent = parent
        self.at = self.end = at
        self.children: list[Piece | Node] = []

    def elements(self, *names: str) -> Iterator[Node]:
        """The elements just below, of these names or all."""
        for child in self.children:
            if isinstance(child, Node) and (not names or child.name in names):
                yield child

    def first(self, name: str) -> Node | None:
        """The first element of a name just below."""
        return next(self.elements(name), None)

    def below(self, *names: str) -> Iterator[Node]:
        """All elements of these names below, in order."""
        for child in self.children:
            if isinstance(child, Node):
                if child.name in names:
                    yield child
                yield from child.below(*names)

    def pieces(self) -> Iterator[Piece]:
        """All text below, in order."""
        for child in self.children:
            if isinstance(child, Node):
                yield from child.pieces()
            else:
                yield child

    @property
    def text(self) -> str:
        """All text below."""
        return "".join(piece[0] for piece in self.pieces())

    def inherited(self, name: str, default: str = "") -> str:
        """An attribute of the element or of the nearest one around it that has it."""
        node: Node | None = self
        while node is not None:
            if name in node.attributes:
                return node.attributes[name]
            node = node.parent
        return default

    def around(self, name: str) -> Node | None:
        """The nearest element of a name around this one."""
        node = self.parent
        while node is not None and node.name != name:
            node = node.parent
        return node


@lru_cache(maxsize=4096)
def _name(name: str) -> tuple[str, str]:
    """Namespace and name of an element."""
    space, _, local = name.rpartition("}")
    return space, local


@lru_cache(maxsize=4096)
def _attribute(key: str) -> str:
    if "}" not in key:
        return key
    return f"xml:{key.removeprefix(_XML)}" if key.startswith(_XML) else f"{{{key}"


def decode_xml(data: bytes, where: str) -> tuple[str, str]:
    """An XML file's text, without its byte order mark, and its encoding; InputError where the bytes are not in it."""
    encoding = _encoding(data)
    try:
        text = decode_declared(data, encoding)
    except (ValueError, LookupError) as problem:
        start = getattr(problem, "start", 0)
        line = data.count(b"\n", 0, start) + 1
        raise InputError(f"{where}:{line}: byte {start} is not {encoding.upper()}; save the file as UTF-8") from None
    return text.removeprefix("\ufeff"), encoding


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if data.startswith(b"<\0"):
        return "utf-16-le"
    if data.startswith(b"\0<"):
        return "utf-16-be"
    declared = _DECLARED.match(data.lstrip()[:400])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    try:
        wide = decode_declared(_ASCII, name) != _ASCII.decode("ascii")
    except (ValueError, LookupError):
        wide = name.startswith(("utf-16", "utf-32", "ucs", "iso-10646"))
        return "utf-8" if wide else name
    return "utf-8" if wide or name in ("ascii", "us-ascii") else name


def stream(text: str, where: str, *names: str) -> Iterator[Node]:
    """The elements of these names, each once it is complete; what is inside one of them is part of it.

    The elements around one are its `parent`s, with their attributes alone. An element is empty once the next one is
    asked for. Raises InputError, with the line, for what
    is no XML, holds declarations of its own, or is too deep.
    """
    done: list[Node] = []
    parser = _parser(where, frozenset(names), done)
    data = text.encode("utf-8", "surrogatepass")
    for start in range(0, max(len(data), 1), _STEP):
        try:
            parser.Parse(data[start : start + _STEP], start + _STEP >= len(data))
        except expat.ExpatError as problem:
            what = expat.errors.messages.get(problem.code, str(problem))
            raise InputError(
                f"{where}:{problem.lineno}: not valid XML: {what}; open it in the tool it comes from, and save it anew"
            ) from None
        for node in done:
            yield node
            _released(node)
        done.clear()


def _released(node: Node) -> None:
    """Lets go of an element that has been seen, so that it needs no garbage collector."""
    for child in node.children:
        if isinstance(child, Node):
            _released(child)
    node.children = []


def _parser(where: str, names: frozenset[str], done: list[Node]) -> expat.XMLParserType:
    """A parser that adds each element asked for to `done`. Its handlers are closures, for they run a million times."""
    parser = expat.ParserCreate("utf-8", namespace_separator="}")
    parser.buffer_text = False  # every piece of text with its own place
    current: Node | None = None
    kept = depth = 0  # `kept`: how deep inside an element asked for
    in_cdata = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal current, kept, depth
        depth += 1
        if depth > MAX_DEPTH:
            raise InputError(f"{where}:{parser.CurrentLineNumber}: nested more than {MAX_DEPTH} deep; is it damaged?")
        for key in attributes:
            if "}" in key:
                attributes = {_attribute(key): value for key, value in attributes.items()}
                break
        node = Node(_name(name), attributes, current, parser.CurrentByteIndex)
        if kept:
            current.children.append(node)  # type: ignore[union-attr] # the element asked for is around it
            kept += 1
        elif node.name in names:
            kept = 1
            parser.CharacterDataHandler = characters
        current = node

    def end(_name: str) -> None:
        nonlocal current, kept, depth
        depth -= 1
        node = current
        if node is None:  # never: expat has checked that tags match
            return
        current = node.parent
        if kept:
            node.end = parser.CurrentByteIndex
            kept -= 1
            if not kept:
                parser.CharacterDataHandler = None
                done.append(node)

    def characters(text: str) -> None:
        current.children.append((text, parser.CurrentByteIndex, in_cdata))  # type: ignore[union-attr]

    def cdata(inside: bool) -> None:
        nonlocal in_cdata
        in_cdata = inside

    def skipped(name: str, _parameter: object) -> None:
        line = parser.CurrentLineNumber
        raise InputError(f"{where}:{line}: the entity &{name}; is not known; write the character itself")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.SkippedEntityHandler = skipped
    refuse_declarations(parser, where)
    parser.StartCdataSectionHandler, parser.EndCdataSectionHandler = lambda: cdata(True), lambda: cdata(False)
    return parser


def in_characters(offsets: array[int], text: str) -> array[int]:
    """Bytes of a text's UTF-8 form, in ascending order, as code points of the text."""
    if text.isascii():
        return offsets
    data = text.encode("utf-8", "surrogatepass")
    made, last, number = array("q"), 0, 0
    for offset in offsets:
        if offset < last:
            last = number = 0
        part = data[last:offset]
        number += len(part) if part.isascii() else len(part.decode("utf-8", "surrogatepass"))
        last = offset
        made.append(number)
    return made
