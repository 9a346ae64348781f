"""What may be written where: no output is an input, and a folder of reports holds nothing of the user's."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from evalkit.errors import InputError
from evalkit.text.files import destination, read_bytes, resolved, usable, write_pieces, write_text
from evalkit.text.turns import turn

Made = str | bytes | Iterable[bytes]  # a file
# The file that says a folder is evalkit's, and which of its files are.
MARKER = ".evalkit.json"
# Folders above a result in which its configuration may lie: output = "reports/2020/may" is as deep as they get.
_ABOVE = 4
_HELD = 1 << 22  # bytes of a file held in memory
_LONGEST_NAME = 256  # bytes of a name that a file system takes; a result may have been edited


def refuse_inputs(output: str | Path, inputs: Iterable[str | Path], option: str = "--output") -> None:
    """Raises InputError where writing `output` would destroy one of the inputs, by whatever name or link.

    An input that is a folder stands for every file below it that is not hidden, those to come too: the next run would
    take a report for a text. Standard output destroys nothing. `option` is what the user named the output by.
    """
    if str(output) in ("", "-"):
        return
    target = destination(output)
    is_there = target.exists()
    for path in inputs:
        if str(path) in ("", "-") or not (given := usable(path)).exists():
            continue
        inside = given.is_dir() and _is_read_below(resolved(target), resolved(given))
        if is_there and (inside or (given.is_file() and given.samefile(target))):
            raise InputError(f"{option} {output} is also an input; choose another file")
        if inside:
            raise InputError(
                f"{option} {output} lies in {path}, whose files are all inputs: the next run would take it for a text; "
                "choose another folder"
            )


def _is_read_below(target: Path, folder: Path) -> bool:
    """Whether a file is one that is read where the folder is an input: hidden ones, and what is in them, are not."""
    return target.is_relative_to(folder) and not any(part.startswith(".") for part in target.relative_to(folder).parts)


def refuse_texts(
    output: str | Path, made_at: Iterable[str | Path], paths: Iterable[str], digests: Iterable[str]
) -> None:
    """Raises InputError where `output` is one of the texts that saved results were made from.

    Results name their texts by paths relative to a folder they do not name: looked for are those from here and from
    the folders above `made_at`, the files of the results; and whatever has one of the `digests` (SHA-256).
    """
    if str(output) in ("", "-") or not (target := destination(output)).is_file():
        return
    above = [folder for file in made_at for folder in list(resolved(file).parents)[:_ABOVE]]
    given = [folder / path for folder in (Path(), *above) for path in paths if path and "\0" not in path]
    refuse_inputs(output, (path for path in given if len(path.name) < _LONGEST_NAME))
    if hashlib.sha256(read_bytes(target)).hexdigest() in set(digests):
        raise InputError(f"--output {output} is a text that the result was made from; choose another file")


def refuse_folder(folder: Path, names: Iterable[str], inputs: Iterable[str | Path], *, overwrite: bool) -> None:
    """What `write_folder` would refuse of files of these names, before anybody has worked for them."""
    given, wanted = list(inputs), list(names)
    for name in wanted:
        refuse_inputs(folder / name, given)
    if usable(folder).exists() and not folder.is_dir():
        raise InputError(f"{folder}: is no folder; name another one as `output`")
    if not overwrite and folder.is_dir():
        with turn(folder / MARKER):
            _refuse_foreign(folder, wanted, _marker(folder), written(folder))


def write_folder(
    folder: Path,
    files: Mapping[str, Made],
    *,
    overwrite: bool = False,
) -> None:
    """Writes files by their path below a folder, and takes away those of an earlier time that are not among them.
    A file is a text, bytes or pieces of them, which wait on the disk until all are made.

    The folder must be evalkit's by its marker, or hold no file of any of the names, unless `overwrite` says that what
    stands there may be replaced.
    A file that somebody has changed since evalkit wrote it is no longer evalkit's: it is not replaced without
    `overwrite`, and never removed; nor is what is not in the marker, a link, or what lies behind one.
    """
    try:
        usable(folder).mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"{folder}: cannot be written ({problem.strerror}); check folder and permissions") from None
    with turn(folder / MARKER):
        _write_folder(folder, files, overwrite=overwrite)


def _write_folder(folder: Path, files: Mapping[str, Made], *, overwrite: bool) -> None:
    hashes = _marker(folder)
    former = written(folder)
    if not overwrite:
        _refuse_foreign(folder, files, hashes, former)
    for name in (*files, MARKER):
        if _behind_link(folder, name):
            raise InputError(
                f"{folder / name}: is a link or stands behind one; evalkit writes reports into folders of its own"
            )
        if (folder / name).is_file() and not os.access(folder / name, os.W_OK):
            raise InputError(f"{folder / name}: is read-only; allow writing, or name another folder as `output`")
    with ExitStack() as open_files:
        contents = {name: _content(made, folder, open_files) for name, made in files.items()}
        _replace(folder, contents, hashes or {}, former)


def _refuse_foreign(
    folder: Path, names: Iterable[str], hashes: Mapping[str, list[str]] | None, former: set[str]
) -> None:
    foreign = [name for name in names if name not in former and (folder / name).exists()]
    if (folder / MARKER).exists() and hashes is None:
        foreign.append(MARKER)
    if foreign:
        raise InputError(
            f"{folder}: holds files that evalkit did not write there, or that were changed since "
            f"({', '.join(foreign[:3])}); name another folder as `output`, or allow it to replace them with "
            "--overwrite"
        )


def _replace(
    folder: Path, contents: Mapping[str, bytes | IO[bytes]], hashes: dict[str, list[str]], former: set[str]
) -> None:
    """Puts the contents into the folder and takes away what is there of an earlier time."""
    new = {name: [_hash(_blocks(content))] for name, content in contents.items()}
    before = {name: kept for name, kept in hashes.items() if name in former and kept}
    # Who is killed in between leaves files of both times, and all of them are evalkit's.
    both = {name: list(dict.fromkeys([*before.get(name, []), *new.get(name, [])])) for name in {**before, **new}}
    if both != hashes:
        _write_marker(folder, both)
    for name, content in contents.items():
        write_pieces(folder / name, _blocks(content))
    for name in sorted(set(before) - set(contents)):
        if not _behind_link(folder, name):
            (folder / name).unlink(missing_ok=True)
    _write_marker(folder, new)


def written(folder: Path) -> set[str]:
    """The files of the folder that are as evalkit has written them, by the marker, and those of it that are gone."""
    return {name for name, hashes in (_marker(folder) or {}).items() if _is_as_written(folder, name, hashes)}


def is_changed_since(path: Path) -> bool:
    """Whether a file is one that a marker names, beside it or above its folder of figures or texts, and has another
    content than evalkit wrote there: it was changed, or it is another file."""
    for folder in (path.parent, path.parent.parent):
        name = path.relative_to(folder).as_posix()
        if hashes := (_marker(folder) or {}).get(name):
            return not _is_as_written(folder, name, hashes)
    return False


def _marker(folder: Path) -> dict[str, list[str]] | None:
    """The hashes that each file may have, by name, as the marker lists them; none for one that lists names alone, as
    version 0.5.0 wrote it: whether its files were changed since, nobody can tell. What is no plain name is left out.
    None where there is no marker that can be read."""
    try:
        listed = json.loads((folder / MARKER).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if isinstance(listed, list):
        listed = {name: [] for name in listed if isinstance(name, str)}
    if not isinstance(listed, dict):
        return None
    found = {name: kept if isinstance(kept, list) else [kept] for name, kept in listed.items()}
    return {
        name: [each for each in kept if isinstance(each, str)]
        for name, kept in found.items()
        if name and "\0" not in name and not Path(name).is_absolute() and ".." not in Path(name).parts
    }


def _write_marker(folder: Path, hashes: Mapping[str, list[str]]) -> None:
    files = {name: kept if len(kept) > 1 else kept[0] for name, kept in sorted(hashes.items())}
    write_text(folder / MARKER, json.dumps({"files": files}, indent=1) + "\n")


def _is_as_written(folder: Path, name: str, hashes: list[str]) -> bool:
    path = folder / name
    try:
        if not path.exists():
            return True
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return _hash(_blocks(stream)) in hashes
    except OSError:
        return False


def _content(made: Made, folder: Path, open_files: ExitStack) -> bytes | IO[bytes]:
    """What is to be written; of pieces a file without a name beside it, for together they may be large."""
    if isinstance(made, str):
        return made.encode()
    if isinstance(made, bytes):
        return made
    held: IO[bytes] = open_files.enter_context(SpooledTemporaryFile(_HELD, dir=str(folder)))  # noqa: SIM115
    try:
        for piece in made:  # `writelines` would hold them all before it looks how many there are
            held.write(piece)
    except OSError as problem:
        raise InputError(f"{folder}: cannot be written ({problem.strerror}); check folder and permissions") from None
    return held


def _blocks(content: bytes | IO[bytes]) -> Iterator[bytes]:
    """A content in blocks, none of which ends between the two bytes of a line end."""
    if isinstance(content, bytes):
        yield content
        return
    content.seek(0)
    while block := content.read(_HELD):
        yield block + content.read(1) if block.endswith(b"\r") else block


def _hash(blocks: Iterable[bytes]) -> str:
    """Of the content, whatever line ends a checkout of it has; no block begins between the two bytes of one."""
    made = hashlib.sha256()
    for block in blocks:
        made.update(block.replace(b"\r\n", b"\n"))
    return made.hexdigest()


def _behind_link(folder: Path, name: str) -> bool:
    """Whether a file, or a folder on the way to it, is a link."""
    return any((folder / part).is_symlink() for part in (Path(name), *Path(name).parents) if part != Path())
