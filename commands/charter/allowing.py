"""What a charter may allow beside what it says to everybody: an answer without a name, a hint.

Each is a switch of the settings. It holds while it is on and the charter in force says so: the
sentence joins the text at the next publication, so that nobody is led into it unasked [PR-3].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.call import Call
from bot.messages import Button, Line, Say
from bot.people import Community
from bot.texts import Voice
from bot.values import Md
from commands.settings.table import ALLOWED
from storage import charter
from storage.charter import Version


async def allowed(call: Call, what: str) -> bool:
    """Whether `nameless` or `hint` is on here: the charter in force says so, and the switch."""
    if call.community is None or not call.community.settings.get(what, False):
        return False
    version = await charter.current(call.session, call.community.id)
    return version is not None and what in version.allows


def wanted(community: Community) -> tuple[str, ...]:
    """The switches that are on, whatever the charter says."""
    return tuple(each for each in ALLOWED if community.settings.get(each, False))


def sentences(
    call: Call, allows: Sequence[str], languages: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """What a charter that allows these says of them, in each language."""
    return {
        each: tuple(_sentence(call, what, language=each) for what in allows) for each in languages
    }


def missing(version: Version | None, wanting: Sequence[str]) -> tuple[str, ...]:
    """What the switches want and the charter in force does not say yet."""
    has = version.allows if version is not None else ()
    return tuple(each for each in wanting if each not in has)


async def switched(call: Call, what: str, *, on: bool) -> Say:
    """What a coordinator reads under a switch that just changed, with the next step."""
    version = await charter.current(call.session, call.here.id)
    if not on:
        return Say("charter-allows-off")
    if version is None:
        said: Mapping[str, Md] = {"sentence": Md(_sentence(call, what, language=call.language))}
        return Say("charter-allows-no-charter", said, buttons=(Button("charter.edit"),))
    if what in version.allows:
        return Say("charter-allows-already", {"version": version.number})
    own = call.here.language
    words = sentences(call, (what,), sorted(version.texts, key=lambda each: each != own))
    return Say(
        "charter-allows-needed",
        lines=tuple(
            Line("charter-allows-quoted", {"sentence": Md(each[0])}) for each in words.values()
        ),
        buttons=(Button("charter.publish", (0,)),),
    )


def _sentence(call: Call, what: str, *, language: str) -> str:
    here = call.here
    voice = Voice(
        language=language, zone=here.zone, today=call.now.astimezone(here.zone).date(),
        region=here.region,
    )  # fmt: skip
    return call.texts.render(f"charter-allows-{what}", {}, voice)
