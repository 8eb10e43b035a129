"""Saying in every space that the pace changes, and when people meet again."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.call import Call
from bot.messages import Button, Effect, Intend, Say, ToUse, Values, Void
from bot.values import Key, Moment, Value
from commands.month import INSIDE
from commands.prompts.coming import following
from storage import planned

EVERYWHERE = ("discussion", "announcements")
AHEAD = timedelta(days=60)
USEFUL = timedelta(days=7)
"""A change of pace that could not be told for so long is no news any more [AT-4]."""


def announce(
    call: Call,
    key: str,
    values: Values,
    *,
    about: str,
    buttons: tuple[Button, ...] = (),
) -> list[Effect]:
    """One line in each space, within working hours; what still waits about it is untrue now."""
    subject = f"{about}:{call.here.id}"
    return [
        Void(subject, "pace-notice"),
        *(
            Intend(
                "pace-notice",
                Say(key, values, ToUse(use), buttons=buttons, kind="pace-notice"),
                subject=subject,
                latest=call.now + USEFUL,
            )
            for use in EVERYWHERE
        ),
    ]


def announce_now(key: str, values: Values, buttons: tuple[Button, ...] = ()) -> list[Effect]:
    """The same at once, whatever the hour: a person decided it now (e.4)."""
    return [Say(key, values, ToUse(use), buttons=buttons, kind="pace-notice") for use in EVERYWHERE]


async def next_date(call: Call) -> Value:
    """When the bot speaks in a space next, as far as it is known."""
    found: list[datetime] = []
    until = call.now + AHEAD
    for each in await planned.intents(call.session, call.here.id, until):
        shown = each.audience == "space" and each.kind not in INSIDE
        if shown and each.kind != "pace-notice" and each.at > call.now:
            found.append(each.at)
    prompt = await following(call)
    found += [prompt] if prompt is not None else []
    return Moment(min(found)) if found else Key("pace-next-later")
