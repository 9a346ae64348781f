"""Whether findings rank systems as experts do, beside the standard metrics.

WMT23 zh-en and en-de, medical abstracts (biomqm, lines under two segments left out): expert MQM against what the
findings give, BLEU, chrF, TER, WER. Every text is checked by itself, with its source, as users check it. Findings give
the penalty, the number of those that weigh, the expected errors, the number of all but hints of form, which mark a
careless document, and the share of segments with one that weighs. A combined score is chrF less one of these, each
less its mean and divided by its deviation over the systems compared; its weight is the one that agrees best on the
development halves. The blind halves are measured with it. In points, chrF less so many for each of a rate's units is a
figure of one text alone: it needs no other systems. Below: how many of the findings meet an error span of an
expert, beside how many the expected errors say.
"""

from __future__ import annotations

import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from statistics import correlation, fmean, pstdev
from typing import NamedTuple

from _findings_floor import documents, half, lines
from _findings_precision import Rated, abstracts, by_chance, checked, meets, rated_texts

from evalkit.kernel.batches import measure_all
from evalkit.plugins import Registry
from evalkit.records import SEVERITY_WEIGHTS, Context, Finding, Unit
from evalkit.records.quality import expected_errors
from evalkit.text.words import count_words

WEIGHTS = [i / 20 for i in range(41)]
EXPERT = {"critical": 25.0, "major": 5.0, "minor": 1.0, "neutral": 0.0}

Scores = dict[str, float]


class Ranked(NamedTuple):
    """One half of a set: the experts' score of each system, and by score what the systems have; more is better."""

    name: str
    part: str
    experts: Scores
    scores: dict[str, Scores]


class Believed(NamedTuple):
    """What is expected of a finding, and whether it met an expert's span, there and at a place by chance."""

    part: str
    what: str
    expected: float
    met: bool
    chance: bool


def agreement(ours: Scores, experts: Scores) -> tuple[float, float, int]:
    """Pairwise accuracy, Kendall's tau-b, number of pairs; higher is better on both sides."""
    pairs = [(a, b) for a, b in combinations(sorted(ours), 2) if experts[a] != experts[b]]
    right = sum((ours[a] - ours[b]) * (experts[a] - experts[b]) > 0 for a, b in pairs)
    tied = sum(ours[a] == ours[b] for a, b in pairs)
    total = len(pairs)
    return right / total, (2 * right + tied - total) / (total * (total - tied)) ** 0.5, total


def standard(values: Scores) -> Scores:
    """Less the mean, divided by the deviation over the systems."""
    mean, deviation = fmean(values.values()), pstdev(values.values()) or 1.0
    return {name: (value - mean) / deviation for name, value in values.items()}


def combined(chrf: Scores, held: Scores, weight: float) -> Scores:
    a, b = standard(chrf), standard(held)
    return {name: a[name] - weight * b[name] for name in chrf}


def pearson(ours: Scores, experts: Scores) -> float:
    return correlation([ours[n] for n in sorted(ours)], [experts[n] for n in sorted(ours)])


METRICS = {"BLEU": "bleu", "BLEU of characters": "bleu(tokenize=char)", "chrF": "chrf", "TER": "ter", "WER": "wer"}


def ranked(texts: Iterable[Rated], believed: list[Believed]) -> list[Ranked]:
    """Every set in its halves, each with the scores of its systems; what is expected of each finding is put into
    `believed`."""
    found: dict[tuple[str, str], dict[str, Scores]] = defaultdict(lambda: defaultdict(dict))
    for text in texts:
        result = checked(text.sides, *text.langs)
        order = {unit.id: number for number, unit in enumerate(result.units)}
        placed = [(order[f.unit], f) for f in result.findings if f.unit in order]
        believed += beliefs(text, result.units, placed)
        for part in ("dev", "blind"):
            kept = [number for number, document in enumerate(text.documents) if half(document) == part]
            mine = [text.sides["candidate"][number] for number in kept]
            theirs = [text.sides["reference"][number] for number in kept]
            scores = found[text.name, part]
            for name, spec in METRICS.items():
                scores[name][text.system] = metric(spec, mine, theirs)
            chosen = set(kept)
            here = [(number, f) for number, f in placed if number in chosen]
            for name, cost in costs(here, len(kept), sum(map(count_words, mine))).items():
                scores[name][text.system] = -cost
            marked = [sum(EXPERT.get(e["severity"].lower(), 1.0) for e in text.errors[n]) for n in kept]
            scores["experts"][text.system] = -fmean(marked)
    return [Ranked(*key, scores.pop("experts"), dict(scores)) for key, scores in found.items()]


def beliefs(text: Rated, units: Sequence[Unit], placed: Sequence[tuple[int, Finding]]) -> list[Believed]:
    """What is expected of the findings of a text, and what the experts say of their places."""
    found = []
    for number, f in placed:
        if not (expected := expected_errors(f)):
            continue
        what = "hints" if f.severity == "neutral" else "form" if f.category == "conventions" else "content"
        other = zlib.crc32(f"{text.system}{f.unit}{f.start}".encode()) % len(units)
        here, there = ([e for e in text.errors[n] if e.get("start") is not None] for n in (number, other))
        met, chance = meets(f, units[number], here), by_chance(f, units[number], units[other], there)
        found.append(Believed(half(text.documents[number]), what, expected, met, chance))
    return found


def show_beliefs(believed: Sequence[Believed]) -> None:
    """Prints the mean that is expected beside the share that met a span, and that less chance."""
    print(
        f"{'one finding, dev / blind':26}{'findings':>16}{'expected':>16}{'met a span':>16}{'by chance':>16}{'net':>16}"
    )
    for what in ("content", "form", "hints"):
        cells = []
        for part in ("dev", "blind"):
            of = [one for one in believed if (one.part, one.what) == (part, what)]
            expected, met, chance = (fmean(float(getattr(one, name)) for one in of) for name in Believed._fields[2:])
            cells.append(
                (f"{len(of):,}", *(f"{x:.2f}" for x in (expected, met, chance, (met - chance) / (1 - chance))))
            )
        print(f"{what:26}" + "".join(f"{' / '.join(pair):>16}" for pair in zip(*cells, strict=True)))


def costs(placed: Sequence[tuple[int, Finding]], segments: int, words: int) -> Scores:
    """What the findings of a text, each with the number of its segment, hold against it."""
    weighing = [(number, f) for number, f in placed if f.severity != "neutral"]
    hints = [f for _, f in placed if f.severity == "neutral" and f.category != "conventions"]
    return {
        "penalty": 1000 * sum(SEVERITY_WEIGHTS[f.severity] for _, f in placed) / words,
        "findings": 1000 * len(weighing) / words,
        "expected errors": 1000 * sum(expected_errors(f) for _, f in placed) / words,
        "findings and hints": 1000 * (len(weighing) + len(hints)) / words,
        "segments with findings": len({number for number, _ in weighing}) / segments,
    }


def metric(spec: str, texts: Sequence[str], references: Sequence[str]) -> float:
    """A corpus score, the sign turned where less is better."""
    scorer = Registry().make("scorer", spec)
    value = scorer.value(measure_all(scorer, [list(texts)], [list(references)])[0].total())
    return value if scorer.better == "higher" else -value


def wmt(data: Path, build: Callable) -> list[tuple[str, list[Unit], Context]]:
    """All lines of every WMT23 zh-en system as units."""
    base = data / "wmt/wmt23.zh-en"
    named = documents(base / "docs.tsv.gz")
    reference = lines(base / "references/refA.en.txt.gz")
    made = []
    for path in sorted((base / "systems").glob("*.en.txt.gz")):
        rows = zip(named, lines(path), ([r] for r in reference), strict=True)
        made.append((path.name.removesuffix(".en.txt.gz"), *build(rows)))
    return made


def ranking(lines_of: Callable) -> None:
    """Prints the agreement of each score by set, dev and blind."""
    believed: list[Believed] = []
    sets = ranked((*rated_texts(lines_of), *abstracts(lines_of)), believed)
    dev = [one for one in sets if one.part == "dev"]

    def fit(name: str, weight: float) -> float:
        return fmean(agreement(with_weight(one, name, weight), one.experts)[0] for one in dev)

    weights = {name: max(WEIGHTS, key=lambda w: (round(fit(name, w), 6), -abs(w - _MIDDLE))) for name in FROM_FINDINGS}
    titles = {f"chrF - {weight:g} x {name}": (name, weight) for name, weight in weights.items()}
    print("pairwise accuracy / Pearson; weights are those that agree best on the dev halves")
    print(f"{'score':34}" + "".join(f"{one.name + ' ' + one.part:>22}" for one in sets) + f"{'mean dev / blind':>18}")
    print(f"{'systems':34}" + "".join(f"{len(one.experts):22}" for one in sets))
    for name in (*METRICS, *FROM_FINDINGS, *titles, *POINTS):
        values = [_values(one, name, titles) for one in sets]
        right = [agreement(value, one.experts)[0] for value, one in zip(values, sets, strict=True)]
        shown = (
            f"{share:.3f} / {pearson(value, one.experts):.3f}"
            for share, value, one in zip(right, values, sets, strict=True)
        )
        means = (fmean(r for r, one in zip(right, sets, strict=True) if one.part == part) for part in ("dev", "blind"))
        print(f"{name:34}" + "".join(f"{text:>22}" for text in shown) + f"{' / '.join(f'{m:.3f}' for m in means):>18}")
    print()
    show_beliefs(believed)


def _values(one: Ranked, name: str, titles: dict[str, tuple[str, float]]) -> Scores:
    """What the systems have by a score of the table."""
    if name in POINTS:
        held, points = POINTS[name]
        return {system: value + points * one.scores[held][system] for system, value in one.scores["chrF"].items()}
    return with_weight(one, *titles[name]) if name in titles else one.scores[name]


FROM_FINDINGS = ("penalty", "findings", "expected errors", "findings and hints", "segments with findings")
# Points of chrF for each in 1,000 words, chosen on the dev halves: .25 to .75 and 1.5 to 3 do nearly as well.
POINTS = {
    "chrF less half a point a penalty": ("penalty", 0.5),
    "chrF less 2 points an error": ("expected errors", 2.0),
}
_MIDDLE = 0.5  # of weights that agree alike the one that leans least on either score


def with_weight(one: Ranked, name: str, weight: float) -> Scores:
    return combined(one.scores["chrF"], {system: -value for system, value in one.scores[name].items()}, weight)


def speed(data: Path, build: Callable, run: Callable) -> None:
    """CPU seconds of all default rules on all lines of 15 systems, by detector."""
    made = wmt(data, build)
    seconds: Counter[str] = Counter()
    started = time.process_time()
    for _, units, context in made:
        run(units, context, seconds)
    spent = time.process_time() - started
    print(f"{sum(len(u) for _, u, _ in made):,} segments through all default rules: {spent:.0f} s of one core")
    print(", ".join(f"{name} {s:.1f}" for name, s in seconds.most_common()))
