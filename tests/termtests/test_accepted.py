"""Accepted findings written into a file of term tests: all of it is right, or the file stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.errors import InputError
from evalkit.termtests.accepted import update
from evalkit.termtests.file import read
from evalkit.termtests.judge import Accepted

FIRST = "{candidate: a, term: t, found: f, reason: r}"
NEW = Accepted("b", "t", "g", "why")
# Ways of writing the list that an edit by lines cannot change, as people and programs write them.
FORMS = {
    "in brackets": f"accepted: [{FIRST}]\n",
    "dashes alone": f"accepted:\n  -\n    candidate: a\n    term: t\n    found: x\n    reason: r\n  - {FIRST}\n",
    "aliases": f"accepted:\n  - &x {FIRST}\n  - {{<<: *x, found: h}}\n",
    "an explicit key": f"? accepted\n:\n  - {FIRST}\nkind: report\n",
    "the same twice": f"accepted:\n  - {FIRST}\n  - {FIRST}\n",
    "plain": f"accepted:\n  # mine\n  - {FIRST}\n# end\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("change", ["add", "drop", "exchange"])
def test_an_update_is_whole_or_none(tmp_path: Path, form: str, change: str) -> None:
    path = tmp_path / "x.terms.yaml"
    path.write_bytes(f"# of ours\ncandidates: [a.txt] # this\n{FORMS[form]}".encode())
    before, found = path.read_bytes(), list(read(path).accepted)
    now = {"add": [*found, NEW], "drop": found[1:], "exchange": [*found[1:], NEW]}[change]
    try:
        update(path, found, now)
    except InputError:
        assert path.read_bytes() == before
        assert form != "plain"
    else:
        assert set(read(path).accepted) == set(now)
        assert path.read_text().startswith("# of ours\ncandidates: [a.txt] # this\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_file_keeps_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.terms.yaml"
    path.write_bytes(f"candidates: [a.txt]\r\naccepted:\r\n  - {FIRST}\r\n".encode(encoding))
    update(path, read(path).accepted, ())
    assert path.read_bytes() == "candidates: [a.txt]\r\n".encode(encoding)


def test_what_was_accepted_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "x.terms.yaml"
    path.write_text(f"candidates: [a.txt]\naccepted:\n  - {FIRST}\n")
    before = read(path).accepted
    meanwhile = FIRST.replace("a,", "c,")
    path.write_text(f"candidates: [a.txt]\naccepted:\n  - {FIRST}\n  - {meanwhile}\n")
    update(path, before, [*before, NEW])
    assert [each.candidate for each in read(path).accepted] == ["a", "c", "b"]
