"""One message to everybody of a role: one intent, spread by a task in chunks [PE-4, RE-9].

Each chunk is read and decided in a read-only session, and written by the event of its end; a kill
in between repeats the chunk, never the ones before. What courtesy holds back for somebody waits on
as an intent of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.call import Call, voice_for
from bot.courtesy import Drop, Hold, Move, Release, decide, next_look
from bot.events import Place
from bot.messages import Rank, Reply
from bot.pacing import FAN_OUT, LOOK, dressed
from bot.packing import acts, body_of, unpack
from bot.people import Role
from bot.ports import Tx
from bot.registry import done, task
from storage import fanout

CHUNK = 500


@task(FAN_OUT)
async def spread(
    tx: Tx,
    *,
    intent: int,
    community: int,
    role: str,
    after: int,
    now: str,
    only: str | None = None,
) -> dict[str, Any]:
    """Decides over the next persons: who reads it now, for whom it waits and until when."""
    at = datetime.fromisoformat(now)
    found = await fanout.intent(tx.session, intent)
    if found is None:
        return {"ended": True}
    wish, _ = found
    recipients = await fanout.chunk(
        tx.session,
        community,
        Role[role.upper()],
        after=after,
        most=CHUNK,
        now=at,
        wish=wish,
        only=only,
    )
    leaves: list[list[Any]] = []
    waits: list[list[Any]] = []
    for one in recipients:
        if one.rides is not None:
            rides = one.rides.isoformat()
            waits.append([one.person_id, rides, "courtesy-why-scheduled", rides])
            continue
        decision = decide([wish], one.facts, at)[0]
        voice = [one.reader.language, str(one.reader.zone or "")]
        match decision:
            case Release():
                leaves.append([one.person_id, one.reader.account.dm.key, *voice])
            case Drop():
                continue
            case Move(_, until, why):
                waits.append([one.person_id, until.isoformat(), why])
            case Hold(_, why):
                look = next_look([wish], one.facts, at) or at
                waits.append([one.person_id, look.isoformat(), why])
    last = recipients[-1].person_id if recipients else after
    return {"leaves": leaves, "waits": waits, "last": last, "ended": len(recipients) < CHUNK}


@done(FAN_OUT)
async def spread_done(
    call: Call,
    *,
    result: dict[str, Any],
    intent: int,
    community: int,
    role: str,
    after: int,
    now: str,
    only: str | None = None,
) -> Reply:
    """Writes what the chunk decided, and sets the next chunk to work."""
    found = await fanout.intent(call.session, intent)
    if found is not None and result.get("leaves") is not None:
        await _write(call, result, *found)
    if result["ended"]:
        await fanout.finish(call.session, intent, call.now)
        return None
    args = {
        "intent": intent,
        "community": community,
        "role": role,
        "after": result["last"],
        "now": now,
        **({"only": only} if only else {}),
    }
    await call.tx.tasks.add(
        FAN_OUT, f"{intent}:{result['last']}", args, now=call.now, community=community
    )
    return None


async def _write(call: Call, result: dict[str, Any], wish: Any, packed: dict[str, Any]) -> None:
    leaves, waits = result["leaves"], result["waits"]
    await fanout.write_parcels(call.session, _parcels(call, leaves, packed, wish.kind))
    await fanout.write_intents(call.session, _intents(call, leaves, waits, wish, packed))
    await fanout.write_looks(call.session, [_look(each, wish) for each in waits])


def _intents(
    call: Call, leaves: list[Any], waits: list[Any], wish: Any, packed: dict[str, Any]
) -> list[dict[str, Any]]:
    """One row a person: of whom it was sent to, then of whom it waits for."""
    common = {
        "kind": wish.kind,
        "audience": "person",
        "community_id": wish.community,
        "subject": wish.subject,
        "merge_key": wish.merge_key,
        "cause": wish.cause,
        "priority": wish.priority,
        "created": call.now,
        "earliest": wish.earliest,
        "latest": wish.latest,
        "deadline": wish.deadline,
        "held": False,
    }
    released = {"say": None, "state": "released", "look": None, "why": None, "ended": call.now}
    waiting = {"say": packed, "state": "waiting", "ended": None}
    return [
        *(
            {**common, **released, "audience_id": str(number), "person_id": number}
            for number, *_ in leaves
        ),
        *(
            {
                **common,
                **waiting,
                "audience_id": str(number),
                "person_id": number,
                "look": datetime.fromisoformat(until),
                "why": why,
                **(
                    {"earliest": datetime.fromisoformat(at[0]), "merge_key": wish.news}
                    if at
                    else {}
                ),
            }
            for number, until, why, *at in waits
        ),
    ]


def _look(wait: Sequence[Any], wish: Any) -> dict[str, Any]:
    """The timer that decides again for one person."""
    number, until, *_ = wait
    return {
        "action": LOOK,
        "key": f"person:{number}",
        "due": datetime.fromisoformat(until),
        "args": {"audience": "person", "audience_id": str(number)},
        "community_id": wish.community,
        "person_id": number,
        "tries": 0,
        "parked": False,
    }


def _parcels(
    call: Call, leaves: list[list[Any]], packed: dict[str, Any], kind: str
) -> list[dict[str, Any]]:
    """Outbox rows, rendered once per platform, language and zone."""
    bodies: dict[tuple[str, str | None, str], dict[str, Any]] = {}
    rows = []
    for number, lane, language, zone in leaves:
        place = Place.of(lane)
        alike = (place.platform, language, zone)
        if alike not in bodies:
            voice = voice_for(call.community, None, call.now, call.default_language)
            voice = call.dated(voice.spoken(language, zone), place)
            say = dressed(call.texts, call.registry, unpack(packed), [kind], voice.language)
            bodies[alike] = body_of(call.texts, say, voice)
        body = bodies[alike]
        rows.append(
            {
                "token": f"{call.chance.bits(128, f'parcel-{number}'):032x}",
                "lane": lane,
                "operation": "say",
                "body": body,
                "state": "waiting",
                "rank": Rank.BY_ITSELF,
                "at": call.now,
                "not_before": call.now,
                "tries": 0,
                "community_id": call.community.id if call.community else None,
                "kind": packed["kind"],
                "name": packed["name"],
                "subject": packed["subject"],
                "buttons": acts(body["buttons"]),
                "keep": True,
                "args": {},
            }
        )
    return rows
