"""What no act may leave behind: rows that speak of things that are no more.

Read straight from the tables, as somebody would who opens the database a month later.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from adapters.terminal.server import Server


async def orphans(session: AsyncSession, server: Server) -> list[str]:
    """One sentence for each thing left behind; none is as it should be."""
    found: list[str] = []
    postings = {row.id: row for row in await _rows(session, "SELECT * FROM posting")}
    still_open = {number for number, row in postings.items() if row.closed_at is None}
    turns = {row.id: row for row in await _rows(session, "SELECT * FROM turn")}
    for row in await _rows(session, "SELECT * FROM intent WHERE state = 'waiting'"):
        name, _, number = (row.subject or "").partition(":")
        if name == "posting" and int(number) not in still_open:
            found.append(f"{row.kind} waits for posting {number}, which is closed or gone")
        if name == "turn" and turns[int(number)].state != "given":
            found.append(f"{row.kind} waits for turn {number}, {turns[int(number)].state}")
    found += _turns(turns, postings, await _rows(session, "SELECT * FROM intent"))
    for row in await _rows(session, "SELECT * FROM timer WHERE action LIKE 'prompt.%'"):
        number = str(row.key).rpartition(":")[2]
        if row.action == "prompt.relance" and int(number) not in still_open:
            found.append(f"a relance is planned for posting {number}, which is closed or gone")
    for row in await _rows(session, "SELECT * FROM prompt_answer"):
        if row.posting_id not in postings:
            found.append(f"an answer belongs to posting {row.posting_id}, which is gone")
    for row in await _rows(session, "SELECT * FROM thread WHERE subject LIKE 'posting:%'"):
        if int(row.subject.rpartition(":")[2]) not in postings:
            found.append(f"a thread belongs to {row.subject}, which is gone")
    for row in await _rows(session, "SELECT * FROM outbox WHERE state = 'waiting'"):
        found.append(f"a {row.operation} of {row.name} still waits to be sent")
    return found + await _standing(session, server, still_open)


def _turns(turns: dict[int, Any], postings: dict[int, Any], intents: list[Any]) -> list[str]:
    found = []
    known = {row.subject for row in intents}
    for number, row in turns.items():
        if row.state == "given" and f"turn:{number}" not in known:
            found.append(f"turn {number} was given to courtesy, which has nothing of it")
        if row.state == "posted" and row.posting_id is not None and row.posting_id not in postings:
            found.append(f"turn {number} names posting {row.posting_id}, which is gone")
    return found


async def _standing(session: AsyncSession, server: Server, still_open: set[int]) -> list[str]:
    """Prompts that stand in a space can be answered just when they are open."""
    found = []
    standing = [each for each in server.standing() if each.kind == "prompt" and each.thread is None]
    shown: set[int] = set()
    for message in standing:
        for button in message.buttons:
            action, _, rest = str(button["action"]).partition(":")
            number = int(rest.split(":")[0]) if action == "prompt.tap" else 0
            shown.add(number)
            if number and number not in still_open:
                found.append(f"line {message.newest} still offers answers to posting {number}")
    found += [
        f"posting {number} is open, and nothing of it stands in a space"
        for number in sorted(still_open - shown)
    ]
    return list(dict.fromkeys(found))


async def _rows(session: AsyncSession, query: str) -> list[Any]:
    return list(await session.execute(text(query)))
