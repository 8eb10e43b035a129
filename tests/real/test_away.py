"""What happens while the bot is away, and what ends it: messages, invitations, a dead token."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.real.conftest import People
from tests.real.member import Member
from tests.real.service import Service
from tests.real.synapse import Synapse

MANY = 60


@pytest.fixture
async def service(synapse: Synapse, people: People, tmp_path: Path) -> AsyncIterator[Service]:
    """A service that is not started yet, with claire as coordinator of one encrypted room."""
    bot = synapse.register(f"copain-{tmp_path.name[-40:]}")
    claire, marie = await people("claire"), await people("marie")
    room = await claire.make_room("Salon", marie.id, bot.user_id)
    # With two in it alone, the room would look like a private one.
    await marie.accept(room)
    made = Service(
        folder=tmp_path / "service",
        bot=bot,
        coordinators=[claire.id],
        rooms={room: "discussion"},
        members={"claire": claire},
    )
    made.write()
    yield made
    if made.program.running:
        await made.program.kill()


async def greeted(service: Service) -> tuple[Member, str, str]:
    """Started, and claire has her private room: claire, the space, the private room."""
    claire, room = service.members["claire"], next(iter(service.rooms))
    await service.program.start()
    await service.program.until("caught-up")
    await claire.until(lambda: service.bot.user_id in claire.inside(room), why="for the bot")
    await claire.knows(service.bot.user_id)
    await claire.say(room, "!copain aide")
    private = await claire.dm(service.bot.user_id)
    await claire.sees(private, "Voici l'essentiel", by=service.bot.user_id)
    return claire, room, private


async def test_sixty_messages_while_away_are_each_handled_once_and_in_order(
    service: Service,
) -> None:
    claire, room, private = await greeted(service)
    assert await service.program.stop() == 0
    asked = [f"Question numéro {number:02d}?" for number in range(MANY)]
    for text in asked:
        await claire.say(room, f'!copain amorce ajouter "{text}"')
    await service.program.start()
    await claire.sees(private, asked[-1], by=service.bot.user_id, patience=60)
    answers = claire.texts(private, by=service.bot.user_id)
    assert [text for line in answers for text in asked if text in line] == asked
    assert service.program.rows(
        "select text from prompt where text like 'Question%' order by id"
    ) == [(text,) for text in asked]


async def test_an_answer_and_its_edit_while_away_run_one_command(service: Service) -> None:
    claire, room, private = await greeted(service)
    await service.program.kill()
    said = await claire.say(room, '!copain amorce ajouter "Première version?"')
    await claire.edit(room, said, '!copain amorce ajouter "Deuxième version?"')
    await claire.say(room, '!copain amorce ajouter "La suite?"')
    await service.program.start()
    await claire.sees(private, "La suite?", by=service.bot.user_id)
    rows = service.program.rows("select text from prompt where text like '%version%'")
    assert rows == [("Première version?",)]


async def test_what_was_said_before_the_bot_came_is_not_answered(
    service: Service, people: People
) -> None:
    claire, room = service.members["claire"], next(iter(service.rooms))
    await claire.say(room, '!copain amorce ajouter "Avant vous?"')
    _, _, private = await greeted(service)
    await claire.say(room, '!copain amorce ajouter "Après vous?"')
    await claire.sees(private, "Après vous?", by=service.bot.user_id)
    assert service.program.rows("select text from prompt where text like '%vous?'") == [
        ("Après vous?",)
    ]


async def test_an_invitation_while_away_is_taken_at_the_start(service: Service) -> None:
    claire, _, _ = await greeted(service)
    await service.program.stop()
    other = await claire.make_room("Autre salon", service.bot.user_id)
    await service.program.start()
    await claire.until(lambda: service.bot.user_id in claire.inside(other), why="for the bot")


async def test_a_dead_token_ends_the_run_with_its_cure(service: Service, synapse: Synapse) -> None:
    await greeted(service)
    path = f"/_synapse/admin/v1/deactivate/{service.bot.user_id}"
    root = synapse.register(f"root-{service.bot.user_id[1:].partition(':')[0]}", admin=True)
    synapse.request("POST", path, {"erase": False}, token=root.access_token)
    assert await service.program.ended() == 1
    told = [str(line.get("action")) for line in service.program.lines]
    assert any("MATRIX_" in line for line in told), told
    assert len(service.program.lines) < 100


async def test_a_second_process_is_refused_in_one_line(service: Service) -> None:
    await greeted(service)
    second = Service(
        folder=service.folder,
        bot=service.bot,
        coordinators=service.coordinators,
        rooms=service.rooms,
        members=service.members,
    )
    await second.program.start()
    assert await second.program.ended() == 1
    assert len(second.program.lines) == 1
    assert service.program.running


async def test_nothing_secret_is_in_the_log_or_the_database(service: Service) -> None:
    claire, room, private = await greeted(service)
    await claire.say(room, "Un secret entre nous : ornithorynque")
    await claire.say(room, '!copain amorce ajouter "Et la suite?"')
    await claire.sees(private, "Et la suite?", by=service.bot.user_id)
    await service.program.stop()
    kept = b"".join(
        path.read_bytes()
        for path in service.folder.rglob("*")
        if path.is_file() and "matrix-store" not in path.parts and path.name != ".env"
    )
    logged = repr(service.program.lines).encode()
    for secret in (service.bot.password, "ornithorynque", "syt_"):
        assert secret.encode() not in kept
        assert secret.encode() not in logged
