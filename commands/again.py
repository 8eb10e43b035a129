"""A command that reaches the bot long after it was typed is asked about first [RE-3].

What was typed stands in the form's draft until the answer, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.call import Call
from bot.events import Place
from bot.forms import AGAIN
from bot.messages import Reply, Say
from bot.registry import Field, form
from bot.routing import command
from bot.values import Moment

SHOWN = 200


async def _fields(call: Call, state: Any) -> Sequence[Field]:
    line = " ".join(state.values.get("line", "").split())
    at = state.values.get("at")
    asked = Moment(datetime.fromisoformat(at) if at else state.touched)
    return [Field("again", "yesno", values={"line": line[:SHOWN], "at": asked})]


@form(AGAIN, fields=_fields, once=True)
async def answered(
    call: Call, values: Mapping[str, str], place: str, thread: str, message: str
) -> Reply:
    """Runs the command as it was typed, where it was typed; or lets it be."""
    if values["again"] != "yes":
        return Say("again-dropped")
    # The answer may be late as well: it is an answer all the same.
    call.late = False
    call.place, call.thread = Place.of(place), thread or None
    return await command(call, values.get("line", ""))
