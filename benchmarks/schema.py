"""Writes the JSON Schemas of results and of `evalkit meta`, as the records define them, to the files of the package.

python benchmarks/schema.py
"""

from __future__ import annotations

import json
from pathlib import Path

from evalkit.meta.records import SCHEMA as META_SCHEMA
from evalkit.meta.records import MetaResult
from evalkit.records.json import make_schema
from evalkit.text.files import write_text

FOLDER = Path(__file__).resolve().parent.parent / "evalkit" / "records" / "schema"

if __name__ == "__main__":
    for name, schema in (("result", make_schema()), ("meta", make_schema(MetaResult, META_SCHEMA))):
        write_text(FOLDER / f"{name}.json", json.dumps(schema, indent=1, ensure_ascii=False) + "\n")
