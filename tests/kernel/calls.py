"""The kernel called without a scorer."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.kernel.native import Count, Kernel
from evalkit.kernel.packing import pack
from evalkit.kernel.tables import Table


def run(
    kernel: Kernel,
    count: Count,
    width: int,
    systems: Sequence[Sequence[str]],
    references: Sequence[Sequence[str | None]],
    jobs: int = 1,
) -> list[Table]:
    """Tables of the systems against streams of references."""
    sides = [[pack(texts, kernel.find_lines) for texts in side] for side in (systems, references)]
    return kernel.run(*sides, width, count, jobs)
