"""Writes the JSON Schema of results, as the records define it, to the file that ships in the package.

python benchmarks/schema.py
"""

from __future__ import annotations

import json
from pathlib import Path

from evalkit.records.json import make_schema
from evalkit.text.files import write_text

TARGET = Path(__file__).resolve().parent.parent / "evalkit" / "records" / "schema" / "result.json"

if __name__ == "__main__":
    write_text(TARGET, json.dumps(make_schema(), indent=1, ensure_ascii=False) + "\n")
