"""The `serial` executor: one chunk after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class SerialExecutor:
    """Runs everything here; the order of results is the order of chunks by nature."""

    kind: ClassVar[str] = "executor"
    name: ClassVar[str] = "serial"

    def map(self, task: Callable[[T], R], chunks: Sequence[T]) -> list[R]:
        """The task's result for each chunk."""
        return [task(chunk) for chunk in chunks]
