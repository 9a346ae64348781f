"""What score, align and check share: a configuration from their options, the evaluation, its output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalkit.cli import gating
from evalkit.cli.output import cores, make_renderer, note, put, refuse_overwriting, render
from evalkit.errors import ConfigError

if TYPE_CHECKING:
    from evalkit.result import SystemRecord


def evaluate(
    candidates: list[str],
    references: list[str],
    *,
    settings: dict[str, Any],
    kind: str,
    boilerplate: bool,
    jobs: int,
    format_: str,
    output: str,
    quiet: bool,
    source: str = "",
    source_lang: str = "",
    names_of_systems: str = "",
    gate: dict[str, Any] | None = None,
    show: dict[str, object] | None = None,
    no_color: bool = False,
    score_only: int | None = None,
) -> None:
    """What the three commands share: a configuration from the options, the evaluation, its output."""
    import evalkit
    from evalkit.config import parse

    if [*candidates, *references].count("-") > 1:
        raise ConfigError("`-` (standard input) can stand for one file only")
    refuse_overwriting([*candidates, *references, source], output)
    names = [name.strip() for name in names_of_systems.split(",")] if names_of_systems else [""] * len(candidates)
    if len(names) != len(candidates):
        raise ConfigError(f"--names-of-systems gives {len(names)} names for {len(candidates)} candidates")
    data = {
        **settings,
        "name": "check" if "detectors" not in settings else "score" if settings["metrics"] else "align",
        **({"source": {"path": source, "lang": source_lang}} if source else {}),
        "gate": gate or {},
        "reference": [{"path": path, "boilerplate": boilerplate} for path in references],
        "candidate": [
            {"path": path, "name": name, "kind": kind, "boilerplate": boilerplate}
            for path, name in zip(candidates, names, strict=True)
        ],
    }
    registry = evalkit.Registry(tuple(settings["plugins"]))
    make_renderer(format_, registry, {})  # an unknown format is said before the work, not after it
    config = parse(data, "the options")
    result = evalkit.evaluate(config, folder=Path(), jobs=cores(jobs))
    if score_only is not None:
        put("".join(_bare(system, score_only) for system in result.systems), output)
    else:
        put(render(result, format_, registry, **(show or {})), output, colour=format_ == "lint" and not no_color)
    for failure in () if quiet else result.failures:
        from evalkit.figures import noted

        note(f"evalkit: note: {noted(result, failure)}", quiet)
    gating.end(result, quiet)


def self_test(
    texts: list[str], references: list[str], *, settings: dict[str, Any], boilerplate: bool, output: str
) -> None:
    """The self-test of `check` on the reference, or on the one text given without the option -r."""
    from evalkit.config import parse
    from evalkit.selftest import self_test as run
    from evalkit.selftest import table

    if len([*texts, *references]) != 1:
        raise ConfigError("--self-test takes one text: a reference, to plant known errors into")
    path = [*texts, *references][0]
    entry = {"path": path, "boilerplate": boilerplate}
    config = parse({**settings, "name": "self-test", "reference": [entry], "candidate": [entry]}, "the options")
    put(table(run(config)), output)


def _bare(system: SystemRecord, width: int) -> str:
    """A system's scores alone, one a line; `-` where the alignment is not trusted."""
    return "".join(f"{s.value:.{width}f}\n" if system.alignment.trusted else "-\n" for s in system.scores)


def metric_specs(texts: list[str], settings: dict[str, dict[str, object]]) -> list[dict[str, object]]:
    """`-m` values as specs, with the options of their family; chrF of word order 2 is chrF++."""
    names = [name.strip().lower() for text in texts for name in text.split(",") if name.strip()]
    if not names:
        raise ConfigError("-m names no metric; leave it out for BLEU")
    specs = []
    for name in names:
        options = {k: v for k, v in settings.get(name.removesuffix("++"), {}).items() if v is not None}
        specs.append({"name": name, **options})
    return specs


def aligner(name: str, file: str) -> str | dict[str, object]:
    return {"name": "file", "path": file} if file else name
