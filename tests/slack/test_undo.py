"""A wrong post of the bot is taken back on Slack: in one tap, or from its menu [AT-6]."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conversation import plain
from tests.slack.community import Community, community
from tests.slack.screen import Screen
from tests.slack.server.state import Message

pytestmark = pytest.mark.usefixtures("unthreaded")
BIN = "wastebasket"


@pytest.fixture
async def made(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path) as found:
        yield found


async def posted(made: Community) -> Message:
    """A prompt in the channel, which Antoine had posted."""
    await Screen(made, "antoine").types("amorce publier P07")
    return Screen(made, "marie").sees("Quel outil", where="general")


async def test_a_wastebasket_of_an_animator_takes_it_back_and_a_members_does_not(
    made: Community,
) -> None:
    message, marie, antoine = await posted(made), Screen(made, "marie"), Screen(made, "antoine")
    await marie.types("Un vieux cahier", where="general", under=message)
    await made.done(marie.person.react(message, BIN))
    assert marie.sees("Quel outil", where="general").ts == message.ts
    assert marie.texts() == []
    await made.done(antoine.person.react(message, BIN))
    assert marie.texts("general") == []
    assert [each.read for each in marie.person.thread(message)] == ["Un vieux cahier"]
    assert "C'est retiré de general" in antoine.texts()[-1]


async def test_the_menu_of_the_message_takes_it_back(made: Community) -> None:
    message, antoine = await posted(made), Screen(made, "antoine")
    await made.done(Screen(made, "marie").person.shortcut("undo.remove", message))
    assert Screen(made, "marie").sees("Quel outil", where="general").ts == message.ts
    await made.done(antoine.person.shortcut("undo.remove", message))
    # What is left is a refusal that she alone reads.
    assert all("Quel outil" not in each for each in Screen(made, "marie").texts("general"))
    assert "C'est retiré de general" in antoine.texts()[-1]


async def test_the_menu_of_the_message_corrects_it_in_a_window(made: Community) -> None:
    message, antoine = await posted(made), Screen(made, "antoine")
    await made.done(antoine.person.shortcut("undo.correct", message))
    await antoine.sends(text="Quel outil avez-vous <!channel> gardé?")
    shown = Screen(made, "marie").sees("gardé", where="general")
    assert shown.ts == message.ts
    assert "<!channel>" in plain(shown.read)
    assert "broadcast" not in str(shown.blocks)
    assert len(shown.buttons) == 5
    assert "C'est corrigé" in antoine.texts()[-1]


async def test_by_its_name_in_the_thread_and_of_people_it_says_why_not(made: Community) -> None:
    message, antoine = await posted(made), Screen(made, "antoine")
    await Screen(made, "marie").types("Bonjour", where="general")
    said = list(made.workspace.channel("general").messages.values())[-1]
    await made.done(antoine.person.shortcut("undo.remove", said))
    assert any("n'est pas de moi" in each for each in antoine.texts("general"))
    await antoine.mentions("retirer", "general", under=message)
    assert "C'est retiré de general" in antoine.texts()[-1]
