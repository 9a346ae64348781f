"""Fits evalkit/aligners/document/weights_*.json on the fitting halves of the data and writes them.

Prints a reliability table over the data it was fitted on; benchmarks/alignment.py has the one that counts.

Usage: python benchmarks/_alignment_fit.py (needs the extra `semantic`)
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from _alignment_data import DATA, Case, bible, deplain, running, wmt

from evalkit.aligners.document.embeddings import meanings
from evalkit.aligners.document.features import Pairs
from evalkit.aligners.document.features_order import in_order, with_context
from evalkit.aligners.document.features_second_pass import with_hindsight
from evalkit.aligners.document.model import Coefficients, Network, Unit, judged, logistic, with_odds
from evalkit.aligners.document.pair_probabilities import ROUNDS
from evalkit.aligners.document.weights import column_names
from evalkit.language.encoders import BUNDLED

FOLDER = Path(__file__).resolve().parent.parent / "evalkit" / "aligners" / "document"
TARGETS = {None: FOLDER / "weights_words.json", BUNDLED: FOLDER / "weights_semantic.json"}
Worth = Callable[[str, dict[str, float]], float]  # the weight of a pair by its kind and the right pairs of each
UNITS = 8
STARTS = (1, 2, 3, 4, 5, 6)  # of networks whose log odds are averaged: one alone depends on its start
FIT_SYSTEMS = ("Online-G", "LanguageX", "DLUT", "Online-W", "Online-Y")
FILES = (
    *(f"wmt/wmt22.zh-en/{name}.gz" for name in ("docs.tsv", "references/refA.en.txt", "references/refB.en.txt")),
    *(f"wmt/wmt22.zh-en/systems/{system}.en.txt.gz" for system in FIT_SYSTEMS),
    "align_deplain/documents.jsonl.gz",
    "align_bible/chapters.jsonl.gz",
)
USED = (
    "WMT22 zh-en, five systems and the second reference as a candidate, as they are and perturbed; every other "
    "document of DEPlain; every other chapter of the Bible versions"
)


def cases() -> Iterator[tuple[str, Case]]:
    """Everything to fit on, by kind; no document of it is measured in the benchmark."""
    yield from (("wmt perturbed", c) for c in wmt("wmt22.zh-en", FIT_SYSTEMS[::2], "refA", "both"))
    yield from (("wmt perturbed", c) for c in wmt("wmt22.zh-en", FIT_SYSTEMS[1::2], "refA", "one"))
    yield from (("wmt", c) for c in wmt("wmt22.zh-en", FIT_SYSTEMS[:2], "refA", ""))
    yield from (("running", c) for c in running("wmt22.zh-en", FIT_SYSTEMS[1:3], "refA"))
    yield from (("humans", c) for c in wmt("wmt22.zh-en", ("LanguageX",), "refB", "both"))
    yield from (("humans", c) for c in wmt("wmt22.zh-en", ("refB",), "refA", "one"))
    yield from (("humans", c) for c in wmt("wmt22.zh-en", ("refB",), "refA", "both"))
    yield from (("deplain", c) for c in deplain(0))
    yield from (("bible", c) for c in bible(0, 2))
    yield from (("wrong", c) for c in wrong())


def wrong() -> Iterator[Case]:
    """Documents beside another one's reference: nothing belongs together."""
    found = [*wmt("wmt22.zh-en", FIT_SYSTEMS[:1], "refA", ""), *deplain(0)]
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


def fit_networks(evidence: np.ndarray, right: np.ndarray, weight: np.ndarray) -> Network:
    """The networks from all starts as one: their log odds are averaged."""
    found = [fit_network(evidence, right, weight, start) for start in STARTS]
    direct = np.mean([network.direct for network in found], axis=0)
    bias = float(np.mean([network.bias for network in found]))
    units = tuple(u._replace(out=float(f"{u.out / len(found):.4g}")) for network in found for u in network.units)
    return found[0]._replace(bias=bias, direct=plain(direct), units=units)


def fit_network(evidence: np.ndarray, right: np.ndarray, weight: np.ndarray, start: int) -> Network:
    """The small network, from a seeded start, by 500 steps of Adam; it starts as the regression itself."""
    means, scales = evidence.mean(axis=0), evidence.std(axis=0) + 1e-9
    scales[scales < 1e-6] = 1.0  # a column of one number (related words beyond English): its rounded mean is not it
    means[0], scales[0] = 0.0, 1.0
    scaled, weight = (evidence - means) / scales, weight / weight.sum()
    rng = np.random.default_rng(start)
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
    """Fits and writes both sets of coefficients: of the words alone, and of the words with the bundled model."""
    for model in (None, BUNDLED):
        made = Made(f"words and the model {model}" if model else "words alone", __file__, USED, FILES)
        found = fit_all(cases(), worth, model)
        TARGETS[model].write_text(file_text(made, found, date.today().isoformat()), "utf-8")


def fit_all(cases: Iterable[tuple[str, Case]], worth: Worth, model: str | None) -> Coefficients:
    """The pair's own evidence first, then with context (each round sees the one before), then the network."""
    loaded = [_loaded(kind, case, model) for kind, case in cases]
    totals: dict[str, float] = {}
    for case in loaded:
        totals[case.kind] = totals.get(case.kind, 0) + case.right.sum()
    right = np.concatenate([case.right for case in loaded])
    weight = np.concatenate([case.counts * worth(case.kind, totals) for case in loaded])
    own = plain(fit(np.concatenate([case.evidence for case in loaded]), right, weight))
    guesses = [logistic(case.evidence, own) for case in loaded]
    orders = [in_order(case.pairs, guess) for case, guess in zip(loaded, guesses, strict=True)]
    for _ in range(ROUNDS):
        evidence = [
            with_context(case.pairs, case.evidence, guess, order)
            for case, guess, order in zip(loaded, guesses, orders, strict=True)
        ]
        context = plain(fit(np.concatenate(evidence), right, weight))
        guesses = [logistic(rows, context) for rows in evidence]
    everything = np.concatenate(
        [
            with_odds(with_hindsight(case.pairs, rows, guess), guess)
            for case, rows, guess in zip(loaded, evidence, guesses, strict=True)
        ]
    )
    # hopeless pairs are most of all pairs and teach nothing: one in ten stays, with ten times the weight
    hopeless = (everything[:, -1] < -6) & (right == 0)
    keep = ~hopeless | (np.random.default_rng(1).random(len(right)) < 0.1)
    weight = np.where(hopeless, 10 * weight, weight)
    network = fit_networks(everything[keep], right[keep], weight[keep])
    probability = judged(everything, network)
    print(model or "words alone")
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (probability >= low) & (probability < low + 0.1)
        print(f"{low:.1f}  {inside.sum():7d}  {right[inside].mean():.3f}")
    return Coefficients(own, context, network)


class Loaded(NamedTuple):
    """The pairs of a case with their own evidence, which are right and which count at all (1 or 0)."""

    kind: str
    pairs: Pairs
    evidence: np.ndarray
    right: np.ndarray
    counts: np.ndarray


def _loaded(kind: str, case: Case, model: str | None) -> Loaded:
    sides = [s.text for s in case.candidate], [s.text for s in case.reference]
    pairs = Pairs(case.candidate, case.reference, (), meanings(*sides, model) if model else None)
    places = list(zip(pairs.rows.tolist(), pairs.columns.tolist(), strict=True))
    right = np.array([edge in case.gold for edge in places], float)
    counts = np.array([edge not in case.ignore for edge in places], float)
    return Loaded(kind, pairs, pairs.evidence(), right, counts)


def worth(kind: str, totals: dict[str, float]) -> float:
    """The weight of a pair: every kind counts alike, texts as they are twice, wrong documents a fifth."""
    return (4000.0 if kind in ("wmt", "running") else 2000.0) / totals[kind] if totals[kind] else 400.0 / totals["wmt"]


class Made(NamedTuple):
    """What a file of weights is for, the script that makes it, and what it is made of."""

    what: str
    script: str
    used: str
    files: Sequence[str]


def file_text(made: Made, found: Coefficients, day: str) -> str:
    """The file of weights, with what it was made of; what is measured with it is written in by hand afterwards."""
    own, context, inputs = column_names(semantic="model" in made.what)
    network = found.network
    columns = zip(network.means, network.scales, network.direct, strict=True)
    content = {
        "what": f"Weights of the document aligner: {made.what}",
        "command": f"python benchmarks/{Path(made.script).name}",
        "date": day,
        "training_data": {"used": made.used, "sha256": {name: hashed(name) for name in made.files}},
        "held_out": {"command": "python benchmarks/alignment.py links", "note": "not measured yet", "links": {}},
        "own": dict(zip(own, found.own, strict=True)),
        "context": dict(zip(context, found.context, strict=True)),
        "network": {
            "bias": float(f"{network.bias:.4g}"),
            "inputs": {
                name: {"mean": mean, "scale": scale, "weight": weight}
                for name, (mean, scale, weight) in zip(inputs, columns, strict=True)
            },
            "units": [
                {"bias": float(f"{u.bias:.4g}"), "out": float(f"{u.out:.4g}"), "weights": u.weights}
                for u in network.units
            ],
        },
    }
    text = json.dumps(content, indent=1, ensure_ascii=False)
    for innermost in (r"\[[^\[\]{}]*\]", r"\{\s+\"mean\"[^\[\]{}]*\}"):  # a list, a column: one line each
        text = re.sub(innermost, lambda m: re.sub(r"\s+", " ", m[0]).replace("[ ", "[").replace(" ]", "]"), text)
    return re.sub(r"\{ (\"mean\".*) \}", r"{\1}", text) + "\n"


def hashed(name: str) -> str:
    """The SHA-256 of a file of the data folder."""
    return hashlib.sha256((DATA / name).read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
