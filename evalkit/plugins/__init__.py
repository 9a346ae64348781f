"""Plug-ins: how they are found, named and made, and what each kind offers. This room may use `records` and `text`."""

from __future__ import annotations

from evalkit.plugins.registry import KINDS, Registry
from evalkit.plugins.specs import full_spec, identity_of, parse_spec, shown_spec, spec_of

__all__ = ["KINDS", "Registry", "full_spec", "identity_of", "parse_spec", "shown_spec", "spec_of"]
