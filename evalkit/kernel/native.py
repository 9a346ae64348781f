"""The compiled kernel (`c/`), called through ctypes, which lets other threads run meanwhile.

The kernel gives the rows and scores that sacrebleu and jiwer give, to the last bit. It is optional: where it was not
built, or the environment says `EVALKIT_KERNEL=off`, `load` gives None and the libraries count.
"""

from __future__ import annotations

import ctypes
import os
import sys
from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from evalkit.kernel.classes import digest
from evalkit.kernel.packing import Packed
from evalkit.kernel.tables import Table
from evalkit.plugins.packages import version

# The orders are those of the enumerations in c/kernel.h and c/scores.c.
TOKENIZERS = ("none", "13a", "zh", "char", "intl")
SMOOTHINGS = ("none", "floor", "add-k", "exp")
RATES = ("wer", "mer", "wil")
MOST_ORDERS = 16  # the size of the arrays in C; beyond it the standard tool counts
FILE = "_kernel.dll" if sys.platform == "win32" else "_kernel.so"
_MOST_BETA = 10_000  # beta squared is exact in a float up to here
_MOST_SMOOTHING = 1e9  # beyond it sums lose the counts
_INTERFACE = 4  # raised with every change of the functions in C
# Texts a call counts: bounds the time until an interrupt is seen; the least a thread is worth.
_MOST_TEXTS, _LEAST_TEXTS = 16_000, 500

# A call that counts: what it gets besides the batch, the range of segments and the place for rows.
Count = Callable[[Any, Any, Any], int]


class _Side(ctypes.Structure):
    _fields_ = (("bytes", ctypes.c_char_p), ("bounds", ctypes.c_void_p))


class _Batch(ctypes.Structure):
    _fields_ = (
        ("systems", ctypes.POINTER(_Side)),
        ("references", ctypes.POINTER(_Side)),
        ("system_count", ctypes.c_int64),
        ("reference_count", ctypes.c_int64),
        ("segments", ctypes.c_int64),
    )


class _Range(ctypes.Structure):
    _fields_ = (("first", ctypes.c_int64), ("end", ctypes.c_int64))


class Stems(NamedTuple):
    """Stems of many lines as the kernel packs them: sorted numbers, and where those of each line stop, from 0 on."""

    packed: Any
    stops: array[int]


class Kernel:
    """The kernel's functions. What counts gives a `Count` to `run`; what scores takes a table, one score a row.

    A row whose first number is negative is one the kernel leaves to the library.
    """

    def __init__(self, library: ctypes.CDLL) -> None:
        self.library = library
        library.evalkit_classes.restype = ctypes.c_char_p
        library.evalkit_lines.restype = ctypes.c_int64
        # the version of regex whose Unicode classes are compiled in, and their digest
        self.regex_version, self.classes = library.evalkit_classes().decode().split()

    def find_lines(self, data: bytes, count: int) -> array[int] | None:
        """Begin and end of each line; None unless there are exactly `count`."""
        bounds = array("q", bytes(16 * count))
        size = (ctypes.c_int64(len(data)), ctypes.c_int64(count))
        found = self.library.evalkit_lines(data, *size, _pointer(bounds)) if count else -1
        return bounds if found == count else None

    def run(
        self, systems: Sequence[Packed], references: Sequence[Packed], width: int, count: Count, jobs: int
    ) -> list[Table]:
        """Rows of `width` numbers, a table a system, counted on `jobs` threads, whose number changes no row."""
        segments = len(systems[0].bounds) // 2
        batch = _Batch(_sides(systems), _sides(references), len(systems), len(references), segments)
        size = 8 * width * segments
        rows = memoryview(bytearray(size * len(systems)))
        place = ctypes.byref((ctypes.c_char * len(rows)).from_buffer(rows)) if len(rows) else None

        def part(range_: tuple[int, int]) -> int:
            return count(ctypes.byref(batch), _Range(*range_), place)

        ranges = _ranges(segments, len(systems) + len(references), jobs)
        if any(_mapped(part, ranges, jobs)):
            raise MemoryError("the scoring kernel: not enough memory for the longest text")
        return [Table(rows[i * size : (i + 1) * size], width) for i in range(len(systems))]

    def bleu(self, tokenizer: str, order: int) -> Count:
        """BLEU rows: lengths, matches and totals, 2 + 2 * `order`. `tokenizer` is one of TOKENIZERS."""
        function, kind = self.library.evalkit_bleu, TOKENIZERS.index(tokenizer)
        return lambda batch, range_, rows: int(function(batch, range_, kind, order, rows))

    def chrf(self, char_order: int, word_order: int, beta: int, whitespace: bool, eps_smoothing: bool) -> Count:
        """chrF rows: candidate, reference and matched n-grams by order, 3 * (`char_order` + `word_order`)."""
        function = self.library.evalkit_chrf
        numbers = (char_order, word_order, int(whitespace), int(eps_smoothing), *_factors(beta))
        return lambda batch, range_, rows: int(function(batch, range_, *numbers, rows))

    def ter(self) -> Count:
        """TER rows, of texts whose words are divided by white space: fewest edits, mean reference length."""
        function = self.library.evalkit_ter
        return lambda batch, range_, rows: int(function(batch, range_, rows))

    def edits(self, by_character: bool, rate: str) -> Count:
        """jiwer's hits, substitutions, deletions and insertions, against the reference with the lowest rate."""
        function, kind = self.library.evalkit_edits, RATES.index(rate)
        return lambda batch, range_, rows: int(function(batch, range_, int(by_character), kind, rows))

    def bleu_scores(self, table: Table, order: int, method: str, value: float, effective_order: bool) -> array[float]:
        """BLEU of each row."""
        options = (order, SMOOTHINGS.index(method), ctypes.c_double(value), int(effective_order))
        return self._scores(self.library.evalkit_bleu_scores, table, *options)

    def chrf_scores(self, table: Table, orders: int, beta: int, eps_smoothing: bool) -> array[float]:
        """chrF of each row."""
        return self._scores(self.library.evalkit_chrf_scores, table, orders, int(eps_smoothing), *_factors(beta))

    def ter_scores(self, table: Table) -> array[float]:
        """TER of each row."""
        return self._scores(self.library.evalkit_ter_scores, table)

    def error_rates(self, table: Table, rate: str) -> array[float]:
        """An error rate of each row."""
        return self._scores(self.library.evalkit_error_rates, table, RATES.index(rate))

    def total(self, table: Table) -> array[float]:
        """The sum of the rows, from the first to the last."""
        sums = array("d", bytes(8 * table.width))
        size = (ctypes.c_int64(len(table)), ctypes.c_int64(table.width))
        self.library.evalkit_total(_place(table.data), *size, _pointer(sums))
        return sums

    def words(self, data: bytes, start: array[int], *, with_stems: bool) -> tuple[array[int], Stems]:
        """The number of words of each text, negative where it is left to Python, and the stems where asked for.

        Text k stands from `start[k]` to before `start[k + 1]`; a newline between two belongs to no word.
        """
        texts = len(start) - 1
        numbers, stops = array("q", bytes(8 * texts)), array("q", bytes(8 * len(start)))
        # A stem takes two bytes at least, with the space before the next; `bytearray` touches no page before its use.
        room = 8 * (len(data) // 2 + texts + 1)
        packed = (ctypes.c_char * room).from_buffer(bytearray(room)) if with_stems else None
        size = ctypes.c_int64(texts)
        if self.library.evalkit_words(data, _pointer(start), size, _pointer(numbers), packed, _pointer(stops)):
            raise MemoryError("the scoring kernel: not enough memory for the longest line")
        return numbers, Stems(packed, stops)

    def likeness(self, left: Stems, first: int, right: Stems, other: int, number: int) -> array[float]:
        """Share of stems in common of `number` pairs of lines, those from `first` and from `other` on."""
        found = array("d", bytes(8 * number))
        sides = (left.packed, _pointer(left.stops, first), right.packed, _pointer(right.stops, other))
        self.library.evalkit_likeness(*sides, ctypes.c_int64(number), _pointer(found))
        return found

    @staticmethod
    def _scores(function: Any, table: Table, *options: Any) -> array[float]:
        scores = array("d", bytes(8 * len(table)))
        function(_place(table.data), ctypes.c_int64(len(table)), *options, _pointer(scores))
        return scores


def _factors(beta: int) -> tuple[ctypes.c_double, ctypes.c_double]:
    return ctypes.c_double(beta**2), ctypes.c_double(1 + beta**2)


def _pointer(numbers: array[Any], position: int = 0) -> ctypes.c_void_p:
    return ctypes.c_void_p(numbers.buffer_info()[0] + numbers.itemsize * position)


def _place(view: memoryview[Any]) -> Any:
    """Where a view's numbers are; what may not be written is copied."""
    if not view:
        return None
    if view.readonly:
        return bytes(view)
    return ctypes.byref((ctypes.c_char * view.nbytes).from_buffer(view.cast("B")))


def _sides(sides: Sequence[Packed]) -> Any:
    return (_Side * len(sides))(*(_Side(side.data, side.bounds.buffer_info()[0]) for side in sides))


def _ranges(segments: int, sides: int, jobs: int) -> list[tuple[int, int]]:
    """Segments to count in one call: some calls for each thread, none too long, none too short to be worth it."""
    step = max(1, _MOST_TEXTS // sides)
    if jobs > 1:
        step = min(step, max(_LEAST_TEXTS // sides + 1, segments // (4 * jobs) + 1))
    return [(first, min(first + step, segments)) for first in range(0, segments, step)]


def _mapped(part: Callable[[tuple[int, int]], int], ranges: Sequence[tuple[int, int]], jobs: int) -> list[int]:
    if jobs < 2 or len(ranges) < 2:
        return list(map(part, ranges))
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(jobs, len(ranges))) as pool:
        return list(pool.map(part, ranges))


def covers_bleu(kernel: Kernel, tokenizer: str, order: int, smoothing: float) -> bool:
    """Whether the kernel has this tokenizer; `intl` only with the Unicode classes of the installed `regex`."""
    if order > MOST_ORDERS or tokenizer not in TOKENIZERS or smoothing > _MOST_SMOOTHING:
        return False
    return tokenizer != "intl" or _has_classes_of_regex(kernel)


@lru_cache(maxsize=1)
def _has_classes_of_regex(kernel: Kernel) -> bool:
    """Whether the installed regex is the version the kernel was made with, or another with the same classes."""
    return bool(kernel.regex_version == version("regex") or kernel.classes == digest())


def covers_chrf(char_order: int, word_order: int, beta: int) -> bool:
    """Whether the kernel counts these orders; a huge `beta` squared is no exact float."""
    return char_order <= MOST_ORDERS and word_order <= MOST_ORDERS and beta <= _MOST_BETA


def load() -> Kernel | None:
    """The kernel, or None where it is switched off or not there."""
    return None if os.environ.get("EVALKIT_KERNEL", "").lower() == "off" else _load()


@lru_cache(maxsize=1)
def _load() -> Kernel | None:
    return open_kernel(Path(__file__).parent / FILE)


def open_kernel(path: Path) -> Kernel | None:
    """The kernel in a shared library; None where there is none, or one of another system or version."""
    if not path.is_file():
        return None
    try:
        library = ctypes.CDLL(str(path))
    except OSError:  # built for another system
        return None
    return Kernel(library) if library.evalkit_interface() == _INTERFACE else None
