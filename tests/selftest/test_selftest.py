"""The self-test: errors planted into a text are found again, and by the seed."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from evalkit.cli import main
from evalkit.errors import InputError
from evalkit.language.term_book import TermBook
from evalkit.records import Term
from evalkit.records.config import parse
from evalkit.selftest import SelfTest, self_test, table
from evalkit.selftest.damage import KINDS, Lists

pytestmark = pytest.mark.slow

SENTENCES = [
    "President Tokayev opened the meeting in Astana on 10 November 2020, and he thanked 2,300 delegates for coming.",
    "The council will review the trade agreement, which had been signed by 18 ministers in the previous year.",
    "“We are ready to work,” said Minister Abdurahmon, and the guests applauded.",
    "Farmers near the river were harvesting wheat, while others repaired the old stone bridge across the valley.",
    "The museum (built in 1890) was closed for repairs, so the visitors walked through the garden instead.",
    "A shared future for mankind was the theme of the evening, and the speakers returned to it often.",
    "Engineers can measure the pressure in every pipe, but they should never open the valves by hand.",
    "The doctor's report is short, although it describes 46 patients and three different treatments.",
]
TERMS = """
terms:
  - term: shared future for mankind
    reject: [destiny community]
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "reference.txt"
    path.write_text("\n".join(SENTENCES) + "\n", encoding="utf-8")
    (tmp_path / "terms.yaml").write_text(TERMS, encoding="utf-8")
    return path


def run(text: Path, seed: int = 1) -> SelfTest:
    entry = {"path": str(text)}
    data = {"reference": [entry], "candidate": [entry], "metrics": [], "seed": seed}
    return self_test(parse({**data, "terms": [str(text.parent / "terms.yaml")]}, "test"))


def test_most_planted_errors_are_found_and_nothing_else(text: Path) -> None:
    result = run(text)
    planted = {kind.kind: kind for kind in result.kinds if kind.planted}
    assert len(planted) == len(KINDS)
    assert sum(k.right for k in planted.values()) >= 0.9 * sum(k.planted for k in planted.values())
    assert all(k.right <= k.any <= k.planted for k in planted.values())
    assert sum(rule.elsewhere for rule in result.rules) == 0
    assert sum(rule.alone for rule in result.rules) == 0


def test_the_same_seed_gives_the_same_table_of_80_columns(text: Path) -> None:
    shown = table(run(text))
    assert shown == table(run(text))
    assert shown != table(run(text, seed=2))
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_a_small_text_is_said_to_be_one(text: Path) -> None:
    shown = table(run(text))
    assert "too small to tell: 8 sentences" in shown
    assert "%" not in shown
    assert "Too few planted to give a share (fewer than 10): " in shown
    text.write_text("\n".join(SENTENCES * 10) + "\n", encoding="utf-8")
    shown = table(run(text))
    assert "too small" not in shown
    assert "%" in shown


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_damage_changes_its_sentence_or_has_no_place(kind) -> None:
    book = TermBook((Term("shared future for mankind", reject=("destiny community",)),), "en")
    lists = Lists((), book, frozenset({"Tokayev", "Abdurahmon"}))
    made = [kind.damage(sentence, Random(7), lists) for sentence in SENTENCES]
    assert any(made) or kind.name == "sentence left out"
    assert all(m is None or m != s for m, s in zip(made, SENTENCES, strict=True))
    assert kind.damage("", Random(7), lists) is None


def test_a_text_without_sentences_is_refused(text: Path) -> None:
    text.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="the file is empty"):
        run(text)


def test_the_command(text: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, code in ((["-r", str(text)], 0), ([str(text)], 0), ([], 2), ([str(text), "-r", str(text)], 2)):
        monkeypatch.setattr("sys.argv", ["evalkit", "check", "--self-test", *arguments])
        ended = 0
        try:
            main()
        except SystemExit as stop:
            ended = int(stop.code or 0)
        assert ended == code
        assert ("planted error" in capsys.readouterr().out) == (code == 0)
