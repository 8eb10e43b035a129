"""Reads the arguments of a call and holds them against Slack's own schemas.

Names and types come from the schemas of @slack/web-api where there is one, and from Slack's
OpenAPI description of 2021 for the others (tests/fixtures/slack/README.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft7Validator

from tests.slack.server.rates import FIXTURES
from tests.slack.server.state import Json
from tests.slack.server.workspace import Refused

# Newer than the OpenAPI description, and without a schema here.
_NEWER: dict[str, dict[str, str]] = {
    "chat.delete": {"as_user": "boolean"},
    "chat.update": {"file_ids": "array", "metadata": "object"},
    "conversations.history": {"include_all_metadata": "boolean"},
    "conversations.invite": {"force": "boolean"},
    "conversations.replies": {"include_all_metadata": "boolean"},
}
# Bolt's client adds the team to every call.
_EVERYWHERE = {"team_id": "string"}
_WRITTEN_AS_JSON = {"blocks", "attachments", "view", "metadata", "files"}
_CHECKED_APART = {"blocks", "attachments", "view"}
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float, str),
    "array": (list, str),
    "object": (dict,),
}


def decoded(method: str, given: Json) -> Json:
    """Arguments with their types: what came in a form or a query is read by the schema."""
    known = names(method)
    found: Json = {}
    for name, value in given.items():
        if name == "token" or value is None:
            continue
        found[name] = _read(value, known.get(name, []), name)
    return found


def checked(method: str, args: Json) -> None:
    """Refused("invalid_arguments") when a name is unknown or a value of the wrong type."""
    known, messages = names(method), []
    for name, value in args.items():
        if name not in known:
            messages.append(f"[ERROR] unknown argument: {name}")
        elif name not in _CHECKED_APART and not any(_fits(value, each) for each in known[name]):
            messages.append(f"[ERROR] wrong type [json-pointer:/{name}]")
    if messages:
        raise Refused("invalid_arguments", response_metadata={"messages": messages})


@cache
def names(method: str) -> dict[str, list[str | Draft7Validator]]:
    """The arguments a method takes: a type, or the schema of the value."""
    found: dict[str, list[str | Draft7Validator]] = {}
    for path in _openapi().get(f"/{method}", {}).values():
        for parameter in path["parameters"]:
            found.setdefault(parameter["name"], []).append(parameter["type"])
    for name, kind in (_EVERYWHERE | _NEWER.get(method, {})).items():
        found.setdefault(name, []).append(kind)
    file = FIXTURES / "schemas" / f"{method.replace('.', '_')}.args.schema.json"
    if file.exists():
        schema = json.loads(file.read_text())
        for name, value in _properties(schema, schema):
            whole = {**value, "definitions": schema["definitions"]}
            found.setdefault(name, [])
            found[name] = [each for each in found[name] if each == "string" and _is_id(name)]
            found[name].append(Draft7Validator(whole))
    return found


def _is_id(name: str) -> bool:
    return name in ("users", "channels")


def _properties(node: Json, schema: Json) -> Iterator[tuple[str, Json]]:
    if "$ref" in node:
        yield from _properties(schema["definitions"][node["$ref"].rpartition("/")[2]], schema)
    for way in ("anyOf", "allOf", "oneOf"):
        for each in node.get(way, []):
            yield from _properties(each, schema)
    yield from node.get("properties", {}).items()


@cache
def _openapi() -> Json:
    found: Json = json.loads((FIXTURES / "openapi.json").read_text())["paths"]
    return found


def _read(value: Any, kinds: list[Any], name: str) -> Any:
    if not isinstance(value, str):
        return value
    if name in _WRITTEN_AS_JSON:
        try:
            return json.loads(value)
        except ValueError:
            return value
    wanted = [k if isinstance(k, str) else str(k.schema.get("type")) for k in kinds]
    if "boolean" in wanted and value in ("0", "1", "true", "false"):
        return value in ("1", "true")
    if {"integer", "number"} & set(wanted) and value.isdigit():
        return int(value)
    return value


def _fits(value: Any, kind: Any) -> bool:
    if isinstance(kind, str):
        good = isinstance(value, _TYPES[kind])
        return good and not (isinstance(value, bool) and kind != "boolean")
    return bool(kind.is_valid(value))
