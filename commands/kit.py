"""The welcome kit on demand, filled by the features on the page `kit` [ON-4]."""

from __future__ import annotations

from bot.call import Call
from bot.messages import Button, Line, Reply, Say
from bot.people import Role
from bot.registry import button, command, kit_section
from commands import home
from commands.welcome import mine


@command("welcome", "bienvenue", shows=True)
async def welcome(call: Call) -> Reply:
    """What a newcomer needs, at any time; a visitor finds the way in."""
    if call.role is Role.VISITOR:
        return await home.home(call)
    lines: list[Line] = []
    further: list[Button] = []
    for entry in call.registry.page("kit", call.role):
        for item in await entry.handler(call):
            (further if isinstance(item, Button) else lines).append(item)
    offered = (
        ("read_charter", "guide-existing-room-button-read-charter"),
        ("who_sees", "guide-member-first-button-who-sees"),
        ("ask", "guide-member-first-button-ask"),
        ("pace", "guide-took-part-button-pace"),
    )
    buttons = [Button(name, label=label) for name, label in offered if call.registry.has(name)]
    membership = await mine(call)
    if membership.steps.get("greet") == "waiting" and call.registry.has("greeting"):
        buttons.append(Button("greeting", ("no",), label="button-welcome-unnamed"))
    return Say(
        "welcome-kit",
        {"community": call.here.name},
        lines=tuple(lines),
        buttons=(*buttons, *further, Button("guide")),
        kind="welcome",
    )


@button("welcome", shows=True)
async def welcome_pressed(call: Call) -> Reply:
    """The same, from a button."""
    return await welcome(call)


@command("depart", "départ", who=Role.MEMBER, shows=True)
async def depart(call: Call) -> Reply:
    """A word with two meanings: leaving, or starting out."""
    leave = (Button("leave", label="guide-me-button-leave"),) if call.registry.has("leave") else ()
    return Say("welcome-depart", buttons=(*leave, Button("welcome")))


@kit_section(10)
async def kit_purpose(call: Call) -> list[Line]:
    """What the community is for."""
    return [Line("welcome-kit-purpose", {"purpose": call.here.purpose})]


@kit_section(30)
async def kit_who_sees(call: Call) -> list[Line]:
    """Who sees what, in one line."""
    return [Line("welcome-kit-who-sees", {"host": call.here.host})]


@kit_section(80)
async def kit_ask(call: Call) -> list[Line]:
    """How to ask."""
    return [Line("welcome-kit-ask")]


@kit_section(90)
async def kit_quiet(call: Call) -> list[Line]:
    """How to be left in peace."""
    return [Line("welcome-kit-quiet")]
