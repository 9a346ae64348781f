"""Holds the kernel against sacrebleu and jiwer on made-up texts, until the time is up or a number differs.

    python benchmarks/fuzz_kernel.py --seconds 600 --seed 1

Each batch of segments is counted under one set of options, drawn anew (seldom TER, which takes sacrebleu longest), on
one to three threads, and the scores of some of its rows are computed; `--all` takes all sets of options. Prints the
segments, and the rows and scores compared. `--save FILE` keeps the texts instead, one JSON line a segment, for
`benchmarks/sanitize_kernel.sh`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from evalkit.kernel import native
from evalkit.plugins import Registry

SPECS = [
    "bleu", "bleu(tokenize=none)", "bleu(tokenize=char, lowercase=yes)", "bleu(tokenize=zh)", "bleu(tokenize=intl)",
    "bleu(max_ngram_order=7, tokenize=intl, lowercase=yes)", "bleu(max_ngram_order=1)",
    "chrf", "chrf++", "chrf(whitespace=yes, lowercase=yes)", "chrf++(eps_smoothing=yes, beta=3)",
    "chrf(char_order=9, word_order=1)", "chrf(char_order=0, word_order=3, beta=0)", "chrf(char_order=1)",
    "ter", "ter(normalized=yes)", "ter(no_punct=yes, asian_support=yes)", "ter(case_sensitive=yes)",
    "ter(normalized=yes, asian_support=yes, no_punct=yes, case_sensitive=yes)",
    "wer", "cer", "mer(lowercase=yes)", "wil",
]  # fmt: skip
# Characters that some rule treats in its own way, or whose lower case or encoding is peculiar.
ODD = (
    list(".,-'\"&;:!?()[]{}<>/\\|~`^$+=*#%@_0123456789aAzZ \t\n\r\x00\x0b\x0c\x1c\x1d\x1e\x1f\x7f\x80\x85\xa0\xad")
    + list("ßİıΣςσǅﬁéÉñ½²٣Ⅷ٪、。，．！？（）「」・ｱア漢字汉上海한국ʼ’“”‘–—…‰€£×÷©™→∑𝟘𝒜😀👩🏽‍🚀🇩🇪")
    + list("\u0301\u0323\u0345\u1680\u180e\u2000\u2001\u2009\u200a\u200b\u200d\u2028\u2029\u202f\u205f\u2060\u2a6d")
    + list("\u2a6e\u2f81\u2fa1\u3000\u3400\u4db5\u4db6\u9fbb\u9fbc\ufa2d\ufeff\uff00\uffef\ufff0\ufffd\uffff")
    + ["\U00010000", "\U0001f1e6", "\U00020000", "\U0010ffff", "\u07ff", "\u0800"]
    + ["&quot;", "&amp;", "&lt;", "&gt;", "&amp;lt;", "<skipped>", "<skip<skipped>ped>", "-\n", "\n-", "'s ", "1,000.5"]
)
WORDS = [
    "the", "The", "a", "of", "cat", "sat", "mat.", "(well)", "no-one", "3.5%", "1,000", "5-year", "U.S.", "don't",
    "x's", "“so”", "上海", "合作。", ",", ".", "--", "…", "e.g.,", "A&amp;B", "ÉTÉ", "été", "Σίσυφος", "\"q\"", "a\tb",
]  # fmt: skip


def word_text(rng: random.Random, most: int, words: list[str]) -> str:
    """Words with mostly single blanks between them."""
    blank = rng.choice([" "] * 8 + ["  ", "\t", "\u3000", "\u00a0"])
    return blank.join(rng.choice(words) for _ in range(rng.randint(0, most)))


def odd_text(rng: random.Random, most: int) -> str:
    """Characters that some rule treats in its own way."""
    return "".join(rng.choice(ODD) for _ in range(rng.randint(0, most)))


def any_text(rng: random.Random, most: int) -> str:
    """Code points of all planes, unassigned ones too, but no surrogates."""
    top = rng.choice([0x80, 0x100, 0x3000, 0xD7FF, 0x10FFFF])
    points = (rng.randint(0, top) for _ in range(rng.randint(0, most)))
    return "".join(chr(p) for p in points if not 0xD800 <= p < 0xE000)


def numbered(rng: random.Random, most: int) -> str:
    """Words of a small alphabet: many repeats, so that shifts and ties happen."""
    kinds = rng.choice([1, 2, 3, 5, 10, 40])
    return " ".join(f"w{rng.randrange(kinds)}" for _ in range(rng.randint(0, most)))


def changed(rng: random.Random, text: str, steps: int) -> str:
    """A text like this one: runs of words moved, dropped, doubled, put in, characters changed."""
    words = text.split(" ")
    for _ in range(rng.randint(0, steps)):
        i, size = rng.randint(0, len(words)), rng.choice([1, 1, 2, 3, 5, 12])
        run = words[i : i + size]
        match rng.randrange(5):
            case 0:
                del words[i : i + size]
                j = rng.randint(0, len(words))
                words[j:j] = run
            case 1:
                del words[i : i + size]
            case 2:
                words[i:i] = run
            case 3:
                words[i:i] = [rng.choice([*WORDS, *words[:50]])]
            case _ if run:
                cut = rng.randint(0, len(run[0]))
                words[i] = run[0][:cut] + rng.choice(ODD) + run[0][cut + rng.randint(0, 1) :]
            case _:
                pass
    return " ".join(words)


def bundles(rng: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Candidates with up to four references (none stands for an addition), without end."""
    makers: list[Callable[[], str]] = [
        lambda: word_text(rng, 14, WORDS),
        lambda: word_text(rng, 40, WORDS),
        lambda: odd_text(rng, 25),
        lambda: any_text(rng, 30),
        lambda: numbered(rng, 30),
        lambda: numbered(rng, rng.choice([30, 30, 30, 70, 130])),
    ]
    while True:
        make = rng.choice(makers)
        first = make()
        references = [first]
        for _ in range(rng.choice([0, 0, 0, 0, 1, 2, 3])):
            references.append(changed(rng, first, 4) if rng.random() < 0.7 else make())
        candidate = changed(rng, first, rng.choice([1, 3, 8, 20])) if rng.random() < 0.8 else make()
        if rng.random() < 0.03:
            references = [] if rng.random() < 0.5 else ["", *references[1:]]
        if rng.random() < 0.03:  # far shorter than the reference: TER's beam is wider there
            candidate = " ".join(rng.sample(candidate.split(" "), k=1) * rng.randint(1, 3))
        if rng.random() < 0.005:
            candidate += chr(rng.randint(0xD800, 0xDFFF))
        yield candidate, references


BATCH = 250
# Rows of a batch whose scores are compared, too.
SCORED = 50
TER_LINES = 30
# How often the metrics are drawn, by the start of their specs.
WEIGHTS = {"bleu": 6, "chrf": 5, "ter": 0.4, "wer": 2, "cer": 2, "mer": 1, "wil": 1}


def drawn(rng: random.Random) -> str:
    """One set of options."""
    (metric,) = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))
    return rng.choice([spec for spec in SPECS if spec.startswith(metric)])


def streams(references: list[list[str]]) -> list[list[str | None]]:
    """References by stream."""
    most = max(1, *map(len, references))
    return [[texts[i] if i < len(texts) else None for texts in references] for i in range(most)]


def differences(
    spec: str, candidates: list[str], references: list[list[str]], jobs: int, scored: int = SCORED
) -> Iterator[tuple[int, str, object, object]]:
    """What differs: segment, what it is, the kernel's and the library's."""
    scorer = Registry().make("scorer", spec)
    side = streams(references)
    # Between two other systems, so that what one leaves behind would show in the next.
    _, table, _ = scorer.measure_texts([candidates[::-1], candidates, candidates[::-1]], side, jobs)
    rows = scorer._by_library(candidates, streams([texts or [""] for texts in references]))
    for i, (row, expected) in enumerate(zip(table, rows, strict=True)):
        if row != expected:
            yield i, "row", row, expected
    for is_segment, scores in ((False, scorer.values(table)), (True, scorer.segments(table))):
        for i, (score, row) in enumerate(zip(scores, rows[:scored], strict=False)):
            if score != (expected := scorer._value_by_library(row, is_segment)):
                yield i, "segment score" if is_segment else "score", score, expected


def real_texts() -> int:
    """All lines of all WMT23 systems under all sets of options; under TER's, some lines of each system."""
    from _scoring_engines import load

    systems, reference = load()
    rows = 0
    for spec in SPECS:
        for system in systems:
            part = slice(0, TER_LINES if spec.startswith("ter") else None)
            texts = [[text] for text in reference[part]]
            rows += len(texts)
            for position, what, ours, theirs in differences(spec, system[part], texts, 1, len(texts)):
                print(f"{spec}: {what} of line {position}\n{system[position]!r}\n{ours}\n{theirs}")
                return 1
    print(f"WMT23 zh-en: {rows:,} rows and {2 * rows:,} scores, no difference")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="all sets of options on every segment")
    parser.add_argument("--save", type=Path, help="keep the texts and compare nothing")
    parser.add_argument("--segments", type=int, default=0, help="stop after so many segments, too")
    parser.add_argument("--wmt", action="store_true", help="the lines of WMT23 zh-en under all sets of options instead")
    options = parser.parse_args()
    if not native.load():
        print("the kernel is not built, or switched off: nothing to compare")
        return 2
    if options.wmt:
        return real_texts()
    rng = random.Random(options.seed)
    source = bundles(rng)
    rows: Counter[str] = Counter()
    made, end = 0, time.monotonic() + options.seconds
    stream: TextIO | None = options.save.open("w") if options.save else None
    while time.monotonic() < end and (not options.segments or made < options.segments):
        texts = [next(source) for _ in range(BATCH)]
        made += BATCH
        if stream:
            stream.writelines(json.dumps(text) + "\n" for text in texts)
            continue
        candidates, references = [list(side) for side in zip(*texts, strict=True)]
        jobs = rng.randint(1, 3)
        for spec in SPECS if options.all else [drawn(rng)]:
            rows[spec] += BATCH
            for position, what, ours, theirs in differences(spec, candidates, references, jobs):
                print(
                    f"{spec}: seed {options.seed}, batch {made // BATCH}, {what}\n{texts[position]!r}\n{ours}\n{theirs}"
                )
                return 1
    if stream:
        stream.close()
        return 0
    for spec, count in rows.items():
        print(f"{count:11,} rows  {spec}")
    compared = rows.total()
    scores = 2 * SCORED * compared // BATCH
    print(f"seed {options.seed}: {made:,} segments, {compared:,} rows and {scores:,} scores, no difference")
    return 0


if __name__ == "__main__":
    sys.exit(main())
