"""What may be written where: no output is an input, and a folder of reports holds nothing of the user's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from evalkit.errors import InputError
from evalkit.text.files import read_bytes, usable, write_bytes, write_text

# The file that says a folder is evalkit's, and which of its files are.
MARKER = ".evalkit.json"
# Folders above a result in which its configuration may lie: output = "reports/2020/may" is as deep as they get.
_ABOVE = 4
_LONGEST_NAME = 256  # bytes of a name that a file system takes; a result may have been edited


def refuse_inputs(output: str | Path, inputs: Iterable[str | Path], option: str = "--output") -> None:
    """Raises InputError where writing `output` would destroy one of the inputs, by whatever name or link.

    An input that is a folder stands for every file below it. Standard output destroys nothing. `option` is what the
    user named the output by.
    """
    if str(output) in ("", "-") or not (target := usable(output)).exists():
        return
    for path in inputs:
        if str(path) in ("", "-") or not (given := usable(path)).exists():
            continue
        inside = given.is_dir() and target.resolve().is_relative_to(given.resolve())
        if inside or (given.is_file() and given.samefile(target)):
            raise InputError(f"{option} {output} is also an input; choose another file")


def refuse_texts(
    output: str | Path, made_at: Iterable[str | Path], paths: Iterable[str], digests: Iterable[str]
) -> None:
    """Raises InputError where `output` is one of the texts that saved results were made from.

    Results name their texts by paths relative to a folder they do not name: looked for are those from here and from
    the folders above `made_at`, the files of the results; and whatever has one of the `digests` (SHA-256).
    """
    if str(output) in ("", "-") or not (target := usable(output)).is_file():
        return
    above = [folder for file in made_at for folder in list(Path(file).resolve().parents)[:_ABOVE]]
    given = [folder / path for folder in (Path(), *above) for path in paths if path and "\0" not in path]
    refuse_inputs(output, (path for path in given if len(path.name) < _LONGEST_NAME))
    if hashlib.sha256(read_bytes(target)).hexdigest() in set(digests):
        raise InputError(f"--output {output} is a text that the result was made from; choose another file")


def write_folder(
    folder: Path, files: Mapping[str, str | bytes], *, overwrite: bool = False, known: Iterable[str] = ()
) -> None:
    """Writes files by their path below a folder, and takes away those of an earlier time that are not among them.

    The folder must be evalkit's by its marker, or hold no file of any of the names, unless `overwrite` says that what
    stands there may be replaced. `known` are names in it that are evalkit's without a marker.
    Nothing that is not in the marker is ever removed, nor a link or what lies behind one.
    """
    former = written(usable(folder))
    own = former | set(known)
    if not overwrite:
        foreign = [name for name in files if name not in own and (folder / name).exists()]
        if foreign:
            raise InputError(
                f"{folder}: holds files that evalkit did not write there ({', '.join(foreign[:3])}); name another "
                "folder as `output`, or allow it to replace them with --overwrite"
            )
    for name in (*files, MARKER):
        if _behind_link(folder, name):
            raise InputError(
                f"{folder / name}: is a link or stands behind one; evalkit writes reports into folders of its own"
            )
    for name, content in files.items():
        write_bytes(folder / name, content.encode() if isinstance(content, str) else content)
    for name in sorted(former - set(files)):
        if not _behind_link(folder, name):
            (folder / name).unlink(missing_ok=True)
    write_text(folder / MARKER, json.dumps({"files": sorted(files)}, indent=1) + "\n")


def written(folder: Path) -> set[str]:
    """The files of the folder that evalkit has written, as the marker lists them; what is no plain name is left out."""
    try:
        listed = json.loads((folder / MARKER).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()
    names = {name for name in listed if isinstance(name, str)} if isinstance(listed, list) else set()
    return {name for name in names if name and not Path(name).is_absolute() and ".." not in Path(name).parts}


def _behind_link(folder: Path, name: str) -> bool:
    """Whether a file, or a folder on the way to it, is a link."""
    return any((folder / part).is_symlink() for part in (Path(name), *Path(name).parents) if part != Path())
