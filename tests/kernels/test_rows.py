"""The kernel's rows are the libraries', number by number, for any text and any options."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evalkit.kernels import counting, native, sacre
from evalkit.model import Passage, Segment, Unit
from evalkit.plugins import Registry

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
    assert scorer.measure(units) == scorer._by_library(units)


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
    ((row,),) = kernel.bleu([[candidate]], [(reference,)], "none", 4)
    assert row == (69_999, 70_000, 69_999, 69_997, 69_996, 69_995, 69_999, 69_998, 69_997, 69_996)


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
        sacre, "measure", lambda metric, units, real=sacre.measure: seen.append(len(units)) or real(metric, units)
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


def test_options_beyond_the_kernel_go_to_the_library(monkeypatch: pytest.MonkeyPatch, kernel: native.Kernel) -> None:
    def no_kernel(*_: object, **__: object) -> None:
        raise AssertionError("the kernel was asked")

    monkeypatch.setattr(counting, "measure", no_kernel)
    for spec in ("bleu(max_ngram_order=17)", "chrf(char_order=17)", "chrf(beta=10001)"):
        assert Registry().make("scorer", spec).measure([unit("a b", "a b")])
    assert not native.covers_bleu(kernel, "ja-mecab", 4)
    monkeypatch.setattr(kernel, "regex_version", "2000.1.1")
    assert not native.covers_bleu(kernel, "intl", 4)


def test_several_systems_share_references(kernel: native.Kernel) -> None:
    """All systems at once are the systems one by one, also over block borders."""
    references = [("a b c d e", "a c"), ("x",), ("",)] * 2000
    systems = [["a b c d", "x", ""] * 2000, ["d c b a", "x x", "y"] * 2000]
    together = kernel.bleu(systems, references, "13a", 4)
    assert together == [kernel.bleu([system], references, "13a", 4)[0] for system in systems]
    assert kernel.ter(systems, references) == [kernel.ter([system], references)[0] for system in systems]
    assert [len(rows) for rows in kernel.edits(systems[0], references, False)] == [2, 1, 1] * 2000
