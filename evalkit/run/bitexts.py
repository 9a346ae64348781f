"""Part of step one: the source, and the reference, that files of several sides bring with them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from evalkit.errors import ConfigError, InputError
from evalkit.records import Bitext, Document, DocumentSet, Failure, Side

Owner = tuple[Side, str]


class Brought(Struct, frozen=True):
    """A side that files bring: its documents, and the side and name of each file that has it."""

    side: DocumentSet
    owners: tuple[Owner, ...]


def as_bitext(read: object, reader: str) -> Bitext:
    """What a reader gives, as sides; ConfigError where it is no documents at all."""
    if isinstance(read, Bitext):
        return read
    documents = tuple(read) if isinstance(read, Sequence) and not isinstance(read, str | bytes) else None
    if documents is None or not all(isinstance(document, Document) for document in documents):
        raise ConfigError(
            f"the reader {reader!r} gives {type(read).__name__}; a reader gives a tuple of documents, or a Bitext"
        )
    return Bitext(documents)


def check_rows(bitext: Bitext, path: str) -> None:
    """Refuses a bitext whose sides do not have the same documents with the same rows."""
    wanted = _rows(bitext.target)
    for name, documents in (("source", bitext.source), ("reference", bitext.reference), *bitext.references):
        if documents and _rows(documents) != wanted:
            raise InputError(
                f"{path}: the rows of its {name} are not those of its text; a reader of several sides gives each the "
                "same documents, and in them the same rows by id"
            )


def _rows(documents: Sequence[Document]) -> dict[str, list[str] | None]:
    return {d.id: None if d.rows is None else [row.id for row in d.rows] for d in documents}


def references_brought(files: Sequence[tuple[DocumentSet, Bitext]], lang: str) -> tuple[Brought, ...]:
    """Every reference that the files bring, under the names that they give them."""
    number = max((len(bitext.references) or 1 for _, bitext in files), default=0)
    found = (brought(files, "reference", lang, k) for k in range(number))
    return tuple(each for each in found if each)


def brought(files: Sequence[tuple[DocumentSet, Bitext]], side: Side, lang: str, number: int = 0) -> Brought | None:
    """The one source (or reference, by its number) of all files that bring one; InputError where they differ.

    `lang` is the language where the files do not say it.
    """
    having = [(of, documents) for of, bitext in files if (documents := _side(bitext, side, number))]
    if not having:
        return None
    first, documents = having[0]
    for other, theirs in having[1:]:
        if {d.id: d.text for d in theirs} != {d.id: d.text for d in documents}:
            option = "-s/--source" if side == "source" else "-r/--reference"
            raise InputError(f"{first.path} and {other.path} bring different {side} texts; give the one with {option}")
    stated = next((d.lang for d in documents if d.lang), "")
    names = [bitext.references[number][0] for _, bitext in files if number < len(bitext.references)]
    made = DocumentSet(
        name=names[0] if names and side == "reference" else side,
        side=side,
        path=first.path,
        documents=tuple(replace(d, path=first.path, lang=d.lang or lang) for d in documents),
        lang=stated or lang,
    )
    return Brought(made, tuple((of.side, of.name) for of, _ in having))


def left_aside(found: Brought | None, given: Sequence[DocumentSet]) -> tuple[Failure, ...]:
    """Says that a side the user has named takes the place of the one that files bring."""
    if found is None or not given:
        return ()
    names = ", ".join(side.path for side in given)
    message = f"the {found.side.side} that {found.side.path} brings was ignored, as {names} was given"
    return (Failure("read", "", "", "", message),)


def taken_for(lang: str, source: DocumentSet) -> tuple[Failure, ...]:
    """Says in which language a source is that nobody stated one for."""
    from evalkit.language.codes import in_english

    said = (
        f"{source.path} does not say which language it is translated from: taken to be {in_english(lang)}, as usual; "
        "if it is another, give --source-lang"
    )
    return (Failure("read", "", "", "", said),) if source.lang == lang else ()


def _side(bitext: Bitext, side: Side, number: int) -> tuple[Document, ...]:
    if side == "source":
        return bitext.source
    if bitext.references:
        return bitext.references[number][1] if number < len(bitext.references) else ()
    return () if number else bitext.reference
