"""Everything a coordinator may change in chat, as one table [CO-1].

A feature with a setting of its own adds a line here, a `setting-<name>` and, for new words of a
choice, a `settings-value-<word>` to the texts. What chat changed is kept in `community.chosen`
under the setting's path and wins over the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import time
from typing import Any

from bot.parsing import words
from bot.people import Community
from bot.values import Key, Names, TimeOfDay, Value

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
EVERY_DAY = (*WEEK, "saturday", "sunday")
CONTACTS = ("privacy", "technical", "coach", "appeal")
PARTS = ("prompts", "pulses", "digest", "library", "directory")
ALLOWED = ("nameless", "hint")
"""Switches that hold only once the charter says so too (see `commands.charter.allowing`)."""
WORDS = (
    "community", "member", "animator", "coordinator", "prompt", "question", "activity",
    "document", "pulse", "digest", "summary", "charter",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, the kind of its value, where it is kept, what holds unless said."""

    name: str
    kind: str
    """text, choice, switch, number, time, hours, zone, holidays, slow, form."""
    _: KW_ONLY
    group: str
    path: str = ""
    default: Any = None
    choices: tuple[str, ...] = ()
    longest: int = 200
    least: int = 0
    most: int = 0
    two: bool = False
    """Whether a second person must agree to it (f.1.5)."""

    @property
    def at(self) -> str:
        """Its dotted key in `community.chosen`."""
        return self.path or f"settings.{self.name}"

    @property
    def key(self) -> str:
        """The text key of its French or English label."""
        return "setting-" + re.sub(r"[._]", "-", self.name)


SETTINGS: tuple[Setting, ...] = (
    Setting("name", "text", group="community", path="name", longest=80),
    Setting("purpose", "text", group="community", path="purpose", longest=300),
    Setting("origin", "choice", group="community", path="origin", default="intentional",
            choices=("intentional", "spontaneous")),
    Setting("format", "choice", group="community", path="format", default="mixed",
            choices=("virtual", "mixed", "in-person")),
    Setting("language", "choice", group="community", path="language", default="fr",
            choices=("fr", "en")),
    Setting("join", "choice", group="community", path="join", default="closed",
            choices=("closed", "open"), two=True),
    Setting("form", "form", group="community", path="form"),
    Setting("timezone", "zone", group="time", path="timezone", default="America/Toronto"),
    Setting("holidays", "holidays", group="time", path="holidays", default=[]),
    Setting("working_hours", "hours", group="time", path="working_hours",
            default={"from": "08:30", "to": "16:30"}),
    Setting("slow_periods", "slow", group="time"),
    Setting("busy_periods", "slow", group="time", default=""),
    Setting("slot", "choice", group="time", default="tuesday", choices=WEEK),
    Setting("summary_day", "choice", group="time", default="monday", choices=EVERY_DAY),
    Setting("summary_at", "time", group="time", default="09:00"),
    Setting("posts_a_week", "number", group="time", least=1, most=5),
    Setting("welcome_line", "switch", group="parts", default=True),
    *(Setting(part, "switch", group="parts", default=True) for part in PARTS),
    *(Setting(each, "switch", group="parts", default=False) for each in ALLOWED),
    Setting("digest_place", "choice", group="digest", default="private",
            choices=("private", "space", "none")),
    Setting("digest_every", "choice", group="digest", default="week",
            choices=("week", "fortnight")),
    Setting("digest_day", "choice", group="digest", default="tuesday", choices=WEEK),
    Setting("digest_at", "time", group="digest", default="13:00"),
    *(Setting(f"contacts.{each}", "text", group="people", path=f"contacts.{each}", default="")
      for each in CONTACTS),
    Setting("host", "text", group="people", path="host", default=""),
    Setting("hosting", "text", group="people", path="hosting", default=""),
    Setting("external_report", "choice", group="people", path="external_report", default="none",
            choices=("none", "figures", "figures_and_stories")),
    *(Setting(f"words.{each}", "text", group="words", path=f"words.{each}", longest=40)
      for each in WORDS),
)  # fmt: skip
GROUPS = ("community", "time", "parts", "digest", "people", "words")


def find(typed: str, label: Callable[[str], tuple[str, ...]]) -> Setting | None:
    """The setting of that name; `label` gives a text key's words in every language."""
    for setting in SETTINGS:
        names = (setting.name, *label(setting.key))
        if any(words(name) == words(typed) for name in names):
            return setting
    return None


def by_name(name: str) -> Setting:
    """The setting of exactly this name. KeyError when there is none."""
    return next(each for each in SETTINGS if each.name == name)


def part_on(community: Community, part: str) -> bool:
    """Whether a part (prompts, pulses, digest, library, directory) is on here [CO-8].

    An open community has no directory, whatever the setting says (f.1.10).
    """
    if part == "directory" and community.join == "open":
        return False
    return bool(community.settings.get(part, True))


def current(
    setting: Setting, filed: Mapping[str, Any], chosen: Mapping[str, Any]
) -> tuple[Any, str]:
    """The value now, and where it comes from: `chat`, `file` or `default`."""
    if setting.at in chosen:
        return chosen[setting.at], "chat"
    if setting.name.startswith("summary_") and "summary" in filed:
        return filed["summary"][setting.name.removeprefix("summary_")], "file"
    section, _, name = setting.at.partition(".")
    inside = filed.get(section)
    found = inside.get(name) if name and isinstance(inside, Mapping) else filed.get(setting.at)
    if found in (None, "", [], {}):
        return setting.default, "default"
    return found, "file"


def shown(setting: Setting, value: Any) -> Value:
    """A value as people read it, in their language."""
    if value is None or value in ("", []):
        empty = {"slow": "none" if value == "" else "calendars", "number": "mode", "text": "unset"}
        return Key(f"settings-value-{empty.get(setting.kind, 'none')}")
    try:
        return _shown(setting, value)
    except (KeyError, TypeError, ValueError):
        # The file may hold what chat would refuse: it is shown as it stands.
        return str(value)


def _shown(setting: Setting, value: Any) -> Value:
    match setting.kind:
        case "choice":
            return choice_key(setting.choices[setting.choices.index(value)])
        case "switch":
            return Key("settings-value-on" if value else "settings-value-off")
        case "time":
            return TimeOfDay(time.fromisoformat(value))
        case "hours":
            ends = {end: TimeOfDay(time.fromisoformat(value[end])) for end in ("from", "to")}
            return Key("settings-hours", ends)
        case "slow":
            return _periods(str(value))
        case "holidays" | "form":
            return Names(tuple(value))
        case _:
            return value if isinstance(value, int) else str(value)


def choice_key(value: str) -> Key:
    """One value of a choice, in words."""
    return Key(f"settings-value-{value.replace('_', '-')}")


def either(values: Sequence[Value]) -> Value:
    """What may be chosen, one after the other with a sign between."""
    said = values[0]
    for each in values[1:]:
        said = Key("settings-either", {"first": said, "then": each})
    return said


def _periods(value: str) -> Value:
    found: Value = ""
    for each in value.split(","):
        start, _, end = each.partition("/")
        period = Key("settings-period", {"from": _yearly(start), "to": _yearly(end)})
        found = Key("settings-periods", {"first": found, "then": period}) if found else period
    return found


def _yearly(text: str) -> Key:
    month, day = (int(part) for part in text.split("-"))
    return Key(f"settings-month-{month}", {"day": day})
