"""What is known for a report of evalkit's own, and what only looks a little like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.text.own_files import is_own_report


@pytest.mark.parametrize(
    "text",
    [
        "# Results of the spring campaign (evalkit 0.5.0)\n\nweeks of work\n",
        "Results (evalkit 0.5.0)\nweeks of work\n",
        "My notes\n\nThe page says:\nMade by evalkit 0.5.0\nweeks of work\n",
        "My notes\n\nMade by evalkit `0.5.0` and edited by hand\n",
        "<!DOCTYPE html>\n<p>I read `Made by evalkit 0.5.0` on the page.</p>\n",
        "evalkit: 3 findings to talk about\n\n- the first\n",
        "held against the light\n",
        "Smith: trusted: by me\n",
        "terms: 3 failed, ask why\n",
        "Self-test on Monday, seed 3\n",
        "Agreement with the client\n\nOf the first part\n",
        "% needs \\usepackage{booktabs}\n\\begin{table}\n\\caption{My own}\n",
        "system\tdocument\tside\tline\tcolumn\tstart\tend\trule\tcategory\tseverity\tconfidence\ttext\texpected\tmessage\t"
        "fingerprint\tremark\n",
        "system,document,side,line,column,start,end,rule,category,severity,confidence,text,expected,message,"
        "unit,fingerprint,remark\n",
        "### My plans for May\n",
        "::error file=a.txt,line=1,title=evalkit number-mismatch::mine\nweeks of work\n",
        "::error file=a.txt,line=1,title=evalkit number-mismatch::mine\n",
        "::warning file=a.txt,title=evalkit number::x\nevalkit: 2 findings\n",
        "a.txt:3:1: number-mismatch major '3' is missing\nweeks of work\n",
        "a.txt:3:1: number-mismatch major '3' is missing\n1 finding\nand what I think of it\n",
        "a.txt:3:1: number-mismatch major '3' is missing\n2 findings\n",
        "a.txt:3:1: number-mismatch major '3' is missing\nno, it is not\n1 finding\n",
        "3 findings\n",
        "no findings (ask Tom)\n",
        '{"schema": "evalkit/history/1", "runs": []}\n',
        '{\n "schema": "evalkit/history/1"\n}\n',
    ],
)
def test_what_looks_a_little_like_a_report_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "x").write_text(text)
    assert not is_own_report(tmp_path / "x")


def test_a_report_of_term_tests_that_begins_with_a_failure_is_known(tmp_path: Path) -> None:
    failure = "r.txt:1:24: term-missing (major)\n  expected   'town hall'\n  found      no accepted form\n\n"
    end = "FAILED  a  town hall: 0 of 1 as asked, 1 finding\n\nterms: 1 failed, 0 passed\n"
    (tmp_path / "x").write_text(failure + end)
    assert is_own_report(tmp_path / "x")


@pytest.mark.parametrize(
    "text",
    [
        "no findings\n",
        "findings were not asked for\n",
        "a.txt:3:1: number-mismatch major '3' is missing\n1 finding (2 more as in most other systems, 1 disputed)\n",
        "a.txt: alignment not trusted: nothing in common\r\nno findings\r\n",
        "::error title=evalkit gate::too many\n::warning file=a.txt,title=evalkit::alignment not trusted: so\n"
        "::error file=a.txt,line=1,title=evalkit number-mismatch (new)::x\nevalkit: 1 finding\n",
        "evalkit: findings were not asked for\n",
    ],
)
def test_a_report_of_a_line_a_finding_is_known_where_its_count_is_right(tmp_path: Path, text: str) -> None:
    (tmp_path / "x").write_bytes(text.encode())
    assert is_own_report(tmp_path / "x")
