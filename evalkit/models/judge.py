"""A language model as judge: asked for error spans over an endpoint that the user names, every answer kept.

An answer is kept in a file of the user's as it came, a line of JSON each, before anything is made of it: what was
judged is never asked again, an interrupted run goes on where it ended, and a result can be made again without the
endpoint. The endpoint's protocol is that of OpenAI's chat completions.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from evalkit.errors import ConfigError, InputError
from evalkit.models.answers import Judgement, judgement
from evalkit.text.visible import shown

if TYPE_CHECKING:
    from evalkit.models.endpoint import Endpoint

_PROMPT = (Path(__file__).parent / "judge_prompt.txt").read_text(encoding="utf-8")
PROMPT_ID = hashlib.sha256(_PROMPT.encode()).hexdigest()[:12]
Row = Mapping[str, str]


class Settings(Struct, frozen=True):
    """Whom to ask, and within which bounds; `log` keeps the answers. `requests` and `tokens` 0 are no bounds, `replay`
    asks nobody."""

    url: str
    model: str
    log: str
    key: str = ""
    requests: int = 0
    per_minute: int = 0
    replay: bool = False
    tokens: int = 0


class Judge:
    """Judgements of texts, from the answers kept or from the endpoint."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept = _read(settings.log)
        self._asked = self._used = 0

    def judge(self, rows: Sequence[Row]) -> list[Judgement]:
        """One judgement a row. Each answer is written before the next question is asked."""
        return [judgement(self._answer(row), row["candidate"]) for row in rows]

    def _answer(self, row: Row) -> str:
        prompt = prompt_of(row)
        key = hashlib.sha256(f"{self._settings.model}\x1f{prompt}".encode()).hexdigest()
        if key not in self._kept:
            self._kept[key] = self._ask(key, prompt)
        return self._kept[key]

    def _ask(self, key: str, prompt: str) -> str:
        mine = self._settings
        if mine.replay:
            raise InputError(f"{mine.log}: no answer to one of the texts, and replay=yes asks nobody")
        for bound, used, what in ((mine.requests, self._asked, "requests"), (mine.tokens, self._used, "tokens")):
            if bound and used >= bound:
                raise ConfigError(
                    f"llm-judge: the budget of {bound} {what} is used up; {len(self._kept)} answers are kept in "
                    f"{mine.log}, and another run goes on from there"
                )
        self._asked += 1
        answer = self._endpoint().complete(mine.model, prompt)
        self._used += answer["usage"].get("total_tokens", 0)
        record = {"key": key, "prompt": PROMPT_ID, "model": mine.model, **answer}
        try:
            _append(Path(mine.log), json.dumps(record, ensure_ascii=False, sort_keys=True))
        except OSError as problem:
            raise InputError(
                f"{mine.log}: an answer cannot be written ({problem.strerror}); {len(self._kept)} answers are kept, "
                "and another run goes on from there"
            ) from None
        return str(answer["content"])

    def _endpoint(self) -> Endpoint:
        return _endpoint(self._settings.url, self._settings.key, self._settings.per_minute)


@lru_cache(maxsize=8)
def judge_of(settings: Settings) -> Judge:
    """The judge of some settings: one for the metric and the findings, so that nothing is asked twice."""
    for field in ("model", "log"):
        if not getattr(settings, field):
            raise ConfigError(f"the judge needs {field}=...; for example {_EXAMPLE}")
    if not settings.url and not settings.replay:
        raise ConfigError(f"the judge needs url=... (or replay=yes); for example {_EXAMPLE}")
    return Judge(settings)


_EXAMPLE = "llm-judge(url=http://127.0.0.1:8000/v1, model=NAME, log=answers.jsonl)"


@lru_cache(maxsize=8)
def _endpoint(url: str, key: str, per_minute: int) -> Endpoint:
    from evalkit.models.endpoint import Endpoint  # and what speaks HTTP: only where somebody is asked

    return Endpoint(url, key, per_minute)


def prompt_of(row: Row) -> str:
    """The question about a row; the mark around its texts stands nowhere in them."""
    texts = [(side, row[side]) for side in ("source", "reference", "candidate") if row.get(side)]
    mark = _mark([text for _, text in texts])
    blocks = [f"{side.upper()}\n{mark}\n{text}\n{mark}" for side, text in texts]
    return _PROMPT.format(mark=mark, texts="\n\n".join(blocks))


def _mark(texts: Sequence[str]) -> str:
    """A line that no text can close, since it is made from all of them."""
    digest = hashlib.sha256("\x1f".join(texts).encode()).hexdigest()
    return f"=== {digest[:16]} ==="


def _append(file: Path, line: str) -> None:
    """Writes a line to the disk, after the end of one that another run has left half written."""
    begun = "\n" if _is_unfinished(file) else ""
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f"{begun}{line}\n")
        stream.flush()
        os.fsync(stream.fileno())


def _is_unfinished(file: Path) -> bool:
    """Whether the last line has no end, as a run leaves it that was killed or ran out of disk while it wrote."""
    if not file.exists() or not file.stat().st_size:
        return False
    with file.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) != b"\n"


def _read(path: str) -> dict[str, str]:
    """The answers of a file by key; an unfinished line, of a run that was killed, is left where it is."""
    file = Path(path)
    if not path or not file.exists():
        return {}
    found = {}
    for number, entry in _entries(file):
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or "content" not in entry:
            raise InputError(f"{path}:{number}: no answer of a judge ({shown(entry)}); name another file as log")
        found[entry["key"]] = str(entry["content"])
    return found


def _entries(file: Path) -> Iterator[tuple[int, Any]]:
    lines = file.read_bytes().split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError):
            if line != b"{" and not line.startswith(b'{"'):  # no answer begun: the user's own file is not added to
                raise InputError(f"{file}:{number}: no line of JSON; name another file as log") from None
