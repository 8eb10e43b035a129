"""How a refusal is told: what was typed is given back, and a way on is offered beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.call import Call
from bot.errors import Complaint
from bot.events import Said
from bot.markup import cut
from bot.messages import Button, Line, Say
from bot.parsing import Parsed, find, nearest, tokens
from bot.people import Role
from bot.permissions import may
from bot.registry import Command
from bot.values import Key, Names, Typed, Value

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
    if known and "typed" not in values and isinstance(event, Said) and _is_more(call, event.text):
        lines = (Line("answers-typed-back", {"typed": Typed(event.text)}),)
    offers = [Button(name) for name in OFFERS.get(complaint.key, ()) if call.registry.has(name)]
    if complaint.key == "answers-not-a-member" and call.role is not Role.VISITOR:
        offers = [button for button in offers if button.action != "join"]
    # Nothing was changed: whoever misses it asks again.
    return Say(complaint.key, values, lines=lines, buttons=tuple(offers), passing=True)


def unknown(call: Call, line: str) -> Complaint:
    """A line that begins with no command: the nearest ones, and what was typed."""
    typed = tokens(line[:200])
    word = typed[0].text if typed else cut(line.strip(), 40)
    names = [
        name for each in call.registry.commands if may(call.standing, each) for name in each.names
    ]
    near = nearest(word, names)
    if not near:
        return Complaint(
            "answers-unknown-command-no-suggestion", {"word": cut(word), "typed": Typed(line)}
        )
    return Complaint(
        "answers-unknown-command",
        {
            "word": cut(word),
            "suggestions": Names(tuple(near), "or"),
            "typed": Typed(line),
        },
    )


def wrong(call: Call, parsed: Parsed, line: str) -> Complaint:
    """A command with a fault: what was understood, what is missing, and an example [CO-7]."""
    names = parsed.command.names
    french = call.language == "fr" and len(names) > 1
    said = " ".join([names[1] if french else names[0], *parsed.understood])
    missing: Any = Key("parsing-surplus", {"surplus": parsed.surplus[:200]})
    if parsed.missing:
        missing = Key(parsed.missing[0].key)
    return Complaint(
        "answers-wrong-argument",
        {
            "understood": said,
            "missing": missing,
            "example": _example(call, parsed.command),
            "typed": Typed(line),
        },
    )


def _is_more(call: Call, text: str) -> bool:
    """Whether giving it back saves anybody a word: a command's name alone would only be noise."""
    found = find(text, call.registry.commands)
    return bool(found[1]) if found else " " in text.strip()


def _example(call: Call, chosen: Command) -> Value:
    if chosen.args:
        return Key(f"example-{chosen.key}", {"prefix": call.prefix})
    french = call.language == "fr" and len(chosen.names) > 1
    return f"{call.prefix} {chosen.names[1] if french else chosen.names[0]}"
