"""The few functions a notebook or a test wants, on top of `evaluate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from evalkit.plugins import Registry
from evalkit.plugins.vetted import vetted
from evalkit.records import json as jsonio
from evalkit.records.config import LINES_OR_IDS, RunConfig, load, parse
from evalkit.records.result import Result
from evalkit.run.pipeline import evaluate

Texts = str | Path | Sequence[str | Path] | Mapping[str, str | Path]


def load_config(path: str | Path = "evalkit.toml") -> tuple[RunConfig, Path]:
    """The settings of a file and the folder its paths start from, as `evaluate` takes them."""
    return load(path)


def read_result(path: str | Path) -> Result:
    """A saved result; raises InputError where the file is none."""
    return jsonio.read(path)


def render(result: Result, format: str = "markdown", *, plugins: Sequence[str | Path] = ()) -> str:
    """A result in a format, as the command line shows it; `plugins` are files that may hold the renderer."""
    renderer = Registry(tuple(map(str, plugins))).make("renderer", format)
    return str(vetted(renderer, renderer.render(jsonio.seen(result)), str, "as a report"))


def score(
    candidates: Texts,
    references: Texts,
    *,
    metrics: Sequence[str] = ("bleu", "chrf"),
    align: str = LINES_OR_IDS,
    kind: str = "translation",
    lang: str = "en",
    source: str | Path | None = None,
    source_lang: str = "",
    plugins: Sequence[str | Path] = (),
    seed: int = 12345,
    jobs: int = 1,
) -> Result:
    """Scores files: one path, several, or a mapping of names to paths.

    With `align="lines"` line k of a candidate belongs to line k of the reference and the values are the standard
    tools'; so it is by default, but for files whose rows state ids in another order (`align="id"`).
    `align="document"` takes texts as they are. Scores stand in `result.systems[i].scores`, in percent. `source` is the
    text both sides render, for metrics that need it; `plugins` are Python files with plug-ins, whose metrics can be
    named like any other.
    """
    data = {
        "name": "score",
        "metrics": list(metrics),
        "align": align,
        "lang": lang,
        "seed": seed,
        "detectors": [],
        **_source(source, source_lang),
        "plugins": _paths(plugins),
        "statistics": {"test": "none"},
        "candidate": [{**entry, "kind": kind} for entry in _entries(candidates)],
        "reference": _entries(references),
    }
    return evaluate(parse(data, "evalkit.score"), jobs=jobs)


def check(
    candidates: Texts,
    references: Texts = (),
    *,
    terms: Sequence[str | Path] = (),
    names: Sequence[str | Path] = (),
    align: str = "",
    kind: str = "translation",
    lang: str = "en",
    source: str | Path | None = None,
    source_lang: str = "",
    detectors: Sequence[str] | None = None,
    plugins: Sequence[str | Path] = (),
    jobs: int = 1,
) -> Result:
    """Findings in files; without references only the rules that need none speak.

    Findings stand in `result.systems[i].findings`, in the order of the text. `detectors` names those to run, with
    options if need be (`"numbers"`, `"custom(seconds=2)"`; `"*"` is all that are on by default, and what None means);
    `plugins` are Python files with plug-ins, whose detectors run too.
    """
    data = {
        "name": "check",
        "metrics": [],
        "align": align,
        "lang": lang,
        "terms": _paths(terms),
        "names": _paths(names),
        **({} if detectors is None else {"detectors": list(detectors)}),
        **_source(source, source_lang),
        "plugins": _paths(plugins),
        "statistics": {"test": "none"},
        "candidate": [{**entry, "kind": kind} for entry in _entries(candidates)],
        "reference": _entries(references),
    }
    return evaluate(parse(data, "evalkit.check"), jobs=jobs)


def _source(path: str | Path | None, lang: str) -> dict[str, object]:
    return {"source": {"path": str(path or ""), "lang": lang}} if path or lang else {}


def _paths(paths: Sequence[str | Path]) -> list[str]:
    return [str(path) for path in paths]


def _entries(texts: Texts) -> list[dict[str, str]]:
    if isinstance(texts, (str, Path)):
        return [{"path": str(texts)}]
    if isinstance(texts, Mapping):
        return [{"name": name, "path": str(path)} for name, path in texts.items()]
    return [{"path": str(path)} for path in texts]
