"""Values written as YAML that reads back as the very same value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_WIDTH = 110  # columns, as the lists are written


def scalar(value: object) -> str:
    """A value in YAML, fit for a list in brackets too; text stays bare only where YAML reads that very text."""
    if not isinstance(value, str):
        return json.dumps(value)
    bare = value.isprintable() and not set(value) & set("[]{},") and _reads_as_itself(value)
    return value if bare else json.dumps(value, ensure_ascii=not value.isprintable())


def pair(key: str, value: Any) -> Iterator[str]:
    """`key: value` in lines; a list stands in one line where it fits, else one form a line."""
    if not isinstance(value, (list, tuple)):
        yield f"{key}: {scalar(value)}"
        return
    line = f"{key}: [{', '.join(map(scalar, value))}]"
    if len(line) <= _WIDTH:
        yield line
    else:
        yield f"{key}:"
        yield from (f"  - {scalar(form)}" for form in value)


def _reads_as_itself(text: str) -> bool:
    import yaml

    try:
        return bool(yaml.safe_load(f"[{text}]") == [text] and yaml.safe_load(f"x: {text}") == {"x": text})
    except (yaml.YAMLError, ValueError):
        return False
