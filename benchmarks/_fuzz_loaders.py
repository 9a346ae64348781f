"""What reads a stranger's file: a valid sample of each kind, and the call that reads it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from evalkit.matrix import history
from evalkit.plugins import Registry
from evalkit.records import Languages
from evalkit.records import config as configuration
from evalkit.records import json as jsonio
from evalkit.records.links_table import read_links
from evalkit.review import exchange, ratings
from evalkit.review import file as verdict_file
from evalkit.run.reading import read_path
from evalkit.terms import add as adding
from evalkit.terms.load import load as load_terms
from evalkit.termtests import file as termtests
from evalkit.text.patterns import TooSlowError, find_all
from tests.readers import sample_files


class Loader(NamedTuple):
    """`suffix` is the ending of the file that is made of each changed sample; `read` reads it."""

    suffix: str
    samples: tuple[bytes, ...]
    read: Callable[[Path], object]


TEXTS: Mapping[str, tuple[bytes, ...]] = {
    ".txt": (
        b"The council met.\r\n\r\nNobody came, he said: \xe2\x80\x9cWait.\xe2\x80\x9d\n",
        b"\xef\xbb\xbfOne.\nTwo.",
    ),
    ".jsonl": (
        b'{"doc": "a", "id": 1, "text": "One.", "source": "Eins.", "reference": "One!", "lang": "en", "n": 3.5}\n'
        b'{"doc": "a", "id": 2, "text": "Two \\u00e9.", "source": "Zwei.", "reference": "", "lang": "en", "n": null}\n',
        b'{"doc": 7, "text": "x"}\n{"doc": "8", "text": "y"}\n',
    ),
    ".csv": (b'doc,text,id,note\na,"One, ""two"".",1,x\na,Three.,2,\n',),
    ".tsv": (b"doc\ttext\tsource\na\tOne.\tEins.\nb\tTwo.\tZwei.\n",),
}
YAML = (
    b"terms:\n  - term: shared future\n    reject: [common destiny]\n    accept:\n      - future shared\n    gap: 2\n"
    b"    when: [council]\n    reject_patterns: ['common (fate|destiny)']\n    note: &n a note\n"
    b"  - term: council  # kept\n    case: true\n    note: *n\n"
    b"names:\n  - name: Sadyr Japarov\n    kind: person\n    variants: [Zhaparov]\n"
)
TABLE = b"term,accept,reject,gap,case,note\nshared future,future shared | it,common fate,2,yes,a note\ncouncil,,,,,\n"
_TBX = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<tbx type="TBX-Basic" style="dca" xml:lang="en" '
    b'xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="c1"><note>evalkit: {"gap": 2}</note>'
    b'<langSec xml:lang="en"><termSec><term>shared future</term><termNote type="administrativeStatus">'
    b"preferredTerm-admn-sts</termNote></termSec><termSec><term>common fate</term></termSec></langSec>"
    b'<langSec xml:lang="de"><termSec><term>Zukunft</term></termSec></langSec></conceptEntry></body></text></tbx>\n'
)
TERMBASES: Mapping[str, tuple[bytes, ...]] = {
    ".yaml": (YAML,), ".csv": (TABLE,), ".tsv": (TABLE.replace(b",", b"\t"),), ".tbx": (_TBX,),
}  # fmt: skip
_TOML = (
    b'name = "x"\nseed = 3\noutput = "out"\nmetrics = ["bleu", {name = "chrf", word_order = 2}]\nalign = "document"\n'
    b'terms = ["t.yaml"]\n[statistics]\ntest = "bootstrap"\nalpha = 0.05\n[[reference]]\npath = "r.txt"\n'
    b'[[candidate]]\npath = "c.txt"\nkind = "report"\n[gate]\nfail_under = {bleu = 20.5}\n'
    b'[[rule]]\nid = "custom-a"\npattern = "a+"\nmessage = "x"\n[[ignore]]\nreason = "y"\npath = "*.txt"\n'
)
TESTS = (
    b"candidates: [c.txt]\nreferences: [c.txt]\nterms:\n  - term: council\n    reject: [board]\nkind: report\n"
    b"accepted:\n  - candidate: c.txt\n    term: council\n    form: board\n    reason: quoted\n    until: 2030-01-01\n"
)
LINKS = (
    b"system\tdocument\tlink\tconfidence\tcandidate\treference\tcandidate_text\treference_text\n"
    b"a\t1\t1-1\t0.9\tc1#0a1b2c3d\tr1#0a1b2c3d\tOne.\tOne!\na\t1\t1-n\t\tc2#0a1b2c3d\tr2#0a1b2c3d r3#0a1b2c3d\tTwo.\tx"
)

VERDICTS = (
    b"key\tverdict\trule\twho\ttext\tnote\n0a1b2c3d4e5f6071-1\tright\tname-missing\tanna\tParis\ta\\tnote\n"
    b"0a1b2c3d4e5f6072-2~0a1b2c3d\twrong\tcasing\tben\t\t\n"
)
MQM = (
    b"system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
    b"a\td\t1\t1\trater1\tEins.\t<v>One</v>.\tAccuracy/Mistranslation\tMajor\n"
    b"a\td\t2\t2\trater1\tZwei.\tTwo.\tno-error\tno-error\n"
)
PEARMUT = (
    b'{"user_id": "u", "item_i": 0, "item": [{"doc_id": "d", "src": "Eins.", "tgt": {"a": "One."}}],'
    b' "annotation": [{"a": {"score": 80, "error_spans": [{"start_i": 0, "end_i": 2, "severity": "major"}]}}]}\n'
)
HISTORY = (
    b'{"schema": "evalkit/history/1", "entries": [{"label": "v1", "evalkit": "0.4.0", "values": [{"row": "a", "system"'
    b': "b", "metric": "bleu", "value": 20.5, "counted": "x", "texts": "y", "low": 19.0}]}], "accepted": ["v1"]}'
)

# Tables of texts, by the loader that reads them.
TABLES: Mapping[str, bytes] = {
    "review verdicts": VERDICTS, "review mqm": MQM, "links": LINKS, "termbase .csv": TABLE,
    "termbase .tsv": TABLE.replace(b",", b"\t"),
}  # fmt: skip


def loaders(result: bytes) -> dict[str, Loader]:
    """Every loader by name; `result` is a saved result. Readers and termbase formats are those of the registry."""
    registry = Registry()
    found: dict[str, Loader] = {}
    for suffix in sorted(_suffixes(registry, "reader") & set(_samples())):
        found[f"reader {suffix}"] = Loader(suffix, _samples()[suffix], _read_texts)
    for suffix in sorted(_suffixes(registry, "termbase") & set(TERMBASES)):
        found[f"termbase {suffix}"] = Loader(suffix, TERMBASES[suffix], _read_terms)
    return found | {
        "configuration": Loader(".toml", (_TOML,), configuration.load),
        "term tests": Loader(".terms.yaml", (TESTS,), _read_tests),
        "terms add": Loader(".yaml", (YAML,), _add_term),
        "links": Loader(".tsv", (LINKS,), read_links),
        "result": Loader(".json", (result,), jsonio.read),
        **_reviews(result),
        "history": Loader(".json", (HISTORY,), history.read),
        "plug-in": Loader(".txt", (b"bleu(tokenize=char, lowercase=yes, max_ngram_order=3)", b"chrf(beta=1)"), _make),
        "pattern": Loader(".txt", (rb"(?i)\b(un|non)?fair(ly)?\b{e<=1}", rb"[a-z]{2,5}(?=x)|y++"), _search),
    }


def _reviews(result: bytes) -> dict[str, Loader]:
    """What people send back: sheets, the file of verdicts, and errors they have marked elsewhere."""
    whole = jsonio.loads(result.decode())
    sheets = {end: exchange.exported(whole, end) for end in exchange.FORMATS if end != ".xlsx" or _has_openpyxl()}
    found = {f"review sheet {end}": Loader(end, (sheet,), _read_sheet) for end, sheet in sheets.items()}
    return found | {
        "review verdicts": Loader(".tsv", (VERDICTS,), verdict_file.read),
        "review mqm": Loader(".tsv", (MQM,), ratings.read),
        "review pearmut": Loader(".jsonl", (PEARMUT,), ratings.read),
    }


def _has_openpyxl() -> bool:
    return find_spec("openpyxl") is not None


def _read_sheet(path: Path) -> object:
    return exchange.imported(path, "anna")


# A folder is read file by file; a workbook is read by a library alone, and none here writes one.
_NO_FILES_OF_OURS = {"names", "sacrebleu", "workbook", "folder", "spreadsheet"}


def without_sample() -> list[str]:
    """Readers and formats of termbases that no sample is there for: nothing holds them against changed input."""
    registry = Registry()
    ends = {"reader": set(_samples()), "termbase": set(TERMBASES)}
    return [
        name
        for kind, known in ends.items()
        for name in registry.names(kind)
        if name not in _NO_FILES_OF_OURS and not known & set(getattr(registry.get(kind, name), "suffixes", ()))
    ]


def _suffixes(registry: Registry, kind: str) -> set[str]:
    return {end for name in registry.names(kind) for end in getattr(registry.get(kind, name), "suffixes", ())}


def _samples() -> dict[str, tuple[bytes, ...]]:
    """Samples of texts, with those of binary tables where their library is there."""
    samples = dict(TEXTS)
    for file in sample_files.SAMPLES:
        ending = Path(file.name).suffix
        samples[ending] = (*samples.get(ending, ()), file.content())
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return samples
    table = pa.table({"doc": ["a", "a"], "text": ["One.", "Two."], "source": ["Eins.", "Zwei."]})
    parquet, arrow = io.BytesIO(), io.BytesIO()
    pq.write_table(table, parquet)
    with pa.ipc.new_file(arrow, table.schema) as writer:
        writer.write_table(table)
    return samples | {".parquet": (parquet.getvalue(),), ".arrow": (arrow.getvalue(),)}


def _read_texts(path: Path) -> object:
    return read_path(Registry(), str(path), "en", "candidate")


def _read_terms(path: Path) -> object:
    return load_terms([str(path)], languages=Languages("en", ""))


def _read_tests(path: Path) -> object:
    tests = termtests.read(path)
    return termtests.entries(path, tests)


def _add_term(path: Path) -> object:
    return adding.add(str(path), "term", "shared future", {"reject": ["one fate"]})


def _make(path: Path) -> object:
    spec = path.read_bytes().decode(errors="replace")
    scorer: Any = Registry().make("scorer", spec)
    return scorer.value(scorer.measure_texts([["a b"]], [["a b"]], 1)[0].total()) if hasattr(scorer, "value") else None


def _search(path: Path) -> object:
    pattern = path.read_bytes().decode(errors="replace")
    try:
        return find_all(pattern, "The unfair council met, and nobody came. " * 3, seconds=0.2)
    except (ValueError, TooSlowError):
        return None
