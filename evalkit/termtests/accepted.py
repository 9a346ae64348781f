"""The accepted findings of a file of term tests: what today's are, and writing them without touching the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evalkit.errors import InputError
from evalkit.termtests.file import read
from evalkit.termtests.judge import Accepted, Checked
from evalkit.text.files import read_text
from evalkit.text.rewriting import rewrite
from evalkit.text.turns import turn
from evalkit.text.yaml import read_yaml
from evalkit.text.yaml_edit import YamlText
from evalkit.text.yaml_quote import scalar


def accepted_now(checked: Iterable[Checked], before: Sequence[Accepted], reason: str) -> list[Accepted]:
    """Today's findings as accepted, those accepted before with their reason; what none needs any more is gone.

    Entries of candidates and terms that are not among `checked` stay.
    """
    ran = {(item.candidate, item.term): item for item in checked}
    needed = {id(a) for item in ran.values() for _, a in item.known}
    made = [a for a in before if (a.candidate, a.term) not in ran or id(a) in needed]
    for item in ran.values():
        for finding in item.new:
            fresh = Accepted(item.candidate, item.term, finding.text, reason)
            if fresh not in made:
                made.append(fresh)
    return made


def differences(before: Sequence[Accepted], now: Sequence[Accepted]) -> list[str]:
    """What is new and what is gone, a line each."""
    lines = [f"+ {a.candidate}: {a.term}: {a.found!r}" for a in now if a not in before]
    return lines + [f"- {a.candidate}: {a.term}: {a.found!r}" for a in before if a not in now]


def update(path: Path, before: Sequence[Accepted], now: Sequence[Accepted]) -> None:
    """Takes those `before` that are no more out of the file's `accepted`, and adds the new ones; everything else stays
    as it is, what somebody has accepted meanwhile too.

    Raises InputError, and leaves the file as it is, where that cannot be done by lines.
    """
    with turn(path):
        text, data = read_text(path), read_yaml(path, "").data
        there = list(read(path).accepted)
        gone = [number for number, each in enumerate(there) if each in before and each not in now]
        new = [each for each in now if each not in there]
        listed = [each for number, each in enumerate(data.get("accepted", ())) if number not in gone]
        wanted = {**data, "accepted": [*listed, *(_plain(each) for each in new)]}
        if (made := _edited(text, str(path), gone, new)) is None or not _reads_as(made, wanted):
            raise InputError(
                f"{path}: `accepted` cannot be changed without touching more; put each entry on lines of its own, with "
                "its dash before `candidate`"
            )
        rewrite(path, made)


def _edited(text: str, path: str, gone: Sequence[int], new: Sequence[Accepted]) -> str | None:
    """The text without some entries and with new ones; None where the list is not written by lines."""
    try:
        for number in reversed(gone):
            edit = YamlText(text, path)
            listed = edit.value(edit.root, "accepted")
            if listed.flow_style:
                return None
            text = edit.remove_item(listed, number) if len(listed.value) > 1 else edit.remove_key("accepted")
        for accepted in new:
            text = YamlText(text, path).append_block("accepted", _lines(accepted))
            if not text:
                return None
    except InputError:  # what is left after a step is no YAML
        return None
    return text


def _reads_as(text: str, wanted: dict[str, Any]) -> bool:
    import yaml

    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return False
    return isinstance(found, dict) and {"accepted": [], **found} == wanted


def _plain(accepted: Accepted) -> dict[str, Any]:
    plain = {field: getattr(accepted, field) for field in ("candidate", "term", "found", "reason")}
    return {**plain, "until": accepted.until} if accepted.until else plain


def _lines(accepted: Accepted) -> list[str]:
    lines = [
        f"- candidate: {scalar(accepted.candidate)}",
        f"  term: {scalar(accepted.term)}",
        f"  found: {scalar(accepted.found)}",
        f"  reason: {scalar(accepted.reason)}",
    ]
    return lines + ([f"  until: {accepted.until}"] if accepted.until else [])
