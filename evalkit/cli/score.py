"""The command that scores."""

from __future__ import annotations

from typing import Any

from evalkit.cli import gating, metrics, shared, slips, streams
from evalkit.cli import options as o
from evalkit.cli.output import format_for, put


def score(
    candidates: o.Candidates,
    reference: o.References = [],
    source: o.Source = "",
    source_lang: o.SourceLang = "",
    names_of_systems: o.Names = "",
    metric: o.Metrics = [],
    texts: o.Texts = o.LINE_BY_LINE,
    metric_options: Any = metrics.OPTIONS,
    confidence: o.Confidence = False,
    tests: o.PairedTests = o.TESTS,
    work: o.Work = o.WORK,
    parts: o.Parts = o.WHOLE,
    seed: o.Seed = 12345,
    format_: o.Format = "",
    output: o.Output = "-",
    overwrite: o.Replace = False,
    width: o.Width = 2,
    score_only: o.ScoreOnly = False,
    report_parity: o.ReportParity = False,
    fail_under: o.FailUnder = [],
    fail_on_regression: o.FailOnRegression = False,
    verbose: o.Verbose = False,
    quiet: o.Quiet = False,
    no_color: o.NoColor = False,
) -> None:
    """Scores files, folders or tables without a configuration.

    By default line by line, as sacrebleu does, with its values; -v prints the signatures too. Texts as they are
    (other sentence counts, parts missing or moved) take --align document.

    Example: evalkit score system.txt -r reference.txt -m bleu,chrf
    """
    slips.metrics_as_files(candidates, metric)
    format_ = format_for(format_, output, "table", work.plugins)
    statistics = {"confidence": confidence, **tests.settings(unless_asked="none")}
    specs = metrics.specs(metric or ["bleu"], metric_options, work.plugins)
    given = shared.Request(candidates, reference, texts, work, source, source_lang, names_of_systems, quiet, overwrite)
    settings = {"metrics": specs, "detectors": (), "seed": seed, "statistics": statistics}
    named = [str(spec["name"]) for spec in specs]
    gate = gating.options(fail_under=fail_under, fail_on_regression=fail_on_regression, metrics=named)
    streamed = streams.asked(given, parts, named, report_parity=report_parity)
    work_of = streams.evaluate if streamed else shared.evaluate
    result = work_of("score", given, settings, gate, format_=format_, output=output, parts=parts)
    if not any(system.scores for system in result.systems):
        raise slips.without_reference(candidates)
    slips.one_system(result, tests.paired_bs, tests.paired_ar)
    if score_only:
        put(shared.bare(result, width), output)
    else:
        shared.show(result, given, format_, output, no_color=no_color, width=width, verbose=verbose)
    remarks = [*slips.notes("score", given, result), *(shared.parity(result, given, settings) if report_parity else ())]
    shared.end(result, quiet, [*remarks, *streams.remarks(parts)])
