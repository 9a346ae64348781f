"""Quality issues of ITS 2.0 as marks in the text of an XLIFF file, all else of which stays as it is.

https://www.w3.org/TR/its20/#lqissue, and its module in XLIFF 2.1. A mark is `mrk` around characters that stand together
between tags. Marks are nested or beside one another, never across: one that would be begins where the other ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from evalkit.errors import InputError
from evalkit.text.visible import visible

RULES = "urn:evalkit:rule:"
_ITS = "http://www.w3.org/2005/11/its"
_ROOT = re.compile(r"<(?:([\w.-]{1,60}):)?xliff\b(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>")
_VERSION_2 = re.compile(r"(\sversion\s*=\s*[\"'])2\.0(?=[\"'])")
_IS_2 = re.compile(r"\sversion\s*=\s*[\"']2\.")
_BOUND = re.compile(r"\sxmlns:([\w.-]{1,60})\s*=\s*[\"']http://www\.w3\.org/2005/11/its[\"']")
_MARK = re.compile(r"<(/?)((?:[\w.-]{1,60}:)?mrk)\b((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?)(/?)>")
_MADE = re.compile(
    r"<!-- evalkit marks(?:; added to the root: ([^\n]*?))?(?:; version was (2\.0))?(?:; [^\n]*)? -->\n?\Z"
)
_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)


class Mark(NamedTuple):
    """Characters `start` to `end` of the file to be marked, and what is said of them."""

    start: int
    end: int
    type: str
    comment: str
    severity: int
    rule: str


def marked(text: str, marks: Iterable[Mark], left: int = 0) -> str:
    """The file with the marks in it; `left` findings could not be marked, which a comment at its end says.

    Raises InputError where there is no `xliff` element.
    """
    root = _ROOT.search(text)
    if root is None:
        raise InputError("the file has no `xliff` element to mark findings in")
    space = f"{root[1]}:" if root[1] else ""
    bound = _BOUND.search(root[0])
    its = bound[1] if bound else "its" if " xmlns:its=" not in root[0] else "its-evalkit"
    added = "" if bound else f' xmlns:{its}="{_ITS}"'
    added += "" if f"{its}:version" in root[0] else f' {its}:version="2.0"'
    is_2 = bool(_IS_2.search(root[0]))
    number = 1 + max((int(n) for n in re.findall(r"\bid=\"ek(\d{1,9})\"", text)), default=0)
    pieces: list[str] = []
    last = root.end()
    for place, tag in _tags(_nested(marks), space, its, is_2, number):
        pieces += [text[last:place], tag]
        last = place
    opened = root[0][: -2 if root[0].endswith("/>") else -1] + added + ("/>" if root[0].endswith("/>") else ">")
    newer = _VERSION_2.sub(r"\g<1>2.1", opened) if pieces else opened
    said = f"; added to the root:{added}" if added else ""
    said += "; version was 2.0" if newer != opened else ""
    said += f"; {left} findings have no words of the target to mark" if left else ""
    if not pieces and not left:
        return text
    end = "\n" if text.endswith("\n") else ""
    return "".join((text[: root.start()], newer, *pieces, text[last:], f"<!-- evalkit marks{said} -->{end}"))


def unmarked(text: str) -> str:
    """The file as it was before `marked`."""
    made = _MADE.search(text)
    if made is None:
        return text
    added, version = made[1], made[2]
    text = text[: made.start()]
    root = _ROOT.search(text)
    if root is not None:
        opened = root[0].replace(f" {added}", "", 1) if added else root[0]
        opened = re.sub(r"(\sversion\s*=\s*[\"'])2\.1(?=[\"'])", r"\g<1>2.0", opened) if version else opened
        text = text[: root.start()] + opened + text[root.end() :]
    kept: list[str] = []
    open_marks: list[bool] = []
    last = 0
    for tag in _MARK.finditer(text):
        ours = open_marks.pop() if tag[1] and open_marks else RULES in tag[3]
        if not tag[1] and not tag[4]:
            open_marks.append(ours)
        if ours:
            kept.append(text[last : tag.start()])
            last = tag.end()
    return "".join((*kept, text[last:]))


def closed_to_tags(text: str) -> list[tuple[int, int]]:
    """The CDATA sections of a file, in which no tag can stand."""
    return [(m.start(), m.end()) for m in _CDATA.finditer(text)]


def places_for_tags(text: str, offsets: Iterable[int], closed: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of characters of a segment, by their places in the file, the runs that stand together and can be marked.

    None is in one of the sections `closed`, and none holds a character that is written as an element.
    """
    start = end = -1
    for offset in offsets:
        width = _width(text, offset)
        section = bisect_right(closed, (offset, len(text))) - 1
        if not width or (section >= 0 and offset < closed[section][1]):
            continue
        if offset != end:
            if end > start >= 0:
                yield start, end
            start = offset
        end = offset + width
    if end > start >= 0:
        yield start, end


def _width(text: str, offset: int) -> int:
    """How many characters of the file stand for one of the text; none for an element."""
    if text[offset] == "<":
        return 0
    if text[offset] == "&":
        return max(text.find(";", offset, offset + 40) - offset, 0) + 1
    return 2 if text.startswith("\r\n", offset) else 1


def _nested(marks: Iterable[Mark]) -> list[Mark]:
    """The marks in their order, outer ones first, none across another."""
    made: list[Mark] = []
    around: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.rule, m.comment)):
        while around and around[-1].end <= mark.start:
            around.pop()
        inside = around[-1] if around else None
        if inside and mark.end > inside.end:
            mark = mark._replace(start=inside.end)  # what is left of it: it may be no more than a place
            while around and around[-1].end <= mark.start:
                around.pop()
        made.append(mark)
        if mark.end > mark.start:
            around.append(mark)
    return sorted(made, key=lambda m: (m.start, -m.end, m.rule, m.comment))


def _tags(marks: list[Mark], space: str, its: str, is_2: bool, number: int) -> Iterator[tuple[int, str]]:
    """The tags with their places, in the order in which they stand in the file."""
    ends: list[int] = []
    for mark in marks:
        while ends and ends[-1] <= mark.start:
            yield ends.pop(), f"</{space}mrk>"
        kind = f'id="ek{number}" type="its:generic"' if is_2 else f'mtype="x-its" mid="ek{number}"'
        said = (
            f'{its}:locQualityIssueType="{mark.type}" {its}:locQualityIssueComment="{_attribute(mark.comment)}" '
            f'{its}:locQualityIssueSeverity="{mark.severity}" '
            f'{its}:locQualityIssueProfileRef="{RULES}{_attribute(mark.rule)}"'
        )
        empty = mark.end <= mark.start
        yield mark.start, f"<{space}mrk {kind} {said}{'/' if empty else ''}>"
        number += 1
        if not empty:
            ends.append(mark.end)
    while ends:
        yield ends.pop(), f"</{space}mrk>"


def _attribute(text: str) -> str:
    shown = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown.replace('"', "&quot;")
