"""Links made ahead by a cluster: a document a task, kept in memory, where the alignment finds them.

What is kept under a key is what the aligner gives for it, so a result does not show who made its links.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from evalkit.errors import EvalkitError
from evalkit.plugins.protocols import Aligner
from evalkit.records import Link, Segment
from evalkit.run import kept, strangers
from evalkit.run.cache import Cache
from evalkit.run.sides import SplitSide
from evalkit.run.stages import counting
from evalkit.run.workers import Workers

_Task = tuple[Aligner, Sequence[Segment], Sequence[Segment]]


class Memory(Struct):
    """What is kept for this run, over what is kept between runs."""

    under: Cache | None
    entries: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The bytes under a key."""
        return self.entries.get(key) or (self.under.get(key) if self.under else None)

    def put(self, key: str, content: bytes) -> None:
        """Keeps bytes under a key."""
        self.entries[key] = content
        if self.under:
            self.under.put(key, content)


def linked(sides: Sequence[SplitSide], references: Sequence[SplitSide], aligner: Aligner, workers: Workers) -> Memory:
    """The links of every document of every side with every reference, made by the workers unless they are kept.

    Those that an aligner gives by more than the two texts are not made ahead; nor are those that it fails to make, so
    that whoever asks for them again hears why.
    """
    memory = Memory(kept.cache_for(document.text for side in sides for document in side.side.documents))
    wanted: dict[str, _Task] = {}
    for side in sides:
        for number, mine in enumerate(_segments(side, references, aligner)):
            for reference in references:
                theirs = reference.sentences[number]
                key, known = kept.links_of(memory, aligner, mine, theirs) if mine and theirs else ("", None)
                if key and known is None:
                    wanted.setdefault(key, (aligner, mine, theirs))
    done = counting("align", workers.each(_links, list(wanted.values())), len(wanted), "documents")
    for key, links in zip(wanted, done, strict=True):
        if links is not None:
            kept.keep(memory, key, links)
    return memory


def _segments(side: SplitSide, references: Sequence[SplitSide], aligner: Aligner) -> list[Sequence[Segment]]:
    """The segments of each document as they will be aligned."""
    cut = getattr(aligner, "cut", None)
    if cut is None or not references:
        return list(side.segments)
    return [cut(mine, theirs) for mine, theirs in zip(side.segments, references[0].sentences, strict=True)]


def _links(task: _Task) -> tuple[Link, ...] | None:
    aligner, mine, theirs = task
    try:
        return tuple(strangers.links(aligner, mine, theirs))
    except EvalkitError:
        raise
    except Exception:  # told where the links are asked for
        return None
