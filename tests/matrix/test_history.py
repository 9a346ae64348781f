"""Labelled runs: their values in order, and marks where a value is another measure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evalkit.errors import ConfigError, InputError
from evalkit.matrix.history import Entry, History, Value, add, check_label, read
from evalkit.matrix.overview import Cell, Measure, Row
from evalkit.matrix.pages import html_page, markdown_page, text_page
from evalkit.matrix.trends import trends


def row(score: float, signature: str = "tok:13a", texts: str = "t", *, stale: bool = False) -> Row:
    cell = Cell("a", "scored", scores={"bleu": score}, words=100, findings={"minor": 3}, penalty=3)
    signatures = {"bleu": signature}
    return Row("news", "de", (), "news.de", "corpus", (cell,), signatures, texts=texts, found_by="x:1", stale=stale)


def page(path: Path) -> str:
    return markdown_page("h", trends(read(path)), "0")


def cells(text: str, heading: str) -> list[str]:
    part = text.partition(f"## {heading}\n")[2]
    line = next(line for line in part.splitlines() if line.startswith("| news"))
    return [cell.strip() for cell in line.strip("|").split("|")][2:]


def test_labels_stand_in_the_order_they_were_given(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    for label, score in (("v2", 20.0), ("v10", 30.5), ("v3", 25.0)):
        add(path, label, "1", [row(score)])
    text = page(path)
    assert "| set | system | v2 | v10 | v3 |" in text
    assert cells(text, "bleu") == ["20.00", "30.50", "25.00"]
    assert cells(text, "penalty per 1,000 words ↓") == ["30.00"] * 3
    assert "†" not in text


def test_a_label_given_again_is_replaced_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    for label, score in (("a", 1.0), ("b", 2.0), ("a", 3.0)):
        add(path, label, "1", [row(score)])
    assert cells(page(path), "bleu") == ["3.00", "2.00"]
    once = path.read_bytes()
    add(path, "a", "1", [row(3.0)])
    assert path.read_bytes() == once


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"signature": "tok:zh"}, "tok 13a → zh"),
        ({"texts": "other"}, "references and source t → other"),
    ],
)
def test_a_change_of_the_measure_is_never_one_of_quality(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    path = tmp_path / "history.json"
    add(path, "v1", "1", [row(20.0)])
    add(path, "v2", "1", [row(40.0, **changed)])
    add(path, "v3", "1", [row(41.0, **changed)])
    text = page(path)
    assert cells(text, "bleu") == ["20.00", "† 40.00", "41.00"]
    assert f"† v2, news/de, a: {said}" in text
    assert "is not to be compared" in text


def test_a_label_without_a_row_is_a_gap_and_the_mark_looks_past_it(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    add(path, "v1", "1", [row(20.0)])
    add(path, "v2", "1", [row(1.0, stale=True)])  # of an earlier run: nothing this label came to
    add(path, "v3", "1", [row(21.0, "tok:zh")])
    assert cells(page(path), "bleu") == ["20.00", "–", "† 21.00"]


def test_metrics_are_called_as_in_the_overview_with_their_direction(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    assert add(path, "v1", "1", [row(20.0)]) == 2
    assert cells(page(path), "bleu") == ["20.00"]  # a history of an earlier version knows no title
    add(path, "v2", "1", [row(21.0)], {"bleu": Measure("BLEU", "higher", "")})
    assert cells(page(path), "BLEU ↑") == ["20.00", "21.00"]
    drawn = html_page("h", trends(read(path)), "0")
    assert "news/de, BLEU ↑</text>" in drawn
    assert "news/de, penalty per 1,000 words ↓</text>" in drawn


def test_a_name_reads_the_same_in_every_table_of_a_terminal() -> None:
    names, labels = ("machine-translated-report", "xinhua-summary"), [f"label-{number}" for number in range(9)]
    for name in (names[0], "x" * 70):
        entries = tuple(
            Entry(label, "1", tuple(
                Value("sco-2020/en", system, metric, score, "s", "t", low, low)
                for system in (name, names[1])
                for metric, score, low in (("bleu", 5.0, None), ("ter", 123.45, 100.0))
            ))
            for label in labels
        )  # fmt: skip
        text = text_page("h", trends(History(entries=entries)), "0")
        assert max(map(len, text.splitlines())) <= 80
        assert "set: sco-2020/en" in text
        shown = {line.split()[0] for line in text.splitlines() if line.startswith(name[0]) and " " in line}
        assert len({each for each in shown if each.startswith(name[:8])}) == 1, shown
        assert name in text or name == "x" * 70


def test_intervals_are_shown() -> None:
    value = Value("news/de", "a", "bleu", 20.0, "s", "t", 19.0, 21.5)
    text = markdown_page("h", trends(History(entries=(Entry("v1", "1", (value,)),))), "0")
    assert "20.00 \\[19.00, 21.50\\]" in text


def test_no_name_becomes_markup() -> None:
    value = Value("<b>|", "<img src=x>", "<script>", 20.0, "s", "t")
    made = html_page("<h>", trends(History(entries=(Entry("v1", "1", (value,)),))), "0")
    assert not re.search("<(img|script|b>|h>)", made)


@pytest.mark.parametrize("label", ["", "a b", "a/b", "x" * 61, "<b>"])
def test_a_label_is_a_plain_word(label: str) -> None:
    with pytest.raises(ConfigError, match="for example v12"):
        check_label(label)


@pytest.mark.parametrize("content", [b'{"entries": 1}', b'{"schema": "\xc5"}', b"\xff", b"[" * 5000])
def test_what_is_no_history_is_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "history.json").write_bytes(content)
    with pytest.raises(InputError, match="not a history of evalkit"):
        read(tmp_path / "history.json")


@pytest.mark.parametrize("where", ["schema", "label", "row"])
def test_what_a_label_would_lose_is_refused(tmp_path: Path, where: str) -> None:
    """A note of a person's own, or a field of a later version, is in no record and would be gone."""
    path = tmp_path / "history.json"
    add(path, "v1", "0.1", [row(20.0)])
    path.write_text(path.read_text().replace(f'"{where}":', f'"note": "mine", "{where}":', 1))
    before = path.read_bytes()
    with pytest.raises(InputError, match="unknown field `note`"):
        add(path, "v2", "0.1", [row(21.0)])
    assert path.read_bytes() == before
