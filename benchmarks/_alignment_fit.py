"""Fits the coefficients of evalkit/aligners/_edges.py on the fitting halves of the data and prints them.

Usage: python benchmarks/_alignment_fit.py
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from _alignment_data import Case, bible, deplain, wmt

from evalkit.aligners import _edges

FIT_SYSTEMS = ("Online-G", "LanguageX", "DLUT")


def cases() -> Iterator[tuple[str, Case]]:
    """Everything to fit on, by kind; no document of it is measured in the benchmark."""
    yield from (("wmt perturbed", c) for c in wmt("wmt22.zh-en", FIT_SYSTEMS, "refA", True))
    yield from (("wmt", c) for c in wmt("wmt22.zh-en", FIT_SYSTEMS[:1], "refA", False))
    yield from (("humans", c) for c in wmt("wmt22.zh-en", FIT_SYSTEMS[1:2], "refB", True))
    yield from (("deplain", c) for c in deplain(0))
    yield from (("bible", c) for c in bible(0, 1))


def fit(evidence: np.ndarray, right: np.ndarray, weight: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Logistic regression by Newton steps with a small ridge."""
    beta = np.zeros(evidence.shape[1])
    penalty = np.full(len(beta), ridge)
    penalty[0] = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(evidence @ beta, -30, 30)))
        slope = evidence.T @ (weight * (right - p)) - penalty * beta
        curve = (evidence * (weight * p * (1 - p))[:, None]).T @ evidence + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        beta = beta + step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def main() -> None:
    """Two fits: the words alone, then with context, where the context is the first fit's and its own result."""
    loaded = []
    for kind, case in cases():
        pairs = _edges.Pairs(case.candidate, case.reference)
        right = np.array(
            [(i, j) in case.gold for i, j in zip(pairs.rows.tolist(), pairs.columns.tolist(), strict=True)], float
        )
        loaded.append((kind, pairs, pairs.lexical(), right))
    totals: dict[str, float] = {}
    for kind, _, _, right in loaded:
        totals[kind] = totals.get(kind, 0) + right.sum()
    weights = [np.full(len(right), 2000.0 / totals[kind]) for kind, _, _, right in loaded]
    right, weight = np.concatenate([x[3] for x in loaded]), np.concatenate(weights)
    lexical = fit(np.concatenate([x[2] for x in loaded]), right, weight)
    show("LEXICAL", lexical)
    guesses = [_edges.logistic(x[2], lexical) for x in loaded]
    orders = [x[1].in_order(g) for x, g in zip(loaded, guesses, strict=True)]
    context = lexical
    for _ in range(3):
        evidence = [x[1].with_context(x[2], g, o) for x, g, o in zip(loaded, guesses, orders, strict=True)]
        context = fit(np.concatenate(evidence), right, weight)
        guesses = [_edges.logistic(e, context) for e in evidence]
    show("CONTEXT", context)
    p = np.concatenate(guesses)
    loss = -np.average(right * np.log(p + 1e-9) + (1 - right) * np.log(1 - p + 1e-9), weights=weight)
    print(f"log loss {loss:.5f}")
    for low in np.arange(0.05, 1.0, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        print(f"{low:.2f}  {inside.sum():6d}  {np.average(right[inside], weights=weight[inside]):.3f}")
    kinds = np.concatenate([np.full(len(x[3]), k) for k, x in enumerate(loaded)])
    for kind in totals:
        mine = np.isin(kinds, [k for k, x in enumerate(loaded) if x[0] == kind])
        for t in (0.3, 0.4, 0.5):
            said = (p >= t) & mine
            print(kind, t, round(2 * right[said].sum() / (said.sum() + right[mine].sum()), 3))


def show(name: str, values: np.ndarray) -> None:
    """The coefficients as they stand in the code."""
    print(f"{name}: tuple[float, ...] = ({', '.join(f'{v:.3f}' for v in values)})")


if __name__ == "__main__":
    main()
