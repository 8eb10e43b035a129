"""A message in its two other shapes: as a platform is given it, and as JSON in an intent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot import values
from bot.messages import Button, Intend, Line, Say
from bot.texts import Texts, Voice


def body_of(texts: Texts, say: Say, voice: Voice) -> dict[str, Any]:
    """A message without files, as the platform is given it."""
    parts = [texts.render(say.key, say.values, voice)]
    parts += [texts.render(line.key, line.values, voice) for line in say.lines]
    return {
        "text": "\n".join(part for part in parts if part),
        "buttons": labelled(texts, say.buttons, voice),
        "kind": say.kind,
        "started_by": say.started_by,
        "files": [],
        "form": dict(say.form) if say.form else None,
    }


def labelled(texts: Texts, buttons: Sequence[Button], voice: Voice) -> list[dict[str, Any]]:
    """Buttons as the platform is given them: label, action, emoji."""
    shown = []
    for button in buttons:
        label = button.text or texts.label(button.label_key, button.values, voice)
        entry = {"label": label, "action": button.key}
        if button.emoji:
            entry["emoji"] = button.emoji
        if button.label or button.text or button.values:
            # What a receipt knows of the label: a text, or that it was said of somebody or once.
            own = button.text is None and not button.values
            entry["key"] = button.label_key if own else ""
        shown.append(entry)
    return shown


def acts(buttons: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What a receipt keeps of buttons: what they do. A label may name somebody, its key none."""
    return [{name: each for name, each in one.items() if name != "label"} for one in buttons]


def pack(say: Say) -> dict[str, Any]:
    """A Say as JSON, for an intent: everything but its audience, which the intent holds."""
    return {
        "key": say.key,
        "values": values.encode(say.values),
        "lines": [[line.key, values.encode(line.values)] for line in say.lines],
        "buttons": [
            [b.action, list(b.args), b.label, values.encode(b.values), b.text, b.emoji]
            for b in say.buttons
        ],
        "kind": say.kind,
        "name": say.name,
        "subject": say.subject,
        "started_by": say.started_by,
    }


def pack_wish(wish: Intend) -> dict[str, Any]:
    """What an intent keeps: its Say, and who writes the message when it leaves."""
    packed = pack(wish.say)
    return packed | {"compose": [wish.compose, *wish.args]} if wish.compose else packed


def unpack(packed: Mapping[str, Any]) -> Say:
    """The Say that was packed, with the default audience."""
    return Say(
        packed["key"],
        values.decode(packed["values"]),
        lines=tuple(Line(key, values.decode(each)) for key, each in packed["lines"]),
        buttons=tuple(
            Button(
                action, tuple(args), label=label, values=values.decode(each), text=text, emoji=emoji
            )
            for action, args, label, each, text, emoji in packed["buttons"]
        ),
        kind=packed["kind"],
        name=packed["name"],
        subject=packed["subject"],
        started_by=packed["started_by"],
    )
