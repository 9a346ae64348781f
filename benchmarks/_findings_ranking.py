"""Whether findings rank systems as experts do, beside the standard metrics.

WMT23 zh-en, all lines of 15 systems: expert MQM against the penalty of the findings, BLEU, chrF, TER. The
combined score is chrF and penalty, each less its mean and divided by its deviation over the systems
compared; the penalty's weight is the one that orders the systems of biomqm (de, es, fr into English)
best. Nothing is tuned on WMT23.
"""

from __future__ import annotations

import csv
import gzip
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from statistics import fmean, pstdev

from evalkit.model import SEVERITY_WEIGHTS, Context, Finding, Unit
from evalkit.steps.detecting import _one_per_place
from evalkit.text import count_words

WEIGHTS = [i / 20 for i in range(41)]
EXPERT = {"critical": 25.0, "major": 5.0, "minor": 1.0, "neutral": 0.0}

Scores = dict[str, float]


def penalty(units: Sequence[Unit], found: Sequence[Finding]) -> float:
    """Severity weights per 1,000 words of the candidate, as the result's `penalty_per_1000_words`."""
    words = sum(count_words(u.candidate.text) for u in units if u.candidate)
    ranked = sorted(found, key=lambda f: (f.document, f.side, f.start, -f.end, f.rule))
    return 1000 * sum(SEVERITY_WEIGHTS[f.severity] for f in _one_per_place(ranked)) / max(words, 1)


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


def combined(chrf: Scores, penalties: Scores, weight: float) -> Scores:
    a, b = standard(chrf), standard(penalties)
    return {name: a[name] - weight * b[name] for name in chrf}


def biomqm(lines: Callable, build: Callable, run: Callable) -> list[tuple[Scores, Scores, Scores]]:
    """Per language pair: chrF, penalty and expert score (mean weight of errors, negative) by system."""
    from sacrebleu.metrics.chrf import CHRF

    sets = []
    for pair in ("de2en", "es2en", "fr2en"):
        rows: dict[str, dict[tuple[str, int], dict]] = defaultdict(dict)
        cost: dict[str, list[float]] = defaultdict(list)
        for row in lines(f"biomqm/{pair}.jsonl.gz"):
            refs = list(row["refs"].values())
            if not refs or not row["hyp"]:
                continue
            rows[row["system"]].setdefault((row["doc"], row["seg"]), {**row, "reference": refs[0]})
            cost[row["system"]].append(sum(EXPERT.get(e["severity"].lower(), 1.0) for e in row["errors"]))
        chrf, penalties, experts = {}, {}, {}
        for system, by_place in sorted(rows.items()):
            chosen = [by_place[key] for key in sorted(by_place)]
            if system.lower().startswith(("ref", "human")) or len(chosen) < 30:
                continue
            units, context = build((r["doc"], r["hyp"], [r["reference"]]) for r in chosen)
            chrf[system] = CHRF().corpus_score([r["hyp"] for r in chosen], [[r["reference"] for r in chosen]]).score
            penalties[system] = penalty(units, run(units, context))
            experts[system] = -fmean(cost[system])
        sets.append((chrf, penalties, experts))
    return sets


def wmt(data: Path, build: Callable) -> list[tuple[str, list[Unit], Context]]:
    """All lines of every WMT23 zh-en system as units."""
    base = data / "wmt/wmt23.zh-en"

    def text(path: str) -> list[str]:
        with gzip.open(base / path, "rt", encoding="utf-8", newline="\n") as stream:
            return stream.read().removesuffix("\n").split("\n")

    documents = [line.split("\t")[1] for line in text("docs.tsv.gz")]
    reference = text("references/refA.en.txt.gz")
    made = []
    for path in sorted((base / "systems").glob("*.en.txt.gz")):
        name = path.name.removesuffix(".en.txt.gz")
        rows = zip(documents, text(f"systems/{path.name}"), ([r] for r in reference), strict=True)
        made.append((name, *build(rows)))
    return made


def ter(made: list[tuple[str, list[Unit], Context]]) -> Scores:
    """TER of every twentieth line, as less is better with the sign turned; all lines take ten minutes."""
    from sacrebleu.metrics.ter import TER

    scores = {}
    for name, units, _ in made:
        chosen = [(u.candidate.text, u.references[0].text) for u in units[::20] if u.candidate]
        scores[name] = -TER().corpus_score([c for c, _ in chosen], [[r for _, r in chosen]]).score
    return scores


def ranking(data: Path, lines: Callable, build: Callable, run: Callable, *, with_ter: bool = False) -> None:
    sets = biomqm(lines, build, run)
    accuracy = {w: fmean(agreement(combined(c, p, w), e)[0] for c, p, e in sets) for w in WEIGHTS}
    weight = max(WEIGHTS, key=lambda w: (accuracy[w], -w))
    print(f"biomqm, {len(sets)} pairs of languages, {sum(len(c) for c, _, _ in sets)} systems: mean pairwise accuracy")
    alone = fmean(agreement({n: -v for n, v in p.items()}, e)[0] for _, p, e in sets)
    print(f"  chrF {accuracy[0.0]:.3f}, penalty {alone:.3f}, chrF - {weight:g} x penalty {accuracy[weight]:.3f}")

    base = data / "wmt/wmt23.zh-en"
    with (base / "mt-metrics-eval/human.mqm.sys.score").open(encoding="utf-8") as stream:
        experts = {
            name: float(value) for name, value in (line.split() for line in stream) if not name.startswith("ref")
        }
    with (base / "oracle/corpus.tsv").open(encoding="utf-8") as stream:
        table = [r for r in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE) if r["refs"] == "refA"]
    scores = {m: {r["system"]: float(r["score"]) for r in table if r["metric"] == m} for m in ("BLEU", "chrF")}
    scores["WER"] = {r["system"]: -float(r["score"]) for r in table if r["metric"] == "WER"}
    made = wmt(data, build)
    if with_ter:
        scores["TER"] = ter(made)
    started, size = time.process_time(), 0
    penalties = {}
    for name, units, context in made:
        found = run(units, context)
        penalties[name] = penalty(units, found)
        size += len(units)
    spent = time.process_time() - started
    scores["penalty"] = {name: -value for name, value in penalties.items()}
    scores[f"chrF - {weight:g} x penalty"] = combined(scores["chrF"], penalties, weight)
    print(f"\nWMT23 zh-en, {len(experts)} systems, against expert MQM\n{'score':28}{'pairwise accuracy':>18}{'tau':>8}")
    for name, values in scores.items():
        right, tau, pairs = agreement({n: values[n] for n in experts}, experts)
        print(f"{name + (' (every twentieth line)' if name == 'TER' else ''):28}{right:18.3f}{tau:8.3f}")
    print(f"{pairs} pairs")
    print(f"\n{'system':18}{'MQM':>8}{'penalty per 1,000 words':>25}{'chrF':>8}")
    for name in sorted(experts, key=lambda n: -experts[n]):
        print(f"{name:18}{experts[name]:8.2f}{penalties[name]:25.1f}{scores['chrF'][name]:8.2f}")
    print(f"\n{size:,} segments through all default rules: {spent:.0f} s of one core")
