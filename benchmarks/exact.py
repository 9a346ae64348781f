"""The exact checks: how often they say something of human translations, and how many planted losses they find.

    PYTHONPATH=. python benchmarks/exact.py

NTREX-128 (English into 128 languages, professional translations): every line is right, so what is said is noise.
Planted: a placeholder, a tag, an address or a code is put into source and translation, and taken out of or changed
in the translation again.
"""

from __future__ import annotations

import gzip
import os
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evalkit.detectors.exact import ExactDetector
from evalkit.records import Context, Finding
from evalkit.testing import context_of, units_of

DATA = Path(os.environ.get("EVALKIT_DATA", "../shared/data"))
PLANTED = {
    "placeholder": (["{name}", "%s", "{0}", "${user}", "%1$d", "{{count}}"], ["{nombre}", "", "{1}", "", "%2$d", ""]),
    "tag": (["<b>x</b>", "<br/>", "&nbsp;", '<a href="u">x</a>'], ["<b>x", "", "", "x"]),
    "url": (["https://example.org/path?q=1", "info@example.org"], ["https://example.org/pfad?q=1", ""]),
    "code": (["CD133", "A380", "SARS-CoV-2", "ISO-8859-1"], ["CD113", "", "SARS-CoV", ""]),
}


def lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [line.strip() or "-" for line in stream]


def found(source: Sequence[str], target: Sequence[str], lang: str) -> list[Finding]:
    context: Context = context_of(target, lang=lang, source_lang="en")
    return list(ExactDetector().find(units_of(target, (), source), context))


def noise(source: Sequence[str]) -> None:
    rules: Counter[str] = Counter()
    loud: list[tuple[float, str]] = []
    total = 0
    for path in sorted((DATA / "ntrex").glob("*.txt.gz")):
        name = path.name.partition(".")[0]
        if name == "source" or name.startswith("eng"):
            continue
        target = lines(path)
        said = [f for f in found(source, target, "xx") if f.severity != "neutral"]
        rules.update(f.rule for f in said)
        total += len(target)
        loud.append((1000 * len(said) / len(target), name))
    loud.sort(reverse=True)
    print(f"NTREX, {len(loud)} languages, {total:,} lines: {1000 * rules.total() / total:.2f} findings per 1,000 lines")
    for rule, count in rules.most_common():
        print(f"  {rule:20} {1000 * count / total:.2f}")
    print("  loudest: " + ", ".join(f"{name} {rate:.1f}" for rate, name in loud[:6]))


def planted(source: Sequence[str], target: Sequence[str]) -> None:
    rng = random.Random(1)
    for rule, (right, wrong) in PLANTED.items():
        hits = 0
        for number in range(200):
            kind = number % len(right)
            line = rng.randrange(len(source))
            texts = [f"{text} {thing}." for text, thing in ((source[line], right[kind]), (target[line], wrong[kind]))]
            hits += any(f.rule == rule for f in found(texts[:1], texts[1:], "de"))
        print(f"planted {rule:12} found {hits / 200:.0%}")


def main() -> None:
    source, german = lines(DATA / "ntrex/source.eng.txt.gz"), lines(DATA / "ntrex/deu.txt.gz")
    noise(source)
    planted(source, german)
    many = 30_000 // len(source) + 1
    started = time.process_time()
    found([f"{n} {s}" for n in range(many) for s in source], [f"{n} {t}" for n in range(many) for t in german], "de")
    print(f"{many * len(source):,} segments: {time.process_time() - started:.1f} s of processor time")


if __name__ == "__main__":
    main()
