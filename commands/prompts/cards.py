"""How a turn of the rhythm is shown to the animators: one card, in each of its states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.call import Call
from bot.errors import Complaint
from bot.messages import Button, Edit, Line, Say
from bot.values import Day, Key, Moment, TimeOfDay, Value
from bot.when import local_day
from commands.prompts import coming, service, wording
from commands.prompts.rules import Entry
from storage import admission, rhythms
from storage.rhythms import TurnRow

BEFORE = ("previewed", "approved")
LATER = ("waiting", "lively", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card holds."""

    key: str
    values: Mapping[str, Value]
    lines: tuple[Line, ...] = ()
    buttons: tuple[Button, ...] = ()


def name(turn: TurnRow) -> str:
    """The receipt name of the cards of a turn, and the subject of what it means to say."""
    return f"turn:{turn.id}"


async def say(call: Call, turn: TurnRow) -> Say:
    """The card, for the person who asked or, with another `to`, for the team."""
    card = await _card(call, turn)
    return Say(
        card.key,
        card.values,
        lines=card.lines,
        buttons=card.buttons,
        kind="preview",
        name=name(turn),
    )


async def edit(call: Call, turn_id: int) -> Edit:
    """The same card wherever it stands, as the turn is now."""
    turn = await get(call, turn_id)
    card = await _card(call, turn)
    return Edit(
        name(turn), card.key, card.values, lines=card.lines, buttons=card.buttons, kind="preview"
    )


async def get(call: Call, turn_id: int) -> TurnRow:
    """A turn of this community. Raises the Complaint of a button that acts no more."""
    turn = await rhythms.turn(call.session, call.here.id, turn_id)
    if turn is None:
        raise Complaint("answers-expired-button", {"state": ""})
    return turn


async def entry_of(call: Call, turn: TurnRow) -> Entry | None:
    """The prompt of a turn, or None while it has none."""
    if turn.code is None:
        return None
    return next((each for each in await service.bank(call) if each.code == turn.code), None)


async def taken(call: Call, turn: TurnRow) -> Complaint:
    """What the second one reads: who was first, when, and what was decided [RE-5]."""
    state = Key(f"rhythm-state-{turn.state}", await when(call, turn))
    who = await admission.name_of(call.session, call.here.id, turn.by)
    at = turn.since.astimezone(call.here.zone)
    today = local_day(call.now, call.here.zone)
    if not who or turn.by == call.who.account_id or local_day(turn.since, call.here.zone) != today:
        return Complaint("answers-expired-button", {"state": state})
    values = {"name": who, "time": TimeOfDay(at.time()), "state": state}
    return Complaint("answers-expired-button-someone-first", values)


async def when(call: Call, turn: TurnRow) -> dict[str, Value]:
    """When a turn is expected to leave, or was."""
    moment = await _leaves(call, turn)
    return {"when": Moment(moment), "day": Day(local_day(moment, call.here.zone))}


async def _card(call: Call, turn: TurnRow) -> Card:
    entry = await entry_of(call, turn)
    values: dict[str, Value] = {
        **await when(call, turn),
        "title": wording.heading(entry) if entry else None,
        "question": entry.question if entry else None,
        "code": turn.code,
        "name": await admission.name_of(call.session, call.here.id, turn.by),
        "why": Key(turn.why) if turn.why else None,
    }
    lines: tuple[Line, ...] = ()
    if turn.state == "previewed":
        silence = "wait" if await coming.launching(call, turn.at) else "leave"
        lines = (Line(f"rhythm-silence-{silence}", values),)
    return Card(key=f"rhythm-card-{turn.state}", values=values, lines=lines, buttons=_buttons(turn))


def _buttons(turn: TurnRow) -> tuple[Button, ...]:
    number = turn.id or 0
    approve = Button("prompt.approve", (number, turn.code or ""))
    publish = Button("prompt.publish", (number, turn.code or ""))
    replace = Button("prompt.replace", (number, turn.code or ""))
    skip = Button("prompt.skip", (number,))
    match turn.state:
        case "held" if turn.code is None:
            return (Button("prompt.replace", (number,), label="button-prompt-draw-turn"), skip)
        case "previewed":
            return (approve, replace, skip)
        case "approved":
            return (replace, skip)
        case "waiting" | "held":
            return (publish, replace, skip)
        case "lively":
            anyway = Button("prompt.publish", publish.args, label="button-prompt-publish-anyway")
            return (anyway, skip)
        case _:
            return ()


async def _leaves(call: Call, turn: TurnRow) -> datetime:
    if turn.state not in BEFORE or turn.at <= call.now:
        return turn.at
    found = await coming.fate(call, turn.at)
    return found.leaves or turn.at
