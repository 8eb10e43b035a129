"""The supplied texts are all there, under predictable keys."""

from __future__ import annotations

import pytest

from bot.content import Content


@pytest.fixture(scope="module")
def content() -> Content:
    """The program's own files."""
    return Content()


def test_sixty_prompts_are_supplied(content: Content) -> None:
    prompts = content.prompts()
    assert [prompt.id for prompt in prompts] == [f"P{n:02}" for n in range(1, 61)]
    poll = next(prompt for prompt in prompts if prompt.id == "P59")
    assert poll.options["fr"] == ("Trop", "Juste bien", "Pas assez")
    assert poll.mode == "anonymous_poll"
    assert {prompt.kind for prompt in prompts} <= {"evergreen", "single_use"}


def test_only_a_closing_word_is_for_three_answers_and_more(content: Content) -> None:
    closing = [one for one in content.follow_ups() if one.closing]
    assert [(one.id, one.at_least) for one in closing] == [("R7", 3)]


def test_every_key_that_a_loader_gives_has_its_text(content: Content) -> None:
    keys = [one.key for one in content.follow_ups()]
    for step in content.guide():
        keys += [step.key, step.title_key, step.button_key]
    for card in content.cards():
        keys += [card.key, card.title_key]
    screen = content.who_sees_what()
    keys += [screen.title_key, screen.after_key, *screen.line_keys.values()]
    keys += [key for view in screen.views.values() for key in view]
    for prompt in content.prompts():
        keys += [prompt.key, f"{prompt.key}-theme", *prompt.option_keys]
    assert [key for key in keys if content.text(key) is None] == []
    assert len(screen.line_keys) == len(screen.views) == 5


@pytest.mark.parametrize(
    "key",
    [
        "guide-member-first-button-who-sees",
        "guide-newcomers-public-one",
        "guide-waiting-list-zero",
        "modes-crisis-start",
        "templates-synthesis-before",
        "prompt-footers-footer-taps",
        "prompt-footers-button-same-here",
        "why-guide",
        "why-button-less",
        "calm-quiet-week",
        "answers-unknown-command-no-suggestion",
        "answers-expired-button-someone-first",
        "letters-managers-from-coordinator-subject",
        "prompts-p59-option-3",
        "prompts-reading-is-fine",
        "tips-t01-variant-launch",
        "who-sees-what-external-report-none",
    ],
)
def test_a_supplied_text_is_found_by_its_key(content: Content, key: str) -> None:
    text = content.text(key)
    assert text is not None
    assert set(text) == {"fr", "en"}


def test_what_is_no_text_has_no_key(content: Content) -> None:
    about = ("placeholders-", "-source", "-when", "-words-", "-version")
    assert not [key for key in sorted(content.keys()) if any(part in key for part in about)]


def test_charters_come_in_both_languages_with_their_blanks(content: Content) -> None:
    for language in ("fr", "en"):
        assert "{{" in content.charter(language)
    assert "n’est" in content.charter("fr")
