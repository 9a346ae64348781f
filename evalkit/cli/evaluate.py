"""The commands that evaluate: run, score, align, check."""

from __future__ import annotations

from typing import Annotated

from evalkit.cli import gating, shared
from evalkit.cli import options as o
from evalkit.cli.declared import Argument
from evalkit.cli.output import cores, note, put, render
from evalkit.errors import ConfigError


def run(
    config: Annotated[str, Argument(help="The configuration.")] = "evalkit.toml",
    jobs: o.Jobs = 0,
    fail_on: o.FailOn = "",
    fail_under: o.FailUnder = [],
    baseline: o.BaselineFile = "",
    fail_on_new: o.FailOnNew = "",
    fail_on_regression: o.FailOnRegression = False,
    update_baseline: o.UpdateBaseline = False,
    quiet: o.Quiet = False,
) -> None:
    """The whole evaluation of a configuration.

    Writes result.json, report.md, report.html and figures/ into the configuration's output folder and prints a
    short table. Exit code 1 where the configuration has a [gate] that is not passed; an option of the gate takes
    the place of the configuration's.

    Example: evalkit run evalkit.toml
    """
    import evalkit
    from evalkit.config import load, with_gate

    settings, folder = load(config)
    settings = with_gate(settings, gating.options(fail_on, fail_under, baseline, fail_on_new, fail_on_regression))
    if update_baseline and not settings.gate.baseline:
        raise ConfigError('--update-baseline: no baseline is named; add baseline = "baseline.json" to [gate]')
    result = evalkit.evaluate(settings, folder=folder, jobs=cores(jobs), with_baseline=not update_baseline)
    target = folder / settings.output
    if update_baseline:
        gating.update_baseline(result, settings.gate, folder, quiet)
    elif settings.gate.baseline and (folder / settings.gate.baseline).resolve() == (target / "result.json").resolve():
        note("evalkit: note: the baseline is this run's own result.json: the next run is compared with this one", quiet)
    evalkit.write_reports(result, target)
    put(render(result, "table", evalkit.Registry(), short=True), "-")
    note(f"report: {target / 'report.md'} and {target / 'report.html'}; all figures: {target / 'result.json'}", quiet)
    gating.end(result, quiet)


def score(
    candidates: o.Candidates,
    reference: o.References,
    source: o.Source = "",
    names_of_systems: o.Names = "",
    metric: o.Metrics = [],
    align: o.Align = "lines",
    segment: o.Segment = "",
    alignment: o.AlignmentFile = "",
    kind: o.KindOfText = "translation",
    lang: o.Lang = "en",
    tokenize: o.Tokenize = "",
    smooth_method: o.SmoothMethod = "exp",
    smooth_value: o.SmoothValue = None,
    lowercase: o.Lowercase = False,
    effective_order: o.EffectiveOrder = False,
    chrf_char_order: o.ChrfCharOrder = 6,
    chrf_word_order: o.ChrfWordOrder = None,
    chrf_beta: o.ChrfBeta = 2,
    chrf_whitespace: o.ChrfWhitespace = False,
    chrf_lowercase: o.ChrfLowercase = False,
    chrf_eps_smoothing: o.ChrfEps = False,
    ter_normalized: o.TerNormalized = False,
    ter_no_punct: o.TerNoPunct = False,
    ter_asian_support: o.TerAsian = False,
    ter_case_sensitive: o.TerCase = False,
    confidence: o.Confidence = False,
    paired_bs: o.PairedBs = False,
    paired_ar: o.PairedAr = False,
    paired_bs_n: o.PairedBsN = 0,
    paired_ar_n: o.PairedArN = 0,
    baseline: o.Baseline = "",
    alpha: o.Alpha = 0.05,
    correction: o.Correction = "holm",
    unit: o.Unit = "auto",
    boilerplate: o.Boilerplate = False,
    plugin: o.Plugins = [],
    jobs: o.Jobs = 0,
    seed: o.Seed = 12345,
    format_: o.Format = "table",
    output: o.Output = "-",
    width: o.Width = 2,
    score_only: o.ScoreOnly = False,
    fail_under: o.FailUnder = [],
    fail_on_regression: o.FailOnRegression = False,
    quiet: o.Quiet = False,
    no_color: o.NoColor = False,
) -> None:
    """Scores files, folders or tables without a configuration.

    By default line by line, as sacrebleu does, with its values and signatures. Texts as they are (other sentence
    counts, parts missing or moved) take --align document.

    Example: evalkit score system.txt -r reference.txt -m bleu,chrf
    """
    if paired_bs and paired_ar:
        raise ConfigError("--paired-bs and --paired-ar: choose one")
    settings: dict[str, dict[str, object]] = {
        "bleu": {
            "tokenize": tokenize or None,
            "smooth_method": smooth_method,
            "smooth_value": smooth_value,
            "lowercase": lowercase,
            "effective_order": effective_order,
        },
        "chrf": {
            "char_order": chrf_char_order,
            "word_order": chrf_word_order,
            "beta": chrf_beta,
            "whitespace": chrf_whitespace,
            "lowercase": chrf_lowercase,
            "eps_smoothing": chrf_eps_smoothing,
        },
        "ter": {
            "normalized": ter_normalized,
            "no_punct": ter_no_punct,
            "asian_support": ter_asian_support,
            "case_sensitive": ter_case_sensitive,
        },
    }
    test = "bootstrap" if paired_bs else "randomisation" if paired_ar else "none"
    shared.evaluate(
        candidates,
        reference,
        source=source,
        names_of_systems=names_of_systems,
        kind=kind,
        boilerplate=boilerplate,
        jobs=jobs,
        format_=format_,
        output=output,
        quiet=quiet,
        gate=gating.options(fail_under=fail_under, fail_on_regression=fail_on_regression),
        no_color=no_color,
        show={"width": width},
        score_only=width if score_only else None,
        settings={
            "metrics": shared.metric_specs(metric or ["bleu"], settings),
            "align": shared.aligner(align, alignment),
            "segment": segment,
            "lang": lang,
            "seed": seed,
            "detectors": (),
            "plugins": plugin,
            "statistics": {
                "confidence": confidence,
                "test": test,
                "trials": paired_ar_n if paired_ar else paired_bs_n,
                "baseline": baseline,
                "alpha": alpha,
                "correction": correction,
                "unit": unit,
            },
        },
    )


def align(
    candidate: o.Candidate,
    reference: o.References,
    source: o.Source = "",
    align: o.Align = "document",
    segment: o.Segment = "",
    alignment: o.AlignmentFile = "",
    kind: o.KindOfText = "translation",
    lang: o.Lang = "en",
    boilerplate: o.Boilerplate = False,
    plugin: o.Plugins = [],
    jobs: o.Jobs = 0,
    format_: o.Format = "alignment",
    output: o.Output = "-",
    quiet: o.Quiet = False,
) -> None:
    """The alignment alone: which segments of the candidate render which of the reference.

    Formats: alignment (a side-by-side table of 80 columns), tsv (to correct in a spreadsheet and give back with
    --alignment), json, html.

    Example: evalkit align report.txt -r speech.txt -f tsv -o links.tsv
    """
    shared.evaluate(
        [candidate],
        reference,
        source=source,
        kind=kind,
        boilerplate=boilerplate,
        jobs=jobs,
        format_={"table": "alignment", "tsv": "alignment-tsv"}.get(format_, format_),
        output=output,
        quiet=quiet,
        settings={
            "metrics": (),
            "align": shared.aligner(align, alignment),
            "segment": segment,
            "lang": lang,
            "detectors": (),
            "plugins": plugin,
            "statistics": {"test": "none"},
        },
    )


def check(
    candidates: o.Candidates = [],
    reference: o.References = [],
    source: o.Source = "",
    source_lang: o.SourceLang = "",
    terms: o.Terms = [],
    names: o.NamesLists = [],
    names_of_systems: o.Names = "",
    align: o.Align = "document",
    segment: o.Segment = "",
    alignment: o.AlignmentFile = "",
    kind: o.KindOfText = "translation",
    lang: o.Lang = "en",
    boilerplate: o.Boilerplate = False,
    plugin: o.Plugins = [],
    jobs: o.Jobs = 0,
    format_: o.Format = "lint",
    output: o.Output = "-",
    fail_on: o.FailOn = "",
    baseline: o.BaselineFile = "",
    fail_on_new: o.FailOnNew = "",
    fail_on_regression: o.FailOnRegression = False,
    self_test: o.SelfTest = False,
    seed: o.Seed = 12345,
    quiet: o.Quiet = False,
    no_color: o.NoColor = False,
) -> None:
    """Findings alone, in the manner of a linter: `path:line:col: RULE severity message`.

    Works without a reference too; then only the rules that need none speak. With --self-test known errors are
    planted into the reference itself, and a table shows how many of each kind the rules find. The format tsv gives
    one row a finding.

    Example: evalkit check translation.txt -r reference.txt --names names.yaml --fail-on major
    """
    settings = {
        "metrics": (),
        "align": shared.aligner(align, alignment),
        "segment": segment,
        "lang": lang,
        "seed": seed,
        "terms": terms,
        "names": names,
        "plugins": plugin,
        "statistics": {"test": "none"},
    }
    if self_test:
        shared.self_test(candidates, reference, settings=settings, boilerplate=boilerplate, output=output)
        return
    if not candidates:
        raise ConfigError("check: no text to check; name at least one file")
    shared.evaluate(
        candidates,
        reference,
        source=source,
        source_lang=source_lang,
        names_of_systems=names_of_systems,
        kind=kind,
        boilerplate=boilerplate,
        jobs=jobs,
        format_={"table": "lint", "tsv": "findings-tsv"}.get(format_, format_),
        output=output,
        quiet=quiet,
        gate=gating.options(fail_on, None, baseline, fail_on_new, fail_on_regression),
        no_color=no_color,
        settings=settings,
    )
