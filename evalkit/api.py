"""The few functions a notebook or a test wants, on top of `evaluate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, count
from pathlib import Path

from evalkit.errors import InputError
from evalkit.plugins import Registry
from evalkit.plugins.guests import hosted
from evalkit.plugins.vetted import vetted
from evalkit.records import json as jsonio
from evalkit.records.config import LINES_OR_IDS, RunConfig, load, parse
from evalkit.records.given import Given, Lines, Text
from evalkit.records.result import Result
from evalkit.run.pipeline import evaluate
from evalkit.text.files import usable
from evalkit.text.visible import shown

Input = str | Path | Given
Texts = Input | Sequence[Input] | Mapping[str, Input]


def load_config(path: str | Path = "evalkit.toml") -> tuple[RunConfig, Path]:
    """The settings of a file and the folder its paths start from, as `evaluate` takes them."""
    return load(path)


def read_result(path: str | Path) -> Result:
    """A saved result; raises InputError where the file is none."""
    return jsonio.read(path)


def render(result: Result, format: str = "markdown", *, plugins: Sequence[str | Path] = ()) -> str:
    """A result in a format, as the command line shows it; `plugins` are files that may hold the renderer."""
    renderer = Registry(tuple(map(str, plugins))).make("renderer", format)
    return str(vetted(renderer, hosted(renderer, lambda: renderer.render(jsonio.seen(result))), str, "as a report"))


def score(
    candidates: Texts,
    references: Texts,
    *,
    metrics: Sequence[str] = ("bleu", "chrf"),
    align: str = LINES_OR_IDS,
    kind: str = "translation",
    lang: str = "",
    source: Input | None = None,
    source_lang: str = "",
    test: str = "none",
    confidence: bool = False,
    baseline: str = "",
    trials: int = 0,
    plugins: Sequence[str | Path] = (),
    seed: int = 12345,
    jobs: int = 1,
) -> Result:
    """Scores files or texts: one, several, or a mapping of names to them.

    A string or path is a file; texts are `evalkit.Lines(["...", "..."])`, segments in order, or `evalkit.Text("...")`,
    a text as it is (with `align="document"`).

    With `align="lines"` line k of a candidate belongs to line k of the reference and the values are the standard
    tools'; so it is by default, but for files whose rows state ids in another order (`align="id"`).
    `align="document"` takes texts as they are. Scores stand in `result.systems[i].scores`, in percent. `source` is the
    text both sides render, for metrics that need it. `test` (`"randomisation"`, `"bootstrap"`) compares the systems,
    with `baseline` each with that one, and `confidence` gives intervals; both of `trials` draws, 0 for the usual
    number. `plugins` are Python files with plug-ins, whose metrics can be
    named like any other.
    """
    given: dict[str, Given] = {}
    data = {
        "name": "score",
        "metrics": list(metrics),
        "align": align,
        "lang": lang,
        "seed": seed,
        "detectors": [],
        **_source(source, source_lang, given),
        "plugins": _paths(plugins),
        "statistics": {"test": test, "confidence": confidence, "baseline": baseline, "trials": trials},
        "candidate": [{**entry, "kind": kind} for entry in _entries(candidates, "candidate", given)],
        "reference": _entries(references, "reference", given),
    }
    return evaluate(parse(data, "evalkit.score"), jobs=jobs, texts=given)


def check(
    candidates: Texts,
    references: Texts = (),
    *,
    terms: Sequence[str | Path] = (),
    names: Sequence[str | Path] = (),
    align: str = "",
    kind: str = "translation",
    lang: str = "",
    source: Input | None = None,
    source_lang: str = "",
    detectors: Sequence[str] | None = None,
    plugins: Sequence[str | Path] = (),
    jobs: int = 1,
) -> Result:
    """Findings in files or texts (see `score`); without references only the rules that need none speak.

    Findings stand in `result.systems[i].findings`, in the order of the text. `detectors` names those to run, with
    options if need be (`"numbers"`, `"custom(seconds=2)"`; `"*"` is all that are on by default, and what None means);
    `plugins` are Python files with plug-ins, whose detectors run too.
    """
    given: dict[str, Given] = {}
    data = {
        "name": "check",
        "metrics": [],
        "align": align,
        "lang": lang,
        "terms": _paths(terms),
        "names": _paths(names),
        **({} if detectors is None else {"detectors": list(detectors)}),
        **_source(source, source_lang, given),
        "plugins": _paths(plugins),
        "statistics": {"test": "none"},
        "candidate": [{**entry, "kind": kind} for entry in _entries(candidates, "candidate", given)],
        "reference": _entries(references, "reference", given),
    }
    return evaluate(parse(data, "evalkit.check"), jobs=jobs, texts=given)


def _source(source: Input | None, lang: str, given: dict[str, Given]) -> dict[str, object]:
    path = _path(source, "source", given) if source is not None else ""
    return {"source": {"path": path, "lang": lang}} if path or lang else {}


def _paths(paths: Sequence[str | Path]) -> list[str]:
    return [str(path) for path in paths]


def _entries(texts: Texts, side: str, given: dict[str, Given]) -> list[dict[str, str]]:
    if isinstance(texts, (str, Path, Text, Lines)):
        return [{"path": _path(texts, side, given)}]
    if isinstance(texts, Mapping):
        return [{"name": name, "path": _path(text, name, given)} for name, text in texts.items()]
    several = len(texts) > 1
    return [{"path": _path(text, f"{side}-{k}" if several else side, given)} for k, text in enumerate(texts, 1)]


def _path(text: Input, name: str, given: dict[str, Given]) -> str:
    """The path of a file, or the one that a text stands for from now on."""
    if isinstance(text, (str, Path)):
        if isinstance(text, str) and " " in text and ("\n" in text or not usable(text).exists()):
            raise InputError(
                f"{shown(text)}: no such file; texts are given as evalkit.Lines([...]), or as evalkit.Text(...)"
            )
        return str(text)
    path = _free(f"text:{name}", given)
    given[path] = text
    return path


def _free(wanted: str, taken: Mapping[str, Given]) -> str:
    """The path wanted, with a number where it is taken: two sides may have a text of one name."""
    return next(path for path in chain((wanted,), (f"{wanted} ({n})" for n in count(2))) if path not in taken)
