"""Whatever happens at whatever point of a prompt's life, nothing is left behind.

Lives are drawn: a rhythm, previews, posts, answers, reminders, and between them people who remove,
edit, pause, leave and close. Afterwards no row speaks of what is no more, and what stands in the
spaces can be answered just as long as it is open.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.terminal.script import ScriptError
from tests.conversation import Conversation, conversation
from tests.orphans import orphans

ACTS = (
    'antoine @dm: amorce planifier "chaque mardi 9h30"',
    "antoine @dm: amorce planifier arrêter",
    "antoine @dm: amorce publier",
    "antoine @dm: amorce publier P07",
    "antoine @dm: amorce modifier P07",
    "antoine @dm: amorce archiver P07",
    "antoine @dm: amorce sauter",
    "antoine @dm: amorce relance",
    "antoine @dm: amorce fermer",
    "antoine @dm: synthèse",
    "antoine @dm: annuler",
    "antoine [Publier tel quel]",
    "antoine [Remplacer]",
    "antoine [Sauter]",
    "antoine [Publier quand même]",
    "antoine [Retirer]",
    "antoine @dm: retirer",
    "antoine @dm: pause jusqu'au 2026-04-01",
    "antoine @dm: rythme calme",
    "antoine @dm: rythme croisière",
    "antoine @dm: crise",
    "antoine @dm: crise fin",
    "antoine @dm: 1",
    "marie: on en parle?",
    "marie ^-1: chez nous aussi",
    "marie [Chez nous aussi]",
    "marie [Répondre en privé]",
    "marie @dm: Un mot que je garde pour moi",
    "marie @dm: pause jusqu'au 2026-04-01",
    "@leave marie",
    "@leave antoine",
    "claire @dm: réglages amorces non",
    "claire @dm: réglages amorces oui",
    "claire @dm: fermer-communaute",
    "claire @dm: 1",
    "claire @dm: ouvrir",
    "claire @dm: amorce fermer",
    "claire: !copain salon aucun",
    "claire: !copain salon discussion",
    "antoine +2 🗑️",
    "antoine +3 🗑️",
    "antoine ^-1: retirer",
    "@space general public",
    "@space general private",
    "@skip 1h",
    "@skip 1d",
    "@skip 1d",
    "@skip 3d",
    "@skip 7d",
)
BEGIN = 'antoine @dm: amorce planifier "chaque mardi 9h30"'


async def lived(acts: list[str], folder: Path) -> tuple[list[str], list[str], Conversation]:
    """Plays a life and then three weeks; what was left behind, and the acts that fitted."""
    async with conversation(folder, per_person="0") as talk:
        done = []
        for act in [BEGIN, *acts]:
            try:
                await talk.play(act)
            except ScriptError:
                continue  # no such button or message at that point: nobody could do that
            done.append(act)
        await talk.play("@skip 21d")
        async with talk.house.database.reading() as tx:
            return await orphans(tx.session, talk.stage.server), done, talk


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
@given(st.lists(st.sampled_from(ACTS), min_size=4, max_size=16))
def test_no_life_of_a_prompt_leaves_anything_behind(acts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        left, done, talk = asyncio.run(lived(acts, Path(folder)))
        assert left == [], done
        wrong = [line["text"] for line in talk.lines if "marché de mon côté" in line["text"]]
        assert wrong == [], done
