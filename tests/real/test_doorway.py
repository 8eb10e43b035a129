"""Which invitations are taken, case by case [SE-3]; the others are counted by `copain check`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.matrix.checks import look
from bot.events import Joined, Said
from tests.real.community import Community, community
from tests.real.conftest import People
from tests.real.contents import plain
from tests.real.member import Member
from tests.real.seen import on_matrix
from tests.real.synapse import Synapse
from tests.real.test_checks import configured
from tests.real.test_hostile import V3
from tests.real.test_journey import Person


@pytest.fixture
async def made(synapse: Synapse, people: People, tmp_path: Path) -> AsyncIterator[Community]:
    """The community, which listens to no homeserver as a whole."""
    async with community(synapse, people, tmp_path, strangers=()) as found:
        yield found


async def comes(made: Community, who: Member, room: str) -> None:
    """The bot enters the room."""
    bot = made.bot.user_id
    await who.until(lambda: bot in who.inside(room), why=f"for the bot in {room}")


async def stays_away(made: Community, who: Member, room: str) -> None:
    """What came after the invitation was handled, and the invitation still stands."""
    lea = made.members["lea"]
    await made.done(lea.say(made.rooms["general"], "bonjour"), Said, by="lea")
    path = f"{V3}/rooms/{room}/state/m.room.member/{made.bot.user_id}"
    found = made.synapse.request("GET", path, token=who.login.access_token)
    assert found["membership"] == "invite"


async def test_a_room_of_the_community_is_entered_whoever_invites(made: Community) -> None:
    bot, general = made.bot.user_id, made.rooms["general"]
    claire, nadia = made.members["claire"], await made.arrive("nadia")
    await claire.invite(general, nadia.id)
    await made.done(nadia.accept(general), Joined, by="nadia")
    await claire.client.room_kick(general, bot)
    await nadia.until(lambda: bot not in nadia.inside(general), why="for the kick")
    await nadia.invite(general, bot)
    await comes(made, nadia, general)


async def test_a_private_conversation_is_taken_up_with_whom_the_community_knows(
    made: Community,
) -> None:
    bot = made.bot.user_id
    marie, nadia, claire = made.members["marie"], await made.arrive("nadia"), made.members["claire"]
    antoine = made.members["antoine"]
    # A member, and somebody who is in one of its rooms without being one.
    await comes(made, marie, await marie.create_dm_with(bot))
    await claire.invite(made.rooms["general"], nadia.id)
    await made.done(nadia.accept(made.rooms["general"]), Joined, by="nadia")
    await comes(made, nadia, await nadia.create_dm_with(bot))
    # Somebody with a role who is in none of them.
    for room in made.rooms.values():
        await antoine.leave(room)
    await comes(made, antoine, await antoine.create_dm_with(bot))


async def test_others_stay_unanswered_and_are_counted(made: Community, tmp_path: Path) -> None:
    bot, marie = made.bot.user_id, made.members["marie"]
    stranger = await made.arrive("stranger")
    private = await stranger.create_dm_with(bot)
    room = await stranger.make_room("Un salon", bot)
    other = await marie.make_room("Un autre", bot)
    taken = await made.members["antoine"].make_room("Nouveau salon", bot)
    await comes(made, made.members["antoine"], taken)
    for who, unanswered in ((stranger, private), (stranger, room), (marie, other)):
        await stays_away(made, who, unanswered)
    config = configured(made.bot, tmp_path / "check", *made.rooms.values())
    lines = await look(config, made.clock.now(), doors=made.adapter.doors)
    told = {key: values for _, key, values in lines}
    assert told["matrix-check-invitations"]["n_waiting"] == 3


async def test_a_stranger_of_a_named_homeserver_may_ask_to_come_in_and_nothing_else(
    synapse: Synapse, people: People, tmp_path: Path
) -> None:
    async with community(synapse, people, tmp_path) as made:
        bot, nadia = made.bot.user_id, await made.arrive("nadia")
        asking = Person(made, "nadia")
        room = await nadia.make_room("Un salon", bot)
        asking.dm = await nadia.create_dm_with(bot)
        await comes(made, nadia, asking.dm)
        for text in ("membres", "animer", "registre", "amorce publier P38", "mes-données"):
            await asking.types(text)
        said = plain("\n".join(nadia.texts(asking.dm, by=bot)))
        # Antoine and Claire are named to everybody, as whom to turn to.
        for name in ("Ibrahim", "Marie", "Léa", "Clinique du Fleuve"):
            assert name not in said
        await asking.types("bonjour")
        await asking.presses("Demander à entrer")
        await asking.sees("nom")
        await stays_away(made, nadia, room)


async def test_an_invitation_that_the_server_puts_off_is_taken_after_a_while(
    tmp_path: Path,
) -> None:
    synapse = Synapse(tmp_path / "synapse", "rc_joins: {local: {per_second: 1, burst_count: 1}}\n")
    synapse.start()
    try:
        await _many_invitations(synapse, tmp_path)
    finally:
        synapse.stop()


async def _many_invitations(synapse: Synapse, folder: Path) -> None:
    async with on_matrix(synapse, folder, b"") as matrix:
        rooms = [await matrix.marie.create_dm_with(matrix.bot.user_id) for _ in range(3)]
        for room in rooms:
            await matrix.marie.until(
                lambda room=room: matrix.bot.user_id in matrix.marie.inside(room),  # type: ignore[misc]
                why="for the bot",
            )
