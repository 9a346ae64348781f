"""Right and deliberately wrong document pairs, for the trust gate: false acceptance and false refusal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from _alignment_data import Case, bible, deplain, onestop, wmt

from evalkit.plugins import Registry
from evalkit.records import Alignment, Segment
from evalkit.run.trust import assess_alignment
from evalkit.text.words import count_words


class Pair(NamedTuple):
    """A document pair, and whether the candidate is a rendering of the reference; None: in too small a part."""

    group: str
    name: str
    candidate: tuple[Segment, ...]
    reference: tuple[Segment, ...]
    right: bool | None


def sources(part: int) -> Iterator[tuple[str, list[Case]]]:
    """Case lists in which neighbours are of one kind; part 0 is for choosing the bounds, 1 for measuring."""
    year, system = (("wmt22.zh-en", "Online-G"), ("wmt23.zh-en", "ONLINE-B"))[part]
    yield "wmt", list(wmt(year, [system], "refA", ""))
    yield "wmt perturbed", list(wmt(year, [system], "refA", "both"))
    yield "deplain", list(deplain(part))
    yield "bible", list(bible(part, 1))
    yield "onestop", list(onestop(part))


def pairs(part: int) -> Iterator[Pair]:
    """Every case as a right pair, and its candidate with the next case's reference as a wrong one."""
    for group, cases in sources(part):
        for number, case in enumerate(cases):
            other = cases[(number + 1) % len(cases)]
            right = True if group == "onestop" or _common_part(case) >= 0.5 else None
            yield Pair(group, case.name, case.candidate, case.reference, right)
            if other.reference != case.reference:
                yield Pair(group, f"{case.name} / {other.name}", case.candidate, other.reference, False)


def _common_part(case: Case) -> float:
    """Share of the candidate's words in segments with a partner: dropping segments may leave none."""
    words = [count_words(s.text) for s in case.candidate]
    return sum(words[i] for i in {i for i, _ in case.gold}) / max(sum(words), 1)


def judged(part: int, aligner: str = "document") -> Iterator[tuple[Pair, Alignment]]:
    """The pairs with the gate's verdict."""
    tool = Registry().make("aligner", aligner)
    for pair in pairs(part):
        links = tool.align(pair.candidate, pair.reference)
        yield pair, assess_alignment(pair.candidate, pair.reference, links, aligner).alignment
