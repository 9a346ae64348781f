"""Adding to a termbase in YAML: what is not added to stays letter for letter."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from evalkit.errors import InputError
from evalkit.terms import load as termbase
from evalkit.terms.add import add


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "t.yaml"
    path.write_bytes(text.encode())
    return path


def changed(before: str, path: Path) -> list[str]:
    """The lines added and removed."""
    after = path.read_bytes().decode()
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[:2] in ("+ ", "- ")]


FILE = """\
# kept
terms:
  # of the remarks
  - term: shared future   # the form
    reject: [common destiny] # wrong

  - term: green lane
    accept:
      - green lanes  # too
    note: >
      a long
      note
# after
names:
  - {name: Iran, kind: place}
"""


@pytest.mark.parametrize(
    ("title", "given", "lines"),
    [
        (
            "shared future",
            {"reject": ["common destiny", "fate"]},
            ["-     reject: [common destiny] # wrong", "+     reject: [common destiny, fate] # wrong"],
        ),
        ("Shared Future", {"accept": ["a, b"]}, ['+     accept: ["a, b"]']),
        ("green lane", {"accept": ["lane"]}, ["+       - lane"]),
        ("green lane", {"severity": "minor"}, ["+     severity: minor"]),
        ("green lane", {"accept": ["green lanes"]}, []),
        ("win-win", {"reject": ["double win"]}, ["+ ", "+   - term: win-win", "+     reject: [double win]"]),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_entry_changes(tmp_path: Path, title: str, given: dict, lines: list[str], newline: str) -> None:
    path = write(tmp_path, FILE.replace("\n", newline))
    done = add(str(path), "term", title, given)
    assert changed(FILE, path) == lines
    assert (newline == "\r\n") == ("\r" in path.read_bytes().decode())
    assert path.read_bytes().decode().splitlines()[done.line - 1].strip().startswith("- term:")


def test_a_name_in_brackets_is_completed(tmp_path: Path) -> None:
    path = write(tmp_path, FILE)
    add(str(path), "name", "Iran", {"variants": ["Persia"]})
    assert changed(FILE, path) == [
        "-   - {name: Iran, kind: place}",
        "+   - {name: Iran, kind: place, variants: [Persia]}",
    ]


@pytest.mark.parametrize("text", ["terms: []\n", "terms:\n", "names:\n  - name: Iran\n", "# only\nterms:\n- term: z"])
def test_empty_and_missing_lists_are_begun(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    add(str(path), "term", "a: b", {"reject": ["#c"]})
    assert termbase.load([path]).terms[-1].term == "a: b"
    assert termbase.load([path]).terms[-1].reject == ("#c",)


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    assert add(str(path), "name", "Iran", {"kind": "place"}).line == 2
    assert path.read_text() == "names:\n  - name: Iran\n    kind: place\n"


@pytest.mark.parametrize(
    ("title", "given", "said"),
    [
        ("shared future", {"reject": ["green lane"]}, "which 'green lane' accepts"),
        ("new", {"reject": ["New"]}, "both accepts and rejects"),
        ("new", {"severity": "fatal"}, "one of: neutral"),
        ("new", {"reject": ["!"]}, "every form needs a word"),
    ],
)
def test_a_contradiction_leaves_the_file_as_it_is(tmp_path: Path, title: str, given: dict, said: str) -> None:
    path = write(tmp_path, FILE)
    with pytest.raises(InputError, match=said):
        add(str(path), "term", title, given)
    assert path.read_text() == FILE


def test_a_list_in_brackets_is_left_to_the_user(tmp_path: Path) -> None:
    text = "terms: [{term: a}]\n"
    path = write(tmp_path, text)
    with pytest.raises(InputError, match="put each entry on its own line"):
        add(str(path), "term", "b", {})
    assert path.read_text() == text


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeff" + FILE)
    add(str(path), "term", "b", {})
    assert path.read_bytes().startswith(b"\xef\xbb\xbf# kept")


@pytest.mark.slow
def test_the_lists_of_the_repo_keep_their_comments(root: Path, tmp_path: Path) -> None:
    before = (root / "references/terms.yaml").read_text(encoding="utf-8")
    path = write(tmp_path, before)
    for term in termbase.load([path]).terms:
        add(str(path), "term", term.term, {"reject": ["zebra crossing " + term.term]})
    added = termbase.load([path]).terms
    assert all(term.reject[-1] == "zebra crossing " + term.term for term in added)
    comments = [line for line in before.splitlines() if line.strip().startswith("#")]
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip().startswith("#")] == comments


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_keeps_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes("# größer\r\nterms:\r\n  - term: alpha\r\n".encode(encoding))
    add(str(path), "term", "alpha", {"reject": ["beta"]})
    expected = "# größer\r\nterms:\r\n  - term: alpha\r\n    reject: [beta]\r\n"
    assert path.read_bytes() == expected.encode(encoding)


@pytest.mark.parametrize("block", ["|\n      a\n      b\n", ">-\n      a\n      b\n\n", "|+\n      a\n\n"])
def test_comments_behind_a_text_that_is_replaced_keep_their_lines(tmp_path: Path, block: str) -> None:
    path = write(tmp_path, f"terms:\n  - term: alpha\n    note: {block}# of beta\n  - term: beta\n")
    add(str(path), "term", "alpha", {"note": "new"})
    assert path.read_text().splitlines()[-2:] == ["# of beta", "  - term: beta"]
    assert "    note: new\n" in path.read_text()


@pytest.mark.parametrize(
    "text", ["d: &d\n  case: true\nterms:\n  - <<: *d\n    term: hall\n", "x: 1\nterms:\n  - term: hall\n"]
)
def test_a_file_that_no_command_reads_is_not_added_to(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError, match="unknown key") as refused:
        termbase.load([path])
    with pytest.raises(InputError) as also:
        add(str(path), "term", "market", {})
    assert (str(also.value), path.read_text()) == (str(refused.value), text)


def test_a_file_of_term_tests_has_keys_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "x.terms.yaml"
    path.write_text("candidates: [a.txt]\nterms:\n  - term: hall\n")
    add(str(path), "term", "market", {})
    assert path.read_text() == "candidates: [a.txt]\nterms:\n  - term: hall\n  - term: market\n"
