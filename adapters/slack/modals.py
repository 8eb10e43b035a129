"""A form as a window: all its questions at once, errors beside the field.

Limits: docs.slack.dev, « Views », « Input block », « Block elements ». A field's `block_id` is its
name; `acts.values` reads what was answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.slack.parts import Room, parts
from adapters.slack.rich import Block, blocks, clipped, line, pieces, sound, units
from bot.messages import Parcel

CALLBACK = "form"
TITLE, LABEL, HINT, FAULT = 24, 2_000, 2_000, 2_000
BLOCKS = 100
LONGEST = 3_000
ONE_LINE = 200
"""Letters up to which an answer is typed on one line."""
FEW, TICKED, MENU, GROUPS = 6, 10, 100, 100
"""Options that stand open under each other; that may be ticked; of one menu; its groups."""
_OPTION, _VALUE, _GROUP = 75, 150, 75

Field = Mapping[str, Any]


def view(parcel: Parcel) -> Block:
    """The window of a `form` parcel, with what was answered before."""
    modal = parcel.body["modal"]
    inputs = [_input(field) for field in modal["fields"]][:BLOCKS]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": str(modal["id"]),
        "title": _plain(modal["title"], TITLE),
        "submit": _plain(modal["send"], TITLE),
        "close": _plain(modal["close"], TITLE),
        "notify_on_close": True,
        "blocks": [*_intro(str(modal.get("intro") or ""), BLOCKS - len(inputs)), *inputs],
    }


def errors(faults: Mapping[str, str], view: Mapping[str, Any]) -> dict[str, str]:
    """What is to be mended, by the block of its field; what concerns no field, at the first one."""
    fields = [block["block_id"] for block in view["blocks"] if block.get("type") == "input"]
    found: dict[str, str] = {}
    for name, text in faults.items():
        block = name if name in fields else fields[0] if fields else name
        found[block] = "\n".join(filter(None, (found.get(block), sound(text).strip())))
    return {block: clipped(text, FAULT) or "…" for block, text in found.items()}


def _intro(text: str, room: int) -> list[Block]:
    first, *rest = parts(pieces(text), Room(blocks=max(room - 1, 1)))
    shown = blocks([*first, *(pieces("…") if rest else [])])
    return shown[:room]


def _input(field: Field) -> Block:
    label, hint = _asked(field)
    shown: Block = {
        "type": "input",
        "block_id": field["name"],
        "label": _plain(label, LABEL),
        "element": {**_element(field), "action_id": field["name"]},
        # A box may stay empty: that is its other answer.
        "optional": field["kind"] == "box" or not field.get("required"),
    }
    return {**shown, "hint": _plain(hint, HINT)} if hint else shown


def _asked(field: Field) -> tuple[str, str]:
    """The question, and what explains it: the lines below the first, and what is quoted above it.

    What is quoted is told without the mark of a quotation, and not at all where it stands in
    the field already, alone or behind a word (« Actuellement : »).
    """
    lines = sound(str(field["label"])).strip().split("\n")
    first = next((each for each in lines if each and not each.startswith(">")), lines[0])
    below = [each for each in lines if each is not first]
    said = (each.removeprefix("> ").removeprefix(">") for each in below)
    stands = re.compile(rf"(?:\w+\s?: )?{re.escape(sound(str(field.get('value') or '')))}")
    rest = " ".join(each for each in said if not stands.fullmatch(each))
    return first, " ".join(filter(None, (line(rest), line(str(field.get("hint") or "")))))


def _element(field: Field) -> Block:
    match field["kind"]:
        case "box":
            return _box(field)
        case "text":
            return _text(field)
        case _ if not _options(field):
            return _text(field)
        case "choices":
            return _several(field)
        case "yesno":
            return _one(field, few=MENU)
        case _:
            # Of buttons in a row none can be taken back, so they are for what must be answered.
            return _one(field, few=FEW if field.get("required") else 0)


def _text(field: Field) -> Block:
    value = _cut(sound(str(field.get("value") or "")), LONGEST)
    # What was typed stands there whole, also when it has to be shortened.
    longest = min(max(int(field.get("longest") or LONGEST), units(value)), LONGEST)
    element: Block = {
        "type": "plain_text_input",
        "multiline": longest > ONE_LINE or "\n" in value,
        "max_length": longest,
    }
    return {**element, "initial_value": value} if value else element


def _one(field: Field, few: int) -> Block:
    options = _options(field)
    if len(options) <= min(few, TICKED):
        element: Block = {"type": "radio_buttons", "options": options}
    else:
        element = {"type": "static_select", **_menu(options)}
    chosen = [option for option in options if option["value"] == field.get("value")]
    return {**element, "initial_option": chosen[0]} if chosen else element


def _several(field: Field) -> Block:
    options = _options(field)
    if len(options) <= TICKED:
        element: Block = {"type": "checkboxes", "options": options}
    else:
        element = {"type": "multi_static_select", **_menu(options)}
    before = str(field.get("value") or "").split(",")
    chosen = [option for option in options if option["value"] in before]
    return {**element, "initial_options": chosen} if chosen else element


def _box(field: Field) -> Block:
    options = (_options(field) or [_option("yes", str(field["label"]))])[:1]
    options = [{**options[0], "value": "yes"}]
    element: Block = {"type": "checkboxes", "options": options}
    return {**element, "initial_options": options} if field.get("value") else element


def _menu(options: Sequence[Block]) -> Block:
    """The options of a menu; more than a hundred in groups, which are named by their ends."""
    if len(options) <= MENU:
        return {"options": options}
    groups = [options[at : at + MENU] for at in range(0, len(options), MENU)][:GROUPS]
    return {"option_groups": [{"label": _ends(group), "options": group} for group in groups]}


def _ends(group: Sequence[Block]) -> Block:
    first, last = (clipped(group[at]["text"]["text"], _GROUP // 2 - 2) for at in (0, -1))
    return _plain(f"{first} – {last}", _GROUP)


def _options(field: Field) -> list[Block]:
    """A value too long for Slack cannot be chosen there; none of ours is."""
    found = (_pair(option) for option in field.get("options") or ())
    return [_option(value, label) for value, label in found if 0 < units(value) <= _VALUE]


def _pair(option: Any) -> tuple[str, str]:
    if isinstance(option, Mapping):
        return str(option["value"]), str(option["label"])
    value, label = option
    return str(value), str(label)


def _option(value: str, label: str) -> Block:
    return {"text": _plain(label, _OPTION), "value": value}


def _plain(text: object, most: int) -> Block:
    shown = clipped(line(str(text)), most) or "…"
    # Without `emoji`, colons that somebody typed stay colons.
    return {"type": "plain_text", "text": shown, "emoji": False}


def _cut(text: str, most: int) -> str:
    text = text[:most]
    while units(text) > most:
        text = text[:-1]
    return text
