"""How a refusal is told: what was typed is given back, and a way on is offered beside it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.call import Call
from bot.errors import Complaint
from bot.events import Said
from bot.messages import Button, Line, Say
from bot.people import Role
from bot.values import Key, Typed

# What a kind answer offers beside its words, when such a button exists.
OFFERS: Mapping[str, tuple[str, ...]] = {
    "answers-not-a-member": ("join", "home"),
    "answers-unknown-command": ("home",),
    "answers-unknown-command-no-suggestion": ("home",),
    "dispatch-not-understood": ("home",),
    "answers-expired-button": ("home",),
    "answers-expired-button-someone-first": ("home",),
    "permissions-not-allowed": ("home",),
    "permissions-no-community": ("community.which",),
}


def told(call: Call, complaint: Complaint) -> Say:
    """The complaint as a private answer, with what was typed given back to who is known."""
    values = dict(complaint.values)
    if values.get("state") == "":
        # An empty value would take its whole line with it, and leave nothing but a button.
        values["state"] = Key("answers-state-past")
    event = call.event
    known = call.actor is not None and call.actor.account_id is not None
    lines: tuple[Line, ...] = ()
    if complaint.key.startswith("answers-expired-button") and not values.get("state"):
        # A line with an empty value is left out, and this one must be said.
        values["state"] = Key("frame-expired")
    if known and "typed" not in values and isinstance(event, Said) and " " in event.text.strip():
        # A single word is no loss, and quoting it back would only be noise.
        lines = (Line("answers-typed-back", {"typed": Typed(event.text)}),)
    offers = [Button(name) for name in OFFERS.get(complaint.key, ()) if call.registry.has(name)]
    if complaint.key == "answers-not-a-member" and call.role is not Role.VISITOR:
        offers = [button for button in offers if button.action != "join"]
    return Say(complaint.key, values, lines=lines, buttons=tuple(offers))
