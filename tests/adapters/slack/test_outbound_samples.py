"""What the bot's messages look like on Slack, kept as files: a change of look is a diff.

The messages are those of the first month that the demo tells, one of each kind, and a few that
people ask for at its end; then come windows and pages. After a wanted change, write the files anew
and read them:

    COPAIN_SAMPLES=write pytest tests/adapters/slack/test_outbound_samples.py

Each file has the messages as `chat.postMessage` takes them, without what is the same in all; or the
view.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.home import view as page
from adapters.slack.modals import view as window
from adapters.slack.outbound import edited, said
from adapters.terminal.adapter import CAPABILITIES
from bot.events import Place
from bot.home import Pages
from bot.messages import Parcel
from tests.adapters.slack.reading import FIXTURES, read_message, read_view
from tests.conversation import Conversation, conversation
from tests.scenes import CARE
from tests.windows import Desk, account, desk

SAMPLES = FIXTURES / "rendered"
ROOT = Path(__file__).parents[3]
SCRIPTS = {
    "fr": ROOT / "docs" / "demo" / "first-month.copain",
    "en": ROOT / "docs" / "demo" / "first-month.en.copain",
}
ASKED = (
    ("asked-me", "marie", "moi"),
    ("asked-home", "marie", "accueil"),
    ("asked-help", "claire", "aide"),
    ("asked-erase", "marie", "mes-donnees effacer"),
    ("asked-todo", "antoine", "animer"),
    ("asked-settings", "claire", "reglages"),
    ("asked-audit", "claire", "registre"),
)
WINDOWS = (
    ("join", "nadia", "rejoindre", "join"),
    ("profile", "marie", "profil", "profile"),
    ("problem", "marie", "probleme", "problem"),
    ("setup", "claire", "mise-en-place", "setup"),
    ("proposal", "marie", "proposer", "suggest"),
)
PAGES = ("nadia", "marie", "antoine")
ASKED_EN = ("me", "home", "help", "privacy forget", "todo", "settings", "audit")


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_messages_look_as_they_were_last_read(language: str, tmp_path: Path) -> None:
    (tmp_path / "windows").mkdir()
    (tmp_path / "care").mkdir()
    async with conversation(tmp_path / "month", lang=language) as talk:
        talk.house.dispatch.abilities = {"terminal": replace(CAPABILITIES, dates=True)}
        found = await _month(talk, language)
    async with conversation(tmp_path / "care", lang=language) as talk:
        talk.house.dispatch.abilities = {"terminal": replace(CAPABILITIES, dates=True)}
        for name, place, script in CARE:
            await talk.play(script)
            found[f"care-{name}"] = _sample(talk, talk.last(place))
    async with desk(tmp_path / "windows", lang=language) as seated:
        found |= await _views(seated, language)
    folder = SAMPLES / language
    if os.environ.get("COPAIN_SAMPLES") == "write":
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.json"):
            old.unlink()
        for name, sample in found.items():
            text = json.dumps(sample, ensure_ascii=False, indent=1) + "\n"
            (folder / f"{name}.json").write_text(text, encoding="utf-8")
    kept = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    assert found == kept


async def _month(talk: Conversation, language: str) -> dict[str, Any]:
    """One message of each kind, edits apart, and each question of a form."""
    lines = SCRIPTS[language].read_text("utf-8").splitlines()
    await talk.play("\n".join(line for line in lines if line and not line.startswith("#")))
    found: dict[str, Any] = {}
    for line in talk.lines:
        if line["by"] == "copain" and not line["removes"]:
            name = _name(line)
            if name not in found:
                found[name] = _sample(talk, line)
    for (name, who, french), english in zip(ASKED, ASKED_EN, strict=True):
        await talk.play(f"{who} @dm: {french if language == 'fr' else english}")
        found[name] = _sample(talk, talk.last(f"dm:{who}"))
    return found


async def _views(seated: Desk, language: str) -> dict[str, Any]:
    """The windows that commands open, and the pages of a visitor, a member and an animator, for
    whom something waits in the end.
    """
    found: dict[str, Any] = {}
    for name, who, french, english in WINDOWS:
        before = len(seated.adapter.windows)
        await seated.types(who, french if language == "fr" else english, slash=True)
        for modal in seated.adapter.windows[before:]:
            found[f"window-{name}"] = window(_parcel({"modal": modal}))
    pages = Pages(seated.house.dispatch.looking, seated.clock)
    for who in PAGES:
        found[f"page-{who}"] = page(await pages(account(who), who.title()))
    await seated.types("marie", "proposer", slash=True)
    await seated.sends("marie", {"text": "Où trouvez-vous le calme?"})
    found["page-antoine-waits"] = page(await pages(account("antoine"), "Antoine"))
    for view in found.values():
        read_view(view)
    return found


def _name(line: dict[str, Any]) -> str:
    if line["form"]:
        return f"form-{line['form']['name']}-{line['form']['field']}"
    return f"{line['kind']}-edited" if line["edits"] else str(line["kind"])


def _sample(talk: Conversation, line: dict[str, Any]) -> Any:
    body = {
        "text": line["text"],
        "buttons": talk.stage.server.buttons_on(line["n"]),
        "form": line["form"],
    }
    if line["edits"]:
        shown = edited(_parcel(body))
        read_message("chat.update", {"channel": "C1", "ts": "1.2", **shown})
        return {name: shown[name] for name in ("text", "blocks")}
    messages = said(_parcel(body))
    for each in messages:
        read_message("chat.postMessage", {"channel": "C1", **each})
    return [{name: each[name] for name in ("text", "blocks")} for each in messages]


def _parcel(body: dict[str, Any]) -> Parcel:
    return Parcel(
        id=1,
        token="0123456789abcdef0123456789abcdef",
        operation="say",
        place=Place("slack", "", "C0123456789"),
        at=datetime(2026, 3, 2, 14, 0, tzinfo=UTC),
        body=body,
        target="1700000000.000100",
    )
