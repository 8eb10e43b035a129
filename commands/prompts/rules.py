"""What a bank of prompts is, and which prompt comes next. Pure.

A round ends when every evergreen prompt that may be drawn was posted once; only then does one of
them return. Single-use prompts never do (PR-1, PR-2).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.chance import Chance
from bot.content import Prompt
from bot.parsing import words
from bot.values import Key, Value
from storage.prompts import PromptRow

KEPT_FOR_PULSES = frozenset({"P22", "P45", "P50", "P56", "P59"})
"""Their answers must stand apart from names, or their options come from the topic box (PR-3)."""
CASES = frozenset({"cas", "case"})
"""A prompt of one's own with such a tag carries the confidentiality reminder."""
TAPS = (("same-here", "✅"), ("differently", "🔄"), ("never-tried", "❓"))
"""The three one-tap answers of every open prompt: end of the text key, sign."""
QUIET = 3
"""Fewer people than this answering a prompt is a low participation (PR-4 counts the same)."""
MOST_OPTIONS = 8
LONGEST_OPTION = 60
_CODE = re.compile(r"([pc])[\s-]*0*(\d{1,4})", re.IGNORECASE)
_SLACK_LINK = re.compile(r"/archives/([A-Z0-9]+)/p(\d{10})(\d{6})(?:\?thread_ts=(\d+\.\d+))?")
_MATRIX_LINK = re.compile(r"matrix\.to/#/([!#][^/?]+)/(\$[^?]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One prompt of the bank as it stands for a community."""

    code: str
    text: str | None = None
    """What the community wrote; None: as supplied, under `key`."""
    key: str = ""
    theme_key: str = ""
    options: tuple[str, ...] | None = None
    """What the community wrote; None: as supplied, under `option_keys`."""
    option_keys: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    effort: int = 2
    single_use: bool = False
    case_reminder: bool = False
    archived: bool = False

    @property
    def kept(self) -> bool:
        """Whether it waits for pulses."""
        return self.code in KEPT_FOR_PULSES

    @property
    def question(self) -> Value:
        """Its words, as a value of a text."""
        return Key(self.key) if self.text is None else self.text

    @property
    def theme(self) -> Value:
        """Its supplied theme, or None."""
        return Key(self.theme_key) if self.theme_key and self.text is None else None

    @property
    def labels(self) -> tuple[Value, ...]:
        """Its options in order; none for an open prompt."""
        if self.options is not None:
            return self.options
        return tuple(Key(key) for key in self.option_keys)

    def tagged(self, tag: str) -> bool:
        """Whether it carries this tag; `-`, `_`, accents and plurals do not matter."""
        return any(words(each) == words(tag) for each in self.tags)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The prompt that comes next, and whether the bank begins anew with it."""

    entry: Entry
    new_round: bool


def bank(supplied: Iterable[Prompt], written: Sequence[PromptRow]) -> list[Entry]:
    """The supplied prompts as the community changed them, then its own."""
    rows = {row.code: row for row in written}
    entries = [_changed(_supplied(each), rows.get(each.id)) for each in supplied]
    return entries + [_changed(Entry(code=row.code), row) for row in written if row.number]


def posted(entry: Entry, text: str | None, options: Sequence[str] | None) -> Entry:
    """The prompt as it was posted, whatever became of it in the bank since."""
    return replace(entry, text=text, options=None if options is None else tuple(options))


def choose(
    entries: Sequence[Entry],
    used: Collection[str],
    ever: Collection[str],
    *,
    chance: Chance,
    tag: str | None = None,
    low: bool = False,
    still_open: Collection[str] = (),
    refused: Collection[str] = (),
) -> Chosen | None:
    """The next prompt, drawn among those not used in this round; None when none fits.

    `used` are the codes of this round, `ever` of all rounds; `refused` are passed over this time.
    Neither a tag nor a refusal makes one return early.
    """
    usable = [
        each
        for each in entries
        if not (each.archived or each.kept or (each.single_use and each.code in ever))
    ]
    fresh = [each for each in usable if each.code not in used]
    new_round = not fresh
    if new_round:
        fresh = [each for each in usable if each.code not in still_open]
    fresh = [each for each in fresh if each.code not in refused]
    if tag is not None:
        fresh = [each for each in fresh if each.tagged(tag)]
    if low and fresh:
        least = min(each.effort for each in fresh)
        fresh = [each for each in fresh if each.effort == least]
    return Chosen(chance.choice(fresh, "prompt"), new_round) if fresh else None


def is_low(people: Sequence[int]) -> bool:
    """Whether most of the last prompts found fewer than three people; no past is not low."""
    return sum(count < QUIET for count in people) * 2 > len(people)


def code_of(typed: str) -> str | None:
    """The code somebody means: `p7`, `P07`, `c 2`; None when it is none."""
    found = _CODE.fullmatch(typed.strip())
    return f"{found[1].upper()}{int(found[2]):02}" if found else None


def options_of(typed: str) -> list[str]:
    """Options as people type them: one a line, or between `;` or `/`. Empty ones go."""
    parts = re.split(r"[\n;]" if re.search(r"[\n;]", typed) else r"\s/\s", typed)
    return list(dict.fromkeys(bare for part in parts if (bare := part.strip(" \t-•*"))))


def tags_of(typed: str) -> list[str]:
    """Tags as people type them, with or without `#`, between spaces or commas."""
    found = (part.strip("#.").casefold() for part in re.split(r"[\s,;]+", typed))
    return list(dict.fromkeys(part for part in found if part))


def same_sign(left: str, right: str) -> bool:
    """Whether two emoji are one: a variation selector only asks for the colourful form."""
    return left.replace("\ufe0f", "") == right.replace("\ufe0f", "")


def linked(link: str) -> tuple[str, str] | None:
    """The channel or room, and the message, of a Slack or Matrix permalink.

    Shapes: docs.slack.dev `chat.getPermalink`; spec.matrix.org, « matrix.to navigation ».
    """
    slack = _SLACK_LINK.search(link)
    if slack:
        return slack[1], slack[4] or f"{slack[2]}.{slack[3]}"
    matrix = _MATRIX_LINK.search(link.replace("%21", "!").replace("%24", "$").replace("%3A", ":"))
    return (matrix[1], matrix[2]) if matrix else None


def _supplied(prompt: Prompt) -> Entry:
    return Entry(
        code=prompt.id,
        key=prompt.key,
        theme_key=f"{prompt.key}-theme",
        option_keys=prompt.option_keys,
        tags=prompt.tags,
        effort=prompt.effort,
        single_use=prompt.kind == "single_use",
        case_reminder=prompt.case_reminder,
    )


def _changed(entry: Entry, row: PromptRow | None) -> Entry:
    if row is None:
        return entry
    tags = entry.tags if row.tags is None else tuple(row.tags)
    return Entry(
        code=entry.code,
        text=row.text,
        key=entry.key,
        theme_key=entry.theme_key,
        options=None if row.options is None else tuple(row.options),
        option_keys=entry.option_keys,
        tags=tags,
        effort=row.effort or entry.effort,
        single_use=entry.single_use if row.single_use is None else row.single_use,
        case_reminder=entry.case_reminder or not CASES.isdisjoint(tags),
        archived=row.archived is not None,
    )
