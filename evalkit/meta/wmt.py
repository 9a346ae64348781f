"""The score files of the WMT metrics tasks: `NAME.seg.score` and `NAME.sys.score`, one system and value a line, and
`NAME.domain.score`, which has the domain before them."""

from __future__ import annotations

import re
from math import isfinite
from pathlib import Path

from evalkit.errors import InputError
from evalkit.meta.scores import Key, Scores
from evalkit.text.visible import shown

# Far below what single precision holds, in which soft pairwise accuracy is computed.
_LARGEST = 1e30
LEVELS = ("seg", "sys", "domain")
_NAME = re.compile(r"(?P<name>.+)\.(?P<level>seg|sys|domain)\.score(?:\.gz)?", re.DOTALL)


def stem_of(path: str) -> tuple[str, str] | None:
    """The name and level (`seg`, `sys` or `domain`) that a score file's name says, None where it is no such file."""
    found = _NAME.fullmatch(Path(path).name)
    return (found["name"], found["level"]) if found else None


def beside(path: str) -> list[str]:
    """The files of the same name and the other levels that there are: of one name all count."""
    found = stem_of(path)
    if not found:
        return []
    name, level = found
    siblings = []
    for other in LEVELS:
        places = [Path(path).with_name(f"{name}.{other}.score{ending}") for ending in ("", ".gz")]
        siblings += [str(place) for place in places if other != level and place.is_file()][:1]
    return siblings


def read_segments(text: str, path: str, name: str) -> Scores:
    """The scores of `NAME.seg.score`: the lines of a system are its segments in order."""
    found: dict[str, list[float | None]] = {}
    for system, value in _lines(text, path):
        found.setdefault(system, []).append(value)
    counts = {system: len(values) for system, values in found.items()}
    if len(set(counts.values())) > 1:
        few, many = min(counts, key=counts.__getitem__), max(counts, key=counts.__getitem__)
        raise InputError(
            f"{path}: system {shown(few)} has {counts[few]} lines and {shown(many)} {counts[many]}; every system needs "
            "a line for each segment, `None` where there is no score"
        )
    length = next(iter(counts.values()))
    keys: list[Key] = [("", str(number)) for number in range(1, length + 1)]
    segments = {
        system: {key: value for key, value in zip(keys, values, strict=True) if value is not None}
        for system, values in found.items()
    }
    return Scores(name, segments, {}, tuple(keys), lines=length)


def read_systems(text: str, path: str, name: str) -> Scores:
    """The scores of `NAME.sys.score`: one line a system."""
    systems: dict[str, float | None] = {}
    for system, value in _lines(text, path):
        if system in systems:
            raise InputError(f"{path}: system {shown(system)} has two lines; give each system one")
        systems[system] = value
    return Scores(name, {}, {system: value for system, value in systems.items() if value is not None})


def read_domains(text: str, path: str, name: str) -> Scores:
    """The scores of `NAME.domain.score`: domain, system and score a line."""
    found: dict[str, dict[str, float]] = {}
    seen: set[tuple[str, ...]] = set()
    for of, value in _columns(text, path, ("a domain", "a system")):
        if of in seen:
            raise InputError(f"{path}: system {shown(of[1])} has two lines for domain {shown(of[0])}; give each one")
        seen.add(of)
        if value is not None:
            found.setdefault(of[0], {})[of[1]] = value
    return Scores(name, {}, {}, by_domain=found)


def _lines(text: str, path: str) -> list[tuple[str, float | None]]:
    return [(system, value) for (system,), value in _columns(text, path, ("a system",))]


def _columns(text: str, path: str, names: tuple[str, ...]) -> list[tuple[tuple[str, ...], float | None]]:
    """Of each line what stands before its score, and the score."""
    found = []
    expected = f"a line has {', '.join(names)} and its score"
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = line.split("\t") if "\t" in line else line.split()
        if len(parts) != len(names) + 1:
            raise InputError(f"{path}:{number}: {len(parts)} columns, where {expected}")
        found.append((tuple(part.strip() for part in parts[:-1]), number_of(parts[-1], f"{path}:{number}")))
    if not found:
        raise InputError(f"{path}: no scores in it; {expected}")
    return found


def number_of(text: str, where: str) -> float | None:
    """A score, None for `None` or nothing; raises InputError for what is no finite number."""
    text = text.strip()
    if text in ("", "None"):
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise InputError(f"{where}: the score {shown(text)} is no number; write `None` where there is no score")
    if abs(value) > _LARGEST:
        raise InputError(f"{where}: the score {shown(text)} is too large to be computed with; give it on another scale")
    return value
