"""The kernel's rows are the libraries', number by number, for any text and any options."""

from __future__ import annotations

from importlib.metadata import version
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evalkit.kernel import batches, native
from evalkit.kernel.streams import candidate_text, streams_of
from evalkit.kernel.tables import Table
from evalkit.plugins import Registry
from evalkit.plugins.protocols import Row
from evalkit.records import Passage, Segment, Unit
from evalkit.scorers import _sacrebleu as sacre
from evalkit.scorers._counting import Counting
from tests.kernel.calls import run

pytestmark = pytest.mark.slow

SPECS = [
    "bleu", "bleu(tokenize=none)", "bleu(tokenize=char)", "bleu(tokenize=zh, lowercase=yes)", "bleu(tokenize=intl)",
    "bleu(max_ngram_order=6)", "chrf", "chrf++", "chrf(whitespace=yes, lowercase=yes)",
    "chrf++(eps_smoothing=yes, beta=3)", "chrf(char_order=8, word_order=1)", "chrf(char_order=0, word_order=3, beta=0)",
    "ter", "ter(normalized=yes, asian_support=yes)", "ter(no_punct=yes, asian_support=yes, case_sensitive=yes)",
    "wer", "mer(lowercase=yes)", "wil", "cer",
]  # fmt: skip
# Whatever a rule of one of the tools treats in its own way.
PIECES = [
    *".,-'\"&;!?(){}<>/#%_0159azAZ \t\n\r\x00\x0b\x1c\x1f\x7f\x85\xa0ßİΣςé½²٣Ⅷ、。！「・ア漢上한’“”‘–…€™→😀\u0301",
    *"\u1680\u180e\u2001\u200b\u200d\u2028\u202f\u205f\u2a6d\u2a6e\u2f81\u3000\u4db6\ufa2d\ufeff\uffef\ufffd\U00020000",
    "&quot;", "&amp;", "&lt;", "&gt;", "&amp;lt;", "<skipped>", "-\n", "\n-", "'s ", "1,000.5",
    " the", " cat", " mat.", "  ",
]  # fmt: skip
odd = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
# Few words: matches, ties and shifts happen all the time.
alike = st.integers(1, 6).flatmap(lambda n: st.lists(st.sampled_from("abcdef"[:n]), max_size=35)).map(" ".join)
texts = st.one_of(odd, alike, st.text(max_size=30))
bundles = st.lists(st.tuples(texts, st.lists(texts, max_size=4)), min_size=1, max_size=4)


def unit(candidate: str | None, *references: str) -> Unit:
    def passage(text: str) -> Passage:
        return Passage((Segment("s", "d", 0, len(text), text),), text, "")

    mine = None if candidate is None else passage(candidate)
    return Unit("u", "d", "1-1", 1.0, mine, tuple(map(passage, references)))


def assert_same(spec: str, units: list[Unit]) -> None:
    scorer = Registry().make("scorer", spec)
    assert scorer.measure(units) == by_library(scorer, units)


def by_library(scorer: Counting, units: list[Unit]) -> list[Row]:
    return scorer._by_library([candidate_text(u) for u in units], streams_of(units))


@pytest.mark.parametrize("spec", SPECS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bundles=bundles)
@example(bundles=[("", []), ("a", []), ("", ["", "a"]), ("\x00", ["\x00", "\x00 \x00"])])
@example(bundles=[(".,.5", [",.", "5-.5"]), ("1.,2 -3 4-5", ["1,.2", "a.,b"]), (".", [".", ",5", "5,"])])
@example(bundles=[("a-\n", ["a-\nb"]), ("&amp;quot;", ['"', "&quot;"]), ("<skip<skipped>ped>", ["<skipped>"])])
@example(bundles=[("x's\ty", ["x's\xa0y\xa0z", "x's y"]), ("ΑΣ", ["ας", "ΑΣ."]), ("İ", ["i̇"])])
def test_any_text(spec: str, bundles: list[tuple[str, list[str]]]) -> None:
    assert_same(spec, [unit(candidate, *references) for candidate, references in bundles])


@pytest.mark.parametrize("spec", SPECS)
def test_texts_at_the_limits(spec: str) -> None:
    """More characters or words than the packed n-gram keys hold; long and repetitive texts; a missing side."""
    characters = "".join(map(chr, range(0xA000, 0xA000 + 1500)))
    words = " ".join(map(str, range(200)))
    units = [
        unit(characters, characters[::-1]),
        unit(words, words.replace("7 ", "70 ")),
        unit("a " * 200, "a " * 190 + "b " * 20),
        unit("ab" * 300, "ba" * 290, "b" * 500),
        unit("one two", words),  # far shorter than its reference: sacrebleu's beam is wider there
        unit(words, "199"),
        unit(None, "one two"),
        unit("one two"),
    ]
    assert_same(spec, units)


def test_many_distinct_words(kernel: native.Kernel) -> None:
    """Beyond 65,535 words a BLEU n-gram has no packed key."""
    words = [f"w{i}" for i in range(70_000)]
    candidate, reference = " ".join(words[:1] + words[2:]), " ".join(words)
    (table,) = run(kernel, kernel.bleu("none", 4), 10, [[candidate]], [[reference]])
    assert table[0] == (69_999, 70_000, 69_999, 69_997, 69_996, 69_995, 69_999, 69_998, 69_997, 69_996)


def test_beam_of_long_texts() -> None:
    """Words far from where they belong: the beam decides, and the tie rules of the way back."""
    words = [f"w{i % 37}" for i in range(160)]
    for cut in (10, 40, 80, 120):
        assert_same("ter", [unit(" ".join(words[cut:] + words[:cut]), " ".join(words))])
        assert_same("ter", [unit(" ".join(words[cut:]), " ".join(words[: 160 - cut // 2]), " ".join(words))])


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_wide_beam(size: int) -> None:
    """Candidates about 50 times shorter than the reference and shorter still, where the beam grows with the ratio."""
    for length in (48, 50, 51, 52, 57, 80, 120):
        reference = [f"w{i * i % 29}" for i in range(size * length)]
        middle = reference[len(reference) // 2 :][:size]
        units = [unit(" ".join(words), " ".join(reference)) for words in (middle, middle[::-1], reference[-size:])]
        assert_same("ter", units)


def test_lone_surrogates_go_to_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    units = [unit("a b", "a c"), unit("a \ud800", "a b"), unit("b", "b", "\udfff")]
    seen = []
    monkeypatch.setattr(
        sacre,
        "measure",
        lambda metric, texts, *rest, real=sacre.measure: seen.append(len(texts)) or real(metric, texts, *rest),
    )
    for spec in ("bleu", "chrf", "ter", "wer", "cer"):
        assert_same(spec, units)
    assert seen == [1, 1, 3] * 3


def test_switched_off_changes_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    units = [unit("The cat sat, on 3.5 mats.", "The cat sat on 3,5 mats."), unit("", "a"), unit("a")]
    for spec in SPECS:
        scorer = Registry().make("scorer", spec)
        monkeypatch.delenv("EVALKIT_KERNEL", raising=False)
        rows, signature = scorer.measure(units), scorer.signature("1")
        monkeypatch.setenv("EVALKIT_KERNEL", "off")
        assert native.load() is None
        assert (scorer.measure(units), scorer.signature("1")) == (rows, signature)


def test_options_beyond_the_kernel_go_to_the_library(kernel: native.Kernel) -> None:
    for spec in ("bleu(max_ngram_order=17)", "chrf(char_order=17)"):
        scorer = Registry().make("scorer", spec)
        assert scorer.engine() == f"sacrebleu {version('sacrebleu')}"
        assert scorer.measure([unit("a b", "a b")])
    assert Registry().make("scorer", "bleu(tokenize=intl)").engine() == "kernel"
    assert not native.covers_bleu(kernel, "ja-mecab", 4, 0)


SYSTEMS = [["a b c d", "x", "", "\ud800", "b\na"] * 300, ["d c b a", "x x", "y", "q", "a b"] * 300]
REFERENCES = [["a b c d e", "x", None, "q", "a\nb"] * 300, ["a c", None, None, "a b", None] * 300]


@pytest.mark.parametrize("spec", SPECS)
def test_all_systems_at_once_are_the_systems_one_by_one(spec: str) -> None:
    """Whatever the number of threads; and a table's scores are the scores of its rows, by kernel and by library."""
    scorer = Registry().make("scorer", spec)
    tables = scorer.measure_texts(SYSTEMS, REFERENCES)
    expected = [
        [unit(text, *(t for t in of_text if t is not None)) for text, *of_text in zip(system, *REFERENCES, strict=True)]
        for system in SYSTEMS
    ]
    assert [list(table) for table in tables] == [by_library(scorer, units) for units in expected]
    for jobs in (2, 3, 8):
        assert scorer.measure_texts(SYSTEMS, REFERENCES, jobs) == tables
    plug_in = SimpleNamespace(measure=scorer.measure, value=scorer.value, segment=scorer.segment)
    assert batches.measure_all(plug_in, SYSTEMS, REFERENCES) == tables
    sums = Table.of([table.total() for table in tables])
    for table in (*tables, sums):
        assert list(scorer.values(table)) == [scorer._value_by_library(row, False) for row in table]
        assert list(scorer.segments(table)) == [scorer._value_by_library(row, True) for row in table]
        assert batches.segments(plug_in, table) == batches.segments(scorer, table)
        assert batches.values(plug_in, table) == batches.values(scorer, table)


@pytest.mark.parametrize(
    "spec",
    [
        "bleu",
        *(f"bleu(smooth_method={m}, effective_order=yes)" for m in ("none", "floor", "add-k", "exp")),
        *(f"bleu(smooth_method={m})" for m in ("none", "floor", "add-k")),
        "bleu(smooth_method=add-k, smooth_value=0.37)", "bleu(smooth_method=floor, smooth_value=0)",
        "bleu(max_ngram_order=7)", "chrf", "chrf++(beta=3)", "chrf(eps_smoothing=yes)", "ter", "wer", "mer", "wil",
    ],
)  # fmt: skip
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_scores_of_any_row(spec: str, data: st.DataObject) -> None:
    """Also of rows that no text gives."""
    scorer = Registry().make("scorer", spec)
    number = st.integers(0, 9) | st.integers(0, 10_000_000)
    row = st.lists(number, min_size=scorer._width(), max_size=scorer._width())
    table = Table.of(data.draw(st.lists(row, min_size=1, max_size=5)))
    assert list(scorer.values(table)) == [scorer._value_by_library(row, False) for row in table]
    assert list(scorer.segments(table)) == [scorer._value_by_library(row, True) for row in table]


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="differ in their number of segments"):
        Registry().make("scorer", "bleu").measure_texts([["a"]], [["a", "b"]])


def test_no_segments() -> None:
    assert [len(table) for table in Registry().make("scorer", "bleu").measure_texts([[], []], [[]])] == [0, 0]
    assert Registry().make("scorer", "bleu").measure_texts([], [["a"]]) == []
