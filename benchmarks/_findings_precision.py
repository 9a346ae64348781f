"""How often each kind of finding is right, by rule, evidence and language: the table that severities are derived from.

`python benchmarks/findings.py precision` measures and writes `evalkit/run/precision.toml`. A kind of finding is a rule
with its evidence. Two witnesses, each on the development half of the documents, text by text as users check it:

- experts: the share of findings in systems' texts that meet an error span of an expert (MQM of WMT23, biomqm), of
  findings longer than a clause those that experts marked by half, less what would meet one by chance:
  (met - chance) / (1 - chance);
- humans: 1 - the rate in second human translations over the mean rate in systems' texts. What is reported of a human
  as often as of systems tells nothing.

Experts mark errors of meaning and leave much of form unmarked; a rate says nothing of a single finding. The share is
the mean of the two where both can speak, with two findings that are not right beside those there are, and two more
where one is silent: few are no proof. Second translations are few: they speak of a kind only in languages where they
would have some such findings at the systems' rate. What is found beside the source is of another kind than what is
found without. The blind half is measured the same way and printed beside, and is used for nothing.
"""

from __future__ import annotations

import json
import math
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from _findings_floor import SETS, Set, found, half, size
from _findings_rated import Rated, abstracts, rated_texts

import evalkit
from evalkit.records.findings import PROOF
from evalkit.text.files import write_text

TARGET = Path(__file__).resolve().parent.parent / "evalkit" / "run" / "precision.toml"
_BLUNT = 0.5  # where chance alone meets a span every other time, as in a unit with any error, experts tell nothing
_CLAUSE = 60  # characters: any error of a sentence meets what is longer, so half of that must be marked
_WRONG = 2  # findings that are not right beside those there are, and as many more where a witness is silent
# Experts rate what a line says: of sentences that a line lacks, of which most of those read were truly left out, they
# marked none in development.
_UNMARKED = {("omission", "sentence")}
_LEAST = 8  # findings of a kind; of fewer nothing is said
# Findings that the human translations of a language would have at its systems' rate: of so many none is found by chance
# once in twelve times; with fewer one misspelt word of a reference decides.
_EXPECTED = 2.5


class Seen(NamedTuple):
    """One finding: whose, of which kind, and for rated texts whether it met a span, there and at a place by chance."""

    lang: str
    who: str
    half: str
    rule: str
    evidence: str
    met: float | None
    chance: float | None
    place: str  # see `_place`: what many systems have there is seen once


class Kind(NamedTuple):
    lang: str
    rule: str
    evidence: str


class Share(NamedTuple):
    """The share that is right, by each witness; None where it cannot speak. `count` places in systems' texts."""

    count: int
    experts: float | None
    humans: float | None

    @property
    def right(self) -> float | None:
        told = [share for share in (self.experts, self.humans) if share is not None]
        if not told or self.count < _LEAST:
            return None
        return sum(told) / len(told) * self.count / (self.count + _WRONG * (3 - len(told)))


def _seen(text: Rated) -> Iterator[Seen]:
    """The findings in a rated text, with what they meet."""
    for detectors in (None, WITHOUT_SOURCE):
        yield from _seen_in(text, checked(text.sides, *text.langs, detectors))


def _seen_in(text: Rated, result) -> Iterator[Seen]:
    units = {unit.id: unit for unit in result.units}
    of = {unit.id: number for number, unit in enumerate(result.units)}
    ids = sorted(units)
    marked = [[e for e in errors if e.get("start") is not None] for errors in text.errors]
    for item in result.findings:
        if item.unit not in units or item.evidence in PROOF:
            continue
        other = ids[zlib.crc32(f"{text.system}{item.unit}{item.start}".encode()) % len(ids)]
        yield Seen(
            text.langs[0], "rated", half(text.documents[of[item.unit]]), item.rule, item.evidence,
            meets(item, units[item.unit], marked[of[item.unit]]),
            by_chance(item, units[item.unit], units[other], marked[of[other]]),
            f"{text.name} {_place(of[item.unit], item)}",
        )  # fmt: skip


def _place(line: int, item) -> str:
    """The line and what is found there. The clauses left out of one line are one case: what was left out is cut where
    it has words that the candidate has too, and any mark of an omission meets them all."""
    return f"{line}" if item.rule == "omission" else f"{line} {item.text}"


# What a source bears witness of is measured without one too: what it says nothing of is another kind of evidence.
WITHOUT_SOURCE = ("numbers", "names", "negation")


def checked(sides: dict[str, list[str]], lang: str, source_lang: str, detectors: Sequence[str] | None = None):
    """A text as users check it; with `detectors` what these say of it without its source."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side, texts in sides.items():
            kept = "\n".join(" ".join(text.split()) or "-" for text in texts) + "\n"
            (folder / f"{side}.txt").write_text(kept, encoding="utf-8")
        paths = [folder / f"{side}.txt" for side in ("candidate", "reference", "source")]
        source = {} if detectors else {"source": paths[2], "source_lang": source_lang}
        return evalkit.check(*paths[:2], align="lines", lang=lang, detectors=detectors, **source).systems[0]


_LOST = ("accuracy/omission", "non-trans", "unintell")
_GRAVE = ("major", "critical")


def _may_lose(rule: str, error: dict) -> bool:
    """Whether an error of a unit may be that what the rule misses is not there."""
    meant = error["side"] == "source" or error["category"].lower().startswith(("accuracy", "terminology"))
    return meant and rule != "omission" and (rule != "name-missing" or error["severity"].lower() in _GRAVE)


def meets(item, unit, errors) -> bool:
    """Whether a finding meets an expert span. One in the reference meets what is marked as omitted, and any
    mistranslation of the unit; a lost name, which a pronoun or role may stand for, a major one; a clause none."""
    if item.side != "candidate" or not unit.candidate:
        return any(e["category"].lower().startswith(_LOST) or _may_lose(item.rule, e) for e in errors)
    start = item.start - unit.candidate.start
    return _touches(start, start + item.end - item.start, errors)


def by_chance(item, unit, other, errors) -> bool:
    """Whether a span as long would have met one at a place drawn from another unit."""
    if item.side != "candidate" or not other.candidate:
        return meets(item, unit, errors)
    long = item.end - item.start
    room = max(1, len(other.candidate.text) - long)
    start = zlib.crc32(f"{item.text}{item.start}".encode()) % room
    return _touches(start, start + long, errors)


def _touches(start: int, end: int, errors) -> bool:
    spans = [e for e in errors if e["start"] is not None and e["side"] == "target"]
    if end - start > _CLAUSE:
        marked = {at for e in spans for at in range(max(start, e["start"]), min(end, e["end"]))}
        return 2 * len(marked) >= end - start
    return any(e["start"] < end + 1 and start - 1 < e["end"] for e in spans)


def compared(data: Path) -> Iterator[tuple[str, str, str, int] | Seen]:
    """The findings in second human translations and in systems' texts beside them; sizes as (lang, who, half, size)."""
    for chosen in (s for s in SETS if not s.title.startswith("NTREX")):
        for candidate in (chosen.human, *chosen.good, *chosen.bad):
            yield from _of_text(data, chosen, candidate)
    for chosen in (s for s in SETS if s.title.startswith("NTREX")):
        yield from _of_text(data, chosen, chosen.human)


def _of_text(data: Path, chosen: Set, candidate: str) -> Iterator[tuple[str, str, str, int] | Seen]:
    who = "human" if candidate == chosen.human else "system"
    of = found(data, chosen, candidate)
    for document, text in zip(of.documents, of.texts, strict=True):
        yield chosen.lang, who, half(document), size(text, chosen.lang)
    bare = found(data, chosen, candidate, WITHOUT_SOURCE)
    for number, item in (*of.findings, *bare.findings):
        if item.evidence not in PROOF:
            yield Seen(
                chosen.lang,
                who,
                half(of.documents[number]),
                item.rule,
                item.evidence,
                None,
                None,
                _place(number, item),
            )


def shares(seen: list[Seen], sizes: dict[tuple[str, str, str], int], part: str) -> dict[Kind, Share]:
    """The share of each kind in one half."""
    counts: dict[Kind, dict[str, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for one in seen:
        if one.half == part:
            for lang in (one.lang, "*"):
                for evidence in {one.evidence, "*"}:
                    counts[Kind(lang, one.rule, evidence)][one.who].append(one)
    made = {}
    for kind, by in counts.items():
        met, systems, human = by["rated"], by["system"], by["human"]
        experts = humans = None
        if len({s.place for s in met}) >= _LEAST and (kind.rule, kind.evidence) not in _UNMARKED:
            hit, chance = _by_place(met, "met"), _by_place(met, "chance")
            experts = max(0.0, (hit - chance) / (1 - chance)) if chance <= _BLUNT else None
        if len(systems) >= _LEAST:
            humans = _by_humans(systems, human, sizes, part)
        made[kind] = Share(len({s.place for s in (*met, *systems)}), experts, humans)
    return made


def _by_humans(
    systems: Sequence[Seen], human: Sequence[Seen], sizes: dict[tuple[str, str, str], int], part: str
) -> float | None:
    """1 - the rate in human translations over that in systems' texts, of the languages where that tells."""
    noise = expected = 0.0
    for lang in {s.lang for s in systems}:
        size = sizes.get((lang, "human", part), 0) / max(1, sizes.get((lang, "system", part), 0))
        would = size * len([s for s in systems if s.lang == lang])
        if would >= _EXPECTED:
            noise, expected = noise + len([s for s in human if s.lang == lang]), expected + would
    return max(0.0, 1 - noise / expected) if expected else None


def _by_place(seen: Sequence[Seen], field: str) -> float:
    """The mean over places: a name that the reference has wrong is one case, however many systems have it right."""
    places: dict[str, list[float]] = defaultdict(list)
    for one in seen:
        places[one.place].append(float(getattr(one, field)))
    return sum(sum(values) / len(values) for values in places.values()) / len(places)


def precision(data: Path, lines_of, keep: str = "") -> None:
    """Measures, prints dev and blind, and writes the table; `keep` is a file the raw counts are kept in."""
    seen: list[Seen] = []
    sizes: dict[tuple[str, str, str], int] = defaultdict(int)
    texts = (*rated_texts(lines_of), *abstracts(lines_of))
    for item in (*(one for text in texts for one in _seen(text)), *compared(data)):
        if isinstance(item, Seen):
            seen.append(item)
        else:
            sizes[item[:3]] += item[3]
    if keep:
        Path(keep).write_text(json.dumps([seen, [[*k, v] for k, v in sizes.items()]]), encoding="utf-8")
    report(seen, sizes)


def report(seen: list[Seen], sizes: dict[tuple[str, str, str], int]) -> None:
    dev, blind = (shares(seen, sizes, part) for part in ("dev", "blind"))
    print(f"{'language, rule, evidence':52} {'dev: n':>8}{'experts':>9}{'humans':>8}{'right':>7}   {'blind: n':>8}"
          f"{'experts':>9}{'humans':>8}{'right':>7}")  # fmt: skip
    for kind in sorted(kind for kind, share in dev.items() if share.count):
        other = blind.get(kind, Share(0, None, None))
        print(f"{' '.join(kind):52} {_shown(dev[kind])}   {_shown(other)}")
    write_text(TARGET, table(dev))


def _shown(share: Share) -> str:
    told = ("-" if x is None else f"{x:.2f}" for x in (share.experts, share.humans, share.right))
    return f"{share.count:8}" + "".join(f"{x:>{w}}" for x, w in zip(told, (9, 8, 7), strict=True))


def table(dev: dict[Kind, Share]) -> str:
    """The committed data, as TOML."""
    out = [
        "# The share of findings that are right, by language, rule and evidence; `*` is any.",
        "# `python benchmarks/findings.py precision` measures it on the development half of WMT22-24, NTREX and",
        "# biomqm, and writes this file. Without `right` there were too few to tell.",
        "",
    ]
    for lang in sorted({kind.lang for kind in dev}):
        rows = {k: s for k, s in dev.items() if k.lang == lang and (s.right is not None or lang == "*")}
        if rows:
            out.append(f'["{lang}"]')
            for kind, share in sorted(rows.items()):
                # never rounded up, so that nothing weighs by its rounding
                right = "" if share.right is None else f"right = {math.floor(share.right * 100) / 100:.2f}, "
                out.append(f'"{kind.rule} {kind.evidence}" = {{ {right}of = {share.count} }}')
            out.append("")
    return "\n".join(out)
