"""The template and its blanks: the same in both languages, and none of them published."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Content
from bot.errors import Complaint
from bot.texts import Texts
from commands.charter import rules
from commands.charter.service import template

PAPERS = {language: template(Content(), language) for language in ("fr", "en")}
FULL = {name: f"mots {name}" for name in PAPERS["en"].names.values()}


def test_both_languages_have_the_same_blanks_in_the_same_order() -> None:
    french, english = (list(paper.names.values()) for paper in PAPERS.values())
    assert french == english
    assert PAPERS["fr"].names["raison_d_etre_une_phrase"] == "purpose_in_one_sentence"
    assert PAPERS["fr"].names["recours"] == "appeal"


def test_every_blank_has_a_question_but_those_of_the_publication() -> None:
    texts = Texts.load()
    for name in PAPERS["en"].asked():
        assert texts.has(f"form-charter-{name.replace('_', '-')}"), name
    assert not set(rules.BY_PUBLICATION) & set(PAPERS["en"].asked())


def test_the_sections_together_ask_what_the_whole_asks() -> None:
    paper = PAPERS["en"]
    parts = [name for number in range(11) for name in paper.asked(number)]
    assert set(parts) == set(paper.asked())
    assert paper.asked(4) == ("privacy_contact",)
    assert paper.asked(6) == ()


@pytest.mark.parametrize("name", sorted(FULL))
@pytest.mark.parametrize("words", ["", " ", "…", "{{x}}"])
def test_one_blank_left_is_enough_to_refuse(name: str, words: str) -> None:
    with pytest.raises(Complaint) as refused:
        PAPERS["fr"].filled({**FULL, name: words})
    assert refused.value.values == {"n": 1}


@given(st.text(max_size=60))
def test_whatever_is_typed_leaves_no_blank_and_no_new_paragraph(words: str) -> None:
    try:
        line = rules.checked(words)
    except Complaint:
        return
    filled = PAPERS["fr"].filled({**FULL, "criteria": line})
    assert not re.search(r"\{\{\s*\w+\s*\}\}", filled)
    assert len(rules.sections(filled)) == 10
    assert filled.count("\n\n") == PAPERS["fr"].text.count("\n\n")


def test_an_address_alone_can_be_pressed() -> None:
    filled = PAPERS["en"].filled({**FULL, "link": "https://example.org/a(b)"})
    assert "](https://example.org/a%28b%29)" in filled


def test_reminders_go_round() -> None:
    text = PAPERS["en"].filled(FULL)
    assert rules.section_after(0, text) == 1
    assert rules.section_after(10, text) == 1


def test_a_sentence_ends_once() -> None:
    assert rules.pointed("Partager") == "Partager."
    assert rules.pointed("Partager!") == "Partager!"
    assert rules.pointed("") == ""
    assert rules.unpointed("aucun rapport. ") == "aucun rapport"
