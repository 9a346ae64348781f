"""Tables of scores: one rating a row, or one error a row in the format of Google's MQM releases, or
an export of Appraise."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from evalkit.errors import InputError
from evalkit.meta.appraise import is_export
from evalkit.meta.appraise import ratings as appraise_ratings
from evalkit.meta.scores import Key, Rating, Scores, gathered
from evalkit.meta.wmt import number_of
from evalkit.text.arithmetic import running_sum
from evalkit.text.visible import shown

# Other names of the columns that are in use.
_ALIASES = {
    "seg": "segment", "seg_id": "segment", "globalsegid": "segment", "segment_id": "segment", "document": "doc",
    "docid": "doc", "sys": "system",
    "rater_id": "rater", "annotator": "rater",
}  # fmt: skip
# Penalties of Freitag et al. 2021 by severity; those of a category, and what is no fault of the system, come first.
# The data have categories in lower case and in capitals, so case is not looked at.
_SEVERITIES = {"major": 5.0, "minor": 1.0, "neutral": 0.0, "no-error": 0.0, "critical": 25.0}
_CATEGORIES = (("major", "non-translation", 25.0), ("minor", "fluency/punctuation", 0.1))
_NO_FAULT = ("source issue", "source error", "accuracy/creative reinterpretation", "creative reinterpretation")
# An error put there to see whether raters look; it says nothing of the system.
_PLANTED = "hotw-test"


def read_table(text: str, path: str, name: str) -> list[Scores]:
    """The scores of a table by its header; several metrics where it has a column `metric`."""
    head = text.split("\n", 1)[0]
    tabs = "\t" in head
    # A field larger than the parser's own limit is no score.
    rows = csv.reader(
        StringIO(text), delimiter="\t" if tabs else ",", quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL
    )
    try:
        first, *others = list(rows) or [[]]
    except csv.Error as problem:
        raise InputError(f"{path}: not a table ({problem}); write it again with tabs between its columns") from None
    if is_export(first):
        return [gathered(name, appraise_ratings([first, *others], path), path)]
    columns = [_ALIASES.get(cell.strip().lower(), cell.strip().lower()) for cell in first]
    is_mqm = {"system", "segment", "category", "severity"} <= set(columns)
    if not is_mqm and not {"system", "score"} <= set(columns):
        raise InputError(
            f"{path}: no scores that can be read: a table needs the columns `system`, `segment` and `score` (or those "
            "of Google's MQM files), a WMT file the name NAME.seg.score or NAME.sys.score; evalkit's results are JSON"
        )
    if twice := {column for column in columns if column and columns.count(column) > 1}:
        raise InputError(f"{path}: two columns are called {shown(min(twice))}; rename one")
    table = list(_records(others, columns, path))
    if not table:
        raise InputError(f"{path}: no scores below its header")
    if is_mqm:
        return [gathered(name, _penalties(table, path), path)]
    metrics = dict.fromkeys(row.get("metric") or name for _, row in table)
    return [
        gathered(
            metric,
            [_rating(row, f"{path}:{line}") for line, row in table if (row.get("metric") or name) == metric],
            path,
        )
        for metric in metrics
    ]


def _records(rows: Iterable[list[str]], columns: list[str], path: str) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            raise InputError(f"{path}:{number}: {len(cells)} columns, where the header has {len(columns)}")
        yield number, dict(zip(columns, (cell.strip() for cell in cells), strict=True))


def _key(row: Mapping[str, str], where: str) -> Key:
    if not row["segment"]:
        raise InputError(f"{where}: no segment; every row of a table with a column for it needs one")
    return row.get("doc", ""), row["segment"]


def _rating(row: Mapping[str, str], where: str) -> Rating:
    if not row["system"]:
        raise InputError(f"{where}: no system")
    key = _key(row, where) if "segment" in row else None
    return Rating(row["system"], key, row.get("rater", ""), number_of(row["score"], where), row.get("domain", ""))


def _penalties(table: list[tuple[int, dict[str, str]]], path: str) -> list[Rating]:
    """One rating for each system, segment and rater: the sum of its errors' weights, below 0."""
    sums: dict[tuple[str, Key, str], list[float]] = {}
    for line, row in table:
        where, severity = f"{path}:{line}", row["severity"].lower()
        if severity != _PLANTED:
            weights = sums.setdefault((row["system"], _key(row, where), row.get("rater", "")), [])
            weights.append(_weight(row["category"].lower(), severity, where))
    # One after another, as the field's tool adds them; `0 -`, since no errors are 0 and not -0.
    return [Rating(*of, 0 - running_sum(weights)) for of, weights in sums.items()]


def _weight(category: str, severity: str, where: str) -> float:
    if category.startswith(_NO_FAULT):
        return 0.0
    for of, begins, weight in _CATEGORIES:
        if severity == of and category.startswith(begins):
            return weight
    if severity not in _SEVERITIES:
        known = ", ".join(_SEVERITIES)
        raise InputError(f"{where}: severity {shown(severity)} is not known (known: {known}); no weight can be given")
    return _SEVERITIES[severity]
