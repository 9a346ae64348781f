"""The project that `evalkit init` writes for texts one has: asked for on a terminal, or given by options."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from evalkit.errors import ConfigError, InputError, all_problems
from evalkit.text.files import resolved

VERDICTS = "verdicts.tsv"
_KINDS = ("translation", "report", "summary")


class Texts(Struct, frozen=True):
    """What a project is about: paths as given, and what the texts are."""

    candidates: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    source: str = ""
    kind: str = "translation"
    lang: str = "en"
    source_lang: str = ""


def on_a_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def asked() -> Texts:
    """The answers of the person at the terminal; an empty answer to the first question leaves the rest out."""
    candidates = _several("Text to evaluate, a file or folder (Enter: an empty starter)")
    if not candidates:
        return Texts()
    kind = ""
    while kind not in _KINDS:
        kind = _one(f"What is it: {', '.join(_KINDS)}", "translation")
    references = _several("Reference: the text it should say (Enter: none)")
    source = _one("Source: the text it was translated from (Enter: none)", "")
    lang = _one("Language of the text", "en")
    source_lang = _one("Language of the source", "zh") if source else ""
    return Texts(candidates, references, source, kind, lang, source_lang)


def _one(question: str, default: str) -> str:
    import typer

    return str(typer.prompt(question, default=default, show_default=bool(default), err=True)).strip()


def _several(question: str) -> tuple[str, ...]:
    found: list[str] = []
    while answer := _one("Another (Enter: no more)" if found else question, ""):
        if Path(answer).expanduser().exists():
            found.append(answer)
        else:
            sys.stderr.write("There is no such file or folder.\n")
    return tuple(found)


def configuration(texts: Texts, folder: Path) -> str:
    """The configuration of these texts as TOML, its paths relative to `folder`; raises InputError for a path that is
    not there and ConfigError for a kind or language that is none."""
    _check(texts)
    lines = [
        "# The settings of one evaluation; `evalkit run` reads them. Paths are relative to this file.",
        f"name = {_quoted(resolved(folder).name or 'evaluation')}",
        f"lang = {_quoted(texts.lang)}",
        'output = "reports"                   # where result.json, report.md, report.html and figures/ go',
        'metrics = ["bleu", "chrf", "ter"]',
        'terms = ["references/terms.yaml"]    # terms and the forms that are wrong',
        'names = ["references/names.yaml"]    # how this project spells names',
        f'verdicts = "{VERDICTS}"            # what people say of findings: evalkit review, evalkit serve',
    ]
    for path in texts.references:
        lines += ["", "[[reference]]", f"path = {_below(path, folder)}"]
    if texts.source:
        lines += ["", "[source]", f"path = {_below(texts.source, folder)}", f"lang = {_quoted(texts.source_lang)}"]
    for path in texts.candidates:
        lines += ["", "[[candidate]]", f"path = {_below(path, folder)}", f"kind = {_quoted(texts.kind)}"]
    return "\n".join(lines) + "\n"


def _check(texts: Texts) -> None:
    from evalkit.language.codes import check_tags

    if not texts.candidates:
        raise ConfigError("init: name the text to evaluate: evalkit init --candidate report.txt -r speech.txt")
    if texts.kind not in _KINDS:
        raise ConfigError(f"init: --kind is one of {', '.join(_KINDS)}, not {texts.kind!r}")
    if texts.source and not texts.source_lang:
        raise ConfigError("init: name the language of the source: --source-lang zh")
    given = (*texts.candidates, *texts.references, *((texts.source,) if texts.source else ()))
    if missing := [f"{path}: no such file or folder" for path in given if not Path(path).expanduser().exists()]:
        raise InputError(all_problems("nothing was written", missing))
    check_tags([(option, tag) for option, tag in (("--lang", texts.lang), ("--source-lang", texts.source_lang)) if tag])


def _below(path: str, folder: Path) -> str:
    return _quoted(Path(os.path.relpath(Path(path).expanduser(), folder)).as_posix())


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's, which it takes as it is but for the sign DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def texts_of(
    candidates: Sequence[str], references: Sequence[str], source: str, kind: str, lang: str, source_lang: str
) -> Texts:
    """The texts that options name."""
    return Texts(tuple(candidates), tuple(references), source, kind or "translation", lang or "en", source_lang)
