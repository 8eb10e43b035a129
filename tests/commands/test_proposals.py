"""When two questions are the same, nearly, or simply two questions [PR-1]."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Content
from commands.prompts.rules import Entry, bank
from commands.proposals.rules import Known, known, parted, plain, twin
from storage.proposals import ProposalRow

CONTENT = Content()
SUPPLIED = {
    prompt.key: tuple((CONTENT.text(prompt.key) or {}).values()) for prompt in CONTENT.prompts()
}
BANK = known(bank(CONTENT.prompts(), []), SUPPLIED)


def test_no_two_questions_of_the_bank_are_twins() -> None:
    for each in BANK:
        others = [other for other in BANK if other.code != each.code]
        assert [twin(said, others) for said in each.said] == [None] * len(each.said), each.code


@pytest.mark.parametrize(
    "typed",
    [
        "Quel outil avez-vous cessé d'utiliser, et pourquoi?",
        "QUEL OUTIL AVEZ-VOUS CESSE D’UTILISER ET POURQUOI ?!",
        "Which tool have you stopped using, and why?",
    ],
)
def test_accents_capitals_and_signs_make_no_other_question(typed: str) -> None:
    found = twin(typed, BANK)
    assert found is not None
    assert (found.known.code, found.same) == ("P07", True)


@pytest.mark.parametrize(
    "typed",
    [
        "Quel outil avez-vous arrêté d'utiliser? Pourquoi?",
        "Quel outil avez-vous cessé d'utiliser cette année, et pourquoi?",
        "Bonjour! Je propose : quel outil avez-vous cessé d'utiliser, et pourquoi? Merci!",
        "Which tool did you stop using, and why?",
    ],
)
def test_slightly_other_words_are_a_twin_and_not_the_same(typed: str) -> None:
    found = twin(typed, BANK)
    assert found is not None
    assert (found.known.code, found.same) == ("P07", False)


@pytest.mark.parametrize(
    "typed",
    [
        "Quel outil utilisez-vous le plus?",
        "Comment annoncez-vous une absence à une équipe débordée?",
        "Why?",
        "Qui vous relaie?",
    ],
)
def test_another_question_has_no_twin(typed: str) -> None:
    assert twin(typed, BANK) is None


def test_what_was_set_aside_is_shown_and_never_refused() -> None:
    aside = Known(code="C01", words="Où lisez-vous?", said=("Où lisez-vous?",), archived=True)
    found = twin("Où lisez-vous?", [aside])
    assert found is not None
    assert not found.same


def test_what_waits_counts_and_what_a_community_wrote_wins_over_what_was_supplied() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    row = ProposalRow(community_id=1, account_id=1, text="Où lisez-vous au calme?", at=at)
    entry = Entry(code="P07", key="prompts-p07", text="Que jetez-vous le vendredi?")
    among = known([entry], SUPPLIED, [row])
    assert twin("ou lisez vous, au calme", among) is not None
    assert twin("Que jetez-vous le vendredi", among) is not None
    assert twin("Quel outil avez-vous cessé d'utiliser, et pourquoi?", among) is None


def test_tags_after_a_question_are_taken_off_and_those_within_stay() -> None:
    assert parted("Qui relaie? #relève #Équipe") == ("Qui relaie?", ["releve", "equipe"])
    assert parted("Que dit #cas pour vous?") == ("Que dit #cas pour vous?", ["cas"])
    assert parted("#cas") == ("", ["cas"])


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(left: str, right: str) -> None:
    found = twin(left, [Known(code="C01", words=right, said=(right,))])
    if found is not None and found.same:
        assert plain(left) == plain(right)
