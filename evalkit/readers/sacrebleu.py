"""The `sacrebleu` reader: the test sets that sacrebleu knows, by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from msgspec.structs import replace

from evalkit.errors import InputError, nearest
from evalkit.readers._sides import Cell, Entry, Sheet
from evalkit.records import Bitext, Document, Side

_PREFIX = "sacrebleu:"
_METADATA = ("docid", "origlang", "domain")


@dataclass(frozen=True)
class SacrebleuReader:
    """Reads source and references of `sacrebleu:SET/PAIR`, such as `sacrebleu:wmt23/en-de`, a row for each line.

    The references are those that sacrebleu takes for the set. The set is read from sacrebleu's own folder; where it is
    not there, sacrebleu fetches it, which is the only use of the network, and checks its sum.
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "sacrebleu"
    suffixes: ClassVar[tuple[str, ...]] = (_PREFIX,)

    def read(self, path: str, lang: str) -> Bitext:
        """The references, with the source; raises InputError for a set that is unknown or cannot be fetched."""
        return self.read_for(path, lang, "reference")

    def read_for(self, path: str, lang: str, side: Side) -> Bitext:  # noqa: ARG002 - a set states its languages
        """As `read`, of a set given for a side; InputError for one given as candidate, for it has no translation."""
        if side == "candidate":
            raise InputError(f"{path}: a test set has no translation to evaluate; give it with -r/--reference")
        from sacrebleu.dataset import DATASETS

        known: dict[str, Any] = DATASETS
        wanted, _, pair = path.removeprefix(_PREFIX).rpartition("/")
        if wanted not in known:
            raise InputError(
                f"{path}: sacrebleu has no set {wanted!r}{nearest(wanted, list(known))} (sacrebleu --list)"
            )
        pairs = sorted(known[wanted].langpairs)
        if pair not in pairs:
            raise InputError(f"{path}: the set {wanted!r} has no pair {pair!r} (there are: {', '.join(pairs)})")
        return _bitext(path, pair, *_fetched(known[wanted], pair, path))


def _fetched(known: Any, pair: str, path: str) -> tuple[dict[str, list[str]], list[str]]:
    """The lines of every field of a set, and the names of the fields that are its references."""
    try:
        fields, files = known.fieldnames(pair), known.get_files(pair)
        chosen = set(known.get_reference_files(pair))
        lines = {field: _lines(file) for field, file in zip(fields, files, strict=True)}
    except (Exception, SystemExit) as problem:  # no network, a cut archive, a wrong sum: sacrebleu may end the process
        why = " ".join(str(problem).split())[:200] or type(problem).__name__
        raise InputError(
            f"{path}: is not in sacrebleu's folder and cannot be fetched ({why}); where there is a network: "
            f"sacrebleu -t {known.name} -l {pair} --echo src"
        ) from None
    return lines, [field for field, file in zip(fields, files, strict=True) if file in chosen]


def _lines(file: str) -> list[str]:
    return Path(file).read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _bitext(path: str, pair: str, lines: dict[str, list[str]], references: list[str]) -> Bitext:
    made = {field: _documents(path, pair, lines, field) for field in references}
    names = [field.partition(":")[2] or field for field in references]
    target = made[references[0]] if references else ()
    several = tuple(zip(names, made.values(), strict=True)) if len(names) > 1 else ()
    source = _documents(path, pair, lines, "src")
    bitext = Bitext(target or source, source=source, lang=pair.partition("-")[2])
    return replace(bitext, reference=target, references=several) if several else bitext


def _documents(path: str, pair: str, lines: dict[str, list[str]], field: str) -> tuple[Document, ...]:
    sheet = Sheet(path)
    sheet.ids = False
    sheet.start("1")
    for number, text in enumerate(lines[field]):
        said = {name: lines[name][number] for name in _METADATA if name in lines}
        sheet.documents["1"].append(Entry(str(number + 1), {"candidate": Cell(text)}, said))
    source, _, target = pair.partition("-")
    made = sheet.bitext(("candidate",), "candidate", {"candidate": source if field == "src" else target})
    return tuple(replace(document, path=path) for document in made.target)
