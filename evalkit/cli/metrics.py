"""Metrics on the command line: what `-m` names, and the options that scorers declare for it."""

from __future__ import annotations

import re
from typing import Annotated, Any, NamedTuple, get_type_hints

from evalkit.cli.options import option
from evalkit.errors import ConfigError
from evalkit.plugins import Registry, parse_spec
from evalkit.plugins.options import Flag, flags

# The scorers that declare options, in the order of the help.
_DECLARING = ("bleu", "chrf", "ter")


def _declared() -> dict[str, tuple[Flag, Any, Any]]:
    """By the name of a parameter: the option, its type and its default (None where that varies)."""
    found = {}
    for scorer in (Registry().get("scorer", name) for name in _DECLARING):
        hints = get_type_hints(scorer)
        for field, flag in flags(scorer).items():
            hint = hints[field] if hints[field] is bool else hints[field] | None
            default = None if flag.varies else getattr(scorer, field)
            found[flag.name.strip("-").replace("-", "_")] = flag, hint, default
    return found


def _as_group(declared: dict[str, tuple[Flag, Any, Any]]) -> Any:
    """The options as a group (see `grouped`), with their defaults."""
    fields = [
        (name, Annotated[hint, option(flag.name, text=flag.help, metavar=flag.metavar or None)])
        for name, (flag, hint, _) in declared.items()
    ]
    make: Any = NamedTuple
    return make("MetricOptions", fields)(*(default for _, _, default in declared.values()))


_DECLARED = _declared()
OPTIONS: Any = _as_group(_DECLARED)


def specs(given: list[str], options: Any, plugins: list[str]) -> list[dict[str, object]]:
    """The metrics that `-m` names, as tables with the options that are theirs."""
    texts = [text.strip() for each in given for text in re.split(r",(?![^(]*\))", each) if text.strip()]
    if not texts:
        raise ConfigError("-m names no metric; leave it out for BLEU")
    registry = Registry(tuple(plugins))
    values = {flag.name: getattr(options, name) for name, (flag, _, _) in _DECLARED.items()}
    found = [_spec(text, values, registry) for text in texts]
    _refuse_idle(options, [str(spec["name"]) for spec in found], registry)
    return found


def _refuse_idle(options: Any, names: list[str], registry: Registry) -> None:
    """An option that no metric of the command has would change nothing, and its user thinks it does."""
    taken = {flag.name for name in names for flag in flags(registry.get("scorer", name)).values()}
    for name, (flag, _, _) in _DECLARED.items():
        if flag.name not in taken and getattr(options, name) != getattr(OPTIONS, name):
            raise ConfigError(f"{flag.name}: no metric of this command has it (-m {','.join(names)}); leave it out")


def _spec(text: str, values: dict[str, object], registry: Registry) -> dict[str, object]:
    name, own = parse_spec("scorer", text)
    name = known(name, registry)
    declared = {field: values.get(flag.name) for field, flag in flags(registry.get("scorer", name)).items()}
    return {"name": name, **{field: value for field, value in declared.items() if value is not None}, **own}


def known(name: str, registry: Registry) -> str:
    """A metric as its scorer spells it: capitals do not matter where there is only one reading."""
    if registry.only("scorer", name):
        return name
    names = registry.names("scorer")
    return name if name in names else next((n for n in names if n.lower() == name.lower()), name)
