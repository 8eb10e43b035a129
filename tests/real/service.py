"""`copain run` as a process of its own on a real homeserver."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.program import Program
from tests.real.member import Member
from tests.real.synapse import Login

_CONFIG = """
[bot]
language = "fr"
database = "sqlite+aiosqlite:///{folder}/copain.db"
[limits]
per_person = 0
[matrix]
homeserver = "{homeserver}"
user_id = "{user}"
encryption = {encryption}
[[communities]]
slug = "demo"
name = "Demo"
purpose = "Partager nos pratiques"
holidays = ["CA-QC"]
state = "open"
mode = "cruise"
launched = 2025-09-08
coordinators = [{coordinators}]
spaces = [{spaces}]
"""


@dataclass(slots=True, kw_only=True)
class Service:
    """One installation in a folder; `program` runs it. Rooms map to their use."""

    folder: Path
    bot: Login
    coordinators: list[str]
    rooms: Mapping[str, str]
    encryption: bool = True
    members: dict[str, Member] = field(default_factory=dict)
    program: Program = field(init=False)

    def __post_init__(self) -> None:
        self.program = Program(folder=self.folder)

    def write(self) -> None:
        """The two files of an installation."""
        spaces = (
            f'{{platform = "matrix", id = "{room}", use = "{use}"}}'
            for room, use in self.rooms.items()
        )
        config = _CONFIG.format(
            folder=self.folder,
            homeserver=self.bot.homeserver,
            user=self.bot.user_id,
            encryption=str(self.encryption).lower(),
            coordinators=", ".join(f'"{each}"' for each in self.coordinators),
            spaces=", ".join(spaces),
        )
        secret = base64.b64encode(b"s" * 32).decode()
        said = f"COPAIN_SECRET={secret}\nMATRIX_PASSWORD={self.bot.password}\n"
        self.program.write(config, said)
