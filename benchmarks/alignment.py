"""The figures of docs/alignment.md: links, score parity, trust, calibration, cost.

Usage: EVALKIT_DATA=... python benchmarks/alignment.py [--every N] [PART ...], a PART being links, alone, domains,
languages, vecalign, errors, parity, rows, layouts, units, resegment, mweralign, trust, kinds, mixed, transcripts,
calibration or cost. Without an argument all. With --every N links, alone, domains, languages, vecalign and parity take
the first of each N documents of a set, and say so: `--every 8 links` (without `semantic`) takes 35 s of processor
time, `--every 24 parity` 17 s.
Rows with an embedding model need the extra `semantic` (and `sentweave`).
The coefficients were fitted on other documents (see _alignment_fit.py).
"""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from collections.abc import Callable, Iterator

import _alignment_cost
import _alignment_domains
import _alignment_errors
import _alignment_languages
import _alignment_layouts
import _alignment_parity
import _alignment_resegment
import _alignment_rows
import _alignment_transcripts
import _alignment_trust_kinds
import _alignment_units
from _alignment_baselines import BASELINES
from _alignment_data import LONGEST, Case, Edge, bible, deplain, groups_of, seeds, wmt
from _alignment_semantic import SEMANTIC, VECALIGN
from _alignment_trust import judged

from evalkit.plugins import Registry
from evalkit.records import Link

SYSTEMS = ("GPT4-5shot", "ONLINE-B", "NLLB_Greedy")
ALIGNER = Registry().make("aligner", "document")
Method = Callable[[Case], list[tuple[tuple[int, ...], tuple[int, ...]]]]


def sets() -> Iterator[tuple[str, list[Case]]]:
    """The measured sets; no document of DEPlain or the Bible here was fitted on."""
    yield "seeds", list(seeds())
    yield "WMT23 as it is", list(wmt("wmt23.zh-en", SYSTEMS, "refA", ""))
    for name, set_name, systems in (("WMT23", "wmt23.zh-en", SYSTEMS), ("WMT22", "wmt22.zh-en", ("Lan-Bridge",))):
        yield f"{name} perturbed", list(wmt(set_name, systems, "refA", "one", LONGEST))
        yield f"{name} thinned", list(wmt(set_name, systems, "refA", "thinned"))
        yield f"{name} perturbed harder", list(wmt(set_name, systems, "refA", "both"))
    yield "DEPlain", list(deplain(1))
    yield "Bible, 15 pairs", list(bible(1))


def aligned(case: Case) -> tuple[Link, ...]:
    """The document aligner's links."""
    return tuple(ALIGNER.align(case.candidate, case.reference))


def ours(case: Case) -> set[Edge]:
    """The edges of the document aligner's links."""
    return {(i, j) for link in aligned(case) for i in link.candidate for j in link.reference}


def links() -> None:
    """Precision, recall and F1 of edges; F1 of whole groups."""
    _compare(sets(), {"document": ours, **SEMANTIC, **BASELINES})


def alone() -> None:
    """The same without a model and without baselines, which takes a tenth of the time."""
    _compare(sets(), {"document": ours})


def domains() -> None:
    """The same in free texts, by domain."""
    _compare(_alignment_domains.sets(), {"document": ours})


def languages() -> None:
    """The same beyond English, perturbed and hard-wrapped."""
    _compare(_alignment_languages.sets(), {"document": ours})


def vecalign() -> None:
    """The same on fewer documents, beside another tool's aligner, which is slow."""
    few = [
        ("seeds", list(seeds())),
        ("WMT23 perturbed, one system", list(wmt("wmt23.zh-en", SYSTEMS[1:2], "refA", "one", LONGEST))),
        ("DEPlain, ten documents", list(deplain(1))[:10]),
    ]
    _compare(iter(few), {"document": ours, **SEMANTIC, **VECALIGN})


def _compare(measured: Iterator[tuple[str, list[Case]]], methods: dict[str, Callable[[Case], set[Edge]]]) -> None:
    print("\n| set | method | precision | recall | F1 | F1 of groups |\n|---|---|---|---|---|---|")
    for name, all_cases in measured:
        cases = all_cases[:: chosen.every]
        for method, find in methods.items():
            right = said = wanted = same = groups = parts = 0
            for case in cases:
                found = find(case) - case.ignore
                right, said, wanted = right + len(found & case.gold), said + len(found), wanted + len(case.gold)
                mine, gold = groups_of(found), groups_of(case.gold)
                same, groups, parts = same + len(mine & gold), groups + len(mine), parts + len(gold)
            print(
                f"| {name} | {method} | {right / said:.3f} | {right / wanted:.3f} | "
                f"{2 * right / (said + wanted):.3f} | {2 * same / (groups + parts):.3f} |"
            )


def errors() -> None:
    """What goes wrong on WMT23 perturbed, by cause."""
    print("\n| edges | count |\n|---|---|")
    cases = wmt("wmt23.zh-en", SYSTEMS, "refA", "one", LONGEST)
    for cause, count in sorted(_alignment_errors.causes(cases, ours).items()):
        print(f"| {cause} | {count} |")


def parity() -> None:
    """Difference of scores from the true lines."""
    print("\n| running text | method | metric | mean difference | largest | tau | tau, told apart |")
    print("|---|---|---|---|---|---|---|")
    for what, changes in (("as it is", ""), ("perturbed", "one"), ("perturbed harder", "both")):
        for method, figures in _alignment_parity.run(changes, _alignment_parity.systems(), chosen.every):
            for f in figures:
                scores = f"{f.mean:.2f} | {f.largest:.2f} | {f.tau:.3f} | {f.tau_apart:.3f}"
                print(f"| {what} | {method} | {f.metric} | {scores} |")


def trust() -> None:
    """Wrong pairs that pass, right pairs that are refused; apart, right pairs that hardly have a common part."""
    print("\n| documents | right pairs | refused | wrong pairs | accepted | set aside | of them refused |")
    print("|---|---|---|---|---|---|---|")
    counts: dict[str, list[int]] = {}
    for pair, verdict in judged(1):
        column = {True: 0, False: 2, None: 4}[pair.right]
        for group in (pair.group, "all"):
            row = counts.setdefault(group, [0] * 6)
            row[column] += 1
            row[column + 1] += verdict.trusted == (pair.right is False)
    for group, (right, refused, wrong, accepted, aside, aside_refused) in sorted(counts.items()):
        print(
            f"| {group} | {right} | {refused} ({refused / right:.1%}) | {wrong} | {accepted} ({accepted / wrong:.1%}) "
            f"| {aside} | {aside_refused} |"
        )


def rows() -> None:
    """Score parity where the reference states its rows."""
    print()
    _alignment_rows.table()


def layouts() -> None:
    """The same text in other layouts."""
    print()
    _alignment_layouts.table()


def units() -> None:
    """Scores by the length of what they are counted in."""
    print()
    _alignment_units.table()


def resegment() -> None:
    """One long stream cut to its lines again."""
    print()
    _alignment_resegment.table(theirs=False)


def mweralign() -> None:
    """The same by another program, where it is installed."""
    print()
    if shutil.which("mweralign"):
        _alignment_resegment.table(theirs=True)
    else:
        print("The program mweralign is not installed: its rows were left out.")


def kinds() -> None:
    """The same by kind of candidate and language."""
    print()
    _alignment_trust_kinds.table()


def mixed() -> None:
    """Documents of a set whose files were mixed up."""
    _alignment_trust_kinds.mixed()


def transcripts() -> None:
    """Transcripts against written references."""
    _alignment_transcripts.table()


def calibration() -> None:
    """Of the links given a confidence, the share that is right."""
    print("\n| confidence | links | mean confidence | share right |\n|---|---|---|---|")
    bins: list[list[tuple[float, float]]] = [[] for _ in range(6)]
    for _, cases in sets():
        for case in cases:
            for link in aligned(case):
                edges = {(i, j) for i in link.candidate for j in link.reference} - case.ignore
                if edges:
                    place = min(int(max(link.confidence - 0.4, 0) * 10), 5)
                    bins[place].append((link.confidence, len(edges & case.gold) / len(edges)))
    for number, found in enumerate(bins):
        if found:
            low = 0.4 + number / 10
            said, right = (sum(values) / len(found) for values in zip(*found, strict=True))
            print(f"| {low:.1f} to {low + 0.1:.1f} | {len(found)} | {said:.2f} | {right:.2f} |")


def cost() -> None:
    """Seconds and megabytes by length."""
    print("\n| sentences a side | time, one core | peak memory | F1 |\n|---|---|---|---|")
    for size in _alignment_cost.SIZES:
        print(_alignment_cost.measure(size))


PARTS = {
    part.__name__: part
    for part in (
        links,
        alone,
        domains,
        languages,
        vecalign,
        errors,
        parity,
        rows,
        layouts,
        units,
        resegment,
        mweralign,
        trust,
        kinds,
        mixed,
        transcripts,
        calibration,
        cost,
    )
}

if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[[], *PARTS])
    parser.add_argument("--every", type=int, default=1, metavar="N")
    chosen = parser.parse_args()
    if chosen.every > 1:
        print(f"\nThe first of every {chosen.every} documents:")
    for part in chosen.parts or PARTS:
        PARTS[part]()
