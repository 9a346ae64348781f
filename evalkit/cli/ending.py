"""How the program ends, whatever strangers' code does in it: never well without its result."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

_EXECS = ("execv", "execve")  # all others of `os` call these


@contextmanager
def no_sudden_end() -> Iterator[None]:
    """Within it a call of `os._exit`, or of a program that would take the place of this one, ends with an error: no
    handler hears of them, and their code would pass a gate that nobody has asked. Processes that were forked end as
    they like."""
    ours, really = os.getpid(), os._exit
    execs = {name: getattr(os, name) for name in _EXECS if hasattr(os, name)}

    def ended(status: int) -> NoReturn:
        if os.getpid() == ours:
            _say(f"os._exit({status}) ended the program before its work; no plug-in may call that")
            status = 2
        really(status)

    def replacing(name: str) -> Callable[..., Any]:
        def replaced(program: Any, *more: Any) -> Any:
            if os.getpid() == ours:
                told = f"os.{name}({program!r}) would have taken the place of the program before its work"
                _say(f"{told}; no plug-in may call that: start another program with `subprocess`")
                really(2)
            return execs[name](program, *more)

        return replaced

    os._exit = ended
    for name in execs:
        setattr(os, name, replacing(name))
    try:
        yield
    finally:
        os._exit = really
        for name, real in execs.items():
            setattr(os, name, real)


def _say(text: str) -> None:
    from evalkit.cli.output import note

    note(f"evalkit: error: {text}")
