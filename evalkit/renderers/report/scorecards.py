"""Scorecards: pass or fail of each system, with the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.records.result import Result
from evalkit.records.scorecard import Scorecard
from evalkit.renderers._text import count, number, quoted
from evalkit.renderers.report.blocks import Block, Cell, Heading, Table, cell, name, text

_HEAD = ("Kind", "Severity", "Errors", "Points each", "Factor", "Penalty")
_CARDS = ("System", "Document", "Words", "Penalty", "Score", "Verdict")


def scorecards(result: Result, limit: int) -> Iterator[Block]:
    """The card of each system, its arithmetic, and its documents in a table; nothing where none was asked for."""
    if not result.scorecards:
        return
    yield Heading(2, "Scorecard")
    for card in (card for card in result.scorecards if not card.document):
        by = " by the errors people have marked" if card.by == "ratings" else ""
        yield text(name(card.system), f"{by}: {_verdict(card)}.")
        if card.lines:
            rows = tuple(
                (cell(quoted(line.category, 60)), cell(line.severity), *map(_number, (line.number, line.points,
                 line.factor, line.penalty)))
                for line in card.lines
            )  # fmt: skip
            yield Table(_HEAD, (False, False, True, True, True, True), rows)
        yield text(_arithmetic(card))
        if card.open:
            yield text(f"Not final: {count(card.open, 'finding')} nobody has judged yet.{_sample(card)}")
    documents = [card for card in result.scorecards if card.document]
    if documents:
        rows = tuple(_row(card) for card in documents[:limit])
        yield Table(_CARDS, (False, False, True, True, True, False), rows)
        if len(documents) > limit:
            yield text(f"{len(documents) - limit:,} more documents are in the JSON result.")


def _verdict(card: Scorecard) -> str:
    if card.passed is None:
        return "no limit is set" if card.words else "there are no words to judge"
    return "pass" if card.passed else f"fail: {'; '.join(card.reasons)}"


def _sample(card: Scorecard) -> str:
    """What the judged findings foretell, and how many more to judge; empty where there is nothing to foretell."""
    sample = card.sample
    if sample is None:
        return ""
    said = ""
    if sample.score is not None and sample.error is not None:
        said = f" By those judged, the score of all will be {number(sample.score)} ± {number(sample.error)} (95%)."
    if not sample.plan:
        return said
    more = ", ".join(f"{amount} {severity}" for severity, amount in sample.plan.items())
    return f"{said} For an error of {sample.wanted:g}, judge {more} more, drawn at random."


def _arithmetic(card: Scorecard) -> str:
    if not card.words:
        return "Without words there is no score."
    return (
        f"Penalty {number(card.penalty)} / {card.words:,} words; per {card.per:,} words {number(card.per_words)}. "
        f"Score 100 × (1 − {number(card.penalty)} / {card.words:,}) = {number(card.score)}."
    )


def _number(value: float) -> Cell:
    return cell(f"{value:g}")


def _row(card: Scorecard) -> tuple[Cell, ...]:
    return (
        cell(name(card.system)), cell(quoted(card.document, 60)), cell(f"{card.words:,}"), cell(number(card.penalty)),
        cell(number(card.score)), cell("–" if card.passed is None else "pass" if card.passed else "fail"),
    )  # fmt: skip
