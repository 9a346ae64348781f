"""The compiled kernel (`c/`), called through ctypes, which lets other threads run meanwhile.

The kernel gives the rows that sacrebleu and jiwer give, to the last bit. It is optional: where it was not
built, or the environment says `EVALKIT_KERNEL=off`, `load` gives None and the libraries count.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

from evalkit.protocols import Row

# The order is that of the enumeration in c/kernel.h.
TOKENIZERS = ("none", "13a", "zh", "char", "intl")
MOST_ORDERS = 16
FILE = "_kernel.dll" if sys.platform == "win32" else "_kernel.so"
_MOST_BETA = 10_000
_INTERFACE = 1
# Segments given to the kernel at once: bounds the memory, and the time until an interrupt is seen.
_BLOCK = 5000


class _Batch(ctypes.Structure):
    _fields_ = (
        ("bytes", ctypes.c_char_p),
        ("start", ctypes.c_void_p),
        ("reference", ctypes.c_void_p),
        ("systems", ctypes.c_int64),
        ("segments", ctypes.c_int64),
    )


class Kernel:
    """The kernel's functions. Texts are lists of candidates by system, and one tuple of references per segment.

    Every function raises UnicodeEncodeError for a lone surrogate. A row whose first number is negative is one the
    kernel leaves to the library.
    """

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        library.evalkit_regex_version.restype = ctypes.c_char_p
        self.regex_version: str = library.evalkit_regex_version().decode()

    def bleu(
        self, systems: Sequence[Sequence[str]], references: Sequence[Sequence[str]], tokenizer: str, order: int
    ) -> list[list[Row]]:
        """BLEU rows by system: lengths, matches and totals. `tokenizer` is one of TOKENIZERS."""
        kind = TOKENIZERS.index(tokenizer)
        return self._by_system(
            systems, references, 2 + 2 * order, lambda batch, rows: self._library.evalkit_bleu(batch, kind, order, rows)
        )

    def chrf(
        self,
        systems: Sequence[Sequence[str]],
        references: Sequence[Sequence[str]],
        *,
        char_order: int,
        word_order: int,
        beta: int,
        whitespace: bool,
        eps_smoothing: bool,
    ) -> list[list[Row]]:
        """chrF rows by system: candidate, reference and matched n-grams by order."""
        factor = beta**2
        numbers = (char_order, word_order, int(whitespace), int(eps_smoothing))
        factors = (ctypes.c_double(factor), ctypes.c_double(1 + factor))
        return self._by_system(
            systems,
            references,
            3 * (char_order + word_order),
            lambda batch, rows: self._library.evalkit_chrf(batch, *numbers, *factors, rows),
        )

    def ter(self, systems: Sequence[Sequence[str]], references: Sequence[Sequence[str]]) -> list[list[Row]]:
        """TER rows by system, of texts whose words are divided by white space: fewest edits, mean reference length."""
        return self._by_system(systems, references, 2, self._library.evalkit_ter)

    def edits(
        self, candidates: Sequence[str], references: Sequence[Sequence[str]], by_character: bool
    ) -> list[list[Row]]:
        """jiwer's hits, substitutions, deletions and insertions, by segment and reference."""
        found: list[Row] = []
        for start in range(0, len(references), _BLOCK):
            part = slice(start, start + _BLOCK)
            count = sum(map(len, references[part]))
            found += self._run(
                [candidates[part]],
                references[part],
                count,
                4,
                lambda batch, rows: self._library.evalkit_edits(batch, int(by_character), rows),
            )
        ends = list(accumulate(map(len, references), initial=0))
        return [found[ends[i] : ends[i + 1]] for i in range(len(references))]

    def _by_system(
        self,
        systems: Sequence[Sequence[str]],
        references: Sequence[Sequence[str]],
        width: int,
        function: Callable[[Any, Any], int],
    ) -> list[list[Row]]:
        found: list[list[Row]] = [[] for _ in systems]
        for start in range(0, len(references), _BLOCK):
            part = slice(start, start + _BLOCK)
            texts = [system[part] for system in systems]
            size = len(references[part])
            rows = self._run(texts, references[part], len(systems) * size, width, function)
            for position, of_system in enumerate(found):
                of_system += rows[position * size : (position + 1) * size]
        return found

    @staticmethod
    def _run(
        systems: Sequence[Sequence[str]],
        references: Sequence[Sequence[str]],
        count: int,
        width: int,
        function: Callable[[Any, Any], int],
    ) -> list[Row]:
        """`count` rows of `width` numbers."""
        encoded = list(map(str.encode, chain(chain.from_iterable(systems), chain.from_iterable(references))))
        start = array("q", accumulate(map(len, encoded), initial=0))
        reference = array("q", accumulate(map(len, references), initial=0))
        batch = _Batch(
            b"".join(encoded), start.buffer_info()[0], reference.buffer_info()[0], len(systems), len(references)
        )
        rows = (ctypes.c_double * (count * width))()
        if function(ctypes.byref(batch), rows):
            raise MemoryError("the scoring kernel: not enough memory for the longest text")
        return list(struct.iter_unpack(f"{width}d", rows))


def covers_bleu(kernel: Kernel, tokenizer: str, order: int) -> bool:
    """Whether the kernel has this tokenizer; `intl` only with the Unicode classes of the installed `regex`."""
    if order > MOST_ORDERS or tokenizer not in TOKENIZERS:
        return False
    return tokenizer != "intl" or kernel.regex_version == _regex_version()


@lru_cache(maxsize=1)
def _regex_version() -> str:
    from importlib.metadata import version

    return version("regex")


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
