"""Text with inline codes, as XLIFF and TMX write it: the text alone, each piece with its place, and the codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evalkit.readers._sides import Cell
from evalkit.records import Code
from evalkit.text.xml_stream import Node, Piece

# Elements whose content is text; that of every other element is a tag of the original document, no text.
_AROUND_TEXT = frozenset({"g", "mrk", "pc", "hi"})
# What matches a code with its like on the other side: in TMX `x`, for its `i` is of one side alone.
_NAMED_BY = ("id", "mid", "x")
_NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"


def cell(children: Sequence[Piece | Node], leave_out: Callable[[Node], bool] | None = None) -> Cell:
    """The text of a source, target or segment. `leave_out` says which elements are not part of it."""
    if len(children) == 1 and isinstance(only := children[0], tuple):
        return Cell(only[0], ((0, only[1]),))
    flat = _Flat(leave_out)
    flat.walk(children)
    return Cell("".join(flat.texts), tuple(flat.pieces), tuple(flat.codes))


def sub_flows(node: Node) -> list[Node]:
    """Texts inside codes (an `alt` attribute, a footnote): units of their own that XLIFF 1.2 and TMX put there."""
    inner = [child for child in node.children if isinstance(child, Node) and child.children]
    return [sub for child in inner for sub in child.below("sub")]


class _Flat:
    def __init__(self, leave_out: Callable[[Node], bool] | None) -> None:
        self.texts: list[str] = []
        self.pieces: list[tuple[int, int]] = []
        self.codes: list[Code] = []
        self._size = 0
        self._leave_out = leave_out

    def walk(self, children: Sequence[Piece | Node]) -> None:
        for child in children:
            if isinstance(child, tuple):  # as `_text`, which this is most often
                self.pieces.append((self._size, child[1]))
                self.texts.append(child[0])
                self._size += len(child[0])
            elif self._leave_out is None or not self._leave_out(child):
                self._element(child)

    def _text(self, text: str, at: int) -> None:
        self.pieces.append((self._size, at))
        self.texts.append(text)
        self._size += len(text)

    def _element(self, node: Node) -> None:
        identity = next((node.attributes[n] for n in _NAMED_BY if node.attributes.get(n)), "")
        if node.name in _AROUND_TEXT:
            self.codes.append(Code(self._size, f"{node.name}+", identity))
            self.walk(node.children)
            self.codes.append(Code(self._size, f"{node.name}-", identity))
        elif node.name == "cp":  # a character that XML cannot hold
            self._text(_character(node.attributes.get("hex", "")), node.at)
        else:
            self.codes.append(Code(self._size, node.name, identity))


def _character(number: str) -> str:
    try:
        char = chr(int(number, 16))
    except (ValueError, OverflowError):
        return _NO_CHARACTER
    return _NO_CHARACTER if "\ud800" <= char <= "\udfff" else char
