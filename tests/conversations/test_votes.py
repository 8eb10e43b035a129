"""Votes in a platform's own poll are presses of its options [PR-3]."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.events import Account, Chosen, Place
from storage.parcels import OutboxRow
from tests.conversation import Conversation
from tests.conversations.test_prompts import rows_of as answers_of

GENERAL = Place("terminal", "", "general")
OPTIONS = "claire: /copain amorce publier P17"
rows = OutboxRow.__table__  # type: ignore[attr-defined]


async def vote(talk: Conversation, who: str, option: int | None, message: str = "poll") -> None:
    """Somebody votes in the poll under the prompt, or takes the vote back."""
    await talk.house.hear(
        Chosen(
            id=f"vote-{who}-{option}-{len(talk.lines)}-{message}",
            at=talk.house.clock.now(),
            place=GENERAL,
            by=Account("terminal", "", who),
            message=message,
            option=option,
        )
    )
    await talk.house.settle()


async def poll_of(talk: Conversation) -> list[OutboxRow]:
    """The polls that were sent; the newest stands on the platform as `poll` from now on."""
    async with talk.house.database.session() as session:
        found = list(
            (
                await session.execute(
                    select(OutboxRow).where(rows.c.operation == "poll").order_by(rows.c.id)
                )
            ).scalars()
        )
        if found:
            await session.execute(
                update(OutboxRow).where(rows.c.id == found[-1].id).values(message="poll")
            )
        return found


async def test_a_prompt_with_options_brings_a_poll_and_closing_ends_it(talk: Conversation) -> None:
    await talk.play(OPTIONS)
    [poll] = await poll_of(talk)
    # Not the way to answer in private: that is no option.
    assert [each["action"].rpartition(":")[0] for each in poll.buttons] == ["prompt.tap:1"] * 5
    await talk.play("claire: /copain amorce fermer")
    async with talk.house.database.session() as session:
        ended = select(rows.c.id).where(rows.c.operation == "end-poll")
        assert len((await session.execute(ended)).all()) == 1


async def test_an_open_prompt_brings_none(talk: Conversation) -> None:
    await talk.play("claire: /copain amorce publier P07\nclaire: /copain amorce fermer")
    assert await poll_of(talk) == []


async def test_a_vote_counts_like_a_button_and_the_newest_of_all_ways_wins(
    talk: Conversation,
) -> None:
    await talk.play(OPTIONS)
    n = talk.last("general")["n"]
    await poll_of(talk)
    await vote(talk, "marie", 0)
    assert "Le temps : 1" in talk.text("general")
    assert "C'est noté" in talk.text("dm:marie").replace("’", "'")
    await vote(talk, "marie", 1)
    assert "Le matériel : 1" in talk.text("general")
    assert "Le temps : 0" in talk.text("general")
    await talk.play(f"marie ^{n}: 1")
    assert "Le temps : 1" in talk.text("general")
    assert "Le matériel : 0" in talk.text("general")


async def test_a_vote_taken_back_lets_the_choice_before_count(talk: Conversation) -> None:
    await talk.play(OPTIONS)
    await poll_of(talk)
    await talk.play("marie [Le temps]")
    await vote(talk, "marie", 1)
    await vote(talk, "marie", 0)
    await vote(talk, "marie", 1)
    assert "Le matériel : 1" in talk.text("general")
    await vote(talk, "marie", None)
    assert "Le temps : 1" in talk.text("general")
    assert ("vote", "1") not in await answers_of(talk)


async def test_votes_of_visitors_and_of_nowhere_are_nothing(talk: Conversation) -> None:
    await talk.play("@join nadia\n" + OPTIONS)
    await poll_of(talk)
    before = len(talk.lines)
    await vote(talk, "nadia", 0)
    await vote(talk, "nadia", None)
    await vote(talk, "marie", 77)
    await vote(talk, "marie", -1)
    await vote(talk, "marie", 0, message="somebody-else's")
    assert len(talk.lines) == before
    assert await answers_of(talk) == []


async def test_a_vote_after_the_close_is_told_kindly(talk: Conversation) -> None:
    await talk.play(OPTIONS)
    await poll_of(talk)
    await talk.play("claire: /copain amorce fermer")
    await vote(talk, "marie", 0)
    assert "ce qu'il demandait est fait" in talk.text("dm:marie")
