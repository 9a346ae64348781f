"""Values of a row of a table by the name of their column, which may be a path into nested data."""

from __future__ import annotations

from collections.abc import Mapping

ABSENT = object()  # None may be a value


def value_of(fields: Mapping[str, object], column: str) -> object:
    """The value of a column, or of a key inside one (`translation.de`); ABSENT where there is none."""
    if column in fields:
        return fields[column]
    value: object = fields
    for key in column.split("."):
        if not isinstance(value, Mapping) or key not in value:
            return ABSENT
        value = value[key]
    return value
