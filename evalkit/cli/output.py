"""Rendering a result and putting it where the user wants it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from evalkit.cli.aside import standard
from evalkit.errors import ConfigError, InputError

if TYPE_CHECKING:
    from evalkit.records.result import Result


def note(text: str, quiet: bool = False) -> None:
    """A line for the person at the terminal, never part of the output: nothing in it acts, however it came here."""
    if not quiet:
        from evalkit.text import aside
        from evalkit.text.visible import told

        aside.say(f"{told(text)}\n")


_HELD = 1 << 22  # bytes of an output held in memory
_COLOURS = {"critical": "31;1", "major": "31", "minor": "33", "neutral": "2"}


def put(text: str | bytes, output: str, *, colour: bool = False, overwrite: bool = True) -> None:
    """To standard output, or the whole file or nothing; colour only on a terminal that wants it.

    Not to `overwrite` is to refuse a file that is there, is not evalkit's, and holds something else.
    """
    if not overwrite:
        from evalkit.cli.guard import refuse_foreign

        refuse_foreign(output, overwrite, text.encode() if isinstance(text, str) else text)
    if isinstance(text, bytes):
        _put_bytes(text, output)
        return
    if _is_standard(output):
        stream = _standard_output()
        if colour and stream.isatty() and not os.environ.get("NO_COLOR"):
            pattern = r"(?m)^(\S.*?:\d+:\d+: \S+ )(critical|major|minor|neutral)\b"
            text = re.sub(pattern, lambda m: f"{m[1]}\x1b[{_COLOURS[m[2]]}m{m[2]}\x1b[0m", text)
        _to_standard(stream, (text.encode(),))
    else:
        _write(output, (text.encode(),))


def _is_standard(output: str) -> bool:
    """Whether a result goes to standard output, by a name that other programs have for it too."""
    return output in ("", "-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def _standard_output() -> TextIO:
    stream = standard()
    if stream is None:
        raise InputError("standard output is closed; name a file with -o")
    return stream


def _put_bytes(data: bytes, output: str) -> None:
    if not _is_standard(output):
        _write(output, (data,))
        return
    stream = standard()
    if stream is None or stream.isatty():
        raise ConfigError("this format is no text: name a file for it with -o")
    _to_standard(stream, (data,))


def wrote(output: str, quiet: bool) -> None:
    """Says that a file was written; nothing of what went to standard output or another open stream."""
    from evalkit.text.files import is_stream

    if not (_is_standard(output) or is_stream(output)):
        note(f"evalkit: wrote {output}", quiet)


def _write(output: str, pieces: Iterable[bytes]) -> None:
    from evalkit.cli.guard import forget, refuse_changed, remember
    from evalkit.text.files import write_pieces

    refuse_changed(output)
    forget(output)
    write_pieces(output, pieces)
    remember(output)


def put_pieces(pieces: Iterable[bytes], output: str) -> None:
    """As `put`, of a text that is made while it is written; for standard output it waits on the disk until it is
    whole, so that an error leaves no half of it there."""
    if not _is_standard(output):
        _write(output, pieces)
        return
    from tempfile import SpooledTemporaryFile

    stream = _standard_output()
    with SpooledTemporaryFile(_HELD) as made:
        for piece in pieces:  # `writelines` would hold them all before it looks how many there are
            made.write(piece)
        made.seek(0)
        _to_standard(stream, iter(lambda: made.read(_HELD), b""))


def _to_standard(stream: TextIO, blocks: Iterable[bytes]) -> None:
    """Writes a result. Where its reader has gone (`| head`) the rest is nobody's, but what the command finds still
    has its exit code: a gate is not passed because nobody read to the end."""
    try:
        for block in blocks:
            stream.buffer.write(block)
        stream.flush()
    except OSError as problem:
        # What is still in the stream goes nowhere: it would fail once more when the stream is closed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if isinstance(problem, BrokenPipeError):
            return
        raise InputError(f"standard output cannot be written ({problem.strerror})") from None


def format_for(asked: str, output: str, usual: str, plugins: Sequence[str] = ()) -> str:
    """The format asked for; where none was, the one that claims the output file's ending.

    Plain text, without an ending or with `.txt`, is the usual format of the command. What evalkit's own formats claim
    stays theirs, whatever plug-ins there are. Raises ConfigError for an ending that no format claims: a file of that
    name would hold something else.
    """
    ending = Path(output).suffix.lower()
    if asked or output in ("", "-") or ending in ("", ".txt"):
        return asked or usual
    return _taking(ending, output, plugins)


def _taking(ending: str, output: str, plugins: Sequence[str]) -> str:
    """The format that claims an ending."""
    from evalkit.plugins import Registry

    registry = Registry(tuple(plugins))
    every = [registry.get("renderer", name) for name in registry.names("renderer")]
    claiming = [cls for cls in every if getattr(cls, "suffix", "") and getattr(cls, "claims", True)]
    takers = [cls for cls in claiming if cls.suffix.lower() == ending]
    names: list[str] = [cls.name for cls in takers if cls.__module__.startswith("evalkit.")] or [
        cls.name for cls in takers
    ]
    if len(names) > 1:
        raise ConfigError(f"-o {output}: several formats write {ending!r} ({', '.join(names)}); name one with -f")
    if not names:
        known = ", ".join(sorted({".txt", *(cls.suffix.lower() for cls in claiming)}))
        raise ConfigError(
            f"-o {output}: no format writes {ending!r} files (known: {known}); name a format with -f, or the file of "
            "one with --plugin"
        )
    return names[0]


def render(result: Result, format_: str, registry: Any, **options: object) -> str | bytes:
    """The result as text, or the bytes of a format that is none: what a renderer sees has been through JSON, so every
    view shows the same."""
    renderer = make_renderer(format_, registry, options)
    from evalkit.plugins.guests import hosted
    from evalkit.records.json import seen
    from evalkit.text.visible import without_commands

    if hasattr(renderer, "render_file"):
        made: bytes = hosted(renderer, lambda: renderer.render_file(seen(result)))
        return made
    text: object = hosted(renderer, lambda: renderer.render(seen(result)))
    if not isinstance(text, str):
        raise ConfigError(f"the renderer {renderer.name!r} gives {type(text).__name__}; `render` gives text")
    return text if renderer.name == "github" or renderer.suffix != ".txt" else without_commands(text)


def make_renderer(format_: str, registry: Any, options: dict[str, object]) -> Any:
    """The renderer of a format with those options it has."""
    cls = registry.get("renderer", format_.partition("(")[0])
    if "(" in format_:
        return registry.make("renderer", format_)
    return cls(**{k: v for k, v in options.items() if k in cls.__dataclass_fields__})


def cores(jobs: int) -> int:
    """Number of processes: 0 means one per core this process may use."""
    if jobs < 0:
        raise ConfigError(f"--jobs {jobs}: a number of processes from 0 (one per core)")
    if jobs == 1:
        # Before numpy is there: else its matrix products wait for one another's threads, which costs more than they do.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if jobs:
        return jobs
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
