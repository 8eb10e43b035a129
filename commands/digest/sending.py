"""When digests leave: one timer per community, one message per hour that somebody chose [SU-4].

All who chose the same hour get the same digest, composed once and spread in chunks. Courtesy moves
it for each of them: a holiday, own hours, a break.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.call import Call
from bot.messages import Effect, Intend, Line, Reply, Say, ToPerson, ToPlace, ToRole, ToUse
from bot.people import Role
from bot.registry import composer, section, timer
from commands.digest import rules, service
from commands.settings.table import Setting
from storage import digests
from storage.digests import Slot

TURN = "digest.turn"
"""The timer's action; its key is the community's number."""
SPACE = "discussion"
LATEST = timedelta(days=6)
"""A digest that could not leave by then gives way to the next."""
_A_DAY = timedelta(days=1)


@timer(TURN)
async def turn(call: Call) -> Reply:
    """Sends what is due since it looked last, and looks again at the next hour somebody chose."""
    since = await _looked(call)
    effects: list[Effect] = []
    if call.here.state == "open" and service.on(call):
        for slot in await _slots(call):
            due = slot.until(call.now)
            if since < due and (leaves := slot.kept(due, call.now)) <= due + LATEST:
                effects += await _to_readers(call, slot, leaves)
        effects += await _to_spaces(call, since)
    await call.tx.notebook.write(_note(call), call.now.isoformat())
    await set_next(call, call.now)
    return effects


async def set_next(call: Call, since: datetime) -> None:
    """Sets the timer to the next hour; without any it looks once a day, for settings change."""
    turns = [slot.after(since) for slot in await _slots(call)]
    space = _space_slot(call)
    turns += [space.after(since)] if space else []
    await call.tx.timers.set(
        TURN,
        str(call.here.id),
        due=min([*turns, since + _A_DAY]),
        community=call.here.id,
    )


async def chosen(call: Call) -> None:
    """Somebody chose another hour: the timer follows."""
    await set_next(call, max(await _looked(call), call.now - _A_DAY))


@section("setting", order=10)
async def set_anew(call: Call, setting: Setting) -> None:
    """The digest in the spaces has another hour from now on: an hour of before sends nothing."""
    if setting.group == "digest" or setting.name in ("digest", "timezone"):
        call.community = await call.tx.people.community(call.here.id)
        await call.tx.notebook.write(_note(call, "space"), call.now.isoformat())
        await set_next(call, call.now)


@composer("digest.own")
async def own(call: Call, to: ToPerson, every: str) -> Reply:
    """The digest of somebody for whom it had to wait, with what is true now."""
    return await service.compose(call, call.now - rules.LENGTHS[every])


@composer("digest.space")
async def in_space(call: Call, to: ToPlace, every: str) -> Reply:
    """The digest of a space, when it leaves."""
    return await _for_all(call, call.now, every)


async def _to_readers(call: Call, slot: Slot, due: datetime) -> list[Effect]:
    say = await service.compose(call, due - rules.LENGTHS[slot.every])
    if say is None:
        return []
    to = ToRole(Role.MEMBER, only=slot.key)
    return [_meant(call, "digest", _to(say, to), due, compose="digest.own", every=slot.every)]


async def _to_spaces(call: Call, since: datetime) -> list[Effect]:
    slot = _space_slot(call)
    due = slot.until(call.now) if slot else None
    if slot is None or due is None or due <= max(since, await _looked(call, "space")):
        return []
    due = slot.kept(due, call.now)
    say = await _for_all(call, due, slot.every)
    if say is None:
        return []
    to = _to(say, ToUse(SPACE))
    return [_meant(call, "space-digest", to, due, compose="digest.space", every=slot.every)]


async def _for_all(call: Call, due: datetime, every: str) -> Say | None:
    why = "why-digest-space" if every == "week" else "digest-space-fortnight"
    return await service.compose(
        call,
        due - rules.LENGTHS[every],
        title="digest-space-title",
        how=(Line("digest-space-how"), Line(why)),
    )


def _meant(call: Call, kind: str, say: Say, due: datetime, *, compose: str, every: str) -> Intend:
    return Intend(
        kind,
        say,
        earliest=due,
        latest=due + LATEST,
        merge_key=f"news:{call.here.id}",
        subject=f"{kind}:{call.here.id}:{due.astimezone(call.here.zone):%Y-%m-%d}",
        chosen_minute=True,
        compose=compose,
        args=(every,),
    )


def _to(say: Say, to: ToRole | ToUse) -> Say:
    return Say(say.key, say.values, to, lines=say.lines, buttons=say.buttons, kind="digest")


async def _slots(call: Call) -> list[Slot]:
    return await digests.slots(call.session, call.here.id, call.here.zone.key)


def _space_slot(call: Call) -> Slot | None:
    """The hour of the digest in the spaces, where the community wants one there."""
    if service.said(call, service.PLACE) != "space":
        return None
    return service.offered(call, call.here.zone.key)


async def _looked(call: Call, what: str = "turn") -> datetime:
    found = await call.tx.notebook.read(_note(call, what))
    return datetime.fromisoformat(found) if found else call.now - _A_DAY


def _note(call: Call, what: str = "turn") -> str:
    return f"digest-{what}:{call.here.id}"
