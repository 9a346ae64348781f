"""Work grows with the text, not with its square: counted in steps, not in seconds."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

import evalkit
from evalkit.detectors.punctuation.marks import unpaired
from evalkit.language.numbers.quantity import Quantity
from evalkit.plugins import Registry
from evalkit.records import Context, Document, Passage, Segment, Unit

pytestmark = pytest.mark.slow


def test_a_line_of_numbers_is_compared_by_what_can_match(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [" ".join(f"Name{i % 300}" for i in range(count)) + ".\n" for count in (1000, 2000)]
    real, steps = Quantity.matches, []
    for line in lines:
        (tmp_path / "a.txt").write_text(line)
        asked = [0]

        def counted(self: Quantity, other: Quantity, asked: list[int] = asked) -> bool:
            asked[0] += 1
            return real(self, other)

        monkeypatch.setattr(Quantity, "matches", counted)
        evalkit.check(tmp_path / "a.txt", tmp_path / "a.txt", detectors=["numbers"])
        steps.append(asked[0])
    assert steps[1] <= 2.5 * steps[0] + 100


@pytest.mark.parametrize("said", ["{} June {}, ", "Monday {} met, "])
def test_a_line_of_dates_is_held_against_another_in_steps_that_grow_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """Neither all dates with all, nor the whole line for each of them."""
    read = import_module("evalkit.detectors.numbers.pairs")
    scanned = import_module("evalkit.language.numbers.malformed")
    steps = []
    for number in (400, 800):
        days = [said.format(1 + i % 28, 1900 + i % 120) for i in range(number)]
        (tmp_path / "a.txt").write_text("".join(days) + "it was.\n")
        (tmp_path / "r.txt").write_text(
            "".join(day.replace("June", "May").replace("Mon", "Sun") for day in days) + "it was.\n"
        )
        asked = [0]

        def counted(real: Callable[..., object], asked: list[int] = asked) -> Callable[..., object]:
            def step(*given: object) -> object:
                asked[0] += 1
                return real(*given)

            return step

        monkeypatch.setattr(Quantity, "matches", counted(Quantity.matches))
        monkeypatch.setattr(read, "after", counted(read.after))
        monkeypatch.setattr(scanned, "_impossible_words", counted(scanned._impossible_words))
        evalkit.check(tmp_path / "a.txt", tmp_path / "r.txt", detectors=["numbers"])
        monkeypatch.undo()
        steps.append(asked[0])
    assert steps[1] <= 2.7 * steps[0] + 100


def test_of_very_many_numbers_each_is_held_against_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = import_module("evalkit.detectors.numbers.pairs")
    text = "7 " * 20_000
    segment = Segment("1", "1", 0, len(text), text)
    passage = Passage((segment,), text)
    unit = Unit("1", "1", "1-1", 1.0, passage, (passage,))
    numbers = [Quantity(at, at + 1, "number", frozenset()) for at in range(0, len(text), 2)]
    placed = pairs.placed(numbers, unit, passage)
    asked = [0]

    def likeness(*_: object) -> float:
        asked[0] += 1
        return 1.0

    monkeypatch.setattr(pairs, "_likeness", likeness)
    tracemalloc.start()
    found = pairs.pairs_of(placed, placed)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == len(placed)
    assert asked[0] <= 1_000_000
    assert peak < 30_000_000  # bytes; a tuple a pair took 110 million


@pytest.mark.parametrize("text", ["(a " * 20_000 + "] " * 20_000, "“a " * 20_000, "« ( „ " * 10_000])
def test_brackets_and_quotation_marks_left_open_end(text: str) -> None:
    assert unpaired([text], "en") is not None


def test_names_of_one_sound_are_not_compared_all_with_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mixed = import_module("evalkit.detectors.names.mixed")
    real, steps = mixed.letters, []
    for number in (1000, 2000):
        (tmp_path / "a.txt").write_text(" ".join(f"Name{i}" for i in range(number)) + ".\n")
        asked = [0]

        def counted(word: str, asked: list[int] = asked) -> str:
            asked[0] += 1
            return str(real(word))

        monkeypatch.setattr(mixed, "letters", counted)
        evalkit.check(tmp_path / "a.txt", detectors=["names"])
        steps.append(asked[0])
    assert steps[1] <= 2.5 * steps[0]


class Named(str):
    """The id of a document that counts how often it is compared."""

    compared = 0

    def __eq__(self, other: object) -> bool:
        Named.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def asked(number: int, work: Callable[[tuple[Unit, ...], Context], object]) -> int:
    """How often ids of documents are compared in a set of so many."""
    names = [Named(f"d{n}") for n in range(number)]
    text = "The council met."
    units = []
    for name in names:
        passages = [Passage((Segment(f"{name}:1", name, 0, len(text), text),), text, side) for side in ("", "r")]
        units.append(Unit(f"{name}:1", name, "1-1", 1.0, passages[0], (passages[1],)))
    documents = {name: Document(name, f"{name}.txt", text, "") for name in names}
    context = Context(system="s", lang="en", kind="translation", documents=documents, references={"r": documents})
    Named.compared = 0
    work(tuple(units), context)
    return Named.compared


@pytest.mark.parametrize("name", sorted({*Registry().names("detector")} - {"judge", "xcomet"}))  # these ask models
def test_a_detector_does_not_go_through_all_documents_for_each(name: str) -> None:
    detector = Registry().make("detector", name)
    few, many = (asked(number, lambda units, context: list(detector.find(units, context))) for number in (50, 100))
    assert many <= 2.5 * few + 100


SHAPES = {
    "one word": "a" * 300_000,
    "one letter a line": "a\n" * 40_000,
    "points": ". " * 100_000,
    "quotation marks": '"a ' * 50_000,
    "hyphens": "a-" * 100_000,
    "blanks": "a" + " " * 300_000 + "b",
    "hyphens at line ends": "a-\n" * 20_000,
    "brackets": "([" * 50_000,
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_a_text_of_a_hostile_shape_takes_little_of_the_processor(tmp_path: Path, text: str) -> None:
    """A minute of its time, not of the clock's: what grows as the square would take an hour."""
    resource = pytest.importorskip("resource")
    (tmp_path / "a.txt").write_text(text + "\n")
    (tmp_path / "r.txt").write_text("The council met.\nNobody came.\n")
    line = [sys.executable, "-m", "evalkit", "check", "a.txt", "-r", "r.txt", "-q", "--jobs", "1"]
    done = subprocess.run(
        line, cwd=tmp_path, capture_output=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (60, 60)),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-300:]


@pytest.mark.parametrize(
    "target", ['<g id="1">b</g>' * 80_000, "{0} %s " * 80_000], ids=["inline codes", "placeholders"]
)
def test_a_row_of_codes_that_its_source_has_not_is_judged_in_time(tmp_path: Path, target: str) -> None:
    resource = pytest.importorskip("resource")
    (tmp_path / "a.xlf").write_text(
        '<xliff version="1.2"><file><body><trans-unit id="1"><source>a</source><target>'
        f"{target}</target></trans-unit></body></file></xliff>"
    )
    line = [
        sys.executable,
        "-m",
        "evalkit",
        "check",
        "a.xlf",
        "-s",
        "a.xlf",
        "--source-lang",
        "de",
        "-q",
        "--jobs",
        "1",
    ]
    done = subprocess.run(
        line, cwd=tmp_path, capture_output=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (60, 60)),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.parametrize("shape", ["15 percent, ", "12.10.2020, ", "((( ", "{x} "])
def test_a_long_line_is_held_against_half_of_it_in_time(tmp_path: Path, shape: str) -> None:
    resource = pytest.importorskip("resource")
    for name, times in (("candidate", 4000), ("source", 2000)):
        (tmp_path / f"{name}.txt").write_text(f"{shape * times}\nIt is the end.\n")
    line = [sys.executable, "-m", "evalkit", "check", "candidate.txt", "-s", "source.txt", "--source-lang", "en", "-q"]
    done = subprocess.run(
        line, cwd=tmp_path, capture_output=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (60, 60)),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]


def test_a_long_paragraph_is_read_once_for_all_its_sentences(tmp_path: Path) -> None:
    """Neither the words nor the capitals of its source are looked at again for each sentence of the candidate."""
    left = import_module("evalkit.detectors.untranslated.english_left")
    casing = import_module("evalkit.detectors.casing")
    (tmp_path / "s.txt").write_text("They met here and went home again. " * 60 + "\nOne more line.\n")
    lines = "".join(f"Sie kamen zum Treffen Nummer {n} und gingen. " for n in range(60))
    (tmp_path / "t.txt").write_text(f"{lines}\nNoch eine Zeile.\n")
    for known in (left._words_of, casing._mostly_upper):
        known.cache_clear()
    evalkit.check(tmp_path / "t.txt", source=tmp_path / "s.txt", lang="de", source_lang="en", align="lines")
    evalkit.check(tmp_path / "t.txt", source=tmp_path / "s.txt", lang="de", source_lang="en")
    assert left._words_of.cache_info().misses <= 4  # two lines, and what stands beside no reference
    assert casing._mostly_upper.cache_info().misses <= 4
