"""The group `terms`: test, extract, convert, add."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from evalkit.cli import options as o
from evalkit.cli.guard import refuse_foreign, refuse_overwriting
from evalkit.cli.output import cores, format_for, note, put, render
from evalkit.errors import ConfigError


def root() -> None:
    """Termbases: test candidates, propose terms, convert, add."""


_Termbases = Annotated[list[str], o.option("--terms", text="Termbase; repeat for several.", metavar="FILE")]
_Known = Annotated[list[str], o.option("--terms", text="Leave out what this termbase has; repeat.", metavar="FILE")]
_File = Annotated[
    str,
    o.option("--terms", text="Termbase (YAML) to write into. [evalkit.toml's, or terms.yaml]", metavar="FILE"),
]
_Forms = Annotated[list[str], o.option("--reject", text="A wrong form; repeat for several.", metavar="FORM")]
_Accept = Annotated[list[str], o.option("--accept", text="A form as good; repeat for several.", metavar="FORM")]
_SourceTerms = Annotated[
    list[str], o.option("--source-term", text="The term in the source language; repeat.", metavar="FORM")
]
_When = Annotated[list[str], o.option("--when", text="Check only near this word; repeat.", metavar="WORD")]
_Severity = Annotated[str, o.option("--severity", text="neutral, minor, major or critical. [major]", metavar="NAME")]
_Note = Annotated[str, o.option("--note", text="Shown with the finding.", metavar="TEXT")]
_Case = Annotated[bool, o.option("--case", text="Capitals must be as written.")]
_Keep = Annotated[bool, o.option("--do-not-translate", text="Stays exactly as it is in the source.")]
_NameKind = Annotated[str, o.option("--name", text="It is a name: person, place or organisation.", metavar="KIND")]
_From = Annotated[str, o.option("--from", text="Format of the input. [by its ending]", metavar="FORMAT")]
_To = Annotated[
    str, o.option("--to", text="yaml, csv, tsv, tbx, tbx(style=dct), tbx(style=v2). [by ending]", metavar="FORMAT")
]
_Least = Annotated[int, o.option("--least", text="Occurrences a proposal needs. [2]", metavar="N")]
_Most = Annotated[int, o.option("--most", text="Proposals shown. [40]", metavar="N")]


def test(
    candidates: Annotated[
        list[str], typer.Argument(help="Texts, or *.terms.yaml files; none: those of the configuration.")
    ] = [],
    reference: o.References = [],
    source: o.Source = "",
    source_lang: o.SourceLang = "",
    terms: _Termbases = [],
    names: o.NamesLists = [],
    config: Annotated[str, o.option("--config", text="Configuration. [evalkit.toml]", metavar="FILE")] = "",
    align: o.Align = "document",
    alignment: o.AlignmentFile = "",
    kind: o.KindOfText = "translation",
    lang: o.Lang = "",
    plugin: o.Plugins = [],
    jobs: o.Jobs = 0,
    format_: o.Format = "",
    output: o.Output = "-",
    overwrite: o.Replace = False,
    quiet: o.Quiet = False,
) -> None:
    """Tests candidates against a termbase.

    Exit code 1 where a term fails. A rejected form fails wherever it stands. A missing term fails where the aligned
    reference, or the source, has it. Shows each failure with its place, then a line for every term. With -f the
    result in another format; tsv gives one row a finding.

    Example: evalkit terms test translation.txt -r reference.txt --terms terms.yaml
    """
    from evalkit.cli import terms_test as termtesting
    from evalkit.records.notes import noted

    asked = format_
    format_ = format_for(format_, output, "table", plugin)
    format_ = {"tsv": "findings-tsv"}.get(format_, format_)
    refuse_overwriting([*candidates, *reference, *terms, *names, source, alignment, config, *plugin], output)
    if not candidates:
        refuse_overwriting(termtesting.configured(config), output)
    files = [path for path in candidates if path.endswith(".terms.yaml")]
    if files:
        alone = len(files) == len(candidates) and not (terms or names or reference)
        _check_use_of_files(format_, f"-f {asked}" if asked else f"-o {output}", alone=alone)
        refuse_overwriting([path for file in files for path in termtesting.inputs_of(file)], output)
        refuse_foreign(output, overwrite)
        checked, told = termtesting.from_files(files, config)
    else:
        refuse_foreign(output, overwrite)
        settings: dict[str, Any] = {
            "align": {"name": "file", "path": alignment} if alignment else align,
            "lang": lang, "kind": kind, "terms": terms, "names": names, "plugins": plugin,
            "source": {"path": source, "lang": source_lang} if source else None,
        }  # fmt: skip
        result, base = termtesting.evaluated(candidates, reference, config, settings, cores(jobs))
        checked = termtesting.judged(result, base)
        if format_ != "table":
            put(render(result, format_, termtesting.registry(plugin)), output)
        told = [noted(result, failure) for failure in result.failures]
    for said in told:
        note(f"evalkit: note: {said}", quiet)
    if format_ == "table":
        put(termtesting.report(checked, quiet=quiet), output)
    if any(item.new for item in checked):
        raise typer.Exit(1)


def _check_use_of_files(format_: str, cause: str, *, alone: bool) -> None:
    """ConfigError where *.terms.yaml files are to give a format they have not, or stand beside other texts or lists."""
    if format_ != "table":
        raise ConfigError(f"terms test: {cause}: *.terms.yaml files have a plain report only, such as -o report.txt")
    if not alone:
        raise ConfigError("terms test: a *.terms.yaml file names its own texts and lists; give it alone")


def extract(
    texts: Annotated[list[str], typer.Argument(help="Reference files, folders or tables.")],
    terms: _Known = [],
    lang: o.LangOfList = "en",
    least: _Least = 2,
    most: _Most = 40,
    format_: Annotated[str, o.option("-f", "--format", text="yaml, tsv or json. [yaml]", metavar="FORMAT")] = "yaml",
    output: o.Output = "-",
    overwrite: o.Replace = False,
    quiet: o.Quiet = False,
) -> None:
    """Proposes terms and names from references, as a termbase.

    The best stand first, to be accepted or rejected line by line. Counts word sequences that recur; what is written
    with capitals becomes a term with `case: true` or a name.

    Example: evalkit terms extract reference.txt -o proposed.yaml
    """
    from evalkit.cli import terms_propose as termproposing
    from evalkit.language.codes import check_tags

    check_tags([("--lang", lang)])
    refuse_overwriting([*texts, *terms], output)
    text, remarks = termproposing.proposed(texts, terms, lang, least=least, most=most, format_=format_)
    for remark in remarks:
        note(f"evalkit: note: {remark}", quiet)
    put(text, output, overwrite=overwrite)


def convert(
    file: Annotated[str, typer.Argument(help="Termbase to convert.")],
    output: o.Output = "-",
    overwrite: o.Replace = False,
    to: _To = "",
    from_: _From = "",
    lang: o.LangOfList = "en",
    source_lang: o.SourceLang = "",
    plugin: o.Plugins = [],
    quiet: o.Quiet = False,
) -> None:
    """Converts a termbase between yaml, csv, tsv and tbx.

    What a format cannot hold is named on standard error. Reads TBX of version 2 and 3 (DCA and DCT); --lang says
    which language's terms are judged.

    Example: evalkit terms convert terms.yaml -o terms.tbx
    """
    from evalkit.language.codes import check_tags
    from evalkit.plugins import Registry
    from evalkit.plugins.guests import hosted
    from evalkit.plugins.vetted import vetted
    from evalkit.records import Languages, Termbase
    from evalkit.terms.load import checked, format_of

    check_tags([("--lang", lang), ("--source-lang", source_lang)])
    refuse_overwriting([file, *plugin], output)
    if output in ("", "-") and not to:
        raise ConfigError("terms convert: name a file with -o, or a format with --to")
    registry, languages = Registry(tuple(plugin)), Languages(lang, source_lang)
    writer = format_of(output, registry, to)
    if not to and Path(output).suffix.lower() not in writer.suffixes:
        raise ConfigError(
            f"terms convert: {output}: no format has this ending; name one with --to (yaml, csv, tsv, tbx)"
        )
    reader = format_of(file, registry, from_)
    base = checked(vetted(reader, hosted(reader, lambda: reader.read(file, languages)), Termbase, "as a termbase"))
    text, losses = vetted(
        writer,
        hosted(writer, lambda: writer.write(base, languages)),
        tuple[str, tuple[str, ...]],
        "as a file and losses",
    )
    for loss in (*base.notes, *base.losses, *losses):
        note(f"evalkit: note: {loss}", quiet)
    put(text, output, overwrite=overwrite)
    if output not in ("", "-"):
        language = f" in the language {lang!r}" if ".tbx" in writer.suffixes else ""
        note(f"{output}: {_number(base.terms, 'term')}, {_number(base.names, 'name')}{language}", quiet)


def add(
    form: Annotated[str, typer.Argument(metavar="TERM", help="The form to use.")],
    reject: _Forms = [],
    accept: _Accept = [],
    source_term: _SourceTerms = [],
    when: _When = [],
    severity: _Severity = "",
    note_: _Note = "",
    case: _Case = False,
    do_not_translate: _Keep = False,
    name: _NameKind = "",
    terms: _File = "",
    quiet: o.Quiet = False,
) -> None:
    """Adds a term, or forms to a term that is there.

    Comments and order of the file stay.

    Example: evalkit terms add "shared future" --reject "common destiny" --terms terms.yaml
    """
    from evalkit.terms.add import add as add_entry

    if name and (source_term or when or case or do_not_translate):
        raise ConfigError("terms add: --source-term, --when, --case and --do-not-translate are for terms, not names")
    given: dict[str, Any] = {
        "kind": name, "accept": accept, "reject": reject, "source_terms": source_term, "when": when,
        "severity": severity, "note": note_, "case": case or None, "translate": False if do_not_translate else None,
    }  # fmt: skip
    path = terms or _own_termbase("names" if name else "terms")
    filled = {key: value for key, value in given.items() if value or value is False}
    done = add_entry(path, "name" if name else "term", form, filled)
    note(f"{path}:{done.line}: {done.outcome}: {form}", quiet)


def _number(entries: Sequence[object], what: str) -> str:
    return f"{len(entries)} {what}{'s' * (len(entries) != 1)}"


def _own_termbase(kind: str) -> str:
    """The first YAML list of `evalkit.toml` where there is one, else `terms.yaml` or `names.yaml` here."""
    if Path("evalkit.toml").is_file():
        from evalkit.records.config import load

        settings, folder = load("evalkit.toml")
        for path in settings.terms if kind == "terms" else settings.names:
            if path.endswith((".yaml", ".yml")):
                return str(folder / path)
    return f"{kind}.yaml"


COMMANDS = (test, extract, convert, add)
