"""Writing to the animators through the bot, and their answer: for who knows none of them by name.

Nothing is kept of either: the bot carries the words and forgets them once they are delivered.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.call import Call
from bot.errors import Complaint
from bot.messages import AskForm, Button, Reply, Say, ToAnimators, ToPerson
from bot.people import Role
from bot.registry import Field, button, form
from bot.values import Key, Names, Typed
from storage import people
from storage.people import MembershipRow


@button("write_animators", who=Role.MEMBER)
async def write_animators(call: Call) -> Reply:
    """Asks for the words."""
    return AskForm("write")


async def _fields(call: Call, state: object) -> Sequence[Field]:
    team = await people.members(call.session, call.here.id, least=Role.ANIMATOR)
    names = Names(tuple(row.name for row in team))
    return [Field("words", longest=2000, values={"team": names})]


@form("write", fields=_fields, who=Role.MEMBER, visible="form-write-visible")
async def written(call: Call, values: dict[str, str]) -> Reply:
    """Carries them to the animators, with the name."""
    row = await _member(call, call.person_id)
    name = f"letter:{row.id}"
    card = Say(
        "write-card",
        {"name": row.name, "words": Typed(values["words"])},
        ToAnimators(),
        buttons=(Button("write.answer", (call.person_id,)),),
        kind="card",
        name=name,
        subject=name,
    )
    return [Say("write-sent"), card]


@button("write.answer", who=Role.ANIMATOR)
async def answer(call: Call, person_id: int) -> Reply:
    """Asks an animator for the answer."""
    await _name(call, person_id)
    return AskForm("write-back", (person_id,))


async def _back_fields(call: Call, state: object) -> Sequence[Field]:
    return [Field("words", longest=2000)]


@form("write-back", fields=_back_fields, who=Role.ANIMATOR, visible="form-write-back-visible")
async def answered(call: Call, values: dict[str, str], person_id: int) -> Reply:
    """Carries the answer to who wrote."""
    to = await _name(call, person_id)
    said = {"name": await _name(call, call.person_id), "words": Typed(values["words"])}
    back = (Button("write_animators", label="button-write-again"),)
    return [
        Say("write-answer", said, ToPerson(person_id), buttons=back),
        Say("write-answered", {"name": to}),
    ]


async def _name(call: Call, person_id: int) -> str:
    return (await _member(call, person_id)).name


async def _member(call: Call, person_id: int) -> MembershipRow:
    """A member of this community; a Complaint when they are not here any more."""
    row = await people.membership(call.session, person_id, call.here.id)
    if row is None or row.state != "active":
        raise Complaint("answers-expired-button", {"state": Key("write-gone")})
    return row
