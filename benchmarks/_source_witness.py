"""Which of two spellings of a name the source bears out: a part of benchmarks/source.py."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from benchmarks._source_names import NAME, WAYS, slip
from benchmarks.source import DATA, halves, lines
from evalkit.language.dictionaries import is_known
from evalkit.language.licence_names import named
from evalkit.language.native_names import is_rendered, is_slip

_INTO_ENGLISH = {
    "rus": "ru", "ukr": "uk", "bul": "bg", "srp-Cyrl": "sr", "bel": "be", "kaz": "kk", "ell": "el", "arb": "ar",
    "fas": "fa", "urd": "ur", "heb": "he", "jpn": "ja", "kor": "ko", "hin": "hi", "mar": "mr", "ben": "bn",
    "guj": "gu", "tam": "ta", "tel": "te", "kan": "kn", "kat": "ka", "hye": "hy", "amh": "am", "zho-CN": "zh",
}  # fmt: skip
_SIDES = ("candidate", "reference")


def witness(wanted: Sequence[str]) -> None:
    """Of each name of the English text and of the same with one slip within: what is said where the candidate has the
    slip, and where the reference has it."""
    folder = DATA / "ntrex"
    english = lines(folder / "source.eng.txt.gz")
    for half, chosen in halves(folder).items():
        print(f"{half}\n{'':13}{'slip in the candidate':>26}{'slip in the reference':>26}")
        print(f"{'':6}{'names':>7}{'borne out':>14}{'licensed':>12}{'borne out':>14}{'licensed':>12}")
        total: Counter[tuple[str, bool | None]] = Counter()
        for name, lang in _INTO_ENGLISH.items():
            if wanted and lang not in wanted:
                continue
            there = lines(folder / f"{name}.txt.gz")
            rng, counts = random.Random(lang), Counter[tuple[str, bool | None]]()
            for line in chosen:
                for number, match in enumerate(NAME.finditer(english[line])):
                    word = match.group()
                    wrong = slip(word, WAYS[number % len(WAYS)], rng)
                    if wrong != word and not (is_known(word, "en") or is_known(word.lower(), "en")):
                        counts["candidate", _said(wrong, word, there[line], lang)] += 1
                        counts["reference", _said(word, wrong, there[line], lang)] += 1
            total.update(counts)
            print(_row(lang, counts), flush=True)
        print(_row("all", total))


def _said(candidate: str, reference: str, source: str, lang: str) -> bool | None:
    """True where the source bears out the reference, False where it licenses the candidate; None for neither."""
    if is_rendered(reference, candidate, source):
        return True
    if is_slip(reference, candidate, source) or named(candidate, "en", source, lang, (reference,)):
        return False
    return True if named(reference, "en", source, lang, (candidate,)) else None


def _row(label: str, counts: Counter[tuple[str, bool | None]]) -> str:
    of = max(1, counts.total() // 2)
    cells = (f"{counts[side, said] / of:>{width}.1%}" for side in _SIDES for said, width in ((True, 14), (False, 12)))
    return f"{label:6}{of:>7}" + "".join(cells)
