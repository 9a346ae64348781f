"""The file of verdicts: tab-separated, a line a finding and person, made to be read, edited, merged and kept in git."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from evalkit.errors import InputError, all_problems, nearest
from evalkit.records.verdict_keys import of_all
from evalkit.records.verdicts import WORDS, Verdict
from evalkit.text.files import read_text
from evalkit.text.guarded import guarded, unguarded
from evalkit.text.rewriting import rewrite
from evalkit.text.visible import shown, visible

USUAL = "verdicts.tsv"  # beside the configuration
_HEAD = ("key", "verdict", "rule", "who", "text", "note")
# `KEY` or `KEY~TEXT`: sixteen and eight digits of hashes, between them the number of the occurrence; `@SYSTEM` behind.
_KEY = re.compile(r"[0-9a-f]{4,64}(?:-[0-9]{1,9})?(?:~[0-9a-f]{8})?(?:@[0-9a-f]{8})?", re.ASCII)
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def is_key(text: str) -> bool:
    """Whether a text can be the key of a finding."""
    return bool(_KEY.fullmatch(text))


def read(path: str | Path) -> tuple[Verdict, ...]:
    """The verdicts of a file, none where there is no such file; raises InputError listing the lines that are wrong."""
    if not Path(path).exists():
        return ()
    lines = read_text(path).removeprefix("\ufeff").splitlines()
    head = lines[0].split("\t") if lines else []
    if twice := next((name for name in _HEAD if head.count(name) > 1), ""):
        raise InputError(f"{path}:1: the column {twice!r} stands twice; rename or remove one")
    if not {"key", "verdict"} <= set(head):
        raise InputError(f"{path}: is no file of verdicts: its first line must name the columns {', '.join(_HEAD)}")
    found: list[Verdict] = []
    problems: list[str] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        fields = line.split("\t")
        row = dict(zip(head, map(_plain, fields), strict=False))
        if any(fields[len(head) :]):
            problems.append(f"{path}:{number}: has more fields than the {len(head)} columns; write a tab as \\t")
        elif problem := _problem(row):
            problems.append(f"{path}:{number}: {problem}")
        else:
            found.append(_made(row))
    if problems:
        raise InputError(all_problems(f"{path}: verdicts that cannot be used", problems))
    return merged(found)


def _made(row: dict[str, str]) -> Verdict:
    word = next(word for word in WORDS if word == row["verdict"])
    return Verdict(row["key"], word, *(row.get(field, "") for field in ("rule", "text", "note", "who")))


def _problem(row: dict[str, str]) -> str:
    if not is_key(row.get("key", "")):
        return f"{shown(row.get('key', ''))} is no key of a finding"
    verdict = row.get("verdict", "")
    if verdict not in WORDS:
        return f"the verdict is {shown(verdict)}{nearest(verdict, WORDS)} ({', '.join(WORDS)})"
    return ""


def merged(old: Iterable[Verdict], new: Iterable[Verdict] = ()) -> tuple[Verdict, ...]:
    """All verdicts, of one person on one finding the last, sorted so that two files can be compared line by line.

    A new one of a finding in all systems takes the place of the person's on single systems, if these say one thing.
    """
    old, new = tuple(old), tuple(new)
    again = {(verdict.key, verdict.who) for verdict in new}
    single: dict[tuple[str, str], set[str]] = {}
    for verdict in old:
        if "@" in verdict.key:
            single.setdefault((of_all(verdict.key), verdict.who), set()).add(verdict.verdict)
    gone = {each for each, words in single.items() if each in again and len(words) == 1}
    kept = (v for v in old if "@" not in v.key or (of_all(v.key), v.who) not in gone)
    latest = {(verdict.key, verdict.who): verdict for verdict in (*kept, *new)}
    return tuple(sorted(latest.values(), key=lambda v: (v.rule, v.text, v.key, v.who)))


def without(old: Iterable[Verdict], key: str, who: str) -> tuple[Verdict, ...]:
    """The verdicts without that of a person on a finding, in whatever system."""
    return tuple(verdict for verdict in old if verdict.who != who or key not in (verdict.key, of_all(verdict.key)))


def write(path: str | Path, verdicts: Sequence[Verdict]) -> None:
    """Writes the whole file or nothing; columns of a person's own stay, behind ours, and so do the file's encoding and
    line ends."""
    there = read_text(path) if Path(path).is_file() else ""
    head, beside = _own_columns(there.splitlines())
    rows = [(v.key, v.verdict, v.rule, v.who, v.text, v.note) for v in merged(verdicts)]
    lines = ["\t".join([*map(_field, row), *beside.get((row[0], row[3]), [""] * len(head))]) for row in rows]
    end = "\r\n" if "\r\n" in there else "\n"
    rewrite(path, "".join(f"{line}{end}" for line in ("\t".join([*_HEAD, *head]), *lines)))


def _own_columns(lines: Sequence[str]) -> tuple[list[str], dict[tuple[str, str], list[str]]]:
    """The columns that somebody has added to the file, and their fields as they are, by key and person. Columns are
    told apart by their places: two may have one name, or none."""
    head = lines[0].split("\t") if lines else []
    own = [place for place, name in enumerate(head) if name not in _HEAD]
    beside = {}
    for line in lines[1:] if own else ():
        fields = [*line.split("\t"), *[""] * len(head)]
        row = dict(zip(head, fields, strict=False))
        beside[row.get("key", ""), _plain(row.get("who", ""))] = [fields[place] for place in own]
    return [head[place] for place in own], beside


def _field(text: str) -> str:
    """A text in one field: tabs and line ends are written with a backslash, other invisible characters as signs; no
    spreadsheet takes it for a formula."""
    return guarded(visible(re.sub(r"[\\\t\n\r]", lambda found: _ESCAPES[found[0]], text)))


def _plain(field: str) -> str:
    back = {written: char for char, written in _ESCAPES.items()}
    return re.sub(r"\\[\\tnr]", lambda found: back[found[0]], unguarded(field))
