"""The language that the path of a file of strings states: that is how the programs that read them know it."""

from __future__ import annotations

import re
from pathlib import PurePath

from evalkit.language.codes import is_registered

_TAG = r"([a-z]{2}(?:[-_](?:[A-Z][a-z]{3}|[A-Z]{2})){0,2})"  # longer codes of languages are words too
_WHOLE = re.compile(_TAG)
_BEHIND = re.compile(rf".+[_.]{_TAG}")  # messages_de_AT.properties, app_de.arb
_BEHIND_POINT = re.compile(rf".+\.{_TAG}")  # messages.de.json, but client_id.json is no Indonesian
_ANDROID = re.compile(r"values-([a-z]{2})(?:-r([A-Z]{2}))?(?:-.*)?")
_APPLE = re.compile(rf"{_TAG}\.lproj")
_AROUND = frozenset({"_locales", "i18n", "l10n", "lang", "langs", "languages", "locale", "locales", "translations"})


def language_of(path: str) -> str:
    """The language of `de.json`, `App.de.resx`, `de.lproj/`, `values-de-rAT/`, `locales/de/`, else ""."""
    file = PurePath(path.removesuffix(".gz"))
    around = file.parent.name
    ending = file.suffix.lower()
    if ending == ".resw":  # Strings/de-DE/Resources.resw
        found = _WHOLE.fullmatch(around)
    elif ending == ".strings":
        found = _APPLE.fullmatch(around)
    elif ending == ".xml":
        found = _ANDROID.fullmatch(around)
    elif ending in (".properties", ".arb"):
        found = _WHOLE.fullmatch(file.stem) or _BEHIND.fullmatch(file.stem)
    else:
        found = _WHOLE.fullmatch(file.stem) or _BEHIND_POINT.fullmatch(file.stem)
        if found is None and file.parent.parent.name.lower() in _AROUND:
            found = _WHOLE.fullmatch(around)
    tag = "-".join(filter(None, found.groups())).replace("_", "-") if found else ""
    return tag if tag and is_registered(tag) else ""
