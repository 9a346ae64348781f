"""The result of a stream: scores and comparisons from the sums of its shards, in the order of the shards."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

import evalkit
from evalkit.compare.rankings import rankings
from evalkit.errors import ConfigError
from evalkit.kernel.tables import Table
from evalkit.plugins.protocols import Scorer
from evalkit.records import LINK_KINDS, Alignment, Coverage, Failure
from evalkit.records.comparison import Comparison
from evalkit.records.config import RunConfig
from evalkit.records.json import SCHEMA
from evalkit.records.quality import quality
from evalkit.records.result import DocumentRecord, ReferenceRecord, Result, Score, SystemRecord
from evalkit.run import record as recording
from evalkit.run import strangers
from evalkit.run.parts import Parts
from evalkit.run.read import shown_path
from evalkit.run.trust_lines import empty_sides, share
from evalkit.shards.plan import Plan, Side
from evalkit.shards.sums import Number, added, floats, numbers, unpacked

# Share of the shards whose lines may seem not to belong together before nothing is shown: of a hundred and more, one
# may be doubted by chance; of fewer none, as of a text in memory.
_DOUBTED = 0.01
_TRIALS = 1000  # of an interval, as in memory


class Total(NamedTuple):
    """All shards together. `sums` by item, system and metric, the items in the order of their first lines."""

    lines: int
    sums: dict[str, dict[str, dict[str, list[Number]]]]
    words: list[int]
    hashes: list[str]
    doubts: dict[str, list[str]]


def made(
    config: RunConfig, folder: Path, parts: Parts, planned: Plan, outcomes: Sequence[bytes], missing: Sequence[str]
) -> Result:
    """The result of these shards; those that are `missing` are named in it."""
    total = together(outcomes, len(planned.systems) + len(planned.references))
    drawn = _Drawn(by_document=planned.document is not None, total=total)
    systems, notes = [], [Failure("score", "", "", "", f"left out: {text}") for text in missing]
    for number, side in enumerate(planned.systems):
        alignment = _alignment(side, number, total, planned, len(outcomes))
        scores = tuple(_score(metric, s, side.name, drawn, config, planned) for metric, s in parts.scorers.items())
        systems.append(_system(config, folder, side, number, total, alignment, scores))
        notes += [Failure("align", "", side.name, "", text) for text in total.doubts.get(side.name, ())[:3]]
    comparisons = _compared(config, parts, systems, drawn)
    return Result(
        schema=SCHEMA,
        evalkit=evalkit.__version__,
        name=config.name,
        signature=f"{recording.signature(config, parts, _no_lists())}|read:stream|drawn:{drawn.signature}"
        + (f"|missing:{len(missing)}-of-{len(planned.shards)}-shards" if missing else ""),
        config=recording.plain_config(config, folder),
        metrics={metric: recording.metric(metric, scorer) for metric, scorer in parts.scorers.items()},
        rules={},
        references=tuple(
            _reference(folder, side, len(planned.systems) + k, total) for k, side in enumerate(planned.references)
        ),
        systems=tuple(systems),
        comparisons=comparisons,
        rankings=tuple(rankings({s.name: s for s in systems if s.alignment.trusted}, parts.scorers, comparisons))
        if comparisons
        else (),
        failures=tuple(notes),
    )


def together(outcomes: Sequence[bytes], sides: int) -> Total:
    """The shards' results added up, in their order."""
    sums: dict[str, dict[str, dict[str, list[Number]]]] = {}
    words, hashes, lines = [0] * sides, [hashlib.sha256() for _ in range(sides)], 0
    doubts: dict[str, list[str]] = {}
    for outcome in outcomes:
        found = unpacked(outcome)
        words = [a + b for a, b in zip(words, found["words"], strict=True)]
        for made_of, parts in zip(hashes, found["hashes"], strict=True):
            for part in parts:
                made_of.update(bytes.fromhex(part))
        for name, doubt in found["doubts"].items():
            doubts.setdefault(name, []).append(doubt)
        for key, item in found["items"].items():
            lines += item["lines"]
            mine = sums.setdefault(key, {})
            for name, metrics in item["sums"].items():
                of = mine.setdefault(name, {})
                for metric, row in metrics.items():
                    of[metric] = added(of[metric], numbers(row)) if metric in of else numbers(row)
    return Total(lines, sums, words, [each.hexdigest() for each in hashes], doubts)


class _Drawn(NamedTuple):
    """What tests and intervals draw: documents, or blocks of lines."""

    by_document: bool
    total: Total

    @property
    def signature(self) -> str:
        return "documents" if self.by_document else "blocks-of-1000-lines"

    @property
    def keys(self) -> list[str]:
        return list(self.total.sums)

    def rows(self, system: str, metric: str) -> list[tuple[float, ...]]:
        """The sums of each item."""
        return [floats(item[system][metric]) for item in self.total.sums.values()]

    def sum(self, system: str, metric: str) -> tuple[float, ...]:
        """The exact sum over all items, as floats."""
        every = [item[system][metric] for item in self.total.sums.values()]
        return floats([sum(column) for column in zip(*every, strict=True)])


def _alignment(side: Side, number: int, total: Total, planned: Plan, shards: int) -> Alignment:
    """Line k beside line k, and whether the shards found the lines to belong together."""
    mine, theirs = total.words[number], total.words[len(planned.systems)]
    counts: dict[str, int] = {**dict.fromkeys(LINK_KINDS, 0), "1-1": total.lines}
    doubts = total.doubts.get(side.name, [])
    trusted, reason = True, "line k belongs to line k"
    if len(doubts) > _DOUBTED * shards:
        trusted, reason = False, doubts[0]
    trusted, reason = empty_sides(mine, theirs) or (trusted, reason)
    coverage = Coverage(share(theirs, theirs, mine), share(mine, mine, theirs))
    return Alignment("lines", counts, coverage, 1.0 if mine + theirs else 0.0, trusted, reason)


def _score(metric: str, scorer: Scorer, system: str, drawn: _Drawn, config: RunConfig, planned: Plan) -> Score:
    signature = strangers.signature(scorer, str(len(planned.references)))
    row = drawn.sum(system, metric)
    value = strangers.value(scorer, row, system)
    detail: str = scorer.detail(row) if hasattr(scorer, "detail") else ""
    if not config.statistics.confidence:
        return Score(metric, "corpus", value, None, None, signature, detail=detail)
    from evalkit.compare.statistics import bootstrap_interval

    low, high = bootstrap_interval(
        Table.of(drawn.rows(system, metric)), scorer, trials=_TRIALS, seed=config.seed, documents=drawn.keys
    )
    return Score(metric, "corpus", value, low, high, f"{signature}|drawn:{drawn.signature}", "documents", detail)


def _system(
    config: RunConfig,
    folder: Path,
    side: Side,
    number: int,
    total: Total,
    alignment: Alignment,
    scores: tuple[Score, ...],
) -> SystemRecord:
    words, path = total.words[number], _shown(side.path, folder)
    return SystemRecord(
        name=side.name,
        path=path,
        sha256=total.hashes[number],
        kind=config.candidate[number].kind,
        lang=side.lang,
        words=words,
        documents=(DocumentRecord("1", total.hashes[number], words, alignment),),
        segments=(),
        alignment=alignment,
        scores=scores,
        units=(),
        findings=(),
        quality=quality((), words),
    )


def _reference(folder: Path, side: Side, number: int, total: Total) -> ReferenceRecord:
    return ReferenceRecord(
        side.name, _shown(side.path, folder), total.hashes[number], side.lang, total.words[number], ()
    )


def _shown(path: str, folder: Path) -> str:
    return path if "://" in path else shown_path(path, folder)


def _compared(
    config: RunConfig, parts: Parts, systems: Sequence[SystemRecord], drawn: _Drawn
) -> tuple[Comparison, ...]:
    """Paired tests over documents or blocks, which are drawn whole."""
    settings, trusted = config.statistics, [system.name for system in systems if system.alignment.trusted]
    if settings.test == "none" or len(trusted) < 2:
        return ()
    from evalkit.compare.statistics import compare_systems, too_many, trials_for

    if not settings.trials and not settings.baseline and (why := too_many(settings.test, len(trusted), settings.alpha)):
        raise ConfigError(why)
    pairs = len(trusted) - 1 if settings.baseline else len(trusted) * (len(trusted) - 1) // 2
    found: list[Comparison] = []
    for metric, scorer in parts.scorers.items():
        rows: Mapping[str, Any] = {
            name: list(zip(drawn.keys, drawn.rows(name, metric), strict=True)) for name in trusted
        }
        found += compare_systems(
            rows,
            scorer,
            metric=metric,
            scope="corpus",
            baseline=settings.baseline,
            test=settings.test,
            trials=settings.trials or trials_for(settings.test, pairs, settings.alpha),
            seed=config.seed,
            alpha=settings.alpha,
            correction=settings.correction,
            documents={key: key for key in drawn.keys},
            by_document=True,
        )
    return tuple(found) if drawn.by_document else tuple(_as_blocks(found))


def _as_blocks(found: Sequence[Comparison]) -> Iterator[Comparison]:
    """Sentences that speak of blocks of lines."""
    for comparison in found:
        text = comparison.verdict.replace("documents", "blocks of 1,000 lines").replace("document", "block of lines")
        yield replace(comparison, verdict=text)


def _no_lists() -> Any:
    from evalkit.records import Termbase

    return Termbase()
