"""The guard of every option that names a file to write: nothing of the user's is lost without being asked for."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalkit.errors import EvalkitError, InputError

if TYPE_CHECKING:
    from evalkit.records.result import Result


def refuse_overwriting(inputs: Iterable[str | Path], output: str) -> None:
    """Raises InputError where a file to be written is an input: it would be lost, and no option allows that."""
    if output not in ("", "-"):
        from evalkit.text.outputs import refuse_inputs

        refuse_inputs(output, inputs)


def refuse_foreign(output: str, overwrite: bool, new: bytes | None = None) -> None:
    """Raises InputError where a file to be written is there and evalkit did not make it, unless `overwrite`.

    What is there may be replaced where it is empty, a file that evalkit wrote and nobody has changed since, or a report
    that evalkit made elsewhere; or where it is the `new` content already.
    """
    from evalkit.text.files import destination, is_stream

    if output in ("", "-") or is_stream(output):
        return
    target = destination(output)
    if target.is_dir():
        raise InputError(f"--output {output}: is a folder; name a file")
    _seen.pop(target, None)
    if not overwrite:
        _seen[target] = _stamp(target)
    if overwrite or not target.is_file() or not target.stat().st_size:
        return
    try:
        if new is not None and target.stat().st_size == len(new) and target.read_bytes() == new:
            return
        _refuse_judged_sheet(target, output)
        replaceable = _is_known(target)
    except OSError as problem:
        raise InputError(
            f"--output {output}: the file exists and cannot be read ({problem.strerror}); name another file"
        ) from None
    if not replaceable:
        raise InputError(
            f"--output {output}: the file exists, and evalkit did not write it or it was changed since; name another "
            "file, or replace it with --overwrite"
        )


def refuse_changed(output: str) -> None:
    """Raises InputError where a file has come to stand at the output, or was changed there, since it was looked at, and
    evalkit did not make it: somebody may have written it while the command counted."""
    from evalkit.text.files import destination

    target = destination(output)
    if target in _seen and _stamp(target) != _seen.pop(target):
        refuse_foreign(output, overwrite=False)


def refuse_overwriting_texts(results: Mapping[str, Result], output: str) -> None:
    """The texts and lists that saved results were made from would be lost too; the results by their files."""
    if output in ("", "-"):
        return
    from evalkit.text.outputs import refuse_texts

    sides: list[Any] = [side for r in results.values() for side in (*r.systems, *r.references, r.source) if side]
    named = [r.config.get(key) for r in results.values() for key in ("terms", "names", "plugins", "verdicts")]
    lists = [path for given in named for path in (given if isinstance(given, list) else [given])]
    digests = [part.sha256 for side in sides for part in (side, *getattr(side, "documents", ()))]
    paths = [path for path in (*(side.path for side in sides), *lists) if isinstance(path, str)]
    refuse_texts(output, results, paths, digests)


_WRITTEN = b"written"
_seen: dict[Path, tuple[int, int, int] | None] = {}  # what stood at an output when it was found that it may be replaced


def _stamp(target: Path) -> tuple[int, int, int] | None:
    try:
        found = target.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def forget(output: str) -> None:
    """Says that a file is about to be written: who is killed before its hash is kept has changed nothing by hand."""
    from evalkit.run.cache import open_cache
    from evalkit.text.files import destination

    cache, place = open_cache(), _place(destination(output))
    if cache and cache.get(place) is not None:
        cache.put(place, b"being written")


def remember(output: str) -> None:
    """Keeps the hash of a file that was written, and its place, where there is a cache: as long as nobody changes the
    file, evalkit may replace it."""
    from evalkit.run.cache import open_cache
    from evalkit.text.files import destination

    target = destination(output)
    cache = open_cache()
    try:
        if cache and target.is_file() and target.stat().st_size:
            cache.put(_key(target), _WRITTEN)
            cache.put(_place(target), _WRITTEN)
    except OSError:  # another process may have taken it away
        return


def _is_known(target: Path) -> bool:
    """Whether evalkit wrote the file as it is: by its hash, at a place where it has written, or else by its form, which
    is believed of a report made where no cache could tell, and not where one, or the marker of a folder of reports,
    knows that another content was written there. A copy that somebody keeps elsewhere is his, unless it is a report."""
    from evalkit.run.cache import open_cache
    from evalkit.text.outputs import is_changed_since
    from evalkit.text.own_files import is_own_report

    cache = open_cache()
    if cache and cache.get(_key(target)) is not None:
        return cache.get(_place(target)) is not None or is_own_report(target)
    if (cache and cache.get(_place(target)) == _WRITTEN) or is_changed_since(target):
        return False
    return is_own_report(target)


def _place(target: Path) -> str:
    return hashlib.sha256(b"written at " + os.fsencode(target)).hexdigest()


def _key(target: Path) -> str:
    with target.open("rb") as stream:
        content = hashlib.file_digest(stream, "sha256").hexdigest()
    return hashlib.sha256(f"written {content}".encode()).hexdigest()


def _refuse_judged_sheet(target: Path, output: str) -> None:
    """Of a sheet to review that has verdicts the error says what to do; whether one without has been sorted, cut or
    written into is told by its hash."""
    from evalkit.review import exchange

    if target.suffix.lower() not in (*exchange.FORMATS, ".xliff"):
        return
    try:
        there = exchange.imported(target)
    except EvalkitError:
        return
    if there.verdicts or there.problems:
        raise InputError(
            f"--output {output}: the file exists and has verdicts; take them in with `evalkit review import` and name "
            "another file, or replace it with --overwrite"
        )
