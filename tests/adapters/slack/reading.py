"""Reads what we would send to Slack as strictly as can be told without Slack.

Shapes by Slack's own types (`schemas`), lengths by `limits.json`, both once more by slackblocks,
and what the documentation says and neither knows. Raises where Slack would refuse.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import slackblocks as sb
from jsonschema import Draft7Validator

Json = dict[str, Any]
FIXTURES = Path(__file__).parents[2] / "fixtures" / "slack"
LIMITS: Json = json.loads((FIXTURES / "limits.json").read_text())
TOGETHER = 11_000
"""Letters of JSON of all blocks from which on Slack has refused messages (bolt-js#2867)."""


def read_message(method: str, arguments: Mapping[str, Any]) -> None:
    """Reads the whole arguments of a method that posts or changes a message."""
    _valid(f"{method.replace('.', '_')}.args", dict(arguments))
    blocks = arguments["blocks"]
    assert arguments["text"].strip()
    assert units(arguments["text"]) <= 40_000
    assert not any(mark in arguments["text"] for mark in "<>")
    read_blocks(blocks, most=50)
    assert units(json.dumps(blocks, ensure_ascii=False)) <= TOGETHER


def read_blocks(blocks: list[Json], *, most: int) -> list[sb.Block]:
    """Reads blocks, of which there may be so many."""
    _valid("block_kit.blocks", blocks)
    assert 1 <= len(blocks) <= most
    _encodable(blocks)
    names = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(names) == len(set(names))
    assert all(0 < len(name) <= LIMITS["block_id"]["max_length"] for name in names)
    for block in blocks:
        elements = [*block.get("elements", ()), *filter(None, [block.get("element")])]
        ids = [each["action_id"] for each in elements if "action_id" in each]
        assert len(ids) == len(set(ids))
        assert all(0 < len(each) <= LIMITS["action_id"]["max_length"] for each in ids)
    return [_read(block) for block in blocks]


def read_view(view: Json) -> None:
    """Reads a modal or a home page."""
    _valid("block_kit.view", view)
    limits = LIMITS["view"]
    read_blocks(view["blocks"], most=limits["blocks"]["max_items"])
    for name in ("private_metadata", "callback_id"):
        assert units(view.get(name, "")) <= limits[name]["max_length"]
    if view["type"] == "home":
        sb.HomeTabView(blocks=[sb.DividerBlock()], callback_id=view.get("callback_id"))
        return
    for name in ("title", "submit", "close"):
        _plain(view[name], limits[name]["max_length"])
    sb.ModalView(
        title=_plain(view["title"], 24),
        submit=_plain(view["submit"], 24),
        close=_plain(view["close"], 24),
        blocks=read_blocks(view["blocks"], most=100),
        private_metadata=view["private_metadata"],
        callback_id=view["callback_id"],
        notify_on_close=view["notify_on_close"],
    ).to_dict()


def units(text: str) -> int:
    """Letters as JavaScript and Java count them."""
    return len(text.encode("utf-16-le")) // 2


def texts(node: Any) -> Iterator[str]:
    """Every text that is shown, in order: letters, labels, links."""
    if isinstance(node, list):
        for each in node:
            yield from texts(each)
    elif isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        if node.get("type") == "date":
            yield node["fallback"]
        for each in node.values():
            yield from texts(each)


def kinds(node: Any) -> set[str]:
    """The type of everything in a message."""
    if isinstance(node, list):
        return set().union(*map(kinds, node))
    if isinstance(node, dict):
        own = {node["type"]} if isinstance(node.get("type"), str) else set()
        return own.union(*map(kinds, node.values()))
    return set()


@cache
def _validator(name: str) -> Draft7Validator:
    schema = json.loads((FIXTURES / "schemas" / f"{name}.schema.json").read_text())
    # Documented (docs.slack.dev, « Rich text list element ») and left out of Slack's types.
    schema["definitions"]["RichTextList"]["properties"]["offset"] = {"type": "integer"}
    return Draft7Validator(schema)


def _valid(name: str, given: Any) -> None:
    errors = [error.message[:300] for error in _validator(name).iter_errors(given)]
    assert not errors, errors


def _encodable(given: Any) -> None:
    json.dumps(given, ensure_ascii=False).encode()


def _plain(text: Json, most: int) -> sb.PlainText:
    assert text["type"] == "plain_text"
    assert text["text"].strip()
    assert units(text["text"]) <= most
    return sb.PlainText(text["text"], emoji=text.get("emoji", False))


def _read(block: Json) -> sb.Block:
    match block["type"]:
        case "header":
            return sb.HeaderBlock(_plain(block["text"], LIMITS["header"]["text"]["max_length"]))
        case "rich_text":
            return _rich(block)
        case "actions":
            return _actions(block)
        case "context":
            return _context(block)
        case "input":
            return _input(block)
        case "divider":
            return sb.DividerBlock()
        case other:
            raise AssertionError(f"{other} among the blocks")


def _rich(block: Json) -> sb.Block:
    assert block["elements"]
    return sb.RichTextBlock([_element(each) for each in block["elements"]])


def _element(element: Json) -> sb.RichTextObject:
    match element["type"]:
        case "rich_text_section":
            return _section(element)
        case "rich_text_list":
            return _list(element)
        case "rich_text_quote":
            return sb.RichTextQuote(_inline(element))
        case "rich_text_preformatted":
            return sb.RichTextCodeBlock(_inline(element))
        case other:
            raise AssertionError(f"{other} in rich text")


def _section(element: Json) -> sb.RichTextSection:
    return sb.RichTextSection(_inline(element))


def _list(element: Json) -> sb.RichTextList:
    assert 0 <= element.get("indent", 0) <= 8
    items = [_section(each) for each in element["elements"]]
    return sb.RichTextList(
        element["style"], items, indent=element["indent"], offset=element.get("offset", 0)
    )


def _inline(element: Json) -> list[Any]:
    assert element["elements"]
    return [_leaf(each) for each in element["elements"]]


def _leaf(element: Json) -> Any:
    style = element.get("style", {})
    match element["type"]:
        case "text":
            assert 0 < units(element["text"]) <= LIMITS["text"]["max_length"]
            return sb.RichText(element["text"], **style)
        case "link":
            assert element["url"].startswith(("http://", "https://", "mailto:"))
            assert 0 < len(element["url"]) <= LIMITS["button"]["url"]["max_length"]
            return sb.RichTextLink(element["url"], element["text"], **style)
        case "date":
            assert element["timestamp"] >= 0
            return sb.RichText(element["fallback"])
        case other:
            raise AssertionError(f"{other} in a text of ours")


def _actions(block: Json) -> sb.Block:
    elements: list[sb.Element] = [_button(each) for each in block["elements"]]
    assert 1 <= len(elements) <= LIMITS["actions"]["elements"]["max_items"]
    return sb.ActionsBlock(elements)


def _button(element: Json) -> sb.Button:
    label = _plain(element["text"], LIMITS["button"]["text"]["max_length"])
    assert len(element["value"]) <= LIMITS["button"]["value"]["max_length"]
    return sb.Button(
        label,
        action_id=element["action_id"],
        value=element["value"],
        style=element.get("style"),
    )


def _context(block: Json) -> sb.Block:
    assert 1 <= len(block["elements"]) <= LIMITS["context"]["elements"]["max_items"]
    return sb.ContextBlock([_plain(each, 3_000) for each in block["elements"]])


def _input(block: Json) -> sb.Block:
    return sb.InputBlock(
        label=_plain(block["label"], LIMITS["input"]["label"]["max_length"]),
        hint=_plain(block["hint"], LIMITS["input"]["hint"]["max_length"])
        if "hint" in block
        else None,
        element=_INPUTS[block["element"]["type"]](block["element"]),
        optional=block["optional"],
        block_id=block["block_id"],
    )


def _typed(element: Json) -> sb.PlainTextInput:
    assert 1 <= element["max_length"] <= LIMITS["plain_text_input"]["max_length"]["max"]
    assert units(element.get("initial_value", "")) <= element["max_length"]
    return sb.PlainTextInput(
        action_id=element["action_id"],
        initial_value=element.get("initial_value"),
        multiline=element["multiline"],
        max_length=element["max_length"],
    )


def _radio(element: Json) -> sb.RadioButtonGroup:
    chosen = element.get("initial_option")
    assert chosen is None or chosen in element["options"]
    options = _options(element, "radio_buttons")
    return sb.RadioButtonGroup(element["action_id"], options)


def _menu(element: Json) -> sb.StaticSelectMenu:
    chosen = element.get("initial_option")
    if "option_groups" in element:
        groups = _groups(element)
        assert chosen is None or any(chosen in g["options"] for g in element["option_groups"])
        return sb.StaticSelectMenu(element["action_id"], option_groups=groups)
    assert chosen is None or chosen in element["options"]
    return sb.StaticSelectMenu(element["action_id"], options=_options(element, "select"))


def _ticked(element: Json) -> sb.CheckboxGroup:
    assert all(each in element["options"] for each in element.get("initial_options", ()))
    assert element.get("initial_options") != []
    return sb.CheckboxGroup(element["action_id"], _options(element, "checkboxes"))


def _several(element: Json) -> sb.StaticMultiSelectMenu:
    assert element.get("initial_options") != []
    if "option_groups" in element:
        groups = _groups(element)
        # slackblocks wants options there, and refuses them beside groups.
        return sb.StaticMultiSelectMenu(element["action_id"], groups[0].options)
    assert all(each in element["options"] for each in element.get("initial_options", ()))
    return sb.StaticMultiSelectMenu(element["action_id"], _options(element, "select"))


def _groups(element: Json) -> list[sb.OptionGroup]:
    limits = LIMITS["option_group"]
    assert 1 <= len(element["option_groups"]) <= LIMITS["select"]["option_groups"]["max_items"]
    for group in element["option_groups"]:
        assert len(group["options"]) <= limits["options"]["max_items"]
    return [
        sb.OptionGroup(_plain(group["label"], limits["label"]["max_length"]), _each(group))
        for group in element["option_groups"]
    ]


def _options(element: Json, kind: str) -> list[sb.Option]:
    assert 1 <= len(element["options"]) <= LIMITS[kind]["options"]["max_items"]
    return _each(element)


def _each(holder: Json) -> list[sb.Option]:
    limits = LIMITS["option"]
    assert all(0 < units(o["value"]) <= limits["value"]["max_length"] for o in holder["options"])
    return [
        sb.Option(_plain(o["text"], limits["text"]["max_length"]), o["value"])
        for o in holder["options"]
    ]


_INPUTS = {
    "plain_text_input": _typed,
    "radio_buttons": _radio,
    "static_select": _menu,
    "checkboxes": _ticked,
    "multi_static_select": _several,
}
