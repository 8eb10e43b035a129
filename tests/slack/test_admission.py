"""Who is let into a community's channels on Slack, and where the team does it by hand.

The app has the scopes of its manifest and no other; the workspace refuses all the rest.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Community as Configured
from tests.slack.community import Community, community
from tests.slack.screen import Screen

pytestmark = pytest.mark.usefixtures("unthreaded")
ANSWERS = {"profession": "infirmière", "organisation": "CLSC du Lac"}
CHANNELS = ("general", "annonces")


def opened(found: Configured) -> Configured:
    """The same community, which whoever wants may enter."""
    return found.model_copy(update={"join": "open"})


def makes_public(made: Community) -> None:
    """Its channels are those that everybody of the workspace may find."""
    for name in CHANNELS:
        made.workspace.channel(name).kind = "channel"


@pytest.mark.parametrize("public", [False, True], ids=["private", "public"])
async def test_whoever_joins_is_invited_into_every_channel(tmp_path: Path, public: bool) -> None:
    async with community(tmp_path, also=opened) as made:
        if public:
            makes_public(made)
        nadia = Screen(made, "nadia")
        await nadia.slash("rejoindre")
        await nadia.sends(name="Nadia Bélanger", **ANSWERS)
        for name in CHANNELS:
            assert nadia.person.id in made.workspace.channel(name).members
        assert "À faire à la main" not in "\n".join(Screen(made, "claire").texts("animateurs"))


async def test_who_is_removed_is_taken_out_of_public_channels_by_hand(tmp_path: Path) -> None:
    async with community(tmp_path, also=opened) as made:
        makes_public(made)
        antoine, claire = Screen(made, "antoine"), Screen(made, "claire")
        await antoine.slash("membres retirer Marie")
        await antoine.sends(reason="Elle a changé de métier")
        await claire.presses("Confirmer le retrait", where="animateurs")
        told = [text for text in claire.texts("animateurs") if "À faire à la main" in text]
        assert len(told) == 1
        assert told[0].endswith("encore : general et annonces")
        marie = made.person("marie").id
        assert marie in made.workspace.channel("general").members
        assert marie not in made.workspace.channel("animateurs").members
