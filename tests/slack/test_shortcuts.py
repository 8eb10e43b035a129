"""From the menu of a message to a whispered answer: a shortcut leads to a registered button."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.events import Picked
from bot.messages import AskForm, Reply, Say
from bot.people import Role
from bot.registry import Field, button, form
from bot.values import Typed
from tests.conversation import feature
from tests.slack.community import Community, community
from tests.slack.screen import Screen
from tests.slack.server.state import Message

pytestmark = pytest.mark.usefixtures("unthreaded")


@button("quote", who=Role.MEMBER, shows=True, shortcut=True)
async def quote(call: Any) -> Reply:
    """Shows what it was given."""
    assert isinstance(call.event, Picked)
    return Say("forms-typed", {"typed": Typed(call.event.text)})


@button("file.it", who=Role.MEMBER, shortcut=True)
async def file_it(call: Any) -> Reply:
    """Asks why, with the message at hand."""
    return AskForm("filing", (call.event.message,))


async def filing_fields(call: Any, state: Any) -> tuple[Field, ...]:
    """One line."""
    return (Field("why", key="help-home"),)


@form("filing", fields=filing_fields, title="help-home", who=Role.MEMBER)
async def filing(call: Any, values: dict[str, str], message: str) -> Reply:
    """Says what it was given."""
    return Say("forms-typed", {"typed": Typed(f"{values['why']} {message}")})


STAND_IN = feature("standin", quote, file_it, filing_fields, filing)


@pytest.fixture
async def made(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path, features=(STAND_IN,)) as found:
        yield found


async def said(made: Community, name: str, *, under: Message | None = None) -> Message:
    """A message of somebody in the channel."""
    await Screen(made, name).types("un guide utile & court", where="general", under=under)
    return list(made.workspace.channel("general").messages.values())[-1]


async def test_what_it_shows_is_whispered_where_the_message_stands(made: Community) -> None:
    root = await said(made, "ibrahim")
    reply = await said(made, "marie", under=root)
    lea = Screen(made, "lea")
    assert (await made.done(lea.person.shortcut("quote", root))).acked
    shown = lea.person.ephemerals("general")[-1]
    assert ("un guide utile & court" in shown.read, shown.thread_ts) == (True, "")
    await made.done(lea.person.shortcut("quote", reply))
    assert lea.person.ephemerals("general")[-1].thread_ts == root.ts
    assert lea.texts() == []
    assert all(each.user != made.workspace.app.bot_user for each in lea.person.sees("general"))


async def test_it_may_open_a_window(made: Community) -> None:
    message, lea = await said(made, "ibrahim"), Screen(made, "lea")
    await made.done(lea.person.shortcut("file.it", message))
    await lea.sends(why="À garder")
    assert f"À garder {message.ts}" in lea.texts()[-1]


async def test_who_is_no_member_is_refused_before_their_eyes_alone(made: Community) -> None:
    message = await said(made, "ibrahim")
    omar = Screen(made, "omar")
    made.person("omar", team="T0OTHER")
    await made.done(omar.person.join("general", made.account("claire").id))
    await made.done(omar.person.shortcut("quote", message))
    (refusal,) = omar.person.ephemerals("general")
    assert "guide" not in refusal.read
    assert omar.texts() == []


async def test_what_the_manifest_does_not_name_stands_in_no_menu(made: Community) -> None:
    message = await said(made, "ibrahim")
    with pytest.raises(AssertionError, match="no shortcut"):
        await made.person("lea").shortcut("help", message)
