"""Rows and scores against the public calls of sacrebleu and jiwer, for any text and any options."""

import logging
import random

import jiwer
import pytest
import sacrebleu
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF, TER

from evalkit.plugins import Registry, spec_of
from evalkit.records import Unit
from tests.scorers.scored_units import passage, total, unit, wmt_units

pytestmark = [pytest.mark.usefixtures("plain_sums"), pytest.mark.slow]
# Few words, so that matches, repeats and shifts happen; punctuation, capitals, tabs, Chinese, empty texts.
WORDS = ["the", "The", "cat", "sat", "on", "mat.", "(well)", "a\tb", "no-one", "3.5%", "上海", "合作。", ",", "“so”"]
texts = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
bundles = st.lists(st.tuples(texts, st.lists(texts, min_size=1, max_size=3)), min_size=1, max_size=6)

SACREBLEU = [
    ("bleu", BLEU, {}),
    ("bleu", BLEU, {"lowercase": True, "tokenize": "intl", "effective_order": True}),
    ("bleu", BLEU, {"smooth_method": "floor", "smooth_value": 0.2, "tokenize": "zh"}),
    ("bleu", BLEU, {"smooth_method": "add-k", "max_ngram_order": 3, "tokenize": "char"}),
    ("bleu", BLEU, {"smooth_method": "none", "tokenize": "none"}),
    ("chrf", CHRF, {}),
    ("chrf++", CHRF, {"word_order": 2}),
    ("chrf", CHRF, {"char_order": 4, "beta": 3, "whitespace": True, "lowercase": True}),
    ("chrf++", CHRF, {"word_order": 2, "eps_smoothing": True}),
    ("ter", TER, {}),
    ("ter", TER, {"normalized": True, "asian_support": True}),
    ("ter", TER, {"no_punct": True, "case_sensitive": True}),
]
IDS = [f"{name}-{'-'.join(options) or 'default'}" for name, _, options in SACREBLEU]


def made(name, options):
    """The scorer, by way of its spec as text, which must not change an option."""
    return Registry().make("scorer", spec_of(Registry().make("scorer", {"name": name, **options})))


@pytest.mark.parametrize(("name", "metric", "options"), SACREBLEU, ids=IDS)
@settings(max_examples=25, deadline=None)
@given(bundles=bundles)
def test_sacrebleu(name, metric, options, bundles):
    """Corpus score and signature of `corpus_score`, also where the number of references differs by unit."""
    scorer, theirs = made(name, options), metric(**options)
    most = max(len(refs) for _, refs in bundles)
    streams = [[refs[i] if i < len(refs) else None for _, refs in bundles] for i in range(most)]
    expected = theirs.corpus_score([text for text, _ in bundles], streams).score
    rows = scorer.measure([unit(text, *refs) for text, refs in bundles])
    assert scorer.value(total(rows)) == pytest.approx(expected, rel=1e-12, abs=0)
    counts = {len(refs) for _, refs in bundles}
    assert scorer.signature(str(counts.pop()) if len(counts) == 1 else "var") == theirs.get_signature().format()


@pytest.mark.parametrize(("name", "metric", "options"), SACREBLEU, ids=IDS)
@settings(max_examples=25, deadline=None)
@given(candidate=texts, references=st.lists(texts, min_size=1, max_size=2))
def test_sacrebleu_segments(name, metric, options, candidate, references):
    """`segment` is `sentence_score`; for BLEU with effective order, as `sacrebleu.sentence_bleu` has it."""
    scorer, theirs = made(name, options), metric(**options)
    if isinstance(theirs, BLEU):
        theirs.effective_order = True
    (row,) = scorer.measure([unit(candidate, *references)])
    assert scorer.segment(row) == theirs.sentence_score(candidate, references).score
    if name == "bleu" and not options:
        assert scorer.segment(row) == sacrebleu.sentence_bleu(candidate, references).score


def test_ter_on_real_sentences(data):
    """Long sentences with shifts: 50 segments against the live metric."""
    units = random.Random(1).sample(wmt_units(data("wmt/wmt23.zh-en"), "ONLINE-W", "refA"), 50)
    scorer = Registry().make("scorer", "ter")
    expected = TER().corpus_score([u.candidate.text for u in units], [[u.references[0].text for u in units]])
    rows = scorer.measure(units)
    assert scorer.value(total(rows)) == expected.score
    assert total(rows) == [expected.num_edits, expected.ref_length]


@pytest.mark.parametrize("name", ["wer", "mer", "wil", "cer"])
@settings(max_examples=40, deadline=None)
@given(pairs=st.lists(st.tuples(texts, texts), min_size=1, max_size=6))
def test_jiwer(name, pairs):
    """The public call over all texts at once gives the value of the summed rows."""
    scorer = Registry().make("scorer", name)
    rows = scorer.measure([unit(candidate, reference) for candidate, reference in pairs])
    candidates, references = [c for c, _ in pairs], [r for _, r in pairs]
    expected = 100 * getattr(jiwer, name)(references, candidates)
    assert scorer.value(total(rows)) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", ["wer", "mer", "wil", "cer"])
def test_jiwer_takes_the_best_reference(name):
    scorer = Registry().make("scorer", name)
    far, near, same = unit("a b c", "x y z w"), unit("a b c", "a b d"), unit("a b c", "x y z w", "a b d")
    assert scorer.measure([same]) == scorer.measure([near]) != scorer.measure([far])
    # Equal rates, different counts: the first reference stays.
    assert scorer.measure([unit("", "one", "one two")]) == scorer.measure([unit("", "one")])
    assert scorer.signature("1") == "jiwer|case:mixed|transform:default|version:4.0.0"
    assert (
        scorer.signature("2") == scorer.signature("var") == "jiwer|case:mixed|transform:default|refs:best|version:4.0.0"
    )


def test_no_log_lines(caplog):
    """sacrebleu warns about text that looks tokenized and about sentence BLEU; evalkit keeps its log clean."""
    scorer = Registry().make("scorer", "bleu(lang=ja, tokenize=13a)")
    with caplog.at_level(logging.DEBUG):
        rows = scorer.measure([unit("it sat .", "it sat .")] * 200)
        scorer.segment(rows[0])
    assert caplog.records == []


@pytest.mark.parametrize("spec", ["bleu", "chrf", "chrf++", "ter", "wer", "mer", "wil", "cer"])
@settings(max_examples=15, deadline=None)
@given(bundles=bundles, cut=st.integers(0, 6))
def test_laws(spec, bundles, cut):
    """Chunking changes nothing, rows are floats, a perfect copy is best, a missing side is an empty text."""
    scorer = Registry().make("scorer", spec)
    units = [unit(text, *refs) for text, refs in bundles]
    rows = scorer.measure(units)
    assert scorer.measure(units[:cut]) + scorer.measure(units[cut:]) == rows
    assert all(type(number) is float for row in rows for number in row)
    words = "one two three four five"
    (copy,) = scorer.measure([unit(words, words)])
    best = scorer.value(copy)
    assert best == pytest.approx(100 if scorer.better == "higher" else 0)
    for row in rows:
        assert scorer.segment(row) <= best + 1e-9 if scorer.better == "higher" else scorer.segment(row) >= best
    omitted = Unit("u", "d", "omitted", 1.0, None, (passage(words),))
    added = Unit("u", "d", "added", 1.0, passage(words), ())
    assert scorer.measure([omitted, added]) == scorer.measure([unit("", words), unit(words, "")])
    assert scorer.measure([]) == []
