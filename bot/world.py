"""What a demo folder begins with: the ready-made community, or those of a configuration."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.config import AccountRef, Community, Config

PLATFORM = "terminal"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a fresh demo folder begins with; `command` is the word after `/`, `!` and `@`."""

    communities: tuple[Community, ...]
    people: tuple[dict[str, Any], ...]
    language: str
    command: str = "copain"


def ready_made(language: str = "fr", state: str | None = None) -> World:
    """The community "Demo" of contracts §4."""
    path = Path(__file__).parent / "content" / "demo.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    said = dict(raw["community"])
    english = {key.removesuffix("_en"): said.pop(key) for key in ("purpose_en", "hosting_en")}
    if language == "en":
        said |= {"language": "en", **english}
    said["state"] = state or said["state"]
    members = [dict(each) for each in raw["people"]]
    for member in members:
        if language == "en" and member["account"] != "ibrahim":
            member["language"] = "en"
    return World(
        communities=(Community.model_validate(said),), people=tuple(members), language=language
    )


def configured(config: Config, state: str | None = None) -> World:
    """The communities of a configuration, as far as they live in the terminal."""
    chosen = []
    for each in config.communities:
        update: dict[str, Any] = {
            "spaces": tuple(space for space in each.spaces if space.platform == PLATFORM),
            "coordinators": _of_the_terminal(each.coordinators),
            "animators": _of_the_terminal(each.animators),
        }
        if state is not None:
            update["state"] = state
        chosen.append(each.model_copy(update=update))
    return World(
        communities=tuple(chosen),
        people=(),
        language=config.bot.language,
        command=config.bot.command,
    )


def _of_the_terminal(accounts: tuple[AccountRef, ...]) -> tuple[AccountRef, ...]:
    return tuple(each for each in accounts if each.platform == PLATFORM)
