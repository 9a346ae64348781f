"""The bridge to models: what is asked, what comes back, and what a worker may do wrong."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

import evalkit
from evalkit.errors import EvalkitError
from evalkit.models import Bridge, WorkerError
from evalkit.plugins import Registry
from evalkit.testing import check_plugin, units_of

WORKER = Path(__file__).parent / "worker.py"
ROWS = [{"candidate": "the cat sat", "reference": "the cat sat"}, {"candidate": "a cat", "reference": "the cat sat"}]


@pytest.fixture
def worker(tmp_path: Path) -> Path:
    """A copy of the worker, which leaves its traces beside itself."""
    return Path(shutil.copy(WORKER, tmp_path / "worker.py"))


def bridge(worker: Path, model: str = "words", patience: float = 600.0) -> Bridge:
    return Bridge("words", [sys.executable, str(worker), model, "16"], patience)


def scorer(worker: Path, *, sides: str = "candidate+reference", **options: object) -> object:
    spec = {"name": "external", "worker": str(worker), "python": sys.executable, "sides": sides, **options}
    return Registry().make("scorer", spec)


def test_scores_tokens_and_identity(worker: Path) -> None:
    asked = bridge(worker)
    try:
        assert asked.scores(ROWS) == [1.0, pytest.approx(1 / 3)]
        assert asked.over([{"candidate": "word " * 25}, {"candidate": "word"}]) == [5, 0]
        assert asked.identity() == {"model": "words", "size": "16", "versions": {"words": "1.0"}}
    finally:
        asked.close()


def test_a_worker_that_dies_is_started_again_once(worker: Path) -> None:
    asked = bridge(worker, "dies-once")
    assert asked.scores(ROWS) == [1.0, pytest.approx(1 / 3)]
    asked.close()


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("dies", "ended 2 times without an answer (exit code 3); the last it said: 'out of memory'"),
        ("garbage", "answers with no JSON object: '{"),
        ("refuses", "says: 'no such layer'"),
        ("few", "as the scores of 2 rows"),
        ("nan", "as the scores of 2 rows"),
        ("digits", "as the scores of 2 rows"),
        ("nested", "answers with no JSON object"),
        ("endless", "answers with no JSON object"),
    ],
)
def test_what_goes_wrong_is_one_clear_error(worker: Path, model: str, said: str) -> None:
    asked = bridge(worker, model)
    with pytest.raises(WorkerError) as problem:
        asked.scores(ROWS)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)
    asked.close()


def test_an_answer_that_nobody_asked_for_is_not_taken_for_the_next(worker: Path) -> None:
    asked = bridge(worker, "twice")
    with pytest.raises(WorkerError, match="says more than it was asked for"):
        asked.scores(ROWS)
    asked.close()


@pytest.mark.parametrize("model", ["mistaken", "forgets"])
def test_an_answer_names_the_request_it_answers(worker: Path, model: str) -> None:
    asked = bridge(worker, model)
    asked.identity()
    with pytest.raises(WorkerError, match='answers another request than the last one \\(no "id": 2\\)'):
        asked.scores(ROWS)


def test_a_worker_that_never_names_a_request_is_believed(worker: Path) -> None:
    asked = bridge(worker, "nameless")
    asked.identity()
    assert len(asked.scores(ROWS)) == len(ROWS)
    asked.close()


def test_a_late_second_answer_is_not_taken_for_that_of_the_next_request(worker: Path) -> None:
    asked = bridge(worker, "late-twice")
    asked.scores(ROWS)
    with pytest.raises(WorkerError, match=r"answers another request|more than it was asked for"):
        asked.scores([{"candidate": "x", "reference": "another"}])


def test_an_identity_stands_in_a_signature(worker: Path) -> None:
    with pytest.raises(WorkerError, match="no identity that can stand in a signature"):
        bridge(worker, "unfit").identity()


@pytest.mark.slow
@pytest.mark.parametrize(("model", "rows"), [("silent", ROWS), ("deaf", [{"candidate": "x" * 200_000}])])
def test_a_worker_that_says_nothing_is_given_up(worker: Path, model: str, rows: list[dict[str, str]]) -> None:
    with pytest.raises(WorkerError, match="it said nothing for 1 seconds"):
        bridge(worker, model, patience=1.0).scores(rows)


@pytest.mark.skipif(sys.platform == "win32", reason="a process is left behind as POSIX does it")
def test_a_process_left_behind_does_not_hold_us(tmp_path: Path) -> None:
    (tmp_path / "w.py").write_text(
        "import subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(20)'], start_new_session=True)\n"
        "print('{\"scores\": [1]}', flush=True)\nsys.stdin.read()\n",
        encoding="utf-8",
    )
    asked = Bridge("words", [sys.executable, str(tmp_path / "w.py")], 600)
    assert asked.scores([{"candidate": "a"}]) == [1.0]
    asked.close()


def test_sets_have_one_order_in_all_workers(tmp_path: Path) -> None:
    """A library that fills its batches from a set of texts would give other last digits each time it is started."""
    (tmp_path / "w.py").write_text(
        "import json, sys\n"
        "sys.stdin.readline()\n"
        "print(json.dumps({'identity': {'order': ' '.join({f'text {n}' for n in range(50)})}}), flush=True)\n"
        "sys.stdin.read()\n",
        encoding="utf-8",
    )
    orders = set()
    for _ in range(2):
        asked = Bridge("words", [sys.executable, str(tmp_path / "w.py")], 600)
        orders.add(asked.identity()["order"])
        asked.close()
    assert len(orders) == 1


def test_a_python_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="cannot be started with"):
        Bridge("words", [str(tmp_path / "python"), "x"]).identity()


def test_the_contract_of_a_metric_with_a_model(worker: Path) -> None:
    check_plugin(
        scorer(worker), good=units_of(["The cat sat."], [["The cat sat."]]), bad=units_of(["A."], [["The cat sat."]])
    )


def test_texts_over_the_limit_are_refused_or_cut_and_told(worker: Path) -> None:
    units = units_of(["one two three", "word " * 45], [["one two three", "word " * 45]])
    with pytest.raises(EvalkitError, match=r"1 of 2 units are longer than the model reads: \S+ \(25 tokens too many\)"):
        scorer(worker).measure(units)
    rows = scorer(worker, over="windows").measure(units)
    assert rows == [(1.0, 1.0, 0.0), (1.0, 1.0, 3.0)]
    assert scorer(worker, over="windows").remark(rows[1]) == "longer than the model reads: scored in 3 pieces"


def test_an_empty_side_is_charged_not_scored(worker: Path) -> None:
    units = units_of(["", "one"], [["one two", "one"]])
    assert scorer(worker, empty=-1.0).measure(units) == [(-1.0, 1.0, 0.0), (1.0, 1.0, 0.0)]


def test_several_references_give_their_mean(worker: Path) -> None:
    units = units_of(["one two"], [["one two"], ["three two"]])
    assert scorer(worker).measure(units) == [(0.75, 1.0, 0.0)]


def test_a_run_says_what_counted_and_nothing_of_the_machine(worker: Path, tmp_path: Path) -> None:
    for name, text in (("c", "the cat sat\n" + "word " * 45 + "\n"), ("r", "the cat sat\n" + "word " * 45 + "\n")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    spec = f"external(worker={worker}, python={sys.executable}, sides=candidate+reference, model=words, over=windows)"
    result = evalkit.score(tmp_path / "c.txt", tmp_path / "r.txt", metrics=["bleu", spec])
    (score,) = [s for s in result.systems[0].scores if s.metric == "external"]
    assert score.value == 1.0
    assert score.signature == "external|nrefs:1|model:words|size:16|words:1.0|over:windows|empty:0"
    assert [failure.message for failure in result.failures] == ["longer than the model reads: scored in 3 pieces"]
    assert str(tmp_path) not in result.signature
    assert "1.0000" in evalkit.render(result, "table")
