"""A digest is composed of the page `digest`: each feature adds its part, in order.

A section hears `(call, since)` and returns a `Part` or None. It says the same to every reader: who
reads is not known to it, and silent people are never named. The page `return` is filled likewise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from bot.call import Call
from bot.messages import Button, Line, Say
from bot.people import Role
from bot.values import Key, TimeOfDay, Value
from commands.digest import rules
from commands.digest.rules import Part
from commands.settings import table
from storage import digests

PLACE, DAY, AT, EVERY = ("digest_place", "digest_day", "digest_at", "digest_every")
MORE = Button("digest")


async def parts(call: Call, page: str, since: datetime) -> list[Part]:
    """What the features have to say, in order."""
    found = [await each.handler(call, since) for each in call.registry.page(page, Role.MEMBER)]
    return [part for part in found if part is not None]


async def compose(
    call: Call,
    since: datetime,
    *,
    title: str = "digest-title",
    how: tuple[Line, ...] = (Line("digest-how"),),
    quiet: bool = True,
) -> Say | None:
    """The digest of what happened since then; None when nothing did, unless it is not `quiet`."""
    found = await parts(call, "digest", since)
    if not found or (quiet and not any(part.new for part in found)):
        return None
    values = {"community": call.here.name}
    frame = (Line(title, values), *how, Line("why-digest"))

    def count(kept: Sequence[Part]) -> int:
        return _words(call, [*frame, *(line for part in kept for line in part.lines)])

    kept = rules.fitting(found, count, rules.WORDS - 1)
    lines = [line for part in kept for line in part.lines]
    buttons = [button for part in kept for button in part.buttons]
    return Say(
        title,
        values,
        lines=(*lines, *how),
        buttons=(*buttons, MORE),
        kind="digest",
    )


def on(call: Call) -> bool:
    """Whether members may have a digest here."""
    return table.part_on(call.here, "digest") and said(call, PLACE) != "none"


def said(call: Call, name: str) -> str:
    """What the community set, or the default."""
    return str(call.here.settings.get(name, table.by_name(name).default))


def offered(call: Call, zone: str) -> digests.Slot:
    """The hour that one tap chooses: the community's."""
    return digests.Slot(
        every=said(call, EVERY),
        parity=0,
        weekday=table.EVERY_DAY.index(said(call, DAY)),
        at=said(call, AT),
        zone=zone,
    )


def told(every: str, weekday: int, at: str) -> Value:
    """« chaque semaine, le mardi à 13 h »."""
    hour = TimeOfDay(time.fromisoformat(at))
    return Key(f"digest-every-{every}", {"day": Key(f"me-day-{weekday}"), "at": hour})


def _words(call: Call, lines: Sequence[Line]) -> int:
    """The words of the longest of its languages."""
    voices = [call.voice().spoken(language, "") for language in call.texts.languages()]
    return max(
        sum(rules.words_in(call.texts.render(line.key, line.values, voice)) for line in lines)
        for voice in voices
    )
