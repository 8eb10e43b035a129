"""`pace`: the mode and why, caps, what waits, what became of things, what is to come [AT-2].

A member who types it reads their own pace. What is to come is unrolled by a rehearsal on a copy:
it arrives as a second message.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.call import Call
from bot.courtesy.facts import LAUNCH
from bot.foreseen import REHEARSE, Foreseen, Load
from bot.messages import Button, Line, Reply, Say, ToPerson
from bot.people import Role
from bot.registry import button, command, done, timer
from bot.values import Day, Moment
from bot.when import in_slow_period, local_day
from commands.me.quiet import pace as own_pace
from commands.pace import numbers, rhythms, rules
from commands.pace.listing import Post, known, line, posts
from commands.pace.modes import last_day
from commands.pace.periods import coming
from storage import modes, planned
from storage.modes import Regime
from storage.paces import busy_periods, slow_periods

AHEAD = timedelta(days=30)
BEFORE = timedelta(days=14)
SHOWN = 6
"""Posts on one page of the list, each with its buttons."""
LINES = 10
PATIENCE = timedelta(minutes=3)
"""So long a rehearsal may take; then what is known is listed."""
LATE = "pace.unrolled_late"


@command("pace", "rythme", who=Role.MEMBER)
async def pace_typed(call: Call) -> Reply:
    """A member's own pace; for the team, the community's."""
    return await (page if call.role >= Role.ANIMATOR else own_pace)(call)


@button("pace.page", who=Role.ANIMATOR, lasting=True)
async def page(call: Call) -> Reply:
    """The first part at once; the list of what is to come follows."""
    now = await modes.regime(call.session, call.here.id)
    titles = await _titles(call)
    lines = [
        *_mode_lines(call, now),
        *rules.caps(await modes.pace(call.session, call.here.id, call.now), call.now),
    ]
    waits = rules.waiting(await _planned(call), call.now, titles)
    if waits:
        lines += [Line("pace-waiting"), *waits[:LINES]]
        lines += [Line("pace-more", {"n": len(waits) - LINES})] if len(waits) > LINES else []
    became = await _became(call)
    if became:
        lines += [Line("pace-lately"), *became[:LINES]]
    unrolls = call.here.state == "open"
    if unrolls:
        lines.append(Line("pace-unrolling"))
        await _unroll(call)
    more = (Button("pace.lately", (LINES,)),) if len(became) > LINES else ()
    return Say(
        "pace-title",
        {"community": call.here.name},
        lines=tuple(lines),
        buttons=(*more, *_ways(call, now)),
        kind="pace",
    )


@button("pace.lately", who=Role.ANIMATOR, shows=True)
async def lately(call: Call, start: int = 0) -> Reply:
    """More of what did not leave as it was meant."""
    became = await _became(call)
    shown = became[start : start + 2 * LINES]
    left = len(became) - start - len(shown)
    more = (Button("pace.lately", (start + len(shown),)),) if left > 0 else ()
    return Say("pace-lately", lines=tuple(shown), buttons=(*more, Button("pace.page")))


@done(REHEARSE)
async def unrolled(
    call: Call, *, result: dict[str, Any], person: int | None = None, **_: Any
) -> Reply:
    """What the coming days bring, for whoever asked for it here."""
    if person is None:
        return None
    await call.tx.timers.clear(LATE, _key(call, person))
    foreseen = [Foreseen.from_json(each) for each in result["foreseen"]]
    load = Load.from_json({name: result["load"][name] for name in ("members", "people", "spaces")})
    dues = await rhythms.dues(call, call.now + AHEAD)
    found = posts(foreseen, dues, await _planned(call), await _titles(call))
    return await _list(call, person, found, (Line("pace-private-load", {"n": load.most}),))


@timer(LATE)
async def late(call: Call, person: int) -> Reply:
    """Nothing was foreseen in time: what is known today is listed."""
    dues = await rhythms.dues(call, call.now + AHEAD)
    found = known(await _planned(call), dues, await _titles(call))
    return await _list(call, person, found, (Line("pace-known"),))


@button("pace.posts", who=Role.ANIMATOR, shows=True)
async def posts_from(call: Call, start: int = 0) -> Reply:
    """The next posts of the list that was unrolled last."""
    found = await numbers.kept(call)
    return _posts(call, found, start if start < len(found) else 0)


async def _unroll(call: Call) -> None:
    key = _key(call, call.person_id)
    args = {
        "community": call.here.id,
        "days": AHEAD.days,
        # In the copy nobody waits for an answer.
        "without": [LATE],
        "person": call.person_id,
    }
    await call.tx.tasks.add(REHEARSE, f"pace:{key}", args, now=call.now, community=call.here.id)
    await call.tx.timers.set(
        LATE,
        key,
        due=call.now + PATIENCE,
        args={"person": call.person_id},
        community=call.here.id,
        person=call.person_id,
    )


async def _list(call: Call, person: int, found: Sequence[Post], under: tuple[Line, ...]) -> Reply:
    if await call.tx.people.role(person, call.here.id) < Role.ANIMATOR:
        return None
    await numbers.keep(call, person, found)
    return _posts(call, found, 0, under=under, to=person)


def _posts(
    call: Call,
    found: Sequence[Post],
    start: int,
    *,
    under: tuple[Line, ...] = (),
    to: int | None = None,
) -> Say:
    shown = list(enumerate(found[start : start + SHOWN], start + 1))
    left = len(found) - start - len(shown)
    buttons = [each for number, post in shown for each in _acts(number, post)]
    if left > 0:
        buttons.append(Button("pace.posts", (start + SHOWN,), values={"n": left}))
    say = Say(
        "pace-posts" if found else "pace-posts-none",
        {"n": len(found)},
        lines=(
            *(line(number, post) for number, post in shown),
            *under,
            *_how(call, shown),
        ),
        buttons=tuple(buttons),
        kind="pace",
    )
    return (
        say
        if to is None
        else Say(
            say.key, say.values, ToPerson(to), lines=say.lines, buttons=say.buttons, kind="pace"
        )
    )


def _how(call: Call, shown: Sequence[tuple[int, Post]]) -> tuple[Line, ...]:
    """What the buttons do, with a number that has some."""
    number = next((number for number, post in shown if post.ref), None)
    return (Line("pace-posts-how", {"prefix": call.prefix, "n": number}),) if number else ()


def _acts(number: int, post: Post) -> list[Button]:
    """What can be done about a numbered post."""
    if not post.ref:
        return []
    first = "release" if post.state == "held" else "hold"
    args = tuple(post.ref.split(":"))
    return [
        Button(f"pace.{act}", args, label=f"pace-button-{act}", values={"n": number})
        for act in (first, "drop")
    ]


def _mode_lines(call: Call, now: Regime) -> list[Line]:
    today = local_day(call.now, call.here.zone)
    state = call.here.state
    asleep = (Line(f"courtesy-why-{state}"),) if state != "open" else ()
    lines = [*asleep, _mode(call, now, today)]
    if now.brake_until is not None and now.brake_until > call.now:
        lines.append(Line("pace-brake", {"day": Day(local_day(now.brake_until, call.here.zone))}))
    busy = coming(busy_periods(call.here), today)
    if busy is not None and busy.first <= today:
        lines.append(Line("pace-busy", {"day": Day(busy.last)}))
    return lines


def _mode(call: Call, now: Regime, today: Any) -> Line:
    if now.mode == "crisis":
        return Line("pace-now-crisis", {"since": Moment(now.crisis_since or call.now)})
    if now.mode == "slow" and now.until is not None:
        return Line("pace-now-slow-until", {"day": last_day(now.until, call)})
    if now.mode == "slow":
        return Line("pace-now-slow")
    every = slow_periods(call.here)
    weeks = coming(every, today)
    if weeks is not None and in_slow_period(today, every):
        return Line("pace-now-calendar", {"start": Day(weeks.first), "end": Day(weeks.last)})
    launched = call.here.launched
    if now.mode == "launch" and launched is None:
        return Line("pace-now-preparing")
    if now.mode == "launch" and launched is not None and today < launched + LAUNCH:
        left = -(-(launched + LAUNCH - today).days // 7)
        return Line("pace-now-launch", {"day": Day(launched + LAUNCH), "n": left})
    return Line("pace-now-cruise")


def _ways(call: Call, now: Regime) -> tuple[Button, ...]:
    """The modes that somebody may choose now, and one's own pace."""
    own = Button("pace", label="button-pace-own")
    if call.here.state != "open":
        return (own,)
    if now.mode == "crisis":
        return (Button("crisis.end"), own)
    slow = Button("pace.mode", ("slow",), label="button-pace-mode-slow")
    first = Button("pace.resume") if now.mode == "slow" else slow
    cruise = Button("pace.mode", ("cruise",), label="button-pace-mode-cruise")
    return (first, *((cruise,) if now.mode == "launch" else ()), Button("crisis"), own)


async def _became(call: Call) -> list[Line]:
    found = await planned.lately(call.session, call.here.id, call.now - BEFORE)
    return rules.lately(found, await _titles(call), rules.day_in(call.here.zone))


async def _planned(call: Call) -> list[planned.Planned]:
    return await planned.intents(call.session, call.here.id, call.now + AHEAD)


async def _titles(call: Call) -> dict[str, str]:
    """The spaces that members read, by the key of their place."""
    found = await call.tx.people.spaces(call.here.id)
    return {each.place.key: each.title for each in found if each.use != "animators"}


def _key(call: Call, person: int) -> str:
    return f"{call.here.id}:{person}"
