"""The `wer`, `mer`, `wil` and `cer` scorers: jiwer's error rates, in percent.

Rows: hits, substitutions, deletions, insertions. jiwer gives one set of counts for a list of texts;
here each unit is counted alone and the rates are jiwer's formulas over the sums.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from evalkit.kernel.native import Kernel
from evalkit.kernel.streams import reference_count
from evalkit.kernel.tables import Table
from evalkit.plugins.packages import version
from evalkit.plugins.protocols import Row
from evalkit.scorers._counting import Counting, Engine, Stream


@dataclass(frozen=True)
class _ErrorRate(Counting):
    """Counting, shared by the four. Several references: per unit the one with the lowest rate of this
    scorer, the first of equals."""

    kind: ClassVar[str] = "scorer"
    better: ClassVar[Literal["higher", "lower"]] = "lower"
    library: ClassVar[str] = "jiwer"
    _by_character: ClassVar[bool] = False
    _rate: ClassVar[str] = "wer"

    lowercase: bool = False

    def signature(self, nrefs: str) -> str:
        """jiwer has no signature; this states what moves the number. `nrefs` is a number or `var`."""
        best = "" if reference_count(nrefs) == 1 else "refs:best|"
        case = "lc" if self.lowercase else "mixed"
        return f"jiwer|case:{case}|transform:default|{best}version:{version('jiwer')}"

    def _engine(self, kernel: Kernel) -> Engine | None:
        prepare = str.lower if self.lowercase else None

        def scores(table: Table) -> array[float]:
            return kernel.error_rates(table, self._rate)

        return Engine(self._width(), kernel.edits(self._by_character, self._rate), scores, scores, prepare, prepare)

    def _width(self) -> int:
        return 4

    def _by_library(self, candidates: Sequence[str], references: Sequence[Stream]) -> list[Row]:
        found = []
        for position, candidate in enumerate(candidates):
            texts = [stream[position] for stream in references]
            rows = [self._row(self._prepared(text), self._prepared(candidate)) for text in texts if text is not None]
            found.append(min(rows, key=self._formula))
        return found

    def _value_by_library(self, row: Sequence[float], segment: bool) -> float:  # noqa: ARG002 - one formula for both
        return self._formula(row)

    def _formula(self, row: Sequence[float]) -> float:
        """jiwer's formula, in percent."""
        raise NotImplementedError

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
    title: ClassVar[str] = "WER"
    scale: ClassVar[str] = "0 upwards, in edits per 100 reference words"
    meaning: ClassVar[str] = (
        "words inserted, deleted or replaced, per 100 reference words; other word order costs fully"
    )

    def _formula(self, row: Sequence[float]) -> float:
        """Errors over reference words, in percent."""
        return _error_rate(row)


@dataclass(frozen=True)
class Mer(_ErrorRate):
    """Match error rate of jiwer 4.0.0: edits over all aligned words, 0 to 100.

    Empty input: two empty texts are 0; one empty text is 100.
    """

    name: ClassVar[str] = "mer"
    title: ClassVar[str] = "MER"
    scale: ClassVar[str] = "0 to 100"
    meaning: ClassVar[str] = "share of words that do not match when both texts are laid side by side"
    _rate: ClassVar[str] = "mer"

    def _formula(self, row: Sequence[float]) -> float:
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
    title: ClassVar[str] = "WIL"
    scale: ClassVar[str] = "0 to 100"
    meaning: ClassVar[str] = "share of word information lost, from both sides"
    _rate: ClassVar[str] = "wil"

    def _formula(self, row: Sequence[float]) -> float:
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
    title: ClassVar[str] = "CER"
    scale: ClassVar[str] = "0 upwards, in edits per 100 reference characters"
    meaning: ClassVar[str] = "characters inserted, deleted or replaced, per 100 reference characters"
    _by_character: ClassVar[bool] = True

    def _formula(self, row: Sequence[float]) -> float:
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
