"""The app that Slack makes from our manifest: whole, within the limits, and with no scope too many.

Limits are those of "App manifest reference" at docs.slack.dev and of Slack's published schema.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.web.async_client import AsyncWebClient

import commands
from adapters.slack.manifest import MOST_SHORTCUTS, manifest
from adapters.slack.scopes import APP_METHODS, EVENTS, FEATURES, METHODS, SCOPES, reason
from bot.call import Call
from bot.markup import plain
from bot.registry import Registry, button
from bot.texts import Texts, Voice

ROOT = Path(__file__).parents[3]
LANGUAGES = ("fr", "en")
GUIDES = {"fr": "fr/installer-slack.md", "en": "en/install-slack.md"}
TEXTS = Texts.load()


def made(
    language: str = "fr", *, command: str = "copain", shortcuts: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The manifest with the program's own words; a shortcut is called by its action."""
    voice = Voice(language, zone=ZoneInfo("UTC"), today=date(2026, 3, 2))

    def say(key: str, values: dict[str, Any] | None = None) -> str:
        if key.startswith("shortcut-") and not TEXTS.has(key, language):
            return key.removeprefix("shortcut-")
        return plain(TEXTS.render(key, values or {}, voice))

    return manifest(command, shortcuts, say=say)


def registered() -> tuple[str, ...]:
    """The shortcuts that the features offer today."""
    buttons = Registry.of(commands.load()).buttons.values()
    return tuple(each.action for each in buttons if each.shortcut)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_as_long_as_slack_allows(language: str) -> None:
    found = made(language, command="c" * 31, shortcuts=registered())
    shown, features = found["display_information"], found["features"]
    assert 1 <= len(shown["name"]) <= 35
    assert 1 <= len(shown["description"]) <= 140
    assert re.fullmatch(r"#[0-9A-F]{6}", shown["background_color"])
    assert 1 <= len(features["bot_user"]["display_name"]) <= 80
    (command,) = features["slash_commands"]
    assert 2 <= len(command["command"]) <= 32
    assert 1 <= len(command["description"]) <= 2000
    assert 1 <= len(command["usage_hint"]) <= 1000
    for shortcut in features.get("shortcuts", ()):
        assert 1 <= len(shortcut["name"]) <= 24
        assert 1 <= len(shortcut["description"]) <= 150
        assert 1 <= len(shortcut["callback_id"]) <= 255
    assert len(EVENTS) <= 100
    assert all(len(name) <= 50 for name in (*EVENTS, *SCOPES))


def test_it_says_what_the_adapter_relies_on() -> None:
    found = made(command="robot")
    features, settings = found["features"], found["settings"]
    assert found["display_information"]["name"] == "Robot"
    assert features["bot_user"] == {"display_name": "Robot", "always_online": True}
    (command,) = features["slash_commands"]
    assert (command["command"], command["should_escape"]) == ("/robot", False)
    assert "url" not in command
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"] == {"is_enabled": True}
    assert settings["org_deploy_enabled"] is settings["token_rotation_enabled"] is False
    assert settings["event_subscriptions"]["bot_events"] == sorted(EVENTS)
    assert found["oauth_config"] == {"scopes": {"bot": list(SCOPES)}}


def feature() -> ModuleType:
    """A feature with a button for messages and another one, until an issue brings a real one."""
    module = ModuleType("stand_in")

    @button("link.save", shortcut=True)
    async def save(call: Call) -> None: ...

    @button("link.forget")
    async def forget(call: Call) -> None: ...

    for each in (save, forget):
        each.__module__ = module.__name__
        setattr(module, each.__name__, each)
    return module


def test_a_button_for_messages_stands_in_their_menu_and_others_do_not() -> None:
    assert "shortcuts" not in made()["features"], "Slack refuses an empty list"
    buttons = Registry.of([feature()]).buttons.values()
    found = made(shortcuts=tuple(each.action for each in buttons if each.shortcut))
    (shortcut,) = found["features"]["shortcuts"]
    assert (shortcut["type"], shortcut["callback_id"], shortcut["name"]) == (
        "message",
        "link.save",
        "link-save",
    )
    assert "link-save" in shortcut["description"]
    assert "Copain" in shortcut["description"]


def test_more_shortcuts_than_slack_takes_are_refused_here() -> None:
    names = tuple(f"a.b{n}" for n in range(MOST_SHORTCUTS + 1))
    made(shortcuts=names[1:])
    with pytest.raises(ValueError, match="shortcuts"):
        made(shortcuts=names)
    assert len(registered()) <= MOST_SHORTCUTS


# --- Scopes ------------------------------------------------------------------------------------


def known_methods() -> frozenset[str]:
    """The attributes of the SDK's client that are methods of the Web API: `chat_postMessage`."""
    named = {name for name in dir(AsyncWebClient) if re.match(r"[a-z]+_[a-z]", name)}
    return frozenset(named - {"api_call", "retry_handlers"})


def called() -> Iterator[tuple[str, str]]:
    """Every method of the Web API that the adapter names or calls, and where."""
    folder = ROOT / "adapters" / "slack"
    known = known_methods()
    for path in sorted(folder.rglob("*.py")):
        if path.name in ("scopes.py", "tiers.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Constant(value=str() as name) if "." in name:
                    if name.replace(".", "_") in known:
                        yield name, path.name
                case ast.Call(func=ast.Attribute(attr=name)) if name in known:
                    yield name.replace("_", ".", 1), path.name


def test_every_method_that_is_called_is_in_the_table_and_no_other() -> None:
    found = {name for name, _ in called()}
    # The address of Socket Mode is asked for by Bolt; the check asks for it by the table.
    assert found - {*METHODS, *APP_METHODS} == set(), sorted(called())
    assert set(METHODS) - found == set(), "called by nobody"


def test_every_event_that_is_asked_for_is_heard() -> None:
    """Each stands by its name in what listens or translates; `message.im` is a message."""
    folder = ROOT / "adapters" / "slack"
    named = {
        node.value
        for path in sorted(folder.glob("*.py"))
        if path.name != "scopes.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {name.partition(".")[0] for name in EVENTS} - named == set()


def test_no_scope_is_asked_for_without_a_use() -> None:
    used = {
        scope
        for table in (METHODS, EVENTS, FEATURES)
        for scopes in table.values()
        for scope in scopes
    }
    assert set(SCOPES) == used
    assert len(set(SCOPES)) == len(SCOPES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_gives_each_scope_and_its_reason_and_no_other(language: str) -> None:
    voice = Voice(language, zone=ZoneInfo("UTC"), today=date(2026, 3, 2))
    page = (ROOT / "docs" / GUIDES[language]).read_text("utf-8")
    rows = re.findall(r"^\| `([a-z_]+(?::[a-z.]+)?)` \| (.+) \|$", page, re.MULTILINE)
    why = {each: plainly(plain(TEXTS.render(reason(each), {}, voice))) for each in SCOPES}
    assert {scope: plainly(text) for scope, text in rows} == why


def plainly(text: str) -> str:
    """Without typography, which a guide has and a source has not."""
    return re.sub(r"[\u00a0\u202f]", " ", text).replace("\u2019", "'")


def test_it_is_json_that_can_be_pasted() -> None:
    assert json.loads(json.dumps(made(), ensure_ascii=False)) == made()
