"""The structure of a document: its lines or rows, which are headings, its paragraphs."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, NamedTuple

from evalkit.text.double_spacing import kept_lines
from evalkit.text.running_heads import Interruptions
from evalkit.text.words import has_more_words, has_unspaced
from evalkit.text.wrapping import Wrapping, ends_sentence, joined

if TYPE_CHECKING:  # what the functions are given; this room uses no records
    from evalkit.records import Document, SegmentKind


class Block(NamedTuple):
    """A line or table row with what it is.

    `paragraph` counts them from 1; the parts of one that a running head or a note cuts in two have the same.
    """

    id: str
    start: int
    end: int
    kind: SegmentKind
    paragraph: int


_LONGEST_HEADING = 20  # words: longer lines are sentences without a mark


def blocks(document: Document, *, keep_empty: bool = False) -> list[Block]:
    """The document's rows, or its lines without the furniture the reader left out.

    With `keep_empty` every line as it is, for line-aligned files. Without it blank lines go, white
    space at both ends goes, and lines that were wrapped at a fixed width are one block again.
    """
    rows = _rows(document)
    if keep_empty:
        text = document.text
        return [Block(i, a, b, _kind(text[a:b].strip(), document), n) for n, (i, a, b) in enumerate(rows, 1)]
    rows, cut = _unwrapped(document, rows)
    found: list[Block] = []
    highest, going_on = 0, None  # paragraphs: the last, and the one that was cut
    for identity, start, end in rows:
        line = document.text[start:end]
        start, end = start + len(line) - len(line.lstrip()), end - (len(line) - len(line.rstrip()))
        if start >= end:
            continue
        note = start in cut.notes
        kind = "text" if note or end in cut.ends else _kind(line.strip(), document)
        paragraph = highest + 1 if note or going_on is None else going_on
        highest = max(highest, paragraph)
        if not note:
            going_on = paragraph if end in cut.ends else None
        found.append(Block(identity, start, end, kind, paragraph))
    return found


def interruptions(document: Document) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """What interrupts running text, by line (from 1) and text: heads and page numbers, which `blocks` leaves out, and
    the notes that stand within a sentence."""
    if document.rows is not None:
        return [], []
    starts, ends, _ = line_places(document)
    text = document.broken or document.text
    lines = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    kept = kept_lines(lines)
    if kept is not None:
        lines, starts = [lines[k] for k in kept], array("q", [starts[k] for k in kept])
    found = Interruptions(lines, Wrapping(lines))
    heads, notes = (
        [(text.count("\n", 0, starts[k]) + 1, lines[k]) for k in numbers]
        for numbers in (found.heads, (note[0] for note in found.notes))
    )
    return heads, notes


class _Cut(NamedTuple):
    """Ends of the blocks that are cut off in mid-sentence, and starts of the notes that do so."""

    ends: set[int]
    notes: set[int]


def _unwrapped(document: Document, rows: list[tuple[str, int, int]]) -> tuple[list[tuple[str, int, int]], _Cut]:
    """Neighbouring lines joined where a paragraph was broken at a width, without running heads; notes apart."""
    if document.rows is not None:
        return rows, _Cut(set(), set())
    text = document.broken or document.text
    lines = [text[start:end].strip() for _, start, end in rows]
    kept = kept_lines(lines)
    if kept is not None:
        rows, lines = [rows[k] for k in kept], [lines[k] for k in kept]
    between = ("\n", "\r\n") if kept is None else ("\n\n", "\r\n\r\n")
    wrapping = Wrapping(lines)
    within = Interruptions(lines, wrapping)
    gone, starts = set(within.heads), {note[0] for note in within.notes}
    last = {note[-1] for note in within.notes}
    cut = _Cut(set(), {text.index(lines[k][0], rows[k][1]) for k in starts})
    for number in (*within.heads, *starts):
        before = within.before(number)
        if before is not None and within.cuts(number):
            cut.ends.add(text.rindex(lines[before], 0, rows[before][2]) + len(lines[before]))
    found: list[tuple[str, int, int]] = []
    group: list[int] = []
    for k in range(len(rows) + 1):
        inside = k < len(rows) and lines[k] and k not in gone
        apart = k in starts or (group and group[-1] in last)
        if inside and not apart and (not group or text[rows[group[-1]][2] : rows[k][1]] in between):
            group.append(k)
            continue
        found += [(*rows[block[0]][:2], rows[block[-1]][2]) for block in joined(lines, wrapping, group)]
        group = [k] if inside else []
    return found, cut


def line_places(document: Document) -> tuple[array[int], array[int], tuple[str, ...] | None]:
    r"""Starts and ends of the document's rows or lines, and their ids; no ids where line k is called k.

    Lines the reader left out are not among them. Only `\n` and `\r\n` end a line.
    """
    if document.rows is not None:
        starts, ends = (array("q", (getattr(row, side) for row in document.rows)) for side in ("start", "end"))
        return _without_gone(document, starts, ends, tuple(row.id for row in document.rows))
    text = document.broken or document.text
    breaks = [match.start() for match in re.finditer("\n", text)]
    starts, ends = array("q", [0, *(place + 1 for place in breaks)]), array("q", [*breaks, len(text)])
    if starts[-1] == len(text):  # a newline at the very end starts no line
        starts.pop()
        ends.pop()
    if "\r" in text:
        for line, end in enumerate(ends):
            if end < len(text) and end > starts[line] and text[end - 1] == "\r":
                ends[line] = end - 1
    return _without_gone(document, starts, ends, None)


def _without_gone(
    document: Document, starts: array[int], ends: array[int], ids: tuple[str, ...] | None
) -> tuple[array[int], array[int], tuple[str, ...] | None]:
    gone = {item.start for item in document.left_out}
    if not gone:
        return starts, ends, ids
    kept = [place for place, start in enumerate(starts) if start not in gone]
    ids = tuple(ids[k] if ids else str(k + 1) for k in kept)
    return array("q", [starts[k] for k in kept]), array("q", [ends[k] for k in kept]), ids


def _rows(document: Document) -> list[tuple[str, int, int]]:
    starts, ends, ids = line_places(document)
    return list(zip(ids or [str(k + 1) for k in range(len(starts))], starts, ends, strict=True))


def _kind(line: str, document: Document) -> SegmentKind:
    """Heading: a short line that ends no sentence; only running text has headings, a table has none."""
    if document.rows is not None or not line:
        return "text"
    if ends_sentence(line):
        return "text"
    longest = 2 * _LONGEST_HEADING if has_unspaced(line) else _LONGEST_HEADING
    return "text" if has_more_words(line, longest) else "heading"
