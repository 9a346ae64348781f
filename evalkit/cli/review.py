"""The commands of verdicts: export findings to review, import what was said of them, advise from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from evalkit.cli.guard import refuse_foreign, refuse_overwriting_texts
from evalkit.cli.options import Quiet, Replace, option
from evalkit.cli.output import note, put
from evalkit.errors import ConfigError, InputError, all_problems
from evalkit.text.files import resolved
from evalkit.text.visible import told, visible

if TYPE_CHECKING:
    from evalkit.records.verdicts import Verdict
    from evalkit.review.advise import Advice
    from evalkit.review.sheet import Reviewed

_CONFIG = "evalkit.toml"
Verdicts = Annotated[
    str,
    option(
        "--verdicts",
        text="File of verdicts; by default the one ./evalkit.toml names, else verdicts.tsv.",
        metavar="FILE",
    ),
]


def root() -> None:
    """People's verdicts on findings: export, import, advice."""


def export(
    result: Annotated[str, typer.Argument(help="A result that `evalkit run` or `-f json` has written.")],
    output: Annotated[str, option("-o", "--output", text="File to write: .xlsx, .csv or .xlf.", metavar="FILE")] = "",
    verdicts: Verdicts = "",
    overwrite: Replace = False,
) -> None:
    """Writes the findings of a result as a sheet to review.

    Each finding is a row with its sentence and an empty cell for the verdict: right, wrong or unsure. Verdicts there
    are already stand in it. In XLIFF each finding is a unit whose target is the verdict.

    Example: evalkit review export reports/sco-2020/result.json -o review.xlsx
    """
    import evalkit
    from evalkit.review import apply, exchange, file
    from evalkit.text.outputs import refuse_inputs

    if not output:
        raise ConfigError("review export: where to? Name a file with -o, for example -o review.xlsx")
    ending = exchange.ending_of(output)
    read, path = evalkit.read_result(result), _file(verdicts)
    refuse_inputs(output, [result, path])
    refuse_overwriting_texts({result: read}, output)
    known = file.read(path)
    judged = not overwrite and _refuse_losing(output, known, path)
    if known:
        read = apply.applied(read, known, path)
    made = exchange.exported(read, ending)
    if not judged:  # of one with verdicts all that counts is in their file
        refuse_foreign(output, overwrite, made)
    put(made, output)


def _refuse_losing(output: str, known: Sequence[Verdict], path: str) -> bool:
    """A sheet is made to be written into: what stands there is replaced only where none of its verdicts is lost.
    Whether it has any."""
    from evalkit.records.verdict_keys import of_all
    from evalkit.review import apply, exchange
    from evalkit.text.files import destination

    if not (target := destination(output)).is_file() or not target.stat().st_size:
        return False
    try:
        there = exchange.imported(output)
    except InputError:
        raise InputError(
            f"{output}: the file exists and is no sheet of a review; name another file, or replace it with --overwrite"
        ) from None
    known = [replace(verdict, key=of_all(verdict.key)) for verdict in known]
    judged = {(verdict.key, verdict.verdict) for verdict in known}
    comments = {(v.key, _bare(note)) for v in known for note in ("", v.note)} | {
        (key, _bare(note)) for key, note in apply.notes_of(known).items()
    }
    in_it = (*there.verdicts, *there.stood)
    remarked = there.remarked or any(
        v not in there.noted and v not in there.stood and (v.key, _bare(v.note)) not in comments for v in in_it
    )
    if there.problems or {(verdict.key, verdict.verdict) for verdict in in_it} - judged:
        raise InputError(
            f"{output}: the file exists and has verdicts that {path} has not; take them in with `evalkit review "
            "import`, or name another file"
        )
    if remarked:
        raise InputError(
            f"{output}: the file exists and has comments that {path} has not, or columns that evalkit did not write; "
            "they would be lost: take comments on verdicts in with `evalkit review import`, or name another file"
        )
    return bool(in_it)


def _bare(comment: str) -> str:
    """A comment as it comes back from a sheet."""
    return " ".join(visible(comment).split())


def import_(
    reviewed: Annotated[list[str], typer.Argument(help="Reviewed sheets, or ratings of people.", metavar="FILE")],
    verdicts: Verdicts = "",
    who: Annotated[str, option("--who", text="The reviewer, where the file names none.", metavar="NAME")] = "",
    result: Annotated[
        str, option("--result", text="For ratings: the result whose texts were rated.", metavar="FILE")
    ] = "",
    unmarked: Annotated[
        str, option("--unmarked", text="For ratings: what a finding at no marked place is: open or wrong. [open]")
    ] = "open",
    quiet: Quiet = False,
) -> None:
    """Takes in reviewed sheets, and errors that people have marked.

    They go into the file of verdicts, where what was judged before stays unless the sheet says otherwise. Findings
    judged wrong are silent as long as their rule and text are the same, if the configuration names the file:
    verdicts = "verdicts.tsv".

    A table of Google's MQM (.tsv) or Pearmut's annotations (.jsonl, .json) are ratings: with --result, a finding at a
    place that a person has marked is right, and one that Pearmut showed and the person took away is wrong.

    Example: evalkit review import review.xlsx --who anna
    """
    from evalkit.review import file, ratings, taking
    from evalkit.text.turns import turn

    path = _file(verdicts)
    if unmarked not in ("open", "wrong"):
        raise ConfigError(f"--unmarked: {unmarked!r} is neither open nor wrong")
    marked = [name for name in reviewed if ratings.is_ratings(name)]
    sheets = _sheets(reviewed, who, result, wrong=unmarked == "wrong")
    own = [sheet for name, sheet in zip(reviewed, sheets, strict=True) if name not in marked]
    rated = [v for name, sheet in zip(reviewed, sheets, strict=True) if name in marked for v in sheet.verdicts]
    with turn(path):
        before = {(verdict.key, verdict.who): verdict for verdict in file.read(path)}
        taken = taking.taken(own, tuple(before.values()))
        if problems := (*(problem for sheet in sheets for problem in sheet.problems), *taken.problems):
            raise InputError(all_problems("verdicts that cannot be used; nothing was imported", problems))
        new = [*taken.verdicts, *rated]
        after = file.merged(before.values(), new)
        file.write(path, after)
    put(f"{_counts(new)}, {sum(sheet.open for sheet in sheets)} findings open\n", "-")
    put(f"{path}: {_news(before, new)}; {len(after)} in it now\n", "-")
    for name, sheet in zip(reviewed, sheets, strict=True):
        if sheet.remarked:
            note(f"evalkit: note: {name}: {taking.LEFT}", quiet)
    for said_too in taking.told(taken.again, taken.doubtful, who):
        note(f"evalkit: note: {said_too}", quiet)
    if marked:
        named = ", ".join(f'"{name}"' for name in marked)
        note(f"evalkit: note: for human MQM in the report, add to the configuration: ratings = [{named}]", quiet)
    if not after:
        note("evalkit: note: nothing was taken in: no row of the sheets has a verdict yet", quiet)
    elif not _named_in_configuration(path):
        note(f"evalkit: note: to use them: {_how_to_use(path)}", quiet)


import_.__name__ = "import"


def _counts(new: Sequence[Verdict]) -> str:
    words = {word: sum(verdict.verdict == word for verdict in new) for word in ("right", "wrong", "unsure")}
    return f"{len(new)} verdicts ({', '.join(f'{number} {word}' for word, number in words.items())})"


def _news(before: Mapping[tuple[str, str], Verdict], new: Sequence[Verdict]) -> str:
    """How many verdicts were not there before, and how many were another."""
    known = [(before.get((verdict.key, verdict.who)), verdict) for verdict in new]
    added = sum(old is None for old, _ in known)
    changed = sum(old is not None and old.verdict != verdict.verdict for old, verdict in known)
    return f"{added} new, {changed} changed"


def _sheets(reviewed: Sequence[str], who: str, result: str, *, wrong: bool) -> list[Reviewed]:
    """What each file says: a sheet of verdicts by itself, ratings held against the result whose texts they are of."""
    import evalkit
    from evalkit.review import exchange, ratings

    made = []
    for name in reviewed:
        if not ratings.is_ratings(name):
            made.append(exchange.imported(name, who))
            continue
        marked = ratings.read(name)
        if not result:
            raise ConfigError(f"{name}: these are ratings of texts; name the result of these texts with --result")
        made.append(exchange.of_ratings(evalkit.read_result(result), marked, name, wrong=wrong))
    return made


def advise(verdicts: Verdicts = "") -> None:
    """Says which rules to lower or switch off, by the verdicts.

    For each rule: how many of its findings were judged right and wrong, the share that is right with its 95%
    interval, and what follows. At the end stand the lines of evalkit.toml that do it.

    Example: evalkit review advise --verdicts verdicts.tsv
    """
    from evalkit.review import figures, file
    from evalkit.review.advise import advise as advice_on
    from evalkit.review.advise import settings

    path = _file(verdicts)
    known = file.read(path)
    if not known:
        raise InputError(f"{path}: there are no verdicts yet; make a sheet with `evalkit review export`")
    advice = advice_on(figures.of_rules(known))
    put(told(_table(advice)), "-")
    for each in figures.agreement(known):
        kappa = "not defined" if each.kappa is None else f"{each.kappa:.2f}"
        people = f"{each.one or '(no name)'} and {each.two or '(no name)'}"
        put(told(f"{people}: {each.alike} of {each.findings} findings judged alike, kappa {kappa}\n"), "-")
    if lines := settings(advice):
        put(told(f"\nTo follow this, put into {_CONFIG}, above the first [table]:\n\n{lines}\n"), "-")


COMMANDS = (export, import_, advise)


def _table(advice: tuple[Advice, ...]) -> str:
    rows = [("rule", "right", "wrong", "unsure", "precision", "95%", "advice")]
    for item in advice:
        review = item.review
        share = "-" if review.precision is None else f"{100 * review.precision:.0f}%"
        bounds = "-" if review.low is None or review.high is None else f"{100 * review.low:.0f}-{100 * review.high:.0f}"
        what = f"lower to {item.what}" if item.what in ("neutral", "minor") else item.what
        rows.append((review.rule, str(review.right), str(review.wrong), str(review.unsure), share, bounds, what))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    made = []
    for row in rows:
        cells = [
            cell.rjust(w) if 0 < n < 6 else cell.ljust(w) for n, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        made.append("  ".join(cells).rstrip())
    return "\n".join(made) + "\n"


def _file(verdicts: str) -> str:
    """The file of verdicts: as given, else as the configuration here names it, else the usual one."""
    from evalkit.review.file import USUAL

    return verdicts or _configured() or USUAL


def _configured() -> str:
    from evalkit.records.config import load

    return load(_CONFIG)[0].verdicts if Path(_CONFIG).is_file() else ""


def _how_to_use(path: str) -> str:
    """What makes a file of verdicts count: an option of `evalkit check`, a line of a configuration."""
    where = _CONFIG if Path(_CONFIG).is_file() else "the configuration, above its first [table]"
    line = f'verdicts = "{path}"'
    return f"`evalkit check` takes --verdicts {path}; for `evalkit run`, add this line to {where}: {line}"


def _named_in_configuration(path: str) -> bool:
    named = _configured()
    return bool(named) and resolved(named) == resolved(path)
