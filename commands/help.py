"""Help: seven lines for a member, seven more for an animator, everything on demand [CO-7]."""

from __future__ import annotations

from bot.call import Call
from bot.errors import Complaint
from bot.markup import cut
from bot.messages import Button, Line, Reply, Say
from bot.parsing import nearest, words
from bot.people import Role
from bot.permissions import may
from bot.registry import Arg, Command, button, command
from bot.values import Key, Names, Typed
from commands import cards

ACCOUNTS = ("compte", "deux comptes", "account", "two accounts")
"""The topics under which stands what becomes of somebody with two accounts."""


@command("help", "aide", help="member", args=(Arg("topic", "text", optional=True),), shows=True)
async def help_(call: Call, topic: str | None = None) -> Reply:
    """The short list, or one command explained."""
    if topic:
        return _explained(call, topic)
    if call.role is Role.VISITOR:
        actions = [Button(name) for name in ("join", "who_sees", "home") if call.registry.has(name)]
        values = {"community": call.community.name if call.community else ""}
        return Say("help-visitor", values, buttons=tuple(actions), kind="help")
    short = ["member", *(["animator"] if call.role >= Role.ANIMATOR else [])]
    lines = [_line(call, each) for level in short for each in _allowed(call) if each.help == level]
    return Say(
        "help-title", lines=tuple(lines), kind="help", buttons=(Button("help_all"), Button("home"))
    )


@button("help_all", shows=True)
async def help_all(call: Call) -> Reply:
    """Everything this person may do, in order of name."""
    allowed = sorted(_allowed(call), key=lambda each: words(_name(call, each)))
    return Say(
        "help-all-title",
        lines=(*(_line(call, each) for each in allowed), *await _accounts(call)),
        kind="help",
        buttons=(Button("home"),),
    )


def _explained(call: Call, topic: str) -> Say:
    asked = words(topic)
    found = [c for c in _allowed(call) if any(words(n)[: len(asked)] == asked for n in c.names)]
    card = cards.about(call, topic)
    if card is not None and not found:
        return cards.page(call, card)
    if words(topic) in [words(each) for each in ACCOUNTS]:
        return Say(
            "help-topic-title",
            {"topic": topic},
            lines=(Line("help-two-accounts"),),
            kind="help",
            buttons=(Button("help_all"), Button("home")),
        )
    if not found:
        names = [name for each in _allowed(call) for name in each.names]
        near = nearest(topic, names)
        if near:
            raise Complaint(
                "help-unknown", {"topic": cut(topic), "suggestions": Names(tuple(near), "or")}
            )
        raise Complaint(
            "answers-unknown-command-no-suggestion", {"word": cut(topic), "typed": Typed(topic)}
        )
    lines = []
    for each in found:
        lines.append(_line(call, each))
        if each.args:
            lines.append(
                Line(
                    "help-example", {"example": Key(f"example-{each.key}", {"prefix": call.prefix})}
                )
            )
        others = tuple(name for name in each.names if name != _name(call, each))
        if others:
            lines.append(Line("help-names", {"names": Names(others, "or")}))
    read = (Button("card", (card.id.lower(),), label=card.title_key),) if card else ()
    return Say(
        "help-topic-title",
        {"topic": cut(topic)},
        lines=tuple(lines),
        kind="help",
        buttons=(*read, Button("help_all"), Button("home")),
    )


async def _accounts(call: Call) -> tuple[Line, ...]:
    """Where somebody may well have two accounts: in a community that lives on several platforms."""
    if call.community is None:
        return ()
    spaces = await call.tx.people.spaces(call.community.id)
    several = len({each.place.platform for each in spaces}) > 1
    return (Line("help-two-accounts"),) if several else ()


def _allowed(call: Call) -> list[Command]:
    return [each for each in call.registry.commands if may(call.standing, each)]


def _name(call: Call, entry: Command) -> str:
    french = call.language == "fr" and len(entry.names) > 1
    return entry.names[1] if french else entry.names[0]


def _line(call: Call, entry: Command) -> Line:
    return Line("help-line", {"command": _name(call, entry), "what": Key(f"help-{entry.key}")})
