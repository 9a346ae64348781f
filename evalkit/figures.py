"""What others need of the renderers' own tools: the figures of a result, and a note as readers see it."""

from __future__ import annotations

from evalkit.renderers._facts import noted
from evalkit.renderers._svg import figures

__all__ = ["figures", "noted"]
