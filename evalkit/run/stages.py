"""How far an evaluation is, for whoever wants to show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, TypeVar

T = TypeVar("T")

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


class Step(NamedTuple):
    """How far a stage is: `done` of `total` things, called `unit`; a part of one counts as such."""

    stage: str
    done: float
    total: int
    unit: str


_counter: ContextVar[Callable[[Step], None] | None] = ContextVar("counter", default=None)
_item: ContextVar[Step | None] = ContextVar("item", default=None)


@contextmanager
def counted(listener: Callable[[Step], None]) -> Iterator[None]:
    """While it is open, the listener hears how far a stage is."""
    token = _counter.set(listener)
    try:
        yield
    finally:
        _counter.reset(token)


@contextmanager
def silent() -> Iterator[None]:
    """While it is open, nobody hears anything: of an evaluation that is a part of something counted itself."""
    tokens = _listener.set(None), _counter.set(None), _item.set(None)
    try:
        yield
    finally:
        _listener.reset(tokens[0])
        _counter.reset(tokens[1])
        _item.reset(tokens[2])


def counting(stage: str, results: Iterable[T], total: int, unit: str) -> Iterator[T]:
    """The results, each counted when it is there; what makes them may say `part` of the one it is at."""
    each = iter(results)
    try:
        for number in range(total):
            _item.set(Step(stage, number, total, unit))
            part(0)
            yield next(each)
        _item.set(Step(stage, total, total, unit))
        part(0)
    finally:
        _item.set(None)


def part(share: float) -> None:
    """Says how much of the thing that is being counted is done, 0 to 1; more where others work on later ones."""
    listener, item = _counter.get(), _item.get()
    if listener is not None and item is not None:
        listener(item._replace(done=item.done + share))


@contextmanager
def heard(listener: Callable[[float], None]) -> Iterator[None]:
    """While it is open, in a process of its own, the listener hears how much of its one thing is done; not of stages
    that begin within it."""

    def hear(step: Step) -> None:
        if not step.stage:
            listener(step.done)

    tokens = _counter.set(hear), _item.set(Step("", 0, 1, ""))
    try:
        yield
    finally:
        _counter.reset(tokens[0])
        _item.reset(tokens[1])


_kept: Counter[tuple[str, str]] = Counter()


def keep(what: str, unit: str, number: int = 1) -> None:
    """Notes that something of one more unit, or of so many, is kept, even should the run end here."""
    _kept[what, unit] += number


def kept() -> str:
    """What is kept so far: `the findings of 2 systems`; empty where nothing is."""
    return ", ".join(f"the {what} of {n} {unit}{'s' * (n != 1)}" for (what, unit), n in sorted(_kept.items()))
