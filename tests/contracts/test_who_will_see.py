"""Every form and every message with an answer offers *Qui verra ça?*, and says it [§12].

Generated from the registry: a new form says who reads it, or it is found here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import commands
from bot.events import Account, Pressed
from bot.messages import Say
from bot.registry import Registry
from bot.routing import press
from commands.prompts import wording
from commands.prompts.rules import Entry
from commands.who_will_see import FORMS
from storage.postings import PostingRow
from tests.conversation import Conversation, conversation, plain

REGISTRY = Registry.of(commands.load())
NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
EXEMPT = {
    "again": "asks whether a late command is still wanted: nothing is answered that others read",
}


@pytest.fixture(params=["fr", "en"])
async def talk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Conversation]:
    async with conversation(tmp_path, lang=request.param) as found:
        yield found


def test_every_form_says_who_reads_it() -> None:
    asked = {name for name, form in REGISTRY.forms.items() if name not in EXEMPT}
    assert set(FORMS) == asked
    assert [name for name in sorted(asked) if REGISTRY.forms[name].visible is None] == []


def test_every_prompt_offers_it_last() -> None:
    for entry in (Entry(code="P01"), Entry(code="P02", options=("a", "b"))):
        posting = PostingRow(id=3, community_id=1, code=entry.code, posted_at=NOW)
        shown = wording.buttons(posting, entry)
        assert shown[-1].key == "who_will_see:posting:3"


async def test_it_names_who_reads(talk: Conversation) -> None:
    marie = Account("terminal", "", "marie")
    now = talk.house.clock.now()
    event = Pressed(id="1", at=now, place=marie.dm, by=marie, message="", action="home")
    async with talk.house.dispatch.looking(event) as call:
        assert call is not None
        voice = call.voice(call.actor)
        for about in ("posting:1", *(f"form:{name}" for name in FORMS)):
            [said] = await press(call, f"who_will_see:{about}")
            assert isinstance(said, Say)
            text = "\n".join(call.texts.render(x.key, x.values, voice) for x in said.lines)
            assert "Claire" in text
            readers = FORMS.get(about.partition(":")[2])
            published = readers is None or readers.uses != ()
            assert ("**general**" in text) is published, about


async def test_under_the_first_question_alone(talk: Conversation) -> None:
    label = "Qui verra ça?" if talk.house.dispatch.language == "fr" else "Who will see this?"
    await talk.play("marie @dm: problem")
    shown = [plain(str(each)) for each in talk.last("dm:marie")["buttons"]]
    assert shown[-1] == label
    await talk.play(f"marie [{label}]")
    assert plain(talk.text("dm:marie")).count("Claire") >= 1
    await talk.play(f"marie @dm: {len(shown)}")
    assert plain(talk.text("dm:marie")).count("Claire") >= 1
    await talk.play("marie @dm: 2")
    shown = [plain(str(each)) for each in talk.last("dm:marie")["buttons"]]
    assert label not in shown


async def test_its_number_never_cancels_a_form_of_words(talk: Conversation) -> None:
    await talk.play("nadia @dm: join")
    shown = talk.last("dm:nadia")["buttons"]
    await talk.play(f"nadia @dm: {len(shown)}")
    assert "Claire" in talk.text("dm:nadia")
    await talk.play("nadia @dm: Nadia B")
    assert "2" in talk.text("dm:nadia")
    assert talk.last("dm:nadia")["form"]["step"] == 2
