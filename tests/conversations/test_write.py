"""A member writes to the animators through the bot, and a person answers [QU, CO-7]."""

from __future__ import annotations

from scheduler.housekeeping import forget_wal
from tests.conversation import Conversation

LETTER = "Je n'ose pas demander en public"


async def test_a_letter_reaches_the_animators_with_its_name_and_is_answered(
    talk: Conversation,
) -> None:
    await talk.play("marie @dm: accueil\nmarie [Qui peut m'aider?]\nmarie [Écrire à l'animation]")
    assert "Antoine et Claire" in talk.text("dm:marie")
    await talk.play(f"marie @dm: {LETTER}")
    assert f"> {LETTER}" in talk.text("animateurs")
    await talk.play("antoine [Répondre]\nantoine @dm: Écrivez-moi quand vous voulez")
    assert "> Écrivez-moi quand vous voulez" in talk.text("dm:marie")
    assert "C'est remis à Marie" in talk.text("dm:antoine")
    await forget_wal(talk.house.database)
    assert LETTER.encode() not in talk.kept_bytes()


async def test_somebody_who_left_is_not_written_to(talk: Conversation) -> None:
    from sqlalchemy import update

    from storage.people import MembershipRow

    await talk.play("marie @dm: accueil\nmarie [Qui peut m'aider?]\nmarie [Écrire à l'animation]")
    await talk.play("marie @dm: Bonjour")
    async with talk.house.database.session() as session:
        await session.execute(
            update(MembershipRow).where(MembershipRow.name == "Marie").values(state="left")  # type: ignore[arg-type]
        )
    await talk.play("antoine [Répondre]")
    assert "n'est plus membre" in talk.text("dm:antoine")
