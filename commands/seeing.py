"""*Voir comme…*: a month of messages as somebody who arrives would get them [AT-5].

That person comes to be in the copy that is rehearsed, and nowhere else. Whoever asked reads the
first messages just as they would be, and the rest in a word each; nobody else reads anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot import markup
from bot.call import Call, enter
from bot.errors import Complaint
from bot.events import Account
from bot.foreseen import GUEST, REHEARSE_AS, Foreseen
from bot.messages import Button, Line, Reply, Say, ToPerson
from bot.people import Role
from bot.registry import Arg, button, command, done, timer
from bot.values import Day, Key, Md, Moment
from bot.when import local_day
from commands import welcome
from commands.me.rules import HOURS, hours_kept
from storage import communities, people

DAYS = 28
WHOLE = 6
"""Messages that are shown as they would be."""
SHORT = 12
"""Messages after those that are told in a few words each."""
WORDS = 70
ARRIVE = "see-as.arrive"
WHO = {
    "new": ("new", "arrive", "arrivee", "nouveau", "nouvelle", "newcomer"),
    "night": ("night", "nuit"),
    "en": ("en", "english", "anglais"),
    "fr": ("fr", "french", "francais"),
}


@command(
    "see as",
    "voir comme",
    who=Role.ANIMATOR,
    args=(Arg("who", "choice", optional=True, choices=WHO),),
)
async def see(call: Call, who: str | None = None) -> Reply:
    """Asks as whom, or begins at once."""
    return await _begin(call, who) if who else _choose(call)


@button("see_as", who=Role.ANIMATOR, lasting=True)
async def pressed(call: Call, who: str | None = None) -> Reply:
    """The same from a page."""
    return await _begin(call, who) if who else _choose(call)


@button("see_as_newcomer", who=Role.ANIMATOR, lasting=True)
async def newcomer(call: Call) -> Reply:
    """As somebody who arrives, from the first words to animators."""
    return await _begin(call, "new")


@timer(ARRIVE)
async def arrive(call: Call, who: str, platform: str, tenant: str, name: str) -> Reply:
    """Makes the person and welcomes them: in the copy of a rehearsal, for only it sets this."""
    if call.here.state != "open":
        day = local_day(call.now, call.here.zone)
        await communities.change_state(call.session, call.here.id, "open", among=(call.here.state,))
        await communities.begin_launch(call.session, call.here.id, day=day, by=None)
        await enter(call, call.here.id)
    account = Account(platform, tenant, "rehearsal")
    language = who if who in ("fr", "en") else None
    _, number = await people.keep_account(call.session, account, name, language=language)
    person = await people.person(call.session, number)
    assert person is not None
    if who == "night":
        person.hours = hours_kept(HOURS["night"])
    member = await people.admit(call.session, number, call.here.id, now=call.now, name=name)
    await call.tx.notebook.write(GUEST, str(number))
    return await welcome.begin(call, member)


@done(REHEARSE_AS)
async def seen(call: Call, *, result: dict[str, Any], person: int, who: str, **_: Any) -> Reply:
    """What that person would get, for whoever asked, if they still may."""
    if await call.tx.people.role(person, call.here.id) < Role.ANIMATOR:
        return None
    guest = str(result["guest"])
    found = [Foreseen.from_json(each) for each in result["foreseen"]]
    private = [each for each in found if each.audience == "person" and each.audience_id == guest]
    titles = await _titles(call)
    public = [each for each in found if each.audience_id in titles]
    mine = sorted([*private, *public], key=lambda each: each.at)
    zone = call.here.zone
    values = {
        "who": Key(f"see-as-who-{who}"),
        "from": Day(local_day(call.now, zone)),
        "to": Day(local_day(call.now + timedelta(days=DAYS), zone)),
        "private": len(private),
        "spaces": len(public),
    }
    to = ToPerson(person)
    return [
        Say("see-as-title", values, to, lines=() if mine else (Line("see-as-nothing"),)),
        *(_whole(each, titles, to) for each in mine[:WHOLE]),
        *_rest(mine[WHOLE:], titles, to),
    ]


def _choose(call: Call) -> Say:
    other = "fr" if call.here.language == "en" else "en"
    buttons = tuple(
        Button("see_as", (who,), label=f"button-see-as-{who}") for who in ("new", "night", other)
    )
    return Say("see-as-choose", buttons=buttons)


async def _begin(call: Call, who: str) -> Say:
    if who not in WHO:
        raise Complaint("answers-expired-button", {"state": ""})
    account = call.who.account
    name = call.texts.render("see-as-name", {}, call.voice())
    first = {"who": who, "platform": account.platform, "tenant": account.tenant, "name": name}
    await call.tx.tasks.add(
        REHEARSE_AS,
        f"{call.here.id}:{call.person_id}",
        {
            "community": call.here.id,
            "days": DAYS,
            "first": [ARRIVE, first],
            "person": call.person_id,
            "who": who,
        },
        now=call.now,
        community=call.here.id,
    )
    return Say("see-as-asked")


async def _titles(call: Call) -> dict[str, str]:
    """The spaces where members read, by the key of the place."""
    spaces = await call.tx.people.spaces(call.here.id)
    return {each.place.key: each.title for each in spaces if each.use != "animators"}


def _whole(each: Foreseen, titles: Mapping[str, str], to: ToPerson) -> Say:
    key = "see-as-private" if each.audience == "person" else "see-as-space"
    values = {"when": Moment(each.at), "space": titles.get(each.audience_id, "")}
    lines = [Line("see-as-text", {"text": Md(each.text)})]
    if each.buttons:
        lines.append(Line("see-as-buttons", {"buttons": " · ".join(each.buttons)}))
    return Say(key, values, to, lines=tuple(lines))


def _rest(left: Sequence[Foreseen], titles: Mapping[str, str], to: ToPerson) -> list[Say]:
    if not left:
        return []
    lines = [_short(each, titles) for each in left[:SHORT]]
    if len(left) > SHORT:
        lines.append(Line("see-as-rest", {"n": len(left) - SHORT}))
    return [Say("see-as-more", to=to, lines=tuple(lines))]


def _short(each: Foreseen, titles: Mapping[str, str]) -> Line:
    words = " ".join(markup.plain(each.text).split())
    if len(words) > WORDS:
        words = words[:WORDS].rsplit(" ", 1)[0] + "…"
    key = "see-as-more-private" if each.audience == "person" else "see-as-more-space"
    space = titles.get(each.audience_id, "")
    return Line(key, {"when": Moment(each.at), "space": space, "words": words})
