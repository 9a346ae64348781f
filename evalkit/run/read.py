"""Step one: references and candidates read, named, and their documents matched by id."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from evalkit.errors import ConfigError, EvalkitError, InputError, all_problems
from evalkit.plugins import Registry
from evalkit.records import Bitext, Document, DocumentSet, Failure, LeftOut, Side
from evalkit.records.config import CandidateConfig, ReferenceConfig, RunConfig, SourceConfig, column_spec
from evalkit.records.given import Given
from evalkit.records.given import document as given_document
from evalkit.run.bitexts import Owner, brought, left_aside, references_brought, taken_for
from evalkit.run.file_languages import Entry, of_files, stated_lang
from evalkit.run.folders import in_one_form, mixed, without_endings
from evalkit.run.reading import read_path
from evalkit.text.files import is_remote, read_text, resolved, usable

Texts = Mapping[str, Given]
NO_TEXTS: Texts = {}


class Derivation(Struct, frozen=True):
    """Where a reference was made from, and the lines left out on the way."""

    source: str
    left_out: tuple[LeftOut, ...]


class Inputs(Struct, frozen=True):
    """All sides, each with the same document ids in the same order; a missing document is empty.

    `source_of` names the sides whose own files brought the source: its rows are theirs; `unstated` those of whose
    language nobody said anything.
    """

    references: tuple[DocumentSet, ...]
    candidates: tuple[DocumentSet, ...]
    derived: dict[str, Derivation]
    source: DocumentSet | None = None
    failures: tuple[Failure, ...] = ()
    source_of: tuple[Owner, ...] = ()
    unstated: frozenset[tuple[str, str]] = frozenset()


def read_inputs(config: RunConfig, folder: Path, registry: Registry, texts: Texts = NO_TEXTS) -> Inputs:
    """Reads every side; raises one InputError naming all files that cannot be used. `texts` are those that stand for a
    path."""
    sides: dict[str, list[DocumentSet]] = {"reference": [], "candidate": [], "source": []}
    derived: dict[str, Derivation] = {}
    problems: list[str] = []
    unsaid: set[tuple[str, str]] = set()
    told: list[Failure] = []
    files: list[tuple[DocumentSet, Bitext]] = []
    sources = (config.source,) if config.source and config.source.path else ()
    entries: tuple[Entry, ...] = (*config.reference, *config.candidate, *sources)
    names = [name for side in (config.reference, config.candidate, sources) for name in names_of(side, folder)]
    for name, entry in zip(names, entries, strict=True):
        try:
            read, notes = of_files(_read(entry, config, folder, registry, texts), entry, config.lang)
            told += notes
            if isinstance(entry, ReferenceConfig) and entry.derived_from:
                derived[name] = _derivation(entry, folder, read.target)
        except EvalkitError as problem:
            problems.append(str(problem))
            continue
        for each in (read, *read.more):
            made = _document_set(_system_name(name, entry, each), entry, config, folder, each)
            sides[made.side].append(made)
            files.append((made, each))
            unsaid |= {(made.side, made.name)} if not (entry.lang or each.lang or config.lang) else set()
    if problems:
        raise InputError(problems[0] if len(problems) == 1 else all_problems("input that cannot be used", problems))
    sides["reference"] = [
        _as_candidates(r, sides["candidate"]) if ("reference", r.name) in unsaid else r for r in sides["reference"]
    ]
    inputs = _with_brought(sides, files, config, derived)
    return replace(inputs, unstated=frozenset(unsaid), failures=(*told, *inputs.failures))


def _as_candidates(reference: DocumentSet, candidates: Sequence[DocumentSet]) -> DocumentSet:
    """A reference whose language nobody stated, in that of the candidates where they have one."""
    langs = {candidate.lang for candidate in candidates}
    return replace(reference, lang=langs.pop()) if len(langs) == 1 else reference


def _with_brought(
    sides: dict[str, list[DocumentSet]],
    files: Sequence[tuple[DocumentSet, Bitext]],
    config: RunConfig,
    derived: dict[str, Derivation],
) -> Inputs:
    """The sides given and, where one is not, the one that files of several sides bring."""
    given = config.source.lang if config.source else ""
    usual = next((read.source_usual for _, read in files if read.source_usual), "")
    source = brought(files, "source", given or usual)
    own_references = references_brought([(of, read) for of, read in files if of.side == "candidate"], config.language)
    aside = left_aside(next(iter(own_references), None), sides["reference"])
    taken = taken_for(usual, source.side) if source and usual and not given and not sides["source"] else ()
    notes = (*left_aside(source, sides["source"]), *aside, *taken)
    own = source if source and not sides["source"] else None
    if config.source and not own and not sides["source"]:
        raise ConfigError("the source has a language but no text, for no file brings one; name it with -s/--source")
    references = sides["reference"] or [each.side for each in own_references]
    sources = sides["source"] or ([own.side] if own else [])
    inputs = _matched(tuple(references), tuple(sides["candidate"]), tuple(sources), derived)
    return replace(inputs, failures=(*notes, *inputs.failures), source_of=own.owners if own else ())


def shown_path(path: str, folder: Path) -> str:
    """A path for the result: relative to the folder, or the bare name where it lies elsewhere."""
    if path == "-" or is_remote(path):
        return path
    full, base = resolved(folder / path), resolved(folder)
    return full.relative_to(base).as_posix() if full.is_relative_to(base) else full.name


def _shown(path: str, folder: Path) -> str:
    return path if is_remote(path) else shown_path(os.path.relpath(path, folder), folder)


def _read(entry: Entry, config: RunConfig, folder: Path, registry: Registry, texts: Texts) -> Bitext:
    if entry.path in texts:
        return Bitext((given_document(texts[entry.path], entry.path, entry.lang or config.language),))
    path = entry.path if entry.path == "-" or is_remote(entry.path) else os.path.normpath(folder / entry.path)
    return read_path(
        registry,
        path,
        entry.lang or config.language,
        _SIDES[type(entry)],
        spec=entry.reader or config.reader,
        furniture=entry.boilerplate,
        columns=column_spec({**config.columns, **entry.columns}),
    )


def read_documents(registry: Registry, path: str, lang: str) -> tuple[Document, ...]:
    """The documents of a path by the reader that takes it; of a file of several sides, those of the target."""
    return read_path(registry, path, lang, "candidate").target


def _system_name(name: str, entry: Entry, found: Bitext) -> str:
    """The name of a side: of a system or reference that its file names, the file's, unless the user has given one."""
    if not found.name:
        return name
    return f"{entry.name}/{found.name}" if entry.name else found.name


def names_of(entries: Sequence[Entry], folder: Path) -> list[str]:
    """Names as given, else of the file without its ending or of the folder, else (two alike) the path; unique."""
    stems = [_stem(entry.path, folder) for entry in entries]
    number = Counter(stems)
    names = [
        entry.name.strip() or (stem if number[stem] == 1 else entry.path)
        for entry, stem in zip(entries, stems, strict=True)
    ]
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise ConfigError(f"two inputs of one side are called {twice[0]!r}; give each its own name")
    return names


def _stem(path: str, folder: Path) -> str:
    if path == "-":
        return "stdin"
    if not (prefix := is_remote(path)) and usable(folder / path).is_dir():
        return Path(path).name or path  # of a folder called Claude-3.5 nothing is an ending
    return Path(path.removeprefix(prefix).removesuffix(".gz")).stem or path


_SIDES: dict[type, Side] = {CandidateConfig: "candidate", ReferenceConfig: "reference", SourceConfig: "source"}


def _document_set(
    name: str,
    entry: Entry,
    config: RunConfig,
    folder: Path,
    found: Bitext,
) -> DocumentSet:
    settled = bool(found.lang) or isinstance(entry, SourceConfig)
    lang = stated_lang(entry, config.lang, found.lang)
    shown = tuple(replace(d, path=_shown(d.path, folder), lang=lang if settled else d.lang) for d in found.target)
    return DocumentSet(
        name=name,
        side=_SIDES[type(entry)],
        path=shown_path(entry.path, folder),
        documents=shown,
        lang=lang,
        kind=entry.kind if isinstance(entry, CandidateConfig) else "translation",
    )


def _derivation(entry: ReferenceConfig, folder: Path, documents: tuple[Document, ...]) -> Derivation:
    """The lines left out when the reference was made from its raw file; checks that it still matches."""
    from evalkit.language import boilerplate

    raw = read_text(folder / entry.derived_from)
    left_out = boilerplate.find(raw, "1")
    if len(documents) != 1 or boilerplate.without(raw, left_out) != documents[0].text:
        raise InputError(
            f"{entry.path}: is not what `evalkit clean {entry.derived_from}` gives; "
            f"make it again with: evalkit clean {entry.derived_from} -o {entry.path}"
        )
    return Derivation(shown_path(entry.derived_from, folder), left_out)


def _matched(
    references: tuple[DocumentSet, ...],
    candidates: tuple[DocumentSet, ...],
    sources: tuple[DocumentSet, ...],
    derived: dict[str, Derivation],
) -> Inputs:
    everything = (*references, *candidates, *sources)
    if len({_is_one_file(side) for side in everything}) > 1 and all(len(side.documents) == 1 for side in everything):
        # A table or bitext of one document stands beside a file: there is nothing to mistake one for another.
        references, candidates, sources = (tuple(map(_alone, sides)) for sides in (references, candidates, sources))
        everything = (*references, *candidates, *sources)
    elif len({_is_one_file(side) for side in everything}) > 1:
        raise InputError(mixed([(s, _is_one_file(s)) for s in everything]))
    ids = [d.id for d in (references or candidates)[0].documents]
    references, candidates, sources = (
        tuple(_by_stem(side, ids) for side in sides) for sides in (references, candidates, sources)
    )
    everything = (*references, *candidates, *sources)
    ids = list(dict.fromkeys(d.id for side in (references or candidates) for d in side.documents))
    for candidate in candidates:
        mine = [d.id for d in candidate.documents]
        if not set(mine) & set(ids):
            raise InputError(
                f"{candidate.path}: none of its documents ({', '.join(mine[:3])} ...) is in the reference "
                f"({', '.join(ids[:3])} ...); documents are matched by relative path or by the column `doc`"
            )
    # Without a reference the source says what there is to translate.
    others = candidates if references else (*candidates, *sources)
    ids = list(dict.fromkeys([*ids, *(d.id for side in others for d in side.documents)]))
    failures = [failure for side in everything for failure in (*_gaps(side, ids), *_changed(side))]
    return Inputs(
        tuple(_complete(side, ids) for side in references),
        tuple(_complete(side, ids) for side in candidates),
        derived,
        _complete(sources[0], ids) if sources else None,
        tuple(failures),
    )


def _is_one_file(side: DocumentSet) -> bool:
    return [d.id for d in side.documents] == ["1"]


def _by_stem(side: DocumentSet, ids: list[str]) -> DocumentSet:
    """The side with its documents called as those of the reference, where files differ in their endings alone, or in
    how their letters are put together."""
    theirs = [d.id for d in side.documents]
    called = without_endings(ids, theirs) or in_one_form(ids, theirs)
    return replace(side, documents=tuple(replace(d, id=called.get(d.id, d.id)) for d in side.documents))


def _alone(side: DocumentSet) -> DocumentSet:
    """The side with its only document called as a file's is."""
    return replace(side, documents=(replace(side.documents[0], id="1"),))


_EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def _complete(side: DocumentSet, ids: list[str]) -> DocumentSet:
    by_id = {d.id: d for d in side.documents}
    documents = tuple(by_id.get(i) or Document(i, side.path, "", _EMPTY_SHA256, side.lang) for i in ids)
    return replace(side, documents=documents)


def _is_empty(text: str) -> bool:
    """Whether there is nothing but white space; unlike `strip` it copies no text."""
    return not text or text.isspace()


def _changed(side: DocumentSet) -> Iterator[Failure]:
    """What of a file is not in its text as it stood there."""
    for document in side.documents:
        if document.changed:
            message = f"document {document.id!r} of {side.side} {side.name!r} {document.changed}"
            yield Failure("read", "", side.name if side.side == "candidate" else "", "", message)


def _gaps(side: DocumentSet, ids: list[str]) -> Iterator[Failure]:
    by_id = {d.id: d for d in side.documents}
    for i in ids:
        what = "is missing" if i not in by_id else "is empty" if _is_empty(by_id[i].text) else ""
        if what:
            where = side.path if Path(side.path).is_dir() else side.name
            message = f"document {i!r} {what} in {side.side} {where!r}: it counts as an empty document"
            yield Failure("read", "", side.name if side.side == "candidate" else "", "", message)
