"""The `subtitles` reader: SRT, WebVTT and ASS or SSA, a row for each cue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from evalkit.errors import InputError
from evalkit.readers._sides import Cell, Entry, Sheet, line_starts, numbered
from evalkit.records import Document
from evalkit.text.files import decode, read_bytes, without_mark

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_ASS_TIME = re.compile(r"\s*(\d{1,3}):(\d\d):(\d\d)[.:](\d\d)\s*$")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<\d[\d:.]{0,20}>|\{\\[^{}\n]{0,500}\}")
_ASS_TAG = re.compile(r"\{[^{}]{0,2000}\}|\\[Nnh]")
_NO_CUES = ("NOTE", "STYLE", "REGION")


class _Cue(NamedTuple):
    id: str
    start: int
    end: int
    lines: list[tuple[str, int]]  # each with the code point it starts at


@dataclass(frozen=True)
class SubtitlesReader:
    """Reads the cues of a subtitle file as rows of one document; tags are no text, and line breaks are spaces.

    A row's id is the cue's number or name; its metadata are `start` and `end` in milliseconds, `characters-per-second`,
    the number of `lines` and the length of the `longest-line`.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "subtitles"
    suffixes: ClassVar[tuple[str, ...]] = (".srt", ".vtt", ".ass", ".ssa")
    looks: ClassVar[str] = rf"WEBVTT\b|\[Script Info\]|\d{{1,6}}\s*\n{_TIME}\s*-->"

    def read(self, path: str, lang: str) -> tuple[Document, ...]:
        """The one document; raises InputError where there is no cue."""
        data = read_bytes(path)
        text = decode(data, path)
        is_ass = re.search(r"^[ \t]*(?:\[Script Info\]|\[Events\])", text[:100_000], re.MULTILINE)
        cues = list(_ass(text) if is_ass else _cues(text))
        if not cues:
            raise InputError(f"{path}: holds no cues; a cue is a line `00:00:01,000 --> 00:00:04,000` with text below")
        sheet = Sheet(path, lines=line_starts(text))
        name = sheet.start("1")
        sheet.documents[name], twice = numbered(_entry(cue, _ASS_TAG if is_ass else _TAG) for cue in cues)
        sheet.notes[name] = [
            *([f"has {twice} cues whose number another one has: they were given numbers"] if twice else []),
            *([changed] if (changed := without_mark(data)) else []),
        ]
        return sheet.bitext(("candidate",), "candidate", {"candidate": lang}).target


def _lines(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    for line in text.split("\n"):
        yield line.removesuffix("\r"), at
        at += len(line) + 1


def _cues(text: str) -> Iterator[_Cue]:
    """SRT and WebVTT: a line of times, above it perhaps a number or name, below it the text up to an empty line."""
    before: list[tuple[str, int]] = []  # the lines since the last empty one
    times: re.Match[str] | None = None
    number = 0
    for line, at in (*_lines(text), ("", len(text))):
        found = _TIMING.match(line) if times is None else None
        if found and not (before and before[0][0].startswith(_NO_CUES)):
            times, number = found, number + 1
            name = before[-1][0].strip() if before else ""
            before = []
        elif line.strip():
            before.append((line, at))
        else:
            if times:
                yield _Cue(name or str(number), _time(times, 1), _time(times, 5), before)
            times, before = None, []


def _time(match: re.Match[str], first: int) -> int:
    hours, minutes, seconds, rest = (match[first + k] for k in range(4))
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest.ljust(3, "0"))


def _ass(text: str) -> Iterator[_Cue]:
    """ASS and SSA: lines `Dialogue:` whose fields a line `Format:` names, the text last."""
    fields = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"]
    inside, number = False, 0
    for line, at in _lines(text):
        if line.startswith("["):
            inside = line.strip().lower() == "[events]"
        word, _, rest = line.partition(":")
        if inside and word == "Format":
            fields = [name.strip().lower() for name in rest.split(",")]
        elif inside and word == "Dialogue":
            number += 1
            values = rest.split(",", len(fields) - 1)
            if len(values) < len(fields):
                continue
            start, end = (_ass_time(values[fields.index(n)]) if n in fields else 0 for n in ("start", "end"))
            yield _Cue(str(number), start, end, [(values[-1], at + len(line) - len(values[-1]))])


def _ass_time(value: str) -> int:
    found = _ASS_TIME.match(value)
    if not found:
        return 0
    hours, minutes, seconds, rest = map(int, found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest * 10


def _entry(cue: _Cue, tags: re.Pattern[str]) -> Entry:
    pieces: list[tuple[int, int]] = []
    text = ""
    lengths: list[int] = []
    for line, at in cue.lines:
        if text and not text.endswith(" "):
            pieces.append((len(text), max(0, at - 1)))
            text += " "
        last = 0
        before = len(text)
        for tag in (*tags.finditer(line), None):
            plain = line[last : tag.start() if tag else len(line)]
            if plain:
                pieces.append((len(text), at + last))
                text += plain
            if tag and tag[0] in (r"\N", r"\n", r"\h"):
                pieces.append((len(text), at + tag.start()))
                text += " "
                if tag[0] != r"\h":
                    lengths.append(len(text) - 1 - before)
                    before = len(text)
            last = tag.end() if tag else 0
        lengths.append(len(text) - before)
    seconds = (cue.end - cue.start) / 1000
    said = {"start": str(cue.start), "end": str(cue.end), "lines": str(len(lengths) or 1)}
    said["longest-line"] = str(max(lengths, default=0))
    if seconds > 0:
        said["characters-per-second"] = f"{len(text.strip()) / seconds:.1f}"
    return Entry(cue.id, {"candidate": Cell(text, tuple(pieces))}, said)
