# ruff: noqa: E501 - files as they are written
"""Small files of every format a reader takes, written here, with the number of rows each must give."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

XLIFF1 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
 <file original="speech.docx" source-language="zh-CN" target-language="en-GB" datatype="x-docx"><body>
  <group id="g1"><trans-unit id="u1" maxwidth="80" size-unit="char"><source>主席讲话</source>
   <target state="translated">The <g id="1">chair</g> spoke &amp; left<x id="2"/>.</target>
   <note>The opening</note>
   <alt-trans><target>Never read</target></alt-trans></trans-unit></group>
  <trans-unit id="u2"><source>一。二。</source>
   <seg-source><mrk mtype="seg" mid="1">一。</mrk><mrk mtype="seg" mid="2">二。</mrk></seg-source>
   <target><mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg" mid="2">Two\N{GRINNING FACE}.</mrk></target></trans-unit>
  <trans-unit id="u3" translate="no"><source>{code}</source></trans-unit>
  <trans-unit id="u4"><source>空</source><target/></trans-unit>
 </body></file>
</xliff>
"""
XLIFF2 = """<?xml version="1.0"?>
<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="de" trgLang="en">
 <file id="f1"><unit id="u1"><notes><note>n</note></notes>
   <segment id="s1" state="translated"><source>Der <pc id="1">Rat</pc>.</source><target>The <pc id="1">council</pc>.</target></segment>
   <ignorable><source> </source></ignorable>
   <segment id="s2"><source>Er tagte<ph id="3"/>.</source><target><![CDATA[It met <here>.]]></target></segment></unit>
 </file>
 <file id="f2"><unit id="u1" translate="no"><segment><source>A<cp hex="0001"/></source></segment></unit></file>
</xliff>
"""
SDLXLIFF = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2" sdl:version="1.0">
<doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-defs><cmt-def id="c1"><Comments><Comment>Check it</Comment></Comments></cmt-def></cmt-defs></doc-info>
<file original="a.docx" source-language="en-US" target-language="fr-FR"><body><trans-unit id="tu1"><source>One. Two.</source>
<seg-source><mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg" mid="2">Two.</mrk></seg-source>
<target><mrk mtype="seg" mid="1"><mrk mtype="x-sdl-comment" sdl:cid="c1">Un.</mrk></mrk> <mrk mtype="seg" mid="2">Deux.</mrk></target>
<sdl:seg-defs><sdl:seg id="1" conf="Translated" percent="99"/><sdl:seg id="2" conf="Draft" locked="true"/></sdl:seg-defs></trans-unit></body></file></xliff>
"""
TMX = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en-US" datatype="plaintext" segtype="sentence"/><body>
<tu tuid="a"><note>n</note><tuv xml:lang="en-US"><seg>Hello <bpt i="1">&lt;b&gt;</bpt>world<ept i="1">&lt;/b&gt;</ept></seg></tuv>
<tuv xml:lang="fr-CA"><seg>Bonjour <bpt i="1">&lt;b&gt;</bpt>monde<ept i="1">&lt;/b&gt;</ept></seg></tuv></tu>
<tu><tuv xml:lang="en-us"><seg>Bye</seg></tuv></tu>
</body></tmx>
"""
PO = r"""# A catalogue
msgid ""
msgstr ""
"Language: de\n"
"Content-Type: text/plain; charset=UTF-8\n"

#. a note
#: main.c:3
msgctxt "menu"
msgid "Open"
msgstr "Öffnen"

#, fuzzy
msgid "%d file\n"
msgid_plural "%d files\n"
msgstr[0] "%d Datei\n"
msgstr[1] ""
"%d \"Dateien\"\n"

msgid "Untranslated"
msgstr ""

#~ msgid "Old"
#~ msgstr "Alt"
"""
SRT = "1\n00:00:01,000 --> 00:00:03,000\n<i>Hello</i> there,\nmy friend.\n\n2\n00:00:04,000 --> 00:00:05,500\n- Yes.\n"
VTT = "WEBVTT\n\nNOTE a remark\n\nintro\n00:01.000 --> 00:03.000 align:start\nHello <b>there</b>.\n\n00:04.000 --> 00:05.000\nBye.\n"
ASS = (
    "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    "Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\i1}Hello, you{\\i0}\\Nthere\nDialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,Bye\n"
)
WMT_XML = """<?xml version='1.0' encoding='utf-8'?>
<dataset id="t"><doc origlang="de" id="d1">
<src lang="de"><p><seg id="1">Eins.</seg><seg id="2">Zwei.</seg></p></src>
<ref lang="en" translator="A"><p><seg id="1">One.</seg><seg id="2">Two.</seg></p></ref>
<hyp system="S1" language="en"><p><seg id="1">One.</seg><seg id="2">Tow.</seg></p></hyp>
<hyp system="S2" language="en"><p><seg id="1">Once.</seg><seg id="2">Two.</seg></p></hyp>
</doc></dataset>
"""
SGM = """<tstset setid="t" srclang="de" trglang="en">
<doc sysid="S1" docid="d1" genre="news"><hl><seg id="1">A title</seg></hl>
<p><seg id="2"> Q&A with Smith & Sons &amp; Co. </seg></p></doc>
</tstset>
"""
JSONL = (
    '{"id": "a", "prediction": "He said \\"no\\" twice.", "target": "He said no.", "src": {"de": "Er sagte nein."}}\n'
    '{"id": "b", "prediction": "Two\\u00e9 words", "target": "Two words.", "src": {"de": "Zwei W\u00f6rter."}}\n'
)
CSV = 'id;mt;note\na;"He said ""no""; twice";x\nb;"Two\nlines";y\n'
APPLE = '/* The = title; */\n"title" = "Say \\"no\\" to\\nBob";\n// off\nsave = \'Two \\U00E9 words\'; "alone";\n'
JAVA = (
    "# A note\n! more\ntitle = Say \\u00e9 to \\\n    Bob\nsave:two\\nlines\nempty=\nalone\n"
    "two\\ words\\:key  It\\\\s C:\\\\x = y\\\n"
)
RESX = """<?xml version="1.0" encoding="utf-8"?>
<root>
  <!-- a form -->
  <xsd:schema id="root" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:element name="data"/></xsd:schema>
  <resheader name="resmimetype"><value>text/microsoft-resx</value></resheader>
  <data name="Save" xml:space="preserve"><value>Save &amp; 😀 go</value><comment>a button</comment></data>
  <data name="$this.Text" xml:space="preserve">
    <value>{0} é
files</value>
  </data>
  <data name="Empty" xml:space="preserve"><value /></data>
  <data name="&gt;&gt;ok.Name" xml:space="preserve"><value>ok</value></data>
  <data name="ok.Size" type="System.Drawing.Size, System.Drawing"><value>75, 23</value></data>
  <data name="icon" mimetype="application/x-microsoft.net.object.bytearray.base64"><value>AAEC</value></data>
</root>
"""
ANDROID = """<?xml version="1.0" encoding="utf-8"?>
<!-- all --><resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2" xmlns:tools="http://schemas.android.com/tools" tools:locale="de_AT">
 <string name="title">  It\\'s  <b>for
   you</b>, <xliff:g id="who">%1$s</xliff:g>\\u2026 é\\n&amp; \\@me </string><string name="app" translatable="false">Foo</string>
 <string name="ref">@string/app</string><string name="quoted">"two  spaces"</string><string name="raw"><![CDATA[<i>x</i>]]></string>
 <plurals name="items"><item quantity="one">%d Ding</item><item quantity="other">%d Dinge</item></plurals>
 <string-array name="days"><item>Montag</item><item/></string-array>
</resources>
"""
NESTED = '{"title": "Say \\"no\\" to \\uD83D\\uDE00 Bob", "a": {"b": "One", "list": ["Two", "Three"], "none": null}, "//": "no", "n_one": "{{n}} day", "n_other": "{{n}} days"}'
ARB = '{"@@locale": "de_AT", "title": "Hallo {name}", "@title": {"description": "greets", "placeholders": {"name": {"type": "String"}}}, "bye": ""}'
XCSTRINGS = """{"sourceLanguage": "en", "version": "1.0", "strings": {
 "": {}, "Save %@": {"comment": "a button", "localizations": {"de": {"stringUnit": {"state": "translated", "value": "Sichere \\"%@\\""}}}},
 "title": {"localizations": {"de": {"stringUnit": {"value": "Titel", "state": "needs_review"}}, "en": {"stringUnit": {"state": "new", "value": "Title"}}}},
 "items": {"localizations": {
  "en": {"variations": {"plural": {"one": {"stringUnit": {"state": "translated", "value": "%d item"}}, "other": {"stringUnit": {"state": "translated", "value": "%d items"}}}}},
  "de": {"variations": {"plural": {"one": {"stringUnit": {"state": "translated", "value": "Ein Ding"}}, "other": {"stringUnit": {"state": "translated", "value": "%d Dinge"}}}}}}},
 "ok": {"shouldTranslate": false}, "gone": {"localizations": {"fr": {"stringUnit": {"state": "translated", "value": "parti"}}}}}}
"""
MARKDOWN = "---\ntitle: x\n---\n# A title\n\nSee [the *page*](http://x.y/z) and `code`.\n\n```\nleft out\n```\n\n- one\n- two\n"
HTML = (
    "<!DOCTYPE html><html lang='en'><head><title>t</title><script>var x;</script></head><body><nav><a href='/'>Home</a></nav>"
    "<main><h1>A speech</h1><p>First   paragraph with <b>bold</b> words, long enough to be the main text of a page.</p>"
    "<p>Second paragraph, which is as long as the first one and says something else about it.</p></main></body></html>"
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCX_BODY = (
    f'<?xml version="1.0"?><w:document xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<w:body><w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>A title</w:t></w:r></w:p>"
    "<w:p><w:r><w:t xml:space='preserve'>Kept </w:t></w:r><w:del><w:r><w:delText>gone </w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>added</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<w:p><w:r><w:t>Before the box</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>in a box</w:t>"
    "</w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p>"
    "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p></w:body></w:document>"
)


def docx(body: str = DOCX_BODY, styles: str = "") -> bytes:
    """A Word document of that body with a footnote, and what its styles say of language."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", body)
        if styles:
            usual = f"<w:docDefaults><w:rPrDefault><w:rPr>{styles}</w:rPr></w:rPrDefault></w:docDefaults>"
            file.writestr("word/styles.xml", f'<w:styles xmlns:w="{_W}">{usual}</w:styles>')
        file.writestr(
            "word/footnotes.xml",
            f'<w:footnotes xmlns:w="{_W}"><w:footnote w:type="separator"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>'
            "<w:footnote w:id='1'><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>",
        )
    return made.getvalue()


ODT_BODY = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    "<text:h text:outline-level='1'>A title</text:h><text:p text:style-name='P1'>One\n  two<text:s text:c='2'/>three<text:tab/>"
    "<text:span text:style-name='T1'>quatre</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body>"
    "<text:p>A note.</text:p></text:note-body></text:note><office:annotation><text:p>remark</text:p></office:annotation><text:line-break/>five</text:p>"
    "<table:table><table:table-row><table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row></table:table><text:p/>"
)


def odt(body: str = ODT_BODY, usual: str = "") -> bytes:
    """An OpenDocument text of that body, and what its usual style says of language."""
    made = io.BytesIO()
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    styles = (
        "<office:automatic-styles><style:style style:name='T1' style:family='text'><style:text-properties fo:language='fr' fo:country='FR'/>"
        "</style:style></office:automatic-styles>"
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"{styles}<office:body><office:text>{body}</office:text></office:body>"
        file.writestr("content.xml", f"<office:document-content {spaces}>{content}</office:document-content>")
        default = (
            f"<style:default-style style:family='paragraph'><style:text-properties {usual}/></style:default-style>"
        )
        file.writestr(
            "styles.xml",
            f"<office:document-styles {spaces}><office:styles>{default}</office:styles></office:document-styles>",
        )
    return made.getvalue()


def pdf(*pages: list[str]) -> bytes:
    """A PDF with these lines on its pages."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    for lines in pages:
        text = (
            b"BT /F1 12 Tf 72 720 Td 14 TL " + b" ".join(b"(" + line.encode() + b") Tj T*" for line in lines) + b" ET"
        )
        number = len(objects) + 1
        kids.append(b"%d 0 R" % number)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 %s >> >> >>"
            % (number + 1, font)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(places) + 1, table, len(places) + 1, len(made),
    )  # fmt: skip


PAGES = (
    ["Report of 2020", "The committee met in the old town and talked for a", "long time about the new bridge.", "1"],
    ["Report of 2020", "It has not yet come to a conclu-", "sion about it.", "2"],
    ["Report of 2020", "A third page.", "3"],
)


class Sample(NamedTuple):
    """A file, the reader that takes it by its name, the rows it must give (None: running text), and its first words."""

    name: str
    reader: str
    rows: int | None
    begins: str
    content: Callable[[], bytes]


SAMPLES = (
    Sample("a.xlf", "xliff", 5, "The chair spoke & left.", XLIFF1.encode),
    Sample("b.xliff", "xliff", 3, "The council.", XLIFF2.encode),
    Sample("c.sdlxliff", "xliff", 2, "Un.", lambda: b"\xef\xbb\xbf" + SDLXLIFF.encode()),
    Sample("utf16.xlf", "xliff", 5, "The chair", lambda: XLIFF1.replace("UTF-8", "UTF-16").encode("utf-16")),
    Sample("d.tmx", "tmx", 2, "Bonjour monde", TMX.encode),
    Sample("e.po", "po", 4, "Öffnen", PO.encode),
    Sample("f.srt", "subtitles", 2, "Hello there, my friend.", SRT.encode),
    Sample("g.vtt", "subtitles", 2, "Hello there.", VTT.encode),
    Sample("h.ass", "subtitles", 2, "Hello, you there", ASS.encode),
    Sample("i.xml", "wmt", 2, "One.", WMT_XML.encode),
    Sample("j.sgm", "wmt", 2, "A title", SGM.encode),
    Sample("k.jsonl", "table(columns=text=prediction;reference=target;source=src.de)", 2, 'He said "no"', JSONL.encode),
    Sample("l.csv", "table(columns=text=mt)", 2, 'He said "no"; twice', CSV.encode),
    Sample("q.strings", "strings", 3, 'Say "no" to\nBob', lambda: APPLE.encode("utf-16")),
    Sample("r.properties", "strings", 5, "Say é to Bob\ntwo\nlines\n\n\n", JAVA.encode),
    Sample("s.xml", "strings", 9, "It's for you, %1$s… é\n& @me\nFoo", ANDROID.encode),
    Sample("x.resx", "strings", 3, "Save & \N{GRINNING FACE} go\n{0} é\nfiles", RESX.encode),
    Sample("t.json", "strings", 7, 'Say "no" to \U0001f600 Bob\nOne\nTwo\nThree\n\n{{n}}', NESTED.encode),
    Sample("u.arb", "strings", 2, "Hallo {name}\n", ARB.encode),
    Sample("v.xcstrings", "xcstrings(target=de)", 6, 'Sichere "%@"\nTitel\nEin Ding', XCSTRINGS.encode),
    Sample("m.md", "markdown", None, "A title\nSee the page and code.", MARKDOWN.encode),
    Sample("n.html", "html", None, "A speech", HTML.encode),
    Sample("o.docx", "docx", None, "A title\nKept added\ncell\nBefore the box\nin a box\nA note.\n", docx),
    Sample("w.odt", "odt", None, "A title\nOne two  three\tquatre\nfive\nA note.\ncell\n", odt),
    Sample("p.pdf", "pdf", None, "The committee met", lambda: pdf(*PAGES)),
)


def write_all(folder: Path) -> list[Path]:
    """All of them in a folder."""
    made = []
    for sample in SAMPLES:
        path = folder / sample.name
        path.write_bytes(sample.content())
        made.append(path)
    return made


def android_array(name: str, size: int) -> str:
    """An array of many short texts."""
    return f"<resources><string-array name='{name}'>{'<item>x</item>' * size}</string-array></resources>"
