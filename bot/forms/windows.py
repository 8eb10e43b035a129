"""A modal form: what stands in its window, and what is said where none can be opened.

It takes no turn in the private conversation: what is typed there is no answer to it. The limits are
those of Slack's views (https://docs.slack.dev/reference/views), the only windows there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot import markup, values
from bot.call import Call
from bot.forms.answers import in_window
from bot.forms.sheet import Sheet, choices, is_visitor, key_of
from bot.markup import cut
from bot.messages import Button, Say
from bot.registry import Field
from bot.speaking import ScoreLine, Speaker
from bot.texts import Voice
from bot.values import Key

MOST_PARTS, MOST_OPTIONS = 100, 100
"""Blocks of a window, and options of one question."""
LONGEST_TITLE, LONGEST_LABEL, LONGEST_OPTION, LONGEST_TEXT = 24, 2000, 75, 3000


@dataclass(frozen=True, slots=True)
class Window:
    """A modal form that opens before the person who acts; `trigger` lets it, while it is fresh."""

    sheet: Sheet
    trigger: str


def trigger_of(call: Call) -> str:
    """What opens a window at this moment, or nothing."""
    fresh = call.able.modals and not call.late
    return str(getattr(call.event, "trigger", "")) if fresh else ""


def fits(sheet: Sheet) -> bool:
    """Whether a window serves: one choice alone is quicker by a button."""
    asked = in_window(sheet.fields)
    if not asked or (len(asked) == 1 and choices(asked[0]) and not asked[0].box):
        return False
    parts = 1 + sum(2 if field.box else 1 for field in asked)
    return parts <= MOST_PARTS and all(len(choices(field)) <= MOST_OPTIONS for field in asked)


async def post(speaker: Speaker, window: Window) -> None:
    """Writes the parcel that opens it; a form counts once in the score, with its questions."""
    call, sheet = speaker.call, window.sheet
    state, voice = sheet.state, speaker.call.voice(speaker.call.actor)
    late = Say(
        "forms-window-late",
        {"form": Key(sheet.form.title)},
        buttons=(Button("form.open", (state.id,), label="button-form-window"),),
        kind="form",
        name=f"form:{state.id}",
        community=state.community_id,
        kept=not sheet.form.traceless,
    )
    draft = speaker.draft(late, state.place, voice, keep=not is_visitor(call))
    opening = {"trigger": window.trigger, "modal": modal(call, sheet)}
    asked = [
        [key_of(state.form, field), values.encode(field.values)]
        for field in in_window(sheet.fields)
    ]
    line = ScoreLine(
        place=state.place.key,
        kind="form",
        key=sheet.form.title,
        values={"fields": asked},
        subject=None,
        buttons=tuple(button.key for button in late.buttons),
    )
    await speaker.post(replace(draft, operation="form", body={**draft.body, **opening}), line)


def modal(call: Call, sheet: Sheet) -> dict[str, Any]:
    """What stands in the window, in the language of who acts (see `bot.messages.Parcel`)."""
    texts, voice = call.texts, call.voice(call.actor)
    short = f"form-{sheet.form.name}-short"
    title = short if texts.has(short, voice.language) else sheet.form.title
    visible = sheet.form.visible
    return {
        "id": sheet.state.id,
        "title": cut(texts.label(title, {}, voice), LONGEST_TITLE),
        "send": texts.label("forms-window-send", {}, voice),
        "close": texts.label("forms-window-close", {}, voice),
        "intro": texts.render(visible, {}, voice) if visible else "",
        "fields": [
            part for field in in_window(sheet.fields) for part in _parts(call, sheet, field, voice)
        ],
    }


def _parts(call: Call, sheet: Sheet, field: Field, voice: Voice) -> Iterator[dict[str, Any]]:
    """A question, and the box that rides on it."""
    texts, state = call.texts, sheet.state
    key = key_of(state.form, field)
    # Where the words speak of the conversation (« passez »), or repeat what a window shows by
    # itself (« facultatif »), it has words of its own.
    own = key + "-window"
    shown = texts.render(own if texts.has(own, voice.language) else key, field.values, voice)
    # What it asks about may be gone, and a field without a label is refused.
    asked = markup.plain(shown) or texts.label(sheet.form.title, {}, voice)
    value = state.values.get(field.name, "")
    yield {
        "name": field.name,
        "kind": field.kind,
        "label": cut(asked, LONGEST_LABEL),
        "options": [
            {"value": each, "label": _label(call, field, each, label, voice)}
            for each, label in choices(field)
        ],
        "required": field.required,
        # What was typed and is too long stands there whole, to be shortened.
        "longest": min(max(field.longest, len(value)), LONGEST_TEXT),
        "value": value[:LONGEST_TEXT],
    }
    if field.box:
        label = texts.label(f"form-{state.form}-{field.box}-empty", {}, voice)
        yield {
            "name": field.box,
            "kind": "box",
            "label": label.removeprefix("☐").strip(),
            "options": [{"value": "yes", "label": texts.label("button-yes", {}, voice)}],
            "required": False,
            "longest": 0,
            "value": state.values.get(field.box, ""),
        }


def _label(call: Call, field: Field, value: str, label: str, voice: Voice) -> str:
    own = value in dict(field.labels)
    return cut(label if own else call.texts.label(label, {}, voice), LONGEST_OPTION)
