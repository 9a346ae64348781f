"""Holds the kernel against sacrebleu and jiwer on made-up texts, until the time is up or a row differs.

    python benchmarks/fuzz_kernel.py --seconds 600 --seed 1

One comparison is one segment under one set of options, all numbers of its row. Prints how many there were.
`--save FILE` also keeps the texts, one JSON line a segment, for `benchmarks/sanitize_kernel.sh`.
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

from evalkit.kernels import native
from evalkit.kernels.texts import streams_of
from evalkit.model import Passage, Segment, Unit
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


def unit(candidate: str, references: list[str]) -> Unit:
    """A unit as the pipeline makes it."""

    def passage(text: str) -> Passage:
        return Passage((Segment("s", "d", 0, len(text), text),), text, "")

    return Unit("u", "d", "1-1", 1.0, passage(candidate), tuple(map(passage, references)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="specs that start so, for example `bleu,ter`")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--segments", type=int, default=0, help="stop after so many segments, too")
    options = parser.parse_args()
    if not native.load():
        print("the kernel is not built, or switched off: nothing to compare")
        return 2
    rng = random.Random(options.seed)
    source = bundles(rng)
    scorers = {
        spec: Registry().make("scorer", spec) for spec in SPECS if spec.startswith(tuple(options.only.split(",")))
    }
    counts: Counter[str] = Counter()
    stream: TextIO | None = options.save.open("w") if options.save else None
    end = time.monotonic() + options.seconds
    made = 0
    while time.monotonic() < end and (not options.segments or made < options.segments):
        made += 100
        texts = [next(source) for _ in range(100)]
        if stream:
            stream.writelines(json.dumps([candidate, references]) + "\n" for candidate, references in texts)
        units = [unit(candidate, references) for candidate, references in texts]
        candidates, streams = [candidate for candidate, _ in texts], streams_of(units)
        for spec, scorer in scorers.items():
            ours, theirs = scorer.measure(units), scorer._by_library(candidates, streams)
            for text, row, expected in zip(texts, ours, theirs, strict=True):
                counts[spec] += 1
                if row != expected:
                    print(f"{spec}: seed {options.seed}, segment {counts[spec]}\n{text!r}\n{row}\n{expected}")
                    return 1
    if stream:
        stream.close()
    for spec, count in counts.items():
        print(f"{count:9,}  {spec}")
    print(f"{counts.total():9,}  comparisons, no difference (seed {options.seed})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
