"""How far an evaluation is, for whoever wants to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

STAGES = ("read", "align", "score", "detect", "compare")
_listener: ContextVar[Callable[[str], None] | None] = ContextVar("stages", default=None)


@contextmanager
def told(listener: Callable[[str], None]) -> Iterator[None]:
    """While it is open, the listener hears each stage of an evaluation as it begins."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def begin(stage: str) -> None:
    """Says that a stage begins; it changes nothing."""
    listener = _listener.get()
    if listener is not None:
        listener(stage)
