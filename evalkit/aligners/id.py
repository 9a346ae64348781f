"""The `id` aligner: rows that state the same id belong together, whatever their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.errors import InputError
from evalkit.records import Link, Segment


@dataclass(frozen=True)
class IdAligner:
    """Pairs the rows of tables, XLIFF, PO and subtitles by their ids; what one side lacks is a gap, and is named."""

    kind: ClassVar[str] = "aligner"
    name: ClassVar[str] = "id"
    segmenter: ClassVar[str] = "lines"
    by_id: ClassVar[bool] = True

    def align(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> tuple[Link, ...]:
        """Links 1-1 by id, in the order of the candidate, an omitted row after the one before it in the reference.

        Raises InputError where no id is on both sides.
        """
        theirs = {_id(segment): number for number, segment in enumerate(reference)}
        pairs = {k: theirs[identity] for k, segment in enumerate(candidate) if (identity := _id(segment)) in theirs}
        if not pairs:
            raise InputError(
                f"document {candidate[0].document!r}: no id of the candidate ({_id(candidate[0])!r} ...) is one of the "
                f"reference ({_id(reference[0])!r} ...); are the two of one file? Without ids: --align document"
            )
        taken = set(pairs.values())
        after: dict[int, list[int]] = {}
        last = -1
        for number in range(len(reference)):
            if number in taken:
                last = number
            else:
                after.setdefault(last, []).append(number)
        links = [_omitted(number) for number in after.get(-1, ())]
        for k in range(len(candidate)):
            mate = pairs.get(k)
            links.append(Link((k,), (), "added", 1.0) if mate is None else Link((k,), (mate,), "1-1", 1.0))
            links += [_omitted(number) for number in after.get(mate, ())] if mate is not None else []
        return tuple(links)


def _omitted(number: int) -> Link:
    return Link((), (number,), "omitted", 1.0)


def _id(segment: Segment) -> str:
    return segment.id.removeprefix(f"{segment.document}:")
