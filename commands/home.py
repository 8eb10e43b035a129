"""The home: three doors and what concerns oneself, for people who know no command [CO-7].

It is said in private, and stands first on the person's own page where a platform has one.

Every page shows only the buttons whose action a feature registered, so that pages fill up as
features land and never offer what does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.call import Call
from bot.messages import Button, Line, Reply, Say
from bot.people import Role
from bot.registry import button, command, section
from bot.routing import press
from bot.values import Key, Names, Value

DOOR_BUTTONS = {
    "know": ("find_doc", "next_activities", "recaps", "summary", "cards"),
    "do": ("ask", "current_prompt", "open_questions", "add_doc", "suggest"),
    "who": ("find_person", "be_found", "write_animators", "problem"),
}

# What a door's line on the home page names; the doors themselves hold all of DOOR_BUTTONS.
BEHIND = {
    "know": ("find_doc", "next_activities", "recaps", "read_charter", "cards"),
    "do": ("ask", "current_prompt", "suggest"),
    "who": ("find_person", "write_animators", "problem"),
}


def offered(call: Call, text: str, actions: Sequence[str]) -> tuple[Button, ...]:
    """Buttons of a supplied text whose action exists, labelled as the text says."""
    return tuple(
        Button(action, label=f"{text}-button-{action.replace('_', '-')}")
        for action in actions
        if call.registry.has(action)
    )


@command("home", "accueil", shows=True)
async def open_home(call: Call) -> Reply:
    """Opens the home in private."""
    return await home(call)


@button("home", shows=True)
async def home(call: Call) -> Reply:
    """The home page, as this person may use it."""
    if call.community is None:
        # Somebody of several communities is asked which one, once [CO-5].
        return await press(call, "community.which")
    values = {"community": call.community.name}
    if call.role is Role.VISITOR:
        return Say(
            "home-visitor",
            {**values, "purpose": call.community.purpose},
            buttons=tuple(
                b
                for b in (Button("join"), Button("who_sees"), Button("problem"))
                if call.registry.has(b.action)
            ),
        )
    actions = ["know", "do", "who", "me"]
    if call.role >= Role.ANIMATOR:
        actions.append("waiting_list")
    return Say(
        "home-doors",
        values,
        lines=tuple(_behind(call, door) for door in DOOR_BUTTONS),
        buttons=offered(call, "guide-home", actions),
    )


@section("home", order=10)
async def page(call: Call) -> Sequence[Say]:
    """Where one is, then each door with its buttons; for whoever is no member, the way in."""
    if call.community is None:
        return ()
    if call.role is Role.VISITOR:
        return (_way_in(call),)
    here = call.community
    lines = [Line("community-role", {"role": Key(f"role-{call.role.word}")})]
    if here.state != "open":
        lines.append(Line(f"community-state-{here.state}"))
    hello = Say(
        "home-page-hello", {"name": call.who.name, "community": here.name}, lines=tuple(lines)
    )
    doors = [(_behind(call, door), _buttons(call, door)) for door in DOOR_BUTTONS]
    return (hello, *(Say(line.key, line.values, buttons=buttons) for line, buttons in doors))


def _way_in(call: Call) -> Say:
    here = call.here
    how = Key("home-page-how") if here.state == "open" else Key(f"home-page-{here.state}")
    values: dict[str, Value] = {"community": here.name, "purpose": here.purpose, "how": how}
    buttons = (Button("join"), Button("who_sees", label="guide-me-button-who-sees"))
    return Say("home-page-visitor", values, buttons=(*buttons, Button("problem")))


def _behind(call: Call, door: str) -> Line:
    """What one finds behind a door today: only what exists."""
    found = [
        call.texts.render(f"home-behind-{action.replace('_', '-')}", {}, call.voice(call.actor))
        for action in BEHIND[door]
        if call.registry.has(action)
    ]
    door_title = Key(f"guide-door-{door}-title")
    return Line("home-door", {"door": door_title, "behind": Names(tuple(found))})


@button("know", who=Role.MEMBER, shows=True)
async def know(call: Call) -> Reply:
    """The door to documents, dates and facts."""
    return _door(call, "know")


@button("do", who=Role.MEMBER, shows=True)
async def do(call: Call) -> Reply:
    """The door to questions and small steps."""
    return _door(call, "do")


@button("who", who=Role.MEMBER, shows=True)
async def who(call: Call) -> Reply:
    """The door to people."""
    return _door(call, "who")


def _door(call: Call, door: str) -> Say:
    text = f"guide-door-{door}"
    # The text speaks of what the door's first button opens; « do » holds for any small step.
    spoken = (Line(text),) if door == "do" or call.registry.has(DOOR_BUTTONS[door][0]) else ()
    return Say(f"{text}-title", lines=spoken, buttons=(*_buttons(call, door), Button("home")))


def _buttons(call: Call, door: str) -> tuple[Button, ...]:
    """What one may do behind a door today."""
    found = offered(call, f"guide-door-{door}", DOOR_BUTTONS[door])
    if door == "know" and call.registry.has("read_charter"):
        return (*found, Button("read_charter", label="guide-charter-ask-button-read-charter"))
    return found
