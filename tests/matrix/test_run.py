"""A matrix from its texts to its overview: every cell has a score or says why not, and no gap is averaged away."""

from __future__ import annotations

import json
import math
import re
import tomllib
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from evalkit.errors import InputError
from evalkit.matrix.config import MatrixConfig, parse_matrix
from evalkit.matrix.means import flipped, means
from evalkit.matrix.overview import Overview
from evalkit.matrix.pages import html, markdown
from evalkit.matrix.run import Made, run_matrix

WORDS = ("red", "blue", "green", "grey", "white")
LINES = [f"The {word} river runs past {word} houses and the old mill." for word in WORDS]
LINES *= 3
CONFIG = """
name = "weekly"
metrics = ["chrf"]
detectors = []
align = "lines"
statistics = {trials = 200}
[[set]]
name = "news"
languages = ["de", "fr"]
references = ["ref.{set}.{lang}"]
[[set]]
name = "talks"
languages = ["de"]
references = ["ref.{set}.{lang}"]
[[system]]
name = "good"
path = "good/{set}.{lang}"
[[system]]
name = "poor"
path = "poor/{set}.{lang}"
[[system]]
name = "gone"
path = "gone/{set}.{lang}"
"""


def texts(folder: Path) -> None:
    for row in ("news.de", "news.fr", "talks.de"):
        lines = [f"{row} {line}" for line in LINES]
        write(folder / f"ref.{row}", lines)
        write(folder / "good" / row, [line.replace("old", "new") for line in lines])
        write(folder / "poor" / row, [line.replace("river runs", "water goes").replace("old", "big") for line in lines])
    write(folder / "gone" / "news.de", [f"news.de {line}" for line in LINES])  # the best, where it is there


def write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def parsed(folder: Path, config: str = CONFIG) -> MatrixConfig:
    return parse_matrix(tomllib.loads(config), "m.toml", folder)


def made(folder: Path, config: str = CONFIG, **options: Any) -> Made:
    return run_matrix(parsed(folder, config), folder, **options)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def overview(tmp_path_factory: pytest.TempPathFactory) -> Overview:
    """Of the usual texts, for tests that only look."""
    folder = tmp_path_factory.mktemp("matrix")
    texts(folder)
    return made(folder).overview


def table(page: str, heading: str) -> list[list[str]]:
    part = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")]


def test_every_set_has_its_reports_and_the_overview_names_each_cell(folder: Path) -> None:
    told: list[str] = []
    overview = made(folder, said=told.append).overview
    assert [row.id for row in overview.rows] == ["news/de", "news/fr", "talks/de"]
    assert [line.partition(":")[0] for line in told] == ["1 of 3", "2 of 3", "3 of 3"]
    result = json.loads((folder / "reports" / "news.de" / "result.json").read_text())
    (score,) = result["systems"][0]["scores"]
    assert overview.rows[0].cell("good").scores == {"chrf": score["value"]}
    assert [row.cell("gone").status for row in overview.rows] == ["scored", "missing", "missing"]
    page = (folder / "reports" / "overview.md").read_text()
    assert page == markdown(overview)
    assert [row[-1] for row in table(page, "chrF ↑")[2:5]] == ["**100.00**", "missing", "missing"]
    assert "Of 9 cells 2 missing." in page


def test_who_lacks_a_cell_has_no_place_among_the_complete(overview: Overview) -> None:
    found = means(overview, "chrf")
    assert [mean.system for mean in found.complete] == ["good", "poor"]  # not `gone`, though its only score is the best
    expected = math.fsum(row.cell("good").scores["chrf"] for row in overview.rows) / 3
    assert found.complete[0].value == pytest.approx(expected)
    (partial,) = found.partial
    assert (partial.system, partial.rows, partial.value) == ("gone", 1, 100.0)
    page = markdown(overview)
    assert table(page, "chrF ↑")[5][1:] == [f"{mean.value:.2f}" for mean in found.complete] + ["–"]
    beside = table(page, "chrF: systems with missing cells")[2]
    de = overview.rows[0]
    assert beside == ["gone", "1 of 3", "100.00", f"{de.cell('good').scores['chrf']:.2f}", beside[4]]


def test_what_has_no_score_stands_first_in_the_reading_list(overview: Overview) -> None:
    rows = table(markdown(overview), "Worst cells first")[2:]
    assert [row[1:3] for row in rows[:2]] == [["gone", "missing"]] * 2
    gaps = [float(row[3].split()[0]) for row in rows[2:]]
    assert gaps == sorted(gaps, reverse=True)


def test_a_set_that_cannot_be_evaluated_does_not_stop_the_others(folder: Path) -> None:
    write(folder / "poor" / "news.fr", LINES[:3])
    done = made(folder)
    assert len(done.errors) == 1
    assert "news/fr: " in done.errors[0]
    assert "3 lines and the reference 15" in done.errors[0]
    statuses = [[cell.status for cell in row.cells] for row in done.overview.rows]
    assert statuses == [["scored"] * 3, ["failed", "failed", "missing"], ["scored", "scored", "missing"]]
    assert "mean over 2 of 3 sets" in markdown(done.overview)


def test_only_runs_some_and_keeps_what_stands(folder: Path) -> None:
    first = made(folder)
    pages = {path: path.read_bytes() for path in (folder / "reports").rglob("*") if path.is_file()}
    told: list[str] = []
    again = made(folder, only=["set=talks"], said=told.append)
    assert told == ["1 of 1: talks/de done"]
    assert again.ran == ("talks/de",)
    assert again.overview == first.overview
    assert {path: path.read_bytes() for path in (folder / "reports").rglob("*") if path.is_file()} == pages


def test_a_reference_that_is_not_there_is_no_missing_text(folder: Path) -> None:
    more = CONFIG.replace('"fr"]', '"fr", "cs"]')
    for only in ([], ["new"]):
        done = made(folder, more, only=only)
        assert done.errors == ("news/cs: ref.news.cs: no such file",)
        assert {cell.status for cell in done.overview.rows[2].cells} == {"failed"}
    assert "ref.news.cs: no such file" in markdown(done.overview)
    assert not made(folder, more, only=["set=talks"]).errors
    write(folder / "ref.news.cs", LINES)
    assert {cell.status for cell in made(folder, more, only=["set=talks"]).overview.rows[2].cells} == {"missing"}


@pytest.mark.slow
def test_a_row_whose_files_have_changed_is_marked_and_is_new(folder: Path) -> None:
    made(folder)
    write(folder / "good" / "news.de", LINES)
    kept = made(folder, only=["set=talks"]).overview
    assert [row.stale for row in kept.rows] == [True, False, False]
    assert "news/de (stale)" in markdown(kept)
    told: list[str] = []
    renewed = made(folder, only=["new"], said=told.append).overview
    assert told == ["1 of 1: news/de done"]
    assert not any(row.stale for row in renewed.rows)
    assert renewed == made(folder).overview


@pytest.mark.slow
def test_a_system_that_came_is_new_everywhere_it_has_a_text(folder: Path) -> None:
    made(folder)
    more = CONFIG + '[[system]]\nname = "late"\npath = "late/{set}.{lang}"\n'
    write(folder / "late" / "news.de", LINES)
    kept = made(folder, more, only=["set=talks"]).overview
    assert [row.cell("late").status for row in kept.rows] == ["not run", "missing", "missing"]
    assert made(folder, more, only=["new"]).overview == made(folder, more).overview


def test_rows_that_were_never_run_are_said_to_be_so(folder: Path) -> None:
    overview = made(folder, only=["lang=fr"]).overview
    assert [row.cell("good").status for row in overview.rows] == ["not run", "scored", "not run"]
    assert means(overview, "chrf").rows == 1


@pytest.mark.slow
def test_processes_change_no_byte(folder: Path) -> None:
    made(folder)
    pages = {path: path.read_bytes() for path in (folder / "reports").rglob("*") if path.is_file()}
    made(folder, jobs=2)
    assert {path: path.read_bytes() for path in (folder / "reports").rglob("*") if path.is_file()} == pages


def test_no_name_becomes_markup(folder: Path) -> None:
    evil = '<img src=x>|[a](javascript:1)**\\"'
    config = CONFIG.replace('"good"\n', f"'{evil}'\n", 1).replace('"weekly"', "'<script>1</script>'")
    overview = made(folder, config).overview
    page = html(overview)
    assert "<img" not in page
    assert "<script" not in page
    assert "&lt;img src=x&gt;" in page
    text = markdown(overview)
    assert "<" not in text.replace("&lt;", "")
    head = next(line for line in text.splitlines() if line.startswith("| set "))
    assert len(re.findall(r"(?<!\\)\|", head)) == 5


def test_a_wide_table_says_on_a_small_screen_that_it_moves(overview: Overview) -> None:
    page = html(overview)
    hint = '<p class="soft narrow">Where columns are cut off, move the table sideways.</p>'
    tables = re.findall(r"<thead>(.*?)</thead>", page, re.DOTALL)
    assert page.count(hint) == sum(head.count("<th ") > 3 for head in tables) > 0
    assert ".narrow { display: none; }" in page


def test_a_page_loads_nothing(overview: Overview) -> None:
    page = unescape(html(overview))
    assert "default-src 'none'; style-src 'sha256-" in page
    assert not re.search(r"<(script|link|img|iframe)\b|https?://", page)


def test_a_folder_of_the_user_is_left_alone(folder: Path) -> None:
    (folder / "reports").mkdir()
    (folder / "reports" / "overview.md").write_text("mine")
    with pytest.raises(InputError, match="did not write there"):
        made(folder)
    assert (folder / "reports" / "overview.md").read_text() == "mine"


def test_an_overview_that_is_none_is_an_error(folder: Path) -> None:
    (folder / "reports").mkdir()
    for content in (b"{}", b'{"name": "\xc5"}', b"\xff"):
        (folder / "reports" / "overview.json").write_bytes(content)
        with pytest.raises(InputError, match="not an overview of evalkit"):
            made(folder)


def test_the_test_over_sets_is_the_share_of_turned_signs_as_far_from_zero() -> None:
    assert flipped([[1.0] * 6], 1) == [2 / 64]
    assert flipped([[1.0, -1.0, 2.0, -2.0]], 1) == [1.0]
    many = [0.5] * 20
    assert flipped([many], 1)[0] < 0.01
    assert flipped([many], 1) == flipped([many], 1)
    (p,) = flipped([[1.0, -1.0] * 10], 1)
    assert p == 1.0


@pytest.mark.slow
def test_clusters_over_sets_need_six_of_them(tmp_path: Path) -> None:
    langs = ["de", "fr", "it", "es", "nl", "sv"]
    config = (
        CONFIG.partition("[[set]]")[0] + f'[[set]]\nname = "news"\nlanguages = {langs}\nreferences = ["ref.{{lang}}"]\n'
    )
    config += '[[system]]\nname = "good"\npath = "good/{lang}"\n[[system]]\nname = "poor"\npath = "poor/{lang}"\n'
    for lang in langs:
        lines = [f"{lang} {line}" for line in LINES]
        write(tmp_path / f"ref.{lang}", lines)
        write(tmp_path / "good" / lang, [line.replace("old", "new") for line in lines])
        write(
            tmp_path / "poor" / lang, [line.replace("river runs", "water goes").replace("old", "big") for line in lines]
        )
    overview: Overview = made(tmp_path, config).overview
    found = means(overview, "chrf")
    assert [(ranked.system, ranked.cluster) for ranked in found.ranked] == [("good", 1), ("poor", 2)]
    assert found.complete[0].first == 6
    assert "Over the sets it is shown to be better than every other." in markdown(overview)
    fewer = made(tmp_path, config.replace("'sv'", "'sv'").replace(", 'sv'", ""), overwrite=True).overview
    assert "too few to show a difference" in means(fewer, "chrf").why
