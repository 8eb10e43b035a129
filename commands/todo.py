"""What waits for the animators, on one page [AT-7]; `commands.bundle` tells it once a day.

Features say what waits by filling the page `todo` with `Item`s. Nothing is kept of them here: an
item is known by its button, and is gone when its feature no longer names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from bot.call import Call
from bot.messages import Button, Line, Reply, Say
from bot.people import Role
from bot.registry import Item, button, command, section
from bot.values import Key, Value
from bot.when import instant_of, local_day, next_opening, working_time
from storage import people
from storage.paces import calendar_of

MORNING = "morning"
"""The merge key of what the team reads in the morning: one message a day."""
SHOWN = 5
ON_PAGE = 8
"""Things that the person's own page shows, each with its button."""
OLD, AGAIN = 3, 5
"""After so many working days a thing is told again, and then once every so many."""


@command("todo", "animer", "ce-qui-attend", who=Role.ANIMATOR, help="animator", shows=True)
async def todo(call: Call) -> Reply:
    """Everything that waits, oldest first."""
    return await waitinglisted(call)


@button("waiting_list", who=Role.ANIMATOR, shows=True)
async def waitinglisted(call: Call) -> Reply:
    """The same, from the home."""
    return await page(call, 0)


@button("todo.rest", who=Role.ANIMATOR, shows=True)
async def rest(call: Call, start: int) -> Reply:
    """The next five."""
    return await page(call, start)


@button("todo.later", who=Role.ANIMATOR)
async def later(call: Call, *item: str | int) -> Reply:
    """Puts one thing off until the next working day, for this person alone."""
    items, _ = await _mine(call)
    if not item and len(items) != 1:
        return _which(items) if items else Say("guide-waiting-list-zero")
    key = ":".join(map(str, item)) or items[0].button.key
    chosen = next((each for each in items if each.button.key == key), None)
    if chosen is None:
        return Say("todo-gone", buttons=(_list_button(),))
    until = next_day(call)
    await _put_off(call, key, until)
    return Say("todo-later", {"what": Key(chosen.line.key, chosen.line.values)})


@section("home", order=20, who=Role.ANIMATOR)
async def on_page(call: Call) -> Sequence[Say]:
    """What waits, each thing with its button."""
    items, hidden = await _mine(call)
    back = (Line("todo-hidden", {"n": hidden}),) if hidden else ()
    if not items:
        return (Say("todo-page-nothing", lines=back),)
    title = Say("todo-page", {"n": len(items)}, lines=back, buttons=(_list_button(),))
    shown = [Say(i.line.key, i.line.values, buttons=(i.button,)) for i in items[:ON_PAGE]]
    left = len(items) - len(shown)
    if left <= 0:
        return (title, *shown)
    rest_ = Button("todo.rest", (ON_PAGE,), values={"n": left})
    return (title, *shown, Say("todo-others", {"n": left}, buttons=(rest_,)))


async def waiting(call: Call, role: Role) -> list[Item]:
    """All that waits for this role in the community, oldest first."""
    found: list[Item] = []
    for part in call.registry.page("todo", role):
        found += await part.handler(call)
    return sorted(found, key=lambda item: (item.since, item.button.key))


def waited(call: Call, since: datetime) -> int:
    """For how many whole working days something has waited."""
    calendar = calendar_of(call.here)
    return int(working_time(since, call.now, calendar=calendar) / calendar.hours.length)


def visible(items: Iterable[Item], put_off: Mapping[str, datetime], now: datetime) -> list[Item]:
    """The items without those that somebody put off until later than now."""
    return [item for item in items if put_off.get(item.button.key, now) <= now]


def worth_telling(
    waits: Iterable[tuple[str, int]], *, told: Iterable[str], returned: Iterable[str]
) -> bool:
    """Whether a bundle is due, given what waits and for how many working days.

    Something new, something put off until now, or something told long ago: the third working day,
    and then once a week. A thing that must wait for somebody else is no reason to write every day.
    """
    known = set(told) - set(returned)
    return any(
        key not in known or (days >= OLD and (days - OLD) % AGAIN == 0) for key, days in waits
    )


async def page(call: Call, start: int) -> Say:
    """The list that somebody asked for."""
    items, hidden = await _mine(call)
    back = (Line("todo-hidden", {"n": hidden}),) if hidden else ()
    if not items:
        return Say("guide-waiting-list-zero", lines=back, buttons=(Button("home"),))
    title = "guide-waiting-list-one" if len(items) == 1 else "guide-waiting-list"
    return listed(call, items, start if start < len(items) else 0, title=title, under=back)


def listed(
    call: Call,
    items: Sequence[Item],
    start: int,
    *,
    title: str,
    under: tuple[Line, ...] = (),
    most: int = SHOWN,
) -> Say:
    """So many items from `start` on, each with its number and its button."""
    shown = list(enumerate(items[start : start + most], start + 1))
    left = len(items) - start - len(shown)
    lines = [_line(number, item) for number, item in shown]
    buttons = [_numbered(number, item.button) for number, item in shown]
    if left:
        lines.append(Line("todo-others", {"n": left}))
        buttons.append(Button("todo.rest", (start + most,), values={"n": left}))
    buttons.append(Button("todo.later", label="guide-waiting-list-button-later"))
    for action in ("see_month", "coach"):
        if call.registry.has(action):
            label = f"guide-waiting-list-button-{action.replace('_', '-')}"
            buttons.append(Button(action, label=label))
    return Say(
        title, {"n": len(items)}, lines=(*lines, *under), buttons=tuple(buttons), kind="todo"
    )


def _which(items: Sequence[Item]) -> Say:
    shown = list(enumerate(items[:SHOWN], 1))
    return Say(
        "todo-which",
        lines=tuple(_line(number, item) for number, item in shown),
        buttons=tuple(
            Button("todo.later", (item.button.key,), label="todo-number", values={"n": number})
            for number, item in shown
        ),
    )


def _line(number: int, item: Item) -> Line:
    return Line("todo-line", {"n": number, "what": Key(item.line.key, item.line.values)})


def _numbered(number: int, wanted: Button) -> Button:
    """The item's own button under the number of its line: labels alone may be the same twice."""
    label: Value = wanted.text or Key(wanted.label_key, wanted.values)
    values = {"n": number, "label": label}
    return Button(wanted.action, wanted.args, label="todo-numbered", values=values)


def _list_button() -> Button:
    return Button("waiting_list", label="guide-home-button-waiting-list")


async def _mine(call: Call) -> tuple[list[Item], int]:
    every = await waiting(call, call.role)
    items = visible(every, await put_off_by(call, call.person_id), call.now)
    return items, len(every) - len(items)


async def put_off_by(call: Call, person_id: int) -> dict[str, datetime]:
    """What this person put off here, by its button, and until when."""
    row = await people.person(call.session, person_id)
    kept: dict[str, Any] = row.notes.get(_note(call), {}) if row else {}
    return {key: datetime.fromisoformat(until) for key, until in kept.items()}


async def _put_off(call: Call, key: str, until: datetime) -> None:
    row = await people.person(call.session, call.person_id)
    if row is not None:
        kept = {**row.notes.get(_note(call), {}), key: until.isoformat()}
        row.notes = {**row.notes, _note(call): kept}


async def forget(call: Call, person_id: int, keys: Sequence[str]) -> None:
    """What was put off is no longer."""
    row = await people.person(call.session, person_id) if keys else None
    if row is not None:
        kept = {k: v for k, v in row.notes[_note(call)].items() if k not in keys}
        row.notes = {**row.notes, _note(call): kept}


def _note(call: Call) -> str:
    return f"later:{call.here.id}"


def next_day(call: Call) -> datetime:
    """The opening of the next working day."""
    calendar = calendar_of(call.here)
    tomorrow = local_day(call.now, calendar.zone) + timedelta(days=1)
    return next_opening(instant_of(tomorrow, time(), zone=calendar.zone), calendar)
