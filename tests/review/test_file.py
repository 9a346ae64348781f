"""The file of verdicts: read, merged, written; hostile and damaged ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.errors import InputError
from evalkit.records.verdicts import WORDS, Verdict
from evalkit.review import file
from evalkit.text.visible import visible

KEY = "0123456789abcdef-1"


def test_no_file_holds_no_verdict(tmp_path: Path) -> None:
    assert file.read(tmp_path / "verdicts.tsv") == ()


@given(st.text(), st.text(), st.text(), st.sampled_from(WORDS))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, text: str, note: str, who: str, word: str
) -> None:
    path = tmp_path_factory.mktemp("verdicts") / "verdicts.tsv"
    made = Verdict(KEY, word, "casing", *(part.encode(errors="replace").decode() for part in (text, note, who)))  # type: ignore[arg-type]
    file.write(path, [made])
    (read,) = file.read(path)
    assert (read.key, read.verdict) == (made.key, made.verdict)
    for field in ("text", "note", "who"):
        assert visible(getattr(read, field)) == visible(getattr(made, field))
    assert path.read_text(encoding="utf-8").count("\n") == 2


def test_the_last_word_of_a_person_counts_and_nobody_elses_is_lost() -> None:
    first, other, last = Verdict(KEY, "right", who="a"), Verdict(KEY, "wrong", who="b"), Verdict(KEY, "unsure", who="a")
    assert file.merged([first, other], [last]) == (last, other)
    assert file.without([first, other], KEY, "a") == (other,)


def test_two_orders_make_one_file(tmp_path: Path) -> None:
    many = [Verdict(f"{n:016x}-1", "right", rule) for n, rule in enumerate(("casing", "addition") * 9)]
    file.write(tmp_path / "a", many)
    file.write(tmp_path / "b", many[::-1])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_columns_may_stand_in_any_order_and_more_of_them(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.tsv"
    path.write_text(f"note\tverdict\tmine\tkey\nso\twrong\tx\t{KEY}\n\n", encoding="utf-8")
    assert file.read(path) == (Verdict(KEY, "wrong", note="so"),)


def test_columns_of_a_persons_own_stay(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.tsv"
    path.write_text(f"mine\tkey\tverdict\twho\tsince\nask\t{KEY}\twrong\tme\tMay\n", encoding="utf-8")
    other = Verdict("f" * 16 + "-1", "right", who="me")
    file.write(path, file.merged(file.read(path), [other]))
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    assert head.split("\t")[-2:] == ["mine", "since"]
    assert [row.split("\t")[-2:] for row in rows] == [["ask", "May"], ["", ""]]
    assert file.read(path) == file.merged([Verdict(KEY, "wrong", who="me"), other])


def test_a_field_too_many_is_refused_for_it_would_be_lost(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.tsv"
    path.write_text(f"key\tverdict\tnote\n{KEY}\twrong\tsee\tticket 7\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"verdicts\.tsv:2: has more fields than the 3 columns"):
        file.read(path)
    path.write_text(f"key\tverdict\tnote\n{KEY}\twrong\tsee\t\t\n", encoding="utf-8")
    assert file.read(path) == (Verdict(KEY, "wrong", note="see"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "its first line must name the columns key, verdict"),
        ("rule\tverdict\nx\tright\n", "its first line must name"),
        (f"key\tverdict\n{KEY}\trihgt\n", ":2: the verdict is 'rihgt'; did you mean 'right'?"),
        ("key\tverdict\n../../etc\tright\n", ":2: '../../etc' is no key"),
        (f"key\tverdict\n{KEY}\n", ":2: the verdict is ''"),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "verdicts.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        file.read(path)
    assert said in str(caught.value)


HEAD = "key\tverdict\trule\twho\ttext\tnote"


@pytest.mark.parametrize("own", ["mine\tmine", "\t", "mine\t"])
def test_columns_of_one_name_keep_what_stands_in_each(tmp_path: Path, own: str) -> None:
    path = tmp_path / "v.tsv"
    path.write_text(f"{HEAD}\t{own}\n{KEY}\tright\tcasing\tanna\tt\tn\tone\ttwo\n")
    file.write(path, file.read(path))
    assert path.read_text() == f"{HEAD}\t{own}\n{KEY}\tright\tcasing\tanna\tt\tn\tone\ttwo\n"


def test_a_column_of_ours_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "v.tsv"
    path.write_text(f"{HEAD}\tnote\n{KEY}\tright\tcasing\tanna\tt\tone\ttwo\n")
    with pytest.raises(InputError, match="the column 'note' stands twice"):
        file.read(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_keeps_its_encoding_and_line_ends(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "v.tsv"
    path.write_bytes(f"{HEAD}\r\n{KEY}\tright\tcasing\tanna\tgrößer\tn\r\n".encode(encoding))
    before = path.read_bytes()
    file.write(path, file.read(path))
    assert path.read_bytes() == before


def test_a_packed_file_stays_packed(tmp_path: Path) -> None:
    path = tmp_path / "v.tsv.gz"
    file.write(path, [Verdict(KEY, "right", who="anna")])
    file.write(path, [*file.read(path), Verdict(KEY, "wrong", who="ben")])
    assert [verdict.who for verdict in file.read(path)] == ["anna", "ben"]
