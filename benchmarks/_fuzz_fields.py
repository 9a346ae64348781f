"""Every field of what a user may have edited, by another value of each kind; what is walked is a sample's own shape."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from benchmarks._fuzz_loaders import HISTORY, PEARMUT, TABLES, TESTS, YAML, Loader
from evalkit.matrix import history, pages
from evalkit.matrix.accepted import plain
from evalkit.matrix.config import parse_matrix
from evalkit.matrix.overview import row_of
from evalkit.matrix.trends import trends
from evalkit.plugins import Registry
from evalkit.records import config as configuration
from evalkit.records import json as jsonio
from evalkit.review import exchange

Use = Callable[[bytes, Path], object]
DEEP: Any = []
for _ in range(400):  # below Python's own bound, so that it reaches what reads it
    DEEP = [DEEP]

# One value of each kind that a file can hold, and what numbers and texts are stumbled over.
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 3, 2**31, 2**63 - 1, -(2**63), 10**30, 0.0, -0.5, 1e308, 5e-324, float("nan"), float("inf"),
    "", "x", "0", "\x00", "\ud800", "\x1b[31m\u202e", "../../x", "a" * 300, "a" * 100_000, "(a*)*b",
    [], [None], ["x"], [[]], [1], {}, {"": None}, {"x": 1}, {"name": "x"}, {"a" * 5000: "x"}, DEEP,
)  # fmt: skip
_CONFIG: Any = {
    "name": "x", "lang": "en", "seed": 3, "output": "out", "segment": "sentences", "terms": ["t.yaml"],
    "align": {"name": "document", "least": 0.4}, "metrics": ["bleu", {"name": "chrf", "word_order": 2}],
    "names": ["n.yaml"], "plugins": [], "verdicts": "v.tsv", "ratings": ["r.jsonl"], "reader": "text",
    "columns": {"text": "a"}, "detectors": ["numbers", "custom", {"name": "length-ratio"}],
    "severity": {"casing": "minor"}, "select": ["name-*"], "skip": ["casing"],
    "statistics": {"test": "bootstrap", "trials": 9, "alpha": 0.05, "confidence": True, "unit": "auto"},
    "source": {"path": "s.txt", "lang": "de"},
    "reference": [{"name": "r", "path": "r.txt", "boilerplate": True, "derived_from": "c.txt"}],
    "candidate": [{"path": "c.txt", "name": "c", "kind": "report", "lang": "en", "boilerplate": False}],
    "gate": {"fail_on": "critical", "fail_under": {"bleu": 20.5}, "baseline": "b.json", "fail_on_regression": True},
    "rule": [{"id": "custom-a", "pattern": "a+", "message": "x", "severity": "minor"}],
    "ignore": [{"reason": "y", "path": "*.txt", "rule": "casing", "text": "x"}],
}  # fmt: skip
_MATRIX: Any = {
    "name": "m", "output": "out", "metrics": ["bleu"], "gate": {"fail_on": "critical"}, "statistics": {"test": "none"},
    "set": [{"name": "s", "languages": ["de", "fr"], "references": ["{lang}.txt"], "tags": ["a"], "source": "s.txt",
             "source_lang": "en"}],
    "system": [{"name": "a", "path": "x.{lang}.txt"}, {"name": "b", "path": "y.{lang}.txt"}],
}  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in it, of lists the first two entries, which stand for all."""
    if path:
        yield path
    below = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, each in below:
        yield from places(each, (*path, key))


def number(value: Any) -> int:
    """How many inputs there are of a sample: at each place each of `VALUES`, or nothing."""
    return len(list(places(value))) * (len(VALUES) + 1)


def field_input(sample: Any, index: int) -> bytes:
    """One of them as JSON, with what strict JSON has not (NaN, a lone surrogate) as careless programs write it."""
    path = list(places(sample))[index // (len(VALUES) + 1)]
    made = copy.deepcopy(sample)
    holder = made
    for key in path[:-1]:
        holder = holder[key]
    if index % (len(VALUES) + 1) < len(VALUES):
        holder[path[-1]] = VALUES[index % (len(VALUES) + 1)]
    else:
        del holder[path[-1]]
    return json.dumps(made).encode()


def field_samples(found: Mapping[str, Loader], saved: bytes) -> dict[str, tuple[Any, Use]]:
    """By name a sample as plain data, and what takes one that was changed, as JSON, with a folder to write into."""
    later = json.loads(HISTORY)
    later["entries"].append({**later["entries"][0], "label": "v2"})
    return {
        "configuration": (_CONFIG, lambda data, _: configuration.parse(json.loads(data), "evalkit.toml")),
        "matrix": (_MATRIX, lambda data, folder: parse_matrix(json.loads(data), "evalkit.toml", folder)),
        "history": (later, _history_shown),
        "pearmut": (json.loads(PEARMUT), _loaded(found["review pearmut"])),
        "termbase": (yaml.safe_load(YAML), _loaded(found["termbase .yaml"])),
        "terms add": (yaml.safe_load(YAML), _loaded(found["terms add"])),
        "term tests": (json.loads(json.dumps(yaml.safe_load(TESTS), default=str)), _loaded(found["term tests"])),
        "result": (json.loads(saved), _result_shown),
        **{f"cells of {name}": (_cells(text), _as_table(found[name])) for name, text in TABLES.items()},
    }


def _loaded(loader: Loader) -> Use:
    def use(data: bytes, folder: Path) -> object:
        path = folder / f"field{loader.suffix}"
        path.write_bytes(data)
        return loader.read(path)

    return use


def _cells(text: bytes) -> list[Any]:
    mark = "\t" if b"\t" in text else ","
    return [line.split(mark) for line in text.decode().rstrip("\n").split("\n")]


def _as_table(loader: Loader) -> Use:
    mark = "," if loader.suffix == ".csv" else "\t"

    def written(data: bytes, folder: Path) -> object:
        rows = (row if isinstance(row, list) else [row] for row in json.loads(data))
        cells = ((each if isinstance(each, str) else json.dumps(each) for each in row) for row in rows)
        text = "".join(mark.join(row) + "\n" for row in cells)
        return _loaded(loader)(text.encode("utf-8", "surrogatepass"), folder)

    return written


def _history_shown(data: bytes, folder: Path) -> object:
    path = folder / "history.json"
    path.write_bytes(data)
    found = history.read(path)
    shown = [page("x", trends(found), "1") for page in (pages.html_page, pages.markdown_page, pages.text_page)]
    return shown, history.dumps(found)


def _result_shown(data: bytes, _folder: Path) -> object:
    """Every view of a result, one after another."""
    result = jsonio.loads(data.decode())
    registry = Registry()
    for name in registry.names("renderer"):
        if not hasattr(registry.get("renderer", name), "render_file") and name != "itsxliff":  # wants the user's file
            registry.make("renderer", name).render(result)
    for ending in exchange.FORMATS:
        exchange.exported(result, ending)
    return row_of(result, plain(result), [system.name for system in result.systems], "")
