"""What the handlers of proposals share: twins, cards, and the words about a proposal's state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time

from bot.call import Call
from bot.errors import Complaint
from bot.messages import Button, Edit, Effect, Line, Say, ToAnimators
from bot.people import Role
from bot.values import Day, Key, TimeOfDay, Typed, Value
from bot.when import instant_of, local_day
from commands.prompts import service as prompts
from commands.proposals import rules
from storage import admission, communities, people, proposals
from storage.proposals import ProposalRow

OPEN = ("open",)


def name_of(row: ProposalRow) -> str:
    """The receipt name of a proposal's card, and the subject of what is meant about it."""
    return f"proposal:{row.id}"


def number(row: ProposalRow) -> tuple[int]:
    """The argument of its buttons."""
    return (row.id or 0,)


async def mine(call: Call) -> list[int]:
    """The accounts of the person who acts."""
    return await people.account_ids_of(call.session, call.person_id)


async def own(call: Call, proposal_id: int) -> ProposalRow:
    """One's own proposal. To anybody else it is not there [SE-1]."""
    row = await proposals.get(call.session, call.here.id, proposal_id)
    if row is None or row.account_id not in await mine(call):
        raise Complaint("answers-expired-button", {"state": Key("proposals-is-withdrawn")})
    return row


async def undecided(call: Call, proposal_id: int) -> ProposalRow:
    """A proposal that waits. Raises the Complaint that says who was first, or that it is gone."""
    row = await proposals.get(call.session, call.here.id, proposal_id)
    if row is None:
        raise Complaint("answers-expired-button", {"state": Key("proposals-is-withdrawn")})
    if row.state != "waiting":
        raise await taken(call, row)
    prompts.require_on(call)
    return row


async def taken(call: Call, row: ProposalRow) -> Complaint:
    """That it no longer waits, and whose decision it was."""
    if row.state not in ("accepted", "declined") or row.decided is None:
        return Complaint("answers-expired-button", {"state": Key("proposals-is-withdrawn")})
    return Complaint(
        "answers-expired-button-someone-first",
        {
            "name": await _who(call, row.decided_by),
            "time": TimeOfDay(row.decided.astimezone(call.here.zone).time()),
            "state": Key(f"proposals-is-{row.state}", {"code": row.code}),
        },
    )


async def require_room(call: Call) -> None:
    """Raises the Complaint for whoever proposed enough today."""
    prompts.require_on(call)
    if await _full(call):
        raise Complaint("proposals-enough", {"most": rules.A_DAY})


async def checked(call: Call) -> Callable[[str], rules.Twin | None]:
    """What finds out what a question resembles, in the bank or among what waits.

    It raises the Complaint for one that is there already, and for one too many today. Whose it is
    that waits is never said.
    """
    known, full = await _known(call), await _full(call)

    def check(text: str) -> rules.Twin | None:
        if full:
            raise Complaint("proposals-enough", {"most": rules.A_DAY})
        found = rules.twin(text, known)
        if found is not None and found.same:
            # What was typed stands there, to the word: it need not be given back.
            said = {"code": found.known.code, "twin": quoted(found.known.words), "typed": ""}
            raise Complaint(
                "proposals-same" if found.known.code else "proposals-same-waiting", said
            )
        return found

    return check


async def card(call: Call, row: ProposalRow) -> Say:
    """What animators read of a proposal, with what they may do."""
    return Say(
        "proposals-card",
        {
            "name": await _who(call, row.account_id),
            "text": Typed(row.text),
            "tags": tags(row.tags),
        },
        ToAnimators(),
        lines=(*await _near(call, row), *await _state(call, row)),
        buttons=_buttons(row),
        kind="card",
        name=name_of(row),
        subject=name_of(row),
    )


async def shown(call: Call, row: ProposalRow) -> list[Effect]:
    """The card in the animators' space; without one, it waits on their page alone [AT-7]."""
    spaces = await call.tx.people.spaces(call.here.id, "animators")
    if all(space.stopped is not None for space in spaces):
        return []
    if await call.tx.mailbox.receipts(name_of(row)):
        return await edited(call, row)
    return [await card(call, row)]


async def edited(call: Call, row: ProposalRow) -> list[Effect]:
    """The card as it stands now, wherever it was shown."""
    if not await call.tx.mailbox.receipts(name_of(row)):
        return []
    if row.state in ("withdrawn", "left"):
        # Nobody need read any more what was taken back.
        return [Edit(name_of(row), "proposals-card-withdrawn", forget=True)]
    say = await card(call, row)
    return [Edit(name_of(row), say.key, say.values, lines=say.lines, buttons=say.buttons)]


async def note(call: Call, act: str, after: str = "") -> None:
    """One line of the journal."""
    await communities.note(
        call.session, call.here.id, act, at=call.now, by=call.account_id, after=after
    )


async def bylines(call: Call) -> dict[str, Value]:
    """Who proposed each code of the bank that a member proposed; for animators."""
    if call.role < Role.ANIMATOR:
        return {}
    found = await proposals.authors(call.session, call.here.id)
    names = {code: await _who(call, account) for code, account in found.items()}
    return {code: name for code, name in names.items() if isinstance(name, str)}


def tags(found: Sequence[str]) -> str:
    """Tags as they are shown; nothing when there are none."""
    return " ".join(f"#{tag}" for tag in found)


def quoted(question: Value) -> Value:
    """A question as a quotation, when somebody here wrote it."""
    return Typed(question) if isinstance(question, str) else question


def day(call: Call, row: ProposalRow, *, decided: bool = False) -> Day:
    """The day of a proposal, or of its decision, in the community's time."""
    at = row.decided if decided and row.decided else row.at
    return Day(local_day(at, call.here.zone))


async def _full(call: Call) -> bool:
    """Whether somebody proposed enough on this day of the community."""
    midnight = instant_of(local_day(call.now, call.here.zone), time(), zone=call.here.zone)
    accounts = await mine(call)
    sent = await proposals.sent_since(call.session, call.here.id, accounts, midnight)
    return sent >= rules.A_DAY


async def _known(call: Call) -> list[rules.Known]:
    content = call.texts.content
    supplied = {
        prompt.key: tuple((content.text(prompt.key) or {}).values()) for prompt in content.prompts()
    }
    waiting = await proposals.waiting(call.session, call.here.id)
    return rules.known(await prompts.bank(call), supplied, waiting)


async def _near(call: Call, row: ProposalRow) -> list[Line]:
    if not row.twin or row.state != "waiting":
        return []
    entry = next((each for each in await prompts.bank(call) if each.code == row.twin), None)
    if entry is None:
        return []
    return [Line("proposals-card-near", {"code": row.twin, "twin": entry.question})]


async def _state(call: Call, row: ProposalRow) -> list[Line]:
    if row.state not in ("accepted", "declined"):
        return []
    values: dict[str, Value] = {
        "by": await _who(call, row.decided_by),
        "at": day(call, row, decided=True),
        "code": row.code,
        "reason": row.reason,
    }
    return [Line(f"proposals-card-{row.state}", values)]


def _buttons(row: ProposalRow) -> tuple[Button, ...]:
    if row.state != "waiting":
        return ()
    return (
        Button("proposal.accept", number(row)),
        Button("proposal.modify", number(row)),
        Button("proposal.decline", number(row)),
    )


async def _who(call: Call, account_id: int | None) -> Value:
    name = await admission.name_of(call.session, call.here.id, account_id)
    return name or Key("admission-team")
