"""What people have judged: findings open and judged, and how often each rule is right on these texts."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.records.result import Result
from evalkit.records.verdicts import RuleReview
from evalkit.renderers._text import count, percent
from evalkit.renderers.report.blocks import Block, Cell, Heading, Table, cell, name, text

_HEAD = ("Rule", "Right", "Wrong", "Unsure", "Disputed", "Precision", "95% interval")


def reviewed(result: Result) -> Iterator[Block]:
    """The account of the verdicts a run has taken into account; nothing where it has none."""
    review = result.review
    if review is None or not (review.rules or any(review.counts.values())):
        return
    yield Heading(2, "Judged by people")
    counts = review.counts
    judged = sum(counts.values())
    parts = [f"{counts[word]} {word}" for word in ("right", "wrong", "unsure", "disputed") if counts.get(word)]
    said = f": {', '.join(parts)}" if parts else ""
    wrong = " Those judged wrong are in no list, count or penalty." if counts.get("wrong") else ""
    yield text(f"{count(judged, 'finding')} judged{said}; {count(review.open, 'finding')} open.{wrong}")
    if review.rules:
        yield text("How often each rule is right on the texts of this project, by all verdicts so far:")
        numeric = (False, *(True,) * (len(_HEAD) - 1))
        yield Table(_HEAD, numeric, tuple(map(_row, review.rules)))
    for pair in review.agreement:
        kappa = "" if pair.kappa is None else f", kappa {pair.kappa:.2f}"
        yield text(
            name(pair.one or "(no name)"), " and ", name(pair.two or "(no name)"),
            f" judged {pair.alike} of {count(pair.findings, 'finding')} alike{kappa}.",
        )  # fmt: skip


def _row(rule: RuleReview) -> tuple[Cell, ...]:
    bounds = "–" if rule.low is None or rule.high is None else f"{percent(rule.low)} to {percent(rule.high)}"
    share = "–" if rule.precision is None else percent(rule.precision)
    numbers = (rule.right, rule.wrong, rule.unsure, rule.disputed)
    return (cell(name(rule.rule)), *(cell(str(number)) for number in numbers), cell(share), cell(bounds))
