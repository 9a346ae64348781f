"""After step one: what the settings left to the files, by what the files say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from evalkit.kernel.words import LineWords
from evalkit.records import Document, DocumentSet
from evalkit.records.config import DEFAULT_LANG, LINES_OR_IDS, RunConfig
from evalkit.run.by_keys import have_keys
from evalkit.run.read import Inputs
from evalkit.run.trust_lines import judge_lines
from evalkit.text.layout import line_places


def settled(config: RunConfig, inputs: Inputs) -> RunConfig:
    """The settings with aligner, segmenter and language named.

    Rows are paired by their ids where every side states them; `score` does so where they differ in order or number,
    for else lines give the same pairs. Rows of a file that brings its source, or has its keys, stay whole, for their
    source is that of a row. Translations with as many lines as their source and their references are paired line by
    line: three texts do not often agree in that by chance, and where they do the words say so. The language is the one
    all candidates state, where the user has named none.
    """
    align = config.align
    if align in ("", LINES_OR_IDS):
        lines = align == LINES_OR_IDS or _line_by_line(inputs)
        align = _aligner(inputs, usual="lines" if lines else "document")
    segment = config.segment
    if not segment and align == "document" and (_bring_their_source(inputs) or _have_keys(inputs)):
        segment = "lines"
    return replace(config, align=align, segment=segment, lang=_lang(config.lang, inputs.candidates))


def _aligner(inputs: Inputs, *, usual: str) -> str:
    sides = (*inputs.references, *inputs.candidates)
    if not inputs.references or not all(d.ids for side in sides for d in side.documents if d.rows):
        return usual
    if not all(d.rows for side in inputs.references for d in side.documents):
        return usual
    ids = [list(_ids(side)) for side in sides]
    return usual if usual == "lines" and all(mine == ids[0] for mine in ids) else "id"


def _line_by_line(inputs: Inputs) -> bool:
    """True where source, references and candidates have the same documents with as many lines, and more than one."""
    source = inputs.source
    if source is None or not inputs.references or any(d.kind != "translation" for d in inputs.candidates):
        return False
    sides = [source, *inputs.references, *inputs.candidates]
    counts = [{d.id: len(line_places(d)[0]) for d in side.documents} for side in sides]
    if max(counts[0].values(), default=0) < 2 or any(mine != counts[0] for mine in counts):
        return False
    return not all(_is_shifted(candidate, inputs.references) for candidate in inputs.candidates)


def _is_shifted(candidate: DocumentSet, references: Iterable[DocumentSet]) -> bool:
    """True for running texts that have a line more and a line less than a reference: its lines do not stand beside
    those of the reference. Rows stand where they are meant to stand."""
    for reference in references:
        theirs = {document.id: document for document in reference.documents}
        for mine in candidate.documents:
            if mine.rows is None and (other := theirs[mine.id]).rows is None:
                trusted, _ = judge_lines(_words(mine), _words(other))
                if not trusted:
                    return True
    return False


def _words(document: Document) -> LineWords:
    text = document.broken or document.text
    starts, ends, _ = line_places(document)
    return LineWords([text[start:end] for start, end in zip(starts, ends, strict=True)])


def _ids(side: DocumentSet) -> Iterator[tuple[str, str]]:
    for document in side.documents:
        for row in document.rows or ():
            yield document.id, row.id


def _bring_their_source(inputs: Inputs) -> bool:
    owners = set(inputs.source_of)
    return bool(inputs.candidates) and all(("candidate", side.name) in owners for side in inputs.candidates)


def _have_keys(inputs: Inputs) -> bool:
    """Whether rows are held against those of a source by their keys, where there is no reference."""
    if inputs.source is None or inputs.references:
        return False
    sides = (zip(inputs.source.documents, side.documents, strict=True) for side in inputs.candidates)
    return any(have_keys(theirs, mine) for side in sides for theirs, mine in side)


def _lang(given: str, candidates: Iterable[DocumentSet]) -> str:
    stated = {side.lang for side in candidates}
    return given or (next(iter(stated)) if len(stated) == 1 else DEFAULT_LANG)
