"""Words of the source left as they were: a part of benchmarks/source.py."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from benchmarks.source import DATA, _meets, _rated, _starts, code_of, halves, is_dev, line_of, lines
from evalkit.detectors.untranslated import UntranslatedDetector
from evalkit.language.dictionaries import dictionary
from evalkit.records import Finding
from evalkit.testing import context_of, units_of


def left() -> None:
    """In human translations beside their source, and in rated systems' texts beside a reference and without."""
    folder = DATA / "ntrex"
    english = lines(folder / "source.eng.txt.gz")
    for half, chosen in halves(folder).items():
        counts: Counter[str] = Counter()
        for path in sorted(folder.glob("*.txt.gz")):
            name = path.name.removesuffix(".txt.gz")
            lang = code_of(name)
            if "eng" in name or not dictionary(lang):
                continue
            there = lines(path)
            counts["languages"] += 1
            counts["lines"] += len(chosen)
            counts.update(f.severity for f in _told([english[i] for i in chosen], [there[i] for i in chosen], lang))
        weigh = counts.total() - counts["languages"] - counts["lines"] - counts["neutral"]
        print(
            f"human translations, {counts['languages']} languages, {half}, {counts['lines']:,} lines: "
            f"{weigh} that weigh, {counts['neutral']} hints",
            flush=True,
        )
    for references in (True, False):
        _rated_german(references)


def _told(source: Sequence[str], target: Sequence[str], lang: str, references: Sequence[str] = ()) -> list[Finding]:
    context = context_of(target, [references] if references else (), lang=lang, source_lang="en")
    units = units_of(target, [references] if references else (), source)
    return [f for f in UntranslatedDetector().find(units, context) if f.evidence == "source-words"]


def _german() -> Iterator[tuple[list[tuple[dict, str, list[dict]]], str]]:
    """The rated lines of each system and half."""
    found: dict[tuple[str, str], list[tuple[dict, str, list[dict]]]] = defaultdict(list)
    for system, segment, rows in _rated("en-de"):
        if not system.startswith("ref"):
            half = "development" if is_dev(segment["doc"]) else "blind"
            errors = [error for row in rows for error in row["errors"]]
            found[system, half].append((segment, " ".join(rows[0]["hyp"].split()), errors))
    for (_, half), items in sorted(found.items()):
        yield items, half


def _rated_german(references: bool) -> None:
    counts: Counter[str] = Counter()
    for items, half in _german():
        target = [hyp for _, hyp, _ in items]
        starts = _starts(target)
        beside = [min(segment["refs"].items())[1] for segment, _, _ in items] if references else []
        for f in _told([segment["source"] for segment, _, _ in items], target, "de", beside):
            kind = f"{half}, {'hints' if f.severity == 'neutral' else 'that weigh'}"
            counts[kind] += 1
            counts[f"{kind}, met"] += _meets(f, starts[line_of(f)], items[line_of(f)][2])
    for kind in sorted(kind for kind in counts if not kind.endswith("met")):
        beside = "a reference" if references else "the source alone"
        print(
            f"WMT23 English to German beside {beside}, {kind}: {counts[kind + ', met']} of {counts[kind]} meet a span"
        )
