"""The settings of a community, read by everybody and changed by a coordinator [CO-1].

Opening the door of a closed community takes two people within seven days (f.1.5): the wish is a
line of the journal, and the second person presses the button of the animators' card.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.call import Call
from bot.errors import Complaint
from bot.markup import cut
from bot.messages import Button, Edit, EndButtons, Line, Reply, Say, ToAnimators
from bot.parsing import nearest, words
from bot.people import Role
from bot.permissions import require
from bot.registry import Arg, button, command, timer
from bot.values import Key, Names, Value
from commands.charter import allowing
from commands.settings import table
from commands.settings.reading import read
from commands.settings.table import Setting
from storage import communities, journal, spaces

TWO_AGREE = timedelta(days=7)
_DEFAULT = ("default", "defaut", "par defaut", "by default")


@command(
    "settings",
    "reglages",
    who=Role.MEMBER,
    args=(Arg("key", optional=True), Arg("value", "text", optional=True)),
)
async def settings(call: Call, key: str | None = None, value: str | None = None) -> Reply:
    """Every setting; one of them; or a new value for it."""
    if key is None:
        return await show(call)
    setting = _find(call, key)
    if value is None:
        return await _one(call, setting)
    require(call.standing, call.registry.buttons["settings.reset"])
    if words(value) in [words(each) for each in _DEFAULT]:
        return await reset(call, setting.name)
    return await change(call, setting, read(setting, value))


@button("settings.show", who=Role.MEMBER, shows=True)
async def show(call: Call) -> Reply:
    """Every setting with its value, its kind, and where the value comes from."""
    filed, chosen = await communities.chosen(call.session, call.here.id)
    lines: list[Line] = []
    for group in table.GROUPS:
        lines.append(Line(f"settings-group-{group}"))
        lines += [_line(s, filed, chosen) for s in table.SETTINGS if s.group == group]
    return Say(
        "settings-title",
        {"community": call.here.name},
        lines=(*lines, Line("settings-how", {"prefix": call.prefix})),
    )


@button("settings.reset", who=Role.COORDINATOR)
async def reset(call: Call, name: str) -> Reply:
    """Gives a setting back to the file."""
    setting = table.by_name(name)
    filed, _ = await communities.chosen(call.session, call.here.id)
    value, _ = table.current(setting, filed, {})
    return await change(call, setting, value, forget=True)


async def change(call: Call, setting: Setting, value: Any, *, forget: bool = False) -> Reply:
    """Keeps a new value, with its line in the journal; or asks for the second person's yes."""
    filed, chosen = await communities.chosen(call.session, call.here.id)
    before, source = table.current(setting, filed, chosen)
    if value == before and not (forget and source == "chat"):
        return Say("settings-same", _told(setting, value))
    if setting.two and value == "open" and before != "open":
        return await _ask_second(call, setting)
    await keep(call, setting, value, forget=forget)
    undo = (Button("settings.reset", (setting.name,)),) if not forget and source != "chat" else ()
    told = {**_told(setting, value), "before": table.shown(setting, before)}
    changed = Say("settings-changed", told, buttons=undo)
    if setting.name in table.ALLOWED:
        return [changed, await allowing.switched(call, setting.name, on=bool(value))]
    return changed


async def keep(call: Call, setting: Setting, value: Any, *, forget: bool = False) -> None:
    """Writes a value and its journal line, and what follows from it at once."""
    filed, chosen = await communities.chosen(call.session, call.here.id)
    before, _ = table.current(setting, filed, chosen)
    await communities.choose(call.session, call.here.id, {setting.at: None if forget else value})
    await communities.note(
        call.session,
        call.here.id,
        "setting",
        at=call.now,
        by=call.account_id,
        before=_plain(setting, before),
        after=_plain(setting, value),
    )
    for part in call.registry.page("setting", Role.COORDINATOR):
        await part.handler(call, setting)
    if setting.name == "join" and value == "closed":
        rows = await spaces.every(call.session, call.here.id)
        for number in [row.id for row in rows if row.public and row.id is not None]:
            await spaces.stop(call.session, number, "public", call.now)


@button("settings.join_yes", who=Role.ANIMATOR)
async def join_yes(call: Call) -> Reply:
    """The second person agrees that the community opens its door."""
    wish = await journal.newest(
        call.session, call.here.id, "join-open-asked", since=call.now - TWO_AGREE
    )
    if wish is None:
        raise Complaint("settings-join-late")
    if wish.account_id == call.account_id:
        raise Complaint("settings-join-same")
    if call.here.join == "open":
        raise Complaint("settings-same", _told(table.by_name("join"), "open"))
    await keep(call, table.by_name("join"), "open")
    await call.tx.timers.clear("settings.join-late", str(call.here.id))
    values = {"who": call.who.name, "community": call.here.name}
    return [
        Edit(_card(call), "settings-join-done", values),
        Say("settings-join-done", values),
    ]


@timer("settings.join-late")
async def join_late(call: Call) -> Reply:
    """Seven days went by without a second yes: nothing changed."""
    return EndButtons(_card(call))


async def _ask_second(call: Call, setting: Setting) -> Reply:
    others = await call.tx.people.holders(call.here.id, Role.ANIMATOR)
    if not [each for each in others if each != call.person_id]:
        raise Complaint("settings-join-alone")
    await communities.note(
        call.session, call.here.id, "join-open-asked", at=call.now, by=call.account_id
    )
    await call.tx.timers.set(
        "settings.join-late",
        str(call.here.id),
        due=call.now + TWO_AGREE,
        community=call.here.id,
    )
    values = {"who": call.who.name, "community": call.here.name}
    return [
        Say("settings-join-asked"),
        Say(
            "settings-join-card",
            values,
            to=ToAnimators(),
            buttons=(Button("settings.join_yes"),),
            kind="alert",
            name=_card(call),
        ),
    ]


async def _one(call: Call, setting: Setting) -> Reply:
    filed, chosen = await communities.chosen(call.session, call.here.id)
    _, source = table.current(setting, filed, chosen)
    who = Key("settings-who-two" if setting.two else "settings-who-one")
    lines = [Line("settings-who", {"who": who})]
    if setting.choices:
        values = [table.choice_key(each) for each in setting.choices]
        lines.append(Line("settings-choices", {"choices": table.either(values)}))
    lines.append(Line("settings-example", {"prefix": call.prefix, "name": setting.name}))
    may_reset = source == "chat" and call.role >= Role.COORDINATOR
    return Say(
        "settings-one",
        lines=(_line(setting, filed, chosen), *lines),
        buttons=(Button("settings.reset", (setting.name,)),) if may_reset else (),
    )


def _find(call: Call, typed: str) -> Setting:
    own = call.voice(call.actor)

    def label(key: str) -> tuple[str, ...]:
        spoken = [replace(own, language=each) for each in call.texts.languages()]
        return tuple(call.texts.label(key, {}, voice) for voice in spoken)

    found = table.find(typed, label)
    if found is None:
        near = nearest(typed, [name for s in table.SETTINGS for name in (s.name, *label(s.key))])
        if near:
            raise Complaint(
                "settings-unknown-near", {"key": cut(typed), "near": Names(tuple(near), "or")}
            )
        raise Complaint("settings-unknown", {"key": cut(typed)})
    return found


def _line(setting: Setting, filed: dict[str, Any], chosen: dict[str, Any]) -> Line:
    value, source = table.current(setting, filed, chosen)
    shown: Value = table.shown(setting, value)
    if setting.group == "words" and not value:
        shown = Key(f"word-{setting.name.partition('.')[2]}")
    return Line(
        "settings-line",
        {
            "label": Key(setting.key),
            "name": setting.name,
            "value": shown,
            "kind": Key(f"settings-kind-{setting.kind}"),
            "default": _default(setting),
            "source": Key(f"settings-source-{source}"),
        },
    )


def _default(setting: Setting) -> Value:
    if setting.group == "words":
        return Key(f"word-{setting.name.partition('.')[2]}")
    return table.shown(setting, setting.default)


def _told(setting: Setting, value: Any) -> dict[str, Value]:
    return {"label": Key(setting.key), "value": table.shown(setting, value)}


def _plain(setting: Setting, value: Any) -> str:
    """A value in the journal, as the configuration would write it; who a contact is, stays out."""
    if setting.name.startswith("contacts."):
        return setting.name
    if isinstance(value, dict):
        value = f"{value['from']}-{value['to']}"
    elif isinstance(value, list):
        value = ", ".join(value)
    elif isinstance(value, bool):
        value = "on" if value else "off"
    return f"{setting.name} = {'' if value is None else value}"


def _card(call: Call) -> str:
    return f"join-open:{call.here.id}"
