"""Every layout of scores, and what is said of files that are none."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import evalkit
from evalkit.errors import InputError
from evalkit.meta.pairing import pair, systems_of
from evalkit.meta.read import read_all
from evalkit.meta.scores import Scores

pytestmark = pytest.mark.slow

MQM_HEAD = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"


def read(path: Path, *, human: bool = False) -> Scores:
    (scores,) = read_all([str(path)], human=human)
    return scores


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_lines_in_order_and_their_system_scores(tmp_path: Path) -> None:
    (tmp_path / "m.seg.score.gz").write_bytes(gzip.compress(b"a\t1\nb\t4\na\tNone\nb\t5.5\n"))
    path = written(tmp_path, "m.sys.score", "a\t7\nb None\n")
    for given in (path, tmp_path / "m.seg.score.gz"):
        found = read(given)
        assert found.name == "m"
        assert found.segments == {"a": {("", "1"): 1.0}, "b": {("", "1"): 4.0, ("", "2"): 5.5}}
        assert found.systems == {"a": 7.0}
        assert found.of_system("a") == 7.0
        assert found.of_system("b") == 4.75
        assert [source.name for source in found.files] == ["m.seg.score.gz", "m.sys.score"]


def test_a_table_with_raters_gives_means_and_counts(tmp_path: Path) -> None:
    text = "system\tdoc\tsegment\trater\tscore\na\td1\t1\tr1\t80\na\td1\t1\tr2\t90\na\td2\t1\tr1\t\nb\td1\t1\tr1\t3\n"
    found = read(written(tmp_path, "esa.tsv", text), human=True)
    assert found.segments == {"a": {("d1", "1"): 85.0}, "b": {("d1", "1"): 3.0}}
    record = found.record()
    assert (record.raters, record.ratings_per_segment, record.systems, record.segments) == (2, {"1": 1, "2": 1}, 2, 1)


def test_numbered_segments_stand_in_their_order(tmp_path: Path) -> None:
    head = "system\tdoc\tsegment\tscore\n"
    through = read(written(tmp_path, "a.tsv", head + "a\ty\t10\t1\na\tx\t9\t1\na\ty\t11\t1\n"))
    assert [segment for _, segment in through.order] == ["9", "10", "11"]
    anew = read(written(tmp_path, "b.tsv", head + "a\ty\t2\t1\na\tx\t1\t1\na\ty\t1\t1\n"))
    assert anew.order == (("y", "1"), ("y", "2"), ("x", "1"))
    named = read(written(tmp_path, "c.tsv", head + "a\ty\ts2\t1\na\tx\ts1\t1\n"))
    assert [segment for _, segment in named.order] == ["s2", "s1"]


def test_commas_quotes_and_several_metrics(tmp_path: Path) -> None:
    path = written(tmp_path, "x.csv", 'system,seg_id,metric,score\n"a,b",1,M,1\n"a,b",1,N,2\n')
    assert [(s.name, dict(s.segments)) for s in read_all([str(path)])] == [
        ("M", {"a,b": {("", "1"): 1.0}}),
        ("N", {"a,b": {("", "1"): 2.0}}),
    ]


def test_scores_of_systems_alone(tmp_path: Path) -> None:
    found = read(written(tmp_path, "x.tsv", "system\tscore\na\t1\nb\t2\n"))
    assert found.systems == {"a": 1.0, "b": 2.0}
    assert found.order == ()


APPRAISE = """\
deu1,a,1,TGT,eng,deu,80,d1,False,"[{'start_i': 0, 'end_i': 4, 'severity': 'minor'}]",1.0,2.0
deu1,a,1,TGT,eng,deu,90,d1#dup,False,[],3.0,4.0
deu2,a,1,TGT,eng,deu,45,d1,False,[],1.0,2.0
deu1,a,1,BAD,eng,deu,5,d1#bad,False,[],1.0,2.0
deu1,t-tutorial1,t-tutorial1,TGT,eng,deu,10,t,False,[],1.0,2.0
deu1,b,1,TGT,eng,deu,30,d1,False,[],1.0,2.0
"""


def test_an_export_of_appraise_is_read_without_its_controls(tmp_path: Path) -> None:
    found = read(written(tmp_path, "esa.csv", APPRAISE), human=True)
    assert found.segments == {"a": {("d1", "1"): 65.0}, "b": {("d1", "1"): 30.0}}
    assert found.record().ratings_per_segment == {"1": 1, "2": 1}
    short = "".join(",".join(line.split(",")[:7]) + "\n" for line in APPRAISE.splitlines() if "dup" not in line)
    assert read(written(tmp_path, "da.csv", short)).segments["a"] == {("", "1"): 62.5}
    with pytest.raises(InputError, match=r"esa.csv:7: no row of an Appraise export"):
        read(written(tmp_path, "esa.csv", APPRAISE + "x,y\n"), human=True)


def test_scores_by_domain_lie_beside(tmp_path: Path) -> None:
    lines = written(tmp_path, "m.seg.score", "a\t1\na\t2\nb\t3\nb\t4\n")
    written(tmp_path, "m.domain.score", "news\ta\t7\nnews\tb\t5\nchat\ta\tNone\n")
    found = read(lines)
    keys = [("", "1")]
    assert found.of_system("a", keys, "news") == 7.0
    assert found.of_system("a", keys, "chat") == 1.0
    assert found.of_system("a", keys) == 1.0
    assert found.of_system("a") == 1.5
    assert found.turned().of_system("b", keys, "news") == -5.0
    human = read(written(tmp_path, "h.seg.score", "a\t1\na\t2\nb\t3\nb\t4\n"), human=True)
    paired = pair(human, found, ("a", "b"), keys, "news")
    assert (paired.human_systems.tolist(), paired.metric_systems.tolist()) == ([1.0, 3.0], [7.0, 5.0])


def test_weights_of_mqm(tmp_path: Path) -> None:
    rows = [
        ("a", "1", "r1", "Accuracy/Mistranslation", "Major"),
        ("a", "1", "r1", "Fluency/Punctuation", "Minor"),
        ("a", "1", "r2", "No-error", "No-error"),
        ("a", "2", "r1", "Non-translation!", "Major"),
        ("a", "2", "r1", "Style", "HOTW-test"),
        ("b", "1", "r1", "style/awkward", "minor"),
        ("b", "2", "r1", "Other", "Neutral"),
    ]
    text = MQM_HEAD + "".join(f'{s}\td\t1\t{n}\t{r}\tx\t"y\t{c}\t{v}\n' for s, n, r, c, v in rows)
    found = read(written(tmp_path, "mqm.tsv", text), human=True)
    assert found.segments == {
        "a": {("d", "1"): pytest.approx(-2.55), ("d", "2"): -25.0},
        "b": {("d", "1"): -1.0, ("d", "2"): 0.0},
    }
    assert str(found.segments["b"]["d", "2"]) == "0.0"


def test_mqm_ratings_give_the_published_scores(data: Callable[[str], Path], tmp_path: Path) -> None:
    """Half of the documents as errors of raters, against the scores by segment that the task has published."""
    lines = gzip.decompress((data("mqm") / "wmt23.zh-en.annotations.jsonl.gz").read_bytes()).decode().splitlines()
    rows = []
    for rating in map(json.loads, lines):
        errors = rating["errors"] or [{"category": "No-error", "severity": "No-error"}]
        head = (rating["system"], "", "1", str(rating["seg"] + 1), rating["rater"], "x", "y")
        rows += ["\t".join((*head, error["category"], error["severity"])) for error in errors]
    mqm = read(written(tmp_path, "mqm.tsv", MQM_HEAD + "\n".join(rows) + "\n"), human=True)
    official = read(data("wmt/wmt23.zh-en/mt-metrics-eval/human.mqm.seg.score.gz"), human=True)
    same = total = 0
    for system, found in mqm.segments.items():
        for key, value in found.items():
            if key in official.segments.get(system, {}):
                total += 1
                same += value == pytest.approx(official.segments[system][key])
    assert total > 9000
    assert same == total


def test_metrics_of_a_result(tmp_path: Path) -> None:
    sides = {name: written(tmp_path, f"{name}.txt", text) for name, text in (
        ("ref", "one two three\nfour five\n"), ("a", "one two three\nfour six\n"), ("b", "one\nfive\n"))}  # fmt: skip
    result = evalkit.score({"a": sides["a"], "b": sides["b"]}, sides["ref"], metrics=["chrf", "wer"])
    path = written(tmp_path, "r.json", evalkit.render(result, "json"))
    chrf, wer = read_all([str(path)])
    assert (chrf.name, wer.name) == ("chrf", "wer")
    assert chrf.segments["a"]["", "1"] == 100.0
    assert not chrf.negated
    assert wer.negated
    assert wer.of_system("a") == -next(s.value for s in result.systems[0].scores if s.metric == "wer")
    with pytest.raises(InputError, match="scores of people are expected"):
        read(path, human=True)


def test_segments_are_paired_by_what_both_call_them(tmp_path: Path) -> None:
    lines = read(written(tmp_path, "m.seg.score", "a\t1\na\t2\nb\t3\nb\t4\n"))
    table = "system\tdoc\tsegment\tscore\na\td\t{}\t5\na\td\t{}\t6\nb\td\t{}\t7\nb\td\t{}\t8\n"
    for numbers in (("1", "2"), ("0", "1")):
        human = read(written(tmp_path, "h.tsv", table.format(*numbers, *numbers)), human=True)
        found = pair(human, lines, systems_of(human, [lines], references=False))
        assert found.metric.tolist() == [[1.0, 2.0], [3.0, 4.0]]
        assert found.human.tolist() == [[5.0, 6.0], [7.0, 8.0]]


def test_numbers_anew_in_each_document_need_documents_on_both_sides(tmp_path: Path) -> None:
    lines = read(written(tmp_path, "m.seg.score", "a\t1\na\t2\nb\t3\nb\t4\n"))
    rows = [f"{s}\t{d}\t1\t5\n" for s in "ab" for d in ("d", "e")]
    human = read(written(tmp_path, "h.tsv", "system\tdoc\tsegment\tscore\n" + "".join(rows)))
    with pytest.raises(InputError, match="number the segments through"):
        pair(human, lines, ("a", "b"))


def test_references_that_are_scored_like_systems_stay_out(tmp_path: Path) -> None:
    both = read(written(tmp_path, "m.sys.score", "a\t1\nb\t2\nrefA\t3\nreformer\t3\nsynthetic_ref\t4\n"))
    assert systems_of(both, [both], references=False) == ("a", "b", "reformer")
    assert systems_of(both, [both], references=True) == ("a", "b", "refA", "reformer", "synthetic_ref")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.tsv", "a\tb\n1\t2\n", "needs the columns"),
        ("x.tsv", "", "needs the columns"),
        ("x.tsv", "system\tscore\n", "no scores below its header"),
        ("x.tsv", "system\tsegment\tscore\na\t1\n", r"x.tsv:2: 2 columns, where the header has 3"),
        ("x.tsv", "system\tsegment\tscore\na\t1\tgood\n", r"x.tsv:2: the score 'good' is no number"),
        ("x.tsv", "system\tsegment\tscore\na\t1\tnan\n", "is no number"),
        ("x.tsv", "system\tsegment\tscore\na\t1\t1e31\n", "too large"),
        ("x.tsv", "system\tsegment\tscore\na\t1\t1\na\t1\t2\n", "two scores; say whose in a column `rater`"),
        ("x.tsv", "system\tsegment\trater\tscore\na\t1\tr\t1\na\t1\tr\t2\n", "two scores by rater 'r'"),
        ("x.tsv", "system\tsegment\tscore\na\t\t1\n", "no segment"),
        ("x.tsv", "system\tsegment\tscore\n\t1\t1\n", "no system"),
        ("x.tsv", "system\tscore\na\t1\na\t2\n", "has two scores"),
        ("x.tsv", "system\tscore\tscore\na\t1\t2\n", "two columns are called 'score'"),
        ("x.tsv", "system\tsegment\tdomain\tscore\na\t1\tn\t1\nb\t1\tm\t1\n", "is in two domains"),
        ("x.csv", f"system,score\na,{'1' * 200_000}\n", "not a table"),
        ("x.json", "{}", "not a result of evalkit"),
        ("x.seg.score", "", "no scores in it"),
        ("x.seg.score", "a\t1\na\t2\nb\t1\n", "system 'b' has 1 lines and 'a' 2"),
        ("x.seg.score", "a\t1\t2\n", "x.seg.score:1: 3 columns"),
        ("x.sys.score", "a\t1\na\t2\n", "has two lines"),
        ("x.domain.score", "n\ta\t1\nn\ta\t2\n", "has two lines for domain 'n'"),
        ("x.domain.score", "n\ta\t1\n", "scores by domain alone; put x.seg.score or .sys.score beside it"),
        ("x.csv", "u,a,1,BAD,e,d,5,x,False\n", "no score of a translation in it"),
        ("x.domain.score", "a\t1\n", "x.domain.score:1: 2 columns, where a line has a domain, a system and its score"),
        ("x.tsv", MQM_HEAD + "a\td\t1\t1\tr\tx\ty\tStyle\tHuge\n", "severity 'huge' is not known"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_scores_is_told(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(written(tmp_path, name, text))


def test_two_files_of_one_name(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder, "m.seg.score", "a\t1\nb\t2\n")
    with pytest.raises(InputError, match="there are scores of 'm' already"):
        read_all([str(tmp_path / folder / "m.seg.score") for folder in ("one", "other")])


def test_another_test_set_is_told(tmp_path: Path) -> None:
    one = read(written(tmp_path, "m.seg.score", "a\t1\nb\t2\n"))
    two = read(written(tmp_path, "n.seg.score", "a\t1\na\t1\nb\t2\nb\t2\n"))
    with pytest.raises(InputError, match="not of the same test set"):
        pair(one, two, ("a", "b"))
    three = read(written(tmp_path, "t.tsv", "system\tsegment\tscore\na\tx\t1\nb\tx\t2\n"))
    with pytest.raises(InputError, match="no segment in common"):
        pair(one, three, ("a", "b"))
    four = read(written(tmp_path, "f.sys.score", "c\t1\nd\t2\n"))
    with pytest.raises(InputError, match="fewer than two systems in common: m has a, b; f has c, d"):
        systems_of(one, [four], references=False)
