"""*Qui voit quoi?* first, then one's own data: seen, received, corrected, erased [PV-1].

Everything is computed from the declarations of `storage.privacy.Knows`: what export and erasure
reach is what the screen shows and what `copain data-map` prints [PV-3, SE-8].
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.call import Call
from bot.errors import Complaint
from bot.messages import Button, Edit, Effect, File, Line, Reply, Say, Void, effects
from bot.people import Role
from bot.registry import button, command
from bot.texts import Texts, Voice
from bot.values import Key, Names, Value
from commands.charter.allowing import allowed
from commands.home import offered
from storage import communities, erasures, leaving, observation, people, privacy
from storage.privacy import Traces
from storage.tables import known

CLEAN_UP = "housekeeping.night"
"""The timer of the nightly clean-up, which sets itself again (scheduler.housekeeping)."""
UNCOUNT = Button("do_not_count", label="who-sees-what-button-do-not-count")
AFTER = ("my_data", "do_not_count", "count_me", "read_charter")


@command("privacy", "mes-donnees", "qui voit quoi", "who sees what", shows=True)
async def privacy_typed(call: Call) -> Reply:
    """Who sees what comes first; one's data are a button further."""
    return await who_sees(call)


@button("who_sees", lasting=True, shows=True)
async def who_sees(call: Call) -> Reply:
    """Five lines with this person's real values; for whoever is no member, what is true of them."""
    counted = await _counted(call)
    shown = [each for each in AFTER if each != ("count_me" if counted else "do_not_count")]
    if counted is None:
        shown = ["my_data", "read_charter"]
    labelled = offered(call, "who-sees-what", [each for each in shown if each != "count_me"])
    again = (Button("count_me"),) if "count_me" in shown else ()
    return Say(
        "who-sees-what-title",
        lines=(*await _screen(call, counted), Line("who-sees-what-after", hosts(call))),
        buttons=(*labelled, *again, Button("home")),
    )


@button("my_data", lasting=True, shows=True)
async def my_data(call: Call) -> Reply:
    """What is kept of this person now: why, for how long, who sees it."""
    kept = await privacy.kept_of(call.session, await traces(call))
    lines = _map(kept)
    counted = await _counted(call)
    switch = {None: (), True: (UNCOUNT,), False: (Button("count_me"),)}[counted]
    correct = (Button("profile", label="guide-me-button-profile"),)
    return Say(
        "my-data-title" if lines else "my-data-none",
        lines=(*(Line("my-data-line", values) for values in lines), Line("my-data-never")),
        buttons=(
            *(Button("export"), Button("forget")) * bool(lines),
            *(correct if call.role > Role.VISITOR else ()),
            *switch,
            Button("who_sees", label="guide-me-button-who-sees"),
        ),
    )


@command("privacy export", "mes-donnees exporter")
async def export_typed(call: Call) -> Reply:
    """All of it, as a file in private."""
    return await export(call)


@button("export", lasting=True)
async def export(call: Call) -> Reply:
    """The same, by its button."""
    found = await privacy.export_traces(call.session, await traces(call))
    found = {"version": found["version"], "at": call.now.isoformat(), "tables": found["tables"]}
    content = json.dumps(found, ensure_ascii=False, indent=2).encode("utf-8", "replace")
    file = File(f"copain-{call.now:%Y-%m-%d}.json", "application/json", content)
    return Say("export-ready", files=(file,), buttons=(Button("my_data"), Button("home")))


@command("privacy forget", "mes-donnees effacer", shows=True)
async def forget_typed(call: Call) -> Reply:
    """Says what erasing does, and asks once."""
    return await forget(call)


@button("forget", lasting=True, shows=True)
async def forget(call: Call) -> Reply:
    """The same, by its button."""
    await refuse_last_coordinator(call)
    mine = await call.tx.people.communities_of(call.who.person_id or 0)
    several = [Line("forget-everywhere", {"communities": _names(c.name for c in mine)})]
    return Say(
        "forget-confirm",
        {"platform": platform(call)},
        lines=tuple(several if len(mine) > 1 else ()),
        buttons=(Button("forget.yes"), Button("export"), Button("home", label="button-keep")),
        kind="goodbye",
    )


@button("forget.yes")
async def forget_yes(call: Call) -> Reply:
    """Erases everything in every community, and says so to an account nobody knows any more."""
    await refuse_last_coordinator(call)
    told = await erased(call, await traces(call))
    forget_actor(call)
    return [*told, Say("forget-done", {"platform": platform(call)})]


@button("do_not_count", who=Role.MEMBER, lasting=True)
async def do_not_count(call: Call) -> Reply:
    """The activity of this member is counted no longer, and what was counted is removed (g.3)."""
    await _count(call, False)
    accounts = await people.account_ids_of(call.session, call.person_id)
    gone = await observation.forget_accounts(call.session, accounts, call.here.id)
    lines = (Line("count-removed", {"n": gone}),) if gone else ()
    return Say("count-off", lines=lines, buttons=(Button("count_me"), Button("me")))


@button("count_me", who=Role.MEMBER, lasting=True)
async def count_me(call: Call) -> Reply:
    """The activity counts again, from now on."""
    await _count(call, True)
    return Say("count-on", buttons=(UNCOUNT, Button("me")))


def data_map_lines(texts: Texts, voice: Voice) -> list[str]:
    """Every table that knows a person: why, how long, who sees it; for `copain data-map` [PV-3]."""
    return [
        texts.render(
            "data-map-line",
            {
                "table": table,
                "column": column,
                "why": Key(why),
                "kept": Key(kept),
                "seen": Key(seen),
            },
            voice,
        )
        for table, column, why, kept, seen in privacy.data_map(known())
    ]


async def traces(call: Call) -> Traces:
    """Under what the person who acts stands in the tables; an account alone for a visitor."""
    if call.who.person_id is None:
        return Traces(accounts=(call.who.account,))
    return await privacy.traces_of(call.session, call.who.person_id)


async def erased(call: Call, found: Traces, community_id: int | None = None) -> list[Effect]:
    """Erases somebody, from one community or from all; effects rewrite what names them.

    The messages about one person alone are those of `Knows.cards`. A feature whose messages name
    several has a `@section("erase", …)`: a function of `(call, traces, community_id)` that returns
    effects (Edit, Remove, Void), asked while the rows still stand.
    """
    told: list[Effect] = []
    for name in await privacy.cards_of(call.session, found, community_id=community_id):
        told += [Void(name), Edit(name, "privacy-rewritten", forget=True)]
    for part in call.registry.page("erase", Role.COORDINATOR):
        told += effects(await part.handler(call, found, community_id))
    if community_id is None and call.seal:
        await erasures.note_erasure(call.session, found.accounts, call.seal, call.now)
    await privacy.erase_traces(call.session, found, community_id=community_id)
    # An export of this morning may still lie among the files: the night comes early.
    await call.tx.timers.set(CLEAN_UP, "", due=call.now + timedelta(minutes=1))
    return told


def forget_actor(call: Call) -> None:
    """From here on the actor is somebody nobody keeps: what is still said leaves no receipt."""
    call.actor = replace(call.who, name="", account_id=None, person_id=None, current_community=None)
    call.role = Role.VISITOR


async def refuse_last_coordinator(call: Call, community_id: int | None = None) -> None:
    """A community is not left without coordinator: Complaint with the way out [CO-4]."""
    if call.who.person_id is None:
        return
    alone = await leaving.led_alone(call.session, call.who.person_id)
    for number in alone if community_id is None else [n for n in alone if n == community_id]:
        found = await communities.community(call.session, number)
        assert found is not None
        raise Complaint(
            "leaving-last-coordinator", {"community": found.name, "prefix": call.prefix}
        )


def platform(call: Call) -> Value:
    """The name of the actor's messaging tool."""
    return Key(f"privacy-platform-{call.who.account.platform}")


async def _counted(call: Call) -> bool | None:
    """Whether the actor's activity is counted here; None of whoever is no member."""
    if call.role is Role.VISITOR or call.community is None:
        return None
    row = await people.membership(call.session, call.person_id, call.here.id)
    return row.counted if row else None


async def _count(call: Call, counted: bool) -> None:
    row = await people.membership(call.session, call.person_id, call.here.id)
    assert row is not None
    row.counted = counted
    await call.session.flush()


async def _screen(call: Call, counted: bool | None) -> list[Line]:
    values = await _values(call, counted)
    views = ("member", "animator", "coordinator", "server-administrator")
    if counted is None:
        lines = [Line(f"who-sees-visitor-{view}", values) for view in views]
    else:
        lines = [Line(f"who-sees-what-{view}", values) for view in views]
    lines.append(Line("who-sees-what-employer", values))
    if counted is not None and await allowed(call, "nameless"):
        lines.append(Line("who-sees-nameless", values))
    return lines


async def _values(call: Call, counted: bool | None) -> dict[str, Value]:
    here = call.here
    rows = await people.members(call.session, here.id)
    lead = [row.name for row in rows if row.role == "coordinator"]
    animators = [row.name for row in rows if row.role == "animator"] or lead
    bot = Key("privacy-bot")
    found: dict[str, Value] = {
        "n_members": len(rows),
        "animators": _names(animators),
        "coordinators": _names(lead),
        "platform_admin": Key("privacy-administrator", {"platform": platform(call)}),
        "admin_reads": Key(admin_reads(call), {"bot": bot}),
        "bot": bot,
        "external_report": Key(
            f"who-sees-what-external-report-{here.external_report.replace('_', '-')}"
        ),
        "found": Key("who-sees-what-found-no"),
        "counted": Key(f"who-sees-what-counted-{'yes' if counted else 'no'}"),
    }
    for part in call.registry.page("who_sees", call.role):
        found |= await part.handler(call)
    return found


def admin_reads(call: Call) -> str:
    """The text key of what administers the messaging tool can read."""
    name = call.who.account.platform
    if name == "terminal":
        return "privacy-admin-reads-terminal"
    # Where rooms may be encrypted or not, the widest reading is the honest one.
    return f"who-sees-what-admin-reads-{'matrix-clear' if name == 'matrix' else name}"


def hosts(call: Call) -> dict[str, Value]:
    """Who keeps the data, where, and who answers for them."""
    here = call.here
    contact = here.contacts.get("privacy") or here.contacts.get("coach") or ""
    unsaid = Key("privacy-unsaid")
    return {
        "host": here.host or unsaid,
        "hosting": here.hosting or unsaid,
        "privacy": contact or unsaid,
    }


def _names(names: Iterable[str]) -> Names:
    return Names(tuple(name for name in names if name))


def _map(kept: Sequence[privacy.Knows]) -> list[dict[str, Value]]:
    """One line a purpose, however many tables serve it."""
    once = dict.fromkeys((each.why, each.kept, each.seen_by) for each in kept)
    return [
        {
            "why": Key(f"data-why-{why}"),
            "kept": Key(f"data-kept-{kept_for}"),
            "seen": Key(f"data-seen-{seen}"),
        }
        for why, kept_for, seen in once
    ]
