"""Files of scores, of whatever layout, as one `Scores` for each name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from evalkit.errors import InputError
from evalkit.meta import wmt
from evalkit.meta.records import Source
from evalkit.meta.results import read_scores
from evalkit.meta.scores import Key, Scores
from evalkit.meta.tables import read_table
from evalkit.text.files import decode, read_bytes

_HUMAN = "human."  # what files of people's scores are called in the layout of the WMT data


def read_all(paths: Sequence[str], *, human: bool = False) -> list[Scores]:
    """The scores of some files, by name in the order given.

    Of `NAME.seg.score`, `NAME.sys.score` and `NAME.domain.score` the others are read too where they lie beside. Raises
    InputError where a file cannot be read, or two files have scores of one name.
    """
    found: dict[str, Scores] = {}
    for path in with_siblings(paths):
        for scores in _read(path, human=human):
            before = found.get(scores.name)
            found[scores.name] = _joined(before, scores, path) if before else scores
    for scores in found.values():
        if scores.by_domain and not scores.names:
            first = scores.files[0].name
            raise InputError(f"{first}: scores by domain alone; put {scores.name}.seg.score or .sys.score beside it")
    return list(found.values())


def with_siblings(paths: Iterable[str]) -> list[str]:
    """The files, and of each score file those of the other levels that lie beside it and are read too."""
    wanted: dict[str, str] = {}
    for path in paths:
        wanted.setdefault(str(Path(path)), path)
        for sibling in wmt.beside(path):
            wanted.setdefault(str(Path(sibling)), sibling)
    return list(wanted.values())


def _read(path: str, *, human: bool) -> list[Scores]:
    data = read_bytes(path)
    source = Source(Path(path).name, sha256(data).hexdigest())
    name = Path(path).name.removesuffix(".gz")
    if stem := wmt.stem_of(path):
        name = stem[0]
    elif Path(name).stem:
        name = Path(name).stem
    if human:
        name = name.removeprefix(_HUMAN) or name
    text = decode(data, path)
    if stem:
        read = {"seg": wmt.read_segments, "sys": wmt.read_systems, "domain": wmt.read_domains}[stem[1]]
        found = [read(text, path, name)]
    elif not text.lstrip().startswith("{"):
        found = read_table(text, path, name)
    elif human:
        raise InputError(f"{path}: a result has scores of metrics, where scores of people are expected")
    else:
        found = read_scores(text, path)
    return [scores._replace(files=(source,)) for scores in found]


def _joined(one: Scores, other: Scores, path: str) -> Scores:
    """The segment scores of one file, the system scores of another, those by domain of a third."""
    if any(a and b for a, b in zip(_levels(one), _levels(other), strict=True)):
        raise InputError(f"{path}: there are scores of {one.name!r} already, from {one.files[0].name}; rename one file")
    segments, rest = (one, other) if one.order else (other, one)
    return segments._replace(
        systems=segments.systems or rest.systems,
        by_domain=segments.by_domain or rest.by_domain,
        files=tuple(sorted((*one.files, *other.files), key=lambda f: f.name)),
    )


def _levels(scores: Scores) -> tuple[bool, bool, bool]:
    return bool(scores.order), bool(scores.systems), bool(scores.by_domain)


def turned_round(sides: Iterable[Scores], lower: Sequence[str]) -> list[Scores]:
    """The sides, those named turned round since lower is better."""
    return [scores.turned() if scores.name in lower else scores for scores in sides]


def read_documents(path: str) -> dict[int, tuple[str, str]]:
    """Domain and document of each line, by its number from 1, of a table of two columns without header."""
    found = {}
    for number, line in enumerate(decode(read_bytes(path), path).splitlines(), 1):
        parts = line.split("\t")
        if len(parts) != 2 or not all(part.strip() for part in parts):
            raise InputError(f"{path}:{number}: a line has a domain and a document, with a tab between; `-` is unknown")
        found[number] = (parts[0].strip(), parts[1].strip())
    return found


def placed(
    scores: Scores, documents: Mapping[int, tuple[str, str]], path: str
) -> tuple[dict[Key, str], dict[Key, str]]:
    """Domain and document of each segment of a file of lines."""
    if scores.lines != len(documents):
        raise InputError(f"{path}: {len(documents)} lines, and {scores.name!r} has {scores.lines} segments a system")
    keys = [(key, documents[number]) for number, key in enumerate(scores.order, 1)]
    return {key: domain for key, (domain, _) in keys if domain != "-"}, {
        key: doc for key, (_, doc) in keys if doc != "-"
    }
