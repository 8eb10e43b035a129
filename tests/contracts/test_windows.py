"""Every form of the program fits a window, in every language (Slack's limits).

Source of the limits: https://docs.slack.dev/reference/views and the block elements it names.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

import commands
from bot.call import Call
from bot.events import Pressed
from bot.forms.sheet import Sheet, choices, sheet_of
from bot.forms.windows import fits, modal
from bot.ports import FormState
from bot.registry import Registry
from tests.windows import Desk, account, desk

REGISTRY = Registry.of(commands.load())
GONE = 999_999
ARGS: dict[str, tuple[str | int, ...]] = {
    "charter": ("fr", 0),
    "join": (1,),
    "setup": (),
    "synthesis": ("thread", GONE, "root"),
    "again": ("slack:/#general", "", "m1"),
}
"""What a form is about where a thing that is not there has no questions; numbers unless said."""
BY_BUTTONS = {"again", "suggest-words"}
"""Forms of one question with options."""


@pytest.fixture(params=["fr", "en"])
async def talk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path, lang=request.param) as found:
        yield found


async def test_every_form_fits_a_window(talk: Desk) -> None:
    event = Pressed(
        id="1", at=talk.clock.now(), place=account("claire").dm, by=account("claire"),
        message="", action="home", trigger="t",
    )  # fmt: skip
    async with talk.house.dispatch.looking(event) as call:
        assert call is not None
        for name in REGISTRY.forms:
            sheet = await sheet_of(call, _state(call, name))
            assert fits(sheet) == (name not in BY_BUTTONS), name
            _within_limits(modal(call, sheet), name)
            _keeps_its_words(call, sheet)


def _state(call: Call, form: str) -> FormState:
    found = list(inspect.signature(REGISTRY.forms[form].filled).parameters.values())[2:]
    return FormState(
        id=GONE,
        place=call.who.account.dm,
        community_id=call.here.id,
        form=form,
        args=ARGS.get(form, (GONE,) * len(found)),
        values={},
        step=0,
        state="modal",
        asked_by="person",
        touched=call.now,
    )


def _within_limits(window: dict[str, Any], name: str) -> None:
    assert 0 < len(window["title"]) <= 24, name
    assert not window["title"].endswith("…"), name
    assert 0 < len(window["send"]) <= 24
    assert 0 < len(window["close"]) <= 24
    assert len(window["intro"]) <= 3000
    assert len(window["fields"]) + 1 <= 100
    names = [each["name"] for each in window["fields"]]
    assert len(set(names)) == len(names), name
    for field in window["fields"]:
        assert field["kind"] in ("text", "choice", "choices", "yesno", "box")
        assert 0 < len(field["label"]) <= 2000, (name, field["name"])
        assert not any(mark in field["label"] for mark in ("**", "☐", "☑")), field["label"]
        assert len(field["options"]) <= 100
        # Slack says it itself of what may stay empty.
        assert not field["label"].endswith(("(facultatif)", "(optional)")), field["label"]
        assert bool(field["options"]) == (field["kind"] != "text")
        for option in field["options"]:
            assert 0 < len(option["label"]) <= 75, option
            assert option["label"] != field["label"], "the same is said once"
            assert 0 < len(option["value"]) <= 150, option
        assert 0 <= field["longest"] <= 3000


def _keeps_its_words(call: Call, sheet: Sheet) -> None:
    """A title that is too long has a shorter one, and no option is cut."""
    voice = call.voice(call.actor)
    for field in sheet.fields:
        for value, label in choices(field):
            shown = label if value in dict(field.labels) else call.texts.label(label, {}, voice)
            assert not shown.endswith("…"), (sheet.form.name, value)
