"""Writes which everyday words of English are foreign to a language to `evalkit/language/packs/english_abroad.toml`.

    PYTHONPATH=. python benchmarks/english_abroad.py

A word counts by how usual it is: dictionaries list rare loans beside everyday words (*save* in Swedish) and lack usual
ones. Texts of every language name things in English, so that each word of it is met there now and then; one that is
`FOREIGN` times ten to a power rarer than at home is no word of the language. Needs the package wordfreq, of which the
languages with large lists are taken that are written in Latin letters.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from pathlib import Path

from wordfreq import top_n_list, zipf_frequency

from evalkit.language.dictionaries import is_known
from evalkit.text.files import write_text

TARGET = Path(__file__).resolve().parent.parent / "evalkit" / "language" / "packs" / "english_abroad.toml"
LANGUAGES = "ca cs de es fi fr it nb nl pl pt sv"
EVERYDAY = 4.0  # Zipf frequency: ten times in a million words; rarer ones are too few abroad to count
FOREIGN = 1.2  # 16 times rarer: loans are less (online 0.4, team 0.4 in German), Settings in German is 1.2, Save 1.6
SHORTEST = 3  # letters: shorter words belong to many languages
SOURCE = "wordfreq 3.1.1 (its data: CC BY-SA 4.0), by benchmarks/english_abroad.py"
HEAD = f'''[languages_told_from_english]
source = "{SOURCE}"
reason = "Languages that usual_in tells of: in Latin letters, with a large list"
words = "{LANGUAGES}"

[usual_in]
source = "{SOURCE}"
reason = "Everyday words of English by the languages in which they are usual too: in the others they are foreign"

[usual_in.values]
'''


def main() -> None:
    groups: dict[str, list[str]] = defaultdict(list)
    for word in top_n_list("en", 12_000):
        usual = zipf_frequency(word, "en")
        if usual >= EVERYDAY and len(word) >= SHORTEST and word.isascii() and word.isalpha() and is_known(word, "en"):
            own = (lang for lang in LANGUAGES.split() if round(usual - zipf_frequency(word, lang), 2) < FOREIGN)
            groups["_".join(own) or "none"].append(word)
    body = []
    for name, words in sorted(groups.items()):
        body.append(f'{name} = """\n{textwrap.fill(" ".join(sorted(words)), 119)}\n"""\n')
    write_text(TARGET, HEAD + "".join(body))


if __name__ == "__main__":
    main()
