"""What the bot's messages look like on Matrix, kept as files: a change of look is a diff.

The messages are real ones, said in a conversation. After a wanted change, write the files anew and
read them:

    COPAIN_SAMPLES=write pytest tests/adapters/matrix/test_outbound_samples.py

Each file has the plain text, and below it the HTML with a line end after each block.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.matrix.outbound import edited, poll, said
from bot.events import Place
from bot.messages import Parcel
from bot.texts import Texts, Voice
from tests.conversation import Conversation, conversation
from tests.scenes import CARE

SAMPLES = Path(__file__).parents[2] / "fixtures" / "matrix" / "rendered"
ASKING = "\n".join(
    f"sophie @dm: {line}" for line in ("rejoindre", "Sophie", "a", "b", "passer", "passer")
)
FILLING = "\n".join(
    f"nadia @dm: {line}" for line in ("Nadia *Diallo*", "sage-femme <3", "R&D @room", "passer")
)
SCENES = (
    ("first-word", "dm:nadia", "nadia @dm: bonjour"),
    ("join-name", "dm:nadia", "nadia @dm: rejoindre"),
    ("join-last-question", "dm:nadia", FILLING),
    ("request-sent", "dm:nadia", "nadia @dm: passer"),
    ("request-card", "animateurs", ""),
    ("todo", "dm:claire", f"{ASKING}\nclaire @dm: animer"),
    ("member", "dm:nadia", "claire @dm: 1\nclaire @dm: 1"),
    ("request-decided", "animateurs", ""),
    ("charter", "dm:marie", "marie @dm: charte"),
    ("help", "dm:marie", "marie @dm: aide"),
    ("me", "dm:marie", "marie @dm: moi"),
    ("erase", "dm:marie", "marie @dm: mes-donnees effacer"),
    ("prompt-with-options", "general", "antoine @dm: amorce publier P38"),
    ("bundle", "dm:antoine", "@until 2026-03-03T12:00"),
)


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_messages_look_as_they_were_last_read(language: str, tmp_path: Path) -> None:
    found = await _scenes(language, tmp_path)
    found["apology"] = _apology(language)
    folder = SAMPLES / language
    if os.environ.get("COPAIN_SAMPLES") == "write":
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in found.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    kept = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    assert found == kept


async def _scenes(language: str, folder: Path) -> dict[str, str]:
    found = {}
    for scenes, told in ((SCENES, ""), (CARE, "care-")):
        (folder / f"{told}scenes").mkdir()
        async with conversation(folder / f"{told}scenes", lang=language) as talk:
            for name, place, script in scenes:
                await talk.play(script)
                found[told + name] = _sample(talk, place)
    # The poll has the options of the prompt, and neither « answer in private » nor who will see it.
    options = {"text": found["prompt-with-options"].split("\n\n")[1], "buttons": _options(found)}
    found["poll"] = json.dumps(poll(_parcel(options))[1], ensure_ascii=False, indent=2) + "\n"
    return found


def _sample(talk: Conversation, place: str) -> str:
    line = talk.last(place)
    buttons = talk.stage.server.buttons_on(line["n"])
    body = {"text": line["text"], "buttons": buttons}
    return _edit(body) if line["edits"] else _message(body)


def _options(found: dict[str, str]) -> list[dict[str, str]]:
    """The options of the prompt, read from its legend."""
    legend = re.findall(r"^\d (.+)$", found["prompt-with-options"], re.MULTILINE)
    return [{"label": label} for label in legend[:-2]]


def _apology(language: str) -> str:
    voice = Voice(language, zone=ZoneInfo("America/Toronto"), today=date(2026, 3, 2))
    values = {"reference": "K7QM", "technical": "Antoine"}
    return _message({"text": Texts.load().render("dispatch-apology", values, voice)})


def _message(body: dict[str, Any]) -> str:
    return "".join(map(_shown, said(_parcel(body))))


def _edit(body: dict[str, Any]) -> str:
    return _shown(edited(_parcel(body))["m.new_content"])


def _shown(content: dict[str, Any]) -> str:
    html = content.get("formatted_body", "(no HTML)")
    html = re.sub(r"(<br>|<hr>|</(?:p|li|h\d|blockquote|pre)>|</?[uo]l>)(?=.)", r"\1\n", html)
    return f"{content['body']}\n\n-----\n{html}\n"


def _parcel(body: dict[str, Any]) -> Parcel:
    return Parcel(
        id=1,
        token="0123456789abcdef0123456789abcdef",
        operation="say",
        place=Place("matrix", "", "!room:example.org"),
        at=datetime(2026, 3, 2, 14, 0, tzinfo=UTC),
        body=body,
        target="$message",
    )
