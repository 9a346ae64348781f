"""Part of step one: a folder of files, each read by the reader that takes it, as one set of documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from unicodedata import normalize

from msgspec.structs import replace

from evalkit.errors import EvalkitError, InputError, all_problems
from evalkit.records import Bitext, Document, DocumentSet

ReadFile = Callable[[str, str], Bitext]  # id and path of a file
_MOST = 3  # names of files in a message


def read_files(files: Mapping[str, str], read: ReadFile, path: str) -> Bitext:
    """The documents of all files, by id; a file of several documents gives each `FILE/ID`.

    Systems of one name in several files are one candidate. Raises one InputError that names every file that cannot be
    used, and where the files do not go together: some with a source and some without.
    """
    found: dict[str, Bitext] = {}
    problems: list[str] = []
    for name, file in files.items():
        try:
            found[name] = read(name, file)
        except EvalkitError as problem:
            problems.append(str(problem))
    if problems:
        raise InputError(all_problems(f"{path}: files that cannot be used", problems))
    if not found:
        raise InputError(f"{path}: the folder holds no text files; give a file or a folder of texts")
    langs = _languages(found)
    lang = langs[0][0] if langs else ""
    systems: dict[str, dict[str, Bitext]] = {}
    for name, bitext in found.items():
        for each in (bitext, *bitext.more):
            systems.setdefault(each.name, {})[name] = each
    first, *more = (_joined(name, theirs, lang, path) for name, theirs in systems.items())
    return replace(first, more=tuple(more), differing=langs if len(langs) > 1 else ())


def _languages(found: Mapping[str, Bitext]) -> tuple[tuple[str, str], ...]:
    """The languages that the files state, each with the first file that does."""
    stated: dict[str, tuple[str, str]] = {}
    for name, bitext in found.items():
        if bitext.lang:
            stated.setdefault(bitext.lang.lower().replace("_", "-"), (bitext.lang, name))
    return tuple(stated.values())


def _joined(system: str, files: Mapping[str, Bitext], lang: str, path: str) -> Bitext:
    """One system's documents out of all files that have it."""
    sides: dict[str, tuple[Document, ...]] = {"target": _named(files, attrgetter("target"))}
    for side in ("source", "reference"):
        having = [name for name, each in files.items() if getattr(each, side)]
        if having and len(having) < len(files):
            without = [name for name in files if name not in having]
            raise InputError(
                f"{path}: some of its files bring a {side} ({_some(having)}) and some do not "
                f"({_some(without)}); put them into folders of their own"
            )
        sides[side] = _named(files, attrgetter(side))
    made = Bitext(sides["target"], source=sides["source"], reference=sides["reference"], name=system, lang=lang)
    names = dict.fromkeys(name for each in files.values() for name, _ in each.references)
    references = tuple((name, _named(files, partial(_reference, name))) for name in names)
    return replace(made, references=references) if len(references) > 1 else made


def _reference(name: str, bitext: Bitext) -> Sequence[Document]:
    """The reference of a name; of a file with a single one that one is the first."""
    found = dict(bitext.references)
    return found.get(name, ()) or (() if found else bitext.reference)


def _named(files: Mapping[str, Bitext], side: Callable[[Bitext], Sequence[Document]]) -> tuple[Document, ...]:
    """The documents of a side, named after their files."""
    made = []
    for name, bitext in files.items():
        alone = len(bitext.target) == 1
        made += [replace(d, id=name if alone else f"{name}/{d.id}") for d in side(bitext)]
    return tuple(made)


def without_endings(wanted: Sequence[str], theirs: Sequence[str]) -> dict[str, str]:
    """The id of each of `theirs` as the other side calls it, where only the endings of files differ; empty where the
    two sides have an id in common, or an id would be another's."""
    stems = {_stem(name): name for name in wanted}
    if set(wanted) & set(theirs) or len(stems) < len(wanted) or len({*map(_stem, theirs)}) < len(theirs):
        return {}
    return {name: stems.get(_stem(name), name) for name in theirs}


def in_one_form(wanted: Sequence[str], theirs: Sequence[str]) -> dict[str, str]:
    """The id of each of `theirs` as the other side calls it, where the two write letters with marks in another way, as
    file systems do (`é` as one character, or as two); not where it would be another's."""
    here = set(theirs)
    forms = {normalize("NFC", name): name for name in wanted if name not in here}
    count = Counter(normalize("NFC", name) for name in theirs)
    alone = {name: form for name in theirs if count[form := normalize("NFC", name)] == 1}
    return {name: forms[form] for name, form in alone.items() if name not in wanted and form in forms}


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST]) + (", ..." if len(names) > _MOST else "")


_ENDING = re.compile(r"(?<=[^/])\.[A-Za-z][A-Za-z0-9]{0,9}$")


def _stem(name: str) -> str:
    """The path of a file without its ending, which is no number."""
    return _ENDING.sub("", name)


def mixed(sides: Sequence[tuple[DocumentSet, bool]]) -> str:
    """Why files (True) and sets do not go together, with the file of a folder that is probably meant."""
    said = "one side is a file, another a folder or a set of documents: give all as files or all as sets"
    listed = ", ".join(f"{s.name}: {'one file' if single else 'a set of documents'}" for s, single in sides)
    names = [Path(side.path).name for side, single in sides if single]
    for side, _ in sides:
        meant = next((Path(side.path, name) for name in names if Path(side.path, name).is_file()), None)
        if meant is not None:
            return f"{said} ({listed}); did you mean {meant}?"
    return f"{said} ({listed})"
