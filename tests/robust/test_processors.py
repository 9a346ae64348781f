"""The same bytes whatever instructions the processor has: numpy computes with the widest it finds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest


@pytest.mark.slow
def test_a_result_does_not_depend_on_the_processors_instructions(root: Path, tmp_path: Path) -> None:
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    if not found:
        pytest.skip("NOT TESTED: this processor has no more than numpy's baseline")
    texts = sorted(map(str, (root / "seeds").glob("*.txt")))
    reference = str(root / "references" / "official-remarks.txt")
    made = []
    for disabled in ("", " ".join(found)):
        file = tmp_path / f"{len(made)}.json"
        command = ["score", *texts, "-r", reference, "--align", "document", "--kind", "report", "--jobs", "1"]
        environment = os.environ | {"NPY_DISABLE_CPU_FEATURES": disabled}
        line = [sys.executable, "-m", "evalkit", *command, "-f", "json", "-o", str(file)]
        subprocess.run(line, env=environment, check=True, capture_output=True)
        made.append(file.read_bytes())
    assert made[0] == made[1]


LINES = {
    "de": "Der Rat tagte am 3. Mai 2020 in Bischkek.\nNiemand kam, sagte İlhan Ölçer.\n",
    "tr": "Meclis 3 Mayıs 2020'de Bişkek'te toplandı.\nKimse gelmedi, dedi İlhan Ölçer.\n",
    "zh": "理事会于2020年5月3日在比什凯克开会。\n李伟说：没有人来。\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("lang", LINES)
def test_a_result_does_not_depend_on_hash_seed_locale_jobs_or_time_zone(lang: str, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(LINES[lang] * 3, encoding="utf-8")
    (tmp_path / "a.txt").write_text((LINES[lang] * 3).replace("2020", "2021"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(LINES[lang] * 2, encoding="utf-8")
    made = []
    for seed, locale, jobs, zone in (
        ("0", "C.UTF-8", "1", "UTC"), ("1", "C", "2", "Asia/Kathmandu"), ("2", "tr_TR.UTF-8", "1", "UTC"),
    ):  # fmt: skip
        variables = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale, "TZ": zone, "COLUMNS": seed + "9"}
        command = ["score", "a.txt", "b.txt", "-r", "r.txt", "--align", "document", "--lang", lang, "--jobs", jobs]
        line = [sys.executable, "-m", "evalkit", *command, "-f", "json", "-o", f"{seed}.json"]
        subprocess.run(line, cwd=tmp_path, env=os.environ | variables, check=True, capture_output=True)
        made.append((tmp_path / f"{seed}.json").read_bytes())
    assert made[1:] == made[:1] * 2
