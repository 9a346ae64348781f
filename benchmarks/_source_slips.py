"""Names of a source in the same script, right and with a slip: a part of benchmarks/source.py."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from benchmarks._source_names import NAME, WAYS, slip
from benchmarks.source import DATA, code_of, halves, lines
from evalkit.detectors.names.letter_slips import findings_of
from evalkit.detectors.names.slipped_once import findings_of as once_otherwise
from evalkit.records import Finding
from evalkit.testing import context_of, units_of

LATIN = """
afr cat ces dan deu est fin fra glg hrv hun ind isl ita lav lit msa nld nno nob pol por ron slk slv spa swe tur vie
""".split()  # noqa: SIM905
_PLANTED = 4  # every so manieth line is given a slip


def _told(source: Sequence[str], target: Sequence[str], lang: str) -> list[Finding]:
    context = context_of(target, lang=lang, source_lang="en")
    return list(findings_of(units_of(target, (), source), context))


def slips(wanted: Sequence[str]) -> None:
    """By language: what is told of human translations, and how many names with one slip are found, by its kind."""
    folder = DATA / "ntrex"
    english = lines(folder / "source.eng.txt.gz")
    for half, chosen in halves(folder).items():
        print(f"{half}\n{'':6}{'lines':>7}{'minor':>7}{'hints':>7}" + "".join(f"{way:>16}" for way in WAYS))
        sums: Counter[str] = Counter()
        for name in wanted or LATIN:
            lang, there = code_of(name), lines(folder / f"{name}.txt.gz")
            source, target = [english[i] for i in chosen], [there[i] for i in chosen]
            counts = Counter(f.severity for f in _told(source, target, lang))
            counts["lines"] = len(chosen)
            counts += _planted(source, target, lang)
            sums += counts
            print(_row(lang, counts), flush=True)
        print(_row("all", sums))


def _planted(source: Sequence[str], target: Sequence[str], lang: str) -> Counter[str]:
    rng, counts = random.Random(lang), Counter[str]()
    for mine, theirs in list(zip(target, source, strict=True))[::_PLANTED]:
        found = next((m for m in NAME.finditer(mine) if m.group() in theirs), None)
        if found is None:
            continue
        way = WAYS[counts["planted"] % len(WAYS)]
        wrong = slip(found.group(), way, rng)
        if wrong == found.group():
            continue
        counts["planted"] += 1
        counts[f"{way} of"] += 1
        text = mine[: found.start()] + wrong + mine[found.end() :]
        counts[way] += any(f.start == found.start() for f in _told([theirs], [text], lang))
    return counts


def once() -> None:
    """What is told of a name that its text has once with another letter: of all human translations of NTREX, each by
    itself, document by document."""
    folder = DATA / "ntrex"
    documents = [line.strip() for line in (folder / "documents.txt").read_text("utf-8").splitlines()]
    for half, chosen in halves(folder).items():
        told, number = [], 0
        for path in sorted(folder.glob("*.txt.gz")):
            name = path.name.removesuffix(".txt.gz")
            text, lang = lines(path), "en" if "eng" in name else code_of(name)
            for document in dict.fromkeys(documents[i] for i in chosen):
                mine = [text[i] for i in chosen if documents[i] == document]
                found = once_otherwise(units_of(mine, ()), context_of(mine, lang=lang))
                told += [f"{name} {f.text}, {f.expected[0]}" for f in found]
                number += len(mine)
        shown = f": {'; '.join(told)}" if half == "development" else ""
        print(f"{half}: {len(told)} of {number:,} lines{shown}", flush=True)


def _row(lang: str, counts: Counter[str]) -> str:
    shares = "".join(f"{str(counts[way]) + ' of ' + str(counts[way + ' of']):>16}" for way in WAYS)
    return f"{lang:6}{counts['lines']:>7,}{counts['minor']:>7}{counts['neutral']:>7}{shares}"
