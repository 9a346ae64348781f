"""What a finding, a gate and a comparison say of a system does not depend on who else is in the run."""

from __future__ import annotations

from pathlib import Path

from evalkit.compare.gates import judge
from evalkit.compare.scorers import make_scorers
from evalkit.compare.versions import changes
from evalkit.plugins import Registry
from evalkit.records.config import GateConfig, StatisticsConfig, parse
from evalkit.records.quality import quality
from evalkit.records.result import Result
from evalkit.run.pipeline import evaluate

REFERENCE = [
    f"In {1900 + i} the plant number {i} employed {200 + i} people in Kandahar and in Lyon." for i in range(30)
]
# Most systems have another number in every third line.
MOST = [line.replace(f" {200 + i} ", f" {700 + i} ") if i % 3 == 0 else line for i, line in enumerate(REFERENCE)]


def evaluated(folder: Path, *names: str, **texts: list[str]) -> Result:
    for name, lines in {"reference": REFERENCE, **texts}.items():
        (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = {
        "metrics": ["chrf"], "align": "lines", "detectors": ["numbers"],
        "reference": [{"path": "reference.txt"}],
        "candidate": [{"name": name, "path": f"{name}.txt"} for name in names],
    }  # fmt: skip
    return evaluate(parse(data, "evalkit.toml"), folder=folder)


def test_a_finding_does_not_depend_on_the_run(tmp_path: Path) -> None:
    texts = {"mine": MOST, "b": MOST, "c": MOST, "d": REFERENCE}
    alone = evaluated(tmp_path, "mine", **texts)
    run = evaluated(tmp_path, "mine", "b", "c", **texts)
    one, among = alone.systems[0], run.systems[0]
    assert [(f.fingerprint, f.severity, f.confidence) for f in one.findings] == [
        (f.fingerprint, f.severity, f.confidence) for f in among.findings
    ]
    assert one.findings
    assert not any(f.outvoted for f in one.findings)
    assert all(f.outvoted for f in among.findings)
    assert among.standing == ()
    assert among.quality == quality((), among.words)
    assert "consensus:none" in alone.signature
    assert "consensus:3-systems-" in run.signature


def test_gates_and_comparisons_judge_by_what_the_text_itself_makes(tmp_path: Path) -> None:
    texts = {"mine": MOST, "b": MOST, "c": MOST}
    alone = evaluated(tmp_path, "mine", **texts)
    run = evaluated(tmp_path, "mine", "b", "c", **texts)
    scorers = make_scorers(["chrf"], "en", Registry())
    for old, new in ((alone, run), (run, alone)):
        change = next(c for c in changes(old, new, StatisticsConfig(), 1, scorers) if c.system == "mine")
        assert (change.new, change.fixed, change.remaining) == ((), (), len(alone.systems[0].findings))
        assert not any(c.outcome in ("better", "worse") for c in change.rates)
    gate = GateConfig(fail_on="minor")
    verdicts = [judge(result, gate, scorers=scorers) for result in (alone, run)]
    assert all(verdict is not None and not verdict.passed for verdict in verdicts)
