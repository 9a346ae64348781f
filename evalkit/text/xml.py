"""XML read as untrusted data: no entity is expanded, nothing is fetched, size and depth are bounded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from evalkit.errors import InputError
from evalkit.text.files import read_bytes
from evalkit.text.visible import visible

MAX_BYTES = 64 * 1024**2  # bounds the time and memory that a hostile file can take
_MAX_DEPTH = 100  # far deeper than any termbase; bounds the stack
_SPACE = "}"


class Element:
    """An element with its line; names come without namespace, attributes `xml:lang` and `xml:id` as such."""

    __slots__ = ("attributes", "children", "line", "name", "space", "words")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.space, _, self.name = name.rpartition(_SPACE)
        self.attributes = {_attribute(key): value for key, value in attributes.items()}
        self.line, self.children = line, list[Element]()
        self.words: list[str | Element] = []

    @property
    def text(self) -> str:
        """All text inside, that of its children too, white space as single spaces."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        for piece in self.words:
            if isinstance(piece, str):
                yield piece
            else:
                yield from piece._pieces()

    def find_all(self, *names: str) -> Iterator[Element]:
        """The elements of these names below this one, in order, not those inside another of them."""
        for child in self.children:
            if child.name in names:
                yield child
            else:
                yield from child.find_all(*names)


def read_xml(path: str | Path, expected: str) -> Element:
    """The root element; raises InputError with file and line for what is no XML or not to be trusted."""
    if str(path) != "-" and Path(path).is_file() and Path(path).stat().st_size > MAX_BYTES:
        raise InputError(f"{path}: larger than {MAX_BYTES // 1024**2} MB; split the file")
    data = read_bytes(path)
    if len(data) > MAX_BYTES:
        raise InputError(f"{path}: larger than {MAX_BYTES // 1024**2} MB; split the file")
    if not data.strip():
        raise InputError(f"{path}: is empty; {expected}")
    return _Tree(str(path), expected).parse(data)


class _Tree:
    """Builds the elements while expat reads."""

    def __init__(self, path: str, expected: str) -> None:
        self._path, self._expected = path, expected
        self._stack: list[Element] = []
        self._root: Element | None = None
        self._parser = expat.ParserCreate(namespace_separator=_SPACE)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        refuse_declarations(self._parser, self._path)
        self._parser.SkippedEntityHandler = self._skipped

    def parse(self, data: bytes) -> Element:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as problem:
            what = expat.errors.messages.get(problem.code, str(problem))
            raise InputError(f"{self._path}:{problem.lineno}: not valid XML: {what}; {self._expected}") from None
        except (LookupError, ValueError) as problem:  # an encoding Python does not know or that is no such encoding
            raise InputError(f"{self._path}:1: not valid XML: {problem}; save the file as UTF-8") from None
        if self._root is None:
            raise InputError(f"{self._path}: not valid XML; {self._expected}")
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, self._parser.CurrentLineNumber)
        if len(self._stack) >= _MAX_DEPTH:
            raise InputError(f"{self._path}:{element.line}: nested more than {_MAX_DEPTH} deep; {self._expected}")
        if self._stack:
            self._stack[-1].children.append(element)
            self._stack[-1].words.append(element)
        else:
            self._root = element
        self._stack.append(element)

    def _end(self, _name: str) -> None:
        self._stack.pop()

    def _characters(self, text: str) -> None:
        self._stack[-1].words.append(text)

    def _skipped(self, name: str, _parameter: object) -> None:
        line = self._parser.CurrentLineNumber
        raise InputError(f"{self._path}:{line}: the entity &{name}; is not known; write the character itself")


def refuse_declarations(parser: expat.XMLParserType, where: str) -> None:
    """Makes a parser refuse a DOCTYPE with declarations of its own. One that names another file is harmless, since none
    is fetched; but attributes given by default to every element make gigabytes of a small file."""

    def doctype(_name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            raise InputError(
                f"{where}:{parser.CurrentLineNumber}: the DOCTYPE holds declarations, [...]: no attribute is given by "
                "default and entities are not expanded: remove the declarations"
            )

    parser.StartDoctypeDeclHandler = doctype


def _attribute(key: str) -> str:
    space, _, name = key.rpartition(_SPACE)
    return f"xml:{name}" if space == "http://www.w3.org/XML/1998/namespace" else name


def escaped(text: str) -> str:
    """A text as the content of an element, what cannot be seen made visible."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
