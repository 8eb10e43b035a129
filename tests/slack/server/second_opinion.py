"""What slackblocks says of a block: another reading of Slack's documents than ours.

Its parser stops at interactive elements, so they are built here by its constructors, whose
parameters have the names that Slack gives to the fields.
"""

from __future__ import annotations

from typing import Any

import slackblocks
from slackblocks.blocks import Block
from slackblocks.errors import InvalidUsageError

from tests.slack.server.state import Json

_ELEMENTS: dict[str, Any] = {
    "button": slackblocks.Button,
    "checkboxes": slackblocks.CheckboxGroup,
    "datepicker": slackblocks.DatePicker,
    "email_text_input": slackblocks.EmailInput,
    "multi_static_select": slackblocks.StaticMultiSelectMenu,
    "number_input": slackblocks.NumberInput,
    "overflow": slackblocks.OverflowMenu,
    "plain_text_input": slackblocks.PlainTextInput,
    "radio_buttons": slackblocks.RadioButtonGroup,
    "static_select": slackblocks.StaticSelectMenu,
    "timepicker": slackblocks.TimePicker,
    "url_text_input": slackblocks.URLInput,
    "users_select": slackblocks.UserSelectMenu,
}
_BLOCKS: dict[str, Any] = {
    "actions": slackblocks.ActionsBlock,
    "input": slackblocks.InputBlock,
    "section": slackblocks.SectionBlock,
}


def opinion(block: Json) -> list[str]:
    """Why slackblocks would refuse this block; nothing of one that it cannot read."""
    try:
        _read(block)
    except NotImplementedError:
        return []
    except InvalidUsageError as refused:
        return [f"slackblocks: {refused}"]
    return []


def _read(block: Json) -> Any:
    made = _BLOCKS.get(block["type"])
    return Block.from_dict(block) if made is None else made(**_fields(block))


def _fields(node: Json) -> Json:
    return {name: _value(name, value) for name, value in node.items() if name != "type"}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_value(name, each) for each in value]
    if not isinstance(value, dict):
        return value
    if name == "confirm":
        return slackblocks.ConfirmationDialogue.from_dict(value)
    if name in ("options", "initial_option", "initial_options"):
        return slackblocks.Option.from_dict(value)
    if name == "option_groups":
        return slackblocks.OptionGroup.from_dict(value)
    kind = value.get("type")
    if kind in ("plain_text", "mrkdwn"):
        return slackblocks.Text.from_dict(value)
    if kind not in _ELEMENTS:
        raise NotImplementedError(kind)
    return _ELEMENTS[kind](**_fields(value))
