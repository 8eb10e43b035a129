"""Fact cards on communities of practice, with this community's own names in them [AN-6].

They are help topics too: `aide confidentialite` finds the card that has this word.
"""

from __future__ import annotations

from bot.call import Call
from bot.content import Card
from bot.errors import Complaint
from bot.markup import cut
from bot.messages import Button, Line, Reply, Say
from bot.parsing import words
from bot.registry import Arg, button, command
from bot.values import Key, Typed, Value

BOT = "Copain"
WITH_FIGURES = ("F3", "F6")
"""The cards that quote the study; its name goes under them."""


@command("cards", "fiches", args=(Arg("topic", "text", optional=True),), shows=True)
async def cards(call: Call, topic: str | None = None) -> Reply:
    """The nine titles as buttons, or the card of a topic."""
    if not topic:
        return await titles(call)
    card = about(call, topic)
    if card is None:
        raise Complaint("cards-unknown", {"topic": cut(topic), "typed": Typed(topic)})
    return page(call, card)


@button("cards", shows=True)
async def titles(call: Call) -> Reply:
    """The nine titles as buttons."""
    every = call.texts.content.cards()
    buttons = [Button("card", (card.id.lower(),), label=card.title_key) for card in every]
    return Say("cards-titles", buttons=(*buttons, Button("home")))


@button("card", shows=True)
async def one(call: Call, number: str) -> Reply:
    """One card."""
    card = next((c for c in call.texts.content.cards() if c.id.lower() == str(number)), None)
    if card is None:
        raise Complaint("answers-expired-button", {"state": ""})
    return page(call, card)


def about(call: Call, topic: str) -> Card | None:
    """The card of a word, in either language, or of its number (`F9`)."""
    asked = words(topic)
    for card in call.texts.content.cards():
        known = (card.id, *(word for each in card.words.values() for word in each))
        if asked in [words(word) for word in known]:
            return card
    return None


def page(call: Call, card: Card) -> Say:
    """A card with its title; a line whose value is missing is left out."""
    lines = [Line(card.key, _values(call))]
    if card.id in WITH_FIGURES:
        lines.append(Line("cards-figures-note"))
    buttons = [Button("cards")]
    if card.id == "F7" and call.registry.has("problem"):
        buttons.insert(0, Button("problem"))
    return Say(
        "cards-page", {"title": Key(card.title_key)}, lines=tuple(lines), buttons=tuple(buttons)
    )


def _values(call: Call) -> dict[str, Value]:
    community = call.community
    contacts = community.contacts if community else {}
    return {
        "purpose": community.purpose if community else "",
        "bot": BOT,
        "platform_admin": contacts.get("platform_admin", ""),
        **{name: contacts.get(name, "") for name in ("coach", "technical", "privacy")},
    }
