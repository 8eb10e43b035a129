"""What people type and nobody keeps is nowhere: in no kept byte, in no line of the log [SE-10].

Of a visitor only the form is kept; of a member's words, only those that a text says are kept.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, column, select

from bot.app import World, open_stage, quiet_log, ready_made
from bot.call import Call
from bot.events import Said
from bot.log import capture_standard_logging
from bot.messages import Reply
from bot.registry import command, on
from scheduler.housekeeping import forget_wal
from storage.tables import metadata
from tests.applying import apply
from tests.conversation import Conversation, conversation, feature
from tests.databases import Databases

pytestmark = pytest.mark.usefixtures("unthreaded")


@on(Said)
async def stumble(call: Call) -> Reply:
    """Breaks on one word, and repeats it in the error."""
    if isinstance(call.event, Said) and "trébuche" in call.event.text:
        raise ValueError(call.event.text)
    return None


@command("stumble", "trebucher")
async def stumble_typed(call: Call) -> Reply:
    """Breaks with the database's own error, which repeats the values it was given."""
    assert isinstance(call.event, Said)
    broken = column("no_such_column") == bindparam("said", call.event.text)
    await call.session.execute(select(metadata.tables["claim"]).where(broken))
    return None


@pytest.fixture
async def heard(tmp_path: Path) -> AsyncIterator[tuple[Conversation, StringIO]]:
    """The ready-made community, and all that it logs."""
    lines: list[dict[str, Any]] = []
    log = StringIO()
    quiet = quiet_log(log)
    with capture_standard_logging(quiet, "debug"):
        async with open_stage(
            tmp_path, ready_made(), log=quiet, show=lines.append, url=None, per_person="400/min"
        ) as (house, stage):
            talk = Conversation(house, stage, tmp_path, lines)
            talk.add(feature("stumbling", stumble, stumble_typed))
            yield talk, log


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def talk(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path
) -> AsyncIterator[Conversation]:
    """The ready-made community, on each database."""
    async with (
        databases.founded(request.param, tmp_path) as url,
        conversation(tmp_path, url=url) as found,
    ):
        yield found


async def none_kept(talk: Conversation, log: StringIO, *words: str) -> None:
    """None of these words is in a byte the bot keeps, nor in the log."""
    await talk.play("@skip 2m")
    await forget_wal(talk.house.database)
    kept = talk.kept_bytes()
    for word in words:
        # JSON may hold a word escaped.
        for form in (word, json.dumps(word)[1:-1]):
            assert form.encode() not in kept, word
            assert form not in log.getvalue(), word


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


async def test_of_a_visitor_nothing_but_the_form_is_kept(
    heard: tuple[Conversation, StringIO],
) -> None:
    talk, log = heard
    await talk.play("""
        nadia @dm: motvoyage un
        nadia @dm: /copain motzigzag deux
        nadia @dm: aide mottopaze
        nadia @dm: fiches motplume
        nadia @dm: rejoindre motsurplus
        nadia @dm: communauté motcollege
        nadia @dm: trebucher motfaille
        @join nadia
        nadia: bonjour motsalon
        nadia: /copain motadresse
        nadia: trébuche motchute
        nadia @dm: rejoindre
        nadia @dm: Nadia
        nadia @dm: motannule
        nadia @dm: annuler
    """)
    assert "handler-failed" in log.getvalue()
    await none_kept(
        talk, log, "motvoyage", "motzigzag", "mottopaze", "motplume", "motsurplus", "motcollege",
        "motfaille", "motsalon", "motadresse", "motchute", "motannule",
    )  # fmt: skip


async def test_a_visitor_never_reads_their_own_words_again(
    heard: tuple[Conversation, StringIO],
) -> None:
    talk, _ = heard
    for line in ("zxqv un", "aide zxqv", "fiches zxqv", "rejoindre zxqv", "communauté zxqv"):
        await talk.play(f"nadia @dm: /copain {line}")
        assert "zxqv" not in talk.everything("dm:nadia"), line
        assert "intact :" not in talk.text("dm:nadia"), line


async def test_a_form_that_a_visitor_left_goes_after_its_days(
    heard: tuple[Conversation, StringIO],
) -> None:
    talk, log = heard
    await talk.play("nadia @dm: rejoindre\nnadia @dm: Nadia Motnom\nnadia @dm: motbrouillon")
    await talk.play("@skip 60d")
    await none_kept(talk, log, "Motnom", "motbrouillon")
    assert await rows_with(talk, "nadia") == []


async def test_a_visitor_who_writes_too_fast_reads_nothing_of_their_own(tmp_path: Path) -> None:
    async with conversation(tmp_path, per_person="3/min") as talk:
        await talk.play("nadia @dm: rejoindre\nnadia @dm: Nadia\nnadia @dm: un\nnadia @dm: zxqv")
        assert "plus vite que moi" in talk.text("dm:nadia")
        assert "zxqv" not in talk.text("dm:nadia")


async def test_the_buttons_of_an_applicant_act_as_long_as_the_request_is_kept(
    talk: Conversation,
) -> None:
    await apply(talk, "nadia")
    await talk.play(
        """
        claire [Refuser]
        claire @dm: Nous accueillons les gens du terrain
        claire [Passer]
        antoine [Confirmer le refus]
        @skip 20d
        nadia [Demander un second avis]
        """
    )
    assert "votre demande sera relue" in talk.text("dm:nadia")


async def test_of_an_erased_request_nothing_stays_in_any_row(talk: Conversation) -> None:
    await apply(talk, "nadia")
    await talk.play(
        """
        antoine @dm: membres en-attente
        claire [Demander une précision]
        claire @dm: Quelle ville?
        nadia @dm ^-1: Trois-Rivières motprecis
        nadia [Retirer ma demande]
        nadia [Effacer maintenant]
        """
    )
    for table, row in await rows_with(talk, "nadia"):
        # Where the buttons stand that were shown to her, for a week; not her name, not her words.
        assert table in {"outbox", "thread"}
        assert "Nadia" not in str(row)
    assert await rows_with(talk, "motprecis") == []
    await talk.play("@skip 9d")
    assert await rows_with(talk, "nadia") == []


async def test_no_receipt_keeps_the_name_on_a_button(talk: Conversation) -> None:
    await talk.play("antoine @dm: membres retirer marie\nantoine @dm: annuler")
    await apply(talk, "zelda")
    await talk.play("antoine @dm: membres en-attente\nclaire [Accepter]\n@skip 1m")
    await talk.play("zelda @dm: privacy forget\nzelda [Oui, tout effacer]\n@skip 5m")
    assert await rows_with(talk, "zelda") == []


def without_back_office() -> World:
    """The ready-made community, whose animators have no space: their cards wait for the morning."""
    world = ready_made()
    spaces = tuple(space for space in world.communities[0].spaces if space.use != "animators")
    return replace(world, communities=(world.communities[0].model_copy(update={"spaces": spaces}),))


async def test_of_a_member_taken_out_and_erased_nothing_stays(talk: Conversation) -> None:
    await apply(talk, "zelda")
    await talk.play(
        """
        claire [Accepter]
        @join zelda
        antoine @dm: membres retirer zelda
        antoine @dm: motraison
        claire [Confirmer le retrait]
        zelda @dm: mes-données effacer
        zelda [Oui, tout effacer]
        @skip 5m
        """
    )
    assert await rows_with(talk, "zelda") == []
    assert await rows_with(talk, "motraison") == []
    for line in talk.stage.server.messages.values():
        if line.place == "animateurs" and not line.removed:
            assert "Zelda" not in line.text, line.text


async def test_who_goes_while_a_removal_waits_is_on_no_card(talk: Conversation) -> None:
    await talk.play("antoine @dm: membres retirer marie\nantoine @dm: motraison")
    assert "Marie" in talk.text("animateurs")
    await talk.play("marie @dm: mes-données effacer\nmarie [Oui, tout effacer]\n@skip 5m")
    assert "Marie" not in talk.text("animateurs")
    assert await rows_with(talk, "motraison") == []


async def test_what_waits_for_the_animators_goes_with_its_author(tmp_path: Path) -> None:
    async with conversation(tmp_path, world=without_back_office()) as talk:
        await talk.play("@until 2026-03-02T21:00\nmarie @dm: problème\nmarie @dm: 1")
        await talk.play("marie @dm: motpanne")
        await talk.play("marie @dm: accueil\nmarie [Qui peut m'aider?]")
        await talk.play("marie [Écrire à l'animation]\nmarie @dm: motlettre")
        await talk.play("antoine @dm: membres retirer marie\nantoine @dm: motraison")
        await talk.play("marie @dm: mes-données effacer\nmarie [Oui, tout effacer]\n@skip 5m")
        for word in ("motpanne", "motlettre", "motraison", "marie"):
            assert await rows_with(talk, word) == [], word
        await talk.play("@skip 1d")
        for name in ("claire", "antoine"):
            late = [
                line["text"] for line in talk.said(f"dm:{name}") if line["at"][:10] > "2026-03-02"
            ]
            assert not any("Marie" in text for text in late)


async def test_a_removal_settled_before_the_morning_is_asked_of_nobody(tmp_path: Path) -> None:
    async with conversation(tmp_path, world=without_back_office()) as talk:
        await talk.play("@until 2026-03-02T21:00\nantoine @dm: membres retirer marie")
        await talk.play("antoine @dm: Plus de nouvelles\nclaire @dm: membres retirer marie")
        await talk.play("claire [Ne pas retirer]\n@skip 1d")
        asked = [line for line in talk.said("dm:claire") if line["started_by"] == "bot"]
        assert [line for line in asked if "Marie" in line["text"]] == []


async def test_what_members_answer_in_threads_and_in_private_is_not_kept(
    heard: tuple[Conversation, StringIO],
) -> None:
    talk, log = heard
    await talk.play(
        """
        claire: /copain amorce publier P17
        """
    )
    posted = talk.last("general")["n"]
    await talk.play(
        f"""
        marie ^{posted}: motreponse
        ibrahim ^{posted}: motautre
        marie: motsalon
        """
    )
    said = next(line["n"] for line in talk.lines if line["text"] == "motsalon")
    await talk.play(
        f"""
        marie ~{said}: motcorrige
        marie @dm: motprive
        marie @dm: /copain zxqv motcommande
        marie @dm: participer 12 motargument
        marie @dm: profil
        marie @dm: {"motlong " * 60}
        marie @dm: annuler
        marie @dm: accueil
        marie [Qui peut m'aider?]
        marie [Écrire à l'animation]
        marie @dm: motlettre
        claire [Répondre]
        claire @dm: motretour
        """
    )
    await none_kept(
        talk, log, "motreponse", "motautre", "motsalon", "motcorrige", "motprive",
        "motcommande", "motargument", "motlong", "motlettre", "motretour",
    )  # fmt: skip
