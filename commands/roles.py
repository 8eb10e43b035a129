"""Who animates and coordinates, and the journal of what they did with it [CO-4]."""

from __future__ import annotations

from bot.call import Call
from bot.errors import Complaint
from bot.events import AccountChanged
from bot.markup import cut
from bot.messages import Button, Effect, Line, Reply, Say, ToAnimators
from bot.people import Role
from bot.registry import Arg, button, command, on, timer
from bot.values import Key, Moment, Value
from commands.first_words import first_words
from storage import communities, journal, leaving, people, roles
from storage.journal import Entry
from storage.people import MembershipRow

ROLES = {
    "animator": ("animation", "animateur", "animatrice"),
    "coordinator": ("coordination", "coordonnateur", "coordonnatrice"),
    "member": ("membre",),
}
GONE = "roles.coordinator-gone"


@command(
    "role",
    who=Role.COORDINATOR,
    args=(Arg("person", "person"), Arg("role", "choice", choices=ROLES)),
)
async def role(call: Call, person: str, role: str) -> Reply:
    """Gives a member a role, or takes it back."""
    rows = await people.named(call.session, call.here.id, person)
    if not rows:
        raise Complaint("roles-nobody", {"person": cut(person)})
    if len(rows) == 1:
        return await _give(call, rows[0], Role[role.upper()])
    return Say(
        "roles-which",
        {"person": cut(person)},
        buttons=tuple(_choice(row, role) for row in rows[:10]),
    )


@button("role.give", who=Role.COORDINATOR)
async def give(call: Call, membership_id: int, role: str) -> Reply:
    """The same, for one of several people of that name."""
    rows = await people.members(call.session, call.here.id)
    row = next((row for row in rows if row.id == membership_id), None)
    if row is None or role not in ROLES:
        raise Complaint("answers-expired-button", {"state": ""})
    return await _give(call, row, Role[role.upper()])


@command(
    "audit",
    "registre",
    who=Role.COORDINATOR,
    args=(Arg("page", "number", optional=True),),
    shows=True,
)
async def audit(call: Call, page: int = 1) -> Reply:
    """The journal, newest first."""
    return await audit_page(call, page)


@button("audit.page", who=Role.COORDINATOR, shows=True)
async def audit_page(call: Call, page: int) -> Reply:
    """One page of it."""
    page = max(page, 1)
    entries, more = await journal.page(call.session, call.here.id, page)
    buttons = []
    if page > 1:
        buttons.append(Button("audit.page", (page - 1,), label="button-audit-newer"))
    if more:
        buttons.append(Button("audit.page", (page + 1,), label="button-audit-older"))
    return Say(
        "roles-audit" if entries else "roles-audit-empty",
        {"community": call.here.name},
        lines=tuple(_entry(call, each) for each in entries),
        buttons=tuple(buttons),
    )


@on(AccountChanged)
async def account_closed(call: Call) -> Reply:
    """A platform closed an account: whom nobody else replaces is told in each community."""
    event = call.event
    assert isinstance(event, AccountChanged)
    person_id = call.who.person_id
    if not event.closed or person_id is None or call.community is not None:
        return None
    if len(await people.accounts_of(call.session, person_id)) > 1:
        return None
    for number in await leaving.led_alone(call.session, person_id):
        await call.tx.timers.set(
            GONE,
            f"{number}:{person_id}",
            due=call.now,
            args={"person_id": person_id},
            community=number,
            person=person_id,
        )
    return None


@timer(GONE)
async def coordinator_gone(call: Call, person_id: int) -> Reply:
    """The animators of a community learn that nobody coordinates it any more."""
    reader = await call.tx.people.reader(person_id)
    values = {"name": reader.name if reader else "", "community": call.here.name}
    return Say("roles-coordinator-gone", values, ToAnimators(), kind="alert")


async def _give(call: Call, row: MembershipRow, new: Role) -> Reply:
    before, name, person_id = row.role, row.name, await _root(call, row)
    values = {"name": name, "role": Key(f"role-{new.word}")}
    if before == new.word:
        raise Complaint("roles-already", values)
    alone = before == "coordinator" and not await roles.another_coordinator(call.session, row)
    if alone:
        raise Complaint("roles-last-coordinator", {"community": call.here.name})
    await people.set_role(call.session, row, new.word)
    accounts = await people.account_ids_of(call.session, person_id)
    await communities.note(
        call.session,
        call.here.id,
        "role",
        at=call.now,
        by=call.account_id,
        about=accounts[0] if accounts else None,
        before=before,
        after=new.word,
    )
    told: list[Effect] = [Say("roles-given", values)]
    if person_id != call.person_id:
        told += await first_words(call, person_id, new)
    return told


async def _root(call: Call, row: MembershipRow) -> int:
    found = await people.person(call.session, row.person_id)
    return found.id if found is not None and found.id is not None else row.person_id


def _choice(row: MembershipRow, role: str) -> Button:
    about = " · ".join(part for part in (row.name, row.profession, row.organisation) if part)
    return Button("role.give", (row.id or 0, role), text=about)


def _entry(call: Call, entry: Entry) -> Line:
    act: Value = entry.act
    if call.texts.has(f"journal-{entry.act}"):
        act = Key(f"journal-{entry.act}")
    by: Value = entry.by or Key("roles-audit-bot")
    values: dict[str, Value] = {"when": Moment(entry.at), "by": by, "act": act}
    shown = "act"
    if entry.about and entry.about != entry.by:
        shown, values["about"] = "act-about", entry.about
    if entry.before or entry.after:
        shown, values["change"] = f"{shown}-change", _change(call, entry)
    return Line(f"roles-audit-{shown}", values)


def _change(call: Call, entry: Entry) -> Value:
    if entry.before and entry.after:
        both = {"before": _word(call, entry.before), "after": _word(call, entry.after)}
        return Key("roles-audit-change", both)
    return _word(call, entry.before or entry.after)


def _word(call: Call, text: str) -> Value:
    """What stood before or after, in the reader's words where it is one of ours."""
    title, _, word = text.rpartition(": ")
    if word in ROLES:
        return Key(f"role-{word}")
    if not call.texts.has(f"journal-word-{word}"):
        return text
    said = Key(f"journal-word-{word}")
    return Key("roles-audit-space", {"title": title, "use": said}) if title else said
