"""Whether a text is written for a program: markup that would be scored as if it were words."""

from __future__ import annotations

import re

_XML = re.compile(r"<\?xml\b[^>]{0,500}>")
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]{0,60})(?=[\s/>])")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+([\w.:-]{1,60})", re.IGNORECASE)
# What no running text begins with, but for a few that the readers then look at more closely.
_PERHAPS = re.compile(r"[<{\[%#]|PK\x03\x04|WEBVTT|\d{1,6}\s*\n\d|msgid|msgctxt")
_SPACE = " \t\r\n\ufeff"


def may_be_written_for_a_program(head: str) -> bool:
    """Whether it is worth looking closer at what a text begins with: told in a moment, without any reader."""
    return _PERHAPS.match(head.lstrip(_SPACE)) is not None


def markup(head: str) -> str:
    """What kind of markup a text begins with, in words; empty where it is none. A lone tag in a sentence is none."""
    text = head.lstrip(_SPACE)
    declared = _XML.match(text)
    doctype = _DOCTYPE.match(text[declared.end() :].lstrip() if declared else text)
    if doctype:
        return f"markup (`{doctype[1]}`)"
    if declared:
        root = _ROOT.search(text, declared.end())
        return f"XML (`<{root[1]}>`)" if root else "XML"
    return ""
