"""What is shown beside a BLEU score is what sacrebleu shows."""

from __future__ import annotations

import pytest
from sacrebleu.metrics.bleu import BLEU

from evalkit.scorers.bleu import Bleu

REFERENCE = ["the cat sat on the mat today", "a dog ran away", "it rains"]
TEXTS = {
    "same": REFERENCE,
    "short": ["the cat", "a dog ran", "it rains"],
    "long": ["the cat sat on the mat today and slept", "a big dog ran far away", "it rains again"],
    "few": ["the mat", "ran", "rains"],
    "nothing": ["xx yy", "zz", "ww"],
    "empty": ["", "", ""],
}
METHODS = [("exp", None), ("floor", None), ("floor", 0.5), ("add-k", None), ("add-k", 2.0), ("none", None)]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("method", "value"), METHODS)
def test_precisions_penalty_and_lengths(text: str, method: str, value: float | None) -> None:
    theirs = BLEU(smooth_method=method, smooth_value=value).corpus_score(TEXTS[text], [REFERENCE])
    bare = BLEU(smooth_method="none").corpus_score(TEXTS[text], [REFERENCE])  # add-k changes the counts it is given
    counts = [bare.sys_len, bare.ref_len, *bare.counts, *bare.totals]
    ours = Bleu(smooth_method=method, smooth_value=value).detail([float(count) for count in counts])
    assert ours == theirs._verbose
