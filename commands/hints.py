"""A private hint to who just wrote something by which a patient may be recognised [PR-3].

Off until the charter allows it. The message is looked at in memory alone; of a hint only that one
more was shown that day is kept, so nobody can ever be asked why they got one.
"""

from __future__ import annotations

from bot.call import Call
from bot.events import Said
from bot.messages import Line, Reply, Say
from bot.people import Role
from bot.registry import on
from bot.values import Key
from bot.when import local_day
from commands.charter.allowing import allowed
from commands.hints_rules import look
from storage import hints, people

KIND = "hint"
A_DAY = 3
"""Hints to one person in a day: who writes much of such things has understood by then."""


@on(Said)
async def noticed(call: Call) -> Reply:
    """Tells the author alone, where nobody else sees it; others' messages are nobody's business."""
    event = call.event
    assert isinstance(event, Said)
    if call.role < Role.MEMBER or call.place is None or call.here.state != "open":
        return None
    space = await call.tx.people.space_at(call.place)
    seen = look(event.text) if space is not None else None
    if space is None or seen is None or not await _wanted(call):
        return None
    today = local_day(call.now, call.here.zone)
    if not call.asides.take(call.who.account.key, today, A_DAY):
        return None
    await hints.count(call.session, call.here.id, today)
    told = {"seen": Key(f"hints-seen-{seen}"), "space": space.title or space.place.id}
    return Say(
        "hints-shown",
        lines=(
            Line("hints-aid", told),
            Line("why-privacy-hint"),
            Line("hints-less", {"prefix": call.prefix}),
        ),
        kind=KIND,
        aside=True,
    )


async def _wanted(call: Call) -> bool:
    """Whether the charter allows it, and this person did not say otherwise."""
    if not await allowed(call, "hint"):
        return False
    person = await people.person(call.session, call.person_id)
    return person is not None and KIND not in person.muted
