"""A prompt as it is shown: its words with their counts, its buttons, its poll, its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.call import Call
from bot.events import Place
from bot.messages import Button, Effect, Poll
from bot.people import Space
from bot.values import Key, Lines, Names, Value
from commands.prompts import rules
from commands.prompts.rules import Entry
from storage.postings import PostingRow


def number(posting: PostingRow) -> int:
    """Its number, in buttons and names."""
    assert posting.id is not None
    return posting.id


def name(posting: PostingRow) -> str:
    """The receipt name of its messages in the spaces, and the subject of their threads."""
    return f"posting:{posting.id}"


def copies(posting: PostingRow) -> str:
    """The receipt name of its copies in private."""
    return f"posting-copy:{posting.id}"


def words(entry: Entry, counts: Mapping[str, int]) -> dict[str, Value]:
    """The values of a posting's text."""
    poll = bool(entry.labels)
    return {
        "title": heading(entry),
        "question": entry.question,
        "reminder": Key("prompts-reminder") if entry.case_reminder else None,
        "how": Key("prompt-footers-footer-poll" if poll else "prompt-footers-footer-taps"),
        "private": Key("prompt-footers-footer-private"),
        "reading": Key("prompt-footers-footer-reading"),
        "counts": _counts(entry, counts),
    }


def heading(entry: Entry) -> Key:
    """« Question du moment », with its theme when it has one."""
    theme = entry.theme
    return Key("prompts-title-themed", {"theme": theme}) if theme else Key("prompts-title")


def buttons(posting: PostingRow, entry: Entry) -> tuple[Button, ...]:
    """Its options, or the three one-tap answers, the way to answer in private, and who sees it."""
    which = number(posting)
    others = (Button("prompt.private", (which,)), Button("who_will_see", ("posting", which)))
    if not entry.labels:
        taps = (
            Button("prompt.tap", (which, i), label=f"prompt-footers-button-{end}", emoji=sign)
            for i, (end, sign) in enumerate(rules.TAPS)
        )
        return (*taps, *others)
    shown = (
        Button("prompt.tap", (which, i), label=label.key)
        if isinstance(label, Key)
        else Button("prompt.tap", (which, i), text=str(label))
        for i, label in enumerate(entry.labels)
    )
    return (*shown, *others)


def poll(
    call: Call, posting: PostingRow, entry: Entry, *, only: Place | None = None
) -> list[Effect]:
    """The platform's own poll for a prompt with options, where there is such a thing."""
    if not entry.labels:
        return []
    options = tuple(each for each in buttons(posting, entry) if each.action == "prompt.tap")
    question = call.texts.render("prompts-poll", {"question": entry.question}, call.voice())
    return [Poll(name(posting), question, options, only)]


def titles(spaces: Sequence[Space]) -> Names:
    """What the spaces are called."""
    return Names(tuple(space.title or space.place.id for space in spaces))


def _counts(entry: Entry, counts: Mapping[str, int]) -> Value:
    if not sum(counts.values()):
        return None
    if not entry.labels:
        same, different, never = (counts.get(str(i), 0) for i in range(3))
        values = {"same": same, "different": different, "never": never}
        return Key("prompt-footers-tap-counts", values)
    each = (
        Key("prompts-count", {"option": label, "n": counts.get(str(i), 0)})
        for i, label in enumerate(entry.labels)
    )
    return Lines(tuple(each), "- ")
