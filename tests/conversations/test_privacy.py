"""Who sees what comes first; then one's data are seen, received, erased, or not counted [PV-1]."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from bot.call import Call
from bot.events import Account
from bot.messages import Edit, Reply, Say, ToAnimators, ToUse
from bot.registry import command, section
from scheduler.housekeeping import forget_wal
from storage import erasures, passage
from storage.communities import JournalRow
from storage.observation import ObservationRow
from storage.passage import PassageRow
from storage.privacy import Traces
from storage.tables import metadata
from tests.conversation import Conversation, feature
from tests.newcomers import accept


@command("praise")
async def praise(call: Call) -> Reply:
    """A public message of the bot that names the actor: stands in for a welcome line."""
    return Say(
        "leaving-nothing-to-restore",
        {"community": call.who.name},
        ToUse("discussion"),
        name=f"praise:{call.account_id}",
    )


@section("erase", order=1)
async def without_praise(_call: Call, traces: Traces, _community_id: int | None) -> Reply:
    """Rewrites it when the person is erased."""
    return [Edit(f"praise:{number}", "home-elsewhere") for number in traces.account_ids]


@command("zeldacard")
async def card(call: Call) -> Reply:
    """The animators' card about somebody *de passage*: stands in for the one of PV-4."""
    (space, *_) = await call.tx.people.spaces(call.here.id, "discussion")
    account = Account("terminal", "", "zelda")
    await passage.note(call.session, space, account, "Zelda", call.now)
    row = (await call.session.execute(select(PassageRow))).scalar_one()
    values = {"community": row.name}
    name = f"passage:{row.id}"
    return Say("leaving-nothing-to-restore", values, ToAnimators(), name=name, subject=name)


async def test_who_sees_what_has_five_lines_with_real_values(talk: Conversation) -> None:
    await talk.play("marie @dm: mes données")
    lines = talk.text("dm:marie").splitlines()
    assert lines[0] == "Qui voit quoi?"
    assert len(lines) == 7
    assert lines[1].startswith("**Les 5 membres** :")
    assert "(Antoine)" in lines[2]
    assert "Votre activité est comptée" in lines[2]
    assert "(Claire)" in lines[3]
    assert "aucun rapport, pour qui que ce soit" in lines[5]
    assert lines[6].startswith("Données : Réseau Nord, cet ordinateur.")
    buttons = talk.last("dm:marie")["buttons"]
    assert buttons[:2] == ["Mes données", "Ne pas me compter"]


async def test_lea_reads_who_sees_what_in_english(talk: Conversation) -> None:
    await talk.play("lea @dm: privacy")
    assert talk.text("dm:lea").startswith("Who sees what?\n**The 5 members**:")


async def test_a_visitor_reads_only_what_is_true_of_a_visitor(talk: Conversation) -> None:
    await talk.play("nadia @dm: mes-donnees")
    said = talk.text("dm:nadia")
    assert "votre demande d'entrée, si vous en faites une" in said
    for untrue in ("bilan", "votre accord à la charte", "sept mois", "comptée"):
        assert untrue not in said
    assert "Ne pas me compter" not in talk.last("dm:nadia")["buttons"]


async def test_my_data_says_why_for_how_long_and_who_sees(talk: Conversation) -> None:
    await talk.play("marie: bonjour\nmarie @dm: mes données\nmarie [Mes données]")
    said = talk.text("dm:marie")
    assert (
        "**Votre activité dans les salons : qui, où, quand et de quel genre**. "
        "Conservé : 215 jours. Visible par : personne." in said
    )
    assert "mes formulaires" not in said.lower()


async def test_an_export_is_versioned_json_with_all_that_is_kept(talk: Conversation) -> None:
    await talk.play("marie: bonjour\nmarie: /copain mes-données exporter")
    (file,) = talk.last("dm:marie")["files"]
    assert file["type"] == "application/json"
    found = json.loads((talk.folder / file["path"]).read_text("utf-8"))
    assert found["version"] == 1
    assert found["tables"]["membership"][0]["profession"] == "infirmière scolaire"
    assert [row["kind"] for row in found["tables"]["observation"]] == ["message"]
    assert "Antoine" not in json.dumps(found, ensure_ascii=False)


async def test_nothing_is_erased_before_yes(talk: Conversation) -> None:
    await talk.play("marie @dm: mes-données effacer")
    assert "C'est définitif." in talk.text("dm:marie")
    await talk.play("marie [Ne rien changer]\nmarie @dm: moi")
    assert "Clinique du Fleuve" in talk.text("dm:marie")


async def test_an_erased_person_is_in_no_byte_that_the_bot_keeps(talk: Conversation) -> None:
    talk.add(feature("stand-in", praise, without_praise))
    await talk.play(
        """\
        marie @dm: profil
        marie @dm: Marie Zzyzx
        marie @dm: infirmière qwxkj
        marie @dm: passer
        marie: bonjour
        marie @dm: praise
        marie @dm: pause 2 semaines
        marie @dm: mes-données exporter
        marie @dm: mes-données effacer
        marie [Oui, tout effacer]
        @skip 5m
        """
    )
    assert talk.text("dm:marie").startswith("C'est fait. Il ne reste rien de vous chez moi")
    assert talk.last("general")["edits"] is not None
    assert "Zzyzx" not in talk.text("general")
    await forget_wal(talk.house.database)
    kept = talk.kept_bytes()
    for word in ("Zzyzx", "qwxkj", "Marie", "terminal:/@marie"):
        assert word.encode() not in kept, word
    assert await rows_with(talk, "marie") == []


async def test_an_erased_person_is_a_stranger_afterwards(talk: Conversation) -> None:
    await talk.play("marie @dm: privacy forget\nmarie [Oui, tout effacer]\nmarie @dm: moi")
    assert talk.text("dm:marie").startswith("Vous n'êtes pas membre ici")
    await talk.play("antoine @dm: privacy")
    assert "**Les 4 membres**" in talk.text("dm:antoine")


async def test_an_erasure_is_noted_so_that_only_the_secret_knows_whose(talk: Conversation) -> None:
    await talk.play("marie @dm: privacy forget\nmarie [Oui, tout effacer]")
    digest = erasures.digest_of(Account("terminal", "", "marie"), talk.house.dispatch.seal)
    async with talk.house.database.reading() as tx:
        assert list(await erasures.noted(tx.session)) == [digest]
    assert len(talk.house.dispatch.seal) == 32


async def test_the_journal_keeps_the_act_and_forgets_who(talk: Conversation) -> None:
    await talk.play("antoine @dm: quitter\nantoine [Oui, quitter]\nantoine [Effacer maintenant]")
    async with talk.house.database.reading() as tx:
        rows = (await tx.session.execute(select(JournalRow))).scalars().all()
    assert [(row.act, row.account_id) for row in rows] == [("leave", None)]


async def test_the_last_coordinator_hands_over_before_being_erased(talk: Conversation) -> None:
    await talk.play("claire @dm: mes-données effacer")
    assert "role @nom coordination" in talk.text("dm:claire")
    await talk.play("claire @dm: moi")
    assert "Réseau Nord" in talk.text("dm:claire")


async def test_a_visitor_sees_receives_and_erases_what_little_is_kept(talk: Conversation) -> None:
    await talk.play("nadia @dm: bonjour\nnadia @dm: mes-données\nnadia [Mes données]")
    assert "Mes messages pour vous" in talk.text("dm:nadia")
    await talk.play("nadia [Recevoir mes données]\nnadia @dm: mes-données effacer")
    await talk.play("nadia [Oui, tout effacer]\n@skip 5m")
    assert await rows_with(talk, "nadia") == []


async def test_who_is_not_counted_leaves_no_trace_before_or_after(talk: Conversation) -> None:
    await talk.play("marie: un\nmarie: deux\nmarie @dm: privacy\nmarie [Ne pas me compter]")
    assert "2 traces déjà comptées sont effacées." in talk.text("dm:marie")
    await talk.play("marie: trois\nmarie @dm: privacy")
    assert await observed(talk) == 0
    assert "Votre activité n'est pas comptée." in talk.text("dm:marie")
    await talk.play("marie [Me compter]\nmarie: quatre")
    assert await observed(talk) == 1


async def observed(talk: Conversation) -> int:
    """How many things are noted of anybody's activity."""
    async with talk.house.database.reading() as tx:
        return len((await tx.session.execute(select(ObservationRow))).all())


async def rows_with(talk: Conversation, word: str) -> list[tuple[str, Any]]:
    """The rows of any table in which a word stands, whatever its case."""
    found: list[tuple[str, Any]] = []
    async with talk.house.database.reading() as tx:
        for table in metadata.sorted_tables:
            rows = await tx.session.execute(select(table))
            found += [(table.name, tuple(row)) for row in rows if word in _told(row)]
    return found


def _told(row: Any) -> str:
    return json.dumps([str(value) for value in row], ensure_ascii=False).lower()


async def test_the_welcome_line_is_said_again_without_the_person_erased(
    talk: Conversation,
) -> None:
    await accept(talk, "zelda", "yann")
    await talk.play("@skip 1d")
    assert talk.text("general").startswith("Bienvenue à Yann et Zelda.")
    await talk.play("zelda @dm: privacy forget\nzelda [Oui, tout effacer]\n@skip 1m")
    assert talk.text("general").startswith("Bienvenue à Yann.")
    assert talk.last("general")["edits"] is not None
    await talk.play("yann @dm: privacy forget\nyann [Oui, tout effacer]\n@skip 1m")
    assert talk.last("general")["removes"] is not None


async def test_a_welcome_line_that_waits_is_said_without_the_person_erased(
    talk: Conversation,
) -> None:
    await accept(talk, "zelda", "yann")
    await talk.play("zelda @dm: privacy forget\nzelda [Oui, tout effacer]\n@skip 1d")
    assert talk.text("general").startswith("Bienvenue à Yann.")
    assert "Zelda" not in talk.everything("general")


async def test_a_card_about_somebody_erased_says_so_and_no_more(talk: Conversation) -> None:
    talk.add(feature("stand-in", card))
    await talk.play("zelda @dm: bonjour\nantoine @dm: zeldacard")
    assert "Zelda" in talk.text("animateurs")
    await talk.play("zelda @dm: privacy forget\nzelda [Oui, tout effacer]\n@skip 5m")
    assert talk.text("animateurs") == (
        "Ce message parlait d'une personne dont les données sont effacées."
    )
    assert await rows_with(talk, "zelda") == []


async def test_an_answer_given_through_the_bot_goes_with_its_author(talk: Conversation) -> None:
    await talk.play(
        "claire: /copain amorce publier P01\n"
        "marie [Répondre en privé]\nmarie @dm: Un bon carnet\nmarie [Publier]"
    )
    assert "Un bon carnet" in talk.everything("general")
    await talk.play("marie @dm: privacy forget\nmarie [Oui, tout effacer]")
    standing = talk.stage.server.standing("general")
    assert not [each for each in standing if "Un bon carnet" in each.text or "Marie" in each.text]
