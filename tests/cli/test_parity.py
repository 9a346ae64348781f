"""`score --report-parity`: how near scores of running text come to those of the lines."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

LINES = [
    "The harbour was closed because of the storm.",
    "Two ships waited outside until the morning.",
    "Nobody was hurt, said the minister in the evening.",
    "The repairs will take until the end of next week.",
]


def test_running_text_is_scored_beside_the_lines(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("\n".join(LINES) + "\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("\n".join(LINES).replace("storm", "wind") + "\n", encoding="utf-8")
    files = [str(tmp_path / "c.txt"), "-r", str(tmp_path / "r.txt")]
    code, _, told = run("score", *files, "-m", "bleu,chrf", "--report-parity")
    assert code == 0
    for metric in ("bleu", "chrf"):
        assert f"{metric} of the same text without its line ends, aligned: " in told
    assert told.count("(+0.00 to that of the lines)") == 2
    code, _, told = run("score", *files, "--align", "document", "--report-parity")
    assert (code, "--report-parity" in told) == (2, True)
