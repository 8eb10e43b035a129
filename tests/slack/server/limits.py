"""Slack's lengths and counts of blocks, elements and views (tests/fixtures/slack/limits.json)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.slack.server.rates import FIXTURES
from tests.slack.server.state import Json

_ADDRESS = re.compile(r"(https?://|mailto:|slack://)\S+")
_LISTS = {
    "static_select": "select",
    "multi_static_select": "select",
    "overflow": "overflow",
    "checkboxes": "checkboxes",
    "radio_buttons": "radio_buttons",
}
_INDENT_MOST = 8


def of_block(block: Json) -> list[str]:
    """What is too long, too short, too many or too few in one block."""
    return [each for node in _nodes(block) for each in _of_node(node)]


def of_view(view: Json) -> list[str]:
    """The same for a view, its blocks apart."""
    rules, blocks = _limits()["view"], view.get("blocks", [])
    found = _of_list(blocks, rules["blocks"], "blocks")
    for name in ("title", "close", "submit"):
        found += _of_text(view.get(name), rules[name], name)
    for name in ("private_metadata", "callback_id"):
        found += _of_text(view.get(name), rules[name], name)
    inputs = any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if view.get("type") == "modal" and inputs and "submit" not in view:
        found.append("submit is required when an input block is within blocks")
    return found


def characters(node: Any) -> int:
    """How many characters of text stand in blocks."""
    return sum(len(n["text"]) for n in _nodes(node) if isinstance(n.get("text"), str))


def action_ids(block: Json) -> list[str]:
    return [str(node["action_id"]) for node in _nodes(block) if "action_id" in node]


def _of_node(node: Json) -> list[str]:
    rules, kind = _limits(), str(node.get("type", ""))
    found: list[str] = []
    for name in ("action_id", "block_id"):
        if name in node:
            found += _of_text(node[name], {"min_length": 1, **rules[name]}, name)
    if kind in ("plain_text", "mrkdwn"):
        found += _of_text(node, rules["text"], kind)
    if kind == "text":
        found += _of_text(node.get("text"), {"min_length": 1}, "text")
    for name in ("text", "url", "value", "accessibility_label", "alt_text", "image_url"):
        if kind in rules and name in rules[kind]:
            found += _of_text(node.get(name), rules[kind][name], f"{kind} {name}")
    for name in ("title", "author_name", "description", "provider_name", "label", "hint"):
        if kind in ("video", "input") and name in rules[kind]:
            found += _of_text(node.get(name), rules[kind][name], f"{kind} {name}")
    for name in ("url", "image_url"):
        if name in node and not _ADDRESS.fullmatch(str(node[name])):
            found.append(f"{name} must be a valid URL")
    return found + _of_parts(node, kind) + _of_choices(node, kind)


def _of_parts(node: Json, kind: str) -> list[str]:
    rules = _limits()
    found: list[str] = []
    if kind in ("actions", "context"):
        found += _of_list(node.get("elements"), {"min_items": 1, **rules[kind]["elements"]}, kind)
    if kind == "section":
        found += (
            [] if node.get("text") or node.get("fields") else ["a section needs text or fields"]
        )
        found += _of_list(node.get("fields"), rules[kind]["fields"], "fields")
        most = {"max_length": rules[kind]["fields"]["item_max_length"]}
        for field in node.get("fields", []):
            found += _of_text(field, most, "field")
    if kind == "plain_text_input":
        most = rules[kind]["max_length"]["max"]
        if not 0 <= node.get("min_length", 0) <= node.get("max_length", most) <= most:
            found.append(f"min_length and max_length must be in order, at most {most}")
        found += _of_text(node.get("initial_value"), {"max_length": most}, "initial_value")
    if kind == "image" and not node.get("alt_text"):
        found.append("an image needs alt_text")
    if kind == "rich_text_list" and not 0 <= node.get("indent", 0) <= _INDENT_MOST:
        found.append("a list is indented too far")
    if isinstance(confirm := node.get("confirm"), dict):
        for name, rule in rules["confirmation"].items():
            found += _of_text(confirm.get(name), rule, f"confirm {name}")
    if "placeholder" in node:
        found += _of_text(node["placeholder"], rules["select"]["placeholder"], "placeholder")
    return found


def _of_choices(node: Json, kind: str) -> list[str]:
    if kind not in _LISTS:
        return []
    rules, groups = _limits(), node.get("option_groups")
    if (node.get("options") is None) == (groups is None):
        return [f"a {kind} needs options, or groups of them"]
    found = _of_list(node.get("options"), {"min_items": 1, **rules[_LISTS[kind]]["options"]}, kind)
    found += _of_list(groups, rules["select"]["option_groups"], "option_groups")
    for group in groups or []:
        found += _of_text(group.get("label"), rules["option_group"]["label"], "group label")
        found += _of_list(group.get("options"), rules["option_group"]["options"], "group")
    options = list(node.get("options") or [])
    options += [option for group in groups or [] for option in group["options"]]
    for option in options:
        for name, rule in rules["option"].items():
            found += _of_text(option.get(name), rule, f"option {name}")
    chosen = list(node.get("initial_options", []))
    chosen += [node["initial_option"]] if "initial_option" in node else []
    found += ["an initial option is not among the options" for o in chosen if o not in options]
    return found


def _of_text(value: Any, rule: Json, name: str) -> list[str]:
    text = value.get("text") if isinstance(value, dict) else value
    if not isinstance(text, str):
        return []
    if len(text) > rule.get("max_length", len(text)):
        return [f"{name}: must be less than {rule['max_length'] + 1} characters"]
    if len(text) < rule.get("min_length", 0):
        return [f"{name}: must be more than {rule['min_length'] - 1} characters"]
    return []


def _of_list(value: Any, rule: Json, name: str) -> list[str]:
    if not isinstance(value, list):
        return []
    if not rule.get("min_items", 0) <= len(value) <= rule.get("max_items", len(value)):
        return [f"{name}: {len(value)} items are too few or too many"]
    return []


def _nodes(node: Any) -> Iterator[Json]:
    if isinstance(node, list):
        for part in node:
            yield from _nodes(part)
    elif isinstance(node, dict):
        yield node
        for part in node.values():
            yield from _nodes(part)


@cache
def _limits() -> Json:
    found: Json = json.loads((FIXTURES / "limits.json").read_text())
    return found
