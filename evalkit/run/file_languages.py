"""Part of step one: the language that files state, where nobody else does: whether it is one, and believed."""

from __future__ import annotations

from msgspec.structs import replace

from evalkit.errors import InputError
from evalkit.records import Bitext, Failure
from evalkit.records.config import DEFAULT_LANG, CandidateConfig, ReferenceConfig, SourceConfig

Entry = ReferenceConfig | CandidateConfig | SourceConfig


def of_files(read: Bitext, entry: Entry, run: str) -> tuple[Bitext, tuple[Failure, ...]]:
    """What was read, with the language that its files state, and notes.

    The user's word stands against every file: that of the entry, and that of the run (`run`), which is not of sources.
    Of the files of a folder that differ in their kinds of one language (`pt-BR`, `pt-PT`) the first is taken, which is
    said; that they are in several languages is an InputError.
    What office files and web pages state is often that of a template: where their words surely read like another
    language, or they state several, it counts for nothing, and that is said.
    """
    of_source = isinstance(entry, SourceConfig)
    if entry.lang or (run and not of_source):
        return read, ()
    read, told = _settled(read, entry.path)
    if of_source and not read.lang:
        read, told = _as_source(read, run, entry.path, told)
    return read, tuple(Failure("read", "", "", "", said) for said in told)


def stated_lang(entry: Entry, run: str, file: str) -> str:
    """The language of a side: as the user gives it, else as its file states it, else the usual one; of a source, which
    has none, "" where nobody knows it."""
    if isinstance(entry, SourceConfig):
        return entry.lang or file
    return entry.lang or run or file or DEFAULT_LANG


def _settled(read: Bitext, path: str) -> tuple[Bitext, list[str]]:
    """The same of a side of which the user has said nothing."""
    if not (read.lang or read.differing):
        return read, []
    from evalkit.language.codes import bare

    stated = ", ".join(f"{lang}: {name}" for lang, name in read.differing)
    if len({bare(lang) for lang, _ in read.differing}) < 2:
        told = (
            [f"{path}: its files state {stated}; all are taken to be {read.lang} (--lang changes it)"] if stated else []
        )
    elif all(document.extracted for document in read.target):
        told = [f"{path}: its files state several languages ({stated}), so all are ignored (set it with --lang)"]
        read = _without(read)
    else:
        raise InputError(
            f"{path}: its files are in several languages ({stated}); give each language a folder of its own, or say "
            "with --lang that all are in one"
        )
    if read.lang and (like := _another(read)):
        told = [f"{path}: states {read.lang!r} as its language but looks like {like}, so the statement is ignored"]
        read = _without(read)
    return read, told


def _as_source(read: Bitext, run: str, path: str, told: list[str]) -> tuple[Bitext, list[str]]:
    """A source of which nobody states the language in what it surely reads like, else the usual one, which is not that
    of its translation."""
    from evalkit.language.codes import bare, in_english
    from evalkit.language.recognise import recognised

    usual = DEFAULT_LANG if bare(run) != DEFAULT_LANG else ""
    lang = recognised(document.text for document in read.target)
    if lang not in ("", DEFAULT_LANG):
        told = [
            *told,
            f"{path} looks like {in_english(lang)} and is taken to be {in_english(lang)} (--source-lang changes it)",
        ]
    return replace(read, lang=lang or usual), told


def _without(read: Bitext) -> Bitext:
    return replace(read, lang="", more=tuple(replace(each, lang="") for each in read.more))


def _another(read: Bitext) -> str:
    """The language, in words, that texts taken out of files surely read like, if it is not the one they state."""
    if not all(document.extracted for document in read.target):
        return ""
    from evalkit.language.codes import bare, in_english
    from evalkit.language.recognise import recognised

    like = recognised(document.text for document in read.target)
    return in_english(like) if like and bare(like) != bare(read.lang) else ""
