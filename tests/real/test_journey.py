"""A person with Element alone goes from the door to being forgotten, in encrypted rooms.

Nothing is looked at but what she sees: every line here is a message before her eyes.
"""

from __future__ import annotations

import re
from pathlib import Path

from bot.events import Chosen, Deleted, Edited, Joined, Reacted, Said
from tests.real.community import Community, community
from tests.real.conftest import People
from tests.real.contents import plain
from tests.real.member import Member
from tests.real.synapse import Synapse
from tests.real.timeline import Line


class Person:
    """Somebody of the community at their screen."""

    def __init__(self, made: Community, name: str) -> None:
        self.made, self.name = made, name
        self.dm = ""

    @property
    def client(self) -> Member:
        """Her client."""
        return self.made.members[self.name]

    async def types(self, text: str, *, room: str = "") -> None:
        """Types a line, in private unless said."""
        await self.made.done(self.client.say(room or self.dm, text), Said, by=self.name)

    async def sees(self, part: str, *, room: str = "") -> Line:
        """The newest message of the bot that says this, in private unless said."""
        return await self.client.sees(room or self.dm, part, by=self.made.bot.user_id)

    async def presses(self, label: str, *, room: str = "") -> None:
        """Types the number that stands before a label: in private alone, elsewhere in reply."""
        line = await self.sees(label, room=room)
        found = re.search(rf"(\d+) {re.escape(plain(label))}", plain(line.text))
        assert found, line.text
        act = (
            self.client.reply(room, line.id, found[1])
            if room
            else self.client.say(self.dm, found[1])
        )
        await self.made.done(act, Said, by=self.name)


async def test_a_person_with_element_alone_goes_from_the_door_to_being_forgotten(
    synapse: Synapse, people: People, tmp_path: Path
) -> None:
    async with community(synapse, people, tmp_path) as made:
        nadia, antoine = Person(made, "nadia"), Person(made, "antoine")
        await _asks_to_come_in(made, nadia)
        await _is_let_in(made, nadia, antoine)
        await _answers_a_prompt(made, nadia, antoine)
        await _pauses(made, nadia)
        await _is_forgotten(made, nadia, antoine)


async def _asks_to_come_in(made: Community, nadia: Person) -> None:
    member, bot = await made.arrive("nadia"), made.bot.user_id
    nadia.dm = await member.create_dm_with(bot)
    await member.until(lambda: bot in member.inside(nadia.dm), why="for the bot to come")
    await nadia.types("bonjour")
    await nadia.presses("Demander à entrer")
    for answer in ("Nadia Bélanger", "infirmière", "CLSC du Lac", "passer", "passer"):
        await nadia.types(answer)
    await nadia.sees("votre demande est arrivée")


async def _is_let_in(made: Community, nadia: Person, antoine: Person) -> None:
    back = made.rooms["animateurs"]
    card = await antoine.sees("Demande d'entrée", room=back)
    assert "Nadia Bélanger" in card.text
    await antoine.presses("Accepter", room=back)
    await antoine.sees("Demande acceptée", room=back)
    for name in ("general", "annonces"):
        await made.done(nadia.client.accept(made.rooms[name]), Joined, by="nadia")
    await made.pass_until("2026-03-02T09:10")
    await nadia.sees("c'est fait : vous êtes des nôtres")
    await nadia.presses("Qui voit quoi?")
    await nadia.presses("Lire la charte")
    await nadia.presses("J'ai lu et j'accepte")


async def _answers_a_prompt(made: Community, nadia: Person, antoine: Person) -> None:
    general, bot = made.rooms["general"], made.bot.user_id
    await made.pass_until("2026-03-03T10:00")
    antoine.dm = await antoine.client.create_dm_with(bot)
    await antoine.client.until(lambda: bot in antoine.client.inside(antoine.dm))
    await antoine.types("amorce publier P38")
    prompt = await nadia.sees("Question du moment", room=general)
    await _votes(made, nadia, prompt)
    await _talks(made, nadia, prompt)
    await nadia.presses("Répondre en privé", room=general)
    await nadia.types("Le transport du soir, surtout l'hiver.")
    await nadia.sees("Voici ce que les membres liront")
    await nadia.presses("Publier")
    published = await nadia.sees("Nadia Bélanger répond", room=general)
    assert published.thread == prompt.id


async def _votes(made: Community, nadia: Person, prompt: Line) -> None:
    """In the poll, once more in the poll, then by the number in the thread: the newest counts."""
    general, client = made.rooms["general"], nadia.client
    polls = await client.until(lambda: [each for each in client.timeline(general) if each.options])
    assert [poll.thread for poll in polls] == [prompt.id]
    for label in ("Transport", "Papier"):
        vote = client.vote(general, polls[0].id, label)
        await made.done(vote, Chosen, by="nadia")
        await nadia.sees(f"- {label} : 1", room=general)
    await nadia.sees("C'est noté, merci")
    await made.done(client.in_thread(general, prompt.id, "2"), Said, by="nadia")
    counted = await nadia.sees("- Horaire : 1", room=general)
    assert "Papier : 0" in plain(counted.text)
    assert counted.id == prompt.id, "the prompt itself is rewritten"


async def _talks(made: Community, nadia: Person, prompt: Line) -> None:
    """In the thread the bot has nothing to say."""
    general, client = made.rooms["general"], nadia.client
    before = len(client.texts(nadia.dm))
    told = client.in_thread(general, prompt.id, "Les formulaires en double")
    await made.done(told, Said, by="nadia")
    said = await client.sees(general, "Les formulaires en double")
    await made.done(client.edit(general, said.id, "Les formulaires"), Edited, by="nadia")
    await made.done(client.react(general, prompt.id, "👍"), Reacted, by="nadia")
    await made.done(client.redact(general, said.id), Deleted, by="nadia")
    assert len(client.texts(nadia.dm)) == before


async def _pauses(made: Community, nadia: Person) -> None:
    """Typed in a room, a personal command is answered in private."""
    general = made.rooms["general"]
    await nadia.types("!copain pause jusqu'au 20 mars", room=general)
    await nadia.sees("jusqu'au vendredi 20 mars")
    assert not any("pause" in text for text in nadia.client.texts(general, by=made.bot.user_id))


async def _is_forgotten(made: Community, nadia: Person, antoine: Person) -> None:
    general, bot = made.rooms["general"], made.bot.user_id
    await nadia.types("mes-données effacer")
    await nadia.sees("C'est définitif")
    await nadia.presses("Oui, tout effacer")
    await nadia.sees("Il ne reste rien de vous chez moi")
    await made.pass_until("2026-03-03T11:00")
    back = made.rooms["animateurs"]
    # Not even an earlier version of a message names her: what named her is taken away.
    for room in (back, general):
        await antoine.client.until(
            lambda room=room: "Nadia" not in _every_version(antoine, room, bot),  # type: ignore[misc]
            why="for her name to go",
        )
    await nadia.types("moi")
    await nadia.sees("Vous n'êtes pas membre ici")
    assert all(
        line.readable for room in (general, nadia.dm) for line in nadia.client.timeline(room)
    )


def _every_version(reader: Person, room: str, bot: str) -> str:
    """All that the bot ever said in a room as far as it can still be read, edits apart."""
    lines = reader.client.timeline(room)
    return repr([(line.content, line.first) for line in lines if line.sender == bot])
