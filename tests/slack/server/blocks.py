"""What Slack refuses of blocks and views: shapes by its own types, lengths and counts by `limits`,
and a second opinion from slackblocks for the blocks that it can read.
"""

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy
from functools import cache, lru_cache
from typing import Any

from jsonschema import Draft7Validator

from tests.slack.server import limits
from tests.slack.server.rates import FIXTURES
from tests.slack.server.second_opinion import opinion
from tests.slack.server.state import Json
from tests.slack.server.workspace import Refused, Workspace

MESSAGE_BLOCKS_MOST = 50
ALL_TEXT_MOST = 13_200
"""Characters in all blocks of a message; Slack does not say, its users measured it."""
ALL_MARKDOWN_MOST = 12_000
VIEW_BYTES_MOST = 250_000
_EVERYWHERE = {
    "actions",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "video",
    "card",
}
SURFACES = {
    "message": _EVERYWHERE
    | {"carousel", "container", "context_actions", "data_table", "markdown", "plan"}
    | {"table", "task_card", "file", "data_visualization"},
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE | {"carousel", "container", "data_table", "table"},
}
"""Block types by where they may stand (https://docs.slack.dev/reference/block-kit/blocks)."""


def check_blocks(workspace: Workspace, blocks: Any, surface: str) -> list[Json]:
    """The blocks as they stand from now on, each with an id; Refused when one is wrong."""
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if workspace.settings.strict_blocks:
        _refuse("invalid_blocks", problems(blocks, surface))
        if surface == "message" and limits.characters(blocks) > ALL_TEXT_MOST:
            raise Refused("msg_blocks_too_long")
    return [_named(workspace, block) for block in deepcopy(blocks)]


def check_view(workspace: Workspace, view: Json) -> Json:
    """The view as it stands from now on; Refused when something of it is wrong."""
    if workspace.settings.strict_blocks:
        if len(json.dumps(view)) > VIEW_BYTES_MOST:
            raise Refused("view_too_large")
        found = limits.of_view(view)
        found += [e.message for e in _validator(f"{view['type']}_view").iter_errors(_bare(view))]
        found += problems(view.get("blocks", []), view["type"])
        _refuse("invalid_arguments", found)
    blocks = [_named(workspace, block) for block in deepcopy(view["blocks"])]
    return {**view, "blocks": blocks}


def problems(blocks: list[Any], surface: str) -> list[str]:
    """Everything that is wrong with these blocks there."""
    most = MESSAGE_BLOCKS_MOST if surface == "message" else 100
    found = [f"no more than {most} items allowed [json-pointer:/blocks]"][: len(blocks) > most]
    for number, block in enumerate(blocks):
        kind = block.get("type") if isinstance(block, dict) else None
        if kind not in SURFACES[surface]:
            found.append(f"unsupported type: {kind} [json-pointer:/blocks/{number}/type]")
            continue
        written = json.dumps(block, sort_keys=True)
        found += [f"{each} [json-pointer:/blocks/{number}]" for each in _of_block(written)]
    named = Counter(b["block_id"] for b in blocks if isinstance(b, dict) and b.get("block_id"))
    found += [f"block_id {name} already exists" for name, n in named.items() if n > 1]
    markdown = [
        b.get("text", "") for b in blocks if isinstance(b, dict) and b.get("type") == "markdown"
    ]
    if sum(map(len, markdown)) > ALL_MARKDOWN_MOST:
        found.append(f"markdown blocks hold more than {ALL_MARKDOWN_MOST} characters together")
    return found


@lru_cache(maxsize=4096)
def _of_block(written: str) -> tuple[str, ...]:
    block: Json = json.loads(written)
    found = [e.message[:200] for e in _validator(block["type"]).iter_errors(block)]
    if found:
        return tuple(found)
    found = limits.of_block(block) + opinion(block)
    actions = Counter(limits.action_ids(block))
    found += [f"action_id {name} already exists" for name, n in actions.items() if n > 1]
    return tuple(found)


@cache
def _validator(kind: str) -> Draft7Validator:
    """The schema of a block type, or of `modal_view` or `home_view` without its blocks."""
    which = "view" if kind.endswith("_view") else "blocks"
    file = FIXTURES / "schemas" / f"block_kit.{which}.schema.json"
    definitions: Json = json.loads(file.read_text())["definitions"]
    # Documented (docs.slack.dev, « Rich text list element ») and left out of Slack's types.
    definitions["RichTextList"]["properties"]["offset"] = {"type": "integer"}
    names = {
        d["properties"]["type"]["const"]: name
        for name, d in definitions.items()
        if name.endswith("Block") and "const" in d.get("properties", {}).get("type", {})
    }
    name = {"modal_view": "ModalView", "home_view": "HomeView"}.get(kind) or names.get(kind)
    if name is None:
        return Draft7Validator({})  # newer than the types: slackblocks and limits alone judge it
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": definitions})


def _bare(view: Json) -> Json:
    return {**view, "blocks": []}


def _refuse(code: str, found: list[str]) -> None:
    if found:
        messages = [f"[ERROR] {each}" for each in found]
        raise Refused(code, errors=found, response_metadata={"messages": messages})


def _named(workspace: Workspace, block: Json) -> Json:
    block.setdefault("block_id", workspace.new_id("b"))
    return block
