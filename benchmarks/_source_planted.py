"""Errors planted into human translations of ten languages: a part of benchmarks/source.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from benchmarks.source import DATA, TEN, found, lines

_EACH = 25  # lines of a language and kind
_NUMBER = re.compile(r"(?<![\d.,:/-])[2-9]\d(?![\d.,:/-])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FOREIGN = ("weather", "kitchen", "teacher", "village", "window")
Planted = tuple[str, str] | None


def _number(source: str, target: str) -> Planted:
    m = _NUMBER.search(target)
    if m is None or m.group() not in re.findall(r"\d+", source):
        return None
    return source, target[: m.start()] + str(int(m.group()) % 89 + 11) + target[m.end() :]


def _year(source: str, target: str) -> Planted:
    m = _YEAR.search(target)
    if m is None or m.group() not in re.findall(r"\d+", source):
        return None
    return source, target[: m.start()] + str(int(m.group()) - 12) + target[m.end() :]


def _lost_number(source: str, target: str) -> Planted:
    m = _NUMBER.search(target)
    if m is None or m.group() not in re.findall(r"\d+", source):
        return None
    return source, (target[: m.start()] + target[m.end() :]).replace("  ", " ")


def _put(there: str, here: str) -> Callable[[str, str], Planted]:
    return lambda source, target: (f"{source} {there}", f"{target} {here}")


KINDS: dict[str, tuple[tuple[str, ...], Callable[[str, str], Planted]]] = {
    "number changed": (("number-", "date-"), _number),
    "number lost": (("number-missing",), _lost_number),
    "year changed": (("number-", "date-"), _year),
    "placeholder": (("placeholder",), _put("{name}", "{nome}")),
    "tag": (("tag",), _put("<b>x</b>", "<b>x")),
    "address": (("url",), _put("https://example.org/a", "https://example.org/b")),
    "word left": (("untranslated",), _put("weather", "weather")),
}


def _share(source: Sequence[str], target: Sequence[str], lang: str, kind: str) -> tuple[int, int]:
    rules, plant = KINDS[kind]
    made = [pair for pair in map(plant, source, target) if pair is not None]
    step = max(1, len(made) // _EACH)
    made = made[::step][:_EACH]
    hits = 0
    for one in made:  # each alone: what a text does often is its habit
        hits += any(f.rule.startswith(rules) for f in found([one[0]], [one[1]], lang))
    return hits, len(made)


def planted() -> None:
    source = lines(DATA / "ntrex/source.eng.txt.gz")
    print(f"{'':4}" + "".join(f"{kind:>16}" for kind in KINDS))
    sums = {kind: [0, 0] for kind in KINDS}
    for name, lang in TEN.items():
        target = lines(DATA / f"ntrex/{name}.txt.gz")
        row = f"{lang:4}"
        for kind in KINDS:
            hits, number = _share(source, target, lang, kind)
            sums[kind][0] += hits
            sums[kind][1] += number
            row += f"{f'{hits} of {number}':>16}"
        print(row, flush=True)
    print(f"{'all':4}" + "".join(f"{hits / max(number, 1):>16.0%}" for hits, number in sums.values()))
