"""Whether findings rank systems as experts do, beside the standard metrics.

WMT23 zh-en, all lines of 15 systems: expert MQM against the penalty of the findings, BLEU, chrF, TER, WER. The
combined score is chrF and penalty, each less its mean and divided by its deviation over the systems
compared; the penalty's weight is the one whose scores correlate best (Pearson) with the experts' on biomqm
(de, es, fr into English). No weight is tuned on WMT23.
"""

from __future__ import annotations

import gzip
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from statistics import correlation, fmean, pstdev

from evalkit.kernel.batches import measure_all
from evalkit.language.consensus import is_shared
from evalkit.plugins import Registry
from evalkit.records import SEVERITY_WEIGHTS, Context, Finding, Unit
from evalkit.run.one_per_place import one_per_place
from evalkit.run.precision import weighed
from evalkit.run.rules import rules_of
from evalkit.text.words import count_words

_REGISTRY = Registry()
RULES = rules_of(_REGISTRY.make("detector", name) for name in _REGISTRY.names("detector"))
WEIGHTS = [i / 20 for i in range(41)]
EXPERT = {"critical": 25.0, "major": 5.0, "minor": 1.0, "neutral": 0.0}

Scores = dict[str, float]


def penalty(units: Sequence[Unit], found: Sequence[Finding]) -> float:
    """Severity weights per 1,000 words of the candidate, as the result's `penalty_per_1000_words`."""
    words = sum(count_words(u.candidate.text) for u in units if u.candidate)
    documents = list(dict.fromkeys(unit.document for unit in units))
    standing = [weighed(f, RULES[f.rule], "en") for f in one_per_place(found, RULES, documents)]
    return 1000 * sum(SEVERITY_WEIGHTS[f.severity] for f in standing) / max(words, 1)


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


METRICS = {"BLEU": "bleu", "BLEU of characters": "bleu(tokenize=char)", "chrF": "chrf", "TER": "ter", "WER": "wer"}
Systems = Sequence[tuple[str, list[Unit], Context]]


def metric(name: str, made: Systems) -> Scores:
    """The corpus score of each system, the sign turned where less is better."""
    scorer = Registry().make("scorer", METRICS[name])
    sign = 1 if scorer.better == "higher" else -1
    found = {}
    for system, units, _ in made:
        texts, references = zip(*((u.candidate.text, u.references[0].text) for u in units if u.candidate), strict=True)
        found[system] = sign * scorer.value(measure_all(scorer, [texts], [references])[0].total())
    return found


def penalties(made: Systems, run: Callable) -> Scores:
    """The penalty of each system in a run of them all."""
    written: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for name, units, _ in made:
        for unit in units:
            written["ref0", unit.references[0].segments[0].id][name] = unit.candidate.text if unit.candidate else ""
    found = {}
    for name, units, context in made:
        by_id = {u.id: u for u in units}
        kept = [f for f in run(units, context) if not is_shared(f, RULES[f.rule], by_id[f.unit], name, written)]
        found[name] = penalty(units, kept)
    return found


def whole_lines(rows: dict[tuple[str, int], dict]) -> set[tuple[str, int]]:
    """The places whose line stands under no other segment: of the set's lines a part carries another segment's text."""
    under: dict[str, set[str]] = defaultdict(set)
    for row in rows.values():
        under[row["hyp"]].add(next(iter(row["refs"].values())))
    return {place for place, row in rows.items() if len(under[row["hyp"]]) == 1}


def biomqm(lines: Callable, build: Callable, run: Callable) -> list[tuple[Scores, Scores, Scores]]:
    """Per language pair: chrF, penalty and expert score (mean weight of errors, negative) by system."""
    sets = []
    for pair in ("de2en", "es2en", "fr2en"):
        rows: dict[str, dict[tuple[str, int], dict]] = defaultdict(dict)
        cost: dict[str, list[tuple[tuple[str, int], float]]] = defaultdict(list)
        for row in lines(f"biomqm/{pair}.jsonl.gz"):
            refs = list(row["refs"].values())
            if refs and row["hyp"] and not row["system"].lower().startswith(("ref", "human")):
                place = row["doc"], row["seg"]
                rows[row["system"]].setdefault(place, {**row, "reference": refs[0]})
                price = sum(EXPERT.get(e["severity"].lower(), 1.0) for e in row["errors"])
                cost[row["system"]].append((place, price))
        sound = {system: whole_lines(by_place) for system, by_place in rows.items()}
        left_out = sum(len(by_place) - len(sound[system]) for system, by_place in rows.items())
        print(f"{pair}: {left_out} of {sum(map(len, rows.values()))} lines stand under several segments: left out")
        made = []
        for system, by_place in sorted(rows.items()):
            chosen = [by_place[key] for key in sorted(by_place) if key in sound[system]]
            made.append((system, *build((r["doc"], r["hyp"], [r["reference"]]) for r in chosen)))
        sets.append(
            (
                metric("chrF", made),
                penalties(made, run),
                {name: -fmean(p for place, p in cost[name] if place in sound[name]) for name in rows},
            )
        )
    return sets


def pearson(ours: Scores, experts: Scores) -> float:
    return correlation([ours[n] for n in sorted(ours)], [experts[n] for n in sorted(ours)])


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


def ranking(data: Path, lines: Callable, build: Callable, run: Callable) -> None:
    sets = biomqm(lines, build, run)
    fits = {w: fmean(pearson(combined(c, p, w), e) for c, p, e in sets) for w in WEIGHTS}
    weight = max(WEIGHTS, key=lambda w: (fits[w], -w))
    print(f"biomqm, {len(sets)} pairs of languages, {sum(len(c) for c, _, _ in sets)} systems: mean over the pairs")
    print(f"{'score':28}{'pairwise accuracy':>18}{'Pearson':>9}")
    for title, chosen in (
        ("chrF", [(c, e) for c, _, e in sets]),
        ("penalty", [({n: -v for n, v in p.items()}, e) for _, p, e in sets]),
        (f"chrF - {weight:g} x penalty", [(combined(c, p, weight), e) for c, p, e in sets]),
    ):
        accuracy, fit = (fmean(f(o, e) for o, e in chosen) for f in (lambda o, e: agreement(o, e)[0], pearson))
        print(f"{title:28}{accuracy:18.3f}{fit:9.3f}")

    with (data / "wmt/wmt23.zh-en/mt-metrics-eval/human.mqm.sys.score").open(encoding="utf-8") as stream:
        rows = (line.split() for line in stream)
        experts = {name: float(value) for name, value in rows if not name.startswith("ref")}
    made = wmt(data, build)
    scores = {name: metric(name, made) for name in METRICS}
    cost = penalties(made, run)
    scores["penalty"] = {name: -value for name, value in cost.items()}
    scores[f"chrF - {weight:g} x penalty"] = combined(scores["chrF"], cost, weight)
    print(f"\nWMT23 zh-en, {len(experts)} systems, against expert MQM")
    print(f"{'score':28}{'pairwise accuracy':>18}{'tau':>8}{'Pearson':>9}")
    for name, values in scores.items():
        right, tau, pairs = agreement({n: values[n] for n in experts}, experts)
        print(f"{name:28}{right:18.3f}{tau:8.3f}{pearson(values, experts):9.3f}")
    print(f"{pairs} pairs")
    print(f"\n{'system':18}{'MQM':>8}{'penalty per 1,000 words':>25}{'chrF':>8}")
    for name in sorted(experts, key=lambda n: -experts[n]):
        print(f"{name:18}{experts[name]:8.2f}{cost[name]:25.1f}{scores['chrF'][name]:8.2f}")


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
