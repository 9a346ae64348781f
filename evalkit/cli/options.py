"""Options that several commands share, each declared once; below, those that go together as one parameter."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from evalkit.errors import ConfigError
from evalkit.plugins.packages import own_names


def option(*names: str, text: str, metavar: str | None = None) -> object:
    """An option as a type is annotated with it; its text says the default, in [brackets]."""
    return typer.Option(*names, help=text, metavar=metavar, show_default=False)


Candidates = Annotated[list[str], typer.Argument(help="Files, folders or tables to evaluate; `-` is standard input.")]
Candidate = Annotated[str, typer.Argument(help="File, folder or table to align; `-` is standard input.")]
References = Annotated[
    list[str], option("-r", "--reference", text="Reference file, folder or table; repeat for several.", metavar="PATH")
]
Source = Annotated[
    str,
    option(
        "-s",
        "--source",
        text="Source text, for source-language terms and what else looks at it.",
        metavar="PATH",
    ),
]
SourceLang = Annotated[str, option("--source-lang", text="Language of the source.", metavar="CODE")]
Names = Annotated[
    str, option("--names-of-systems", text="Names of the candidates, in their order: a,b,c.", metavar="A,B")
]
Metrics = Annotated[
    list[str],
    option(
        "-m",
        "--metric",
        text="bleu, chrf, chrf++, ter, wer, mer, wil, cer; repeat or separate by commas. [bleu]",
        metavar="NAMES",
    ),
]
Align = Annotated[str, option("--align", text="Aligner: lines, document, id, or a plug-in's name.", metavar="NAME")]
Segment = Annotated[
    str, option("--segment", text="Segmenter: lines, sentences; by default what the aligner needs.", metavar="NAME")
]
AlignmentFile = Annotated[
    str, option("--alignment", text="A corrected alignment (TSV of `evalkit align -f tsv`).", metavar="FILE")
]
KindOfText = Annotated[str, option("--kind", text="translation, report or summary. [translation]", metavar="KIND")]
Lang = Annotated[
    str, option("--lang", text="Language of the texts, for example en, de, zh. [detected, else en]", metavar="CODE")
]
LangOfList = Annotated[
    str, option("--lang", text="Language of the texts, for example en, de, zh. [en]", metavar="CODE")
]
Jobs = Annotated[int, option("--jobs", text="Processes; 0 is one per core. Changes speed only. [0]", metavar="N")]
Format = Annotated[
    str,
    option(
        "-f",
        "--format",
        text=f"{', '.join(own_names('renderer'))}, or a plug-in's name; by default as the output's ending says.",
    ),
]
Output = Annotated[str, option("-o", "--output", text="File to write; `-` is standard output.", metavar="FILE")]
Seed = Annotated[int, option("--seed", text="Seed of every random draw, recorded in the result. [12345]", metavar="N")]
Quiet = Annotated[bool, option("-q", "--quiet", text="Nothing but the result: no notes on standard error.")]
Width = Annotated[
    int,
    typer.Option(
        "-w", "--width", help="Decimals of the scores shown. [2]", metavar="N", min=0, max=17, show_default=False
    ),
]
Terms = Annotated[list[str], option("--terms", text="Termbase (YAML); repeat for several.", metavar="FILE")]
NamesLists = Annotated[list[str], option("--names", text="Names list (YAML); repeat for several.", metavar="FILE")]
Boilerplate = Annotated[
    bool, option("--boilerplate", text="Leave page furniture (menus, bylines, copyright) out; recorded.")
]
ReaderName = Annotated[
    str,
    option("--reader", text="Reader of all inputs, for example tmx(target=de); by default the file's.", metavar="NAME"),
]
Columns = Annotated[
    str,
    option(
        "--columns",
        text="Columns of tables: text=COL,reference=COL,source=COL,doc=COL,id=COL,system=COL.",
        metavar="ROLE=COL",
    ),
]
Plugins = Annotated[
    list[str], option("--plugin", text="Python file with plug-ins; repeat for several.", metavar="FILE")
]
PluginKind = Annotated[
    str, option("--plugin", text="Write a plug-in of this kind, and its test, under the name given.", metavar="KIND")
]
FailOn = Annotated[
    str, option("--fail-on", text="Exit 1 on a finding this severe: minor, major, critical.", metavar="SEVERITY")
]
FailUnder = Annotated[
    list[str],
    option("--fail-under", text="Exit 1 where a score is worse, for example bleu=30; repeat.", metavar="METRIC=VALUE"),
]
BaselineFile = Annotated[
    str,
    option(
        "--baseline",
        text="Saved result: exit 1 where a score is shown to be worse or a finding is not in it.",
        metavar="FILE",
    ),
]
FailOnNew = Annotated[
    str,
    option(
        "--fail-on-new", text="The least severity of a finding not in the baseline that fails. [minor]",
        metavar="SEVERITY",
    ),
]  # fmt: skip
FailOnRegression = Annotated[
    bool, option("--fail-on-regression", text="Exit 1 where something is worse than the baseline; needs one.")
]
Overwrite = Annotated[
    bool, option("--overwrite", text="The output folder may hold files that evalkit did not write; replace them.")
]
Replace = Annotated[
    bool, option("--overwrite", text="Replace the file at --output, though evalkit did not make it as it is.")
]
UpdateBaseline = Annotated[
    bool, option("--update-baseline", text="Write the result as the gate's baseline, saying what has changed.")
]
Select = Annotated[
    list[str],
    option(
        "--select", text="Only these rules: ids, globs (name-*) or categories; repeat or use commas.", metavar="RULE"
    ),
]
Ignore = Annotated[
    list[str],
    option("--ignore", text="Not these rules: ids, globs or categories; repeat or use commas.", metavar="RULE"),
]
VerdictsFile = Annotated[
    str,
    option("--verdicts", text="Verdicts of people (`evalkit review import`): wrong ones are silent.", metavar="FILE"),
]
SelfTest = Annotated[
    bool, option("--self-test", text="Plant known errors into the reference; show how many the rules find.")
]
Progress = Annotated[
    str, option("--progress", text="auto (a line on a terminal), line, json, none. [auto]", metavar="HOW")
]
Verbose = Annotated[bool, option("-v", "--verbose", text="Signatures, and BLEU's precisions and brevity penalty.")]
ScoreOnly = Annotated[bool, option("-b", "--score-only", text="Print the bare scores, one a line.")]
Label = Annotated[str, option("--label", text="Keep the values under this name for `evalkit history`.", metavar="NAME")]
Only = Annotated[
    list[str],
    option(
        "--only",
        text="Of a matrix: set=NAME, lang=CODE, tag=NAME (globs), or new: what has changed; repeat for more.",
        metavar="WHICH",
    ),
]
NoColor = Annotated[bool, option("--no-color", text="Plain output; NO_COLOR does the same.")]

ReportParity = Annotated[
    bool, option("--report-parity", text="Score the text without its line ends too, aligned: how near is that?")
]
Confidence = Annotated[bool, option("--confidence", text="Confidence intervals by bootstrap.")]
PairedBs = Annotated[bool, option("--paired-bs", text="Paired bootstrap between systems.")]
PairedAr = Annotated[bool, option("--paired-ar", text="Paired approximate randomisation between systems.")]
PairedBsN = Annotated[
    int, option("--paired-bs-n", text="Resamples; 0 is 1,000, more for many systems. [0]", metavar="N")
]
PairedArN = Annotated[int, option("--paired-ar-n", text="Trials; 0 is 10,000, more for many systems. [0]", metavar="N")]
Baseline = Annotated[str, option("--baseline", text="System to compare with; default all pairs.", metavar="NAME")]
Alpha = Annotated[float, option("--alpha", text="Level of the tests. [0.05]", metavar="X")]
Correction = Annotated[str, option("--correction", text="For many tests: holm, bh, none. [holm]", metavar="NAME")]
Unit = Annotated[
    str, option("--unit", text="What is drawn: document, segment, auto (documents from 10). [auto]", metavar="NAME")
]

EngineName = Annotated[
    str,
    option(
        "--engine", text="Read line files and tables in parts: local (processes) or dask (a cluster).", metavar="NAME"
    ),
]
RunEngine = Annotated[
    str, option("--engine", text="dask: documents, findings and models on a cluster. [processes]", metavar="NAME")
]
Scheduler = Annotated[
    str, option("--scheduler", text="Address of a cluster for --engine dask. [one of this machine]", metavar="ADDRESS")
]
RowsFolder = Annotated[
    str, option("--rows", text="With --engine: write the rows of every line as Parquet here.", metavar="FOLDER")
]
AllowMissing = Annotated[
    bool, option("--allow-missing", text="With --engine: score without parts that cannot be counted, and name them.")
]


class Texts(NamedTuple):
    """How texts are cut into segments and paired, and what they are."""

    align: Align = ""
    segment: Segment = ""
    alignment: AlignmentFile = ""
    kind: KindOfText = "translation"
    lang: Lang = ""

    @property
    def aligner(self) -> str | dict[str, object]:
        return {"name": "file", "path": self.alignment} if self.alignment else self.align


class Work(NamedTuple):
    """What is left out of the texts, and what does the work."""

    boilerplate: Boilerplate = False
    plugins: Plugins = []
    jobs: Jobs = 0
    reader: ReaderName = ""
    columns: Columns = ""
    progress: Progress = ""


class Parts(NamedTuple):
    """Whether files are read in parts, and by whom."""

    engine: EngineName = ""
    scheduler: Scheduler = ""
    rows: RowsFolder = ""
    allow_missing: AllowMissing = False


class PairedTests(NamedTuple):
    """Which test holds systems against each other, and how."""

    paired_bs: PairedBs = False
    paired_ar: PairedAr = False
    paired_bs_n: PairedBsN = 0
    paired_ar_n: PairedArN = 0
    baseline: Baseline = ""
    alpha: Alpha = 0.05
    correction: Correction = "holm"
    unit: Unit = "auto"

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


AS_DOCUMENTS, LINE_BY_LINE = Texts(), Texts(align="auto")  # `LINES_OR_IDS` of the settings
WORK = Work()
WHOLE = Parts()
TESTS = PairedTests()
