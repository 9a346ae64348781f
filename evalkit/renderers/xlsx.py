"""The `xlsx` renderer: a workbook of findings to review, scores, terms and aligned units."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from evalkit.errors import MissingExtraError
from evalkit.records import Finding
from evalkit.records.findings import found_and_expected
from evalkit.records.frames import tables
from evalkit.records.links_table import HEADER
from evalkit.records.result import Result, SystemRecord, UnitRecord
from evalkit.records.verdict_keys import keys_of, mark_of
from evalkit.records.verdicts import WORDS
from evalkit.renderers._links import links
from evalkit.renderers._places import place_in, texts_of
from evalkit.text.visible import visible

_LONGEST = 32_000  # a cell holds 32,767 characters
_AHEAD = 20  # characters: what comes after the last one shown decides no further on how it is shown
_MOST_ROWS = 1_000_000  # a sheet has 1,048,576
VERDICTS = WORDS
_FINDINGS = (
    "id", "system", "document", "segment", "line", "severity", "rule", "found", "expected", "message", "candidate",
    "reference", "source", "stood", "verdict", "comment",
)  # fmt: skip
# Of the columns, in characters.
_WIDTHS = (14, 14, 12, 10, 6, 10, 20, 20, 20, 40, 60, 60, 60, 14, 10, 30)
_UNITS = ("unit", "source_text", *HEADER)  # as an alignment file: `--alignment` takes the workbook back
_TERMS = ("system", "term", "expected", "found", "rejected", "consistent")


@dataclass(frozen=True)
class XlsxRenderer:
    """Findings with the sentence, what is marked in it, and a column for the reviewer's verdict, which is a list.

    A row's `id` is that by which a verdict knows its finding again (`evalkit review import`). Further sheets have the
    scores, the terms and the aligned units. Nothing is ever a formula or a link. `units=no` leaves the units out.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "xlsx"
    suffix: ClassVar[str] = ".xlsx"
    needs: ClassVar[tuple[str, ...]] = ("xlsxwriter",)
    extra: ClassVar[str] = "office"

    units: bool = True

    def render(self, result: Result) -> str:
        """The workbook's bytes as base64, for whoever can pass on text alone; `render_file` gives them as they are."""
        return base64.b64encode(self.render_file(result)).decode("ascii") + "\n"

    def render_file(self, result: Result) -> bytes:
        """The workbook's bytes, the same for the same result."""
        try:
            import xlsxwriter
        except ImportError:
            raise MissingExtraError("XlsxWriter", "office", "writing .xlsx") from None
        import datetime

        made = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with xlsxwriter.Workbook(made, options) as book:
            book.set_properties({"title": _text(result.name), "created": datetime.datetime(2000, 1, 1)})
            _findings(book, result)
            _table(book, "Scores", ("system", "metric", "scope", "value", "low", "high"), _scores(result))
            documents = tables(result)["documents"]
            if any(len(system.documents) > 1 for system in result.systems):
                _table(book, "Documents", list(documents), zip(*documents.values(), strict=True))
            if result.terms:
                rows = ((t.system, t.term, t.expected, t.found, t.rejected, str(t.consistent)) for t in result.terms)
                _table(book, "Terms", _TERMS, rows)
            if self.units:
                _table(book, "Units", _UNITS, _units(result))
            about = [("evalkit", result.evalkit), ("name", result.name), ("signature", result.signature)]
            _table(book, "About", ("what", "value"), [*about, *(("note", f.message) for f in result.failures)])
        return made.getvalue()


def _text(value: str) -> str:
    """Text for a cell: nothing invisible in it, and no more than a cell holds."""
    shown = visible(value[: _LONGEST + _AHEAD])  # a long text may stand in the row of each of its findings
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]} ..."


def _findings(book: Any, result: Result) -> None:
    sheet = book.add_worksheet("Findings")
    plain = book.add_format({"text_wrap": True, "valign": "top", "locked": True})
    free = book.add_format({"text_wrap": True, "valign": "top", "locked": False})
    head = book.add_format({"bold": True})
    mark = book.add_format({"bold": True, "color": "#C00000", "underline": 1})
    for column, (name, width) in enumerate(zip(_FINDINGS, _WIDTHS, strict=True)):
        # What was said at the export is for the import alone.
        sheet.set_column(column, column, width, None, {"hidden": name == "stood"})
        sheet.write_string(0, column, name, head)
    row = 0
    for system in result.systems:
        findings = (*system.standing, *system.judged_wrong)
        units = {unit.id: unit for unit in system.units} if findings else {}
        keys = keys_of(system)
        for finding in findings[: max(0, _MOST_ROWS - row)]:
            row += 1
            _finding(sheet, row, system, finding, keys[finding.id], units.get(finding.unit), (plain, free, mark))
    verdict = _FINDINGS.index("verdict")
    if row:
        sheet.data_validation(1, verdict, row, verdict, {"validate": "list", "source": list(VERDICTS)})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(row, 1), len(_FINDINGS) - 1)


def _finding(
    sheet: Any, row: int, system: SystemRecord, finding: Finding, key: str, unit: UnitRecord | None, formats: Any
) -> None:
    plain, free, mark = formats
    passages = (unit.candidate, (unit.references or (None,))[0], unit.source) if unit else (None, None, None)
    cells = [
        key, system.name, finding.document, finding.unit, finding.line, finding.severity, finding.rule,
        *found_and_expected(finding), finding.message,
    ]  # fmt: skip
    for column, value in enumerate(cells):
        _write(sheet, row, column, value, plain)
    sides = ("candidate", "reference", "source")
    for column, (side, passage) in enumerate(zip(sides, passages, strict=True), len(cells)):
        text = passage.text if passage else ""
        place = place_in(passage, finding) if finding.side == side else None
        if place is None:
            _write(sheet, row, column, text, plain)
            continue
        start, end = place
        parts = (text[:start], text[start:end], text[end:])
        _marked(sheet, row, column, [_text(part) for part in parts], plain, mark)
    judged = finding.verdict if finding.verdict in VERDICTS else ""
    for column, value in enumerate((mark_of(judged, finding.note), judged, finding.note), len(cells) + 3):
        _write(sheet, row, column, value, free)


def _marked(sheet: Any, row: int, column: int, parts: Sequence[str], plain: Any, mark: Any) -> None:
    """A text with a part of it marked; a cell that is marked as a whole, or too long, is plain."""
    before, marked, after = parts
    if not (before or after) or len(before) + len(marked) + len(after) > _LONGEST:
        _write(sheet, row, column, before + marked + after, plain)
        return
    fragments = [*([before] if before else []), mark, marked, *([after] if after else [])]
    sheet.write_rich_string(row, column, *fragments, plain)


def _write(sheet: Any, row: int, column: int, value: object, style: Any = None) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, _text(str(value)), style)


def _table(book: Any, name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        if number > _MOST_ROWS:
            break
        for column, value in enumerate(row):
            _write(sheet, number, column, value)


def _scores(result: Result) -> Iterable[Sequence[object]]:
    for system in result.systems:
        for score in system.scores:
            value = score.value if system.alignment.trusted or not result.references else "not trusted"
            yield system.name, score.metric, score.scope, value, score.low, score.high


def _units(result: Result) -> Iterable[Sequence[object]]:
    return ((unit.id, texts_of(unit)[2], *row) for _, unit, row in links(result))
