"""What comes with a rhythm and with care, one message of each kind, for samples of how it looks.

Buttons are pressed by their number and commands are French, so that one script serves every
language.
"""

from __future__ import annotations

CARE = (
    ("preview", "animateurs", 'claire @dm: amorce planifier "aux deux semaines le mardi 9h30"'),
    ("rhythm", "dm:claire", ""),
    ("pace", "dm:antoine", "antoine @dm: rythme"),
    ("preview-held", "animateurs", "antoine [1]"),
    ("bundle", "dm:antoine", "@until 2026-03-03T08:45"),
    ("preview-published", "animateurs", "antoine @dm: rythme relâcher 1\n@until 2026-03-03T12:00"),
    ("prompt-of-a-rhythm", "general", ""),
    ("who-sees", "dm:ibrahim", "ibrahim [5]"),
    ("relance", "general", "@until 2026-03-05T16:00"),
    ("proposal", "animateurs", 'marie @dm: proposer "Où trouvez-vous le calme?"\nmarie [1]'),
    ("proposal-decided", "animateurs", "antoine [1]"),
    ("digest-choice", "dm:marie", "marie @dm: moi\nmarie [11]"),
    (
        "preview-lively",
        "animateurs",
        "@until 2026-03-17T08:00\nmarie: Oui!\n@until 2026-03-17T09:45",
    ),
    ("crisis", "general", "antoine @dm: crise\nantoine [1]"),
    ("hint-and-charter", "dm:claire", "claire @dm: réglages hint oui\nclaire [1]"),
    ("hint", "dm:lea", "lea: DOB: 03/04/2015"),
)
"""(name, where the newest message is the sample, what leads there)."""
