"""Options that make no sense are refused by name; empty texts score what the docstrings say."""

import importlib.util
import pickle

import pytest
from sacrebleu.metrics import BLEU

from evalkit.errors import ConfigError, MissingExtraError
from evalkit.plugins import Registry
from evalkit.scorers import bleu
from tests.scorers.scored_units import total, unit


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("bleu(tokenize=13b)", r"unknown tokenizer '13b'; did you mean '13a'\? \(known: default, none, zh, 13a, intl"),
        ("bleu(smooth_method=exponential)", r"unknown smoothing method .*\(known: none, floor, add-k, exp\)"),
        ("bleu(smooth_value=0.5)", "smooth_value has no meaning with smooth_method 'exp'"),
        ("bleu(smooth_method=floor, smooth_value=nan)", "smooth_value nan"),
        ("bleu(max_ngram_order=0)", "max_ngram_order 0"),
        ("chrf(beta=-1)", "chrf: beta -1"),
        ("chrf++(char_order=0, word_order=0)", "both 0"),
    ],
)
def test_refused_options(spec, message):
    with pytest.raises(ConfigError, match=message):
        Registry().make("scorer", spec)


def test_known_values_are_those_of_sacrebleu():
    assert set(bleu.TOKENIZERS) == set(BLEU.TOKENIZERS)
    assert set(bleu.SMOOTH_METHODS) == set(BLEU.SMOOTH_DEFAULTS)
    assert bleu._BY_LANGUAGE == BLEU._TOKENIZER_MAP


@pytest.mark.parametrize(
    ("tokenizer", "package"), [("ja-mecab", "MeCab"), ("ko-mecab", "mecab_ko"), ("flores200", "sentencepiece")]
)
def test_missing_tokenizer_package(monkeypatch, tokenizer, package):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    scorer = Registry().make("scorer", f"bleu(tokenize={tokenizer})")
    with pytest.raises(MissingExtraError, match=f"{tokenizer}.*{package}"):
        scorer.measure([unit("a", "a")])


def test_tokenizer_models_are_never_downloaded(monkeypatch, tmp_path):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr("sacrebleu.utils.SACREBLEU_DIR", str(tmp_path))
    scorer = Registry().make("scorer", "bleu(tokenize=flores101)")
    with pytest.raises(ConfigError, match="downloads nothing"):
        scorer.measure([unit("a", "a")])


def test_language_chooses_the_tokenizer_only_where_none_is_named():
    make = Registry().make
    assert "tok:13a" in make("scorer", "bleu").signature("1")
    assert "tok:zh" in make("scorer", "bleu(lang=zh-CN)").signature("1")
    assert "tok:char" in make("scorer", "bleu(lang=zh, tokenize=char)").signature("1")
    assert "tok:none" in make("scorer", "bleu(lang=zh, tokenize=none)").signature("1")


@pytest.mark.parametrize("count", ["0", "-1", "many", ""])
def test_number_of_references_in_a_signature(count):
    for name in ("bleu", "wer"):
        with pytest.raises(ConfigError, match="number of references"):
            Registry().make("scorer", name).signature(count)


EMPTY = {  # two empty texts, empty candidate, empty reference of two words
    "bleu": (0, 0, 0), "chrf": (0, 0, 0), "chrf++": (0, 0, 0), "ter": (0, 100, 100),
    "wer": (0, 100, 200), "mer": (0, 100, 100), "wil": (0, 100, 100), "cer": (0, 100, 500),
}  # fmt: skip


@pytest.mark.parametrize("name", EMPTY)
def test_empty_texts(name):
    scorer = Registry().make("scorer", name)
    rows = scorer.measure([unit("", ""), unit("", "ab cd"), unit("ab cd", "")])
    assert tuple(scorer.segment(row) for row in rows) == tuple(scorer.value(row) for row in rows) == EMPTY[name]


def test_an_addition_is_charged_in_a_sum():
    for name, value in (("ter", 50), ("wer", 50), ("mer", 100 / 3), ("cer", 50)):
        scorer = Registry().make("scorer", name)
        # Two of four words (twelve of 24 characters) are added against nothing.
        rows = scorer.measure([unit("aaaaaa aaaaa bbbbbb bbbb", "aaaaaa aaaaa bbbbbb bbbb"), unit("aaaaaa aaaaa", "")])
        assert scorer.value(total(rows)) == pytest.approx(value), name


@pytest.mark.parametrize("name", ["bleu", "chrf++", "ter", "wer", "cer"])
def test_lower_case_option(name):
    option = "case_sensitive=no" if name == "ter" else "lowercase=yes"
    scorer = Registry().make("scorer", f"{name}({option})")
    (row,) = scorer.measure([unit("THE CAT SAT THERE NOW", "the cat sat there now")])
    assert scorer.value(row) == pytest.approx(100 if scorer.better == "higher" else 0)
    assert "case:lc" in scorer.signature("1")


def test_scorers_pickle_after_use():
    for name in EMPTY:
        scorer = Registry().make("scorer", name)
        rows = scorer.measure([unit("a b", "a c")])
        assert pickle.loads(pickle.dumps(scorer)) == scorer
        assert pickle.loads(pickle.dumps(scorer)).measure([unit("a b", "a c")]) == rows
