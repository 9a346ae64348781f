"""`evalkit terms` through the real entry point."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
TERMS = "terms:\n  - term: people-to-people exchanges\n    reject: [folk exchanges]\n  - term: green lane\n"


@pytest.fixture
def terms(run: Run) -> Run:
    """`terms("test", ...)` in a folder with a reference, a candidate and a termbase."""
    Path("ref.txt").write_text("We support people-to-people exchanges.\nWe met in Paris.\n")
    Path("cand.txt").write_text("We support folk exchanges.\nWe met in Paris.\n")
    Path("t.yaml").write_text(TERMS)
    return functools.partial(run, "terms")


def test_a_failing_term_is_shown_and_ends_with_1(terms: Run) -> None:
    code, out, _ = terms("test", "cand.txt", "-r", "ref.txt", "--terms", "t.yaml")
    assert code == 1
    assert out.startswith("cand.txt:1:12: term-forbidden (major)\n  expected   'people-to-people exchanges'\n")
    assert "\nFAILED  cand  people-to-people exchanges: 0 of 1 as asked, 1 finding\n" in out
    assert out.endswith("terms: 1 failed, 0 passed, 1 with nothing to test\n")
    assert all(len(line) <= 80 for line in out.splitlines())


def test_a_failure_is_marked_where_it_stands_and_a_missing_term_has_the_path_of_its_reference(terms: Run) -> None:
    Path("cand.txt").write_text("The party loves art and green lane art.\n")
    Path("ref").mkdir()
    Path("ref/cand.txt").write_text("The party loves art and a green lane and a red carpet.\n")
    Path("t.yaml").write_text("terms:\n  - term: painting\n    reject: [art]\n  - term: red carpet\n")
    code, out, _ = terms("test", "cand.txt", "-r", "ref/cand.txt", "--terms", "t.yaml")
    assert code == 1
    marked = [line for line in out.splitlines() if ">>" in line]
    assert marked == [
        "  candidate  The party loves >>art<< and green lane art.",
        "  candidate  The party loves art and green lane >>art<<.",
        "  reference  The party loves art and a green lane and a >>red carpet<<.",
    ]
    assert "\nref/cand.txt:1:44: term-missing (major)\n" in out
    Path("sub").mkdir()
    Path("sub/x.terms.yaml").write_text(
        "candidates: [../cand.txt]\nreferences: [../ref/cand.txt]\ntermbase: [../t.yaml]\n"
    )
    assert "\nref/cand.txt:1:44: term-missing (major)\n" in terms("test", "sub/x.terms.yaml")[1]


def test_passing_terms_end_with_0_and_json_is_the_result(terms: Run) -> None:
    code, out, _ = terms("test", "ref.txt", "-r", "ref.txt", "--terms", "t.yaml")
    assert (code, out.splitlines()[-1]) == (0, "terms: 0 failed, 1 passed, 1 with nothing to test")
    code, out, _ = terms("test", "cand.txt", "-r", "ref.txt", "--terms", "t.yaml", "-f", "json")
    assert code == 1
    (first, _) = json.loads(out)["terms"]
    assert (first["expected"], first["found"], first["success"], first["rejected"]) == (1, 0, 0.0, 1)


def test_files_of_term_tests_and_configurations(terms: Run) -> None:
    Path("x.terms.yaml").write_text("candidates: [cand.txt]\nreferences: [ref.txt]\ntermbase: [t.yaml]\n")
    assert terms("test", "x.terms.yaml")[0] == 1
    assert terms("test", "x.terms.yaml", "cand.txt")[0] == 2
    Path("evalkit.toml").write_text(
        'terms = ["t.yaml"]\n[[candidate]]\npath = "cand.txt"\n[[reference]]\npath = "ref.txt"\n'
    )
    assert terms("test")[0] == 1
    code, _, err = terms("test", "cand.txt")
    assert (code, "nothing to test; give a termbase" in err) == (2, True)


def test_add_takes_the_list_of_the_configuration(terms: Run) -> None:
    Path("evalkit.toml").write_text('terms = ["t.yaml"]\n[[candidate]]\npath = "cand.txt"\n')
    code, _, err = terms("add", "win-win cooperation", "--reject", "double win", "--case")
    assert (code, err) == (0, "t.yaml:5: added: win-win cooperation\n")
    assert Path("t.yaml").read_text() == TERMS + (
        "  - term: win-win cooperation\n    reject: [double win]\n    case: true\n"
    )
    code, _, err = terms("add", "green lane", "--reject", "Green lane")
    assert (code, "both accepts and rejects" in err) == (2, True)


def test_convert_there_and_back(terms: Run) -> None:
    assert terms("convert", "t.yaml", "-o", "t.tbx")[0] == 0
    assert terms("convert", "t.tbx", "-o", "t.csv", "-q")[2] == ""
    code, out, _ = terms("convert", "t.csv", "--to", "yaml")
    assert (code, out) == (0, TERMS)
    code, _, err = terms("convert", "t.yaml")
    assert (code, "name a file with -o, or a format with --to" in err) == (2, True)
    code, _, err = terms("convert", "t.yaml", "-o", "t.yaml")
    assert (code, "is also an input" in err) == (2, True)


def test_a_loss_is_named_on_standard_error(terms: Run) -> None:
    Path("x.tbx").write_text(
        "<tbx><text><body><conceptEntry><descrip type='definition'>d</descrip><langSec xml:lang='en'><termSec>"
        "<term>a</term></termSec></langSec></conceptEntry></body></text></tbx>"
    )
    code, out, err = terms("convert", "x.tbx", "--to", "yaml")
    assert (code, out) == (0, "terms:\n  - term: a\n")
    assert "x.tbx: not taken over: definition (1)" in err


def test_extract_gives_a_termbase(terms: Run, root: Path) -> None:
    text = root / "references/official-remarks.txt"
    code, out, _ = terms("extract", str(text), "-o", "p.yaml", "--most", "60")
    assert (code, out) == (0, "")
    from evalkit.terms import load as termbase

    base = termbase.load(["p.yaml"])
    found = {t.term for t in base.terms} | {n.name for n in base.names}
    assert {"Shanghai Spirit", "practical cooperation", "COVID-19", "community with a shared future"} <= found
    assert {"China", "Shanghai Cooperation Organization"} <= {n.name for n in base.names}
    assert "  # 27 times, first " in Path("p.yaml").read_text()
    code, out, _ = terms("extract", str(text), "--terms", str(root / "references/terms.yaml"), "-f", "json", "-q")
    assert not {"Shanghai Spirit", "practical cooperation"} & {p["form"] for p in json.loads(out)}


def test_extract_counts_characters_where_words_have_no_spaces(terms: Run) -> None:
    Path("zh.txt").write_text("构建人类命运共同体。人类命运共同体是目标。\n", encoding="utf-8")
    code, out, _ = terms("extract", "zh.txt", "--lang", "zh", "-f", "tsv", "-q")
    assert code == 0
    assert out.splitlines()[1].startswith("人类命运共同体\tterm\t2\t")


@pytest.mark.parametrize("command", ["test", "extract", "convert", "add"])
def test_every_command_has_help_with_an_example(terms: Run, command: str) -> None:
    code, out, _ = terms(command, "--help")
    assert code == 0
    assert f"Example: evalkit terms {command} " in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_nothing_to_test_is_said_in_one_line(terms: Run) -> None:
    Path("x.terms.yaml").write_text("candidates: [cand.txt]\n")
    code, _, err = terms("test", "x.terms.yaml")
    assert (code, err) == (
        2,
        "evalkit: error: x.terms.yaml:1: nothing to test; "
        "name a `termbase` with entries, or write `terms` or `names`\n",
    )
    Path("e.csv").write_text("term\n")
    assert terms("test", "cand.txt", "--terms", "e.csv")[1:] == (
        "",
        "evalkit: error: terms test: nothing to test; e.csv: no entry there\n",
    )
    Path("e.yaml").write_text("terms:\n  - term: a\n    term: b\n")
    assert terms("test", "cand.txt", "--terms", "e.yaml")[2] == (
        "evalkit: error: e.yaml:3: the key 'term' stands twice; merge the two\n"
    )


def test_a_table_with_an_unknown_column_says_so(terms: Run) -> None:
    Path("e.csv").write_text("alpha,term\na,b\n")
    code, _, err = terms("test", "cand.txt", "--terms", "e.csv")
    assert (code, "unknown column 'alpha'" in err) == (2, True)


def test_every_wrong_cell_of_a_table_is_named(terms: Run) -> None:
    Path("e.csv").write_text("term,severity,case,gap\na,bad,,\nb,,maybe,\nc,,,x\n")
    code, _, err = terms("test", "cand.txt", "--terms", "e.csv")
    assert (code, [line.split(": ")[0] for line in err.splitlines()[1:]]) == (
        2,
        ["  - e.csv:2", "  - e.csv:3", "  - e.csv:4"],
    )


def test_add_names_what_it_cannot_write(terms: Run) -> None:
    assert (
        "the new entry: invalid enum value 'bad' in `severity` (one of: neutral,"
        in terms("add", "x", "--severity", "bad")[2]
    )
    Path("e.csv").write_text("term\na\n")
    code, _, err = terms("add", "x", "--terms", "e.csv")
    assert (code, err) == (
        2,
        "evalkit: error: e.csv: terms are added to YAML only; first: evalkit terms convert e.csv -o e.yaml\n",
    )
    assert Path("e.csv").read_text() == "term\na\n"


def test_convert_names_the_comments_it_cannot_carry_over(terms: Run) -> None:
    Path("c.yaml").write_text(
        "# ours\nterms:\n  - term: 'C#'   # a language\n    note: |\n      # no comment\n      one\n  - term: a#b\n"
    )
    code, out, err = terms("convert", "c.yaml", "--to", "csv")
    assert code == 0
    assert "comments are not carried over (lines 1, 3)" in err
    assert "# no comment" in out
    assert "comments" not in terms("convert", "t.yaml", "--to", "csv")[2]


def test_convert_says_language_and_refuses_an_unknown_ending(terms: Run) -> None:
    assert (
        terms("convert", "t.yaml", "-o", "t.tbx", "--lang", "de")[2] == "t.tbx: 2 terms, 0 names in the language 'de'\n"
    )
    code, _, err = terms("convert", "t.yaml", "-o", "t.rtf")
    assert (code, "t.rtf: no format has this ending" in err, Path("t.rtf").exists()) == (2, True, False)
    code, _, err = terms("convert", "t.yaml", "-o", "t.xls")
    assert (code, "workbooks are only read; write .csv" in err, Path("t.xls").exists()) == (2, True, False)
    assert "'v9' is none of dca, dct, v2" in terms("convert", "t.yaml", "--to", "tbx(style=v9)")[2]


def test_extract_says_where_nothing_recurs_and_marks_what_does(terms: Run) -> None:
    code, out, err = terms("extract", "ref.txt")
    assert (code, "terms: []" in out, "no proposal: no term or name stands 2 times" in err) == (0, True, True)
    Path("zh.txt").write_text("我们构建命运共同体。\n他们谈命运共同体的未来。\n")
    assert "我们构建>>命运共同体<<。" in terms("extract", "zh.txt", "--lang", "zh")[1]


def test_junit_does_not_say_that_a_missing_term_was_found(terms: Run) -> None:
    Path("cand.txt").write_text("We support exchanges.\nWe met in Paris.\n")
    out = terms("test", "cand.txt", "-r", "ref.txt", "--terms", "t.yaml", "-f", "junit")[1]
    assert "found: not in the candidate\nexpected: people-to-people exchanges" in out


def test_a_term_only_the_source_has_is_not_found_and_nothing_is_marked(terms: Run) -> None:
    Path("src.txt").write_text("Grüne Spur.\nWir waren in Paris.\n")
    Path("t.yaml").write_text("terms:\n  - term: green lane\n    source_terms: [grüne Spur]\n")
    code, out, _ = terms("test", "cand.txt", "-s", "src.txt", "--source-lang", "de", "--terms", "t.yaml")
    assert (code, "  found      no accepted form\n" in out, ">>" in out) == (1, True, False)


def test_tsv_has_a_row_a_finding_and_the_ending_names_it(terms: Run) -> None:
    code, out, _ = terms("test", "cand.txt", "-r", "ref.txt", "--terms", "t.yaml", "-o", "found.tsv")
    assert (code, out) == (1, "")
    (head, row) = Path("found.tsv").read_text().splitlines()
    assert "term-forbidden" in row.split("\t")[head.split("\t").index("rule")]


def test_files_of_term_tests_have_a_plain_report_only(terms: Run) -> None:
    Path("x.terms.yaml").write_text("candidates: [cand.txt]\nreferences: [ref.txt]\ntermbase: [t.yaml]\n")
    for options in (("-o", "report.json"), ("-f", "json")):
        code, _, err = terms("test", "x.terms.yaml", *options)
        cause = " ".join(options)
        assert code == 2
        assert err == (
            f"evalkit: error: terms test: {cause}: *.terms.yaml files have a plain report only, such as -o report.txt\n"
        )
    assert terms("test", "x.terms.yaml", "-o", "report.txt")[0] == 1
    assert "terms: 1 failed" in Path("report.txt").read_text()


def test_a_term_test_overwrites_no_input(terms: Run) -> None:
    code, _, err = terms("test", "cand.txt", "-r", "ref.txt", "--terms", "t.yaml", "-o", "ref.txt")
    assert (code, err) == (2, "evalkit: error: --output ref.txt is also an input; choose another file\n")


def _both(first: str, second: str) -> None:
    """Two texts of one name, of which the first has a wrong term, and a file of term tests."""
    for folder, text in (("a", first), ("b", second)):
        Path(folder).mkdir()
        Path(folder, "x.txt").write_text(text)


def test_a_name_that_two_systems_of_a_configuration_have_is_none(terms: Run) -> None:
    """The second was tested in place of both, and the first passed the gate."""
    _both("We support folk exchanges.\n", "We support people-to-people exchanges.\n")
    candidates = "".join(f'[[candidate]]\npath = "{name}/x.txt"\n' for name in "ab")
    Path("evalkit.toml").write_text(f'{candidates}[[reference]]\npath = "ref.txt"\n')
    Path("x.terms.yaml").write_text(f"candidates: [x]\n{TERMS}")
    code, _, err = terms("test", "x.terms.yaml", "--config", "evalkit.toml")
    assert code == 2
    assert "no candidate 'x'" in err
    Path("c").mkdir()
    Path("c/x.terms.yaml").write_text(f"candidates: [a/x.txt, b/x.txt]\n{TERMS}")
    code, out, _ = terms("test", "c/x.terms.yaml", "--config", "evalkit.toml")
    assert code == 1
    assert "FAILED  a/x.txt  people-to-people exchanges" in out


def test_a_table_with_its_reference_is_tested_and_one_of_several_systems_is_refused(terms: Run) -> None:
    row = {"text": "We support folk exchanges.", "reference": "We support people-to-people exchanges."}
    Path("t.jsonl").write_text(json.dumps(row))
    Path("x.terms.yaml").write_text(f"candidates: [t.jsonl]\n{TERMS}")
    code, out, _ = terms("test", "x.terms.yaml")
    assert code == 1
    assert out.startswith("t.jsonl:1:")
    rows = [row | {"system": "good", "text": row["reference"]}, row | {"system": "bad"}]
    Path("t.jsonl").write_text("\n".join(map(json.dumps, rows)))
    code, _, err = terms("test", "x.terms.yaml")
    assert code == 2
    assert "several systems ('good', 'bad')" in err
