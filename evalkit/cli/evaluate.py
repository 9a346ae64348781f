"""The commands run, align and check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evalkit.cli import gating, history, shared, slips, streams
from evalkit.cli import options as o
from evalkit.cli import progress as showing
from evalkit.cli.guard import refuse_foreign, refuse_overwriting
from evalkit.cli.output import cores, format_for, note, put, render
from evalkit.errors import ConfigError
from evalkit.text.files import resolved

if TYPE_CHECKING:
    from evalkit.records.config import RunConfig


def run(
    config: Annotated[str, typer.Argument(help="The configuration.")] = "evalkit.toml",
    jobs: o.Jobs = 0,
    fail_on: o.FailOn = "",
    fail_under: o.FailUnder = [],
    baseline: o.BaselineFile = "",
    fail_on_new: o.FailOnNew = "",
    fail_on_regression: o.FailOnRegression = False,
    update_baseline: o.UpdateBaseline = False,
    overwrite: o.Overwrite = False,
    only: o.Only = [],
    label: o.Label = "",
    engine: o.RunEngine = "",
    scheduler: o.Scheduler = "",
    progress: o.Progress = "",
    verbose: o.Verbose = False,
    quiet: o.Quiet = False,
) -> None:
    """The whole evaluation of a configuration.

    Writes result.json, report.md, report.html and figures/ into the configuration's output folder and prints a
    short table, the first findings and which system is better (with -q the table alone). Exit code 1 where the
    configuration has a [gate] that is not passed; an option of the gate takes the place of the configuration's. One
    with [[set]] and [[system]] is a matrix: it gets a folder for every set, and overview.md, .html, .tex, .xlsx and
    .json.

    Example: evalkit run evalkit.toml
    """
    import evalkit
    from evalkit.cli import matrix
    from evalkit.records.config import parse, read_toml, with_gate
    from evalkit.run.reports import refuse_reports

    data, folder = read_toml(config), Path(config).parent
    history.check(label)
    if "set" in data or "system" in data:
        if any((fail_on, fail_under, baseline, fail_on_new, fail_on_regression, update_baseline)):
            raise ConfigError("a matrix takes its gate from the [gate] of its configuration, not from options")
        with showing.shown(progress, quiet), shared.cluster(engine, scheduler, cores(jobs)) as many:
            made = matrix.made(data, config, only, jobs=cores(jobs), overwrite=overwrite, cluster=many)
        matrix.end(made, label, verbose=verbose, quiet=quiet)
        return
    if only:
        raise ConfigError(f"--only: {config} is no matrix; it has no [[set]]")
    settings = parse(data, config)
    scored = [spec if isinstance(spec, str) else str(spec.get("name")) for spec in settings.metrics]
    gate = gating.options(fail_on, fail_under, baseline, fail_on_new, fail_on_regression, scored)
    settings = with_gate(settings, gate)
    gating.needs_baseline(fail_on_new, settings.gate.baseline)
    settings, waits = _with_baseline(settings, folder, update=update_baseline)
    read: list[str | Path] = [config, *(folder / path for path in settings.inputs())]
    if update_baseline:
        gating.may_update(folder / settings.gate.baseline, read)
    target = folder / settings.output
    refuse_reports(target, read, overwrite=overwrite)
    with showing.shown(progress, quiet), shared.cluster(engine, scheduler, cores(jobs)) as many:
        pool = many.pool(settings, folder) if many else None
        result = evalkit.evaluate(
            settings, folder=folder, jobs=cores(jobs), with_baseline=not update_baseline, pool=pool
        )
    own = bool(settings.gate.baseline) and resolved(folder / settings.gate.baseline) == resolved(target / "result.json")
    if update_baseline:
        gating.update_baseline(result, settings.gate, folder, quiet, own=own)
    elif own:
        note("evalkit: note: the baseline is this run's own result.json: the next run is compared with this one", quiet)
    evalkit.write_reports(result, target, inputs=read, overwrite=overwrite)
    history.keep_result(label, result, target, quiet)
    put(render(result, "table", evalkit.Registry(), short=True, brief=not quiet, verbose=verbose), "-")
    note(f"report: {target / 'report.md'} and {target / 'report.html'}", quiet)
    note(f"all figures: {target / 'result.json'}", quiet)
    if waits:
        note(history.not_held(), quiet)
    gating.end(result, quiet)


def _with_baseline(settings: RunConfig, folder: Path, *, update: bool) -> tuple[RunConfig, bool]:
    """The settings with the baseline that the history holds, where they name that, and whether it holds none yet."""
    from evalkit.records.config import ACCEPTED

    if update and settings.gate.baseline == ACCEPTED:
        raise ConfigError("--update-baseline: what is accepted is set by `evalkit history --accept LABEL`")
    if update and not settings.gate.baseline:
        raise ConfigError('--update-baseline: no baseline is named; add baseline = "baseline.json" to [gate]')
    return history.held(settings, folder) if settings.gate.baseline == ACCEPTED else (settings, False)


def align(
    candidate: o.Candidate,
    reference: o.References = [],
    source: o.Source = "",
    source_lang: o.SourceLang = "",
    texts: o.Texts = o.AS_DOCUMENTS,
    work: o.Work = o.WORK,
    format_: o.Format = "",
    output: o.Output = "-",
    overwrite: o.Replace = False,
    quiet: o.Quiet = False,
) -> None:
    """The alignment alone: which segments belong together.

    Without a reference those of a source; `?` marks what does not surely stand beside anything.
    Formats: alignment (a side-by-side table of 80 columns), tsv (to correct in a spreadsheet and give back with
    --alignment), json, html.

    Example: evalkit align report.txt -r speech.txt -f tsv -o links.tsv
    """
    format_ = format_for(format_, output, "alignment", work.plugins)
    format_ = {"table": "alignment", "tsv": "alignment-tsv"}.get(format_, format_)
    given = shared.Request([candidate], reference, texts, work, source, source_lang, quiet=quiet, overwrite=overwrite)
    settings = {"metrics": (), "detectors": (), "statistics": {"test": "none"}}
    result = shared.evaluate("align", given, settings, format_=format_, output=output)
    if not (result.references or result.source):
        raise ConfigError("align: nothing to align with; give it with -r/--reference, or with -s/--source")
    if not result.references and format_ == "alignment-tsv":
        raise ConfigError(
            "align: -f tsv is corrected and given back beside a reference alone; with a source use another format"
        )
    shared.show(result, given, format_, output)
    shared.end(result, quiet)


def check(
    candidates: o.Candidates = [],
    reference: o.References = [],
    source: o.Source = "",
    source_lang: o.SourceLang = "",
    terms: o.Terms = [],
    names: o.NamesLists = [],
    names_of_systems: o.Names = "",
    texts: o.Texts = o.AS_DOCUMENTS,
    work: o.Work = o.WORK,
    parts: o.Parts = o.WHOLE,
    format_: o.Format = "",
    output: o.Output = "-",
    overwrite: o.Replace = False,
    select: o.Select = [],
    ignore: o.Ignore = [],
    verdicts: o.VerdictsFile = "",
    fail_on: o.FailOn = "",
    baseline: o.BaselineFile = "",
    fail_on_new: o.FailOnNew = "",
    fail_on_regression: o.FailOnRegression = False,
    self_test: o.SelfTest = False,
    seed: o.Seed = 12345,
    quiet: o.Quiet = False,
    no_color: o.NoColor = False,
) -> None:
    """Find errors without scoring, like a linter.

    Each is a line `path:line:col: RULE severity message`. Works without a reference too; then only the rules that
    need none speak. With --self-test known errors are planted into the reference itself, and a table shows how many
    of each kind the rules find. The format tsv gives one row a finding.

    Example: evalkit check translation.txt -r reference.txt --names names.yaml --fail-on major
    """
    format_ = format_for(format_, output, "lint", work.plugins)
    format_ = {"table": "lint", "tsv": "findings-tsv"}.get(format_, format_)
    settings = {"metrics": (), "terms": terms, "names": names, "seed": seed, "statistics": {"test": "none"}}
    settings |= {"select": shared.listed(select), "skip": shared.listed(ignore), "verdicts": verdicts}
    given = shared.Request(candidates, reference, texts, work, source, source_lang, names_of_systems, quiet, overwrite)
    if self_test:
        if format_ != "lint":
            raise ConfigError(f"--self-test shows its own table; it has no format {format_!r}")
        refuse_overwriting([*given.paths, *terms, *names], output)
        refuse_foreign(output, overwrite)
        put(shared.self_test(given, settings), output)
        return
    if not candidates:
        raise ConfigError("check: no text to check; name at least one file")
    gating.needs_baseline(fail_on_new, baseline)
    gate = gating.options(fail_on, None, baseline, fail_on_new, fail_on_regression)
    if streams.asked(given, parts):
        streams.check(given, settings, gate, format_=format_, output=output, parts=parts)
        return
    result = shared.evaluate("check", given, settings, gate, format_=format_, output=output, parts=parts)
    shared.show(result, given, format_, output, no_color=no_color)
    shared.end(result, quiet, [*slips.notes("check", given, result), *streams.remarks(parts)])
