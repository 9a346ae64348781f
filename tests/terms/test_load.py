"""Termbase files: what is read, and that every mistake names file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.errors import InputError
from evalkit.records import Name, Term
from evalkit.terms import load as termbase


def write(tmp_path: Path, text: str, name: str = "t.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_terms_and_names_in_order(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "terms:\n"
        "  - term: shared future\n    reject: [common destiny]\n    case: true\n    severity: minor\n    gap: 1\n"
        "names:\n  - {name: António Guterres, accept: [Guterres]}\n  - {name: Iran, kind: place, variants: [Persia]}\n",
    )
    base = termbase.load([path])
    assert base.terms == (Term("shared future", (), ("common destiny",), True, "minor", gap=1, origin=f"{path}:2"),)
    assert [name.name for name in base.names] == ["António Guterres", "Iran"]
    assert base.names[1] == Name("Iran", "place", variants=("Persia",), origin=f"{path}:9")


def test_files_add_up(tmp_path: Path) -> None:
    one = write(tmp_path, "terms: [{term: a}]\n", "one.yaml")
    two = write(tmp_path, "terms: [{term: b}]\n", "two.yaml")
    assert [term.term for term in termbase.load([one, two]).terms] == ["a", "b"]


# A file, the line the message must name, what it must say.
BROKEN = {
    "bad yaml": ("terms:\n  - term: [a\n  - b\n", 2, "check indentation"),
    "unknown top key": ("term:\n  - term: a\n", 1, "did you mean 'terms'?"),
    "unknown key": ("terms:\n  - term: a\n    acept: [b]\n", 2, "did you mean 'accept'?"),
    "not a list": ("terms:\n  term: a\n", 1, "start each entry with `- `"),
    "entry is no table": ("terms:\n  - a\n", 2, "an entry is a table"),
    "form is a number": ("terms:\n  - term: 2020\n", 2, "put it in quotes"),
    "forms are no list": ("terms:\n  - term: a\n    accept: b\n", 2, "write a list"),
    "no term": ("terms:\n  - accept: [b]\n", 2, "no `term`"),
    "severity unknown": ("terms:\n  - term: a\n    severity: fatal\n", 2, "fatal"),
    "kind unknown": ("names:\n  - name: a\n    kind: city\n", 2, "city"),
    "empty form": ("terms:\n  - term: a\n    reject: ['']\n", 2, "every form needs a word"),
    "gap": ("terms:\n  - term: a\n    gap: -1\n", 2, "`gap` is -1"),
    "repeated top key": ("terms: []\nterms: []\n", 2, "stands twice"),
    "repeated key": ("terms:\n  - term: a\n    term: b\n", 3, "stands twice"),
    "entry twice": ("terms:\n  - term: a\n  - term: a\n", 3, "stands already in"),
    "accepted and rejected": ("terms:\n  - term: a b\n    reject: [A b]\n", 2, "both accepts and rejects 'A b'"),
    "accepted elsewhere": ("terms:\n  - {term: a, accept: [c]}\n  - {term: b, reject: [c]}\n", 3, "which 'a' accepts"),
    "form twice": ("terms:\n  - term: a\n    reject: [b, b]\n", 2, "'a' rejects 'b' twice; remove one"),
    "white space": ("terms:\n  - term: a\n    accept: ['b ']\n", 2, "begins or ends with white space; remove it"),
    "control character": ('terms:\n  - term: "a\\tb"\n', 2, "write it in one line of plain text"),
    "pattern": ("terms:\n  - term: a\n    reject_patterns: ['(']\n", 2, "or list the form under `reject`"),
    "bool": ("terms:\n  - term: a\n    translate: maybe\n", 2, "write true or false"),
    "date": ("terms:\n  - term: a\n    note: 2020-02-31\n", 3, "put text in quotes"),
    "variant and accepted": ("names:\n  - {name: a, accept: [b], variants: [b]}\n", 2, "variant 'b'; remove one"),
}


@pytest.mark.parametrize(("text", "line", "says"), BROKEN.values(), ids=BROKEN)
def test_mistakes_name_file_line_and_remedy(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError) as caught:
        termbase.load([path])
    assert f"{path}:{line}:" in str(caught.value)
    assert says in str(caught.value)


def test_capitals_part_two_forms_only_where_case_counts(tmp_path: Path) -> None:
    path = write(tmp_path, "terms:\n  - {term: Shanghai Spirit, reject: [Shanghai spirit], case: true}\n")
    assert termbase.load([path]).terms[0].reject == ("Shanghai spirit",)


def test_all_problems_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "terms:\n  - term: 1\n  - term: a\n    sevrity: minor\n")
    with pytest.raises(InputError) as caught:
        termbase.load([path])
    assert f"{path}:2:" in str(caught.value)
    assert f"{path}:3:" in str(caught.value)


@pytest.mark.parametrize("text", ["", "just text\n", "[" * 3000, "terms: &a [*a]\n", "? [a]\n: b\n"])
def test_hostile_files_are_input_errors(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        termbase.load([write(tmp_path, text)])


def test_the_lists_of_the_repo_are_valid(root: Path) -> None:
    base = termbase.load([root / "references/terms.yaml", root / "references/names.yaml"])
    assert {"Shanghai Spirit", "COVID-19"} <= {term.term for term in base.terms}
    assert {"Sadyr Japarov", "Kazakhstan"} <= {name.name for name in base.names}


def test_a_rejected_form_inside_an_accepted_one_is_a_note(tmp_path: Path) -> None:
    path = write(tmp_path, "terms:\n  - {term: a shared future for all, reject: [shared future]}\n")
    (note,) = termbase.load([path]).notes
    assert note.startswith(f"{path}:2: the rejected form 'shared future' stands inside the accepted")
    assert "reported only outside of it" in note
