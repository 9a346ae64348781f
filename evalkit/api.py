"""The few functions a notebook or a test wants, on top of `evaluate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from evalkit.plugins import Registry
from evalkit.records import json as jsonio
from evalkit.records.config import RunConfig, load, parse
from evalkit.records.result import Result
from evalkit.run.pipeline import evaluate

Texts = str | Path | Sequence[str | Path] | Mapping[str, str | Path]


def load_config(path: str | Path = "evalkit.toml") -> tuple[RunConfig, Path]:
    """The settings of a file and the folder its paths start from, as `evaluate` takes them."""
    return load(path)


def read_result(path: str | Path) -> Result:
    """A saved result; raises InputError where the file is none."""
    return jsonio.read(path)


def render(result: Result, format: str = "markdown") -> str:
    """A result in a format, as the command line shows it."""
    text: str = Registry().make("renderer", format).render(jsonio.seen(result))
    return text


def score(
    candidates: Texts,
    references: Texts,
    *,
    metrics: Sequence[str] = ("bleu", "chrf"),
    align: str = "lines",
    kind: str = "translation",
    lang: str = "en",
    seed: int = 12345,
    jobs: int = 1,
) -> Result:
    """Scores files: one path, several, or a mapping of names to paths.

    With `align="lines"` (the default) line k of a candidate belongs to line k of the reference and the
    values are the standard tools'; `align="document"` takes texts as they are. Scores stand in
    `result.systems[i].scores`, in percent.
    """
    data = {
        "name": "score",
        "metrics": list(metrics),
        "align": align,
        "lang": lang,
        "seed": seed,
        "detectors": [],
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
    align: str = "document",
    kind: str = "translation",
    lang: str = "en",
    jobs: int = 1,
) -> Result:
    """Findings in files; without references only the rules that need none speak.

    Findings stand in `result.systems[i].findings`, in the order of the text.
    """
    data = {
        "name": "check",
        "metrics": [],
        "align": align,
        "lang": lang,
        "terms": [str(path) for path in terms],
        "names": [str(path) for path in names],
        "statistics": {"test": "none"},
        "candidate": [{**entry, "kind": kind} for entry in _entries(candidates)],
        "reference": _entries(references),
    }
    return evaluate(parse(data, "evalkit.check"), jobs=jobs)


def _entries(texts: Texts) -> list[dict[str, str]]:
    if isinstance(texts, (str, Path)):
        return [{"path": str(texts)}]
    if isinstance(texts, Mapping):
        return [{"name": name, "path": str(path)} for name, path in texts.items()]
    return [{"path": str(path)} for path in texts]
