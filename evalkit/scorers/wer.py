"""The `wer`, `mer`, `wil` and `cer` scorers: jiwer's error rates, in percent.

Rows: hits, substitutions, deletions, insertions. jiwer gives one set of counts for a list of texts;
here each unit is counted alone and the rates are jiwer's formulas over the sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from evalkit.kernels import counting, native
from evalkit.kernels.texts import candidate_text, reference_count, reference_texts
from evalkit.model import Unit
from evalkit.protocols import Row


@dataclass(frozen=True)
class _ErrorRate:
    """Counting, shared by the four. Several references: per unit the one with the lowest rate of this
    scorer, the first of equals."""

    kind: ClassVar[str] = "scorer"
    better: ClassVar[Literal["higher", "lower"]] = "lower"
    _by_character: ClassVar[bool] = False

    lowercase: bool = False

    def measure(self, units: Sequence[Unit]) -> list[Row]:
        """Hits, substitutions, deletions and insertions per unit."""
        kernel = native.load()
        if not kernel:
            return self._by_library(units)

        def count(candidates: list[str], references: list[tuple[str, ...]]) -> list[Row]:
            found = kernel.edits(candidates, references, self._by_character)
            return [rows[0] if len(rows) == 1 else self._best(rows) for rows in found]

        prepare = str.lower if self.lowercase else None
        return counting.measure(units, count, self._by_library, prepare, prepare)

    def _best(self, rows: list[Row]) -> Row:
        """The row with the lowest rate; one that was left to the library leaves all to it."""
        open_rows = [row for row in rows if row[0] < 0]
        return open_rows[0] if open_rows else min(rows, key=self.value)

    def _by_library(self, units: Sequence[Unit]) -> list[Row]:
        found = []
        for unit in units:
            candidate = self._prepared(candidate_text(unit))
            rows = [self._row(self._prepared(text), candidate) for text in reference_texts(unit)]
            found.append(min(rows, key=self.value))
        return found

    def value(self, row: Sequence[float]) -> float:
        """The rate of one row or a sum of rows, in percent."""
        raise NotImplementedError

    def segment(self, row: Sequence[float]) -> float:
        """The rate of one unit, in percent."""
        return self.value(row)

    def signature(self, nrefs: str) -> str:
        """jiwer has no signature; this states what moves the number. `nrefs` is a number or `var`."""
        from importlib.metadata import version

        best = "" if reference_count(nrefs) == 1 else "refs:best|"
        case = "lc" if self.lowercase else "mixed"
        return f"jiwer|case:{case}|transform:default|{best}version:{version('jiwer')}"

    def _prepared(self, text: str) -> str:
        return text.lower() if self.lowercase else text

    def _row(self, reference: str, candidate: str) -> Row:
        from jiwer import process_words

        return _counts(process_words(reference, candidate))


@dataclass(frozen=True)
class Wer(_ErrorRate):
    """Word error rate of jiwer 4.0.0: edits over reference words, in percent, no upper end.

    Empty input: two empty texts are 0; an empty candidate is 100; words against an empty reference
    are 100 for each word (jiwer's rule), and in a sum they count as insertions.
    """

    name: ClassVar[str] = "wer"

    def value(self, row: Sequence[float]) -> float:
        """Errors over reference words, in percent."""
        return _error_rate(row)


@dataclass(frozen=True)
class Mer(_ErrorRate):
    """Match error rate of jiwer 4.0.0: edits over all aligned words, 0 to 100.

    Empty input: two empty texts are 0; one empty text is 100.
    """

    name: ClassVar[str] = "mer"

    def value(self, row: Sequence[float]) -> float:
        """Errors over hits and errors, in percent."""
        hits, substitutions, deletions, insertions = row
        errors = substitutions + deletions + insertions
        return 100 * (errors / (hits + errors)) if hits + errors else 0.0


@dataclass(frozen=True)
class Wil(_ErrorRate):
    """Word information lost of jiwer 4.0.0, 0 to 100: 1 - hits² / (reference words * candidate words).

    Empty input: two empty texts are 0; one empty text is 100.
    """

    name: ClassVar[str] = "wil"

    def value(self, row: Sequence[float]) -> float:
        """Word information lost, in percent."""
        hits, substitutions, deletions, insertions = row
        reference, candidate = hits + substitutions + deletions, hits + substitutions + insertions
        if not reference and not candidate:
            return 0.0
        kept = (hits / reference) * (hits / candidate) if reference and candidate else 0.0
        return 100 * (1 - kept)


@dataclass(frozen=True)
class Cer(_ErrorRate):
    """Character error rate of jiwer 4.0.0: edits over reference characters, spaces counted, in percent.

    Empty input: as for `wer`, by character.
    """

    name: ClassVar[str] = "cer"
    _by_character: ClassVar[bool] = True

    def value(self, row: Sequence[float]) -> float:
        """Errors over reference characters, in percent."""
        return _error_rate(row)

    def _row(self, reference: str, candidate: str) -> Row:
        from jiwer import process_characters

        return _counts(process_characters(reference, candidate))


def _counts(output: Any) -> Row:
    return (float(output.hits), float(output.substitutions), float(output.deletions), float(output.insertions))


def _error_rate(row: Sequence[float]) -> float:
    hits, substitutions, deletions, insertions = row
    words = hits + substitutions + deletions
    # jiwer: against an empty reference the rate is the number of insertions.
    return 100 * ((substitutions + deletions + insertions) / words if words else insertions)
