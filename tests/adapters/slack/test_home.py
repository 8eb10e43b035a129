"""A person's own page: its parts one under the other, as many as Slack takes."""

from __future__ import annotations

from typing import Any

from adapters.slack.home import BLOCKS, view
from tests.adapters.slack.reading import read_view, texts


def page(*parts: dict[str, Any]) -> list[str]:
    """The kinds of the blocks of the page, after it was read."""
    found = view(parts)
    read_view(found)
    return [block["type"] for block in found["blocks"]]


def part(text: str, *actions: str) -> dict[str, Any]:
    return {"text": text, "buttons": [{"label": each, "action": each} for each in actions]}


def test_parts_stand_apart_with_their_buttons() -> None:
    assert page(part("# Moi\n\nBonjour", "1/me"), part(""), part("Et", "1/me", "1/home")) == [
        "header",
        "rich_text",
        "actions",
        "divider",
        "rich_text",
        "actions",
    ]


def test_a_page_of_nothing_is_still_a_page() -> None:
    assert page() == ["divider"]


def test_many_parts_stand_close_and_too_many_end_whole() -> None:
    assert "divider" not in page(*[part(f"Partie {n}", "1/a") for n in range(BLOCKS // 2)])
    full = page(*[part(f"Partie {n}", "1/a") for n in range(BLOCKS)])
    assert full == ["rich_text", "actions"] * (BLOCKS // 2)
    heavy = page(*[part("mot " * 900, "1/a") for _ in range(60)])
    assert 2 < len(heavy) < BLOCKS


def test_a_part_too_long_says_that_it_goes_on() -> None:
    found = view([part("mot " * 3_000)])
    read_view(found)
    assert [*texts(found)][-1].endswith("…")
