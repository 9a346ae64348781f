"""Files of several sides: a candidate brings its own source and reference, a reference its own source."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import evalkit
from evalkit.errors import ConfigError, InputError
from evalkit.plugins import Registry
from evalkit.records import Bitext
from evalkit.records.config import parse
from evalkit.records.result import Result

ROWS = [
    ("1", "Der Rat tagte.", "The council met.", "The council met."),
    ("2", "Es regnete.", "It snowed.", "It rained."),
]


def table(path: Path, rows: Sequence[Sequence[str]] = ROWS, columns: str = "id source text reference note") -> str:
    names = columns.split()
    lines = ["\t".join(["doc", *names])]
    for row in rows:
        cells = dict(zip(("id", "source", "text", "reference"), row, strict=True)) | {"note": f"note {row[0]}"}
        lines.append("\t".join(["d", *(cells[name] for name in names)]))
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def run(tmp_path: Path, **settings: object) -> Result:
    data = {"metrics": ["bleu"], "align": "lines", "detectors": [], "statistics": {"test": "none"}, **settings}
    return evalkit.evaluate(parse(data, "test"), folder=tmp_path)


def sources(result: Result) -> list[str | None]:
    return [unit.source.text if unit.source else None for unit in result.systems[0].units]


def test_a_table_gives_sides_ids_and_metadata(tmp_path: Path) -> None:
    bitext = Registry().make("reader", "table").read(table(tmp_path / "a.tsv"), "en")
    assert isinstance(bitext, Bitext)
    (target,), (source,), (reference,) = bitext.target, bitext.source, bitext.reference
    assert (target.lang, source.lang, reference.lang) == ("en", "", "en")
    assert [row.id for row in source.rows or ()] == ["1", "2"]
    row = target.row_at(target.text.index("snowed"))
    assert row is not None
    assert (row.id, dict(row.metadata)) == ("2", {"note": "note 2"})
    assert target.row_at(len(target.text) + 5) is None
    plain = Registry().make("reader", "table(sides=no)").read(table(tmp_path / "a.tsv"), "en")
    assert isinstance(plain, tuple)
    assert dict(plain[0].rows[0].metadata)["source"] == "Der Rat tagte."


def test_a_candidate_brings_its_source_and_its_reference(tmp_path: Path) -> None:
    table(tmp_path / "a.tsv")
    result = run(tmp_path, candidate=[{"path": "a.tsv"}], source={"lang": "de"})
    assert sources(result) == ["Der Rat tagte.", "Es regnete."]
    assert result.source is not None
    assert (result.source.path, result.source.lang) == ("a.tsv", "de")
    assert [r.path for r in result.references] == ["a.tsv"]
    assert 0 < result.systems[0].scores[0].value < 100
    assert not result.failures


def test_a_reference_may_be_a_bitext_too(tmp_path: Path) -> None:
    table(tmp_path / "mt.tsv", columns="id text")
    table(tmp_path / "edited.tsv", columns="id source text")
    result = run(tmp_path, candidate=[{"path": "mt.tsv"}], reference=[{"path": "edited.tsv"}])
    assert sources(result) == ["Der Rat tagte.", "Es regnete."]
    assert result.systems[0].scores[0].value == pytest.approx(100)


def test_what_is_named_takes_the_place_of_what_is_brought_and_that_is_said(tmp_path: Path) -> None:
    table(tmp_path / "a.tsv")
    table(tmp_path / "s.tsv", [(i, "", f"Quelle {i}", "") for i, *_ in ROWS], columns="id text")
    table(tmp_path / "r.tsv", [(i, "", text, "") for i, _, text, _ in ROWS], columns="id text")
    result = run(
        tmp_path, candidate=[{"path": "a.tsv"}], reference=[{"path": "r.tsv"}], source={"path": "s.tsv", "lang": "de"}
    )
    assert sources(result) == ["Quelle 1", "Quelle 2"]
    assert [failure.message for failure in result.failures] == [
        "the source that a.tsv brings was ignored, as s.tsv was given",
        "the reference that a.tsv brings was ignored, as r.tsv was given",
    ]


def test_two_sources_are_not_one(tmp_path: Path) -> None:
    table(tmp_path / "a.tsv")
    table(tmp_path / "b.tsv", [(i, source.upper(), text, ref) for i, source, text, ref in ROWS])
    with pytest.raises(InputError, match=r"a\.tsv and b\.tsv bring different source texts; give the one with -s"):
        run(tmp_path, candidate=[{"path": "a.tsv"}, {"path": "b.tsv"}])
    table(tmp_path / "b.tsv", [(i, source, ref, ref) for i, source, _, ref in ROWS])
    assert sources(run(tmp_path, candidate=[{"path": "a.tsv"}, {"path": "b.tsv"}])) == ["Der Rat tagte.", "Es regnete."]


def test_a_language_without_a_source_is_an_error(tmp_path: Path) -> None:
    table(tmp_path / "a.tsv", columns="id text")
    with pytest.raises(ConfigError, match="no file brings one"):
        run(tmp_path, candidate=[{"path": "a.tsv"}], source={"lang": "de"})


def test_sides_of_unlike_rows_are_refused(tmp_path: Path) -> None:
    (tmp_path / "plugin.py").write_text(
        "from dataclasses import dataclass\n"
        "from typing import ClassVar\n"
        "from evalkit.records import Bitext, Document, Row\n"
        "@dataclass(frozen=True)\n"
        "class Odd:\n"
        "    '''A source with a row too few.'''\n"
        "    kind: ClassVar[str] = 'reader'\n"
        "    name: ClassVar[str] = 'odd'\n"
        "    suffixes: ClassVar[tuple[str, ...]] = ('.odd',)\n"
        "    def read(self, path, lang):\n"
        "        one, two = Row('1', 0, 1), Row('2', 2, 3)\n"
        "        target = Document('d', path, 'a\\nb', '', lang, (one, two))\n"
        "        return Bitext((target,), source=(Document('d', path, 'a', '', '', (one,)),))\n"
    )
    (tmp_path / "a.odd").write_text("x")
    with pytest.raises(InputError, match=r"a\.odd: the rows of its source are not those of its text"):
        run(tmp_path, candidate=[{"path": "a.odd"}], plugins=["plugin.py"])


def test_every_row_has_the_columns_of_the_first(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"doc": "d", "text": "x", "source": "y"}\n{"doc": "d", "text": "x"}\n')
    with pytest.raises(InputError, match=r"a\.jsonl:2: no column 'source'.*in every row the same columns"):
        run(tmp_path, candidate=[{"path": "a.jsonl"}])
