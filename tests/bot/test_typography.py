"""French typography: what the rules change, and what they leave alone."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.typography import NO_BREAK, THIN, Region, french

SIGNS = st.text(alphabet="ab1 \n'«»:%?!;`*_{}()[]/\\&.h\u00a0\u202f\ue000", max_size=40)


@given(st.one_of(st.text(max_size=60), SIGNS), st.sampled_from(["CA", "FR"]))
@example("`` ? `", "FR")
@example("« »", "CA")
def test_doing_it_twice_is_doing_it_once(text: str, region: Region) -> None:
    once = french(text, region)
    assert french(once, region) == once


@given(SIGNS, st.sampled_from(["CA", "FR"]))
def test_only_spaces_and_apostrophes_ever_change(text: str, region: Region) -> None:
    def letters(seen: str) -> str:
        return "".join(seen.replace("’", "'").split())

    assert letters(french(text, region)) == letters(text)


@pytest.mark.parametrize(
    ("typed", "set_in_quebec"),
    [
        ("Qu'est-ce qu'on fait d'ici là?", "Qu’est-ce qu’on fait d’ici là?"),
        ("l'**équipe** et d'{name}", "l’**équipe** et d’{name}"),
        ("On dit « oui » ou «non».", "On dit «\u00a0oui\u00a0» ou «\u00a0non\u00a0»."),
        ("**But** : dire", f"**But**{NO_BREAK}: dire"),
        ("35 % ou 40% ou {n} %", f"35{NO_BREAK}% ou 40{NO_BREAK}% ou {{n}}{NO_BREAK}%"),
        ("Vraiment ? Oui ! Bon ; suite", "Vraiment? Oui! Bon; suite"),
    ],
)
def test_quebec_typography(typed: str, set_in_quebec: str) -> None:
    assert french(typed) == set_in_quebec


@pytest.mark.parametrize(
    ("typed", "set_in_france"),
    [
        ("Vraiment? Oui! Bon; suite", f"Vraiment{THIN}? Oui{THIN}! Bon{THIN}; suite"),
        ("Quoi?! **Non!**", f"Quoi{THIN}?! **Non{THIN}!**"),
        ("« Ça va? » {name}?", f"«{NO_BREAK}Ça va{THIN}?{NO_BREAK}» {{name}}{THIN}?"),
    ],
)
def test_typography_of_france(typed: str, set_in_france: str) -> None:
    assert french(typed, "FR") == set_in_france


@pytest.mark.parametrize("region", ["CA", "FR"])
@pytest.mark.parametrize(
    "text",
    [
        "`l'un : deux ; 3%` fin",
        "https://exemple.org/?a=1;b='x' fin",
        '[lien](https://exemple.org/a;b "l\'autre")',
        "à 08:30 et 10:00",
        "tapez !copain aide",
        "voir :tada: ici",
        "image ![x](y)",
        "{ l'un }",
        "A &amp; B",
        "(?)",
    ],
)
def test_code_addresses_times_and_placeholders_stay(text: str, region: Region) -> None:
    assert french(text, region) == text
