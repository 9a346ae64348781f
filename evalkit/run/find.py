"""Part of step four: what the detectors find in each system, as an earlier run kept it or found now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec.structs import replace

from evalkit.errors import ConfigError
from evalkit.language.kept_dictionaries import kept_in
from evalkit.language.kept_readings import Readings, within
from evalkit.language.licence import by_source
from evalkit.language.licence_lengths import Lengths
from evalkit.plugins.guests import hosted
from evalkit.plugins.protocols import Detector
from evalkit.plugins.vetted import is_strange
from evalkit.records import Context, Finding, Rule, Unit
from evalkit.records.lazy import BLOCK
from evalkit.records.packed import gathered
from evalkit.run import kept, strangers
from evalkit.run.collector import no_collector
from evalkit.run.forget import MANY, forget_words
from evalkit.run.rules import rules_of
from evalkit.run.stages import counting, keep, part
from evalkit.run.workers import Workers
from evalkit.text.patterns import one_account

if TYPE_CHECKING:
    from evalkit.run.cache import Cache

_MOST = 1000  # findings of a rule in a segment: nobody reads more, and a megabyte of brackets would have a million

# Characters of references of which what was read is kept: some four times as many bytes, unless the units are more than
# so much prose has, each with a row of its own.
_READ = 2_000_000

Task = tuple[tuple[Detector, ...], Sequence[Unit], Context, tuple[Detector, ...]]


def find_all(tasks: Sequence[Task], workers: Workers) -> list[list[Sequence[Finding]]]:
    """What each system's detectors find, detector by detector: as an earlier run kept it, or found now and kept."""
    cache = kept.cache_for(d.text for _, _, context, _ in tasks for d in context.documents.values())
    ours = tuple(detector for detector in tasks[0][0] if not is_strange(detector))
    strange = tuple(detector for detector in tasks[0][0] if is_strange(detector))
    known = [kept.findings_of(cache, ours, units, context) for _, units, context, _ in tasks]
    wanted = [(*(() if there is not None else ours), *strange) for _, there in known]
    alone = any(getattr(detector, "in_process", False) for chosen in wanted for detector in chosen)
    hands = Workers() if alone else workers
    known_words = cache if hands.pool is None else None  # another machine has a cache of its own
    chosen_tasks = [(w, *task[1:]) for task, w in zip(tasks, wanted, strict=True) if w]
    done = hands.each(partial(_found, known_words), chosen_tasks)
    counted = counting("detect", done, sum(map(bool, wanted)), "systems")
    merged = []
    for (every, *_), chosen, (key, there) in zip(tasks, wanted, known, strict=True):
        lists = next(counted) if chosen else []
        by_name = {id(detector): found for detector, found in zip(chosen, lists, strict=True)}
        if there is not None:
            by_name |= {id(detector): found for detector, found in zip(ours, there, strict=True)}
        elif kept.keep_findings(cache, key, [by_name[id(detector)] for detector in ours]):
            keep("findings", "system")
        merged.append([by_name[id(detector)] for detector in every])
    next(counted, None)  # says that all are done
    return merged


def _found(cache: Cache | None, task: Task) -> list[Sequence[Finding]]:
    """What the first detectors find, with the dictionaries and what the references say as an earlier run on this
    machine kept them."""
    if cache is None:
        return _find(task)
    key, readings = _readings(cache, task)
    with kept_in(cache), within(readings):
        found = _find(task)
    content = readings.grown() if readings else None
    if content:
        cache.put(key, content)
    return found


def _readings(cache: Cache, task: Task) -> tuple[str, Readings | None]:
    """What is known of the references, with its key; None of texts too long to be worth it."""
    _, units, context, _ = task
    documents = [d.text for references in context.references.values() for d in references.values()]
    if len(units) > MANY or not 0 < sum(map(len, documents)) <= _READ:
        return "", None
    key = kept.key_of(("readings",), documents)
    passages = [passage for unit in units for passage in unit.references]
    texts = {text for p in passages for text in (p.text, *(segment.text for segment in p.segments))}
    return key, Readings(texts, cache.get(key)) if key else None


@one_account()
def _find(task: Task) -> list[Sequence[Finding]]:
    """What the first detectors find, a list of each; the last are all of the run, whose rules may be reported."""
    detectors, units, context, every = task
    rules = rules_of(every, context.rules)
    by_id = {unit.id: unit for unit in units if unit.source is not None}
    lengths, is_long = Lengths(by_id.values()), len(units) > MANY
    found: list[Sequence[Finding]] = []
    for strange, following in groupby(detectors, is_strange):
        with nullcontext() if strange else no_collector():
            for detector in following:
                part(len(found) / len(detectors))
                mine = _found_by(detector, units, context)
                found.append(_listed(_answered(mine, context, rules, by_id, lengths), BLOCK if is_long else MANY))
                if is_long:
                    forget_words()
    return found


def _found_by(detector: Detector, units: Sequence[Unit], context: Context) -> Iterable[Finding]:
    """What a detector finds: of our own one after another, of a stranger's when all is vetted."""
    if not is_strange(detector):
        return detector.find(units, context)
    return hosted(detector, lambda: strangers.findings(detector, detector.find(units, context), context))


def _answered(
    found: Iterable[Finding],
    context: Context,
    rules: Mapping[str, Rule],
    by_id: Mapping[str, Unit],
    lengths: Lengths,
) -> Iterator[Finding]:
    """The findings that the source does not answer for."""
    for f in found:
        if f.rule not in rules:
            raise ConfigError(
                f"the detector {f.detector!r} reports the rule {f.rule!r}, which is not among its `rules`"
            )
        if f.unit not in by_id:
            yield f
        elif told := by_source(f, rules[f.rule], by_id[f.unit], context.lang, context.source_lang, lengths):
            yield told


def _listed(found: Iterable[Finding], most: int) -> Sequence[Finding]:
    """The findings, packed where they are more than `most`; of more than can be read in a segment the first, the last
    of which says how many are left out."""
    number: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], int] = {}

    def read() -> Iterator[Finding]:
        place = 0
        for f in found:
            number[f.rule, f.unit] += 1
            if number[f.rule, f.unit] <= _MOST:
                if number[f.rule, f.unit] == _MOST:
                    last[f.rule, f.unit] = place
                place += 1
                yield f

    done = gathered(read(), Finding, most)
    told = {last[key]: total - _MOST for key, total in number.items() if total > _MOST}
    return gathered(map(_with_more, done, (told.get(n, 0) for n in range(len(done)))), Finding, most) if told else done


def _with_more(f: Finding, more: int) -> Finding:
    return replace(f, message=f"{f.message}; {more:,} more of this segment are not listed") if more else f
