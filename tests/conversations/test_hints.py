"""A private hint to who just wrote a telling detail, and what is kept of it: a number [PR-3]."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.app import open_stage, quiet_log, ready_made
from bot.errors import Rejected
from bot.events import Said
from bot.log import capture_standard_logging
from bot.messages import Capabilities
from scheduler.housekeeping import forget_wal
from storage import hints
from storage.hints import HintDayRow
from storage.tables import metadata
from tests.conversation import Conversation
from tests.rooms import room_of

ON = "claire @dm: réglages hint oui\nclaire @dm: charte publier"
TELLING = "Un garçon de 12 ans de Forestville, dossier 774411, a le topinambour."
FIRST = "Ce message contient peut-être un détail qui permet de reconnaître quelqu'un."
TODAY = date(2026, 3, 2)


async def test_who_writes_a_telling_detail_is_told_alone_and_once_for_a_message(
    talk: Conversation,
) -> None:
    await talk.play(f"marie: {TELLING}")
    assert talk.said("dm:marie") == [], "off until the charter allows it"
    await talk.play(f"{ON}\nmarie: {TELLING}")
    [told] = talk.said("dm:marie")
    assert FIRST in talk.text("dm:marie")
    assert "j'ai cru voir un numéro de dossier" in talk.text("dm:marie")
    assert "C'est une aide" in talk.text("dm:marie")
    assert "Personne d'autre que vous ne la voit." in talk.text("dm:marie")
    assert told["buttons"] == []
    wrote = next(x["n"] for x in reversed(talk.lines) if x["text"] == TELLING)
    await talk.play(f"marie: Bonjour!\nmarie ~{wrote}: {TELLING} Merci!\nmarie @dm: {TELLING}")
    assert FIRST not in "".join(line["text"] for line in talk.said("dm:marie")[1:])
    for place in ("general", "animateurs", "dm:claire", "dm:antoine"):
        assert "reconnaître quelqu'un" not in talk.everything(place)
    await talk.play("claire @dm: réglages hint non")
    heard = len(talk.said("dm:ibrahim"))
    await talk.play(f"ibrahim: {TELLING}")
    assert len(talk.said("dm:ibrahim")) == heard, "and it stops with its switch"


async def test_nobody_gets_more_than_three_a_day_and_whoever_wants_none_gets_none(
    talk: Conversation,
) -> None:
    await talk.play(ON)
    for _ in range(5):
        await talk.play(f"marie: {TELLING}")
    assert len(talk.said("dm:marie")) == 3
    assert await shown(talk) == 3
    await talk.play(f"@skip 1d\nmarie: {TELLING}")
    assert len([x for x in talk.said("dm:marie") if FIRST[:12] in x["text"]]) == 4
    await talk.play("ibrahim @dm: notifications\nibrahim [☑ mots en privé sur un détail à relire]")
    before = len(talk.said("dm:ibrahim"))
    await talk.play(f"ibrahim: {TELLING}")
    assert len(talk.said("dm:ibrahim")) == before
    assert await shown(talk, TODAY + timedelta(days=1)) == 4


async def test_a_visitor_gets_none_and_an_english_reader_reads_english(talk: Conversation) -> None:
    await talk.play(f"{ON}\n@join nadia\nnadia: {TELLING}\nlea: DOB: 03/04/2015")
    assert talk.said("dm:nadia") == []
    assert "a date of birth" in talk.text("dm:lea")


async def test_of_a_hint_nothing_is_kept_but_one_more_that_day(talk: Conversation) -> None:
    await talk.play(f"{ON}\nmarie: Bonjour tout le monde!")
    before = await everything(talk)
    await talk.play(f"marie: {TELLING}")
    assert FIRST in talk.text("dm:marie")
    after = await everything(talk)
    changed = {name for name in after if after[name] != before[name]}
    # A message is observed as any other; its claim says that it was heard.
    assert changed == {"claim", "observation", "hint_day"}
    assert len(after["observation"]) == len(before["observation"]) + 1
    [row] = [row for row in after["hint_day"] if row not in before["hint_day"]]
    assert json.loads(row) == ["1", str(TODAY), "1"]


async def test_no_byte_and_no_line_of_the_log_tells_what_was_seen(tmp_path: Path) -> None:
    lines: list[dict[str, Any]] = []
    log = StringIO()
    quiet = quiet_log(log)
    with capture_standard_logging(quiet, "debug"):
        async with open_stage(
            tmp_path, ready_made(), log=quiet, show=lines.append, url=None, per_person="400/min"
        ) as (house, stage):
            talk = Conversation(house, stage, tmp_path, lines)
            await talk.play(f"{ON}\nmarie: {TELLING}\n@skip 2m")
            assert FIRST in talk.text("dm:marie")
            await forget_wal(house.database)
            kept = talk.kept_bytes()
    for word in ("topinambour", "774411", "Forestville", "hints-"):
        assert word.encode() not in kept, word
        assert word not in log.getvalue(), word
    assert b"reconna\xc3\xaetre quelqu" not in kept


async def test_where_a_platform_whispers_it_is_whispered_in_the_room(talk: Conversation) -> None:
    await talk.play(ON)
    room = room_of(talk)
    await room.say("marie", TELLING, addressed=False, thread="root")
    assert FIRST in room.whispers()[0]
    assert (room.last().to, room.last().thread) == ("marie", "root")
    assert room.private("marie") == []
    assert [line.kind for line in room.score] == ["hint"]


async def test_a_hint_that_cannot_arrive_is_told_to_nobody_and_leaves_no_row(
    talk: Conversation,
) -> None:
    await talk.play(ON)
    room = room_of(talk, able=Capabilities())
    room.platform.troubles.append(Rejected("closed"))
    before = await everything(talk)
    await room.hear(Said, "marie", text=TELLING)
    assert not room.platform.troubles
    after = await everything(talk)
    assert after["outbox"] == before["outbox"]
    assert after["hint_day"] != before["hint_day"]


async def test_hints_of_four_weeks_can_be_counted_and_days_go_after_years(
    talk: Conversation,
) -> None:
    async with talk.house.database.session() as session:
        for back in (0, 27, 28):
            await hints.count(session, 1, TODAY - timedelta(days=back))
        assert await hints.shown(session, 1, TODAY) == 2
        late = talk.house.clock.now() + hints.KEPT - timedelta(days=10)
        assert await hints.forget_old(session, late) == 2
        rows = (await session.execute(select(HintDayRow))).scalars()
        assert [row.day for row in rows] == [TODAY]


async def shown(talk: Conversation, today: date = TODAY) -> int:
    """The signal `privacy_hints_28d`."""
    async with talk.house.database.reading() as tx:
        return await hints.shown(tx.session, 1, today)


async def everything(talk: Conversation) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    async with talk.house.database.reading() as tx:
        return {
            table.name: sorted(
                json.dumps([str(value) for value in row])
                for row in await tx.session.execute(select(table))
            )
            for table in metadata.sorted_tables
        }
