"""What a configuration with sets and systems says, and what it may not say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evalkit.errors import ConfigError
from evalkit.matrix.config import chosen, parse_matrix


def matrix(tmp_path: Path, **changes: Any) -> dict[str, Any]:
    for system in ("a", "b"):
        for lang in ("de", "zh-TW"):
            (tmp_path / f"{system}.news.{lang}").write_text("x\n")
    data: dict[str, Any] = {
        "metrics": ["chrf"],
        "detectors": [],
        "terms": ["common.yaml"],
        "set": [
            {"name": "news", "languages": ["de", "zh-TW"], "references": ["{set}.{lang}"], "tags": ["n"]},
            {"name": "talks", "languages": ["de"], "references": ["t.{lang}"]},
        ],
        "system": [{"name": "a", "path": "a.{set}.{lang}"}, {"name": "b", "path": "b.{set}.{lang}"}],
    }
    return {**data, **changes}


def test_a_set_in_a_language_is_an_evaluation_of_the_systems_that_have_it(tmp_path: Path) -> None:
    (tmp_path / "b.news.de").touch()
    data = matrix(tmp_path, language={"zh": {"metrics": [{"name": "bleu", "tokenize": "zh"}], "terms": ["zh.yaml"]}})
    (tmp_path / "b.news.zh-TW").unlink()
    de, zh, talks = parse_matrix(data, "m.toml", tmp_path).rows
    assert de.config is not None
    assert [(c.name, c.path, c.lang) for c in de.config.candidate] == [
        ("a", "a.news.de", "de"),
        ("b", "b.news.de", "de"),
    ]
    assert de.config.reference[0].path == "news.de"
    assert de.config.terms == ("common.yaml",)
    assert zh.config is not None
    assert zh.config.metrics == ({"name": "bleu", "tokenize": "zh"},)  # what stands for zh is meant for zh-TW too
    assert zh.config.terms == ("common.yaml", "zh.yaml")
    assert zh.absent == ("b",)
    assert talks.config is None
    assert talks.absent == ("a", "b")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"system": []}, "at least|length"),
        ({"set": [{"name": "a/b", "languages": ["de"]}]}, "regex|pattern|match"),
        ({"set": [{"name": "..", "languages": ["de"]}]}, "folder"),
        ({"set": [{"name": "x", "languages": ["de"], "reference": ["r"]}]}, "unknown key 'reference'.*references"),
        ({"candidate": [{"path": "x"}]}, r"no 'candidate'; name them as \[\[system\]\]"),
        ({"lang": "de"}, "no 'lang'; name it as `languages`"),
        ({"metrix": ["chrf"]}, "unknown key 'metrix'; did you mean 'metrics'"),
        ({"system": [{"name": "a", "path": "{sett}"}]}, "{sett} stands for nothing"),
        ({"system": [{"name": "a", "path": "a.news.de"}]}, "same text for news/de and news/zh-TW"),
        ({"system": [{"name": "a", "path": "x"}, {"name": "a", "path": "y"}]}, "two .* have the name 'a'"),
        ({"set": [{"name": "x", "languages": ["de", "de"]}]}, "twice in the language 'de'"),
        ({"set": [{"name": "x", "languages": ["de"], "references": ["\0"]}]}, "NUL"),
    ],
)
def test_what_makes_no_sense_is_said_with_a_remedy(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        parse_matrix(matrix(tmp_path, **changes), "m.toml", tmp_path)


@pytest.mark.parametrize(
    ("only", "ids"),
    [
        ([], ["news/de", "news/zh-TW", "talks/de"]),
        (["set=news"], ["news/de", "news/zh-TW"]),
        (["set=n*", "lang=de"], ["news/de"]),
        (["set=news", "set=talks", "lang=de"], ["news/de", "talks/de"]),
        (["tag=n"], ["news/de", "news/zh-TW"]),
        (["set=news/de"], ["news/de"]),  # as the overview names it
    ],
)
def test_only_chooses_rows(tmp_path: Path, only: list[str], ids: list[str]) -> None:
    assert [row.id for row in chosen(parse_matrix(matrix(tmp_path), "m.toml", tmp_path).rows, only)] == ids


@pytest.mark.parametrize(
    ("only", "said"),
    [
        (["set=newz"], "did you mean 'news'"),
        (["news"], "write set=NAME"),
        (["lang=xx"], r"fits no language \(languages: de, zh-TW\)"),
        (["tag=xx"], r"fits no tag \(tags: n\)"),
        (["set=talks", "lang=zh-TW"], "no set has all of these"),
    ],
)
def test_only_that_fits_nothing_says_what_there_is(tmp_path: Path, only: list[str], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        chosen(parse_matrix(matrix(tmp_path), "m.toml", tmp_path).rows, only)


@pytest.mark.parametrize("name", ["news\n", "a/b", "..", "", "a b"])
def test_a_sets_name_is_a_folders_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError):
        parse_matrix(matrix(tmp_path, set=[{"name": name, "languages": ["de"]}]), "m.toml", tmp_path)
