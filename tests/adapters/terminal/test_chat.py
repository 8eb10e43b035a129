"""The chat by hand: what a typed line means, and what its reader sees (contracts §4)."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from prompt_toolkit import PromptSession
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.terminal.chat import NEWCOMER, Chat, paint
from adapters.terminal.screen import Screen
from bot.cli.demo import offers
from bot.cli.words import Words
from tests.conversation import conversation, plain


@dataclass
class Seat:
    """Somebody before the chat: what they see, and what they type."""

    chat: Chat
    out: io.StringIO

    @property
    def seen(self) -> str:
        return plain(self.out.getvalue())

    async def type(self, *lines: str) -> str:
        """Types lines; returns what they made appear."""
        before = len(self.seen)
        for line in lines:
            await self.chat.take(line)
        return self.seen[before:]

    async def tab(self, text: str) -> list[str]:
        """What the Tab key offers after that text."""
        completing = await self.chat.completing()
        found = completing.get_completions(Document(text), None)  # type: ignore[arg-type]
        return [each.text for each in found]


@asynccontextmanager
async def seated(folder: Path, session: PromptSession[str] | None = None) -> AsyncIterator[Seat]:
    out = io.StringIO()
    async with conversation(folder) as talk:
        words = Words("fr", "America/Toronto", now=talk.stage.clock.now())
        screen = Screen(out, words)
        talk.stage.server.show = screen.show
        yield Seat(Chat(talk.stage, screen, offers(talk.house), session), out)


@pytest.fixture
async def seat(tmp_path: Path) -> AsyncIterator[Seat]:
    """A fresh chat without colours."""
    async with seated(tmp_path) as found:
        yield found


def messages(seat: Seat) -> Sequence[tuple[str, str, str]]:
    """Who said what where, without the bot."""
    said = seat.chat.stage.server.messages.values()
    return [(each.by, each.place, each.text) for each in said if each.by != "copain"]


async def test_a_bare_line_is_said_by_a_newcomer_in_private(seat: Seat) -> None:
    shown = await seat.type("aide")
    assert messages(seat) == [(NEWCOMER, "dm:vous", "aide")]
    assert "Demander à entrer" in shown


async def test_a_name_makes_an_instruction_only_when_somebody_bears_it(seat: Seat) -> None:
    await seat.type("Question: qui vient?", "marie: bonjour", "nadia: coucou")
    assert messages(seat) == [
        ("vous", "dm:vous", "Question: qui vient?"),
        ("marie", "general", "bonjour"),
        ("vous", "dm:vous", "nadia: coucou"),
    ]


async def test_who_speaks_and_where_changes_together(seat: Seat) -> None:
    await seat.type("@as claire animateurs", "entre nous", "@as nadia", "allo")
    assert messages(seat) == [
        ("claire", "animateurs", "entre nous"),
        ("nadia", "dm:nadia", "allo"),
    ]
    assert "ne voit pas" in await seat.type("@as marie animateurs")
    assert (seat.chat.speaker.name, seat.chat.speaker.place) == ("nadia", "dm")


async def test_buttons_and_threads_need_no_name(seat: Seat) -> None:
    await seat.type("@as marie", "allo")
    assert "Que puis-je faire" in await seat.type("[2]")
    await seat.type("@as marie general", "bonjour", "^-1: et encore", "[x] à faire")
    assert messages(seat)[-2:] == [
        ("marie", "general", "et encore"),
        ("marie", "general", "[x] à faire"),
    ]


async def test_a_mention_is_said_and_an_unknown_order_is_explained(seat: Seat) -> None:
    await seat.type("@as marie general", "@copain aide", "@lea merci!")
    assert [text for _, _, text in messages(seat)] == ["@copain aide", "@lea merci!"]
    assert "@aide" in await seat.type("@foo")
    assert "@skip" in await seat.type("@aide")


@pytest.mark.parametrize(
    "line",
    ["@skip", "@skip 3", "@until hier", "@clock 1999", "@join", "marie [Rien]", "marie -99",
     "@as copain", "@space x public", "   ", "# une remarque", "@", "[", "^", "~", ":", "marie:"],
)  # fmt: skip
async def test_no_line_ends_the_chat(seat: Seat, line: str) -> None:
    await seat.type(line)
    await seat.type("aide")
    assert "Demander à entrer" in seat.seen


async def test_time_passes_and_says_so(seat: Seat) -> None:
    assert "mardi 3 mars à 9 h" in await seat.type("@skip 1d")


async def test_tab_completes_orders_commands_names_places_and_labels(seat: Seat) -> None:
    assert await seat.tab("@s") == ["@skip", "@space"]
    assert await seat.tab("@as ma") == ["marie"]
    assert await seat.tab("@as marie ") == ["dm", "general", "annonces", "animateurs"]
    assert await seat.tab("ai") == ["aide"]
    assert "marie:" in await seat.tab("mar")
    await seat.type("@as marie", "allo")
    assert await seat.tab("[que pu") == ["Que puis-je faire?]"]
    await seat.type("@as lea")
    assert "help" in await seat.tab("he")
    assert "aide" not in await seat.tab("ai")


async def test_ctrl_c_clears_the_line_and_ctrl_d_ends(tmp_path: Path) -> None:
    with create_pipe_input() as keys:
        session: PromptSession[str] = PromptSession(input=keys, output=DummyOutput())
        async with seated(tmp_path, session) as seat:
            keys.send_text("à oublier\x03aide\rmarie: oui\r\x04")
            await seat.chat.run()
            assert [text for _, _, text in messages(seat)] == ["aide", "oui"]
            assert "Bienvenue" in seat.seen


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"NO_COLOR": "1", "TERM": "xterm"}])
async def test_colours_stay_away_where_they_are_not_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, env: dict[str, str]
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    async with seated(tmp_path) as seat:
        paint(seat.chat.screen)
        await seat.type("aide")
        assert "\x1b[3" not in seat.seen
        assert "Demander à entrer" in seat.seen
