"""How far the work is, on standard error: a line a stage on a terminal, JSON for programs, else nothing."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evalkit.errors import ConfigError, nearest
from evalkit.text import aside

if TYPE_CHECKING:
    from evalkit.run.stages import Step

KINDS = ("auto", "line", "json", "none")
_EVERY = 0.1  # seconds between two reports: more cannot be read
_SHORT = 1.0  # seconds: a stage that takes less leaves no line


def check(kind: str) -> None:
    """Raises ConfigError for a way of showing progress that there is not."""
    if kind not in ("", *KINDS):
        raise ConfigError(f"--progress {kind!r}: no such way{nearest(kind, KINDS)} (known: {', '.join(KINDS)})")


@contextlib.contextmanager
def shown(kind: str, quiet: bool) -> Iterator[None]:
    """While it is open, progress is shown as asked; by default where a person looks on."""
    check(kind)
    stream = sys.stderr
    if kind in ("", "auto"):
        kind = "line" if stream is not None and stream.isatty() and not quiet else "none"
    if kind == "none" or stream is None:
        yield
        return
    from evalkit.run import stages

    reporter = _Json() if kind == "json" else _Line()
    with stages.counted(reporter.at):
        try:
            yield
        finally:
            reporter.end()


class _Json:
    """A line of JSON for each step: stage, done, total, unit, seconds since the stage began."""

    def __init__(self) -> None:
        self._clock = _Clock()

    def at(self, step: Step) -> None:
        if self._clock.is_due(step):
            said = {**step._asdict(), "done": round(step.done, 3), "seconds": round(self._clock.seconds, 2)}
            aside.say(f"{json.dumps(said)}\n")

    def end(self) -> None:
        """Nothing is open."""


class _Line:
    """`detect: 3.5 of 12 systems, 0.4 a second, 21 s left`, drawn over itself."""

    def __init__(self) -> None:
        self._clock, self._open = _Clock(), False

    def at(self, step: Step) -> None:
        if self._clock.begins(step):
            self.end()
        if self._clock.is_due(step):
            aside.say(f"\r\x1b[K{told(step, self._clock.seconds)}")
            self._open = True

    def end(self) -> None:
        """The line stays where its stage took long, else it goes."""
        if self._open:
            aside.say("\n" if self._clock.seconds >= _SHORT else "\r\x1b[K")
            self._open = False


def told(step: Step, seconds: float) -> str:
    """A step in words: count, and once something is done, rate and time left."""
    done = f"{step.done:.1f}".removesuffix(".0")
    text = f"{step.stage}: {done} of {step.total} {step.unit}"
    if not step.done or not seconds:
        return text
    rate = step.done / seconds
    pace = f"{rate:.1f} a second" if rate >= 1 else f"{1 / rate:.1f} s each"
    if step.done >= step.total:
        return f"{text}, {pace}, {_time(seconds)}"
    return f"{text}, {pace}, {_time((step.total - step.done) / rate)} left"


def _time(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"


class _Clock:
    """When the stage began, and when it was last reported."""

    def __init__(self) -> None:
        self._stage, self._began, self._last = "", 0.0, 0.0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def begins(self, step: Step) -> bool:
        return step.stage != self._stage

    def is_due(self, step: Step) -> bool:
        """Whether to report: the first and last step of a stage always, others now and then."""
        now, first = time.monotonic(), self.begins(step)
        if first:
            self._stage, self._began = step.stage, now
        if first or step.done >= step.total or now - self._last >= _EVERY:
            self._last = now
            return True
        return False
