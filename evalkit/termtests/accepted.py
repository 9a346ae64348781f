"""The accepted findings of a file of term tests: what today's are, and writing them without touching the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from evalkit.errors import InputError
from evalkit.termtests.file import read
from evalkit.termtests.judge import Accepted, Checked
from evalkit.text.files import read_text, write_text
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


def update(path: Path, now: Sequence[Accepted]) -> None:
    """Removes and adds entries of the file's `accepted`; everything else stays as it is."""
    text = read_text(path)
    before = read(path).accepted
    for number in reversed([n for n, a in enumerate(before) if a not in now]):
        edit = YamlText(text, str(path))
        listed = edit.value(edit.root, "accepted")
        if listed.flow_style:
            raise InputError(f"{path}: `accepted` is a list in brackets; put each entry on its own line")
        text = edit.remove_item(listed, number) if len(listed.value) > 1 else edit.remove_key("accepted")
    for accepted in (a for a in now if a not in before):
        text = YamlText(text, str(path)).append_block("accepted", _lines(accepted))
    write_text(path, text)
    if list(read(path).accepted) != list(now):
        raise InputError(f"{path}: the accepted findings could not be written; the file needs a look")


def _lines(accepted: Accepted) -> list[str]:
    lines = [
        f"- candidate: {scalar(accepted.candidate)}",
        f"  term: {scalar(accepted.term)}",
        f"  found: {scalar(accepted.found)}",
        f"  reason: {scalar(accepted.reason)}",
    ]
    return lines + ([f"  until: {accepted.until}"] if accepted.until else [])
