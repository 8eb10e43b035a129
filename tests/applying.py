"""Somebody fills the form of the ready-made community: for tests of what follows."""

from __future__ import annotations

from tests.conversation import Conversation


async def apply(talk: Conversation, name: str) -> None:
    """Asks to join, from the form's first question to its last."""
    await talk.play(f"""
        {name} @dm: rejoindre
        {name} @dm: {name.title()}
        {name} @dm: infirmière
        {name} @dm: CLSC
        {name} [Passer]
        {name} [Passer]
    """)
