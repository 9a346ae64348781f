"""The command that holds metrics against human scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from evalkit.cli import options as o
from evalkit.cli.guard import refuse_foreign, refuse_overwriting
from evalkit.cli.output import note, put
from evalkit.errors import ConfigError, InputError, nearest

if TYPE_CHECKING:
    from evalkit.meta.evaluate import Places
    from evalkit.meta.scores import Scores

_ENDINGS = {
    ".json": "json", ".md": "markdown", ".tsv": "tsv", ".txt": "table", "": "table", ".tex": "latex", ".html": "html",
}  # fmt: skip

Metrics = Annotated[
    list[str],
    typer.Argument(
        help="Scores of metrics: NAME.seg.score, NAME.sys.score, TSV (system, segment, score), or a result.",
        metavar="SCORES...",
    ),
]
Humans = Annotated[
    list[str],
    o.option("--human", text="Scores of people: as SCORES, or a Google MQM TSV; repeat for several.", metavar="FILE"),
]
Docs = Annotated[
    str, o.option("--docs", text="Domain and document of each line (TSV), for values by domain.", metavar="FILE")
]
Lower = Annotated[
    list[str], o.option("--lower", text="A metric of which lower is better; repeat for several.", metavar="NAME")
]
References = Annotated[
    bool, o.option("--with-references", text="Count references scored like systems (refA, synthetic_ref) too.")
]
BaselineMetric = Annotated[
    str, o.option("--baseline", text="Metric to test the others against; default all pairs.", metavar="NAME")
]
Trials = Annotated[int, o.option("--trials", text="Resamples of an interval, exchanges of a test. [1000]", metavar="N")]
Format = Annotated[
    str,
    o.option(
        "-f", "--format", text="table, json, markdown, latex, html or tsv; by default as the output's ending says."
    ),
]
Places_ = Annotated[
    int,
    typer.Option("-w", "--width", help="Decimals shown. [3]", metavar="N", min=0, max=17, show_default=False),
]


class Line(TyperCommand):
    """A line of the command, in which several files may follow one `--human`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, spread(args))


def spread(line: list[str]) -> list[str]:
    """The line with `--human` before each file that follows one, where the metrics stand before it: `A B --human H I`.

    In `--human H A B`, without a metric before, one file is of people and the rest are metrics.
    """
    found: list[str] = []
    metrics, is_human, takes_value = False, False, False
    for word in line:
        if word.startswith("-") and word != "-" and not takes_value:
            is_human = False
            takes_value = "=" not in word and word not in _FLAGS
            follows = word == "--human"
            found.append(word)
            continue
        if takes_value:
            is_human = follows and metrics
        elif is_human:
            found.append("--human")
        else:
            metrics = True
        takes_value = False
        found.append(word)
    return found


# Options without a value.
_FLAGS = frozenset({"--with-references", "--overwrite", "-q", "--quiet", "-h", "--help"})


def meta(
    scores: Metrics,
    human: Humans = [],
    docs: Docs = "",
    lower: Lower = [],
    with_references: References = False,
    baseline: BaselineMetric = "",
    trials: Trials = 1000,
    alpha: o.Alpha = 0.05,
    correction: o.Correction = "holm",
    seed: o.Seed = 12345,
    format_: Format = "",
    output: o.Output = "-",
    overwrite: o.Replace = False,
    width: Places_ = 3,
    quiet: o.Quiet = False,
) -> None:
    """Which metric to trust: compares metrics with human scores.

    Pairwise and soft pairwise accuracy, Pearson, Spearman, Kendall, and accuracy with calibrated ties, with intervals
    and tests between metrics. Of NAME.seg.score and NAME.sys.score both count where both lie side by side.

    Example: evalkit meta BLEU.seg.score chrF.seg.score --human mqm.seg.score
    """
    from evalkit.meta.evaluate import Settings, evaluate
    from evalkit.meta.read import read_all, turned_round, with_siblings
    from evalkit.meta.show import FORMATS

    format_ = _format(format_, output, list(FORMATS))
    if not human:
        raise ConfigError("meta: there are no human scores to hold metrics against; give them with --human FILE")
    if [*scores, *human, docs].count("-") > 1:
        raise ConfigError("`-` (standard input) can stand for one file only")
    refuse_overwriting([*with_siblings(scores), *with_siblings(human), docs], output)
    refuse_foreign(output, overwrite)
    metrics, humans = read_all(scores), read_all(human, human=True)
    known = [side.name for side in (*metrics, *humans)]
    for name in lower:
        if name not in known:
            raise ConfigError(f"--lower {name}: no scores of that name{nearest(name, known)}; have: {', '.join(known)}")
    if baseline and baseline not in (names := [metric.name for metric in metrics]):
        raise ConfigError(f"--baseline {baseline}: no such metric{nearest(baseline, names)}; have: {', '.join(names)}")
    settings = Settings(trials, seed, alpha, correction, with_references, baseline)
    found = evaluate(turned_round(metrics, lower), turned_round(humans, lower), settings, _places(humans, docs))
    put(FORMATS[format_](found, width), output)
    if format_ in ("json", "tsv"):
        for text in found.notes:
            note(f"evalkit: note: {text}", quiet)


def _format(asked: str, output: str, known: list[str]) -> str:
    """The format asked for, else the one of the output's ending."""
    ending = Path(output).suffix.lower() if output not in ("", "-") else ""
    if not asked and ending not in _ENDINGS:
        raise ConfigError(f"-o {output}: no format writes {ending!r} files; name one with -f: {', '.join(known)}")
    name = asked or _ENDINGS[ending]
    if name not in known:
        raise ConfigError(f"-f {name}: no such format of `meta`{nearest(name, known)} (known: {', '.join(known)})")
    return name


def _places(humans: list[Scores], docs: str) -> Places | None:
    """Domains and documents of the segments of files of lines."""
    from evalkit.meta.evaluate import Places
    from evalkit.meta.read import placed, read_documents

    if not docs:
        return None
    documents = read_documents(docs)
    lines = [human for human in humans if human.lines]
    if not lines:
        raise InputError(
            f"{docs}: no human scores are lines without names, so no line can be of a document; leave it out"
        )
    found = {human.name: placed(human, documents, docs) for human in lines}
    return Places(
        {name: domains for name, (domains, _) in found.items()}, {n: docs_ for n, (_, docs_) in found.items()}
    )
