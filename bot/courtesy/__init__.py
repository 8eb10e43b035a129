"""Care for attention: what the bot starts waits here, merges, moves or is dropped (AT-1).

Pure: the ring reads the waiting intents of one audience and the facts about it, `decide` answers,
storage and delivery do it. Rules and numbers: domain specification (e).
"""

from bot.courtesy.caps import BRAKE, CAPS, Cap, brakes, cap_of
from bot.courtesy.decide import decide, next_look
from bot.courtesy.facts import Decision, Drop, Facts, Hold, Intent, Move, Pace, Release, Sent
from bot.courtesy.kinds import KINDS, Family, Kind, Leaves, Row

__all__ = [
    "BRAKE",
    "CAPS",
    "KINDS",
    "Cap",
    "Decision",
    "Drop",
    "Facts",
    "Family",
    "Hold",
    "Intent",
    "Kind",
    "Leaves",
    "Move",
    "Pace",
    "Release",
    "Row",
    "Sent",
    "brakes",
    "cap_of",
    "decide",
    "next_look",
]
