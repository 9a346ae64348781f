"""An aligner whose failure in one document loses that document alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from evalkit.errors import EvalkitError, InputError
from evalkit.plugins.guests import said
from evalkit.plugins.protocols import Aligner
from evalkit.records import Failure, Link, Segment
from evalkit.run import kept, strangers
from evalkit.run.units import gap_links

_T = TypeVar("_T")


class Careful:
    """Asks the aligner, and says in `failures` which documents it could not align; these have no links.

    What the aligner itself refuses (an EvalkitError) goes through: it says what is wrong with the input.
    """

    def __init__(self, aligner: Aligner, system: str, cache: kept.Keeps | None = None) -> None:
        self.name = aligner.name
        self._by_line = bool(getattr(aligner, "line_by_line", False))
        self.by_id = bool(getattr(aligner, "by_id", False))  # an aligner that pairs rows by their ids
        self._aligner, self._system = aligner, system
        self._cache = cache  # where links are kept
        self.failures: list[Failure] = []

    @property
    def cuts(self) -> bool:
        """True for an aligner that cuts the candidate to the reference's segments."""
        return hasattr(self._aligner, "cut")

    def cut(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> Sequence[Segment]:
        """The candidate's segments as the aligner cuts them; as they are where it fails."""
        cut: Callable[..., Sequence[Segment]] = getattr(self._aligner, "cut")  # noqa: B009
        return self._tried(lambda: cut(candidate, reference), lambda: candidate, candidate)

    def align(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> Sequence[Link]:
        """The aligner's links; gaps alone where it fails."""
        key, known = kept.links_of(self._cache, self._aligner, candidate, reference)
        if known is not None:
            return known
        failed = len(self.failures)
        links: Sequence[Link] = self._tried(
            lambda: strangers.links(self._aligner, candidate, reference),
            lambda: gap_links(len(candidate), len(reference)),
            candidate,
        )
        if len(self.failures) == failed:
            kept.keep(self._cache, key, links)
        return links

    def _tried(self, work: Callable[[], _T], otherwise: Callable[[], _T], candidate: Sequence[Segment]) -> _T:
        try:
            return work()
        except InputError as problem:
            if self._by_line:  # of several systems it is one that has other lines
                raise InputError(f"{self._system}: {problem}") from None
            raise
        except EvalkitError:
            raise
        except Exception as problem:  # one document that cannot be aligned loses no other
            document = candidate[0].document if candidate else ""
            message = (
                f"document {document!r} could not be aligned and counts as not rendered: "
                f"{type(problem).__name__}: {said(problem)}"
            )
            self.failures.append(Failure("align", self.name, self._system, "", message))
            return otherwise()
