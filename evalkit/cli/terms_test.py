"""What `evalkit terms test` does: an evaluation of terms and names alone, and its report."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from evalkit.errors import ConfigError
from evalkit.plugins import Registry
from evalkit.records import Languages, Termbase
from evalkit.records import config as configuration
from evalkit.records.config import RunConfig
from evalkit.records.result import Result
from evalkit.run.pipeline import evaluate
from evalkit.terms.load import load
from evalkit.termtests import file as termtests
from evalkit.termtests.judge import Checked, explain, judge
from evalkit.text.visible import visible, without_commands

_WIDTH = 79  # columns of a plain terminal, less one for the cursor


def registry(plugins: Sequence[str]) -> Registry:
    """The plug-ins with those of the files named."""
    return Registry(tuple(plugins))


def from_files(files: Sequence[str], config: str) -> tuple[list[Checked], Iterable[str]]:
    """Every candidate and term of the files of term tests, and the notes of their evaluations."""
    known = termtests.known_config(config)
    told: dict[str, None] = {}
    tests = ((Path(file), termtests.read(Path(file))) for file in files)
    return [item for file, test in tests for item in termtests.run(file, test, known, told)], told


def inputs_of(file: str) -> list[str]:
    """The texts and lists that a file of term tests names."""
    tests = termtests.read(Path(file))
    return [str(Path(file).parent / path) for path in tests.inputs()]


def configured(config: str) -> list[str]:
    """What a configuration reads, itself among it."""
    path = config or "evalkit.toml"
    run, folder = configuration.load(path)
    return [path, *(str(folder / name) for name in run.inputs())]


def evaluated(
    candidates: Sequence[str], references: Sequence[str], config: str, settings: dict[str, Any], jobs: int
) -> tuple[Result, Termbase]:
    """The evaluation and its lists: of the texts named, or of a configuration where none is."""
    folder = Path()
    if candidates:
        if config:
            raise ConfigError("terms test: --config names its own candidates; leave it out, or the candidates")
        run = _settings(candidates, references, settings)
    else:
        run, folder = configuration.load(config or "evalkit.toml")
    off = configuration.StatisticsConfig(test="none")
    run = replace(run, metrics=(), detectors=("terminology", "names"), statistics=off, gate=configuration.GateConfig())
    languages = Languages(run.language, run.source.lang if run.source else "")
    plugins = Registry(tuple(str(folder / path) for path in run.plugins))
    base = load((folder / path for path in (*run.terms, *run.names)), registry=plugins, languages=languages)
    if not base.terms and not base.names:
        lists = ", ".join((*run.terms, *run.names))
        remedy = (
            f"{lists}: no entry there"
            if lists
            else "give a termbase with --terms or --names, or a file of tests (*.terms.yaml)"
        )
        raise ConfigError(f"terms test: nothing to test; {remedy}")
    return evaluate(run, folder=folder, jobs=jobs), base


def _settings(candidates: Sequence[str], references: Sequence[str], settings: dict[str, Any]) -> RunConfig:
    kind = settings["kind"]
    data = {
        **{key: value for key, value in settings.items() if key != "kind" and value is not None},
        "name": "terms",
        "candidate": [{"path": path, "kind": kind} for path in candidates],
        "reference": [{"path": path} for path in references],
        "metrics": (),
    }
    return configuration.parse(data, "the options")


def judged(result: Result, base: Termbase) -> list[Checked]:
    """Every system and term of a result."""
    return [item for number in range(len(result.systems)) for item in judge(result, base, system=number)]


def report(checked: Sequence[Checked], *, quiet: bool = False) -> str:
    """The failures one after another, then a line for every term, then the sum."""
    lines = [line for item in checked if item.new for line in (*_wrapped(explain(item)), "")]
    if not quiet:
        width = max((len(visible(item.candidate)) for item in checked), default=0)
        for item in checked:
            line = f"{_verdict(item):7} {visible(item.candidate):{width}}  {visible(item.term)}{_counts(item)}"
            lines += textwrap.wrap(line, _WIDTH, subsequent_indent=" " * 10, break_long_words=False)
        lines.append("")
    failed = sum(bool(item.new) for item in checked)
    idle = sum(_verdict(item) == "-" for item in checked)
    known = sum(_verdict(item) == "known" for item in checked)
    passed = len(checked) - failed - idle - known
    parts = [f"{failed} failed", f"{passed} passed"]
    parts += [f"{known} known and accepted"] * bool(known) + [f"{idle} with nothing to test"] * bool(idle)
    lines.append(f"terms: {', '.join(parts)}")
    return without_commands("\n".join(lines) + "\n")


def _verdict(item: Checked) -> str:
    return "FAILED" if item.new else "known" if item.known else "ok" if item.tested else "-"


def _counts(item: Checked) -> str:
    """What was asked and found, where the reference or source asks."""
    parts = [f"{item.found} of {item.expected} as asked"] if item.expected else []
    wrong = len(item.new)
    parts += [f"{wrong} finding{'s' * (wrong > 1)}"] if wrong else []
    return f": {', '.join(parts)}" if parts else ""


def _wrapped(text: str) -> list[str]:
    """Lines of a failure at 80 columns, continued under their own words."""
    lines = []
    for line in text.splitlines():
        indent = " " * (13 if line.startswith("  ") else 4)
        wrapped = textwrap.wrap(line, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        lines += wrapped or [""]
    return lines
