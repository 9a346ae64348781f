"""What reading and writing of files of the trade costs and keeps, on the files in EVALKIT_DATA/formats and made ones.

Usage: EVALKIT_DATA=... python benchmarks/formats.py [PART ...], a PART being reading, counts, round, schema or speed;
without an argument all. `schema` needs lxml, and EVALKIT_XLIFF_SCHEMA, a folder with OASIS's
xliff_core_2.0.xsd, xliff-core-1.1.xsd and xml.xsd.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from evalkit.errors import EvalkitError
from evalkit.plugins import Registry
from evalkit.run.reading import read_path
from evalkit.text.its_marks import Mark, closed_to_tags, marked, places_for_tags, unmarked
from evalkit.text.xliff_notes import Note, noted, without_notes
from evalkit.text.xml_stream import decode_xml

REGISTRY = Registry()
XLIFF = (".xlf", ".xliff", ".sdlxliff", ".mqxliff")
SEGMENTS, FINDINGS = 50_000, 5_000


def data() -> Path:
    return Path(os.environ.get("EVALKIT_DATA", "../shared/data")) / "formats"


def files() -> Iterator[Path]:
    yield from sorted(path for path in data().rglob("*") if path.is_file() and path.parent != data())


def read(path: Path) -> Any:
    return read_path(REGISTRY, str(path), "en", "candidate")


def reading() -> None:
    """Files and segments by folder, and the reasons of those that are refused."""
    told: dict[str, Counter[str]] = {}
    refused: Counter[str] = Counter()
    for path in files():
        counts = told.setdefault(path.parent.name, Counter())
        try:
            found = read(path)
        except EvalkitError as problem:
            counts["refused"] += 1
            refused[" ".join(str(problem).split(": ", 1)[-1].split()[:7])] += 1
            continue
        counts["read"] += 1
        counts["segments"] += sum(len(d.rows or d.text.splitlines()) for d in found.target)
    print(f"{'folder':<20}{'read':>6}{'refused':>9}{'segments':>10}")
    for name, counts in sorted(told.items()):
        print(f"{name:<20}{counts['read']:>6}{counts['refused']:>9}{counts['segments']:>10}")
    for reason, number in refused.most_common(6):
        print(f"  {number} x {reason} ...")


def counted(path: Path) -> int | None:
    """Segments as another program counts them: lxml's paths, polib, pysubs2; None where there is none for the file."""
    ending = path.suffix.lower()
    if ending in (".po", ".pot"):
        import polib

        entries = [e for e in polib.pofile(str(path)) if not e.obsolete]
        return sum(len(e.msgstr_plural) or 1 for e in entries)
    if ending in (".srt", ".vtt", ".ass"):
        import pysubs2

        return len([e for e in pysubs2.load(str(path)) if not e.is_comment and e.plaintext.strip()])
    if ending not in (*XLIFF, ".tmx"):
        return None
    from lxml import etree

    tree = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    if ending == ".tmx":
        return len(tree.findall(".//{*}tu"))
    if tree.findall(".//{*}unit"):
        return len(tree.findall(".//{*}segment"))
    number = 0
    for unit in tree.iter("{*}trans-unit"):
        parts = unit.find("{*}seg-source")
        marked = [] if parts is None else [m for m in parts.iter("{*}mrk") if m.get("mtype") == "seg"]
        number += len(marked) or 1
    return number


def counts() -> None:
    """Segments of each file by evalkit and by another program, and the files where the two differ."""
    same: Counter[str] = Counter()
    for path in files():
        try:
            found = read(path)
            there = counted(path)
        except Exception as problem:
            if not isinstance(problem, EvalkitError):
                print(f"  {path.name}: read by evalkit alone ({type(problem).__name__})")
            continue
        if there is None:
            continue
        mine = sum(len(d.rows or ()) for d in found.target)
        same[path.suffix.lower()] += mine == there
        same["files"] += 1
        if mine != there:
            print(f"  {path.parent.name}/{path.name}: {mine} rows, {there} counted")
    print(", ".join(f"{number} {what}" for what, number in same.items()))


def marks_of(path: Path) -> tuple[str, str, list[Mark]] | None:
    """A file's text and encoding, and a mark on the first word of each segment; None for what is no XLIFF."""
    try:
        found = read(path)
        text, encoding = decode_xml(path.read_bytes(), str(path))
    except EvalkitError:
        return None
    marks: list[Mark] = []
    closed = closed_to_tags(text)
    for document in found.target:
        for row in document.rows or ():
            word = document.text[row.start : row.end].split(maxsplit=1)
            if not word or document.places is None:
                continue
            start = row.start + document.text[row.start : row.end].index(word[0])
            places = (document.places.offset(k) for k in range(start, start + len(word[0])))
            runs = places_for_tags(text, places, closed)
            marks += [Mark(first, last, "other", "a & b", 50, "x") for first, last in runs]
    return text, encoding, marks


def round_trips() -> None:
    """Marks set into every XLIFF file: the texts read again, and the file without them, byte for byte."""
    counts: Counter[str] = Counter()
    for path in (p for p in files() if p.suffix.lower() in XLIFF and not p.parent.name.endswith("invalid")):
        made = marks_of(path)
        if made is None:
            counts["not read"] += 1
            continue
        text, _, marks = made
        counts["files"] += 1
        counts["marks"] += len(marks)
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / path.name
            written = marked(text, marks)
            copy.write_text(written, "utf-8")
            counts["taken out again, byte for byte"] += unmarked(written) == text
            with_notes, _ = noted(text, [Note(mark.start, "a & b") for mark in marks])
            counts["notes taken out again, byte for byte"] += without_notes(with_notes) == text
            try:
                old, new = read(path), read(copy)
            except EvalkitError as problem:
                print(f"  {path.name}: {problem}")
                continue
            same = [d.text for d in old.target] == [d.text for d in new.target]
            counts["texts of the target unchanged"] += same
            counts["texts of the source unchanged"] += [d.text for d in old.source] == [d.text for d in new.source]
    print(", ".join(f"{number} {what}" for what, number in counts.items()))


# The file of a schema, its namespace, and the versions that are held against it: OASIS's of 1.2 could not be had;
# 1.2 adds segmentation and foreign attributes of the root to 1.1 and leaves the rest.
SCHEMAS = {
    "XLIFF 2": ("xliff_core_2.0.xsd", "urn:oasis:names:tc:xliff:document:2.0", ("2.0",)),
    "XLIFF 1": ("xliff-core-1.1.xsd", "urn:oasis:names:tc:xliff:document:1.1", ("1.1", "1.2")),
}


def schema() -> None:
    """OASIS's schemas before and after the marks."""
    home = os.environ.get("EVALKIT_XLIFF_SCHEMA", "")
    if not home:
        print(
            "NOT TESTED: EVALKIT_XLIFF_SCHEMA names no folder with xliff_core_2.0.xsd, xliff-core-1.1.xsd and xml.xsd"
        )
        return
    for title, (name, namespace, versions) in SCHEMAS.items():
        found = next(Path(home).rglob(name), None)
        if found is None:
            print(f"NOT TESTED: {title}: no {name} in EVALKIT_XLIFF_SCHEMA")
            continue
        known = [f"urn:oasis:names:tc:xliff:document:{version}" for version in versions]
        held_against(title, found, namespace, known)


def held_against(title: str, core: Path, namespace: str, known: list[str]) -> None:
    """How many of the files a schema accepts, and in how many it has nothing new to say with marks and with notes."""
    from lxml import etree

    valid = etree.XMLSchema(etree.parse(str(core)))

    def complaints(text: str) -> set[str]:
        for other in known:
            text = text.replace(other, namespace)
        root = etree.fromstring(_declared_as_utf8(text).encode())
        root.set("version", namespace.rpartition(":")[2])
        valid.validate(root)
        return {str(error.message) for error in valid.error_log}

    counts: Counter[str] = Counter()
    for path in (p for p in files() if p.suffix.lower() in XLIFF and not p.parent.name.endswith("invalid")):
        made = marks_of(path)
        if made is None or not any(other in made[0] for other in known):
            continue
        text, _, marks = made
        before = complaints(text)
        counts.update(files=1, valid=not before)
        with_notes, _ = noted(text, [Note(mark.start, "a & b") for mark in marks])
        for what, written in (("marks", marked(text, marks)), ("notes", with_notes)):
            new = complaints(written) - before
            counts[what] += not new
            if new:
                print(f"  {path.name}, {what}: {min(new)}")
    said = f"{counts['marks']} with marks, {counts['notes']} with notes"
    print(f"{counts['files']} files of {title}: {counts['valid']} valid before; nothing new is said of {said}")


def _declared_as_utf8(text: str) -> str:
    """The text without its declaration: what is held against a schema is UTF-8."""
    return re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text)


def speed() -> None:
    """A large XLIFF file read and a workbook written: processor seconds and memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlf"
        unit = (
            '<trans-unit id="{0}"><source>Der Rat tagte am 3. Mai 2020 in Bischkek und nahm den <g id="1">Plan</g> an.'
            '</source><target state="translated">The council met on 3 May 2020 in Bishkek, number {0}, and adopted the '
            '<g id="1">plan</g>.</target></trans-unit>\n'
        )
        head = '<xliff version="1.2"><file original="a" source-language="de" target-language="en"><body>\n'
        path.write_text(head + "".join(map(unit.format, range(SEGMENTS))) + "</body></file></xliff>\n", "utf-8")
        clock = time.process_time()
        found = read(path)
        spent = time.process_time() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(found.target[0].rows)} segments of XLIFF: {spent:.2f} s, {peak:.0f} MB for the whole process")
    import evalkit

    lines = evalkit.Lines([f"The council  met on {k % 28 + 1} May." for k in range(FINDINGS)])
    result = evalkit.check({"a": lines}, detectors=["whitespace"])
    result = replace(result, systems=(replace(result.systems[0], findings=result.systems[0].findings[:FINDINGS]),))
    clock = time.process_time()
    size = len(REGISTRY.make("renderer", "xlsx").render_file(result))
    print(
        f"a workbook of {len(result.systems[0].findings)} findings: {time.process_time() - clock:.2f} s, {size} bytes"
    )


PARTS = {"reading": reading, "counts": counts, "round": round_trips, "schema": schema, "speed": speed}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        print(f"## {part}")
        PARTS[part]()
