"""Every table there is, and every declaration of what is known of persons.

Importing this module is what fills `SQLModel.metadata`; the migrations are compared with it.
"""

from __future__ import annotations

from sqlmodel import SQLModel

from storage import (
    admission,
    charter,
    communities,
    digests,
    erasures,
    forms,
    hints,
    intents,
    mailbox,
    members,
    nameless,
    notebook,
    observation,
    parcels,
    passage,
    people,
    postings,
    problems,
    prompts,
    proposals,
    rhythms,
    syntheses,
    tasks,
    timers,
)
from storage.privacy import Knows

NOUNS = (
    communities,
    people,
    digests,
    passage,
    parcels,
    mailbox,
    timers,
    tasks,
    intents,
    forms,
    notebook,
    erasures,
    observation,
    problems,
    charter,
    admission,
    members,
    postings,
    nameless,
    prompts,
    proposals,
    rhythms,
    syntheses,
    hints,
)

metadata = SQLModel.metadata


def known() -> list[Knows]:
    """What every table knows of persons, in the order of the nouns."""
    return [entry for noun in NOUNS for entry in getattr(noun, "KNOWS", ())]
