"""What a page shows and holds as data: without the style and the script that every page has."""

from __future__ import annotations

import re

_OWN = re.compile(r"<style>.*?</style>|<script>.*?</script>", re.DOTALL)


def without_code(text: str) -> str:
    """The page without its own style and script; its data stay."""
    return _OWN.sub("", text)
