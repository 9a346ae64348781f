"""Names across scripts, held against a source: a part of benchmarks/source.py."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence

from benchmarks.source import DATA, halves, lines
from evalkit.detectors.names.from_source import is_sure, odd_names
from evalkit.testing import context_of, units_of

_INTO_ENGLISH = {
    "rus": "ru", "ukr": "uk", "bul": "bg", "mkd": "mk", "srp-Cyrl": "sr", "bel": "be", "kaz": "kk", "ell": "el",
    "arb": "ar", "fas": "fa", "heb": "he", "jpn": "ja", "kor": "ko",
}  # fmt: skip
_USUAL = "ru uk bg el ar he ja ko".split()  # noqa: SIM905 -- of which the table is
NAME = re.compile(r"(?<![\w'’.-])[A-Z][a-z]{4,14}(?![\w'’-])")
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_WRONG = 0.05  # one name in twenty: what the share of right findings supposes
_SOUNDS = {"consonant": _CONSONANTS, "vowel": _VOWELS}
WAYS = (*_SOUNDS, "left out", "swapped")


def slip(name: str, way: str, rng: random.Random) -> str:
    """The name with one slip within; the name itself where there is no place for one."""
    inner = range(1, len(name) - 1)
    if way in _SOUNDS:
        at = [i for i in inner if name[i] in _SOUNDS[way]]
        if not at:
            return name
        i = rng.choice(at)
        return name[:i] + rng.choice([c for c in _SOUNDS[way] if c != name[i]]) + name[i + 1 :]
    i = rng.choice(inner)
    return name[:i] + ("" if way == "left out" else name[i + 1] + name[i]) + name[i + (1 if way == "left out" else 2) :]


def _told(target: str, source: str, lang: str, start: int) -> bool:
    context = context_of([target], lang="en", source_lang=lang)
    return any(odd.start == start for unit in units_of([target], (), [source]) for odd in odd_names(unit, context))


def names(wanted: Sequence[str]) -> None:
    folder = DATA / "ntrex"
    english = lines(folder / "source.eng.txt.gz")
    for half, chosen in halves(folder).items():
        print(f"{half}\n{'':6}{'names':>7}{'told':>6}" + "".join(f"{way:>16}" for way in WAYS) + f"{'right':>8}")
        sums: dict[str, Counter[str]] = {"minor": Counter(), "hint": Counter()}
        for name, lang in _INTO_ENGLISH.items():
            if lang not in (wanted or _USUAL):
                continue
            there = lines(folder / f"{name}.txt.gz")
            rng, counts = random.Random(lang), Counter[str]()
            for i in chosen:
                for match in NAME.finditer(english[i]):
                    counts["names"] += 1
                    counts["told"] += _told(english[i], there[i], lang, match.start())
                    way = WAYS[counts["names"] % len(WAYS)]
                    wrong = slip(match.group(), way, rng)
                    if wrong == match.group():
                        continue
                    changed = english[i][: match.start()] + wrong + english[i][match.end() :]
                    counts[f"of {way}"] += 1
                    counts[way] += _told(changed, there[i], lang, match.start())
            sums["minor" if is_sure(lang) else "hint"].update(counts)
            print(_row(lang, counts), flush=True)
        for group, counts in sums.items():
            print(_row(group, counts))


def _row(label: str, counts: Counter[str]) -> str:
    hits, of = sum(counts[way] for way in WAYS), sum(counts[f"of {way}"] for way in WAYS)
    good, bad = _WRONG * hits / max(1, of), (1 - _WRONG) * counts["told"] / max(1, counts["names"])
    cells = "".join(f"{f'{counts[way]} of ' + str(counts[f'of {way}']):>16}" for way in WAYS)
    right = f"{good / (good + bad):.0%}" if good + bad else "-"
    return f"{label:6}{counts['names']:>7}{counts['told']:>6}{cells}{right:>8}"
