"""Review sheets out and in: the same verdicts by every format, hostile texts inert, damage told with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.errors import ConfigError, InputError
from evalkit.records.json import write
from evalkit.records.verdict_keys import keys_of
from evalkit.records.verdicts import Verdict
from evalkit.review import exchange, file
from evalkit.review.apply import applied
from evalkit.text.visible import visible
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.results import HOSTILE, hostile_result, small_result

Fill = Callable[[Path, dict[str, tuple[str, str]]], None]


def fill_csv(path: Path, said: dict[str, tuple[str, str]]) -> None:
    """Writes verdicts and comments into the rows, by id, as a spreadsheet with semicolons would save them."""
    table = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    head = table[0]
    for row in table[1:]:
        row[head.index("verdict")], row[head.index("comment")] = said.get(row[0], ("", ""))
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(table)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def fill_xlsx(path: Path, said: dict[str, tuple[str, str]]) -> None:
    python_calamine = pytest.importorskip("python_calamine")
    xlsxwriter = pytest.importorskip("xlsxwriter")
    table = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Findings").to_python()
    head = table[0]
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Findings")
        for number, row in enumerate(table):
            if number:
                row[head.index("verdict")], row[head.index("comment")] = said.get(row[0], ("", ""))
            for column, value in enumerate(row):
                sheet.write(number, column, value)


def fill_xlf(path: Path, said: dict[str, tuple[str, str]]) -> None:
    text = path.read_text(encoding="utf-8")
    for key, (word, comment) in said.items():
        start = text.index(f'id="{key}"')
        place = text.index("</target>", start)
        text = text[:place] + f"{word}: {comment}" + text[place:]
    path.write_text(text, encoding="utf-8")


FILLS: dict[str, Fill] = {".csv": fill_csv, ".xlsx": fill_xlsx, ".xlf": fill_xlf}


@pytest.mark.parametrize("ending", exchange.FORMATS)
def test_what_is_said_in_a_sheet_comes_in(tmp_path: Path, ending: str) -> None:
    result = small_result()
    system = result.systems[0]
    keys = list(keys_of(system).values())
    path = tmp_path / f"review{ending}"
    path.write_bytes(exchange.exported(result, ending))
    FILLS[ending](path, {keys[0]: ("Wrong", "no, it = 20"), keys[2]: ("right", "yes")})
    sheet = exchange.imported(path, "anna")
    findings = [f for s in result.systems for f in s.findings]
    assert sheet.problems == ()
    assert sheet.open == len(findings) - 2
    by_key = {v.key: v for v in sheet.verdicts}
    assert by_key[keys[0]] == Verdict(keys[0], "wrong", findings[0].rule, findings[0].text, "no, it = 20", "anna")
    assert by_key[keys[2]].note == "yes"


@pytest.mark.parametrize("ending", exchange.FORMATS)
def test_verdicts_there_are_stand_in_the_sheet_and_come_back(tmp_path: Path, ending: str) -> None:
    system = small_result().systems[0]
    keys = list(keys_of(system).values())
    known = file.merged([Verdict(keys[0], "wrong", note="no"), Verdict(keys[1], "unsure")])
    path = tmp_path / f"review{ending}"
    path.write_bytes(exchange.exported(applied(small_result(), known, "v"), ending))
    sheet = exchange.imported(path)
    assert sheet.verdicts == ()  # they are no words of whoever sends the sheet back
    assert {(v.key, v.verdict, v.note) for v in sheet.stood} == {
        (keys[0], "wrong", "no"), (keys[1], "unsure", ""),
    }  # fmt: skip


@pytest.mark.parametrize("ending", exchange.FORMATS)
def test_hostile_texts_are_texts(tmp_path: Path, ending: str) -> None:
    result = hostile_result(100)
    data = exchange.exported(result, ending)
    path = tmp_path / f"review{ending}"
    path.write_bytes(data)
    sheet = exchange.imported(path)
    assert sheet.open == sum(len(s.findings) for s in result.systems)
    if ending == ".csv":
        cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
        assert visible(HOSTILE) in cells or any(visible(HOSTILE) in cell for cell in cells)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "id,verdict\n0123456789abcdef-1,maybe\n", "a.csv:2: the verdict is 'maybe'"),
        ("a.csv", "id,verdict\n=1+1,right\n", "a.csv:2: '=1+1' is no id"),
        ("a.csv", "name,word\nx,right\n", "has no columns `id` and `verdict`"),
        ("a.csv", "id,verdict\n", "holds no finding"),
        ("a.xlf", "<xliff/>", "holds no review"),
        ("a.xlf", "<xliff>", "not valid XML"),
        ("a.xlsx", "no workbook", "workbook"),
        ("a.txt", "", "ends in .xlsx, .csv, .xlf"),
    ],
)
def test_what_is_no_review_is_refused(run: Run, name: str, text: str, said: str) -> None:  # noqa: F811
    Path(name).write_text(text, encoding="utf-8")
    code, _, err = run("review", "import", name)
    assert code == 2
    assert said in err
    assert not Path("verdicts.tsv").exists()


def test_the_commands_go_round(run: Run) -> None:  # noqa: F811
    write(small_result(), "result.json")
    assert run("review", "export", "result.json")[0] == 2
    assert run("review", "export", "result.json", "-o", "result.json")[0] == 2
    assert run("review", "export", "result.json", "-o", "review.csv")[0] == 0
    keys = list(keys_of(small_result().systems[0]).values())
    fill_csv(Path("review.csv"), {keys[0]: ("right", ""), keys[1]: ("wrong", "no")})
    code, out, err = run("review", "import", "review.csv", "--who", "anna")
    assert code == 0
    assert "2 verdicts (1 right, 1 wrong, 0 unsure), 3 findings open" in out
    assert "verdicts.tsv: 2 new, 0 changed" in out
    assert "`evalkit check` takes --verdicts verdicts.tsv" in err
    assert "evalkit.toml" not in err  # there is none here
    assert 'verdicts = "verdicts.tsv"' in err
    assert "verdicts.tsv: 0 new, 0 changed" in run("review", "import", "review.csv", "--who", "anna")[1]
    code, out, _ = run("review", "advise")
    assert code == 0
    assert "number-mismatch" in out
    assert "judge more" in out


def test_an_empty_sheet_says_what_was_taken_in(run: Run) -> None:  # noqa: F811
    write(small_result(), "result.json")
    assert run("review", "export", "result.json", "-o", "sheet.csv", "--verdicts", "v2.tsv")[0] == 0
    _, out, err = run("review", "import", "sheet.csv", "--verdicts", "v2.tsv")
    assert "0 verdicts" in out
    assert "v2.tsv: 0 new, 0 changed; 0 in it now" in out
    assert "no row of the sheets has a verdict yet" in err
    assert "add this line" not in err
    key = next(iter(keys_of(small_result().systems[0]).values()))
    file.write("v2.tsv", [Verdict(key, "right")])
    Path("evalkit.toml").write_text('[[candidate]]\npath = "a.txt"\n', encoding="utf-8")
    _, out, err = run("review", "import", "sheet.csv", "--verdicts", "v2.tsv")
    assert "v2.tsv: 0 new, 0 changed; 1 in it now" in out
    assert "--verdicts v2.tsv" in err
    assert 'add this line to evalkit.toml: verdicts = "v2.tsv"' in err


def test_advice_without_verdicts_says_how_to_get_some(run: Run) -> None:  # noqa: F811
    code, _, err = run("review", "advise")
    assert code == 2
    assert "evalkit review export" in err


def test_a_check_takes_verdicts(run: Run) -> None:  # noqa: F811
    Path("a.txt").write_text("He said ,that it was so.\n", encoding="utf-8")
    run("check", "a.txt", "-o", "a.json")
    assert run("review", "export", "a.json", "-o", "a.csv")[0] == 0
    rows = list(csv.DictReader(io.StringIO(Path("a.csv").read_text(encoding="utf-8-sig"))))
    fill_csv(Path("a.csv"), {row["id"]: ("wrong", "") for row in rows})
    run("review", "import", "a.csv")
    assert "no findings (1 judged wrong)" in run("check", "a.txt", "--verdicts", "verdicts.tsv")[1]


def test_an_unknown_ending_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigError):
        exchange.ending_of("review.docx")
    with pytest.raises(InputError):
        exchange.imported("nowhere.csv")


@pytest.mark.parametrize("ending", sorted(FILLS))
def test_no_column_of_our_own_is_taken_for_a_persons(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"sheet{ending}"
    path.write_bytes(exchange.exported(small_result(), ending))
    assert not exchange.imported(path).remarked
    if ending == ".csv":
        head, *rows = path.read_text(encoding="utf-8-sig").splitlines()
        path.write_text("\n".join([f"{head},mine", *(f"{row},ask Anna" for row in rows)]), encoding="utf-8-sig")
        assert exchange.imported(path).remarked


def _sheet(path: str, *said: tuple[str, str]) -> None:
    """The sheet review.csv with the first finding in as many rows as there are verdicts."""
    table = list(csv.reader(io.StringIO(Path("review.csv").read_bytes().decode("utf-8-sig"), newline="")))
    head, row = table[:2]
    rows = [dict(zip(head, row, strict=True)) | {"verdict": word, "comment": comment} for word, comment in said]
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *([each[name] for name in head] for each in rows)])


def test_sheets_that_are_at_odds_are_not_taken_in(run: Run) -> None:  # noqa: F811
    """Of two people whose sheets name neither, one would take the other's place."""
    write(small_result(), Path("result.json"))
    assert run("review", "export", "result.json", "-o", "review.csv")[0] == 0
    _sheet("one.csv", ("right", "seen"))
    _sheet("two.csv", ("wrong", ""))
    _sheet("both.csv", ("right", "seen"), ("wrong", ""))
    for sheets in (["one.csv", "two.csv"], ["both.csv"], ["both.csv", "--who", "anna"]):
        code, _, err = run("review", "import", *sheets)
        assert (code, Path("verdicts.tsv").exists()) == (2, False)
        assert "right and wrong" in err
        assert "--who" in err


def test_what_several_rows_say_alike_keeps_every_comment(run: Run) -> None:  # noqa: F811
    write(small_result(), Path("result.json"))
    assert run("review", "export", "result.json", "-o", "review.csv")[0] == 0
    _sheet("one.csv", ("right", "seen"), ("right", "yes"), ("right", "seen"), ("right", ""))
    assert run("review", "import", "one.csv")[0] == 0
    assert [verdict.note for verdict in file.read("verdicts.tsv")] == ["seen; yes"]


def test_a_sheet_takes_no_comment_away(run: Run) -> None:  # noqa: F811
    """An older sheet, or another person's without a comment, says nothing of the comment there is."""
    write(small_result(), Path("result.json"))
    assert run("review", "export", "result.json", "-o", "review.csv")[0] == 0
    _sheet("one.csv", ("right", "why"))
    _sheet("two.csv", ("right", ""))
    for sheet in ("one.csv", "two.csv"):
        assert run("review", "import", sheet)[0] == 0
    assert [verdict.note for verdict in file.read("verdicts.tsv")] == ["why"]


def test_a_sheet_with_comments_that_were_not_taken_in_is_not_replaced(run: Run) -> None:  # noqa: F811
    write(small_result(), Path("result.json"))
    assert run("review", "export", "result.json", "-o", "review.csv")[0] == 0
    _sheet("one.csv", ("right", ""))
    assert run("review", "import", "one.csv")[0] == 0
    _sheet("one.csv", ("right", "said since"))
    code, _, err = run("review", "export", "result.json", "-o", "one.csv")
    assert code == 2
    assert "comments" in err
    assert run("review", "import", "one.csv")[0] == 0
    assert run("review", "export", "result.json", "-o", "one.csv")[0] == 0


def test_comments_without_a_verdict_are_told(run: Run) -> None:  # noqa: F811
    write(small_result(), Path("result.json"))
    assert run("review", "export", "result.json", "-o", "review.csv")[0] == 0
    _sheet("one.csv", ("", "only this"), ("right", ""))
    code, _, err = run("review", "import", "one.csv")
    assert code == 0
    assert "one.csv: has comments without a verdict" in err


def _said(path: str = "verdicts.tsv") -> dict[tuple[str, str], tuple[str, str]]:
    return {(v.key, v.who): (v.verdict, v.note) for v in file.read(path)}


def _fill(path: str, key: str, word: str, comment: str) -> None:
    """Another verdict and comment in the rows of one finding, all else as it is."""
    text = Path(path).read_bytes().decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    for row in rows:
        if row[0] == key:
            row[head.index("verdict")], row[head.index("comment")] = word, comment
    with Path(path).open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])


@pytest.mark.parametrize("ending", exchange.FORMATS)
def test_what_stood_in_a_sheet_stays_with_who_has_said_it(run: Run, ending: str) -> None:  # noqa: F811
    write(small_result(), Path("result.json"))
    keys = list(keys_of(small_result().systems[0]).values())
    anna = [Verdict(keys[0], "right", note=": seen", who="anna"), Verdict(keys[1], "wrong", who="anna")]
    file.write("verdicts.tsv", anna)
    sheet = f"sheet{ending}"
    assert run("review", "export", "result.json", "-o", sheet)[0] == 0
    code, out, err = run("review", "import", sheet, "--who", "ben")
    assert code == 0
    assert "0 new, 0 changed; 2 in it now" in out
    assert {who for _, who in _said()} == {"anna"}
    assert "stood" not in err
    _, _, err = run("review", "import", sheet, "--who", "ben", "--verdicts", "other.tsv")
    assert "2 verdicts stood in the sheet at its export" in err  # and are in that file no more: nothing is lost
    assert {(key, word) for (key, _), (word, _) in _said("other.tsv").items()} == {
        (keys[0], "right"), (keys[1], "wrong"),
    }  # fmt: skip


def test_a_changed_verdict_is_the_reviewers_and_the_comment_there_was_is_not(run: Run) -> None:  # noqa: F811
    write(small_result(), Path("result.json"))
    keys = list(keys_of(small_result().systems[0]).values())
    file.write("verdicts.tsv", [Verdict(key, "right", note="why", who="anna") for key in keys[:3]])
    assert run("review", "export", "result.json", "-o", "sheet.csv")[0] == 0
    _fill("sheet.csv", keys[0], "wrong", "anna: why")
    _fill("sheet.csv", keys[1], "right", "I too")
    assert run("review", "import", "sheet.csv", "--who", "ben")[0] == 0
    said = _said()
    assert (said[keys[0], "ben"], said[keys[1], "ben"]) == (("wrong", ""), ("right", "I too"))
    assert (keys[2], "ben") not in said
    assert all(said[key, "anna"] == ("right", "why") for key in keys[:3])


def test_a_sheet_that_cannot_tell_says_so(run: Run) -> None:  # noqa: F811
    write(small_result(), Path("result.json"))
    key = next(iter(keys_of(small_result().systems[0]).values()))
    file.write("verdicts.tsv", [Verdict(key, "right", who="anna")])
    assert run("review", "export", "result.json", "-o", "sheet.csv")[0] == 0
    text = Path("sheet.csv").read_text(encoding="utf-8-sig")
    Path("sheet.csv").write_text(text.replace(",stood,", ",,", 1), encoding="utf-8")
    _, _, err = run("review", "import", "sheet.csv", "--who", "ben")
    assert "1 verdict is one that others have given before" in err
