"""The local server refuses the blocks and views that Slack refuses, and no others."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.server.blocks import SURFACES, problems
from tests.slack.server.rates import FIXTURES
from tests.slack.server.second_opinion import opinion
from tests.slack.server.workspace import Workspace

Json = dict[str, Any]
VALID = sorted((FIXTURES / "slackblocks" / "valid" / "blocks").glob("*.json"))
# Slack's published types know less of this newer block.
NEWER = {"card_block.json"}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(**more: Any) -> Json:
    return {"type": "button", "action_id": "a", "text": plain("Yes"), **more}


def choice(number: int = 0, **more: Any) -> Json:
    return {"text": plain(f"{number}"), "value": f"{number}", **more}


def menu(kind: str, options: list[Json], **more: Any) -> Json:
    return {"type": kind, "action_id": "a", "options": options, **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Name"), "element": element, **more}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def rich(*elements: Json) -> Json:
    inside = [{"type": "rich_text_section", "elements": list(elements)}]
    return {"type": "rich_text", "elements": inside}


WRITTEN = {"type": "plain_text_input", "action_id": "a"}
IMAGE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A"}
RIGHT: list[Json] = [
    actions(button(), button(action_id="b", value="v" * 2000, style="primary")),
    actions(*[button(action_id=f"{n}") for n in range(25)]),
    actions(menu("overflow", [choice(n) for n in range(5)])),
    actions(menu("static_select", [choice(n) for n in range(100)], placeholder=plain("Choose"))),
    field(menu("checkboxes", [choice(n) for n in range(10)], initial_options=[choice(3)])),
    field({**WRITTEN, "min_length": 3, "max_length": 3000, "multiline": True}),
    section("a" * 3000, accessory=button()),
    {"type": "header", "text": plain("a" * 150)},
    {"type": "context", "elements": [plain("a"), IMAGE]},
    rich({"type": "text", "text": "a", "style": {"bold": True}}, {"type": "user", "user_id": "U1"}),
    rich({"type": "date", "timestamp": 1, "format": "{date}", "fallback": "a"}),
    IMAGE,
]
WRONG: dict[str, Json] = {
    "an unknown type": {"type": "poem", "text": "a"},
    "an unknown property": {"type": "divider", "colour": "red"},
    "a button in mrkdwn": actions(button(text={"type": "mrkdwn", "text": "Yes"})),
    "a bad style": actions(button(style="warm")),
    "no elements": actions(),
    "26 elements": actions(*[button(action_id=f"{n}") for n in range(26)]),
    "a long label": actions(button(text=plain("a" * 76))),
    "a long value": actions(button(value="a" * 2001)),
    "no address": actions(button(url="example")),
    "a long action_id": actions(button(action_id="a" * 256)),
    "an action_id twice": actions(button(), button()),
    "a long block_id": actions(button(), block_id="a" * 256),
    "an empty text": section(""),
    "a long text": section("a" * 3001),
    "an empty section": {"type": "section"},
    "eleven fields": {"type": "section", "fields": [plain("a")] * 11},
    "a long field": {"type": "section", "fields": [plain("a" * 2001)]},
    "a long header": {"type": "header", "text": plain("a" * 151)},
    "a header in mrkdwn": {"type": "header", "text": {"type": "mrkdwn", "text": "a"}},
    "eleven in a context": {"type": "context", "elements": [plain("a")] * 11},
    "a context with a button": {"type": "context", "elements": [button()]},
    "an image without words": {"type": "image", "image_url": "https://example.org/a.png"},
    "a long description": IMAGE | {"alt_text": "a" * 2001},
    "no options": actions(menu("overflow", [])),
    "six in a menu": actions(menu("overflow", [choice(n) for n in range(6)])),
    "101 options": actions(menu("static_select", [choice(n) for n in range(101)])),
    "eleven boxes": field(menu("checkboxes", [choice(n) for n in range(11)])),
    "a long option": field(menu("radio_buttons", [choice(text=plain("a" * 76))])),
    "a long option value": field(menu("radio_buttons", [choice(value="a" * 151)])),
    "a first choice of none": field(
        menu("radio_buttons", [choice(1), choice(2)], initial_option=choice(3))
    ),
    "a long field label": field(WRITTEN, label=plain("a" * 2001)),
    "a long hint": field(WRITTEN, hint=plain("a" * 2001)),
    "a maximum of 3001": field({**WRITTEN, "max_length": 3001}),
    "a button as a field": field(button()),
    "a long confirmation": actions(
        button(
            confirm={
                "title": plain("a" * 101),
                "text": plain("a"),
                "confirm": plain("a"),
                "deny": plain("a"),
            }
        )
    ),
    "an empty rich text": rich({"type": "text", "text": ""}),
    "an unknown rich text": rich({"type": "shout", "text": "a"}),
    "a long markdown": {"type": "markdown", "text": "a" * 12_001},
}


@pytest.mark.parametrize("file", [f for f in VALID if f.name not in NEWER], ids=lambda f: f.stem)
def test_every_valid_block_of_slackblocks_is_taken(file: Any) -> None:
    block = json.loads(file.read_text())
    surface = next(s for s, kinds in SURFACES.items() if block["type"] in kinds)
    assert problems([block], surface) == []


@pytest.mark.parametrize("block", RIGHT, ids=lambda b: b["type"])
def test_what_is_within_the_limits_is_taken(block: Json) -> None:
    assert problems([block], "message") == []


@pytest.mark.parametrize("name", WRONG)
async def test_a_block_is_refused_for(
    name: str, workspace: Workspace, client: AsyncWebClient
) -> None:
    general = workspace.channel("#general")
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=general.id, text="a", blocks=[WRONG[name]])
    assert refused.value.response["error"] == "invalid_blocks"
    assert general.messages == {}


def test_slackblocks_agrees_wherever_it_can_read() -> None:
    assert all(opinion(block) == [] for block in RIGHT)
    unread = {"an unknown type", "an unknown property", "no address", "a bad style"}
    refused = {name for name in WRONG if name not in unread and opinion(WRONG[name])}
    assert len(refused) > len(WRONG) / 2
    assert {"a long label", "a long option", "a long header", "eleven boxes"} <= refused


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ([{"type": "divider"}] * 51, "invalid_blocks"),
        (
            [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}],
            "invalid_blocks",
        ),
        ([section("a" * 2900, block_id=f"{n}") for n in range(5)], "msg_blocks_too_long"),
        ({"type": "divider"}, "invalid_blocks_format"),
    ],
)
async def test_blocks_are_refused_together(
    blocks: Any, error: str, workspace: Workspace, client: AsyncWebClient
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(
            channel=workspace.channel("#general").id, text="a", blocks=blocks
        )
    assert refused.value.response["error"] == error


MODAL: Json = {
    "type": "modal",
    "title": plain("a" * 24),
    "submit": plain("Send"),
    "blocks": [field(WRITTEN)],
}
HOME: Json = {"type": "home", "blocks": [section("a")]}


@pytest.mark.parametrize(
    "view",
    [
        MODAL | {"title": plain("a" * 25)},
        MODAL | {"submit": plain("a" * 25)},
        MODAL | {"private_metadata": "a" * 3001},
        MODAL | {"callback_id": "a" * 256},
        MODAL | {"blocks": []},
        MODAL | {"blocks": [section("a")] * 101},
        MODAL | {"colour": "red"},
        MODAL | {"blocks": [{"type": "markdown", "text": "a"}]},
        {k: v for k, v in MODAL.items() if k != "title"},
        {k: v for k, v in MODAL.items() if k != "submit"},
        HOME,
    ],
)
async def test_a_modal_is_refused_when_something_of_it_is_wrong(
    view: Json, workspace: Workspace, client: AsyncWebClient
) -> None:
    trigger = workspace.new_trigger(workspace.user("marie").id)
    with pytest.raises(SlackApiError) as refused:
        await client.views_open(trigger_id=trigger, view=view)
    assert refused.value.response["error"] == "invalid_arguments"
    await client.views_open(trigger_id=trigger, view=MODAL)


async def test_a_home_has_no_title(workspace: Workspace, client: AsyncWebClient) -> None:
    marie = workspace.user("marie").id
    await client.views_publish(user_id=marie, view=HOME)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_publish(user_id=marie, view=HOME | {"title": plain("a")})
