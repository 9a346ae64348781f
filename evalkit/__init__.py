"""evalkit: translation-quality evaluation on raw documents.

The public names, loaded when first used so that `import evalkit` costs nothing:

- `evaluate(config)`, `score(...)`, `check(...)`: the work
- `Lines([...])`, `Text("...")`: texts instead of files
- `load_config(path)`, `RunConfig`: the settings
- `read_result(path)`, `write_reports(result, folder)`, `render(result, format)`, `Result`: what came out
- `Registry`: the plug-ins; `EvalkitError`: the base of all errors
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.13.0"

if TYPE_CHECKING:
    from evalkit.api import check, load_config, read_result, render, score
    from evalkit.errors import EvalkitError
    from evalkit.plugins import Registry
    from evalkit.records.config import RunConfig
    from evalkit.records.given import Lines, Text
    from evalkit.records.result import Result
    from evalkit.run.pipeline import evaluate
    from evalkit.run.reports import write_reports

_HOMES = {
    "EvalkitError": "errors",
    "Lines": "records.given",
    "Registry": "plugins",
    "Result": "records.result",
    "RunConfig": "records.config",
    "Text": "records.given",
    "check": "api",
    "evaluate": "run.pipeline",
    "load_config": "api",
    "read_result": "api",
    "render": "api",
    "score": "api",
    "write_reports": "run.reports",
}

__all__ = [
    "EvalkitError",
    "Lines",
    "Registry",
    "Result",
    "RunConfig",
    "Text",
    "__version__",
    "check",
    "evaluate",
    "load_config",
    "read_result",
    "render",
    "score",
    "write_reports",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'evalkit' has no attribute {name!r}")
    return getattr(import_module(f"evalkit.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
