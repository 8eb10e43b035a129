"""Holding a post that is to come, letting it go again, or dropping it [AT-2, e.3.7].

Only posts in spaces of this community: what is for one person is that person's.
"""

from __future__ import annotations

from bot.call import Call
from bot.errors import Complaint
from bot.messages import Button, Effect, Look, Reply, Say
from bot.people import Role
from bot.registry import Arg, button, command
from commands.pace import numbers, rhythms
from commands.pace.rules import DROPPED
from commands.prompts.turns import settled
from storage import communities, modes

OPEN = ("open",)
ONE = (Arg("pace_number", "number"),)


@command("pace hold", "rythme retenir", who=Role.ANIMATOR, states=OPEN, args=ONE)
async def hold_typed(call: Call, pace_number: int) -> Reply:
    """Holds what that number of the list means."""
    return await hold(call, await numbers.ref_of(call, pace_number))


@button("pace.hold", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def hold(call: Call, *ref: str | int) -> Reply:
    """It waits until somebody releases it."""
    about, what = _ref(ref)
    turn = about == "turn"
    done = await (rhythms.hold(call, what) if turn else _held(call, what, hold=True))
    await _decided(call, "hold", done, f"{about} {what}")
    args = (about, *what.split(":"))
    after = (Button("pace.release", args), Button("pace.drop", args), Button("pace.page"))
    return [*(done or []), Say("pace-held", buttons=after)]


@command("pace release", "rythme relâcher", who=Role.ANIMATOR, states=OPEN, args=ONE)
async def release_typed(call: Call, pace_number: int) -> Reply:
    """Releases what that number of the list means."""
    return await release(call, await numbers.ref_of(call, pace_number))


@button("pace.release", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def release(call: Call, *ref: str | int) -> Reply:
    """It goes on as if nobody had held it."""
    about, what = _ref(ref)
    turn = about == "turn"
    done = await (rhythms.release(call, what) if turn else _held(call, what, hold=False))
    await _decided(call, "release", done, f"{about} {what}")
    return [*(done or []), Say("pace-released", buttons=(Button("pace.page"),))]


@command("pace drop", "rythme retirer", who=Role.ANIMATOR, states=OPEN, args=ONE)
async def drop_typed(call: Call, pace_number: int) -> Reply:
    """Drops what that number of the list means."""
    return await drop(call, await numbers.ref_of(call, pace_number))


@button("pace.drop", who=Role.ANIMATOR, states=OPEN, lasting=True)
async def drop(call: Call, *ref: str | int) -> Reply:
    """It never leaves; a prompt that it would have used stays in the bank."""
    about, what = _ref(ref)
    done = await (rhythms.drop if about == "turn" else _dropped)(call, what)
    await _decided(call, "drop", done, f"{about} {what}")
    return [*(done or []), Say("pace-dropped", buttons=(Button("pace.page"),))]


async def _held(call: Call, what: str, *, hold: bool) -> list[Effect] | None:
    found = await modes.held(call.session, call.here.id, _number(what), hold=hold)
    return [Look("space", place) for place in found] or None


async def _dropped(call: Call, what: str) -> list[Effect] | None:
    done = await modes.dropped(call.session, call.here.id, _number(what), why=DROPPED, now=call.now)
    return await settled(call) if done else None


async def _decided(call: Call, act: str, done: object, about: str) -> None:
    if done is None:
        raise Complaint("pace-decided")
    await communities.note(
        call.session, call.here.id, f"pace-{act}", at=call.now, by=call.account_id, after=about
    )


def _ref(ref: tuple[str | int, ...]) -> tuple[str, str]:
    """What it is about, and which: a button's arguments, or one ref of a list."""
    about, _, what = ":".join(map(str, ref)).partition(":")
    if about not in ("intent", "turn"):
        raise Complaint("answers-expired-button", {"state": ""})
    return about, what


def _number(what: str) -> int:
    return int(what) if what.isascii() and what.isdigit() else 0
