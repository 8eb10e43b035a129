"""The home: three doors and what concerns oneself, for people who know no command [CO-7].

Every page shows only the buttons whose action a feature registered, so that pages fill up as
features land and never offer what does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.call import Call
from bot.messages import Button, Line, Reply, Say
from bot.people import Role
from bot.registry import button, command
from bot.routing import press

DOOR_BUTTONS = {
    "know": ("find_doc", "next_activities", "recaps", "summary", "cards"),
    "do": ("ask", "current_prompt", "open_questions", "add_doc", "suggest"),
    "who": ("find_person", "be_found", "write_animators", "problem"),
}


def offered(call: Call, text: str, actions: Sequence[str]) -> tuple[Button, ...]:
    """Buttons of a supplied text whose action exists, labelled as the text says."""
    return tuple(
        Button(action, label=f"{text}-button-{action.replace('_', '-')}")
        for action in actions
        if call.registry.has(action)
    )


@command("home", "accueil")
async def open_home(call: Call) -> Reply:
    """Opens the home in private."""
    return await home(call)


@button("home")
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
    return Say("guide-home", values, buttons=offered(call, "guide-home", actions))


@button("know", who=Role.MEMBER)
async def know(call: Call) -> Reply:
    """The door to documents, dates and facts."""
    return _door(call, "know")


@button("do", who=Role.MEMBER)
async def do(call: Call) -> Reply:
    """The door to questions and small steps."""
    return _door(call, "do")


@button("who", who=Role.MEMBER)
async def who(call: Call) -> Reply:
    """The door to people."""
    return _door(call, "who")


def _door(call: Call, door: str) -> Say:
    text = f"guide-door-{door}"
    return Say(
        f"{text}-title",
        lines=(Line(text),),
        buttons=(*offered(call, text, DOOR_BUTTONS[door]), Button("home")),
    )
