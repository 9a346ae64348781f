"""The scorers of a configuration, and of a saved result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from evalkit.errors import ConfigError
from evalkit.plugins import Registry, parse_spec, shown_spec
from evalkit.plugins.protocols import Scorer
from evalkit.records import Failure
from evalkit.records.config import Spec
from evalkit.records.result import Result


def make_scorers(specs: Iterable[Spec], lang: str, registry: Registry) -> dict[str, Scorer]:
    """The scorers by the name of their metric; of two variants of one metric, by their spec."""
    made = [registry.make("scorer", spec) for spec in specs]
    made = [replace(s, lang=lang) if getattr(s, "lang", None) == "" else s for s in made]
    names = [scorer.name for scorer in made]
    scorers: dict[str, Scorer] = {}
    for scorer in made:
        label = scorer.name if names.count(scorer.name) == 1 else shown_spec(scorer)
        if label in scorers:
            raise ConfigError(f"the metric {scorer.name!r} is named twice with the same options; name it once")
        scorers[label] = scorer
    return scorers


def scorers_of(result: Result, registry: Registry) -> tuple[dict[str, Scorer], tuple[Failure, ...]]:
    """The scorers of a saved result, made again from its settings: what a test of its rows needs.

    A metric whose plug-in the registry does not have is left out, with a failure that says so: its values can be
    shown and held against limits, but no test can be made.
    """
    known = set(registry.names("scorer"))
    specs = list(result.config.get("metrics") or ())
    absent = [name for spec in specs if (name := parse_spec("scorer", spec)[0]) not in known]
    specs = [spec for spec in specs if parse_spec("scorer", spec)[0] in known]
    said = (
        f"no test was made of {name!r}, and its units were not compared: the plug-in that scored it is not loaded; "
        "name its file with --plugin"
        for name in absent
    )
    scorers = make_scorers(specs, str(result.config.get("lang") or "en"), registry)
    return scorers, tuple(Failure("compare", name, "", "", text) for name, text in zip(absent, said, strict=True))
