"""The bot's own page: published when it is opened, and renewed for whoever looks at it [CO-7]."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import FrozenClock
from bot.events import Account, Pressed
from tests.slack.adapted import Adapted, made, running
from tests.slack.server.workspace import Workspace


@dataclass
class Standing:
    """What stands on every page; counts how often that was asked."""

    text: str = "Vos trois portes"
    asked: list[Account] = field(default_factory=list)

    async def __call__(self, account: Account, name: str) -> Sequence[Mapping[str, Any]]:
        self.asked.append(account)
        return [{"text": self.text, "buttons": [{"label": "Aide", "action": "help"}]}]


@pytest.fixture
def standing() -> Standing:
    return Standing()


@pytest.fixture
async def slack(workspace: Workspace, standing: Standing) -> AsyncIterator[Adapted]:
    adapted = made(workspace)
    adapted.adapter.furnish(standing)
    pages = adapted.adapter._pages  # noqa: SLF001 - nothing is waited for in a test

    async def at_once(_seconds: float) -> None:
        await asyncio.sleep(0)

    pages.pause = at_once
    async with running(adapted):
        yield adapted


async def shown(slack: Adapted, name: str, text: str) -> None:
    def there() -> bool:
        home = slack.person(name).home
        return home is not None and text in home.read

    await slack.workspace.until(there)


def published(slack: Adapted) -> int:
    return len(slack.workspace.calls("views.publish"))


async def test_a_page_is_published_when_it_is_opened(slack: Adapted) -> None:
    assert (await slack.person("marie").open_home()).acked
    await shown(slack, "marie", "Vos trois portes")
    assert slack.person("paul").home is None


async def test_a_press_on_it_is_no_press_of_a_message(slack: Adapted) -> None:
    await slack.person("marie").open_home()
    await shown(slack, "marie", "Vos trois portes")
    home = slack.person("marie").home
    assert home is not None
    await slack.person("marie").press(home, "Aide")
    pressed = await slack.until(Pressed)
    assert isinstance(pressed, Pressed)
    assert (pressed.home, pressed.message, pressed.action) == (True, "", "help")
    assert pressed.place == slack.account("marie").dm


async def test_opened_again_unchanged_it_is_not_published_again(
    slack: Adapted, standing: Standing
) -> None:
    await slack.person("marie").open_home()
    await shown(slack, "marie", "Vos trois portes")
    await slack.person("marie").open_home()
    await slack.workspace.until(lambda: len(standing.asked) == 2)
    assert published(slack) == 1


async def test_a_change_reaches_who_looks_on_and_nobody_else(
    slack: Adapted, standing: Standing
) -> None:
    clock = slack.workspace.clock
    assert isinstance(clock, FrozenClock)
    await slack.person("paul").open_home()
    await shown(slack, "paul", "Vos trois portes")
    clock.advance(timedelta(minutes=11))
    await slack.person("marie").open_home()
    await shown(slack, "marie", "Vos trois portes")
    standing.text = "Une nouvelle question"
    await slack.adapter.changed(None)
    await slack.adapter.changed(slack.account("marie"))
    await shown(slack, "marie", "Une nouvelle question")
    paul = slack.person("paul").home
    assert paul is not None
    assert "Vos trois portes" in paul.read
    assert published(slack) == 3


async def test_a_persons_own_act_renews_their_page_however_long_ago_they_opened_it(
    slack: Adapted, standing: Standing
) -> None:
    clock = slack.workspace.clock
    assert isinstance(clock, FrozenClock)
    await slack.person("paul").open_home()
    await shown(slack, "paul", "Vos trois portes")
    clock.advance(timedelta(days=2))
    standing.text = "En pause"
    await slack.adapter.changed(slack.account("paul"))
    await shown(slack, "paul", "En pause")


async def test_an_act_of_somebody_who_never_opened_it_publishes_nothing(
    slack: Adapted, standing: Standing
) -> None:
    await slack.adapter.changed(slack.account("paul"))
    await slack.adapter.changed(None)
    await slack.person("marie").open_home()
    await shown(slack, "marie", "Vos trois portes")
    assert [each.id for each in standing.asked] == [slack.account("marie").id]


async def test_a_limit_or_a_refusal_leaves_the_other_pages_alone(
    slack: Adapted, standing: Standing
) -> None:
    slack.workspace.faults.add("views.publish", "500")
    await slack.person("marie").open_home()
    await slack.person("paul").open_home()
    await shown(slack, "paul", "Vos trois portes")
    await shown(slack, "marie", "Vos trois portes")


async def test_a_fault_in_one_page_leaves_the_others_alone(slack: Adapted) -> None:
    class Failing(Standing):
        async def __call__(self, account: Account, name: str) -> Sequence[Mapping[str, Any]]:
            if account == slack.account("marie"):
                raise OSError("disk")
            return await super().__call__(account, name)

    slack.adapter.furnish(Failing())
    await slack.person("marie").open_home()
    await slack.person("paul").open_home()
    await shown(slack, "paul", "Vos trois portes")
    assert "slack-home-failed" in slack.log.getvalue()
