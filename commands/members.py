"""Who belongs here, whom one may invite, and taking somebody out together [CO-10]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot import markup
from bot.call import Call
from bot.errors import Complaint
from bot.events import Undelivered
from bot.markup import cut
from bot.messages import (
    AskForm,
    Button,
    Edit,
    Effect,
    Expel,
    Line,
    Reply,
    Say,
    ToAnimators,
    ToPerson,
    Void,
)
from bot.people import Role
from bot.registry import Arg, Field, Item, button, command, form, on, section
from bot.values import Handle, Key, Span, Value
from commands import leaving, passage
from commands.admission import cards, rules
from storage import admission, communities, people
from storage import members as removals
from storage.members import RemovalRow
from storage.people import MembershipRow

PAGE = 25
MOST_BUTTONS = 8
ENOUGH = 5
"""Members from which the invitation says how many they are (letters.yaml)."""


@command("members", "membres", who=Role.ANIMATOR, help="animator", shows=True)
async def list_members(call: Call) -> Reply:
    """The members in order of name; what only they said of themselves."""
    return await page(call, 0)


@button("members.page", who=Role.ANIMATOR, shows=True)
async def page(call: Call, start: int) -> Reply:
    """Twenty-five members, from this one on."""
    rows = await people.members(call.session, call.here.id)
    shown = rows[start : start + PAGE]
    left = len(rows) - start - len(shown)
    buttons = [Button("members.pending")]
    if left > 0:
        buttons.insert(0, Button("members.page", (start + PAGE,), values={"n": left}))
    return Say(
        "members-title",
        {"n": len(rows), "community": call.here.name},
        lines=tuple(_line(row) for row in shown),
        buttons=tuple(buttons),
    )


@command("members pending", "membres en-attente", who=Role.ANIMATOR, shows=True)
async def pending_typed(call: Call) -> Reply:
    """The requests that wait, oldest first."""
    return await pending(call)


@button("members.pending", who=Role.ANIMATOR, shows=True)
async def pending(call: Call) -> Reply:
    """The same, from the list."""
    rows = await admission.waiting(call.session, call.here.id)
    if not rows:
        return Say("members-none-pending")
    lines = []
    for number, row in enumerate(rows, 1):
        values = {
            "number": number,
            "name": row.name,
            "account": Handle(row.platform, row.external),
            "asked_on": cards.asked_on(call, row),
            "age": _age(call, row.asked),
        }
        lines.append(Line("members-pending-line", values))
    buttons = tuple(
        Button("request.card", (row.id or 0,), text=f"{number}. {row.name}"[:75])
        for number, row in enumerate(rows[:MOST_BUTTONS], 1)
    )
    return Say("members-pending-title", {"n": len(rows)}, lines=tuple(lines), buttons=buttons)


@command("invite", "inviter", who=Role.ANIMATOR, args=(Arg("guest", "text"),), states=("open",))
async def invite(call: Call, guest: str) -> Reply:
    """A letter to forward: nobody is enrolled, whoever wants to come asks [f.1.3]."""
    count = len(await people.members(call.session, call.here.id))
    values: dict[str, Value] = {
        "name": guest.removeprefix("@")[:80],
        "topic": Key("members-invite-topic"),
        "n_members": str(count) if count >= ENOUGH else Key("members-invite-several"),
        "community": call.here.name,
        "purpose": call.here.purpose,
        "time_per_month": Key("members-invite-time"),
        "criteria": Key("members-invite-criteria"),
        "how": Key("members-invite-how"),
        "days": str(rules.DAYS),
        "signature": call.who.name,
    }
    subject = Key("letters-invitation-subject", values)
    return [
        Say("members-invite-before", {"subject": subject}),
        Say("letters-invitation", values, kind="letter"),
    ]


@command("members remove", "membres retirer", who=Role.ANIMATOR, args=(Arg("member", "text"),))
async def remove_typed(call: Call, member: str) -> Reply:
    """Asks why, before anything happens."""
    rows = await people.named(call.session, call.here.id, member)
    if not rows:
        raise Complaint("members-nobody", {"name": cut(member, 80)})
    if len(rows) > 1:
        choices = tuple(
            Button("members.remove", (row.id or 0,), text=f"{row.name} · {row.organisation}"[:75])
            for row in rows[:MOST_BUTTONS]
        )
        return Say("members-which-one", {"name": cut(member, 80)}, buttons=choices)
    return await remove(call, rows[0].id or 0)


@button("members.remove", who=Role.ANIMATOR)
async def remove(call: Call, membership_id: int) -> Reply:
    """The form that asks the reason."""
    row = await _removable(call, membership_id)
    waits = await removals.proposed_for(call.session, row)
    if waits is not None:
        return await _second(call, waits, row, private=True)
    return AskForm("remove", (membership_id,))


async def _fields(call: Call, state: Any) -> Sequence[Field]:
    row = await removals.member(call.session, call.here.id, int(state.args[0]))
    return [Field("reason", check=_text, longest=600, values={"name": row.name if row else ""})]


@form("remove", fields=_fields, who=Role.ANIMATOR, visible="form-remove-visible")
async def reasoned(call: Call, values: dict[str, str], membership_id: int) -> Reply:
    """Removes at once when nobody else can confirm, else waits for the second opinion."""
    row = await _removable(call, membership_id)
    by, reason = call.account_id, values["reason"]
    removal = await removals.propose(call.session, row, reason=reason, by=by, now=call.now)
    if removal is None:
        waits = await removals.proposed_for(call.session, row)
        return await _second(call, waits, row, private=True) if waits else None
    if not await _second_needed(call, row, call.person_id):
        said = Say("members-removed", {"name": row.name})
        return [*await _removed(call, removal, row), said]
    await communities.note(call.session, call.here.id, "remove-proposed", at=call.now, by=by)
    asked = Say("members-second-asked", {"name": row.name})
    return [await _second(call, removal, row, private=False), asked]


@button("removal.confirm", who=Role.ANIMATOR, lasting=True)
async def confirm(call: Call, removal_id: int) -> Reply:
    """The second opinion: yes."""
    removal, row = await _waiting(call, removal_id)
    proposer = await admission.owner_of(call.session, removal.proposed_by)
    if proposer == call.person_id and await _second_needed(call, row, call.person_id):
        raise Complaint("members-second-needed")
    card, values = _card(row), {"name": row.name, "by": call.who.name}
    effects = await _removed(call, removal, row)
    said = Say("members-removed", values)
    return [*effects, *_settled(card, "members-second-removed", values), *_told(call, card, said)]


@button("removal.keep", who=Role.ANIMATOR, lasting=True)
async def keep(call: Call, removal_id: int) -> Reply:
    """The second opinion: no; the member never hears of it."""
    removal, row = await _waiting(call, removal_id)
    await removals.settle(call.session, removal.id or 0)
    values = {"name": row.name, "by": call.who.name}
    said = Say("members-second-kept", values)
    card = _card(row)
    return [*_settled(card, said.key, values), *_told(call, card, said)]


@on(Undelivered)
async def not_expelled(call: Call) -> Reply:
    """The platform lets the bot take nobody out: the animators are told that it is theirs to do."""
    event = call.event
    assert isinstance(event, Undelivered)
    number = event.args.get("membership")
    if event.operation != "expel" or number is None or call.community is None:
        return None
    name = await removals.name_of(call.session, call.here.id, int(number))
    return await passage.by_hand(call, f"removal-hand:{number}", name) if name else None


@section("todo", order=30, who=Role.ANIMATOR)
async def waiting(call: Call) -> list[Item]:
    """The removals that wait for a second opinion."""
    found = []
    for removal in await removals.waiting(call.session, call.here.id):
        row = await removals.member(call.session, call.here.id, removal.membership_id)
        if row is not None:
            button_ = Button("members.remove", (removal.membership_id,), label="button-see-why")
            line = Line("members-todo", {"name": row.name})
            found.append(Item(line, button_, removal.proposed))
    return found


async def _removed(call: Call, removal: RemovalRow, row: MembershipRow) -> list[Effect]:
    """Ends the membership as leaving does; the person is told why and to whom to appeal."""
    if not await removals.settle(call.session, removal.id or 0):
        raise Complaint("answers-expired-button", {"state": Key("members-settled")})
    person_id, membership_id = row.person_id, row.id or 0
    told = Say(
        "members-told",
        {
            "name": row.name,
            "community": call.here.name,
            "reason": removal.reason,
            "appeal": cards.contact_of(call) or Key("admission-team"),
        },
        ToPerson(person_id),
        kind="decision",
    )
    accounts = await people.accounts_of(call.session, person_id)
    numbers = await people.account_ids_of(call.session, person_id)
    await communities.note(
        call.session,
        call.here.id,
        "remove",
        at=call.now,
        by=call.account_id,
        about=numbers[0] if numbers else None,
        before=row.role,
        after="removed",
    )
    ended = await leaving.gone(call, person_id, call.here)
    await removals.removed(call.session, membership_id)
    out = [
        Expel(space.place, account, {"membership": membership_id})
        for space in await call.tx.people.spaces(call.here.id)
        for account in accounts
        if space.place.platform == account.platform
    ]
    return [told, *ended, *out]


async def _removable(call: Call, membership_id: int) -> MembershipRow:
    row = await removals.member(call.session, call.here.id, membership_id)
    if row is None:
        raise Complaint("members-gone")
    if row.person_id == call.person_id:
        raise Complaint("members-not-oneself")
    role = Role[row.role.upper()]
    if role > call.role:
        raise Complaint("members-not-above", {"name": row.name})
    if role is Role.COORDINATOR:
        team = await call.tx.people.holders(call.here.id, Role.COORDINATOR)
        if len(team) < 2:
            raise Complaint("members-last-coordinator", {"name": row.name})
    return row


async def _second_needed(call: Call, row: MembershipRow, proposer: int) -> bool:
    team = await call.tx.people.holders(call.here.id, Role.ANIMATOR)
    return any(person_id not in (proposer, row.person_id) for person_id in team)


async def _waiting(call: Call, removal_id: int) -> tuple[RemovalRow, MembershipRow]:
    removal = await removals.proposed(call.session, call.here.id, removal_id)
    if removal is None:
        raise Complaint("answers-expired-button", {"state": Key("members-settled")})
    return removal, await _removable(call, removal.membership_id)


async def _second(call: Call, removal: RemovalRow, row: MembershipRow, *, private: bool) -> Say:
    number = (removal.id or 0,)
    values = {
        "name": row.name,
        "by": await cards.who_did(call, removal.proposed_by),
        "reason": removal.reason,
    }
    buttons = (Button("removal.confirm", number), Button("removal.keep", number))
    if private:
        return Say("members-second", values, buttons=buttons, kind="card")
    name = _card(row)
    return Say(
        "members-second", values, ToAnimators(), buttons=buttons, kind="card",
        name=name, subject=name,
    )  # fmt: skip


def _settled(card: str, key: str, values: Mapping[str, Value]) -> list[Effect]:
    """Where the card stands it says how it ended; where it still waits it is never shown."""
    return [Void(card), Edit(card, key, values)]


def _told(call: Call, card: str, say: Say) -> list[Effect]:
    """An answer, unless the card that was pressed says it all."""
    pressed = call.receipt.name if call.receipt else None
    return [] if pressed == card else [say]


def _card(row: MembershipRow) -> str:
    # By the member, not the proposal, which goes when it is settled: erasing still finds the card.
    return f"removal:{row.id}"


def _age(call: Call, since: datetime) -> Value:
    hours = int((call.now - since).total_seconds()) // 3600
    return Span(hours * 3600) if hours else Key("members-an-hour")


def _line(row: MembershipRow) -> Line:
    both = {"profession": row.profession, "organisation": row.organisation}
    what = Key("members-what", both) if all(both.values()) else "".join(both.values())
    values = {
        "name": row.name,
        "what": what,
        "role": row.role,
        "supervises": "yes" if row.supervises else "no",
    }
    return Line("members-line" if what else "members-line-name", values)


def _text(typed: str) -> str:
    text = markup.cleaned(typed).strip()
    if not text:
        raise Complaint("forms-empty")
    return text
