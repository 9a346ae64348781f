"""Readings of findings by hand: makes a random sample for a reader, and prints what readers have said.

Usage: EVALKIT_DATA=... python benchmarks/reading.py sample SETS SEED FILE [RULES]   SETS: of those below; FILE gets it;
                                                                       RULES: what the rules' names begin with
       python benchmarks/reading.py table [NAME]                             of readings/NAME.tsv, by default the newest

NAME-second.tsv has the verdicts of a second reader on some of the sets.

A sample has 40 findings that weigh (critical, major or minor), of systems from good to weak, each checked by itself as
one file of lines with reference and source (NTREX and the sets called alone: with the source only; those called
reference: without it), from the blind half of the documents. A reader sees source, reference, translation with the
place marked, rule and message, and no severity. The verdicts are kept here without the texts, which may not be
redistributed.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from _findings_floor import documents, half, lines

import evalkit
from evalkit.records import Finding

DATA = Path(os.environ.get("EVALKIT_DATA", "../shared/data"))
READINGS = Path(__file__).parent / "readings"
SIZE = 40
VERDICTS = ("right", "arguable", "wrong")
# Languages of single sentences with good translations, by the set's names.
DEMETR = {
    "cs": "czech",
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "hi": "hindi",
    "it": "italian",
    "ja": "japanese",
    "pl": "polish",
    "ru": "russian",
    "zh": "chinese_simple",
}
# Languages of professional translations, by the set's names.
NTREX = {
    "ar": "arb",
    "cs": "ces",
    "de": "deu",
    "es": "spa",
    "fi": "fin",
    "fr": "fra",
    "hi": "hin",
    "it": "ita",
    "ja": "jpn",
    "ko": "kor",
    "nl": "nld",
    "pl": "pol",
    "pt": "por",
    "ru": "rus",
    "sv": "swe",
    "tr": "tur",
    "zh": "zho-CN",
}
# Source and target language, and systems from good to weak.
SETS = {
    "wmt22.zh-en": ("zh", "en", ("HuaweiTSC", "Online-B", "Online-Y", "DLUT")),
    "wmt24.en-de": ("en", "de", ("Claude-3.5", "ONLINE-B", "IKUN", "AIST-AIRC")),
    "wmt22.en-zh": ("en", "zh", ("LanguageX", "HuaweiTSC", "Online-B", "Online-G")),
    "de2en": ("de", "en", ("Huawei_AGI_run1", "TMT_run1", "nrpu-fjwu_run1")),
    "es2en": ("es", "en", ("TMT_run1", "Transperfect_run1", "talp_upc_run1")),
    "wmt23.zh-en": ("zh", "en", ("GPT4-5shot", "ONLINE-W", "ONLINE-M", "ANVITA")),
    "tico.en-fr": ("en", "fr", ("fairseq",)),
    "fr2en": ("fr", "en", ("Huawei_AGI_run1", "LISN_run1", "nrpu-fjwu_run1")),
    "wmt23.en-de": ("en", "de", ("GPT4-5shot", "ONLINE-W", "ONLINE-M", "AIRC")),
    # the same documents, systems that were not read before
    "wmt22.zh-en others": ("zh", "en", ("JDExploreAcademy", "Lan-Bridge", "Online-A", "Online-G")),
    "wmt23.zh-en others": ("zh", "en", ("HW-TSC", "Yishu", "ONLINE-A", "NLLB_Greedy")),
    "wmt24.en-de others": ("en", "de", ("GPT-4", "MSLC")),
    "wmt22.zh-en third": ("zh", "en", ("AISP-SJTU", "LanguageX", "NiuTrans", "Online-W")),
    "wmt23.zh-en third": ("zh", "en", ("IOL_Research", "Lan-BridgeMT", "ONLINE-B", "NLLB_MBR_BLEU")),
    **{f"demetr.{lang}-en": (lang, "en", ("mt",)) for lang in DEMETR},
    # as in everyday checks, with the source and no reference; the reader sees one all the same
    "wmt22.en-zh alone": ("en", "zh", ("LanguageX", "HuaweiTSC", "Online-B", "Online-G")),
    "wmt22.zh-en alone": ("zh", "en", ("HuaweiTSC", "Online-B", "Online-Y", "DLUT")),
    "wmt24.en-de alone": ("en", "de", ("Claude-3.5", "ONLINE-B", "IKUN", "AIST-AIRC")),
    "wmt23.en-de alone": ("en", "de", ("GPT4-5shot", "ONLINE-W", "ONLINE-M", "AIRC")),
    # the same documents, systems that were not read before
    "wmt22.zh-en others alone": ("zh", "en", ("AISP-SJTU", "LanguageX", "NiuTrans", "Online-W")),
    "wmt23.en-de others alone": ("en", "de", ("ZengHuiMT", "Lan-BridgeMT", "ONLINE-A", "NLLB_Greedy")),
    "wmt24.en-de others alone": ("en", "de", ("GPT-4", "MSLC")),
    # beside the reference alone
    "wmt22.zh-en reference": ("zh", "en", ("HuaweiTSC", "Online-B", "Online-Y", "DLUT")),
    "wmt22.en-zh reference": ("en", "zh", ("LanguageX", "HuaweiTSC", "Online-B", "Online-G")),
    "wmt24.en-de reference": ("en", "de", ("Claude-3.5", "ONLINE-B", "IKUN", "AIST-AIRC")),
    "wmt23.en-de reference": ("en", "de", ("GPT4-5shot", "ONLINE-W", "ONLINE-M", "AIRC")),
    # professional translations beside their source alone
    **{f"ntrex.en-{lang}": ("en", lang, ("human",)) for lang in NTREX},
}


class Texts(NamedTuple):
    """The lines of a set: their documents, sources, references and, by system, translations (None: left out)."""

    documents: Sequence[str]
    source: Sequence[str]
    reference: Sequence[str]
    systems: dict[str, list[str | None]]


def texts(name: str) -> Texts:
    source, target, systems = SETS[name]
    if name.startswith("tico"):
        return terminology(name, systems)
    if name.startswith("demetr"):
        return sentences(name)
    if name.startswith("ntrex"):
        return news(name)
    files = name.partition(" ")[0]
    if files == "wmt23.en-de":
        return paragraphs(files, systems)
    if not name.startswith("wmt"):
        return abstracts(name, systems)
    folder = DATA / "wmt" / files
    return Texts(
        documents(folder / "docs.tsv.gz"),
        lines(folder / f"source.{source}.txt.gz"),
        lines(min((folder / "references").iterdir())),
        {system: [*lines(folder / "systems" / f"{system}.{target}.txt.gz")] for system in systems},
    )


def terminology(name: str, systems: Sequence[str]) -> Texts:
    """Texts about a disease and phrases of doctors, cut into words and marks by a tokenizer, as that set has them."""
    with gzip.open(DATA / f"terminology_{name.replace('.', '/')}.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = list(map(json.loads, stream))
    made = {system: [row[f"system_{system}"] for row in rows] for system in systems}
    return Texts([row["doc"] for row in rows], *([row[side] for row in rows] for side in ("source", "reference")), made)


def sentences(name: str) -> Texts:
    """Sentences from articles and an encyclopedia, each a document of its own."""
    lang = DEMETR[SETS[name][0]]
    with gzip.open(DATA / "demetr/sentences.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [row for row in map(json.loads, stream) if row["lang"] == lang]
    columns = ([" ".join(row[side].split()) for row in rows] for side in ("source", "reference", "mt"))
    source, reference, translation = columns
    return Texts([f"demetr {row['id']}" for row in rows], source, reference, {"mt": [*translation]})


def news(name: str) -> Texts:
    """News, translated by people; there is no second translation that could be a reference."""
    source, target = (lines(DATA / f"ntrex/{of}.txt.gz") for of in ("source.eng", NTREX[SETS[name][1]]))
    documents = [line.strip() for line in (DATA / "ntrex/documents.txt").read_text("utf-8").splitlines()]
    return Texts(documents, source, [""] * len(source), {"human": [*target]})


def paragraphs(name: str, systems: Sequence[str]) -> Texts:
    """Paragraphs of a shared task, with the translations that experts have rated."""
    with gzip.open(DATA / f"mqm/{name}.segments.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = {row["seg"]: row for row in map(json.loads, stream)}
    made: dict[str, dict[int, str]] = {system: {} for system in systems}
    with gzip.open(DATA / f"mqm/{name}.annotations.jsonl.gz", "rt", encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            if row["system"] in made:
                made[row["system"]][row["seg"]] = " ".join(row["hyp"].split())
    references, sources = (
        [" ".join(text.split()) for text in texts]
        for texts in ((min(row["refs"].items())[1] for row in rows.values()), (row["source"] for row in rows.values()))
    )
    return Texts(
        [row["doc"] for row in rows.values()],
        sources,
        references,
        {system: [lines_of.get(seg) for seg in rows] for system, lines_of in made.items()},
    )


def abstracts(name: str, systems: Sequence[str]) -> Texts:
    """Medical abstracts, as they are: with the lines that stand under several segments, which evalkit must tell."""
    rows: dict[tuple[str, int], dict[str, dict[str, Any]]] = {}
    with gzip.open(DATA / "biomqm" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            rows.setdefault((row["doc"], row["seg"]), {})[row["system"]] = row
    every = list(rows.values())
    firsts = [next(iter(row.values())) for row in every]
    made: dict[str, list[str | None]] = {}
    for system in systems:
        made[system] = [" ".join(row[system]["hyp"].split()) if system in row else None for row in every]
    references = [" ".join(row["refs"]["reference"].split()) for row in firsts]
    sources = [" ".join(row["source"].split()) for row in firsts]
    return Texts([doc for doc, _ in rows], sources, references, made)


def found(name: str, of: Texts, system: str) -> Iterator[tuple[int, Finding]]:
    """The findings that weigh of one system, each with its line of the set, in the blind half."""
    source, target, _ = SETS[name]
    mine = of.systems[system]
    human = not any(of.reference)
    alone = human or name.endswith(" alone")
    blind = (lambda doc: zlib.crc32(doc.encode()) % 4 == 2) if human else (lambda doc: half(doc) == "blind")  # as there
    kept = [n for n, doc in enumerate(of.documents) if blind(doc) and mine[n] is not None]
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for side, theirs in (("c", mine), ("r", of.reference), ("s", of.source)):
            paths.append(Path(folder) / f"{side}.txt")
            paths[-1].write_text("".join(f"{theirs[n] or '-'}\n" for n in kept), encoding="utf-8")
        beside = () if alone else (paths[1],)
        side = None if name.endswith(" reference") else paths[2]
        told = source if side else ""
        result = evalkit.check(paths[0], *beside, align="lines", lang=target, source=side, source_lang=told)
    for finding in result.systems[0].standing:
        if finding.severity != "neutral":
            yield kept[finding.line - 1], finding


def sample(names: str, seed: str, file: str, rules: str = "") -> None:
    sets = {name: texts(name) for name in names.split(",")}
    pool = [
        (name, of, system, n, finding)
        for name, of in sets.items()
        for system in of.systems
        for n, finding in found(name, of, system)
        if finding.rule.startswith(rules)
    ]
    random.Random(int(seed)).shuffle(pool)
    with Path(file).open("w", encoding="utf-8") as out, Path(f"{file}.key.tsv").open("w", encoding="utf-8") as key:
        for number, (name, of, system, n, finding) in enumerate(pool[:SIZE], 1):
            sides = {"source": of.source[n], "reference": of.reference[n], "candidate": of.systems[system][n] or ""}
            text, at = sides[finding.side], finding.column - 1
            after = at + len(finding.text)
            sides[finding.side] = f"{text[:at]}[[{text[at:after]}]]{text[after:]}"
            shown = "\n".join(f"{side.upper()}: {line}" for side, line in sides.items() if line)
            out.write(f"#{number} rule: {finding.rule}\n{finding.message}\n{shown}\n\n")
            key.write(f"{name}\t{of.documents[n]}\t{system}\t{finding.rule}\t{finding.severity}\n")
    print(f"{min(SIZE, len(pool))} of {len(pool)} findings that weigh")


def table(reading: str = "") -> None:
    path = READINGS / f"{reading}.tsv" if reading else _newest()
    rows = verdicts(path)
    print(f"{path.stem}: {len(rows)} findings read")
    if (again := path.with_name(f"{path.stem}-second.tsv")).exists():
        pairs = twice(rows, verdicts(again))
        print(f"{sum(a == b for a, b in pairs)} of {len(pairs)} that a second reader judged too have the same verdict")
    counts("all", rows)
    counts("without displaced lines", [row for row in rows if row["displaced"] != "yes"])
    for column in ("set", "severity", "rule"):
        counts(column, rows, column)


def _newest() -> Path:
    paths = [path for path in READINGS.glob("*.tsv") if "-" not in path.stem]
    return max(paths, key=lambda path: [int(number) for number in path.stem.split(".")])


def verdicts(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def twice(first: Sequence[dict[str, str]], second: Sequence[dict[str, str]]) -> list[tuple[str, str]]:
    """Both verdicts on each finding of the sets that were read twice; a set's findings are in one order."""
    return [
        (a["verdict"], b["verdict"])
        for name in sorted({row["set"] for row in second})
        for a, b in zip(*([row for row in rows if row["set"] == name] for rows in (first, second)), strict=True)
    ]


def counts(title: str, rows: Sequence[dict[str, str]], column: str = "") -> None:
    """A row for each value of a column, the most frequent first, or one for all."""
    by: dict[str, Counter[str]] = {}
    for row in rows:
        by.setdefault(row.get(column, "all"), Counter())[row["verdict"]] += 1
    print(f"\n{title:24} {'read':>5} {'right':>12} {'arguable':>12} {'wrong':>12}")
    for name, said in sorted(by.items(), key=lambda item: -item[1].total()):
        cells = [f"{said[verdict]:>5} {said[verdict] / said.total():>6.0%}" for verdict in VERDICTS]
        print(f"{name:24} {said.total():>5} {' '.join(cells)}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["sample", str(names), str(seed), str(file), *rules] if {*names.split(",")} <= {*SETS} and len(rules) < 2:
            sample(names, seed, file, *rules)
        case ["table", *reading]:
            table(*reading)
        case _:
            sys.exit(__doc__)
