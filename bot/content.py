"""The supplied texts: read when first asked for, as named texts and as the few typed things.

Every text of `content/*.yaml` becomes a key beside those of the Fluent files (`guide-waiting`,
`cards-f1-title`, `answers-apology-button-retry`), so that a feature says both in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.typography import Region, french

ROOT = Path(__file__).parent / "content"

# File -> the first words of its keys. Announcements are many things, each with its own.
_FILES: Mapping[str, tuple[str, ...]] = {
    "announcements": (
        "modes", "pulses", "templates", "activities", "prompt-footers", "why", "calm", "answers",
    ),
    "cards": ("cards",),
    "checklist": ("checklist",),
    "guide": ("guide",),
    "letters": ("letters",),
    "prompts": ("prompts",),
    "pulse": ("pulse",),
    "tips": ("tips",),
    "who-sees-what": ("who-sees-what",),
}  # fmt: skip

# What is about a text and no text itself.
_ABOUT = frozenset({"placeholders", "words", "rules", "source", "when", "note", "version"})
# Levels of a file that add no word to a key.
_SILENT = frozenset(
    {"steps", "messages", "home", "guide", "cards", "letters", "prompts", "relances", "questions",
     "items", "tips", "values", "screen", "lines", "footers"}
)  # fmt: skip
_SINGULAR = {
    "buttons": "button", "controls": "button", "taps": "button", "views": "view",
    "options": "option",
}  # fmt: skip

ByLanguage = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One of the supplied questions (PR-1).

    Its words stand here as in the file, for searching; to be said they have keys, like any text.
    """

    id: str
    category: str
    theme: ByLanguage
    text: ByLanguage
    options: Mapping[str, tuple[str, ...]]
    options_source: str | None
    tags: tuple[str, ...]
    effort: int
    stages: frozenset[str]
    cycle: str
    case_reminder: bool
    mode: str
    kind: str

    @property
    def key(self) -> str:
        """The key of its text; that of its theme is `<key>-theme`."""
        return f"prompts-{_segment(self.id)}"

    @property
    def option_keys(self) -> tuple[str, ...]:
        """The keys of its options, in order."""
        count = len(self.options.get("fr", ()))
        return tuple(f"{self.key}-option-{place}" for place in range(1, count + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A second word on a quiet prompt (PR-4), fit for so many people who answered.

    `closing` is for the days before a thread ends.
    """

    id: str
    key: str
    at_least: int
    at_most: int
    closing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideStep:
    """One step of the navigation guide (ON-6): its texts' keys and its own button."""

    id: str
    key: str
    title_key: str
    button: str
    button_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A fact card (AN-6) and the words one may type after `help` to read it."""

    id: str
    key: str
    title_key: str
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoSeesWhat:
    """The keys of *Qui voit quoi?* (PV-1): the screen, and the same told to each audience."""

    title_key: str
    line_keys: Mapping[str, str]
    after_key: str
    views: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Content:
    """The files of one folder, each read once."""

    root: Path = ROOT
    _raw: dict[str, Any] = field(default_factory=dict, init=False)
    _texts: dict[str, dict[str, ByLanguage]] = field(default_factory=dict, init=False)

    def raw(self, name: str) -> Any:
        """A whole file as it stands (`checklist`, `pulse`, `tips`), not to be changed."""
        if name not in self._raw:
            import yaml

            # The C loader is twelve times faster; not every platform has it.
            loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            text = (self.root / f"{name}.yaml").read_text("utf-8")
            self._raw[name] = yaml.load(text, loader)  # noqa: S506 - a safe loader both ways
        return self._raw[name]

    def charter(self, language: str, region: Region = "CA") -> str:
        """The template of the participation charter (ON-3), with {{blanks}}."""
        text = (self.root / f"charter.{language}.md").read_text("utf-8")
        return french(text, region) if language == "fr" else text

    def text(self, key: str) -> ByLanguage | None:
        """A text in every language, plain as in its file; None when no file has it."""
        for name, prefixes in _FILES.items():
            if key.startswith(tuple(f"{one}-" for one in prefixes)) and (
                found := self._texts_of(name).get(key)
            ):
                return found
        return None

    def keys(self) -> frozenset[str]:
        """The key of every supplied text."""
        return frozenset(key for name in _FILES for key in self._texts_of(name))

    def prompts(self) -> tuple[Prompt, ...]:
        """The sixty supplied prompts."""
        return tuple(_prompt(item) for item in self.raw("prompts")["prompts"])

    def follow_ups(self) -> tuple[FollowUp, ...]:
        """The wordings of a *relance*, each with the numbers of people it fits."""
        return tuple(
            FollowUp(
                id=item["id"],
                key=f"prompts-{_segment(item['id'])}",
                at_least=item.get("when", {}).get("min", 0),
                at_most=item.get("when", {}).get("max", 10**6),
                closing=item.get("use") == "close",
            )
            for item in self.raw("prompts")["relances"]
        )

    def guide(self) -> tuple[GuideStep, ...]:
        """The steps of the navigation guide, in order."""
        return tuple(
            GuideStep(
                id=item["id"],
                key=(key := f"guide-{_segment(item['id'])}"),
                title_key=f"{key}-title",
                button=item["button"]["id"],
                button_key=f"{key}-button-{_segment(item['button']['id'])}",
            )
            for item in self.raw("guide")["guide"]["steps"]
        )

    def cards(self) -> tuple[Card, ...]:
        """The fact cards, in order."""
        return tuple(
            Card(
                id=item["id"],
                key=(key := f"cards-{_segment(item['id'])}"),
                title_key=f"{key}-title",
                words={language: tuple(words) for language, words in item["words"].items()},
            )
            for item in self.raw("cards")["cards"]
        )

    def who_sees_what(self) -> WhoSeesWhat:
        """The screen and its views, as keys."""
        raw, name = self.raw("who-sees-what"), "who-sees-what"
        views = {
            view["id"]: tuple(
                f"{name}-view-{_segment(view['id'])}-{part}"
                for part in ("title", *range(1, len(view["lines"]) + 1))
            )
            for view in raw["views"]
        }
        lines = {line["id"]: f"{name}-{_segment(line['id'])}" for line in raw["screen"]["lines"]}
        return WhoSeesWhat(
            title_key=f"{name}-title", line_keys=lines, after_key=f"{name}-after", views=views
        )

    def _texts_of(self, name: str) -> dict[str, ByLanguage]:
        if name not in self._texts:
            raw = self.raw(name)
            if name == "announcements":
                found = [
                    pair
                    for section, node in raw.items()
                    if section not in _ABOUT
                    for pair in _named(node, _segment(section))
                ]
            else:
                found = list(_named(raw, name))
            self._texts[name] = dict(found)
        return self._texts[name]


def _named(node: Any, key: str) -> Iterator[tuple[str, ByLanguage]]:
    """Every text in a piece of a file, with its key."""
    if isinstance(node, list):
        for place, item in enumerate(node, 1):
            if isinstance(item, dict):
                name = item.get("id", item.get("n", place))
                yield from _named(item, f"{key}-{_segment(name)}")
    elif isinstance(node, dict):
        yield from _languages(node.get("fr"), node.get("en"), key=key)
        for name, child in node.items():
            if name.endswith("_fr"):
                stem = name.removesuffix("_fr")
                word = _segment(_SINGULAR.get(stem, stem))
                yield from _languages(child, node.get(stem + "_en"), key=f"{key}-{word}")
            elif name not in _ABOUT:
                yield from _named(child, key + _step(name, child))


def _languages(fr: Any, en: Any, *, key: str) -> Iterator[tuple[str, ByLanguage]]:
    if isinstance(fr, str) and isinstance(en, str):
        yield key, {"fr": fr.rstrip("\n"), "en": en.rstrip("\n")}
    elif isinstance(fr, list) and isinstance(en, list):
        for place, (one, other) in enumerate(zip(fr, en, strict=True), 1):
            yield from _languages(one, other, key=f"{key}-{place}")


def _step(name: str, child: Any) -> str:
    """What one level of a file adds to a key."""
    if name in ("button", "less"):
        return f"-button-{_segment(child['id'])}"
    return "" if name in _SILENT else "-" + _segment(_SINGULAR.get(name, name))


def _segment(name: object) -> str:
    return str(name).lower().replace("_", "-")


def _prompt(item: Mapping[str, Any]) -> Prompt:
    def both(name: str) -> dict[str, Any]:
        return {language: item[f"{name}_{language}"] for language in ("fr", "en")}

    options: Mapping[str, Sequence[str]] = both("options") if "options_fr" in item else {}
    return Prompt(
        id=item["id"],
        category=item["category"],
        theme=both("theme"),
        text={"fr": item["fr"], "en": item["en"]},
        options={language: tuple(words) for language, words in options.items()},
        options_source=item.get("options_source"),
        tags=tuple(item["tags"]),
        effort=item["effort"],
        stages=frozenset(item["stage"]),
        cycle=item["cycle"],
        case_reminder=item["case_reminder"],
        mode=item["mode"],
        kind=item.get("kind", "evergreen"),
    )
