"""Repeatable draws where the demo needs them, and fair ones everywhere."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chance import Chance, SecretChance, SeededChance

BOTH: Sequence[Chance] = (SeededChance(1), SecretChance())


def test_the_demo_draws_the_same_today_as_on_the_day_this_was_written() -> None:
    chance = SeededChance(1).for_event("event-1")
    assert chance.bits(32, "transaction") == 103984859
    assert chance.randrange(60, "minute") == 19
    assert chance.choice(["a", "b", "c"], "prompt") == "c"
    assert chance.shuffled([1, 2, 3, 4, 5], "order") == [5, 2, 4, 1, 3]


def test_another_process_with_another_hash_seed_draws_the_same() -> None:
    code = "from bot.chance import SeededChance; print(SeededChance(1, 'e').bits(64, 'p'))"
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }
    assert drawn == {f"{SeededChance(1, 'e').bits(64, 'p')}\n"}


@settings(max_examples=50)
@given(st.integers(), st.text(), st.text())
def test_an_event_handled_again_draws_the_same_again(seed: int, event: str, purpose: str) -> None:
    first, second = (SeededChance(seed).for_event(event) for _ in range(2))
    assert [first.bits(64, purpose) for _ in range(3)] == [
        second.bits(64, purpose) for _ in range(3)
    ]


def test_every_part_of_the_seed_counts_and_so_does_the_turn() -> None:
    chance = SeededChance(1, "ab")
    drawn = [
        chance.bits(128, "c"),
        chance.bits(128, "c"),
        chance.bits(128, "bc"),
        SeededChance(2, "ab").bits(128, "c"),
        SeededChance(1, "a").bits(128, "bc"),
        SeededChance(1, "abc").bits(128, ""),
    ]
    assert len(set(drawn)) == len(drawn)


def test_a_draw_in_between_leaves_the_others_as_they_were() -> None:
    plain, busy = SeededChance(1, "e"), SeededChance(1, "e")
    busy.bits(8, "something new")
    assert plain.bits(64, "known") == busy.bits(64, "known")


@pytest.mark.parametrize("chance", BOTH, ids=["seeded", "secret"])
def test_draws_stay_in_their_range_and_reach_all_of_it(chance: Chance) -> None:
    counts = Counter(chance.randrange(6, "die") for _ in range(1200))
    assert set(counts) == set(range(6))
    # 200 expected each, standard deviation 13: beyond ten of them it is no chance any more.
    assert all(70 < count < 330 for count in counts.values())


@pytest.mark.parametrize("chance", BOTH, ids=["seeded", "secret"])
def test_bits_are_as_many_as_asked(chance: Chance) -> None:
    assert chance.bits(0, "none") == 0
    for n in (1, 8, 128, 256, 300):
        drawn = [chance.bits(n, "size") for _ in range(40)]
        assert all(0 <= number < 2**n for number in drawn)
        assert max(drawn) >= 2 ** (n - 1)


@pytest.mark.parametrize("chance", BOTH, ids=["seeded", "secret"])
def test_shuffling_keeps_everything_and_changes_no_original(chance: Chance) -> None:
    original = list(range(50))
    shuffled = chance.shuffled(original, "order")
    assert shuffled != original
    assert sorted(shuffled) == original == list(range(50))


@pytest.mark.parametrize("chance", BOTH, ids=["seeded", "secret"])
def test_nothing_cannot_be_drawn_from(chance: Chance) -> None:
    with pytest.raises(IndexError):
        chance.choice([], "prompt")
    with pytest.raises(ValueError, match="nothing"):
        chance.randrange(0, "die")
    assert chance.shuffled([], "order") == []


def test_secrets_do_not_repeat_within_an_event() -> None:
    chance = SecretChance()
    assert chance.for_event("e").bits(128, "t") != chance.for_event("e").bits(128, "t")
