"""The three pipes of a worker: what threads beside the bridge write into the one, and read from the others."""

from __future__ import annotations

import contextlib
import queue
from collections import deque
from typing import Any

_LONGEST_LINE = 2000  # characters of a line of standard error
_LONGEST_ANSWER = 16 << 20  # bytes of one answer: 100,000 scores with all their digits have 3 MB


def send(stream: Any, line: bytes, answers: queue.SimpleQueue[bytes]) -> None:
    """Sends a line; the end of the answers where nobody reads it any more."""
    try:
        stream.write(line)
        stream.flush()
    except (OSError, ValueError):
        answers.put(b"")


def follow_answers(stream: Any, answers: queue.SimpleQueue[bytes]) -> None:
    """Hands on the lines of a stream as they come, and an empty one at its end.

    What comes together is handed on together, so that more than one line is seen for what it is. What is too long, and
    what piles up because nobody asked for it, is the last that is read.
    """
    line = bytearray()
    with contextlib.suppress(OSError, ValueError), stream:
        while block := stream.read1(1 << 16):
            line += block
            if b"\n" in block or len(line) > _LONGEST_ANSWER:
                answers.put(bytes(line))
                if len(line) > _LONGEST_ANSWER or answers.qsize() > 1:
                    return
                line.clear()
    if line:
        answers.put(bytes(line))
    answers.put(b"")


def follow_words(stream: Any, words: deque[str]) -> None:
    """Keeps the last lines of a stream."""
    with contextlib.suppress(OSError, ValueError), stream:
        while line := stream.readline(_LONGEST_LINE):
            words.append(line.decode("utf-8", "replace").rstrip())
