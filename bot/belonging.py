"""Which community an event is about: that of the message, of the space, or of the person."""

from __future__ import annotations

from bot.events import Event, Picked, Place, Said
from bot.people import Actor, Community, Space
from bot.ports import Receipt, Tx


async def community_of(
    tx: Tx,
    place: Place,
    actor: Actor | None,
    *,
    receipt: Receipt | None,
    space: Space | None,
    alone: bool = False,
) -> Community | None:
    """The community concerned, or None where it must be asked for or is none of ours.

    `alone`: it was said to us and nobody else, as in private, wherever it was.
    """
    if receipt is not None and receipt.community_id is not None:
        return await tx.people.community(receipt.community_id)
    if space is not None:
        return await tx.people.community(space.community_id)
    return await (_in_private if place.dm or alone else _bare_room)(tx, actor)


def to_us_alone(event: Event) -> bool:
    """Whether a platform passed it on to us and to nobody else, in whatever room it was.

    So it is with what can open a window (a typed command, a press) and with a shortcut: silence
    would leave somebody waiting before nothing.
    """
    return isinstance(event, Picked) or bool(getattr(event, "trigger", ""))


def not_ours(
    event: Event, community: Community | None, *, receipt: Receipt | None, space: Space | None
) -> bool:
    """What happens in a room nobody tracks is nobody's business, unless it is said to us."""
    if to_us_alone(event):
        return False
    if community is None:
        return True
    if receipt is not None or (isinstance(event, Said) and event.addressed):
        return False
    return space is None


async def _bare_room(tx: Tx, actor: Actor | None) -> Community | None:
    """A room nobody tracks: only somebody with a role may make it a space there [CO-9]."""
    if actor is None or actor.person_id is None:
        return None
    return await _in_private(tx, actor)


async def _in_private(tx: Tx, actor: Actor | None) -> Community | None:
    if actor is None or actor.person_id is None:
        every = await tx.people.communities()
        return every[0] if len(every) == 1 else None
    mine = await tx.people.communities_of(actor.person_id)
    for community in mine:
        if community.id == actor.current_community:
            return community
    if len(mine) == 1:
        return mine[0]
    if mine:
        return None
    every = await tx.people.communities()
    return every[0] if len(every) == 1 else None
