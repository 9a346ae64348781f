"""One name in two forms in one text: planted into the texts of WMT22 and WMT23, and in those texts as they are."""

from __future__ import annotations

import gzip
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from evalkit.detectors.names import NamesDetector
from evalkit.language.forms import tokens
from evalkit.language.name_cues import Vocabulary, is_title, world_words
from evalkit.language.name_variants import is_variant
from evalkit.language.romanise import letters
from evalkit.records import Context, Document, Finding, Name, Passage, Segment, Unit
from evalkit.text.lists import in_order

# One spelling of a sound and another system's.
STEPS = tuple(
    tuple(step.split("="))
    for step in in_order("kh=h zh=j ou=u u=ou y=i i=y w=v ts=tz j=zh ch=tch sh=sch ss=s ll=l nn=n")
)
MOST = 400
Texts = dict[str, list[str]]


def texts(data: Path) -> Iterator[tuple[str, Texts]]:
    """(name, lines by document) of every reference and system."""
    for base in (data / "wmt/wmt22.zh-en", data / "wmt/wmt23.zh-en"):
        documents = [line.split("\t")[1] for line in _read(base / "docs.tsv.gz")]
        for path in sorted([*base.glob("references/*.en.txt.gz"), *base.glob("systems/*.en.txt.gz")]):
            found: Texts = defaultdict(list)
            for document, line in zip(documents, _read(path), strict=True):
                found[document].append(line)
            yield f"{base.name}/{path.name.partition('.')[0]}", found


def _read(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        return stream.read().removesuffix("\n").split("\n")


def check(lines: list[str], names: tuple[Name, ...] = (), reference: Sequence[str] = ()) -> list[Finding]:
    """Findings of mixed forms in one text; the reference is read, but not aligned."""
    units, at = [], 0
    for number, line in enumerate(lines):
        segment = Segment(str(number), "d", at, at + len(line), line)
        units.append(Unit(str(number), "d", "added", 0.0, Passage((segment,), line), ()))
        at += len(line) + 1
    references = {"r": {"d": Document("d", "d", "\n".join(reference), "")}} if reference else {}
    documents = {"d": Document("d", "d", "\n".join(lines), "")}
    context = Context("s", "en", "report", documents, references, names, trusted={"d": False})
    return [f for f in NamesDetector().find(units, context) if "in two forms" in f.message]


def planted(lines: list[str], chance: random.Random) -> tuple[list[str], str, str] | None:
    """The text with one of several occurrences of a name written by another system; that form, and the name."""
    counts = Counter(t.text for line in lines for t in tokens(line) if t.start and t.text.istitle() and len(t.text) > 4)
    ordinary = Vocabulary(lines, [])
    words = [w for w, n in sorted(counts.items()) if n > 1 and w.isascii() and not ordinary.has(w)]
    words = [w for w in words if w.lower() not in world_words("en") and not is_title(w)]
    chance.shuffle(words)
    for word in words:
        for old, new in chance.sample(STEPS, len(STEPS)):
            made = word[0] + word[1:].replace(old, new, 1)
            if made != word and is_variant(made, word) and letters(made) != letters(word):
                places = [i for i, line in enumerate(lines) if any(t.text == word for t in tokens(line))]
                at = chance.choice(places)
                return [*lines[:at], lines[at].replace(word, made, 1), *lines[at + 1 :]], made, word
    return None


def show_mixed(data: Path) -> None:
    chance = random.Random(1)
    found: Counter[str] = Counter()
    total = alarms = size = documents = 0
    for name, by_document in texts(data):
        for lines in by_document.values():
            documents += 1
            size += len(lines)
            alarms += len(check(lines))
            made = planted(lines, chance) if "/ref" in name and total < MOST else None
            if made:
                changed, form, word = made
                total += 1
                listed = (Name(word, "person", accept=(form,)),)
                for how, findings in (
                    ("text alone", check(changed)),
                    ("the reference has one form", check(changed, (), lines)),
                    ("both forms listed as accepted", check(changed, listed)),
                ):
                    found[how] += any({f.text, *f.expected} == {form, word} for f in findings)
    print(f"\nOne name in two forms, planted into {total} texts of WMT22 and WMT23 references:")
    for how, number in found.items():
        print(f"  {how:32}{number:5} ({number / total:.0%})")
    print(f"unchanged texts of all references and systems, by themselves: {alarms} findings in {documents} texts, "
          f"{size:,} lines")  # fmt: skip
