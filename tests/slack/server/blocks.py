"""What Slack refuses of blocks and views."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.slack.server.state import Json
from tests.slack.server.workspace import Workspace


def check_blocks(workspace: Workspace, blocks: Any, surface: str) -> list[Json]:
    """The blocks as they stand from now on, each with an id; Refused when one is wrong."""
    return [_named(workspace, block) for block in deepcopy(blocks)]


def check_view(workspace: Workspace, view: Json) -> Json:
    """The view as it stands from now on; Refused when something of it is wrong."""
    return {**view, "blocks": check_blocks(workspace, view["blocks"], view["type"])}


def _named(workspace: Workspace, block: Json) -> Json:
    block.setdefault("block_id", workspace.new_id("b"))
    return block
