"""Make the tables of number words in `evalkit/language/numbers/words/` from the spell-out rules of the Unicode CLDR.

    pip install unicode-rbnf==2.4.1 indic-numtowords==1.1.0
    python benchmarks/number_words.py            # all languages
    python benchmarks/number_words.py de fr      # some

Languages of South Asia that the CLDR has no rules for are spelled out by indic-numtowords, which has no ordinals.
The rules spell numbers out; the tables hold what is needed to read them back. A form goes into the table only where
the reader does not get its value from the words it already has, so a table holds the words and the irregular forms
of a language. A language of which less than 90 of 100 numbers are read back gets a table of the numbers up to a
thousand, marked `partial`, where 90 of 100 of these are: its words answer a number of the other side and are never
told by themselves. Otherwise it gets no table: there the detector is silent about words and says so.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from evalkit.language.numbers.lexicon import Lexicon, fold, made_of
from evalkit.language.numbers.spelled import spelled_with
from evalkit.language.numbers.sums import is_scale
from evalkit.language.numbers.tokens import TOKEN

ROOT = Path(__file__).resolve().parent.parent / "evalkit/language/numbers/words"
SMALL = 1000  # below, the numbers of a language whose large ones are not read back
ENOUGH = 0.9  # of the numbers up to a thousand million that have to be read back
HAN = ("zh", "ja", "yue", "ko")  # read by `numerals.py`, character by character
SCALES = (100, 1000, 10**4, 10**5, 10**6, 10**7, 10**8, 10**9, 10**11, 10**12)
COUNTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 20, 21, 25, 100)
JOINED_TOO = ("tr", "az")  # on cheques, and in much of what people write, all in one word; the rules part the words
INDIC = ("as", "bn", "gu", "kn", "ml", "mr", "or", "pa", "te", "ur")  # by indic-numtowords; of the CLDR none have rules
LEFT_OUT = ("financial", "year", "digits", "days", "alternate")


def numbers() -> list[int]:
    """The numbers a table is learnt from, in order."""
    some = [c * s + r for s in SCALES for c in COUNTS for r in (0, 1, 2, 15, 20, 21, 100)]
    return sorted(
        {
            *range(101),
            *range(100, 1000, 100),
            *(n + r for n in range(100, 1000, 100) for r in (1, 8, 11, 21, 80, 88)),
            *some,
        }
    )


class Spelling:
    """The forms of numbers in one language."""

    def __init__(self, lang: str) -> None:
        from unicode_rbnf import RbnfEngine

        self.engine = RbnfEngine.for_language(lang)
        sets: list[str] = [str(name) for name in self.engine.rulesets]
        public = [s for s in sets if s.startswith("spellout-") and not any(word in s for word in LEFT_OUT)]
        self.cardinal = [s for s in public if "cardinal" in s or s == "spellout-numbering"]
        self.ordinal = [s for s in public if "ordinal" in s]

    def forms(self, number: int, names: list[str]) -> set[tuple[str, ...]]:
        """The forms of a number, each as its folded words."""
        found = set()
        for name in names:
            try:
                text = self.engine.format_number(number, ruleset_names=[name]).text
            except Exception:
                continue
            if text and "ERROR" not in text and not any(c.isdigit() for c in text) and "=" not in text:
                found.add(tuple(fold(m.group()) for m in TOKEN.finditer(text)))
        return {form for form in found if form}


class IndicSpelling(Spelling):
    """The forms of numbers in a language of South Asia, those of other spellings too."""

    def __init__(self, lang: str) -> None:
        self.lang, self.cardinal, self.ordinal = lang, ["cardinal"], []

    def forms(self, number: int, names: list[str]) -> set[tuple[str, ...]]:
        """The forms of a number, each as its folded words; none from a thousand million on, which are told digit by
        digit. A word of one letter is, beside others, the short form of one before another."""
        from indic_numtowords import num2words

        if not names or number >= 10**9:
            return set()
        said = {tuple(fold(m.group()) for m in TOKEN.finditer(t)) for t in num2words(number, self.lang, True)}
        return {form for form in said if form and all(len(word) > 1 for word in form)} or said


def spelling_of(lang: str) -> Spelling:
    """What spells out the numbers of a language."""
    return IndicSpelling(lang) if lang in INDIC else Spelling(lang)


class Learner:
    """A table in the making."""

    def __init__(self, *, joined: bool = False) -> None:
        self.taken: dict[tuple[str, ...], int] = {}
        self.words: dict[str, dict[int, list[str]]] = {"cardinals": {}, "ordinals": {}}
        self.glue: set[str] = set()
        self.prefixes: set[str] = set()
        self.joined = joined
        self._lexicon: Lexicon | None = None

    def table(self) -> dict[str, Any]:
        """The table as `made_of` reads it."""
        sections = {
            name: {str(n): "|".join(forms) for n, forms in sorted(items.items())} for name, items in self.words.items()
        }
        return {
            "glue": " ".join(sorted(self.glue)),
            "prefixes": " ".join(sorted(self.prefixes)),
            "joined": self.joined,
            **sections,
        }

    def read(self, form: tuple[str, ...]) -> int | None:
        """The value of a form by what is known so far."""
        if self._lexicon is None:
            self._lexicon = made_of(self.table())
        text = " ".join(form)
        found = list(spelled_with(text, self._lexicon))
        return int(found[0].value) if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) else None

    def add(self, section: str, value: int, form: tuple[str, ...]) -> None:
        """A word of its own."""
        forms = self.words[section].setdefault(value, [])
        if " ".join(form) not in forms:
            forms.append(" ".join(form))
        self._lexicon = None

    def learn(self, value: int, form: tuple[str, ...], section: str) -> None:
        """Take a form in unless it is read already."""
        if self.taken.setdefault(form, value) != value or self.read(form) == value:
            return  # the rules of some languages say 2000 for 3000 as well
        if value > 100:
            for attempt in (self._scale, self._glue, self._prefix, self._head):
                if attempt(value, form, section) and self.read(form) == value:
                    return
        if (
            value <= 100
            or is_scale(Decimal(value))
            or (len(str(value).strip("0")) == 1 and value <= 10000)
            or str(value).strip("0") == "2"
        ):
            self.add(section, value, form)

    def _scale(self, value: int, form: tuple[str, ...], section: str) -> bool:
        """two hundred: what is left after `two` is the scale."""
        for scale in sorted(SCALES, reverse=True):
            count, rest = divmod(value, scale)
            if rest or not 1 <= count < 1000 or (scale == 100 and count > 9):
                continue
            for size in range(1, len(form)):
                if self.read(form[:size]) == count and not any(w in self.glue for w in form[size:]):
                    self.add(section, scale, form[size:])
                    return True
            if len(form) == 1 and self.joined:
                for end in range(len(form[0]) - 2, 1, -1):
                    if self.read((form[0][:end],)) == count:
                        self.add(section, scale, (form[0][end:],))
                        return True
        return False

    def _glue(self, value: int, form: tuple[str, ...], _section: str) -> bool:
        """A word between two others that says nothing: hundred AND five."""
        for i in range(1, len(form) - 1):
            without = (*form[:i], *form[i + 1 :])
            if self.read(form[:i]) is not None and self.read((form[i],)) is None and self.read(without) == value:
                self.glue.add(form[i])
                self._lexicon = None
                return True
        return False

    def _head(self, value: int, form: tuple[str, ...], section: str) -> bool:
        """A form of its own before a rest: ciento before uno, Italian cent before ottanta."""
        for scale in (1000, 100):
            rest = value % scale
            if not rest or value - rest not in (scale, value // scale * scale) or value >= 10 * scale:
                continue
            for i in range(1, len(form)):
                tail = form[i + 1 :] if form[i] in self.glue and i + 1 < len(form) else form[i:]
                if self.read(tail) == rest:
                    self.learn(value - rest, form[:i], "cardinals")
                    return True
                if (
                    scale == 100
                    and section == "cardinals"
                    and self.read(form[i + 1 :]) == rest
                    and self.read((form[i],)) is None
                ):
                    self.glue.add(form[i])
                    self.learn(value - rest, form[:i], "cardinals")
                    return True
            for i in range(len(form[0]) - 2, 1, -1) if len(form) == 1 and self.joined else ():
                if self.read((form[0][i:],)) == rest:
                    self.learn(value - rest, (form[0][:i],), "cardinals")
                    return True
        return False

    def _prefix(self, value: int, form: tuple[str, ...], _section: str) -> bool:
        """A letter before a word that means `and`."""
        for i in range(1, len(form)):
            rest = form[i][1:]
            if rest and self.read((rest,)) is not None and self.read(form[:i]) is not None:
                self.prefixes.add(form[i][0])
                self._lexicon = None
                if self.read(form) == value:
                    return True
                self.prefixes.discard(form[i][0])
                self._lexicon = None
        return False


def learnt(lang: str, below: int = 10**13) -> tuple[Learner, float]:
    """A language's table of the numbers below one, and the share of other numbers it reads back."""
    spelling = spelling_of(lang)
    learner = Learner(
        joined=lang in JOINED_TOO or all(len(form) == 1 for form in spelling.forms(345, spelling.cardinal))
    )
    for number in (n for n in numbers() if n < below):
        for form in sorted(spelling.forms(number, spelling.cardinal)):
            learner.learn(number, form, "cardinals")
    for number in (n for n in numbers() if 0 < n < below):
        for form in sorted(spelling.forms(number, spelling.ordinal)):
            learner.learn(number, form, "ordinals")
    return learner, read_back(spelling, learner, below)


def read_back(spelling: Spelling, learner: Learner, below: int) -> float:
    """Share of numbers read back that the table was not learnt from."""
    draw = random.Random(7)
    drawn = [n for n in (draw.randrange(10 ** draw.randrange(2, 10)) for _ in range(300)) if n < below]
    pairs = [(n, form) for n in drawn for form in sorted(spelling.forms(n, spelling.cardinal[:3]))]
    return sum(learner.read(form) == n for n, form in pairs) / max(len(pairs), 1)


def lines(lang: str, learner: Learner, share: float, *, partial: bool) -> Iterator[str]:
    """A table's text."""
    from importlib.metadata import version

    table = learner.table()
    yield "# Made by benchmarks/number_words.py; do not edit."
    if lang in INDIC:
        yield f'source = "indic-numtowords {version("indic-numtowords")} (AI4Bharat, MIT)"'
    else:
        maker = f"unicode-rbnf {version('unicode-rbnf')}"
        yield f'source = "Unicode CLDR spell-out rules, by {maker} (MIT; data: Unicode License V3)"'
    below = "below a thousand " if partial else ""
    yield f'reason = "Number words of {lang}, folded; {share:.3f} of other numbers {below}are read back"'
    if partial:
        yield "partial = true"
    for name in ("glue", "prefixes"):
        if table[name]:
            yield f'{name} = "{table[name]}"'
    if table["joined"]:
        yield "joined = true"
    for name in ("cardinals", "ordinals"):
        if table[name]:
            yield f"\n[{name}]"
            yield from (f'{value} = "{forms}"' for value, forms in table[name].items())


def main(wanted: list[str]) -> None:
    """Write the tables and say of each language what is read back."""
    from unicode_rbnf import RbnfEngine

    for lang in wanted or sorted({*RbnfEngine.get_supported_languages(), *INDIC}):
        if not lang.isalpha() or lang == "root" or lang in HAN:
            continue
        learner, share = learnt(lang)
        if partial := share < ENOUGH:
            learner, share = learnt(lang, SMALL)
        digits = all(any(" " not in w for w in learner.words["cardinals"].get(n, [])) for n in range(2, 10))
        path = ROOT / f"{lang}.toml"
        if share >= ENOUGH and digits:
            path.write_text("\n".join(lines(lang, learner, share, partial=partial)) + "\n", encoding="utf-8")
        else:
            path.unlink(missing_ok=True)
        size = path.stat().st_size if path.exists() else 0
        print(f"{lang:4} {share:.3f} read back, {size:6} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
