"""One's name, profession and organisation, as the other members read them [PV-1: correct]."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.call import Call
from bot.messages import AskForm, Reply, Say
from bot.people import Role
from bot.registry import Field, button, command, form
from commands.me import rules
from commands.me.screen import BACK, mine


@command("profile", "profil", who=Role.MEMBER)
async def profile_typed(call: Call) -> Reply:
    """Asks the profile again, each answer prefilled."""
    return await profile(call)


@button("profile", who=Role.MEMBER)
async def profile(call: Call) -> Reply:
    """The same, by its button."""
    _, membership = await mine(call)
    known = {
        "name": membership.name,
        "profession": membership.profession,
        "organisation": membership.organisation,
    }
    return AskForm("profile", prefill={name: value for name, value in known.items() if value})


async def _fields(call: Call, state: Any) -> Sequence[Field]:
    return (
        Field("name", longest=80, presses=True),
        Field("profession", required=False, longest=120, presses=True),
        Field("organisation", required=False, longest=120, presses=True),
    )


@form("profile", fields=_fields, who=Role.MEMBER, visible="form-profile-visible")
async def profile_filled(call: Call, values: dict[str, str]) -> Reply:
    """Keeps the profile and shows it as the others will."""
    person, membership = await mine(call)
    person.name = membership.name = " ".join(values["name"].split())
    membership.profession = " ".join(values.get("profession", "").split())
    membership.organisation = " ".join(values.get("organisation", "").split())
    await call.session.flush()
    return Say("profile-changed", rules.profile_values(membership), buttons=BACK)
