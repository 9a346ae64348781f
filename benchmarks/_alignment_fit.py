"""Fits evalkit/aligners/_coefficients.py on the fitting halves of the data and writes it.

Prints a reliability table over the data it was fitted on; benchmarks/alignment.py has the one that counts.

Usage: python benchmarks/_alignment_fit.py
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from _alignment_data import Case, bible, deplain, wmt

from evalkit.aligners import _edges
from evalkit.aligners._coefficients import Network, Unit

TARGET = Path(_edges.__file__).with_name("_coefficients.py")
HEAD = TARGET.read_text("utf-8").partition("LEXICAL:")[0].rstrip("\n") + "\n"
UNITS = 12
FIT_SYSTEMS = ("Online-G", "LanguageX", "DLUT", "Online-W", "Online-Y")


def cases() -> Iterator[tuple[str, Case]]:
    """Everything to fit on, by kind; no document of it is measured in the benchmark."""
    yield from (("wmt perturbed", c) for c in wmt("wmt22.zh-en", FIT_SYSTEMS, "refA", True))
    yield from (("wmt", c) for c in wmt("wmt22.zh-en", FIT_SYSTEMS[:2], "refA", False))
    yield from (("humans", c) for c in wmt("wmt22.zh-en", FIT_SYSTEMS[1:2], "refB", True))
    yield from (("deplain", c) for c in deplain(0))
    yield from (("bible", c) for c in bible(0, 1))
    yield from (("wrong", c) for c in wrong())


def wrong() -> Iterator[Case]:
    """Documents beside another one's reference: nothing belongs together."""
    found = [*wmt("wmt22.zh-en", FIT_SYSTEMS[:1], "refA", False), *deplain(0)]
    for case, other in pairwise(found):
        yield Case(f"{case.name} / {other.name}", case.candidate, other.reference, frozenset())


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


def fit_network(evidence: np.ndarray, right: np.ndarray, weight: np.ndarray) -> Network:
    """The small network, from a seeded start, by 500 steps of Adam; it starts as the regression itself."""
    means, scales = evidence.mean(axis=0), evidence.std(axis=0) + 1e-9
    means[0], scales[0] = 0.0, 1.0
    scaled, weight = (evidence - means) / scales, weight / weight.sum()
    rng = np.random.default_rng(12345)
    size = evidence.shape[1]
    direct = np.zeros(size)
    direct[-1] = scales[-1]
    parts = [
        rng.normal(0, 0.3, (size, UNITS)),
        np.zeros(UNITS),
        rng.normal(0, 0.3, UNITS),
        np.array([means[-1]]),
        direct,
    ]
    first, second = [np.zeros_like(x) for x in parts], [np.zeros_like(x) for x in parts]
    for step in range(1, 501):
        inner = np.tanh(scaled @ parts[0] + parts[1])
        p = 1 / (1 + np.exp(-np.clip(inner @ parts[2] + parts[3][0] + scaled @ parts[4], -30, 30)))
        error = (p - right) * weight
        back = np.outer(error, parts[2]) * (1 - inner**2)
        slopes = [
            scaled.T @ back + 1e-5 * parts[0],
            back.sum(axis=0),
            inner.T @ error + 1e-5 * parts[2],
            np.array([error.sum()]),
            scaled.T @ error,
        ]
        for k, slope in enumerate(slopes):
            first[k] = 0.9 * first[k] + 0.1 * slope
            second[k] = 0.999 * second[k] + 0.001 * slope**2
            move = (first[k] / (1 - 0.9**step)) / (np.sqrt(second[k] / (1 - 0.999**step)) + 1e-9)
            parts[k] = parts[k] - 0.02 * move
    units = tuple(Unit(float(parts[1][u]), float(parts[2][u]), plain(parts[0][:, u])) for u in range(UNITS))
    return Network(float(parts[3][0]), plain(means), plain(scales), plain(parts[4]), units)


def plain(values: np.ndarray) -> tuple[float, ...]:
    """Numbers as they stand in the code: four significant digits."""
    return tuple(float(f"{v:.4g}") for v in values)


def main() -> None:
    """Fits the words alone, then with context (each round sees the one before), then the network; writes the file."""
    loaded = []
    for kind, case in cases():
        pairs = _edges.Pairs(case.candidate, case.reference)
        right = [(i, j) in case.gold for i, j in zip(pairs.rows.tolist(), pairs.columns.tolist(), strict=True)]
        loaded.append((kind, pairs, pairs.lexical(), np.array(right, float)))
    totals: dict[str, float] = {}
    for kind, _, _, found in loaded:
        totals[kind] = totals.get(kind, 0) + found.sum()
    right = np.concatenate([x[3] for x in loaded])
    weight = np.concatenate([np.full(len(found), _worth(kind, totals)) for kind, _, _, found in loaded])
    lexical = plain(fit(np.concatenate([x[2] for x in loaded]), right, weight))
    guesses = [_edges.logistic(x[2], lexical) for x in loaded]
    orders = [x[1].in_order(g) for x, g in zip(loaded, guesses, strict=True)]
    for _ in range(_edges.ROUNDS):
        evidence = [x[1].with_context(x[2], g, o) for x, g, o in zip(loaded, guesses, orders, strict=True)]
        context = plain(fit(np.concatenate(evidence), right, weight))
        guesses = [_edges.logistic(e, context) for e in evidence]
    everything = np.concatenate([_edges.with_odds(e, g) for e, g in zip(evidence, guesses, strict=True)])
    # hopeless pairs are most of all pairs and teach nothing: one in ten stays, with ten times the weight
    hopeless = (everything[:, -1] < -6) & (right == 0)
    keep = ~hopeless | (np.random.default_rng(1).random(len(right)) < 0.1)
    weight = np.where(hopeless, 10 * weight, weight)
    network = fit_network(everything[keep], right[keep], weight[keep])
    TARGET.write_text(file_text(lexical, context, network), "utf-8")
    probability = _edges.judged(everything, network)
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (probability >= low) & (probability < low + 0.1)
        print(f"{low:.1f}  {inside.sum():7d}  {right[inside].mean():.3f}")


def _worth(kind: str, totals: dict[str, float]) -> float:
    """The weight of a pair: every kind counts alike, texts as they are twice, wrong documents a fifth."""
    return (4000.0 if kind == "wmt" else 2000.0) / totals[kind] if totals[kind] else 400.0 / totals["wmt"]


def file_text(lexical: tuple[float, ...], context: tuple[float, ...], network: Network) -> str:
    """The module with the coefficients."""
    units = "".join(f"        Unit({u.bias:.4g}, {u.out:.4g}, {u.weights}),\n" for u in network.units)
    return f"""{HEAD}
LEXICAL: tuple[float, ...] = {lexical}
CONTEXT: tuple[float, ...] = {context}
NETWORK = Network(
    bias={network.bias:.4g},
    means={network.means},
    scales={network.scales},
    direct={network.direct},
    units=(
{units}    ),
)
"""


if __name__ == "__main__":
    main()
