"""Two hundred slash commands at once: none is left without its acknowledgement [PE-2].

How long each takes is measured by `make bench`, with a thousand.
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from tests.slack.server.web import serving
from tests.slack.service import installed, peopled

PEOPLE, EACH = 20, 10


async def test_a_burst_is_acknowledged_and_answered_in_the_order_of_each_person(
    tmp_path: Path,
) -> None:
    names = [f"personne{number}" for number in range(PEOPLE)]
    workspace, room = peopled(*names)
    typed = [(name, f"{name}x{number}") for number in range(EACH) for name in names]
    async with serving(workspace):
        program = installed(workspace, tmp_path / "service", coordinators=names, room=room)
        await program.start()
        await program.until("caught-up")
        people = {name: workspace.person(name) for name in names}
        acks = await asyncio.gather(
            *(
                people[name].slash("@copain", f'/copain amorce ajouter "Question {word}?"')
                for name, word in typed
            )
        )
        assert all(ack.acked for ack in acks)

        def told() -> dict[str, list[str]]:
            return {
                name: re.findall(
                    r"Question (\w+)", " ".join(m.read for m in people[name].dm_messages())
                )
                for name in names
            }

        await workspace.until(lambda: sum(map(len, told().values())) >= len(typed))
        await program.kill()
    assert told() == {name: [word for who, word in typed if who == name] for name in names}
    assert len(program.rows("select 1 from prompt")) == len(typed)
