"""What reviewed sheets add to the verdicts there are: each person's own words, and nobody's in another's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from evalkit.records.verdict_keys import of_all
from evalkit.records.verdicts import Verdict
from evalkit.review.figures import judgements
from evalkit.review.sheet import Reviewed
from evalkit.text.visible import shown


class Taken(NamedTuple):
    """The verdicts to add, why they cannot be, how many of them stood in the sheets at their export and are in the file
    no more, and how many are what others have said, where a sheet cannot tell whether it is its reviewer's too."""

    verdicts: tuple[Verdict, ...]
    problems: tuple[str, ...]
    again: int = 0
    doubtful: int = 0


def taken(sheets: Sequence[Reviewed], known: Sequence[Verdict]) -> Taken:
    """What the sheets say that the verdicts known do not. What stood in a sheet at its export stays whose it is."""
    judged = {of_all(verdict.key) for verdict in known}
    again = [verdict for sheet in sheets for verdict in sheet.stood if verdict.key not in judged]
    verdicts, problems = at_one([*again, *(verdict for sheet in sheets for verdict in _own(sheet, judged))])
    kept = tuple(_with_note(verdicts, known))
    return Taken(kept, (*problems, *_at_odds(kept, known)), len(again), sum(_doubtful(sheets, known)))


LEFT = "has comments without a verdict, or columns that evalkit did not write; they were not taken in"


def told(again: int, doubtful: int, who: str) -> Iterator[str]:
    """What to say of verdicts that were taken in and may be another person's."""
    whose = f"as those of {shown(who)}" if who else "without a name"
    if again:
        are = "verdict stood" if again == 1 else "verdicts stood"
        yield f"{again} {are} in the sheet at its export and not in the file of verdicts; taken in {whose}"
    if doubtful:
        are = "verdict is one" if doubtful == 1 else "verdicts are ones"
        yield (
            f"{doubtful} {are} that others have given before; the sheet (without the column `stood`) does not tell "
            f"whether its reviewer has said so too; taken in {whose}"
        )


def at_one(verdicts: Iterable[Verdict]) -> tuple[tuple[Verdict, ...], tuple[str, ...]]:
    """One verdict for each finding and person, with all comments; and where one person says two things of a finding:
    then it may be two people, of whom one would take the other's place."""
    problems = []
    found = list(_by_person(verdicts))
    for first, words, _ in found:
        for word in words[1:]:
            person = shown(first.who) if first.who else "a person without a name"
            problems.append(
                f"{first.rule} {shown(first.text)} ({first.key}) is called {words[0]} and {word} by {person}; correct "
                "one, or import each person's sheet by itself with --who NAME"
            )
    return tuple(replace(first, note="; ".join(notes)) for first, _, notes in found), tuple(problems)


def undecided(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Verdicts of ratings, one for each finding and person: who has rated a text twice, and otherwise, is unsure, and
    the note has both."""
    given = list(verdicts)
    twice = {(first.key, first.who) for first, words, _ in _by_person(given) if len(words) > 1}
    told = (
        replace(v, verdict="unsure", note=f"{v.verdict}: {v.note}") if (v.key, v.who) in twice else v for v in given
    )
    return at_one(told)[0]


def _by_person(verdicts: Iterable[Verdict]) -> Iterator[tuple[Verdict, list[str], list[str]]]:
    """The first verdict of each finding and person, their words and their comments, each once and in its order."""
    found: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        found.setdefault((verdict.key, verdict.who), []).append(verdict)
    for each in found.values():
        yield each[0], list(dict.fromkeys(v.verdict for v in each)), list(dict.fromkeys(v.note for v in each if v.note))


def _own(sheet: Reviewed, judged: set[str]) -> Iterator[Verdict]:
    """What a sheet's reviewer says; a comment that was there stays with who has made it."""
    noted = set(sheet.noted)
    for verdict in sheet.verdicts:
        yield replace(verdict, note="") if verdict in noted and verdict.key in judged else verdict


def _with_note(verdicts: Iterable[Verdict], known: Sequence[Verdict]) -> Iterator[Verdict]:
    """Verdicts, each with the comment the person has made before, where nothing more is said."""
    notes: dict[tuple[str, str, str], dict[str, None]] = {}
    for old in known:
        if old.note:
            notes.setdefault((of_all(old.key), old.who, old.verdict), {})[old.note] = None
    for verdict in verdicts:
        before = notes.get((verdict.key, verdict.who, verdict.verdict), {})
        yield verdict if verdict.note else replace(verdict, note="; ".join(before))


def _at_odds(verdicts: Sequence[Verdict], known: Sequence[Verdict]) -> Iterator[str]:
    """Findings of which a person has said different things in single systems: which of them a sheet is about, which
    has the same of all, nobody knows."""
    single: dict[tuple[str, str], set[str]] = {}
    for old in known:
        if "@" in old.key:
            single.setdefault((of_all(old.key), old.who), set()).add(old.verdict)
    for verdict in verdicts:
        if len(words := single.get((verdict.key, verdict.who), ())) > 1:
            yield (
                f"{verdict.rule} {shown(verdict.text)} ({verdict.key}): by ratings {shown(verdict.who)} has said "
                f"{' and '.join(sorted(words))} of it, in different systems; change these lines in the file of verdicts"
            )


def _doubtful(sheets: Sequence[Reviewed], known: Sequence[Verdict]) -> Iterator[bool]:
    """Of each verdict of a sheet without marks, whether it may be another person's that stood in it."""
    said = judgements(replace(verdict, key=of_all(verdict.key)) for verdict in known)
    own = {(of_all(verdict.key), verdict.who) for verdict in known}
    for sheet in sheets:
        for v in () if sheet.marked else sheet.verdicts:
            yield said.get(v.key) == v.verdict and (v.key, v.who) not in own
