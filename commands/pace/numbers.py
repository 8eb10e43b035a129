"""What the numbers of somebody's list of coming posts mean, for `pace hold 3`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.call import Call
from bot.errors import Complaint
from commands.pace.listing import Post
from storage import people


async def keep(call: Call, person_id: int, found: Sequence[Post]) -> None:
    """Notes the list that this person reads now."""
    row = await people.person(call.session, person_id)
    if row is not None:
        row.notes = {**row.notes, _name(call): [each.as_json() for each in found]}


async def kept(call: Call) -> list[Post]:
    """The list that the person who acts read last."""
    row = await people.person(call.session, call.person_id)
    return [Post.of(each) for each in row.notes.get(_name(call), ())] if row else []


async def ref_of(call: Call, number: int) -> str:
    """What a number means. Complaint when no list has it, or nothing can be done about it yet."""
    found = await kept(call)
    if not found:
        raise Complaint("pace-no-list", {"prefix": call.prefix})
    if not 0 < number <= len(found):
        raise Complaint("pace-no-number", {"n": len(found), "number": number})
    ref = found[number - 1].ref
    if not ref:
        raise Complaint("pace-too-soon")
    return ref


def _name(call: Call) -> str:
    return f"pace:{call.here.id}"
