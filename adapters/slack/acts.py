"""What people do with the bot's own things: its command, buttons, shortcuts and forms.

Slack sends each of these once, with a trigger that opens a form while it is fresh. Nothing here
raises, whatever the JSON. Source of the fields: Slack's page "Interaction payloads".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from adapters.slack.places import (
    Ours,
    account,
    by_program,
    channel,
    for_us,
    is_person,
    is_private,
    place,
)
from adapters.slack.raw import identifier, items, mapping, stamp, string
from adapters.slack.words import NameOf, plain, unknown
from bot.events import FormClosed, FormFilled, Picked, Pressed, Said
from bot.markup import clean_name

UNTITLED = ("directmessage", "privategroup", "mpdm-")
"""What a slash command says in the place of a name where it tells none."""


def commanded(
    body: Mapping[str, Any], ours: Ours, *, now: datetime, name_of: NameOf = unknown
) -> Said | None:
    """A slash command: words for the bot, said nowhere: they leave no message."""
    user, where = identifier(body.get("user_id")), identifier(body.get("channel_id"))
    number = string(body.get("trigger_id"))
    if not number or not where or not is_person(user, ours) or not for_us(body, ours):
        return None
    called = string(body.get("channel_name"))
    return Said(
        id=number,
        at=now,
        place=place(where, user),
        by=account(user),
        name=_name(user, body.get("user_name"), name_of),
        text=plain(string(body.get("text")), name_of).strip(),
        message="",
        addressed=True,
        title="" if is_private(where) or called.startswith(UNTITLED) else called[:255],
        trigger=number,
    )


def pressed(
    body: Mapping[str, Any], ours: Ours, *, now: datetime, name_of: NameOf = unknown
) -> Pressed | None:
    """A button, or a choice in a menu, of a message or of the bot's own page.

    None for a link, which does its work without us: it has no value.
    """
    common = _acted(body, ours, now, name_of)
    if common is None or body.get("type") != "block_actions":
        return None
    common["action"] = next(filter(None, map(_value, items(body.get("actions")))), "")
    if not common["action"]:
        return None
    container, by = mapping(body.get("container")), common["by"]
    if mapping(body.get("view")).get("type") == "home":
        return Pressed(**common, place=by.dm, message="", home=True)
    message = mapping(body.get("message"))
    where = identifier(container.get("channel_id")) or identifier(
        mapping(body.get("channel")).get("id")
    )
    # What one person alone sees has no message in the payload, only a container.
    number = stamp(container.get("message_ts")) or stamp(message.get("ts"))
    if not where or not number or container.get("type") == "view":
        return None
    return Pressed(**common, place=place(where, by.id), message=number, token=_token(message))


def picked(
    body: Mapping[str, Any], ours: Ours, *, now: datetime, name_of: NameOf = unknown
) -> Picked | None:
    """A shortcut in the menu of a message, whoever wrote that; `callback_id` is its button."""
    common, action = _acted(body, ours, now, name_of), string(body.get("callback_id"))
    message = mapping(body.get("message"))
    number = stamp(message.get("ts")) or stamp(body.get("message_ts"))
    where = identifier(mapping(body.get("channel")).get("id"))
    if common is None or not action or not number or not where:
        return None
    if body.get("type") != "message_action":
        return None
    author, root = identifier(message.get("user")), stamp(message.get("thread_ts"))
    person = is_person(author, ours) and not by_program(message)
    # In a conversation of two with us nobody else writes: any other is none of ours.
    among_others = person and author != common["by"].id
    return Picked(
        **common,
        place=channel(where) if among_others else place(where, common["by"].id),
        message=number,
        action=action,
        text=plain(string(message.get("text")), name_of),
        author=account(author) if person else None,
        thread=root if root and root != number else None,
    )


def filled(
    body: Mapping[str, Any], ours: Ours, *, now: datetime, name_of: NameOf = unknown
) -> FormFilled | None:
    """A modal form that was sent. Sent again after it was mended it has another hash."""
    common, view = _acted(body, ours, now, name_of, needs_trigger=False), mapping(body.get("view"))
    form, number, mark = _form(view), string(view.get("id")), string(view.get("hash"))
    if common is None or form is None or not number or body.get("type") != "view_submission":
        return None
    common |= {"id": f"{number}:{mark}", "place": common["by"].dm}
    return FormFilled(**common, form=form, values=values(mapping(view.get("state"))))


def closed(
    body: Mapping[str, Any], ours: Ours, *, now: datetime, name_of: NameOf = unknown
) -> FormClosed | None:
    """A modal form that was closed without being sent."""
    common, view = _acted(body, ours, now, name_of, needs_trigger=False), mapping(body.get("view"))
    form, number = _form(view), string(view.get("id"))
    if common is None or form is None or not number or body.get("type") != "view_closed":
        return None
    del common["trigger"]
    common |= {"id": f"{number}:closed", "place": common["by"].dm}
    return FormClosed(**common, form=form)


def values(state: Mapping[str, Any]) -> dict[str, str]:
    """What was typed and chosen, by the `block_id` of each field; of several choices with commas.

    `state` is that of a view: `values`, then the id of the block, then that of its element.
    """
    return {
        name: next((_typed(mapping(each)) for each in mapping(elements).values()), "")
        for name, elements in mapping(state.get("values")).items()
    }


def _acted(
    body: Mapping[str, Any],
    ours: Ours,
    now: datetime,
    name_of: NameOf,
    *,
    needs_trigger: bool = True,
) -> dict[str, Any] | None:
    who, trigger = mapping(body.get("user")), string(body.get("trigger_id"))
    user = identifier(who.get("id"))
    if not is_person(user, ours) or not for_us(body, ours) or (needs_trigger and not trigger):
        return None
    name = _name(user, who.get("name") or who.get("username"), name_of)
    return {"id": trigger, "at": now, "by": account(user), "name": name, "trigger": trigger}


def _value(action: object) -> str:
    found = mapping(action)
    return string(found.get("value")) or string(mapping(found.get("selected_option")).get("value"))


def _token(message: Mapping[str, Any]) -> str:
    """That of the parcel: the first block of its message is called so, of a further one `…-1`."""
    first = next(iter(items(message.get("blocks"))), None)
    return string(mapping(first).get("block_id")).partition("-")[0]


def _typed(element: Mapping[str, Any]) -> str:
    options = items(element.get("selected_options"))
    if options:
        return ",".join(filter(None, (string(mapping(each).get("value")) for each in options)))
    return _value(element)


def _form(view: Mapping[str, Any]) -> int | None:
    number = string(view.get("private_metadata"))
    return int(number) if number.isascii() and number.isdigit() and len(number) < 15 else None


def _name(user: str, handle: object, name_of: NameOf) -> str:
    return clean_name(name_of(user)) or clean_name(string(handle)) or ""
