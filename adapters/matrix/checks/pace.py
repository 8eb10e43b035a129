"""How fast the homeserver lets the account write, and what that means for a community.

Measured, because no server tells: Synapse lets 0.2 messages a second through unless somebody lifts
the limit (platform facts §1). The messages go to a room of Copain's own, left afterwards.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from adapters.asking import text
from adapters.matrix.checks.asking import Answer, part
from adapters.matrix.checks.lines import Line, fault, fine, warning
from adapters.matrix.checks.login import V3, Entered

MESSAGES = 14
"""Synapse lets ten through at once; two more show the step of its limit."""

PEOPLE = 1000
"""How many a large survey asks, each in private."""

_LONG = 0.25
"""Hours from which such a survey is worth asking for a higher limit."""
_MOST_WAIT = 15.0
_TICK = 0.001
_MESSAGE = {"msgtype": "m.text", "body": "copain-check", "m.mentions": {}}
_ROOM = {
    "name": "copain-check",
    "preset": "private_chat",
    "visibility": "private",
    "creation_content": {"m.federate": False},
}


async def pace(entered: Entered) -> list[Line]:
    """Writes a few messages, until the server asks for patience."""
    made = await _patiently(lambda: entered.server.ask("POST", f"{V3}/createRoom", _ROOM))
    if made.wait is not None:
        return [verdict(1 / max(made.wait, _TICK), entered.user)]
    if not made.ok:
        return [fault("matrix-check-no-rooms", {"code": made.code})]
    room = f"{V3}/rooms/{part(text(made.body, 'room_id'))}"
    try:
        return [verdict(await _measured(entered, room), entered.user)]
    finally:
        await entered.server.ask("POST", f"{room}/leave", {})
        await entered.server.ask("POST", f"{room}/forget", {})


def verdict(rate: float | None, user: str) -> Line:
    """What a limit of so many messages a second means; None is no limit that was felt."""
    if rate is None:
        return fine("matrix-check-pace-free", {"n_messages": MESSAGES})
    hours = PEOPLE / rate / 3600
    told = {"rate": round(rate, 1 if rate < 10 else None)}
    if hours < _LONG:
        return fine("matrix-check-pace-enough", told)
    meaning = {"people": PEOPLE, "hours": round(hours, 1), "user": user}
    return warning("matrix-check-pace-held", {**told, **meaning})


async def _measured(entered: Entered, room: str) -> float | None:
    """Messages a second that are let through, None when nothing was refused.

    A refusal tells the instant of the next free place. Between the first one's and the second one's
    lie as many steps of the limit as messages passed.
    """
    clock = asyncio.get_running_loop().time
    first, passed = 0.0, 0
    for n in range(MESSAGES):
        asked = clock()
        path = f"{room}/send/m.room.message/copain-check-{n}"
        answer = await entered.server.ask("PUT", path, _MESSAGE)
        if answer.wait is None:
            passed += 1
            continue
        free = asked + answer.wait
        if first and passed:
            return passed / max(free - first, _TICK)
        if answer.wait > _MOST_WAIT:
            return 1 / answer.wait
        first, passed = free, 0
        # Synapse holds a refusal for half a second, which is a part of the wait.
        await asyncio.sleep(max(0.0, free - clock()))
    return None


async def _patiently(ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """The answer, after the wait that the server asks for when that is not long."""
    answer = await ask()
    if answer.wait is not None and answer.wait <= _MOST_WAIT:
        await asyncio.sleep(answer.wait)
        return await ask()
    return answer
