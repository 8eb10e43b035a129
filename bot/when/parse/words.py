"""The words of dates, French and English, and a line of text in which they are looked for.

Both vocabularies are always known: in a bilingual community people mix them. The language only
decides what is ambiguous (`03/04`, `mar`).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.when.recur import LAST

LONGEST = 200
"""Characters that are looked at: a moment is short, and what comes beyond is never read."""

TAKEN = "\x00"

WEEKDAYS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "lundi monday",
                "mardi tuesday",
                "mercredi wednesday",
                "jeudi thursday",
                "vendredi friday",
                "samedi saturday",
                "dimanche sunday",
            )
        )
        for name in names.split()
    }
)

SHORT_WEEKDAYS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "fr": {"lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6},
        "en": {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6},
    }
)

MONTHS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "janvier january janv jan",
                "fevrier february fevr fev feb",
                "mars march mar",
                "avril april avr apr",
                "mai may",
                "juin june jun",
                "juillet july juil jul",
                "aout august aug",
                "septembre september sept sep",
                "octobre october oct",
                "novembre november nov",
                "decembre december dec",
            ),
            start=1,
        )
        for name in names.split()
    }
)

NUMBERS: Mapping[str, int] = MappingProxyType(
    {
        "un": 1, "une": 1, "a": 1, "an": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3,
        "quatre": 4, "four": 4, "cinq": 5, "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8,
        "eight": 8, "neuf": 9, "nine": 9, "dix": 10, "ten": 10, "douze": 12, "twelve": 12,
        "quinze": 15, "fifteen": 15, "vingt": 20, "twenty": 20, "trente": 30, "thirty": 30,
    }
)  # fmt: skip

ORDINALS: Mapping[str, int] = MappingProxyType(
    {
        "premier": 1, "premiere": 1, "first": 1, "deuxieme": 2, "second": 2, "seconde": 2,
        "troisieme": 3, "third": 3, "quatrieme": 4, "fourth": 4, "cinquieme": 5, "fifth": 5,
        "dernier": LAST, "derniere": LAST, "last": LAST,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A text beside its folded twin: same length, no accents, no capitals, plain signs.

    What a pattern has used is taken out of the twin only, so that the words nobody used can be
    given back as they were typed.
    """

    text: str
    folded: str

    def without(self, match: re.Match[str]) -> "Line":
        """The line after `match` has been used."""
        start, end = match.span()
        gap = TAKEN * (end - start)
        return Line(self.text, self.folded[:start] + gap + self.folded[end:])

    @property
    def rest(self) -> str:
        """The words that nobody used, without the small words that led to the used ones."""
        folded = _LEADING.sub(lambda match: TAKEN * len(match[0]), self.folded)
        kept = (" " if f == TAKEN else c for c, f in zip(self.text, folded, strict=True))
        return " ".join("".join(kept).split()).strip(" ,;.:-–—")


def line_of(text: str) -> Line:
    """The first LONGEST characters of a text, ready to be looked at."""
    text = unicodedata.normalize("NFC", text[:LONGEST])
    return Line(text, "".join(map(_plain, text)))


def number_of(word: str) -> int:
    """The value of a word that NUMBER has matched."""
    return NUMBERS[word] if word in NUMBERS else int(word)


def any_of(names: Mapping[str, int]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(names, key=len, reverse=True)) + ")"


NUMBER = rf"(?:[0-9]{{1,4}}|{any_of(NUMBERS)})"

_LEADING = re.compile(
    rf"(?:(?<!\w)(?:le|la|a|at|on|vers|the|du|au|pour|for|by|from|de|des|en|d'ici)[\s,]+)+(?={TAKEN})"
)
_SIGNS = MappingProxyType({"’": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"})


def _plain(character: str) -> str:
    if character.isspace() or unicodedata.category(character).startswith("C"):
        return " "
    if character in _SIGNS:
        return _SIGNS[character]
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return base if len(base) == 1 else character
