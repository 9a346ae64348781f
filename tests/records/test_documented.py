"""docs/configuration.md names every key of the settings."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from evalkit.records import CustomRule
from evalkit.records import config as c

TABLES = {
    "key": c.RunConfig, "`[source]`": c.SourceConfig, "`[statistics]`": c.StatisticsConfig, "`[gate]`": c.GateConfig,
    "`[[rule]]`": CustomRule, "`[[ignore]]`": c.IgnoreConfig,
}  # fmt: skip
OWN = {"reference", "candidate", "source", "statistics", "gate", "rule", "ignore", "scorecard"}  # tables themselves


@pytest.mark.parametrize("table", TABLES)
def test_every_key_stands_in_its_table(root: Path, table: str) -> None:
    page = (root / "docs" / "configuration.md").read_text(encoding="utf-8")
    rows = page.partition(f"\n| {table} |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`(\w+)`", " ".join(row.split("|")[1] for row in rows.splitlines()[2:])))
    keys = {field.name for field in msgspec.structs.fields(TABLES[table])} - (OWN if table == "key" else set())
    named |= set(re.findall(r"or `(\w+)`, a regular", rows))
    assert keys == named


def test_the_starter_names_every_table(root: Path) -> None:
    starter = (root / "evalkit" / "starter" / "evalkit.toml").read_text(encoding="utf-8")
    assert all(f"[{table}]" in starter for table in ("reference", "candidate", "source", "statistics", "gate"))
