"""How near scores of running text come to those of the lines: the same texts without their line ends, aligned anew."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from evalkit.plugins import Registry
from evalkit.records import Document, DocumentSet
from evalkit.records.config import RunConfig
from evalkit.records.result import Result
from evalkit.run.align import align_system
from evalkit.run.parts import make_parts
from evalkit.run.read import read_inputs
from evalkit.run.score import score_systems
from evalkit.run.sides import SplitSide
from evalkit.run.workers import Workers
from evalkit.text.layout import blocks
from evalkit.text.words import join


class Parity(Struct, frozen=True):
    """A metric's score of a system's lines, and of the same text as running text (scope `document`)."""

    system: str
    metric: str
    lines: float
    running: float


def parity(config: RunConfig, result: Result, folder: Path | str = ".") -> tuple[Parity, ...]:
    """For every system and metric of `result`, which was scored line by line, the score of running text beside it.

    Both sides lose their line ends, are cut into sentences and aligned. Raises EvalkitError for what cannot be read.
    """
    registry = Registry(tuple(str(Path(folder) / path) for path in config.plugins))
    config = replace(config, align="document", segment="")
    inputs = read_inputs(config, Path(folder), registry)
    parts = make_parts(config, registry)
    references = [SplitSide(_running(reference), parts.segmenter) for reference in inputs.references]
    systems = [
        align_system(_running(candidate), references, parts.segmenter, parts.aligner) for candidate in inputs.candidates
    ]
    known = {
        (system.name, s.metric): s.value for system in result.systems for s in system.scores if s.scope == "corpus"
    }
    return tuple(
        Parity(system.candidate.name, score.metric, known[key], score.value)
        for system, scored in zip(systems, score_systems(systems, parts.scorers, config, Workers()), strict=True)
        for score in scored.scores
        if score.scope == "document" and (key := (system.candidate.name, score.metric)) in known
    )


def _running(side: DocumentSet) -> DocumentSet:
    return replace(side, documents=tuple(map(_without_line_ends, side.documents)))


def _without_line_ends(document: Document) -> Document:
    lines = (document.text[line.start : line.end].strip() for line in blocks(document, keep_empty=True))
    text = join([" ".join(line.split("\n")) for line in lines if line], document.lang)
    return replace(document, text=text, rows=None, left_out=(), places=None, ids=False)
