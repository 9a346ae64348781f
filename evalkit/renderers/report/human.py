"""Human MQM: what people have marked in the texts, beside the findings of the same segments."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.records import SEVERITIES
from evalkit.records.human import HumanMqm, RaterAgreement
from evalkit.records.result import Result
from evalkit.renderers._text import count, number, percent
from evalkit.renderers.report.blocks import Block, Cell, Heading, Table, cell, name, text

_WORST_FIRST = SEVERITIES[::-1]
_HEAD = ("System", "Segments", "Raters", "By", *(word.capitalize() for word in _WORST_FIRST),
         "Penalty/1,000 words", "Score")  # fmt: skip


def human(result: Result) -> Iterator[Block]:
    """The figures of the ratings a run was given, and how far raters agree; nothing where there are none."""
    if result.human is None:
        return
    yield Heading(2, "Errors marked by people")
    yield text(
        "People have marked errors in these texts; the findings in the same segments are listed below. Both have "
        "the same weights. A segment that several have rated counts as their average."
    )
    numeric = (False, True, True, False, *(True,) * (len(_HEAD) - 4))
    yield Table(_HEAD, numeric, tuple(row for system in result.human.systems for row in _rows(system)))
    for system in result.human.systems:
        if system.placed:
            share = percent(system.found / system.placed)
            yield text(
                name(system.system), f": a finding is at {system.found:,} of {count(system.placed, 'place')} that "
                f"people have marked ({share}).",
            )  # fmt: skip
        if system.unmatched:
            yield text(
                name(system.system), f": {count(system.unmatched, 'rated segment')} left out, whose text is not in "
                "this result.",
            )  # fmt: skip
    for pair in result.human.agreement:
        yield text(name(pair.one or "(no name)"), " and ", name(pair.two or "(no name)"), _agreement(pair))


def _rows(system: HumanMqm) -> Iterator[tuple[Cell, ...]]:
    if not system.ratings:
        return
    begin = (cell(name(system.system)), cell(f"{system.segments:,}"), cell(str(len(system.raters))))
    marked = (cell(f"{system.counts[word]:,}") for word in _WORST_FIRST)
    yield (*begin, cell("people"), *marked, cell(number(system.penalty_per_1000_words)), cell(number(system.score)))
    found = (cell(f"{system.automatic_counts[word]:,}") for word in _WORST_FIRST)
    score = 100 - system.automatic_per_1000_words / 10  # 100 x (1 - penalty / words)
    yield (
        cell(name(system.system)), cell(f"{system.segments:,}"), cell("–"), cell("findings"), *found,
        cell(number(system.automatic_per_1000_words)), cell(number(score)),
    )  # fmt: skip


def _agreement(pair: RaterAgreement) -> str:
    kappa = "" if pair.kappa is None else f", kappa {pair.kappa:.2f}"
    places = f"; of {count(pair.places, 'place')} marked by either, {pair.shared:,} were marked by both"
    return (
        f" agree in {pair.alike:,} of {count(pair.segments, 'segment')} whether there is an error{kappa}"
        f"{places if pair.places else ''}."
    )
