"""Options that several commands share, each declared once; `groups.py` has those that go together."""

from __future__ import annotations

from typing import Annotated

from evalkit.cli.command_line import Argument, Option
from evalkit.plugins.packages import own_names


def _option(*names: str, text: str, panel: str | None = None, metavar: str | None = None) -> object:
    return Option(*names, help=text, rich_help_panel=panel, metavar=metavar, show_default=False)


Candidates = Annotated[list[str], Argument(help="Files, folders or tables to evaluate; `-` is standard input.")]
Candidate = Annotated[str, Argument(help="File, folder or table to align; `-` is standard input.")]
References = Annotated[
    list[str], _option("-r", "--reference", text="Reference file, folder or table; repeat for several.", metavar="PATH")
]
Source = Annotated[
    str,
    _option(
        "-s",
        "--source",
        text="Source text, for source-language terms and what else looks at it.",
        metavar="PATH",
    ),
]
SourceLang = Annotated[str, _option("--source-lang", text="Language of the source.", metavar="CODE")]
Names = Annotated[
    str, _option("--names-of-systems", text="Names of the candidates, in their order: a,b,c.", metavar="A,B")
]
Metrics = Annotated[
    list[str],
    _option(
        "-m",
        "--metric",
        text="bleu, chrf, chrf++, ter, wer, mer, wil, cer; repeat or separate by commas. [bleu]",
        metavar="NAMES",
    ),
]
Align = Annotated[str, _option("--align", text="Aligner: lines, document, or a plug-in's name.", metavar="NAME")]
Segment = Annotated[
    str, _option("--segment", text="Segmenter: lines, sentences; by default what the aligner needs.", metavar="NAME")
]
AlignmentFile = Annotated[
    str, _option("--alignment", text="A corrected alignment (TSV of `evalkit align -f tsv`).", metavar="FILE")
]
KindOfText = Annotated[str, _option("--kind", text="translation, report or summary. [translation]", metavar="KIND")]
Lang = Annotated[str, _option("--lang", text="Language of the texts, for example en, de, zh. [en]", metavar="CODE")]
Jobs = Annotated[int, _option("--jobs", text="Processes; 0 is one per core. Changes speed only. [0]", metavar="N")]
Format = Annotated[
    str,
    _option(
        "-f",
        "--format",
        text=f"{', '.join(own_names('renderer'))}, or a plug-in's name; by default as the output's ending says.",
    ),
]
Output = Annotated[str, _option("-o", "--output", text="File to write; `-` is standard output.", metavar="FILE")]
Seed = Annotated[int, _option("--seed", text="Seed of every random draw, recorded in the result. [12345]", metavar="N")]
Quiet = Annotated[bool, _option("-q", "--quiet", text="Nothing but the result: no notes on standard error.")]
Width = Annotated[
    int,
    Option("-w", "--width", help="Decimals of the scores shown. [2]", metavar="N", min=0, max=17, show_default=False),
]
Terms = Annotated[list[str], _option("--terms", text="Termbase (YAML); repeat for several.", metavar="FILE")]
NamesLists = Annotated[list[str], _option("--names", text="Names list (YAML); repeat for several.", metavar="FILE")]
Boilerplate = Annotated[
    bool, _option("--boilerplate", text="Leave page furniture (menus, bylines, copyright) out; recorded.")
]
Plugins = Annotated[
    list[str], _option("--plugin", text="Python file with plug-ins; repeat for several.", metavar="FILE")
]
PluginKind = Annotated[
    str, _option("--plugin", text="Write a plug-in of this kind, and its test, under the name given.", metavar="KIND")
]
FailOn = Annotated[
    str, _option("--fail-on", text="Exit 1 on a finding this severe: minor, major, critical.", metavar="SEVERITY")
]
FailUnder = Annotated[
    list[str],
    _option("--fail-under", text="Exit 1 where a score is worse, for example bleu=30; repeat.", metavar="METRIC=VALUE"),
]
BaselineFile = Annotated[
    str,
    _option(
        "--baseline",
        text="Saved result: exit 1 where a score is shown to be worse or a finding is not in it.",
        metavar="FILE",
    ),
]
FailOnNew = Annotated[
    str,
    _option(
        "--fail-on-new", text="The least severity of a finding not in the baseline that fails. [minor]",
        metavar="SEVERITY",
    ),
]  # fmt: skip
FailOnRegression = Annotated[
    bool, _option("--fail-on-regression", text="Exit 1 where something is worse than the baseline; needs one.")
]
Overwrite = Annotated[
    bool, _option("--overwrite", text="The output folder may hold files that evalkit did not write; replace them.")
]
UpdateBaseline = Annotated[
    bool, _option("--update-baseline", text="Write the result as the gate's baseline, saying what has changed.")
]
SelfTest = Annotated[
    bool, _option("--self-test", text="Plant known errors into the reference; show how many the rules find.")
]
ScoreOnly = Annotated[bool, _option("-b", "--score-only", text="Print the bare scores, one a line.")]
NoColor = Annotated[bool, _option("--no-color", text="Plain output; NO_COLOR does the same.")]

# Metric options under sacrebleu's long names, with its defaults.
Tokenize = Annotated[
    str, _option("--tokenize", text="BLEU tokenizer, as in sacrebleu. [13a; by language]", metavar="NAME")
]
SmoothMethod = Annotated[
    str, _option("--smooth-method", text="BLEU smoothing: none, floor, add-k, exp. [exp]", metavar="NAME")
]
SmoothValue = Annotated[float | None, _option("--smooth-value", text="Value of floor or add-k.", metavar="X")]
Lowercase = Annotated[bool, _option("--lowercase", text="BLEU on lower-cased text.")]
EffectiveOrder = Annotated[bool, _option("--effective-order", text="BLEU without orders that cannot match.")]
ChrfCharOrder = Annotated[int, _option("--chrf-char-order", text="Character n-gram order. [6]", metavar="N")]
ChrfWordOrder = Annotated[
    int | None, _option("--chrf-word-order", text="Word n-gram order; 2 is chrF++. [0]", metavar="N")
]
ChrfBeta = Annotated[int, _option("--chrf-beta", text="Weight of recall. [2]", metavar="N")]
ChrfWhitespace = Annotated[bool, _option("--chrf-whitespace", text="Count white space in chrF.")]
ChrfLowercase = Annotated[bool, _option("--chrf-lowercase", text="chrF on lower-cased text.")]
ChrfEps = Annotated[bool, _option("--chrf-eps-smoothing", text="Epsilon smoothing in chrF.")]
TerNormalized = Annotated[bool, _option("--ter-normalized", text="Tercom's normalisation before TER.")]
TerNoPunct = Annotated[bool, _option("--ter-no-punct", text="TER without punctuation.")]
TerAsian = Annotated[bool, _option("--ter-asian-support", text="TER with Asian characters split.")]
TerCase = Annotated[bool, _option("--ter-case-sensitive", text="TER that minds the case.")]

Confidence = Annotated[bool, _option("--confidence", text="Confidence intervals by bootstrap.")]
PairedBs = Annotated[bool, _option("--paired-bs", text="Paired bootstrap between systems.")]
PairedAr = Annotated[bool, _option("--paired-ar", text="Paired approximate randomisation between systems.")]
PairedBsN = Annotated[
    int, _option("--paired-bs-n", text="Resamples; 0 is 1,000, more for many systems. [0]", metavar="N")
]
PairedArN = Annotated[
    int, _option("--paired-ar-n", text="Trials; 0 is 10,000, more for many systems. [0]", metavar="N")
]
Baseline = Annotated[str, _option("--baseline", text="System to compare with; default all pairs.", metavar="NAME")]
Alpha = Annotated[float, _option("--alpha", text="Level of the tests. [0.05]", metavar="X")]
Correction = Annotated[str, _option("--correction", text="For many tests: holm, bh, none. [holm]", metavar="NAME")]
Unit = Annotated[
    str, _option("--unit", text="What is drawn: document, segment, auto (documents from 20). [auto]", metavar="NAME")
]
