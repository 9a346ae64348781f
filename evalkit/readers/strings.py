"""The `strings` reader: the texts of a program by key, as Apple, Java, Android, .NET, Flutter and the web keep them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evalkit.errors import EvalkitError, InputError
from evalkit.readers import _strings_android, _strings_apple, _strings_java, _strings_json, _strings_resx
from evalkit.readers._keyed import Text, few_numbers
from evalkit.readers._paths import language_of
from evalkit.readers._sides import Sheet, line_starts, numbered
from evalkit.records import Bitext
from evalkit.text import strict_json
from evalkit.text.files import decode, read_bytes, read_text, without_mark
from evalkit.text.xml_stream import decode_xml


@dataclass(frozen=True)
class StringsReader:
    """Reads `.strings`, `.properties`, Android's `strings.xml`, `.resx`, `.arb`, and JSON of texts by key, a row for
    each text.

    The id of a row is its key (`settings.title` of nested JSON, `items[few]` of a plural), so that files of two
    languages are paired by it. Escapes are undone, comments are metadata, keys and Flutter's `@key` no text. What
    Android says is not `translatable` has `translate` no. The language is that which `.arb`, Android or the
    file's path states (`de.json`, `messages_de.properties`, `values-de/`, `de.lproj/`).
    """

    kind: ClassVar[str] = "reader"
    name: ClassVar[str] = "strings"
    suffixes: ClassVar[tuple[str, ...]] = (".strings", ".properties", ".resx", ".resw", ".arb", ".json")
    looks: ClassVar[str] = rf"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<resources\b|{_strings_resx.LOOKS})"

    @staticmethod
    def fits(path: str) -> bool:
        """Whether a JSON file, which may be a table too, holds texts by key; other endings are of this reader alone."""
        try:
            return _strings_json.is_strings(strict_json.parse(read_text(path)))
        except (EvalkitError, ValueError):
            return False

    def read(self, path: str, lang: str) -> Bitext:
        """The one document; raises InputError, with the line where there is one, for what is no such file."""
        data = read_bytes(path)
        ending = Path(path.removesuffix(".gz")).suffix.lower()
        xml, note, stated = "", without_mark(data), ""
        found: Sequence[Text]
        if ending == ".properties":
            text, latin = _strings_java.decoded(data, path)
            found, note = list(_strings_java.texts(text)), latin or note
        elif ending == ".strings":
            text = decode(data, path)
            _refuse_property_list(data, path)
            found = list(_strings_apple.texts(text, path))
        elif ending in (".arb", ".json"):
            text = decode(data, path)
            found, stated = _strings_json.texts(text, path)
        else:
            xml, encoding = decode_xml(data, path)
            note = "is UTF-16, and was read as such" if encoding.startswith("utf-16") else ""
            if ending in (".resx", ".resw") or _strings_resx.is_net(xml):
                found = _strings_resx.texts(xml, path)
            else:
                found, stated = _strings_android.texts(xml, path)
        if not found:
            raise InputError(f"{path}: holds no texts; there is nothing to evaluate")
        stated = stated or language_of(path)
        sheet = Sheet(path, xml) if xml else Sheet(path, lines=line_starts(text))
        name = sheet.start("1")
        few = few_numbers(stated or lang)
        sheet.documents[name], twice = numbered(each.entry(few) for each in found)
        again = [f"has {twice} texts whose key another one has: they were given numbers"] if twice else []
        sheet.notes[name] = [*again, *([note] if note else [])]
        made = sheet.bitext(("candidate",), "candidate", {"candidate": stated or lang})
        return Bitext(made.target, lang=stated)


def _refuse_property_list(data: bytes, path: str) -> None:
    """InputError for the forms in which a program's strings are built into it."""
    if data.lstrip().startswith((b"<?xml", b"<plist", b"<!DOCTYPE")):
        raise InputError(
            f'{path}: is a property list in XML, not lines `"key" = "value";`; give the file it was built from'
        )
