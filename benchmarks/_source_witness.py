"""Which of two spellings of a name the source bears out: a part of benchmarks/source.py."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from benchmarks._source_names import NAME, WAYS, slip
from benchmarks.source import DATA, halves, lines
from evalkit.language.dictionaries import is_known
from evalkit.language.licence_names import named
from evalkit.language.native_names import name_renders_better

_INTO_ENGLISH = {
    "rus": "ru", "ukr": "uk", "bul": "bg", "srp-Cyrl": "sr", "bel": "be", "kaz": "kk", "ell": "el", "arb": "ar",
    "fas": "fa", "urd": "ur", "heb": "he", "jpn": "ja", "kor": "ko", "hin": "hi", "mar": "mr", "ben": "bn",
    "guj": "gu", "tam": "ta", "tel": "te", "kan": "kn", "kat": "ka", "hye": "hy", "amh": "am", "zho-CN": "zh",
}  # fmt: skip


def witness(wanted: Sequence[str]) -> None:
    """Of each name of the English text and of the same with one slip within, which one the source is said to have."""
    folder = DATA / "ntrex"
    english = lines(folder / "source.eng.txt.gz")
    for half, chosen in halves(folder).items():
        print(f"{half}\n{'':6}{'names':>7}{'the right one':>16}{'neither':>10}{'the wrong one':>16}")
        total: Counter[bool | None] = Counter()
        for name, lang in _INTO_ENGLISH.items():
            if wanted and lang not in wanted:
                continue
            there = lines(folder / f"{name}.txt.gz")
            rng, counts = random.Random(lang), Counter[bool | None]()
            for line in chosen:
                for number, match in enumerate(NAME.finditer(english[line])):
                    word = match.group()
                    wrong = slip(word, WAYS[number % len(WAYS)], rng)
                    if wrong != word and not (is_known(word, "en") or is_known(word.lower(), "en")):
                        counts[_borne_out(word, wrong, there[line], lang)] += 1
            total.update(counts)
            print(_row(lang, counts), flush=True)
        print(_row("all", total))


def _borne_out(word: str, wrong: str, source: str, lang: str) -> bool | None:
    """True for the first of two spellings, False for the second, as a difference from a reference is judged."""
    better = name_renders_better(word, wrong, source)
    if better is not None:
        return better
    if named(word, "en", source, lang, (wrong,)):
        return True
    return False if named(wrong, "en", source, lang, (word,)) else None


def _row(label: str, counts: Counter[bool | None]) -> str:
    of = max(1, counts.total())
    right, neither, wrong = (counts[said] / of for said in (True, None, False))
    return f"{label:6}{counts.total():>7}{right:>16.0%}{neither:>10.0%}{wrong:>16.1%}"
