"""Termbase formats: what is read, written and lost, and that a bad or hostile file is one clear error."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalkit.errors import ConfigError, InputError
from evalkit.plugins import Registry
from evalkit.records import Languages, Name, Term, Termbase
from evalkit.terms import load as termbase
from evalkit.text import xml as xmlfile

HERE = Path(__file__).parent
FORMATS = ("yaml", "csv", "tsv", "tbx", "tbx(style=dct)", "tbx(style=v2)")
FULL = Termbase(
    (
        Term(
            "shared future", ("future | shared", "shared, future"), ("common: destiny", "a <b> & c"), True, "minor",
            'official; "so"', "remarks", 2, ("人类命运共同体", "命运"), ("community",), True, (r"destin(?:y|ies)",),
        ),
        Term("iPhone", translate=False),
        Term("نص", reject=("كلمة",)),
        Term("yes", accept=("2020", "null", "- x", "# y")),
    ),
    (
        Name("Emomali Rahmon", "person", ("Rahmon",), ("Rakhmon",), ("Ramon",), "minor", "the remarks' form"),
        Name("Iran", "place"),
    ),
)  # fmt: skip


def plain(base: Termbase) -> list[object]:
    return [msgspec.structs.replace(entry, origin="") for entry in base.entries]


def there_and_back(base: Termbase, spec: str, folder: Path) -> tuple[Termbase, tuple[str, ...]]:
    writer = Registry().make("termbase", spec)
    text, losses = writer.write(base, Languages("en", "zh"))
    path = folder / f"x.{spec.partition('(')[0]}"
    path.write_text(text, encoding="utf-8", newline="")
    return writer.read(str(path), Languages("en", "zh")), losses


@pytest.mark.parametrize("spec", FORMATS)
def test_every_format_holds_every_field(tmp_path: Path, spec: str) -> None:
    again, losses = there_and_back(FULL, spec, tmp_path)
    assert plain(again) == plain(FULL)
    assert (losses, again.losses, again.notes) == ((), (), ())


FORM = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(
    lambda form: any(c.isalnum() for c in form) and form.isprintable() and "\\" not in form
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(form=FORM, accept=st.lists(FORM, max_size=3, unique=True), note=FORM)
@pytest.mark.parametrize("spec", FORMATS)
def test_any_form_survives(tmp_path: Path, spec: str, form: str, accept: list[str], note: str) -> None:
    base = Termbase((Term(form, tuple(a for a in accept if a != form), note=note),))
    assert plain(there_and_back(base, spec, tmp_path)[0]) == plain(base)


@pytest.mark.parametrize("spec", ["tbx", "tbx(style=dct)", "tbx(style=v2)"])
def test_a_loss_is_named(tmp_path: Path, spec: str) -> None:
    base = Termbase((Term("a", note="two\nlines", origin="t.yaml:2"),))
    again, losses = there_and_back(base, spec, tmp_path)
    assert losses == ("t.yaml:2: line breaks and runs of spaces in the note of 'a'",)
    assert again.terms[0].note == "two lines"


# From the schema and the Schematron rules of TBX-Basic 1.2, for what is written here: the children of an element in
# their order, the data categories as the elements of DCA, and the values of a category.
CHILDREN = {
    "tbx": "tbxHeader text ", "tbxHeader": "fileDesc ", "fileDesc": "sourceDesc ", "sourceDesc": "p ", "text": "body ",
    "body": "(conceptEntry )+", "conceptEntry": "(note )*(langSec )+", "langSec": "(termSec )+",
    "termSec": "term (termNote )*(admin )*",
}  # fmt: skip
ELEMENTS = {"administrativeStatus": "termNote", "partOfSpeech": "termNote", "source": "admin"}
VALUES = {
    "administrativeStatus": {f"{s}Term-admn-sts" for s in ("preferred", "admitted", "superseded", "deprecated")},
    "partOfSpeech": {"adjective", "adverb", "noun", "other", "verb"},
}


@pytest.mark.parametrize("spec", ["tbx", "tbx(style=dct)"])
def test_what_is_written_keeps_the_rules_of_the_dialect(spec: str) -> None:
    text, _ = Registry().make("termbase", spec).write(FULL, Languages("en", "zh"))
    root = ElementTree.fromstring(text)
    assert root.tag == "{urn:iso:std:iso:30042:ed-2}tbx"
    assert root.attrib["type"] == "TBX-Basic"
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        children = [child.tag.rpartition("}")[2] for child in element]
        assert re.fullmatch(CHILDREN.get(name, ""), "".join(f"{ELEMENTS.get(c, c)} " for c in children))
        category = element.get("type", name)
        assert element.text in VALUES.get(category, {element.text})
        if name in ("termNote", "admin"):
            assert ELEMENTS[category] == name


def test_a_file_of_another_writer_is_read() -> None:
    """Written by the Translate Toolkit 3.20."""
    base = termbase.load([HERE / "toolkit.tbx"], languages=Languages("en", "zh"))
    assert [(t.term, t.source_terms, t.note) for t in base.terms] == [
        ("community with a shared future for mankind", ("人类命运共同体",), "from the toolkit"),
        ("Shanghai Spirit & more <x>", ("上海精神",), "from the toolkit"),
    ]
    turned = termbase.load([HERE / "toolkit.tbx"], languages=Languages("zh"))
    assert (turned.terms[0].term, turned.terms[0].source_terms) == (
        "人类命运共同体",
        ("community with a shared future for mankind",),
    )


DCA = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="http://example.org/x.rng"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c1"><descrip type="subjectField">stars</descrip>
<langSec xml:lang="en-US"><descripGrp><descrip type="definition">A group.</descrip><admin type="source">a book</admin>
</descripGrp>
<termSec><term>galactic cluster</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec>
<termSec><term>open <hi>cluster</hi></term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
<termSec><term>star cluster</term><termNoteGrp><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote>
</termNoteGrp><note>rare</note></termSec></langSec>
<langSec xml:lang="es"><termSec><term>cúmulo abierto</term></termSec></langSec></conceptEntry>
</body></text></tbx>
"""
DCT = (
    DCA.replace('style="dca"', 'style="dct"')
    .replace(':ed-2"', ':ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"')
    .replace('<termNote type="administrativeStatus">', "<min:administrativeStatus>")
    .replace("</termNote>", "</min:administrativeStatus>")
    .replace('<descrip type="subjectField">stars</descrip>', "<min:subjectField>stars</min:subjectField>")
    .replace('<descrip type="definition">A group.</descrip>', "<basic:definition>A group.</basic:definition>")
    .replace('<admin type="source">a book</admin>', "<basic:source>a book</basic:source>")
)
V2 = (
    DCA.replace("<tbx ", "<martif ").replace("</tbx>", "</martif>").replace("conceptEntry", "termEntry")
    .replace("langSec", "langSet").replace("termSec>", "tig>").replace(' xmlns="urn:iso:std:iso:30042:ed-2"', "")
    .replace("<tig><term>star cluster</term>", "<ntig><termGrp><term>star cluster</term>")
    .replace("<note>rare</note></tig>", "<note>rare</note></termGrp></ntig>")
    .replace("<martif", '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n<martif')
)  # fmt: skip


@pytest.mark.parametrize("text", [DCA, DCT, V2], ids=["dca", "dct", "v2"])
def test_all_styles_of_the_standard_are_read_alike(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.tbx"
    path.write_text(text, encoding="utf-8")
    base = termbase.load([path], languages=Languages("en"))
    (term,) = base.terms
    assert (term.term, term.accept, term.reject) == ("open cluster", ("star cluster",), ("galactic cluster",))
    assert (term.source_terms, term.note, term.source) == (("cúmulo abierto",), "rare", "")
    assert base.losses == (f"{path}: not taken over: definition (1), subjectField (1)",)


def test_a_concept_without_a_usable_term_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.tbx"
    status = "<termNote type='administrativeStatus'>deprecatedTerm-admn-sts</termNote>"
    path.write_text(
        "<tbx><text><body><conceptEntry><langSec xml:lang='en'><termSec><term>a</term></termSec></langSec>"
        f"</conceptEntry>\n<conceptEntry><langSec xml:lang='en'><termSec><term>b</term>{status}</termSec></langSec>"
        "</conceptEntry>\n<conceptEntry><langSec xml:lang='fr'><termSec><term>c</term></termSec></langSec>"
        "</conceptEntry></body></text></tbx>"
    )
    base = termbase.load([path])
    assert [t.term for t in base.terms] == ["a"]
    assert base.notes == (
        f"{path}:2: left out: every term of the concept is deprecated; mark one as preferred",
        f"{path}:3: left out: the concept has no term in 'en'",
    )


BOMB = """<?xml version="1.0"?>
<!DOCTYPE tbx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<tbx>&b;</tbx>"""
ENTITY = """<?xml version="1.0"?>
<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<tbx>&a;</tbx>"""
DEFAULTS = """<?xml version="1.0"?>
<!DOCTYPE tbx [<!ATTLIST term a CDATA "b">]>
<tbx/>"""
# Ending, file, the line the message must name, what it must say.
BROKEN = {
    "bomb": ("tbx", BOMB, 2, "entities are not expanded: remove the declaration"),
    "attributes by default": ("tbx", DEFAULTS, 2, "no attribute is given by default"),
    "external entity": ("tbx", ENTITY, 2, "entities are not expanded"),
    "parameter entity": ("tbx", '<!DOCTYPE t [\n<!ENTITY % x "y">]>\n<tbx/>', 1, "remove the declaration"),
    "unclosed": ("tbx", "<tbx>\n<text>\n</tbx>", 3, "not valid XML: mismatched tag"),
    "unknown entity": ("tbx", "<tbx>\n&nbsp;</tbx>", 2, "undefined entity"),
    "no xml": ("tbx", "terms:\n  - term: a\n", 1, "a TBX file is XML"),
    "other xml": ("tbx", "<tmx>\n</tmx>", 1, "the root is <tmx>"),
    "deep": ("tbx", "<tbx>" * 200, 1, "nested more than 100 deep"),
    "no language": ("tbx", "<tbx><conceptEntry>\n<langSec/></conceptEntry></tbx>", 2, "name its language"),
    "empty term": (
        "tbx",
        "<tbx><conceptEntry>\n<langSec xml:lang='en'>\n<termSec><term/></termSec></langSec></conceptEntry></tbx>",
        3,
        "write the term or remove the entry",
    ),
    "settings": (
        "tbx",
        "<tbx>\n<conceptEntry><note>evalkit: {\"gap\": 99}</note><langSec xml:lang='en'><termSec><term>a</term>"
        "</termSec></langSec></conceptEntry></tbx>",
        2,
        "`gap` is 99",
    ),
    "csv header": ("csv", "term,rejekt\na,b\n", 1, "did you mean 'reject'?"),
    "csv column twice": ("csv", "term,term\na,b\n", 1, "stands twice"),
    "csv no term": ("csv", "accept\na\n", 1, "no column `term` or `name`"),
    "csv quote": ("csv", 'term\n"a\n', 2, "check the quotation marks"),
    "csv bool": ("csv", "term,case\na,maybe\n", 2, "write true or false"),
    "csv gap": ("csv", "term,gap\na,many\n", 2, "write a whole number"),
    "csv cells": ("csv", "term,accept\na,b,c\n", 2, "3 cells for 2 columns"),
    "csv both": ("csv", "term,name\na,b\n", 2, "a row is one or the other"),
    "csv no form": ("csv", "term,accept\n,b\n", 2, "every entry needs one"),
    "csv severity": ("csv", "term,severity\na,fatal\n", 2, "one of: neutral, minor, major, critical"),
    "csv field of a term": ("csv", "name,gap\nIran,2\n", 2, "unknown key 'gap'"),
    "csv line after a quoted break": ("csv", 'term,note\na,"x\ny"\nb,z\na,\n', 5, "stands already in"),
    "tsv twice": ("tsv", "term\taccept\na\tb | b\n", 2, "'a' accepts 'b' twice"),
}


@pytest.mark.parametrize(("ending", "text", "line", "says"), BROKEN.values(), ids=BROKEN)
def test_mistakes_name_file_line_and_remedy(tmp_path: Path, ending: str, text: str, line: int, says: str) -> None:
    path = tmp_path / f"x.{ending}"
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(InputError) as caught:
        termbase.load([path])
    assert f"{path}:{line}:" in str(caught.value)
    assert says in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"<tbx>\xff</tbx>", b"<?xml version='1.0' encoding='x'?><tbx/>"])
def test_bytes_that_are_no_xml_are_input_errors(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.tbx"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"x\.tbx"):
        termbase.load([path])


def test_wide_encodings_of_xml_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.tbx"
    path.write_bytes(DCA.replace("UTF-8", "UTF-16").encode("utf-16"))
    assert termbase.load([path]).terms[0].source_terms == ("cúmulo abierto",)


def test_size_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmlfile, "MAX_BYTES", 100)
    path = tmp_path / "x.tbx"
    path.write_text(DCA, encoding="utf-8")
    with pytest.raises(InputError, match="split the file"):
        termbase.load([path])


def test_a_language_that_is_not_there_is_an_error_that_lists_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "x.tbx"
    path.write_text(DCA, encoding="utf-8")
    with pytest.raises(InputError, match=r"no term in 'de' \(languages: en-US, es\); choose one with --lang"):
        termbase.load([path], languages=Languages("de"))


def test_a_format_can_be_a_plug_in(tmp_path: Path) -> None:
    plugin = tmp_path / "lines.py"
    plugin.write_text(
        "from dataclasses import dataclass\nfrom pathlib import Path\nfrom typing import ClassVar\n"
        "from evalkit.records import Term\nfrom evalkit.terms.load import Termbase\n\n"
        "@dataclass(frozen=True)\nclass Lines:\n"
        '    """One term a line."""\n'
        '    kind: ClassVar[str] = "termbase"\n    name: ClassVar[str] = "lines"\n    suffixes: ClassVar = (".lst",)\n'
        "    def read(self, path, languages):\n"
        "        return Termbase(tuple(Term(t) for t in Path(path).read_text().split()))\n"
        "    def write(self, base, languages):\n        return '', ()\n"
    )
    (tmp_path / "x.lst").write_text("one\ntwo\n")
    registry = Registry((str(plugin),))
    assert [t.term for t in termbase.load([tmp_path / "x.lst"], registry=registry).terms] == ["one", "two"]
    with pytest.raises(ConfigError, match="unknown termbase 'tbxx'; did you mean 'tbx'"):
        termbase.format_of("x", Registry(), "tbxx")
