"""What the bot means to say by itself is written when it leaves, from what is true then."""

from __future__ import annotations

from datetime import timedelta

from bot.call import Call
from bot.messages import Intend, Reply, Say, ToPerson, ToPlace, ToUse
from bot.registry import Arg, command, composer
from storage import planned
from tests.conversation import Conversation, feature

NOTE = "test:composed"


@command("remind", "rappeler", args=(Arg("about", "text"),))
async def remind(call: Call, about: str) -> Reply:
    """Means to write to the actor in two days, about something that may change until then."""
    await call.tx.notebook.write(NOTE, about)
    return [
        Intend(
            "follow-up",
            Say("help-help", to=ToPerson(call.person_id)),
            earliest=call.now + timedelta(days=2),
            compose="remind",
            args=("word", 7),
        ),
        Say("help-home"),
    ]


@command("change", "changer", args=(Arg("about", "text"),))
async def change(call: Call, about: str) -> Reply:
    """Changes what it is about."""
    await call.tx.notebook.write(NOTE, about)
    return Say("help-home")


@command("everywhere", "partout")
async def everywhere(call: Call) -> Reply:
    """Means to write to every space of discussion."""
    return Intend("pace-notice", Say("help-help", to=ToUse("discussion")), compose="space")


@composer("remind")
async def reminded(call: Call, to: ToPerson, word: str, number: int) -> Reply:
    """Says it with what is known now; nothing when nothing is left to say."""
    about = await call.tx.notebook.read(NOTE)
    if about == "nothing":
        return None
    assert (word, number) == ("word", 7)
    return [
        Say("prompts-unknown", {"typed": about or ""}),
        Say("help-me", to=ToPerson(to.person_id)),
    ]


@composer("space")
async def in_space(call: Call, to: ToPlace) -> Reply:
    """Names the place it is written for."""
    return Say("prompts-unknown", {"typed": to.place.id})


async def test_an_intent_says_what_is_true_when_it_leaves(talk: Conversation) -> None:
    talk.add(feature("reminders", remind, change, reminded))
    await talk.play('marie @dm: rappeler "avant"\nmarie @dm: changer "après"\n@skip 4d')
    assert "« après »" in talk.everything("dm:marie")
    assert "« avant »" not in talk.everything("dm:marie")
    assert talk.said("dm:marie")[-1]["text"].startswith("montre vos réglages")


async def test_an_intent_with_nothing_left_to_say_is_dropped_with_the_reason(
    talk: Conversation,
) -> None:
    talk.add(feature("reminders", remind, change, reminded))
    await talk.play('marie @dm: rappeler "avant"\nmarie @dm: changer "nothing"')
    before = len(talk.said("dm:marie"))
    await talk.play("@skip 4d")
    assert len(talk.said("dm:marie")) == before
    async with talk.house.database.reading() as tx:
        became = await planned.lately(tx.session, 1, talk.house.clock.now() - timedelta(days=5))
    (told,) = [each for each in became if each.kind == "follow-up"]
    assert told.state == "dropped"
    assert told.why == "courtesy-why-untrue"


async def test_what_is_written_for_a_space_knows_which(talk: Conversation) -> None:
    talk.add(feature("spaces-alike", everywhere, in_space))
    await talk.play("antoine @dm: partout\n@skip 1d")
    assert "« general »" in talk.text("general")
