"""Strangers' code at work: whatever it raises is told with its name, what it does to the process goes no further."""

from __future__ import annotations

import inspect
import math
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from evalkit.errors import ConfigError, EvalkitError
from evalkit.plugins.vetted import is_strange, refused
from evalkit.text.visible import shown

T = TypeVar("T")

_PATIENCE = 10.0  # seconds a thread has after the last result: a log is sent in less


def hosted(plugin: Any, work: Callable[[], T], *, fails_alone: bool = False) -> T:
    """What the work of a plug-in gives; evalkit's own work unwatched.

    Raises ConfigError that names the plug-in, whatever that raises, the end of the program and of a generator too;
    with `fails_alone` an Exception goes through, for those who lose one document by it.
    """
    if not is_strange(plugin):
        return work()
    try:
        with contained():
            return work()
    except (EvalkitError, KeyboardInterrupt):
        raise
    except BaseException as problem:
        if fails_alone and isinstance(problem, Exception):
            raise
        raise _failure(plugin, problem) from problem


def hold_to_numbers(scorer: type[Any]) -> None:
    """From now on the scores of a stranger's class are finite numbers, or ConfigError: they are asked for all over."""
    for name in ("value", "segment"):
        method = inspect.getattr_static(scorer, name, None)
        if hasattr(method, "__get__") and not hasattr(method, "held"):
            setattr(scorer, name, _held(name, method))


def _held(name: str, method: Any) -> Callable[[Any, Any], float]:
    def held(self: Any, row: Any) -> float:
        try:
            score = method.__get__(self, type(self))(row)
        except (EvalkitError, KeyboardInterrupt):
            raise
        except BaseException as problem:
            raise _failure(self, problem) from problem
        try:
            number = float(score) if isinstance(score, (int, float)) else math.nan
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise refused(self, f"{shown(score)} as a score by `{name}`: a score is a finite number")
        return number

    held.held = True  # type: ignore[attr-defined]
    return held


def _failure(plugin: Any, problem: BaseException) -> ConfigError:
    told = f"{type(problem).__name__}: {said(problem)}{_where(problem)}"
    return ConfigError(f"the {plugin.kind} {plugin.name!r} (a plug-in) failed: {told}")


@contextmanager
def contained() -> Iterator[None]:
    """After strangers' code the folder is again the one that paths are said from, and a process that it has forked
    ends: it would go on with the work and write every result once more."""
    process, folder = os.getpid(), _folder()
    try:
        yield
    finally:
        if os.getpid() != process:
            os._exit(0)
        if folder and folder != _folder():
            with suppress(OSError):
                os.chdir(folder)


def leave(status: int, say: Callable[[str], None]) -> None:
    """Before a process ends: threads that a plug-in has left have a moment to end too, then it ends without them."""
    threading = sys.modules.get("threading")
    if threading is None or not any(name.startswith("evalkit_plugin_") for name in sys.modules):
        return
    ours = threading.main_thread()
    if all(each is ours or each.daemon for each in threading.enumerate()):
        return

    def give_up() -> None:
        say("evalkit: note: a thread of a plug-in did not end and was given up")
        os._exit(status)

    clock = threading.Timer(_PATIENCE, give_up)
    clock.daemon = True
    clock.start()


def said(problem: BaseException) -> str:
    """The words of an exception; a stranger's may have none, or fail at them."""
    try:
        return str(problem)
    except Exception:
        return "(it fails to say what)"


def _folder() -> str:
    try:
        return str(Path.cwd())
    except OSError:  # it was taken away
        return ""


def _where(problem: BaseException) -> str:
    """File and line, by name alone, of the last step of an error, where that is no check of evalkit's."""
    steps = traceback.extract_tb(problem.__traceback__)
    if not steps or Path(steps[-1].filename).is_relative_to(Path(__file__).parent.parent):
        return ""
    return f" ({Path(steps[-1].filename).name}, line {steps[-1].lineno})"
