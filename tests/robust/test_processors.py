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
