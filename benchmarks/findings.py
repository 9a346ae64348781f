"""How good the detectors are on data they were not made from: `python benchmarks/findings.py JOB`.

`demetr`: labelled damage done to 492 English sentences; per kind the share in which any rule, and the right
rule, fires and the undamaged sentence has no such finding; the same for ids that were read while names were mended
and for those that were not (three above a multiple of four); below it the findings per clean sentence.
`mqm`: per rule the share of findings that overlap an error span of an expert. `ranking`: systems ordered by the
findings, as experts order them; `speed`. `words`: the rules that look words up. `sample`: findings to read.
`floor`: the noise floor, what is reported of second human translations beside systems.
`precision`: how often each kind of finding is right; writes the table that severities are derived from.
Data: the folder named by EVALKIT_DATA (see docs of the data sets there).
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from _findings_floor import floor
from _findings_precision import precision
from _findings_ranking import ranking, speed
from msgspec.structs import replace

from evalkit.language.consensus import is_shared
from evalkit.plugins import Registry
from evalkit.records import Context, Document, Finding, Passage, Renderings, Segment, Unit
from evalkit.run.rules import rules_of
from evalkit.text.lists import in_order

DATA = Path(os.environ.get("EVALKIT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
DETECTORS = in_order(
    "numbers names omission addition moved repetition casing punctuation whitespace character untranslated negation "
    "length-ratio"
)
# The rules that would be right for a kind of damage; kinds not listed are shown with any rule only.
RIGHT = {
    "numbers_replaced": "number-mismatch number-missing number-added date-mismatch date-malformed",
    "repeat2": "repetition", "repeat4": "repetition", "final_punc_removed": "punctuation-final",
    "full_lower": "casing", "first_lower": "casing", "codemix": "untranslated", "negation": "negation-mismatch",
    "shuffle_trans": "omission addition", "empty": "omission length-ratio", "tokenized": "whitespace",
    "punc_addition": "punctuation-unpaired punctuation-doubled punctuation-final character whitespace",
    "question": "punctuation-final", "misspelled": "spelling", "char_removed": "spelling",
    "addition": "addition", "noun_removed": "omission", "verb_removed": "omission",
    "ne_removed": "name-missing name-wrong omission", "ne_replaced": "name-wrong name-mistransliterated name-missing",
    "subj_removed": "omission", "adj_adv_removed": "omission", "pp_removed": "omission",
}  # fmt: skip
# Expert categories that say the same as a rule.
MATCHING = {
    "number-": ("accuracy/mistranslation", "accuracy/addition", "locale convention"),
    "date-": ("locale convention", "accuracy/mistranslation"),
    "omission": ("accuracy/omission",), "addition": ("accuracy/addition",),
    "untranslated": ("accuracy/source language fragment", "accuracy/mistranslation"),
    "repetition": ("accuracy/addition", "fluency", "style"), "negation": ("accuracy/mistranslation",),
    "length-ratio": ("accuracy/omission", "accuracy/addition"),
    "casing": ("fluency/spelling", "fluency/inconsistency"),
    "punctuation": ("fluency/punctuation",), "whitespace": ("fluency/punctuation", "fluency/spelling"),
    "name-": ("accuracy/mistranslation", "accuracy/omission", "terminology", "locale convention/name"),
    "character": ("fluency/character encoding", "fluency/punctuation"),
}  # fmt: skip


def lines(path: str) -> Iterator[dict]:
    with gzip.open(DATA / path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def build(pairs: Iterable[tuple[str, str, list[str]]]) -> tuple[list[Unit], Context]:
    """1-1 units and their context from (document, candidate, references) rows."""
    units: list[Unit] = []
    texts: dict[str, str] = defaultdict(str)
    numbers: Counter[str] = Counter()

    def passage(key: str, document: str, text: str, name: str) -> Passage:
        start = len(texts[key])
        texts[key] += text + "\n"
        segment = Segment(
            f"{document}:{numbers[document]}", document, start, start + len(text), text, "text", numbers[document]
        )
        return Passage((segment,), text, name)

    for document, candidate, references in pairs:
        numbers[document] += 1
        refs = tuple(passage(f"{i}|{document}", document, r, f"ref{i}") for i, r in enumerate(references))
        own = passage(f"c|{document}", document, candidate, "")
        units.append(Unit(f"{document}:{numbers[document]}", document, "1-1", 1.0, own, refs))
    documents = {d: Document(d, d, texts[f"c|{d}"], "") for d in numbers}
    count = max((len(u.references) for u in units), default=0)
    references = {f"ref{i}": {d: Document(d, d, texts[f"{i}|{d}"], "") for d in numbers} for i in range(count)}
    trusted = dict.fromkeys(documents, True)
    return units, Context("system", "en", "translation", documents, references, trusted=trusted)


RULES = rules_of(Registry().make("detector", name) for name in DETECTORS)


def run(
    units: list[Unit], context: Context, seconds: Counter[str] | None = None, detectors: Iterable[str] = DETECTORS
) -> list[Finding]:
    registry = Registry()
    found: list[Finding] = []
    for name in detectors:
        before = time.process_time()
        found += registry.make("detector", name).find(units, context)
        if seconds is not None:
            seconds[name] += time.process_time() - before
    return found


def rules_by_unit(findings: Iterable[Finding]) -> dict[str, Counter[str]]:
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for item in findings:
        table[item.unit][item.rule] += 1
    return table


def demetr(detectors: Iterable[str] = DETECTORS, only: str = "") -> None:
    sentences = {row["id"]: row for row in lines("demetr/sentences.jsonl.gz")}
    # As users run it: one file of many lines that have nothing to do with one another.
    undamaged = build(("all", s["mt"], [s["reference"]]) for s in sentences.values())
    by_line = rules_by_unit(run(*undamaged, detectors=detectors))
    clean = {i: by_line[f"all:{number}"] for number, i in enumerate(sentences, 1)}
    kinds: dict[str, list[dict]] = defaultdict(list)
    for row in lines("demetr/perturbations.jsonl.gz"):
        if any(word in row["pert"] for word in only.split() or [""]):
            kinds[row["pert"]].append(row)
    print(f"{'damage':30} {'n':>4} {'any rule':>9} {'right':>6} {'read':>5} {'blind':>5}  rules (new findings)")
    for kind in sorted(kinds, key=lambda k: (k.split("_")[0], k)):
        rows = [r for r in kinds[kind] if r["perturbed"] != sentences[r["id"]]["mt"]]
        damaged = rules_by_unit(
            run(
                *build(("all", r["perturbed"], [sentences[r["id"]]["reference"]]) for r in rows),
                detectors=detectors,
            )
        )
        right = next(
            (set(v.split()) for k, v in RIGHT.items() if kind.partition("id")[2].partition("_")[2] == k), set()
        )
        new = {r["id"]: damaged[f"all:{number}"] - clean[r["id"]] for number, r in enumerate(rows, 1)}
        hits = [i for i, found in new.items() if set(found) & right]
        parts = [sum(blind(i) == h for i in hits) / max(1, sum(blind(i) == h for i in new)) for h in (False, True)]
        common = Counter(rule for found in new.values() for rule in found).most_common(3)
        shown = ", ".join(f"{r} {n}" for r, n in common)
        shares = f"{sum(map(bool, new.values())) / len(rows):9.1%}"
        if right:
            shares += f" {len(hits) / len(rows):6.1%}" + "".join(f" {share:5.0%}" for share in parts)
        else:
            shares += f" {'-':>6} {'-':>5} {'-':>5}"
        print(f"{kind:30} {len(rows):4} {shares}  {shown}")
    totals = sum(clean.values(), Counter())
    print(f"\nclean sentences {len(sentences)}, findings per sentence {sum(totals.values()) / len(sentences):.3f}")
    for rule, count in totals.most_common():
        print(f"  {rule:22} {count:4}  {count / len(sentences):.3f}")


def blind(number: int) -> bool:
    """Ids of which no sentence was read while names were mended."""
    return number % 4 == 3


def words() -> None:
    """What the vocabulary of the extra `words` brings, for the damage it is meant for."""
    print("untranslated(vocabulary=yes) and spelling, nothing else")
    demetr(("untranslated(vocabulary=yes)", "spelling"), "codemix misspelled char_removed")


def systems() -> Iterator[tuple[str, list[Unit], Context, Renderings, dict[str, list[dict]]]]:
    """Each rated system with its units, what the others wrote there, and the expert errors by unit id."""
    segments = {row["seg"]: row for row in lines("mqm/wmt23.zh-en.segments.jsonl.gz")}
    rows: dict[str, dict[int, dict]] = defaultdict(dict)
    for row in lines("mqm/wmt23.zh-en.annotations.jsonl.gz"):
        if not row["system"].startswith("ref"):
            rows[row["system"]].setdefault(row["seg"], row)
    written: dict[int, dict[str, str]] = defaultdict(dict)
    for system, by_segment in rows.items():
        for number, row in by_segment.items():
            written[number][system] = row["hyp"]
    for system in sorted(rows):
        ordered = sorted(rows[system])
        units, context = build(
            (segments[i]["doc"], rows[system][i]["hyp"], list(segments[i]["refs"].values())[:1]
             if isinstance(segments[i]["refs"], dict) else segments[i]["refs"][:1]) for i in ordered
        )  # fmt: skip
        keys = [("ref0", u.references[0].segments[0].id) for u in units]
        shared = {key: written[i] for key, i in zip(keys, ordered, strict=True)}
        errors = {u.id: rows[system][i]["errors"] for u, i in zip(units, ordered, strict=True)}
        yield system, units, replace(context, system=system), shared, errors


def hits(item: Finding, unit: Unit, errors: Iterable[dict]) -> tuple[bool, bool]:
    """Whether a finding meets an expert span, and one of a matching category.

    A finding in the reference has no place in the candidate: it meets errors of the unit that are marked on
    the source or as a mistranslation.
    """
    spans = [e for e in errors if e["start"] is not None]
    kinds = next((v for k, v in MATCHING.items() if item.rule.startswith(k)), ())
    if item.side == "candidate" and unit.candidate:
        a, b = item.start - unit.candidate.start, item.end - unit.candidate.start
        hit = [e for e in spans if e["side"] == "target" and e["start"] < b + 1 and a - 1 < e["end"]]
    else:
        hit = [e for e in spans if e["side"] == "source" or e["category"].startswith("accuracy/mistrans")]
    return bool(hit), bool(kinds) and any(e["category"].startswith(kinds) for e in hit)


def chance(item: Finding, unit: Unit, errors: Iterable[dict]) -> bool:
    """Whether the same finding would have met an expert span in a unit drawn at random."""
    if item.side != "candidate" or not unit.candidate:
        return hits(item, unit, errors)[0]
    size = item.end - item.start
    at = zlib.crc32(item.text.encode()) % max(1, len(unit.candidate.text) - size)
    start = unit.candidate.start + at
    return hits(replace(item, start=start, end=start + size), unit, errors)[0]


def mqm() -> None:
    """Precision by rule, each system by itself and with the other systems' word, by halves of the documents."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    seconds: Counter[str] = Counter()
    size = flawed = 0
    draw = random.Random(1)
    for system, units, context, shared, errors in systems():
        by_id = {u.id: u for u in units}
        size += len(units)
        flawed += sum(
            any(e["side"] == "source" or e["category"].startswith("accuracy/mistrans") for e in errors[u.id])
            for u in units
        )
        alone = run(units, context, seconds)
        together = [f for f in alone if not is_shared(f, RULES[f.rule], by_id[f.unit], system, shared)]
        for how, found in (("alone", alone), ("together", together)):
            for item in found:
                any_span, same = hits(item, by_id[item.unit], errors[item.unit])
                for key in ((how, item.rule), (f"{how} {half(item.document)}", "all"), (how, "all")):
                    counts[key].update(n=1, any=any_span, same=same)
                if how == "alone":
                    other = draw.choice(units)
                    counts["chance", item.rule].update(any=chance(item, other, errors[other.id]))
    print(f"{size} rated segments; {flawed / size:.1%} have an error marked as mistranslation or on the source")
    print(f"{'':24} {'each system by itself':^36}   {'in a run of all 15':^27}")
    print(f"{'rule':24} {'findings':>8} {'any span':>9} {'by chance':>9} {'same kind':>9}  "
          f"{'findings':>8} {'any span':>9} {'same kind':>9}")  # fmt: skip
    for rule in sorted({r for how, r in counts if how == "alone"}, key=lambda r: -counts["alone", r]["n"]):
        one, all_ = counts["alone", rule], counts["together", rule]
        random_ = f"{counts['chance', rule]['any'] / one['n']:9.1%}" if rule != "all" else f"{'':>9}"
        shares = f"{one['any'] / one['n']:9.1%} {random_} {one['same'] / one['n']:9.1%}"
        total = all_["n"] or 1
        print(f"{rule:24} {one['n']:8} {shares}  {all_['n']:8} {all_['any'] / total:9.1%} {all_['same'] / total:9.1%}")
    for key in sorted(k for k in counts if k[0].endswith(("first", "second"))):
        c = counts[key]
        print(f"{key[0]} half of the documents: {c['n']} findings, any span {c['any'] / c['n']:.1%}, "
              f"same kind {c['same'] / c['n']:.1%}")  # fmt: skip
    told = ", ".join(f"{name} {s:.1f}" for name, s in seconds.most_common())
    print(f"seconds: {told}", file=sys.stderr)  # not in the table: no two runs agree


def half(document: str) -> str:
    """The half a document belongs to, by a checksum of its id: rules were mended on the first only."""
    return ("first", "second")[zlib.crc32(document.encode()) % 2]


def sample(only: str = "", number: int = 100, seed: int = 2) -> None:
    """Findings to read, as Markdown: `sample [RULE] [COUNT] [SEED]`, drawn from a run of all systems."""
    items = []
    for system, units, context, shared, _ in systems():
        by_id = {u.id: u for u in units}
        found = [f for f in run(units, context) if not is_shared(f, RULES[f.rule], by_id[f.unit], system, shared)]
        items += [(system, f, by_id[f.unit]) for f in found if f.rule.startswith(only)]
    random.Random(seed).shuffle(items)
    print(f"{min(number, len(items))} of {len(items)} findings in WMT23 zh-en, 15 systems run together\n")
    for order, (system, item, unit) in enumerate(items[:number], 1):
        passage = unit.candidate if item.side == "candidate" else unit.references[0]
        at, end = item.start - passage.start, item.end - passage.start
        marked = f"{passage.text[:at]}**[{passage.text[at:end]}]**{passage.text[end:]}"
        mine, theirs = (marked, unit.references[0].text) if item.side == "candidate" else (unit.candidate.text, marked)
        print(f"## {order}. `{item.rule}` {item.severity} ({system}, {item.document})\n")
        print(f"{item.message}\n\n- candidate: {mine}\n- reference: {theirs}\n- verdict:\n")


if __name__ == "__main__":
    job = sys.argv[1] if len(sys.argv) > 1 else "demetr"
    if job == "floor":
        floor(DATA, *sys.argv[2:3])
    elif job == "precision":
        precision(DATA, lines, *sys.argv[2:3])
    elif job == "ranking":
        ranking(lines)
    elif job == "speed":
        speed(DATA, build, run)
    elif job == "sample":
        sample(*sys.argv[2:3], *map(int, sys.argv[3:5]))
    else:
        {"demetr": demetr, "mqm": mqm, "words": words}[job]()
