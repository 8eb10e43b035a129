"""What `copain init` asks of a community on Matrix."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from bot.cli.asking import Faults, Question, unseen
from bot.cli.env import holds
from bot.cli.words import Words

LookUp = Callable[[str], str | None]
"""The address of the homeserver of `@somebody:server`, given `server`; None when nobody says."""

COORDINATOR = Question("matrix_coordinator", "communities.0.coordinators")
LOGINS = (("password", "MATRIX_PASSWORD"), ("token", "MATRIX_ACCESS_TOKEN"))


def usual(coordinator: str) -> dict[str, str]:
    """Where the bot would be if it lived beside the coordinator, at the address of the name."""
    server = coordinator.partition(":")[2]
    return {"homeserver": f"https://{server}", "user_id": f"@copain:{server}"}


def questions(
    answers: Mapping[str, str], words: Words, look_up: LookUp, *, faults: Faults
) -> tuple[Question, ...]:
    """The questions, with what the coordinator's server says of itself."""
    proposed = usual(answers["matrix_coordinator"])
    server = answers["matrix_coordinator"].partition(":")[2]
    print(words.plain("cli-init-looking", {"server": server}))
    found = look_up(server)
    if found and not faults({**answers, "homeserver": found}, "matrix.homeserver"):
        proposed["homeserver"] = found
    return (
        Question("homeserver", "matrix.homeserver", proposed["homeserver"]),
        Question("user_id", "matrix.user_id", proposed["user_id"]),
        Question("rooms", "communities.0.spaces", ""),
        Question("team_rooms", "communities.0.spaces", ""),
    )


def looked_up(server: str) -> str | None:
    """What that server says over the network."""
    from adapters.matrix.checks import homeserver_of

    return asyncio.run(homeserver_of(server))


def login(env: str, words: Words) -> dict[str, str]:
    """The password of the bot's account, else its token; nothing when `.env` has one already."""
    if any(holds(env, name) for _, name in LOGINS):
        return {}
    for question, name in LOGINS:
        given = unseen(words.plain(f"cli-init-{question}"))
        if given:
            return {name: given}
    return {}
