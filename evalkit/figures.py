"""The figures of a result, for whoever writes them to files."""

from __future__ import annotations

from evalkit.renderers._svg import figures

__all__ = ["figures"]
