"""White space, Chinese, punctuation: the kernel takes for it what Python and the tools do, for every code point."""

from __future__ import annotations

import sys
from importlib.metadata import version
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from sacrebleu.tokenizers.tokenizer_intl import TokenizerV14International
from sacrebleu.tokenizers.tokenizer_zh import TokenizerZh

from evalkit.kernel import native
from tests.kernel.calls import run

pytestmark = pytest.mark.slow

POINTS = [c for c in range(sys.maxunicode + 1) if not 0xD800 <= c < 0xE000]


def lengths(kernel: native.Kernel, texts: list[str], tokenizer: str) -> list[int]:
    (table,) = run(kernel, kernel.bleu(tokenizer, 1), 4, [texts], [[""] * len(texts)])
    return [int(row[0]) for row in table]


def test_white_space(kernel: native.Kernel) -> None:
    low = [c for c in POINTS if c < 0x3100]
    texts = [f"a{chr(c)}b" for c in low] + ["".join(map(chr, POINTS[len(low) :]))]
    assert lengths(kernel, texts, "none") == [len(text.split()) for text in texts]
    edges = [f"{chr(c)}a{chr(c)}" for c in low]
    (counted,) = run(kernel, kernel.edits(True, "wer"), 4, [edges], [[""] * len(edges)])
    assert [int(row[3]) for row in counted] == [len(text.strip()) for text in edges]


@pytest.mark.parametrize(("name", "tokenizer"), [("zh", TokenizerZh), ("intl", TokenizerV14International)])
def test_classes(kernel: native.Kernel, name: str, tokenizer: type) -> None:
    """A character between letters, between digits and before a comma shows its class."""
    step = [c for c in POINTS if c < 0x10000 or 0x1D000 <= c < 0x21000 or c % 97 == 0]
    texts = ["|".join(f"a{chr(c)}b 1{chr(c)}2 {chr(c)},c" for c in step[i : i + 200]) for i in range(0, len(step), 200)]
    call = tokenizer()
    assert lengths(kernel, texts, name) == [len(call(text).split()) for text in texts]


def test_the_table_of_classes_is_that_of_the_installed_regex(root: Path) -> None:
    """To renew it, run `python benchmarks/unicode_classes.py` and build again."""
    spec = spec_from_file_location("unicode_classes", root / "benchmarks" / "unicode_classes.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.TARGET.read_text(encoding="ascii") == module.header()
    assert version("regex") in module.header()


def test_another_version_of_regex_with_the_same_classes_is_counted_by_the_kernel(
    kernel: native.Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel, "regex_version", "1.0")
    native._has_classes_of_regex.cache_clear()
    assert native.covers_bleu(kernel, "intl", 4, 0.0)
    monkeypatch.setattr(kernel, "classes", "other")
    native._has_classes_of_regex.cache_clear()
    assert not native.covers_bleu(kernel, "intl", 4, 0.0)
    native._has_classes_of_regex.cache_clear()
