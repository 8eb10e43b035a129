"""Which prompt comes next, and how what people type about prompts is understood."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chance import SeededChance
from bot.content import Content
from bot.parsing import words
from commands.prompts import rules
from commands.prompts.rules import Entry

BANK = rules.bank(Content().prompts(), [])


def test_the_supplied_bank_has_sixty_prompts_of_which_five_wait_for_pulses() -> None:
    assert len(BANK) == 60
    assert {each.code for each in BANK if each.kept} == {"P22", "P45", "P50", "P56", "P59"}
    separate = {each.id for each in Content().prompts() if each.mode == "anonymous_poll"}
    elsewhere = {each.id for each in Content().prompts() if each.options_source}
    assert separate | elsewhere == rules.KEPT_FOR_PULSES


@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_the_fifty_five_go_round_once_before_any_returns(seed: int, low: bool) -> None:
    first, first_new = _round(seed, ever=(), low=low)
    second, second_new = _round(seed + 100, ever=first, low=low, used=first)
    assert len(first) == len(set(first)) == 55
    assert not any(first_new)
    assert sorted(second) == sorted(first)
    assert second_new == [True] + [False] * 54


def test_a_single_use_prompt_never_returns() -> None:
    bank = [Entry(code="C01", text="Une fois?", single_use=True), Entry(code="C02", text="Encore?")]
    for seed in range(20):
        found = rules.choose(bank, {"C01", "C02"}, {"C01", "C02"}, chance=SeededChance(seed))
        assert found is not None
        assert (found.entry.code, found.new_round) == ("C02", True)


def test_a_tag_never_makes_a_prompt_return_early() -> None:
    outil = {each.code for each in BANK if each.tagged("outil") and not each.kept}
    found = rules.choose(BANK, outil, outil, chance=SeededChance(1), tag="outil")
    assert found is None


def test_an_archived_prompt_is_never_drawn() -> None:
    bank = [Entry(code="C01", text="Non", archived=True)]
    assert rules.choose(bank, (), (), chance=SeededChance(1)) is None


def test_low_effort_comes_first_while_few_people_answer() -> None:
    found = rules.choose(BANK, (), (), chance=SeededChance(1), low=True)
    assert found is not None
    assert found.entry.effort == 1


@pytest.mark.parametrize(
    ("people", "low"),
    [([], False), ([0], True), ([3], False), ([2, 1, 9], True), ([2, 5, 9], False)],
)
def test_participation_is_low_when_most_of_the_last_prompts_found_few(
    people: Sequence[int], low: bool
) -> None:
    assert rules.is_low(people) is low


@given(st.integers(min_value=0, max_value=2**32), st.sets(st.sampled_from([e.code for e in BANK])))
def test_whatever_was_used_what_comes_may_come(seed: int, used: set[str]) -> None:
    found = rules.choose(BANK, used, used, chance=SeededChance(seed))
    assert found is not None
    assert not found.entry.kept
    assert found.new_round or found.entry.code not in used


@pytest.mark.parametrize(
    ("typed", "code"),
    [("P07", "P07"), ("p7", "P07"), (" c 12 ", "C12"), ("P-003", "P03"), ("7", None), ("#p", None)],
)
def test_a_code_is_understood_as_people_type_it(typed: str, code: str | None) -> None:
    assert rules.code_of(typed) == code


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("Oui\nNon\n", ["Oui", "Non"]),
        ("Oui; Non ; Parfois", ["Oui", "Non", "Parfois"]),
        ("- et/ou\n- Jamais", ["et/ou", "Jamais"]),
        ("Oui / Non", ["Oui", "Non"]),
        ("Oui; Oui", ["Oui"]),
        ("", []),
    ],
)
def test_options_are_understood_as_people_type_them(typed: str, options: list[str]) -> None:
    assert rules.options_of(typed) == options


def test_a_tag_is_found_whatever_its_hyphens_accents_and_plural() -> None:
    assert words("ligne_directrice") == words("Lignes-Directrices")
    assert Entry(code="C01", tags=("ligne_directrice",)).tagged("lignes-directrices")


@pytest.mark.parametrize(
    ("link", "found"),
    [
        (
            "https://x.slack.com/archives/C012AB3CD/p1355517523000008",
            ("C012AB3CD", "1355517523.000008"),
        ),
        (
            "https://x.slack.com/archives/C012AB3CD/p1355517600000100?thread_ts=1355517523.000008",
            ("C012AB3CD", "1355517523.000008"),
        ),
        (
            "https://matrix.to/#/!abc:example.org/$event?via=example.org",
            ("!abc:example.org", "$event"),
        ),
        ("https://matrix.to/#/%21abc%3Aexample.org/%24event", ("!abc:example.org", "$event")),
        ("https://example.org", None),
    ],
)
def test_a_permalink_names_its_room_and_its_message(
    link: str, found: tuple[str, str] | None
) -> None:
    assert rules.linked(link) == found


def _round(
    seed: int, *, ever: Sequence[str], low: bool, used: Sequence[str] = ()
) -> tuple[list[str], list[bool]]:
    """Fifty-five draws in a row, as postings would note them."""
    drawn: list[str] = []
    anew: list[bool] = []
    present = set(used)
    for turn in range(55):
        found = rules.choose(
            BANK, present, {*ever, *drawn}, chance=SeededChance(seed, str(turn)), low=low
        )
        assert found is not None
        present = {found.entry.code} if found.new_round else {*present, found.entry.code}
        drawn.append(found.entry.code)
        anew.append(found.new_round)
    return drawn, anew
