"""What is heard is neither lost where the database fails, nor holds up what comes after it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from nio import AsyncClient, MatrixRoom

from adapters.matrix.hearing import Hearing
from adapters.matrix.rooms import Rooms
from adapters.matrix.wire import Wire
from bot.app import quiet_log
from bot.clock import FrozenClock
from bot.events import Account, Event, Place, SpaceChanged

DOWN = "the database is away"
ROOM = "!r:example.org"
REACTION = {
    "type": "m.reaction",
    "event_id": "$r",
    "sender": "@marie:example.org",
    "origin_server_ts": 1,
    "content": {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$m", "key": "✅"}},
}


@dataclass(slots=True)
class Notes:
    """Notes of a database that fails so many times."""

    down: int = 0
    kept: dict[str, Any] = field(default_factory=dict)

    async def read(self, key: str) -> Any:
        return self.kept.get(key)

    async def write(self, key: str, value: Any) -> None:
        if self.down:
            self.down -= 1
            raise OSError(DOWN)
        self.kept[key] = value


@dataclass(slots=True)
class Doors:
    """Doors to these spaces."""

    places: set[Place] = field(default_factory=set)

    async def is_space(self, place: Place) -> bool:
        return place in self.places

    async def spaces(self, platform: str) -> Mapping[Place, str]:
        return dict.fromkeys(self.places, "discussion")

    async def has_role(self, account: Account) -> bool:
        return False

    async def may_write(self, account: Account) -> bool:
        return False


@dataclass(slots=True)
class Core:
    """Fails so many times, then hears."""

    failures: float
    told: int = 0
    heard: list[Event] = field(default_factory=list)

    async def __call__(self, event: Event) -> None:
        self.told += 1
        if self.told <= self.failures:
            raise OSError
        self.heard.append(event)


def hearing(notes: Notes, core: Core, doors: Doors | None = None) -> Hearing:
    client = AsyncClient("http://localhost", "@copain:example.org")
    clock = FrozenClock(datetime(2026, 3, 2, tzinfo=UTC))

    async def pause(_seconds: float) -> None:
        return None

    return Hearing(
        rooms=Rooms(client, Wire(client), "@copain:example.org", encryption=True),
        notes=notes,
        doors=doors or Doors(),
        clock=clock,
        log=quiet_log(sys.stderr, clock),
        hear=core,
        command="copain",
        pause=pause,
    )


async def test_a_reaction_that_could_not_be_noted_is_not_passed_over() -> None:
    notes, core = Notes(down=1), Core(0)
    heard = hearing(notes, core)
    with pytest.raises(OSError, match=DOWN):
        await heard.handle(ROOM, REACTION)
    await heard.handle(ROOM, REACTION)
    assert len(core.heard) == 1


async def test_while_the_database_is_away_nothing_is_given_up() -> None:
    core = Core(200)
    notes = Notes(down=0)
    heard = hearing(notes, core)
    event = await _event()
    notes.down = 10**6
    await heard.tell(event)
    assert core.heard == [event]


async def test_an_event_that_always_fails_does_not_hold_up_the_next() -> None:
    core = Core(float("inf"))
    await hearing(Notes(), core).tell(await _event())
    assert 5 < core.told < 20


@pytest.mark.parametrize("act", ["2", " 1 ", "reaction"])
async def test_a_space_made_by_a_pressed_button_is_known_at_once(act: str) -> None:
    doors = Doors({Place("matrix", "", ROOM)})
    heard = hearing(Notes(), Core(0), doors)
    await heard.handle(ROOM, _written("bonjour"))
    assert heard.rooms.tracked == set()
    await heard.handle(ROOM, REACTION if act == "reaction" else _written(act))
    assert heard.rooms.tracked == {ROOM}


async def test_a_space_made_elsewhere_is_looked_at_once() -> None:
    doors, core = Doors({Place("matrix", "", ROOM)}), Core(0)
    heard = hearing(Notes(), core, doors)
    heard.rooms.history[ROOM] = "world_readable"
    heard.rooms.client.rooms[ROOM] = MatrixRoom(ROOM, "@copain:example.org")
    await heard.track()  # As the doorway does.
    for number in ("1", "2"):
        await heard.handle("!other:example.org", _written(number))
    assert [event.change for event in core.heard if isinstance(event, SpaceChanged)] == ["public"]


def _written(text: str) -> dict[str, Any]:
    content = {"msgtype": "m.text", "body": text}
    return {**REACTION, "type": "m.room.message", "event_id": f"${len(text)}", "content": content}


async def _event() -> Event:
    core = Core(0)
    await hearing(Notes(), core).handle(ROOM, REACTION)
    return core.heard[0]
