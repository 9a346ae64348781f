"""The commands about evalkit itself, and the small ones: plugins, init, clean, cache."""

from __future__ import annotations

import dataclasses
import inspect
import textwrap
from pathlib import Path
from typing import Annotated, Any

import typer

from evalkit.cli import options as o
from evalkit.cli.guard import refuse_overwriting
from evalkit.cli.output import note, put
from evalkit.plugins import KINDS, Registry


def plugins(plugin: o.Plugins = []) -> None:
    """All plug-ins, by kind, with their options.

    Kinds are readers, segmenters, aligners, scorers, detectors, renderers and formats of termbases. What does not come
    with evalkit is shown with its origin.

    Example: evalkit plugins --plugin mine.py
    """
    registry = Registry(tuple(plugin))
    by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for cls, origin in registry.all():
        by_kind[cls.kind] += _described(cls, origin)
    lines = [line for kind in KINDS for line in (f"{kind}s", *by_kind[kind], "")]
    put("\n".join(lines).rstrip() + "\n", "-")


def _described(cls: type[Any], origin: str) -> list[str]:
    first = inspect.getdoc(cls).split("\n\n")[0] if inspect.getdoc(cls) else "no description"  # type: ignore[union-attr]
    source = "" if origin == "evalkit" else f" [{origin}]"
    text = textwrap.wrap(" ".join(first.split()) + source, 74, initial_indent="    ", subsequent_indent="    ")
    options = ", ".join(f"{f.name}={f.default!r}" for f in dataclasses.fields(cls))
    wrapped = (
        textwrap.wrap(f"options: {options}", 74, initial_indent="    ", subsequent_indent="      ") if options else []
    )
    counted = [f"    counted by: {cls().engine()}"] if hasattr(cls, "engine") else []
    return [f"  {cls.name}", *text, *wrapped, *counted]


def init(
    folder: Annotated[str, typer.Argument(help="Where to write; must exist. With --plugin: the plug-in's name.")] = ".",
    plugin: o.PluginKind = "",
    candidate: Annotated[
        list[str], o.option("--candidate", text="Text to evaluate; repeat for several.", metavar="PATH")
    ] = [],
    reference: o.References = [],
    source: o.Source = "",
    kind: o.KindOfText = "",
    lang: o.Lang = "",
    source_lang: o.SourceLang = "",
) -> None:
    """Writes a starter evalkit.toml, a termbase and a names list.

    On a terminal it asks what you have; options answer beforehand, and the project runs as it is. Without either the
    starter is commented, for texts to be named. A file that is there is never overwritten.

    With --plugin KIND NAME it writes a plug-in to start from and its test instead: `evalkit init --plugin detector
    shouting` gives shouting.py and test_shouting.py.

    Example: evalkit init --candidate report.txt -r speech.txt --kind report
    """
    from evalkit.cli import starter as project
    from evalkit.errors import InputError

    if plugin:
        from evalkit.cli.scaffold import write_plugin

        write_plugin(plugin, folder)
        return
    base = Path(folder)
    if not base.is_dir():
        raise InputError(f"{folder}: no such folder; make it first")
    texts = project.texts_of(candidate, reference, source, kind, lang, source_lang)
    given = texts != project.Texts()
    if not given and project.on_a_terminal():
        texts = project.asked()
        given = texts != project.Texts()
    config = project.configuration(texts, base) if given else ""
    _write_starter(base, config, given=given)
    where = f" {base / 'evalkit.toml'}" if base != Path() else ""
    note(
        f"now: evalkit run{where}"
        if given
        else f"now name your own texts in {base / 'evalkit.toml'}; then `evalkit run`"
    )


def _write_starter(base: Path, config: str, *, given: bool) -> None:
    """Writes the files of a project, with the configuration of the texts that were `given`; those that an earlier
    attempt has written stay."""
    from importlib import resources

    from evalkit.cli import starter as project
    from evalkit.cli.scaffold import unfinished
    from evalkit.text.files import write_text
    from evalkit.text.turns import turn

    kept = resources.files("evalkit").joinpath("starter")
    files = {
        "evalkit.toml": config or kept.joinpath("evalkit.toml").read_text(encoding="utf-8"),
        "references/terms.yaml": kept.joinpath("terms.yaml").read_text(encoding="utf-8"),
        "references/names.yaml": kept.joinpath("names.yaml").read_text(encoding="utf-8"),
    }
    verdicts = base / project.VERDICTS
    with turn(base / "evalkit.toml"):  # of two at once the second finds what the first wrote
        done = unfinished(base, files, all_of_it=not given or verdicts.exists())
        for name, text in files.items():
            if name not in done:
                write_text(base / name, text)
                note(f"wrote {base / name}")
        if given and not verdicts.exists():
            from evalkit.review.file import write

            # A configuration that names it finds it: no run has to say that it is not there.
            write(verdicts, ())
            note(f"wrote {verdicts}")


def clean(
    raw: Annotated[str, typer.Argument(help="A text copied from a web page; or a Word, PDF or HTML file.")],
    output: o.Output = "-",
    overwrite: o.Replace = False,
    quiet: o.Quiet = False,
) -> None:
    """Writes a text without menus, bylines and other page furniture.

    Each line left out is told. A configuration names the raw file as `derived_from` of the reference made from it;
    every run checks that the two still agree and records the lines left out.

    Example: evalkit clean raw.txt -o references/speech.txt
    """
    from evalkit.language import boilerplate

    refuse_overwriting([raw], output)
    text = _text_of(raw)
    left_out = boilerplate.find(text, "1")
    put(boilerplate.without(text, left_out), output, overwrite=overwrite)
    for item in left_out:
        note(f"left out line {item.line} ({item.reason}): {_short(item.text, 60)}", quiet)


def _text_of(path: str) -> str:
    """A file's text; that of a document of another format as its reader takes it out."""
    from evalkit.plugins import Registry
    from evalkit.plugins.guests import hosted
    from evalkit.run.reading import make_reader
    from evalkit.text.files import read_text

    reader = make_reader(Registry(), path, "", furniture=False)
    if path == "-" or reader.name == "text":
        return read_text(path)
    found = hosted(reader, lambda: reader.read(path, "en"))
    documents = found if isinstance(found, tuple) else found.target
    return "\n".join(document.text for document in documents)


def cache(clear: Annotated[bool, o.option("--clear", text="Remove every entry.")] = False) -> None:
    """Shows what the cache holds, or clears it.

    It keeps the counts of slow tokenizers and libraries, alignments and findings between runs. The environment variable
    EVALKIT_CACHE names another folder, or switches the cache off. It never changes a number.

    Example: evalkit cache --clear
    """
    from evalkit.run.cache import open_cache
    from evalkit.text.visible import told

    kept = open_cache()
    if kept is None:
        put("the cache is off (EVALKIT_CACHE)\n", "-")
        return
    entries, size = kept.size()
    shown = told(str(kept.folder))
    held = f"{entries} entr{'y' if entries == 1 else 'ies'}, {size / 1024**2:.1f} MB"
    if clear:
        removed = kept.clear()
        put(f"{shown}: removed {removed} of {held}\n", "-")
        return
    put(f"{shown}: {held} of at most {kept.bound // 1024**2} MB\n", "-")


def _short(text: str, width: int) -> str:
    return textwrap.shorten(text, width, placeholder=" ...")
