"""The results of jobs as they are shown: with all verdicts given so far, made once for each state of both."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from evalkit.compare.scorers import scorers_of
from evalkit.plugins import Registry
from evalkit.records import json as jsonio
from evalkit.records.config import GateConfig, StatisticsConfig
from evalkit.records.result import Result
from evalkit.review import ratings
from evalkit.review.apply import applied
from evalkit.serve.store import Job, Store

_KEPT = 8  # results in memory: those that somebody reads now
_SEED = 12345  # of the tests between systems, as everywhere


class Results:
    """Results of a store's jobs. Methods may be called from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._made: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = threading.Lock()

    def raw(self, id_: str) -> Result | None:
        """The result as it was evaluated, None where there is none; InputError where it is damaged."""
        path = self._store.path(id_) / "result.json"
        if not path.is_file():
            return None
        found: Result = self._once(("raw", id_, _age(path)), lambda: jsonio.read(path))
        return found

    def of(self, id_: str) -> Result | None:
        """The result with the verdicts given so far."""
        raw = self.raw(id_)
        if raw is None:
            return None
        found: Result = self._once(self._key("judged", id_), lambda: self._judged(raw, id_))
        return found

    def page(self, id_: str) -> str:
        """The report as a page."""
        result = self.of(id_)
        if result is None:
            return ""
        made: str = self._once(self._key("page", id_), lambda: _rendered(result))
        return made

    def compared(self, job: Job, before: str) -> Result | None:
        """The result held against that of another job; None where one of them has none."""
        now, then = self.of(job.id), self.of(before)
        if now is None or then is None:
            return None
        key = (*self._key("compared", job.id), before, _age(self._store.path(before) / "result.json"))
        found: Result = self._once(key, lambda: _compared(now, then))
        return found

    def _judged(self, raw: Result, id_: str) -> Result:
        verdicts = self._store.verdicts()
        marked = {path.name: ratings.read(path) for path in self._store.ratings(id_)}
        result = applied(raw, verdicts, self._store.verdicts_path.name, marked)
        return _compared_anew(result) if len(result.systems) > 1 and verdicts else result

    def _key(self, what: str, id_: str) -> tuple[Any, ...]:
        ages = map(_age, (self._store.path(id_) / "result.json", self._store.verdicts_path, *self._store.ratings(id_)))
        return what, id_, *ages

    def _once(self, key: tuple[Any, ...], make: Any) -> Any:
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return made


def rendered(result: Result, format_: str, **options: Any) -> str | bytes:
    """A result in a format: text, or the bytes of a format that is none."""
    renderer: Any = Registry().make("renderer", {"name": format_, **options})
    seen = jsonio.seen(result)
    if hasattr(renderer, "render_file"):
        return bytes(renderer.render_file(seen))
    return str(renderer.render(seen))


def _rendered(result: Result) -> str:
    return str(rendered(result, "html"))


def _age(path: Path) -> tuple[int, int]:
    """What tells one state of a file from another; zeros where there is none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _compared(now: Result, then: Result) -> Result:
    """The later result with its changes since the earlier one. Systems are matched by name, single ones as they are."""
    from evalkit.compare import gates

    if len(now.systems) == len(then.systems) == 1:
        then = replace(then, systems=(replace(then.systems[0], name=now.systems[0].name),))
    scorers, _ = scorers_of(now, Registry())
    gate = GateConfig(baseline="the earlier version")
    verdict = gates.judge(now, gate, then, scorers=scorers, seed=_SEED, compared_only=True)
    return replace(now, gate=verdict)


def _compared_anew(result: Result) -> Result:
    """The result with its systems compared by the findings that stand now."""
    from evalkit.compare.systems import compare

    scorers, _ = scorers_of(result, Registry())
    found = compare(result.systems, scorers, StatisticsConfig(), _SEED)
    return replace(result, **{name: getattr(found, name) for name in found.__struct_fields__})
