"""*Moi*: every setting with its value and its button; other features add lines to the page."""

from __future__ import annotations

from collections.abc import Sequence

from bot.call import Call
from bot.messages import Button, Line, Reply, Say
from bot.people import Role
from bot.registry import Arg, button, command, section
from bot.values import Key
from commands.home import offered
from commands.me import rules
from storage import people
from storage.people import MembershipRow, PersonRow

ACTIONS = ("pace", "pause", "profile", "my_data", "who_sees", "leave")
LANGUAGES = ("fr", "en")
ON_PAGE = ("me-language", "me-hours", "me-pause", "me-muted")
BACK = (Button("me"), Button("home"))
"""The ways out of a page about oneself."""


@command("me", "moi", help="member", shows=True)
async def me_typed(call: Call) -> Reply:
    """Everything about oneself, in private."""
    return await me(call)


@button("me", shows=True)
async def me(call: Call) -> Reply:
    """The screen of a member; whoever is not one reads how little is kept."""
    if call.role is Role.VISITOR:
        return Say("me-visitor", buttons=await _ways_in(call))
    person, membership = await mine(call)
    lines = rules.values(person, membership, call)
    extra: list[Button] = []
    for part in call.registry.page("me", call.role):
        for item in await part.handler(call):
            (extra if isinstance(item, Button) else lines).append(item)
    return Say(
        "guide-me-title",
        lines=(Line("guide-me"), *lines),
        buttons=(*offered(call, "guide-me", ACTIONS), *_switches(call, membership), *extra),
    )


@section("home", order=40, who=Role.MEMBER)
async def on_page(call: Call) -> Sequence[Say]:
    """The settings that change from one day to the next; the others are behind *Moi*."""
    person, membership = await mine(call)
    lines = [one for one in rules.values(person, membership, call) if one.key in ON_PAGE]
    paused = person.pause_until is not None and person.pause_until > call.now
    pause = Button("pause.end") if paused else Button("pause", label="guide-me-button-pause")
    other = "en" if call.language == "fr" else "fr"
    language = Button("language", (other,), label=_spoken(other))
    buttons = (pause, Button("notifications"), language, Button("me"))
    return (Say("me-page", lines=tuple(lines), buttons=buttons),)


@command(
    "language",
    "langue",
    who=Role.MEMBER,
    args=(
        Arg(
            "language",
            "choice",
            optional=True,
            choices={
                "fr": ("français", "francais", "french"),
                "en": ("anglais", "english"),
            },
        ),
    ),
)
async def language_typed(call: Call, language: str | None = None) -> Reply:
    """Changes the language of what the bot says to this person, or offers the two."""
    if language is None:
        choices = tuple(Button("language", (each,), label=_spoken(each)) for each in LANGUAGES)
        return Say("me-language-choose", buttons=(*choices, Button("me")))
    return await language_(call, language)


@button("language", who=Role.MEMBER, lasting=True)
async def language_(call: Call, language: str) -> Reply:
    """From now on the bot speaks this language to this person, beginning with this answer."""
    person, _ = await mine(call)
    person.language = rules.known_language(language)
    await call.session.flush()
    call.actor = rules.speaking(call.who, person.language)
    return Say("me-language-changed", {"language": Key(_spoken(person.language))}, buttons=BACK)


@button("greeting", who=Role.MEMBER, lasting=True)
async def greeting(call: Call, wanted: str) -> Reply:
    """Whether the public welcome line may name this person."""
    _, membership = await mine(call)
    membership.greeted = wanted == "yes"
    await call.session.flush()
    return Say(
        "me-greeting-changed", {"wanted": "yes" if membership.greeted else "no"}, buttons=BACK
    )


async def mine(call: Call) -> tuple[PersonRow, MembershipRow]:
    """The rows of the member who acts, to read or to change."""
    person = await people.person(call.session, call.person_id)
    membership = await people.membership(call.session, call.person_id, call.here.id)
    if person is None or membership is None:
        raise LookupError(call.person_id)
    return person, membership


def _switches(call: Call, membership: MembershipRow) -> list[Button]:
    other = "en" if call.language == "fr" else "fr"
    wanted = "no" if membership.greeted else "yes"
    return [
        Button("notifications"),
        Button("language", (other,), label=_spoken(other)),
        Button("greeting", (wanted,), label=f"button-greeting-{wanted}"),
        Button("home"),
    ]


def _spoken(language: str) -> str:
    """The text key of a language's own name."""
    return f"me-language-{language}"


async def _ways_in(call: Call) -> tuple[Button, ...]:
    """What somebody who is no member may do here."""
    found = [Button(action) for action in ("join",) if call.registry.has(action)]
    if call.community is not None and call.who.person_id is not None:
        row = await people.membership(call.session, call.who.person_id, call.here.id)
        if row is not None and row.state == "left":
            found = [Button("come_back", label="letters-farewell-button-come-back")]
    return (*found, Button("my_data"), Button("who_sees"))
