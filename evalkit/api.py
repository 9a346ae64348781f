"""Shortcuts for notebooks and tests: `score` and `check` build a configuration and call `evaluate`."""

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
    """Reads a configuration file: its settings, and the folder that its relative paths start from.

    `config, folder = load_config()`, then `evaluate(config, folder=folder)`. Raises ConfigError for an unknown setting
    or a wrong value, InputError where the file cannot be read.
    """
    return load(path)


def read_result(path: str | Path) -> Result:
    """Reads a `result.json`, of this or an earlier version. Raises InputError where the file is no result."""
    return jsonio.read(path)


def render(result: Result, format: str = "markdown", *, plugins: Sequence[str | Path] = ()) -> str:
    """The text of a result in a format, as `evalkit report -f FORMAT` prints it.

    `format` names a renderer, with options if need be: `"html"`, `"table(width=100)"`; `evalkit plugins` lists
    them. `plugins` are Python files with more renderers. Raises ConfigError for a format that is not known.
    """
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
    """Scores candidates against references and returns a Result: no findings, only scores and comparisons.

    `candidates` and `references` are one text, a list of texts, or a mapping of names to texts. A string or path names
    a file or folder; in memory a text is `evalkit.Lines(["...", "..."])` (segments in order) or `evalkit.Text("...")`
    (running text, for `align="document"`). Each candidate is a system; several references are used together.

    Scores are in `result.systems[i].scores`, one `Score` per metric and scope. BLEU, chrF, TER and WER have the scale
    0 to 100 and the values of sacrebleu and jiwer; other metrics have the scale of their model.

    - `metrics`: scorers, with options if need be: `"chrf"`, `"bleu(tokenize=zh)"`.
    - `align`: `"lines"` pairs line k with line k; `"id"` pairs rows by their ids; `"document"` pairs the segments of
      whole texts. By default lines, or ids where the rows of both sides state the same ids in another order.
    - `kind`: what the candidates are: `"translation"`, `"report"` or `"summary"`.
    - `lang`, `source_lang`: language codes; empty: what the files state, else what the texts read like.
    - `source`: the text that was translated, for metrics that read it.
    - `test`: `"randomisation"` or `"bootstrap"` compares every pair of systems, or each with `baseline`; the outcome is
      in `result.comparisons`. `confidence=True` adds an interval to each score.
    - `trials`: draws of the test and the intervals; 0: the default number. `seed` is that of the draws.
    - `plugins`: Python files with more plug-ins. `jobs`: processes; changes no number.

    Raises InputError for files that cannot be read or do not fit together, ConfigError for an unknown name or option,
    MissingExtraError where a metric needs a package that is not installed.
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
    """Looks for errors in candidates and returns a Result: no scores, only findings.

    Texts, `kind`, `lang`, `source_lang`, `plugins` and `jobs` are those of `score`. References and `source` are both
    optional; a rule that needs one is silent without it, and `result.systems[i].unjudged` says so.

    Findings are in `result.systems[i].findings`, in the order of the text. `line` and `column` count from 1; `start`
    and `end` are character offsets in the document. How each term fared is in `result.terms`.

    - `terms`, `names`: files with lists of terms and names.
    - `align`: as in `score`; empty: `"id"` where all sides state ids of their rows, else `"document"`.
    - `detectors`: those to run, with options if need be: `"numbers"`, `"custom(seconds=2)"`. None or `"*"`: all that
      are on by default.

    Raises InputError for files that cannot be read or do not fit together, ConfigError for an unknown name or option.
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
