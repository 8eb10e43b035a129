"""Sees what members do in the spaces, and keeps who, where, what kind and when (c-0, PV-2).

Nothing is said here, and no text is looked at. Commands never come this far, and what happens in
a private conversation is nobody's business.
"""

from __future__ import annotations

from bot.call import Call
from bot.events import Deleted, Reacted, Said, Unreacted
from bot.people import Role, Space
from bot.registry import on
from storage import observation, people


@on(Said)
async def written(call: Call) -> None:
    """A message, or a reply when it stands in a thread or names what it answers."""
    event = call.event
    assert isinstance(event, Said)
    space = await _space(call)
    if space is None:
        return
    root = event.thread or event.quotes or ""
    if await counted(call):
        await observation.note(
            call.session,
            "reply" if root else "message",
            community_id=space.community_id,
            space_id=space.id,
            account_id=call.account_id,
            at=event.at,
            message=event.message,
            root=root,
        )
    elif root:
        await observation.note_answered(call.session, space.id, root)


@on(Reacted)
async def reacted(call: Call) -> None:
    """A reaction, on anybody's message; which sign it was is not kept."""
    event = call.event
    assert isinstance(event, Reacted)
    space = await _space(call)
    if space is None:
        return
    if await counted(call):
        await observation.note(
            call.session,
            "reaction",
            community_id=space.community_id,
            space_id=space.id,
            account_id=call.account_id,
            at=event.at,
            message=event.message,
        )
    else:
        await observation.note_answered(call.session, space.id, event.message)


@on(Unreacted)
async def took_back(call: Call) -> None:
    """A reaction taken back was none."""
    event = call.event
    assert isinstance(event, Unreacted)
    space = await _space(call)
    if space is not None and call.who.account_id is not None:
        await observation.take_back(
            call.session,
            "reaction",
            space_id=space.id,
            account_id=call.who.account_id,
            message=event.message,
        )


@on(Deleted)
async def deleted(call: Call) -> None:
    """A message deleted within ten minutes was no contribution."""
    event = call.event
    assert isinstance(event, Deleted)
    space = await _space(call)
    if space is not None:
        await observation.forget_message(call.session, space.id, event.message, deleted=event.at)


async def counted(call: Call) -> bool:
    """Whether this person's activity counts: a member who did not say otherwise."""
    if call.role is Role.VISITOR or call.who.person_id is None:
        return False
    row = await people.membership(call.session, call.who.person_id, call.here.id)
    return row is not None and row.counted


async def _space(call: Call) -> Space | None:
    if call.place is None or call.place.dm:
        return None
    return await call.tx.people.space_at(call.place)
