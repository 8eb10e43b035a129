"""A hostile community: what people do to each other through the bot, in encrypted rooms.

Each test ends with an ordinary command: whatever happened, the bot goes on answering it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.config import Community as Configured
from bot.events import Chosen, Deleted, Joined, Reacted, Said, SpaceChanged
from tests.real.community import Community, community
from tests.real.conftest import People
from tests.real.contents import plain, text_of
from tests.real.member import Member
from tests.real.synapse import Synapse
from tests.real.test_hostile import put, sealed
from tests.real.test_journey import Person
from tests.real.timeline import Line

_NUMBERS = count(1)


@pytest.fixture
async def made(synapse: Synapse, people: People, tmp_path: Path) -> AsyncIterator[Community]:
    async with community(synapse, people, tmp_path) as found:
        await found.pass_until("2026-03-03T10:00")
        yield found


async def settled(made: Community, name: str) -> Person:
    """Somebody with their private room open."""
    person, bot = Person(made, name), made.bot.user_id
    person.dm = await person.client.create_dm_with(bot)
    await person.client.until(lambda: bot in person.client.inside(person.dm), why="for the bot")
    return person


async def goes_on(made: Community, *, by: str = "lea") -> None:
    """An ordinary command is answered, in private, however it is called."""
    member, number = made.members[by], next(_NUMBERS)
    since = len(made.ears.score)
    say = member.say(made.rooms["general"], f"!copain aide sujet{number}")
    await made.done(say, Said, by=by)
    assert len(made.ears.score) > since
    answered = made.ears.score[-1]
    assert answered.place == made.account(by).dm.key


def public(made: Community) -> str:
    """All that the bot said where others read it, as marie and claire see it."""
    bot, rooms = made.bot.user_id, made.rooms.values()
    marie, claire = made.members["marie"], made.members["claire"]
    seen = [text for room in rooms for who in (marie, claire) for text in who.texts(room, by=bot)]
    return "\n".join(seen)


async def prompted(made: Community, number: str = "P38") -> tuple[Person, Line]:
    """Antoine has posted a prompt."""
    antoine = await settled(made, "antoine")
    await antoine.types(f"amorce publier {number}")
    prompt = await made.members["marie"].sees(made.rooms["general"], "Question du moment")
    return antoine, prompt


async def test_forged_relations_lead_nowhere(made: Community) -> None:
    antoine, _ = await prompted(made)
    general, marie = made.rooms["general"], made.members["marie"]
    nadia = await made.arrive("nadia")
    asking = await settled(made, "nadia")
    assert asking.client is nadia
    await asking.types("bonjour")
    await asking.presses("Demander à entrer")
    for answer in ("Nadia Bélanger", "infirmière", "CLSC du Lac", "passer", "passer"):
        await asking.types(answer)
    card = await antoine.sees("Demande d'entrée", room=made.rooms["animateurs"])
    await made.done(marie.say(general, "bonjour"), Said, by="marie")
    before = public(made)
    for target in (card.id, "$" + "x" * 43, "$", 5):
        for relation in relations(target):
            await forged(made, marie, "m.room.message", {**text_of("1"), "m.relates_to": relation})
        vote = {
            "m.relates_to": {"rel_type": "m.reference", "event_id": target},
            "org.matrix.msc3381.poll.response": {"answers": ["0"]},
        }
        await forged(made, marie, "org.matrix.msc3381.poll.response", vote)
        sign = {"rel_type": "m.annotation", "event_id": target, "key": "✅"}
        await forged(made, marie, "m.reaction", {"m.relates_to": sign})
    await made.done(marie.say(general, "fini"), Said, by="marie")
    after = public(made)
    assert "Demande acceptée" not in after
    assert after.count("Demande d'entrée") == before.count("Demande d'entrée")
    assert general not in nadia.listening.invitations
    await goes_on(made)


def relations(target: Any) -> list[dict[str, Any]]:
    """Every way of pointing at a message."""
    reply = {"m.in_reply_to": {"event_id": target}}
    thread = {"rel_type": "m.thread", "event_id": target}
    return [
        reply,
        {**thread, "is_falling_back": True, **reply},
        {**thread, "is_falling_back": "no", "m.in_reply_to": target},
        {"rel_type": "m.replace", "event_id": target},
        {"rel_type": ["m.thread"], "event_id": target},
        {"rel_type": "ca.copain.file", "event_id": target},
    ]


async def forged(made: Community, who: Member, kind: str, content: dict[str, Any]) -> None:
    """Sends it openly where the server lets it through, and sealed with the relation inside."""
    room, login = made.rooms["general"], who.login
    put(made.synapse, login, room, kind, content)
    inside = json.dumps({"type": kind, "content": content, "room_id": room})
    assert put(made.synapse, login, room, "m.room.encrypted", sealed(who, room, inside))


async def test_what_people_type_is_repeated_as_words_and_calls_nobody(made: Community) -> None:
    antoine, prompt = await prompted(made, "P07")
    marie = await settled(made, "marie")
    general = made.rooms["general"]
    hostile = (
        "<b>gras</b> <script>x</script> @room [lien](javascript:x) ![i](mxc://a/b) "
        f"[{made.members['claire'].id}](https://matrix.to/#/{made.members['claire'].id}) ||x||"
    )
    await marie.types("bonjour")
    await marie.presses("Répondre en privé", room=general)
    await marie.types(hostile)
    await marie.presses("Publier")
    line = await marie.client.sees(general, "répond", by=made.bot.user_id)
    assert line.thread == prompt.id
    assert line.content["m.mentions"] == {}
    for tag in ("<b>", "<script", "<a ", "<img", 'javascript:x"', "matrix.to/#/@claire"):
        assert tag not in line.html, line.html
    assert "@room" not in line.text
    assert antoine.client.texts(general)
    await goes_on(made)


async def test_huge_and_unknown_events_are_borne(made: Community) -> None:
    marie = await settled(made, "marie")
    general = made.rooms["general"]
    big = "é" * 7_000
    for text in (big, "!copain " + "x " * 10_000, "\n" * 20_000, "[" * 20_000, "> " * 10_000):
        await made.done(marie.client.say(general, text), Said, by="marie")
        await made.done(marie.client.say(marie.dm, text), Said, by="marie")
    for kind in ("m.unknown", "org.example.é", "m.call.invite", "m.location", "m.sticker"):
        await marie.client.send(general, kind, {"body": "!copain aide", "x": [None, {"y": 1}]})
    for kind in (
        "m.notice",
        "m.location",
        "m.server_notice",
        "org.example",
        "m.key.verification.request",
    ):
        await marie.client.send(
            general, "m.room.message", {"msgtype": kind, "body": "!copain aide"}
        )
    await goes_on(made)


async def test_who_redacts_everything_takes_their_answers_with_them(
    made: Community, tmp_path: Path
) -> None:
    antoine, prompt = await prompted(made, "P07")
    general, bot = made.rooms["general"], made.bot.user_id
    marie, claire = made.members["marie"], made.members["claire"]
    for name in ("marie", "ibrahim", "lea"):
        said = made.members[name].in_thread(general, prompt.id, f"Un mot de {name}")
        await made.done(said, Said, by=name)
        await made.done(claire.react(general, prompt.id, name), Reacted, by="claire")
    assert answers(tmp_path) == 3
    for line in list(marie.timeline(general)):
        if line.sender == marie.id:
            await made.done(marie.redact(general, line.id), Deleted, by="marie")
    assert answers(tmp_path) == 2
    # Claire moderates: she deletes what another wrote, then all that the bot did.
    theirs = await claire.sees(general, "Un mot de ibrahim")
    await made.done(claire.redact(general, theirs.id), Deleted, by="claire")
    assert answers(tmp_path) == 1
    for line in list(claire.timeline(general)):
        if line.sender == bot:
            await made.done(claire.redact(general, line.id), Deleted, by="claire")
    late = made.members["lea"].in_thread(general, prompt.id, "Encore un mot")
    await made.done(late, Said, by="lea")
    await antoine.types("amorce fermer")
    await goes_on(made)


def answers(folder: Path) -> int:
    """How many answers in the thread the database counts."""
    connection = sqlite3.connect(f"file:{folder / 'copain.db'}?mode=ro", uri=True)
    try:
        query = "select count(*) from prompt_answer where kind = 'reply'"
        return int(connection.execute(query).fetchone()[0])
    finally:
        connection.close()


async def test_visitors_reactions_and_votes_count_for_nothing(made: Community) -> None:
    _, prompt = await prompted(made)
    general, claire = made.rooms["general"], made.members["claire"]
    nadia = await made.arrive("nadia")
    await claire.invite(general, nadia.id)
    await made.done(nadia.accept(general), Joined, by="nadia")
    polls = [line for line in claire.timeline(general) if line.options]
    vote = {
        "m.relates_to": {"rel_type": "m.reference", "event_id": polls[0].id},
        "org.matrix.msc3381.poll.response": {"answers": ["0"]},
    }
    await made.done(
        nadia.send(general, "org.matrix.msc3381.poll.response", vote), Chosen, by="nadia"
    )
    await made.done(nadia.react(general, prompt.id, "✅"), Reacted, by="nadia")
    await made.done(
        nadia.send(
            general,
            "m.room.message",
            {**text_of("1"), "m.relates_to": {"m.in_reply_to": {"event_id": prompt.id}}},
        ),
        Said,
        by="nadia",
    )
    stands = next(line for line in claire.timeline(general) if line.id == prompt.id)
    assert "Transport : 1" not in plain(stands.text)
    await goes_on(made)


async def test_of_two_with_one_name_the_right_one_is_meant(made: Community, people: People) -> None:
    claire, marie = await settled(made, "claire"), await settled(made, "marie")
    other = await people("marie")
    made.members["other"] = other
    await claire.client.invite(made.rooms["general"], other.id)
    await made.done(other.accept(made.rooms["general"]), Joined, by="other")
    pill = f'<a href="https://matrix.to/#/{marie.client.id}">marie</a>'
    role = {
        **text_of("role marie animation"),
        "format": "org.matrix.custom.html",
        "formatted_body": f"role {pill} animation",
    }
    send = claire.client.send(claire.dm, "m.room.message", role)
    await made.done(send, Said, by="claire")
    await marie.types("moi")
    told = "\n".join(marie.client.texts(marie.dm))
    assert "Vous animez maintenant" in told
    false = {
        **text_of("role marie coordination"),
        "format": "org.matrix.custom.html",
        "formatted_body": f'role <a href="https://matrix.to/#/{other.id}">marie</a> coordination',
    }
    await made.done(claire.client.send(claire.dm, "m.room.message", false), Said, by="claire")
    await claire.sees("parmi les membres")
    thief = await settled(made, "other")
    for text in ("moi", "mes-données", "role @marie coordination", "registre", "animer"):
        await thief.types(text)
    told = "\n".join(thief.client.texts(thief.dm, by=made.bot.user_id))
    assert "Clinique du Fleuve" not in told, "what belongs to the one is not told to the other"
    await goes_on(made)


async def test_markup_in_a_name_is_only_letters(made: Community) -> None:
    marie = await settled(made, "marie")
    general = made.rooms["general"]
    for name in (
        "<b>M</b> @room [x](https://x.y) **z**",
        "\u202eeiram\u200b",
        "\n\n# Titre",
        "copain",
        "!copain aide",
        " ",
    ):
        await marie.client.rename(name)
        await made.done(marie.client.say(general, "!copain aide"), Said, by="marie")
        await marie.types("moi")
    for line in marie.client.timeline(marie.dm):
        if line.sender == made.bot.user_id:
            assert "<b>" not in line.html
            assert "<h1>" not in line.html
            assert 'href="https://x.y"' not in line.html
            assert line.content["m.mentions"] == {}
            assert "@room" not in line.text
    await goes_on(made)


async def test_a_bot_that_echoes_everything_makes_no_loop(made: Community, people: People) -> None:
    general = made.rooms["general"]
    echo = await people("echo")
    made.members["echo"] = echo
    await made.members["claire"].invite(general, echo.id)
    await made.done(echo.accept(general), Joined, by="echo")
    await echo.knows(made.bot.user_id)
    since = len(made.ears.score)
    for text in ("!copain aide", f"{made.bot.user_id}: aide", "copain: aide", "1"):
        notice = {**text_of(text), "msgtype": "m.notice"}
        await echo.send(general, "m.room.message", notice)
    await made.done(made.members["marie"].say(general, "fini"), Said, by="marie")
    assert len(made.ears.score) == since
    await goes_on(made)


async def test_a_room_that_throws_the_bot_out_holds_nothing_else_up(made: Community) -> None:
    antoine, _ = await prompted(made, "P07")
    claire, room = made.members["claire"], made.rooms["general"]
    await claire.client.room_kick(room, made.bot.user_id)
    await claire.until(lambda: made.bot.user_id not in claire.inside(room), why="for the kick")
    await antoine.types("amorce publier P38")
    await antoine.types("aide")
    await antoine.sees("Voici l'essentiel")
    await claire.invite(room, made.bot.user_id)
    await claire.until(lambda: made.bot.user_id in claire.inside(room), why="for the bot again")
    await goes_on(made)
    assert "Transport" not in "\n".join(claire.texts(room, by=made.bot.user_id))


async def test_a_space_that_moved_on_is_left_alone(made: Community) -> None:
    antoine, _ = await prompted(made, "P07")
    claire, room = made.members["claire"], made.rooms["general"]
    since = len(made.ears.heard)
    stone = {"body": "Nous avons déménagé", "replacement_room": "!ailleurs:localhost"}
    await claire.client.room_put_state(room, "m.room.tombstone", stone)
    await made.ears.until(lambda e: isinstance(e, SpaceChanged) and e.change == "archived", since)
    await made.house.settle()
    before = len(claire.texts(room, by=made.bot.user_id))
    await antoine.types("amorce publier P38")
    assert len(claire.texts(room, by=made.bot.user_id)) == before
    await antoine.types("aide")
    await antoine.sees("Voici l'essentiel")


def parted(demo: Configured) -> tuple[Configured, ...]:
    """The community without its announcements, whose room is another community's."""
    general, other, back = demo.spaces
    nord = Configured.model_validate(
        {
            "slug": "nord",
            "name": "Réseau du Nord",
            "purpose": "Soigner loin",
            "timezone": "America/Toronto",
            "form": ["profession"],
            "state": "open",
        }
    )
    update = {
        "coordinators": demo.coordinators,
        "spaces": (other.model_copy(update={"use": "discussion"}),),
    }
    return demo.model_copy(update={"spaces": (general, back)}), nord.model_copy(update=update)


async def test_two_communities_that_share_a_person_tell_each_other_nothing(
    synapse: Synapse, people: People, tmp_path: Path
) -> None:
    async with community(synapse, people, tmp_path, parted=parted) as made:
        await made.pass_until("2026-03-03T10:00")
        claire, general, nord = await settled(made, "claire"), "general", "annonces"
        told = {}
        for place in (general, nord):
            before = len(claire.client.timeline(claire.dm))
            await claire.types("!copain membres", room=made.rooms[place])
            answer = claire.client.timeline(claire.dm)[before:]
            told[place] = plain("\n".join(line.text for line in answer))
        assert "Ibrahim" in told[general]
        assert "Ibrahim" not in told[nord]
        assert "Nord" in told[nord]
        # Marie is of the one alone: in the other's room she is a visitor.
        marie = await settled(made, "marie")
        await marie.types("!copain membres", room=made.rooms[nord])
        seen = plain("\n".join(marie.client.texts(marie.dm, by=made.bot.user_id)))
        assert "Antoine" not in seen
        _, prompt = await prompted(made, "P07")
        forged = {**text_of("1"), "m.relates_to": {"m.in_reply_to": {"event_id": prompt.id}}}
        put(made.synapse, claire.client.login, made.rooms[nord], "m.room.message", forged)
        await goes_on(made)
        for text in claire.client.texts(made.rooms[nord], by=made.bot.user_id):
            assert "Question du moment" not in text
