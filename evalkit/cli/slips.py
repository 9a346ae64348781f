"""Slips of a command line that make sense to a program and none to a person, told with the line to type."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from evalkit.errors import ConfigError
from evalkit.plugins.packages import own_names

if TYPE_CHECKING:
    from evalkit.cli.shared import Request
    from evalkit.records.result import Result, SystemRecord

# How test sets call their official side, as words of a path: WMT, sacrebleu, mt-metrics-eval, FLORES, Moses.
_OFFICIAL = re.compile(
    r"(?:^|[\W_])(?:ref|refs|reference|references|gold|golden|human)(?:[\W_\d]|$)|ref[A-Z]", re.ASCII
)
# Files of strings in one language, which are always made from another.
_STRINGS = frozenset({".json", ".strings", ".properties", ".xml", ".arb"})
_LEAST_ITEMS = 10  # the fewest that a paired test takes
# A report or summary of a text is no longer than the text, but for what it adds: a swapped pair is far beyond.
_LONGER = 1.5
# Of a swapped pair the short text is found in the long one nearly whole, and the long one is not in the short one.
_WHOLE, _PART = 0.75, 0.6


def metrics_as_files(candidates: Sequence[str], asked: Sequence[str]) -> None:
    """Refuses `-m bleu chrf ter`, in which all but the first are taken for files."""
    known = {name.lower() for name in own_names("scorer")} | {"chrf++", "mer", "wil", "cer"}
    stray = [path for path in candidates if path.lower() in known and not Path(path).exists()]
    if asked and stray:
        wanted = ",".join([*asked, *stray])
        raise ConfigError(f"{', '.join(map(repr, stray))} after -m is no file: separate metrics by commas: -m {wanted}")


def one_system(result: Result, paired_bs: bool, paired_ar: bool) -> None:
    """Refuses a paired test of one system with itself."""
    if (paired_bs or paired_ar) and len(result.systems) < 2:
        option = "--paired-bs" if paired_bs else "--paired-ar"
        raise ConfigError(
            f"{option} compares systems, and there is one ({result.systems[0].name if result.systems else 'none'}); "
            f"give another: evalkit score A.txt B.txt -r REF.txt {option}, or for its interval alone: --confidence"
        )


def without_reference(candidates: Sequence[str]) -> ConfigError:
    """Texts to score and nothing to score them against: the last, or the one called so, may be meant as it."""
    missing = "score: there is no reference to score against; give it with -r/--reference"
    if len(candidates) < 2:
        return ConfigError(missing)
    *first, last = sorted(candidates, key=_official)
    return ConfigError(f"{missing}, for example: evalkit score {' '.join(map(quote, first))} -r {quote(last)}")


def notes(command: str, given: Request, result: Result) -> Iterable[str]:
    """What looks like a slip and need not be one: a line each, with what to type if it is."""
    if line := _after_reference(given, sys.argv):
        yield line
    if line := _untested(command, result):
        yield line
    if line := _no_source(command, given, result):
        yield line
    if (line := _reference_without_option(given, result)) or (line := _swapped(command, given, result)):
        yield line


def _untested(command: str, result: Result) -> str:
    """Scores of several systems without a test: which of them is better is what most want to know."""
    usable = [s for s in result.systems if s.alignment.trusted and s.scores]
    if command != "score" or len(usable) < 2:
        return ""
    if not result.comparisons:
        return "these scores do not say whether a difference is more than chance: --paired-ar tests it"
    lines = all(s.alignment.aligner == "lines" for s in usable)
    if lines and all(c.p_value is None and 0 < c.wins + c.ties + c.losses < _LEAST_ITEMS for c in result.comparisons):
        return "too few lines for a test; --align document pairs the sentences, which are more"
    return ""


def _no_source(command: str, given: Request, result: Result) -> str:
    """Software strings checked by themselves: most rules for them compare with the source."""
    if command != "check" or result.references or result.source or len(given.candidates) != 1:
        return ""
    path = given.candidates[0]
    if Path(path).suffix.lower() not in _STRINGS:
        return ""
    return f"no source given, so most rules were not checked: evalkit check {quote(path)} -s SOURCE"


def _after_reference(given: Request, line: Sequence[str]) -> str:
    """A file behind that of -r where others stand before it: it is scored, and may be meant as a second reference."""
    for place, word in enumerate(line[:-2]):
        extra, before = line[place + 2], set(given.candidates).intersection(line[2:place])
        if word in ("-r", "--reference") and extra in given.candidates and before:
            both = f"-r {quote(line[place + 1])} -r {quote(extra)}"
            return f"{extra} was taken as another text; -r takes one file: if it is a second reference, type: {both}"
    return ""


def _reference_without_option(given: Request, result: Result) -> str:
    """Two files to check and no reference: the second may be meant as one."""
    if result.references or result.source or len(given.candidates) != 2 or given.names_of_systems:
        return ""
    first, second = sorted(given.candidates, key=lambda path: bool(_OFFICIAL.search(path)))
    return (
        f"both texts were checked each by itself; if {second} is the reference, "
        f"type: evalkit check {quote(first)} -r {quote(second)}"
    )


def _swapped(command: str, given: Request, result: Result) -> str:
    """One candidate that is called, or looks, as its only reference should."""
    if len(given.candidates) != 1 or len(given.references) != 1 or len(result.systems) != 1:
        return ""
    (candidate,), (reference,), (system,) = given.candidates, given.references, result.systems
    said = _official(candidate) and not _official(reference)
    if not (said or _looks_swapped(system, result)):
        return ""
    why = f"{candidate} is named like a reference" if said else "the longer candidate contains the whole reference"
    return f"{why}; if the two are swapped, type: evalkit {command} {quote(reference)} -r {quote(candidate)}"


def _official(path: str) -> bool:
    """Whether the last two parts of a path, which name the file and its folder, say it is a reference."""
    return any(_OFFICIAL.search(part) for part in Path(path).parts[-2:])


def _looks_swapped(system: SystemRecord, result: Result) -> bool:
    """A candidate that is far longer than the reference and has it whole: the reference may be a report of it."""
    if not result.references:
        return False
    covered, words = system.alignment.coverage, result.references[0].words
    return system.words > _LONGER * words and covered.reference >= _WHOLE and covered.candidate <= _PART
