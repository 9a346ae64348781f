"""How well names are compared and found: tables for docs; run with the data folder in EVALKIT_DATA.

python benchmarks/names.py [pairs] [terms] [mixed] [found] [NUMBER of findings to print]
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler, Levenshtein

from evalkit.detectors.names import NamesDetector
from evalkit.language.name_likeness import word_similarity
from evalkit.language.term_book import TermBook
from evalkit.records import Context, Document, Finding, Passage, Segment, Term, Unit

DATA = Path(os.environ.get("EVALKIT_DATA", Path(__file__).resolve().parent.parent.parent / "shared" / "data"))
SEED = 20201110
SAMPLE = 1500
Pair = tuple[str, str, bool]
Measure = Callable[[str, str], float]


def auc(pairs: list[Pair], measure: Measure) -> float:
    """Chance that a true pair scores above a false one, ties half."""
    scored = sorted((measure(a, b), same) for a, b, same in pairs)
    values: dict[float, list[int]] = {}
    for value, same in scored:
        values.setdefault(value, [0, 0])[same] += 1
    below, area = 0, 0.0
    for value in sorted(values):
        false, true = values[value]
        area += true * (below + false / 2)
        below += false
    positives = sum(same for _, _, same in pairs)
    return area / (positives * (len(pairs) - positives))


def best_f1(pairs: list[Pair], measure: Measure) -> tuple[float, float]:
    """The best F1 over all thresholds, with that threshold."""
    scored = sorted(((measure(a, b), same) for a, b, same in pairs), reverse=True)
    positives = sum(same for _, same in scored)
    best, hits = (0.0, 0.0), 0
    for rank, (value, same) in enumerate(scored, 1):
        hits += same
        if rank == len(scored) or scored[rank][0] < value:  # a threshold can't part equal values
            best = max(best, (2 * hits / (rank + positives), value))
    return best


def _lines(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        next(stream)
        for line in stream:
            yield line.rstrip("\n").split("\t")


def wikidata() -> list[Pair]:
    """Two Latin spellings of one name, against names of other groups that begin with the same letter."""
    groups = [
        [v for v in row[1].split("|") if v.isalpha()] for row in _lines(DATA / "names_wikidata/variant_groups.tsv.gz")
    ]
    return _with_negatives([g for g in groups if len(g) > 1])


def net(language: str) -> list[Pair]:
    """Attested spellings (count 3 or more) of one native form, against those of other forms."""
    groups = []
    for row in _lines(DATA / f"names_net/{language}.same_native_form.tsv.gz"):
        forms = [f.rpartition(":") for f in row[1].split("|")]
        good = [f for f, _, count in forms if count.isdigit() and int(count) >= 3 and f.isalpha() and len(f) > 2]
        if len(good) > 1:
            groups.append(good)
    return _with_negatives(groups)


def native(language: str) -> list[Pair]:
    """A native-script name with its most frequent Latin form, against another's."""
    rows = []
    for row in _lines(DATA / f"names_net/{language}.same_native_form.tsv.gz"):
        form = row[1].split("|")[0].rpartition(":")[0]
        if form.isalpha() and len(form) > 3:
            rows.append([row[0], form])
    return _with_negatives(rows)


def _with_negatives(groups: list[list[str]]) -> list[Pair]:
    """True pairs and, for each, the hardest of 40 random false ones by plain edit distance."""
    chance = random.Random(SEED)
    chosen = chance.sample(groups, min(SAMPLE, len(groups)))
    everyone = [(i, form) for i, group in enumerate(groups) for form in group[1:]]
    pairs: list[Pair] = []
    for group in chosen:
        pairs.append((group[0], group[1], True))
        others = [form for i, form in chance.sample(everyone, 40) if form not in group and groups[i][0] != group[0]]
        pairs.append((group[0], max(others, key=lambda f: (Levenshtein.normalized_similarity(group[1], f), f)), False))
    return pairs


def show_pairs() -> None:
    sets: list[tuple[str, list[Pair], Measure]] = [
        ("names_wikidata", wikidata(), word_similarity),
    ]
    sets += [(f"names_net {n}", net(n), word_similarity) for n in ("russian", "arabic", "chinese", "katakana")]
    sets += [(f"native {n}", native(n), word_similarity) for n in ("russian", "arabic", "chinese")]
    phonetic = metaphone_similarity()
    if phonetic is None:
        print("double metaphone left out: install the package Metaphone (BSD) for its column")
    others: list[tuple[str, Measure]] = [
        ("Lev.", lambda a, b: Levenshtein.normalized_similarity(a.lower(), b.lower())),
        ("J-W", lambda a, b: JaroWinkler.similarity(a.lower(), b.lower())),
        *([("D.M.", phonetic)] if phonetic else []),
    ]
    heads = ["ours", *(head for head, _ in others)]
    print(f"{'pairs':20}{'n':>6} | AUC: " + "".join(f"{h:>7}" for h in heads) + " | best F1 (at):"
          + "".join(f"{h:>14}" for h in heads))  # fmt: skip
    for name, pairs, ours in sets:
        measures = [ours, *(m for _, m in others)]
        areas = "".join(f"{auc(pairs, m):7.3f}" for m in measures)
        f1 = "".join(f"{f:7.3f} ({t:4.2f})" for f, t in (best_f1(pairs, m) for m in measures))
        print(f"{name:20}{len(pairs):6} |      {areas} |               {f1}")


def metaphone_similarity() -> Measure | None:
    """Likeness of double metaphone codes, word by word joined: the best of the primary and secondary codes of
    both. A threshold of 1 asks for equal codes, as the algorithm is meant. None without the package."""
    try:
        from metaphone import doublemetaphone
    except ImportError:
        return None

    def codes(name: str) -> set[str]:
        both = [doublemetaphone(word) for word in name.split()]
        return {"".join(b[0] for b in both), "".join(b[1] or b[0] for b in both)}

    return lambda a, b: max(Levenshtein.normalized_similarity(x, y) for x in codes(a) for y in codes(b))


class Marks(NamedTuple):
    """The spans experts marked in one output: as names, as anything."""

    names: dict[tuple[int, str], list[tuple[int, int]]]
    any: dict[tuple[int, str], list[tuple[int, int]]]
    rated: dict[str, list[int]]


def marks() -> Marks:
    """Expert marks of WMT23 zh-en by line and system."""
    with (DATA / "mqm/wmt23.zh-en.name_format.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    named: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for row in rows:
        named.setdefault((int(row["seg"]), row["system"]), []).append((int(row["start"]), int(row["end"])))
    anything: dict[tuple[int, str], list[tuple[int, int]]] = {}
    rated: dict[str, list[int]] = {}
    with gzip.open(DATA / "mqm/wmt23.zh-en.annotations.jsonl.gz", "rt", encoding="utf-8") as stream:
        for record in map(json.loads, stream):
            key = (record["seg"], record["system"])
            rated.setdefault(record["system"], []).append(record["seg"])
            spans = [
                (e["start"], e["end"]) for e in record["errors"] if e["side"] == "target" and e["start"] is not None
            ]
            anything.setdefault(key, []).extend(spans)
    return Marks(named, anything, rated)


def found_names(system: str, lines: list[int]) -> list[tuple[int, Finding]]:
    """Name findings without any list in the given lines of a WMT23 system, document by document."""
    base = DATA / "wmt/wmt23.zh-en"
    mine = _text(base / f"systems/{system}.en.txt.gz")
    theirs = _text(base / "references/refA.en.txt.gz")
    with gzip.open(base / "docs.tsv.gz", "rt", encoding="utf-8") as stream:
        documents = [line.rstrip("\n").split("\t")[1] for line in stream]
    found = []
    by_document: dict[str, list[int]] = {}
    for line in sorted(set(lines)):
        by_document.setdefault(documents[line], []).append(line)
    for name, numbers in by_document.items():
        units = [_unit(number, name, mine[number], theirs[number]) for number in numbers]
        context = Context(
            system, "en", "translation",
            {name: _document(name, [mine[n] for n in numbers])},
            {"refA": {name: _document(name, [theirs[n] for n in numbers])}},
            trusted={name: True},
        )  # fmt: skip
        found += [(int(item.unit), item) for item in NamesDetector().find(units, context)]
    return found


def _text(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        return stream.read().removesuffix("\n").split("\n")


def _document(name: str, lines: list[str]) -> Document:
    return Document(name, name, "\n".join(lines), "")


def _unit(number: int, document: str, candidate: str, reference: str) -> Unit:
    def passage(text: str, side: str) -> Passage:
        return Passage((Segment(f"{side}{number}", document, 0, len(text), text),), text, "refA" if side == "r" else "")

    return Unit(str(number), document, "1-1", 1.0, passage(candidate, "c"), (passage(reference, "r"),))


def show_found(listed: int = 0) -> None:
    """Findings on WMT23 zh-en without a list, against the spans experts marked."""
    expert = marks()
    overlap = lambda spans, f: any(s < f.end and f.start < e for s, e in spans)  # noqa: E731
    totals: dict[str, list[int]] = {}
    lines: list[str] = []
    hit_marks = 0
    for system in sorted(expert.rated):
        if system == "refA":
            continue
        findings = [(n, f) for n, f in found_names(system, expert.rated[system]) if f.side == "candidate"]
        for line, item in findings:
            key = (line, system)
            as_name, as_any = overlap(expert.names.get(key, []), item), overlap(expert.any.get(key, []), item)
            counts = totals.setdefault(item.rule, [0, 0, 0])
            counts[0] += 1
            counts[1] += as_name
            counts[2] += as_any
            mark = "N" if as_name else "e" if as_any else "-"
            lines.append(f"{mark} {item.rule} {line} {system}: {item.text!r} for {item.expected} | {item.message}")
        places = {key: spans for key, spans in expert.names.items() if key[1] == system}
        hit_marks += sum(
            any(line == key[0] and s < f.end and f.start < e for line, f in findings)
            for key, spans in places.items()
            for s, e in spans
        )
    all_marks = sum(len(spans) for key, spans in expert.names.items() if key[1] != "refA")
    print(f"\nWMT23 zh-en, half the documents, no list: {hit_marks} of {all_marks} spans marked as name format found")
    print(f"{'rule':24}{'findings':>9}{'marked as name':>16}{'marked at all':>15}")
    for rule, (n, names, anything) in sorted(totals.items()):
        print(f"{rule:24}{n:9}{names:16}{anything:15}  {anything / n:.2f}")
    for line in random.Random(SEED).sample(lines, min(listed, len(lines))):
        print(line)


def show_terms() -> None:
    """TICO-19 English-French: how many marked terms are found in the system's output, and in the reference
    itself, where all should be. The authors' tool reports .8590 of the system's on this data."""
    total = in_system = in_reference = 0
    with gzip.open(DATA / "terminology_tico/en-fr.jsonl.gz", "rt", encoding="utf-8") as stream:
        for record in map(json.loads, stream):
            for mark in record["reference_terms"]:
                book = TermBook((Term(mark["tgt"][0], tuple(mark["tgt"][1:])),), "fr")
                total += 1
                in_system += bool(book.find(record["system_fairseq"]))
                in_reference += bool(book.find(record["reference"]))
    print(f"\nTICO-19 en-fr, {total} marked terms: in the system's output {in_system} ({in_system / total:.4f}), "
          f"in the reference {in_reference} ({in_reference / total:.4f})")  # fmt: skip


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["pairs", "found", "mixed", "terms"]
    if "terms" in wanted:
        show_terms()
    if "pairs" in wanted:
        show_pairs()
    if "mixed" in wanted:
        from _names_mixed import show_mixed

        show_mixed(DATA)
    if "found" in wanted:
        show_found(next((int(word) for word in wanted if word.isdigit()), 0))
