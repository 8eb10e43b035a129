"""What `copain check` and `copain init` ask of a homeserver [RE-7, SE-9].

`look` goes from the outside in and stops at what makes the rest unknowable: the server, the login,
the keys, the rooms, the invitations, the pace. `asking` is the wire; `lines` what comes back.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from adapters.asking import Unanswered, table, text
from adapters.matrix.checks import invitations, login, pace, rooms
from adapters.matrix.checks.asking import Server, connected, part, rows
from adapters.matrix.checks.lines import Level, Line, fault, fine, warning
from adapters.matrix.checks.login import V3, Entered
from adapters.matrix.checks.rooms import Seen, Tracked
from bot.config import Config, Matrix
from bot.events import Account
from bot.ports import Doors

__all__ = ["Level", "Line", "homeserver_of", "look"]

MOST_APART = timedelta(seconds=30)
FILES_FROM = (1, 11)
"""The version of the specification from which files are fetched with a token, as Copain does."""

_SYNC_PATIENCE = 30.0
_COORDINATORS = 5


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the look is about. `matrix` is that of `found`, with the folder where it really is."""

    found: Config
    matrix: Matrix
    doors: Doors | None


async def look(
    found: Config, now: datetime, *, folder: Path = Path(), doors: Doors | None = None
) -> list[Line]:
    """What is right with Matrix, and what is not, each with its cure.

    `folder` is that of the configuration; `doors` knows the rooms that were taken up in chat, where
    there is a database to ask. Nothing is changed, but for a room of Copain's own that is made and
    left. A server that does not answer is a fault like another.
    """
    assert found.matrix is not None
    matrix = found.matrix.model_copy(update={"store": folder / found.matrix.store})
    lines = [*login.folder(matrix), *login.in_clear(matrix.homeserver)]
    try:
        async with connected(matrix.homeserver, found.proxy) as server:
            async for line in _looked(server, _Asked(found, matrix, doors), now):
                # One by one: what was told before a silence stays told.
                lines += [line]
    except Unanswered as error:
        values = {"address": matrix.homeserver, "why": error.why}
        lines.append(fault("matrix-check-unanswered", values))
    return lines


async def homeserver_of(server: str, proxy: str = "") -> str | None:
    """The address of the homeserver whose accounts end in `:server`, as that server tells it.

    Source: the specification's "Well-known URIs". None when it tells nothing, or nothing usable.
    """
    host = server.rpartition(":")[0] if server.rpartition(":")[2].isdigit() else server
    try:
        async with connected(f"https://{host}", proxy) as asked:
            answer = await asked.get("/.well-known/matrix/client")
    except Unanswered:
        return None
    return text(table(answer.body, "m.homeserver"), "base_url").rstrip("/") or None


async def _looked(server: Server, asked: _Asked, now: datetime) -> AsyncIterator[Line]:
    answer = await server.get("/_matrix/client/versions")
    versions = [each for each in rows(answer.body, "versions") if isinstance(each, str)]
    if not answer.ok or not versions:
        yield fault("matrix-check-no-server", {"address": server.address})
        return
    yield _version(server.address, versions)
    if answer.at is not None and abs(answer.at - now) > MOST_APART:
        yield warning("matrix-check-clocks-apart")
    entered, lines = await login.enter(server, asked.matrix, asked.found.secrets)
    for line in lines:
        yield line
    if entered is None:
        return
    try:
        async for line in _inside(entered, asked):
            yield line
    finally:
        await login.left(entered)


async def _inside(entered: Entered, asked: _Asked) -> AsyncIterator[Line]:
    for line in [*await login.keys(entered, asked.matrix), *await _nobody(entered, asked.found)]:
        yield line
    invited = await _invitations(entered)
    tracked = await _tracked(asked)
    answer = await entered.server.get(f"{V3}/joined_rooms")
    joined = rows(answer.body, "joined_rooms")
    met: set[str] = set()
    for room in tracked:
        if room.id not in joined:
            waits = any(one.room == room.id for one in invited or ())
            yield rooms.absent(room, invited=waits, user=entered.user)
            continue
        seen = await _seen(entered, room)
        met |= seen.members
        for line in rooms.verdicts(
            room, seen, user=entered.user, encryption=asked.matrix.encryption
        ):
            yield line
    yield await _answered(asked, invited, tracked, met)
    for line in await pace.pace(entered):
        yield line


def _version(address: str, versions: list[str]) -> Line:
    numbers = [each.removeprefix("v").split(".") for each in versions if each.startswith("v")]
    newest = max([(int(a), int(b)) for a, b in numbers if a.isdigit() and b.isdigit()], default=())
    told = {"address": address, "version": ".".join(map(str, newest)) or versions[-1]}
    return (fine if newest >= FILES_FROM else warning)(
        "matrix-check-server" if newest >= FILES_FROM else "matrix-check-server-old", told
    )


async def _nobody(entered: Entered, found: Config) -> list[Line]:
    """Coordinators of whom no server knows: a slip of the finger that closes every door."""
    refs = [each for one in found.communities for each in one.coordinators]
    users = list(dict.fromkeys(each.id for each in refs if each.platform == "matrix"))
    lines = []
    for user in users[:_COORDINATORS]:
        try:
            answer = await entered.server.get(f"{V3}/profile/{part(user)}")
        except Unanswered:  # their server is slow to answer ours, which says nothing of them
            continue
        if answer.status == 404:
            lines.append(warning("matrix-check-nobody", {"user": user}))
    return lines


async def _invitations(entered: Entered) -> list[invitations.Invitation] | None:
    """Those that wait; None when the server takes too long to say."""
    path = f"{V3}/sync?timeout=0&set_presence=offline&filter={invitations.query()}"
    try:
        answer = await entered.server.get(path, patience=_SYNC_PATIENCE)
    except Unanswered:
        return None
    return list(invitations.found(answer.body, entered.user)) if answer.ok else None


async def _answered(
    asked: _Asked,
    invited: list[invitations.Invitation] | None,
    tracked: list[Tracked],
    met: set[str],
) -> Line:
    """Who invites in vain; `met` are those who share a room with Copain."""
    if invited is None:
        return warning("matrix-check-invitations-unknown")
    named = [ref for one in asked.found.communities for ref in one.roles]
    roles, people = {ref.id for ref in named if ref.platform == "matrix"}, set(met)
    if asked.doors is not None:
        for sender in {one.sender for one in invited}:
            who = Account("matrix", sender.partition(":")[2], sender)
            roles |= {sender} if await asked.doors.has_role(who) else set()
            people |= {sender} if await asked.doors.may_write(who) else set()
    welcome = invitations.Welcome(
        rooms={room.id for room in tracked},
        roles=roles,
        people=people,
        servers={server for one in asked.found.communities for server in one.strangers},
    )
    return invitations.verdict(invited, welcome)


async def _tracked(asked: _Asked) -> list[Tracked]:
    """The rooms of the configuration, then those that were taken up in chat."""
    rooms_of = {
        space.id: community.join == "closed"
        for community in asked.found.communities
        for space in community.spaces
        if space.platform == "matrix"
    }
    if asked.doors is not None:
        closed = any(one.join == "closed" for one in asked.found.communities)
        in_chat = await asked.doors.spaces("matrix")
        rooms_of |= {place.id: closed for place in in_chat if place.id not in rooms_of}
    return [Tracked(*each) for each in rooms_of.items()]


async def _seen(entered: Entered, room: Tracked) -> Seen:
    """The room from inside."""
    path = f"{V3}/rooms/{part(room.id)}"
    # With the event around it, the state of its creation tells who made the room.
    kinds = [f"{path}/state/{kind}" for kind in rooms.ASKED]
    asked = [f"{path}/joined_members", f"{kinds[0]}?format=event", *kinds]
    members, made, *state = await asyncio.gather(*map(entered.server.get, asked))
    return Seen(
        state={
            kind: answer.body for kind, answer in zip(rooms.ASKED, state, strict=True) if answer.ok
        },
        creator=text(made.body, "sender"),
        members=frozenset(table(members.body, "joined")),
    )
