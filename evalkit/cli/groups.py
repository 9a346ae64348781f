"""Groups of options that several commands share; each is one parameter of a command."""

from __future__ import annotations

from typing import NamedTuple

from evalkit.cli import options as o
from evalkit.errors import ConfigError


class Texts(NamedTuple):
    """How texts are cut into segments and paired, and what they are."""

    align: o.Align = "document"
    segment: o.Segment = ""
    alignment: o.AlignmentFile = ""
    kind: o.KindOfText = "translation"
    lang: o.Lang = "en"

    @property
    def aligner(self) -> str | dict[str, object]:
        return {"name": "file", "path": self.alignment} if self.alignment else self.align


class Work(NamedTuple):
    """What is left out of the texts, and what does the work."""

    boilerplate: o.Boilerplate = False
    plugins: o.Plugins = []
    jobs: o.Jobs = 0


class BleuOptions(NamedTuple):
    tokenize: o.Tokenize = ""
    smooth_method: o.SmoothMethod = "exp"
    smooth_value: o.SmoothValue = None
    lowercase: o.Lowercase = False
    effective_order: o.EffectiveOrder = False


class ChrfOptions(NamedTuple):
    char_order: o.ChrfCharOrder = 6
    word_order: o.ChrfWordOrder = None
    beta: o.ChrfBeta = 2
    whitespace: o.ChrfWhitespace = False
    lowercase: o.ChrfLowercase = False
    eps_smoothing: o.ChrfEps = False


class TerOptions(NamedTuple):
    normalized: o.TerNormalized = False
    no_punct: o.TerNoPunct = False
    asian_support: o.TerAsian = False
    case_sensitive: o.TerCase = False


class PairedTests(NamedTuple):
    """Which test holds systems against each other, and how."""

    paired_bs: o.PairedBs = False
    paired_ar: o.PairedAr = False
    paired_bs_n: o.PairedBsN = 0
    paired_ar_n: o.PairedArN = 0
    baseline: o.Baseline = ""
    alpha: o.Alpha = 0.05
    correction: o.Correction = "holm"
    unit: o.Unit = "auto"

    def settings(self, *, unless_asked: str) -> dict[str, object]:
        """The `[statistics]` of a configuration; `unless_asked` is the test where no option names one."""
        if self.paired_bs and self.paired_ar:
            raise ConfigError("--paired-bs and --paired-ar: choose one")
        test = "bootstrap" if self.paired_bs else "randomisation" if self.paired_ar else unless_asked
        return {
            "test": test,
            "trials": self.paired_ar_n if test == "randomisation" else self.paired_bs_n,
            "baseline": self.baseline,
            "alpha": self.alpha,
            "correction": self.correction,
            "unit": self.unit,
        }


AS_DOCUMENTS, LINE_BY_LINE = Texts(), Texts(align="lines")
WORK = Work()
BLEU, CHRF, TER = BleuOptions(), ChrfOptions(), TerOptions()
TESTS = PairedTests()
