"""The workspace itself: who and what is in it, its clock, and the faults a test asks for."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from bot.clock import Clock, FrozenClock
from tests.slack.server.app import App
from tests.slack.server.delivery import Delivery, breathe
from tests.slack.server.faults import Faults
from tests.slack.server.rates import Rates
from tests.slack.server.state import Channel, Json, Message, Upload, User, View

if TYPE_CHECKING:
    from tests.slack.server.people import Person

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TRIGGER_LASTS = timedelta(seconds=3)
RESPONSE_URL_LASTS = timedelta(minutes=30)


class Refused(Exception):
    """What Slack answers instead of carrying a call out: `{"ok": false, "error": code, …}`."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


@dataclass(slots=True)
class Trigger:
    user: str
    given: datetime
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    channel: str
    user: str
    given: datetime
    message: str = ""
    uses: int = 0


@dataclass(slots=True)
class Called:
    """One call the app made, with what it was answered (None: no answer)."""

    method: str
    args: Json
    answer: Json | None = None


@dataclass(slots=True, kw_only=True)
class Settings:
    """How strict and how small: pages of `page` at most, `limited` for 429 by Slack's tiers."""

    page: int = 200
    limited: bool = False
    strict_blocks: bool = True
    guests_may_slash: bool = False
    # `expired_trigger_id` is seen as well (jcraigk/kudochest#167).
    expired_trigger: str = "trigger_expired"


class Workspace:
    """A Slack workspace with one installed app.

    Everything that happens to it is remembered; `until` waits for something to become true.
    """

    def __init__(
        self, clock: Clock, app: App | None = None, *, settings: Settings | None = None
    ) -> None:
        self.clock = clock
        self.app = app or App()
        self.settings = settings or Settings()
        self.team, self.domain = "T0COPAIN", "copain"
        self.url = ""
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.views: dict[str, View] = {}
        self.modals: dict[str, list[str]] = {}
        self.homes: dict[str, str] = {}
        self.notices: dict[str, list[str]] = {}
        self.ephemerals: list[Message] = []
        self.uploads: dict[str, Upload] = {}
        self.tickets: set[str] = set()
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.called: deque[Called] = deque(maxlen=50_000)
        self.faults = Faults()
        self.rates = Rates(clock)
        self.delivery = Delivery(clock, self.changed)
        self._changed = asyncio.Event()
        self._numbers = count(1)
        self._last_ts = 0
        bot = User(self.app.bot_user, "copain", "Copain", self.team, is_bot=True)
        self.users[bot.id] = bot

    # People and places.

    def add_user(self, name: str, **more: Any) -> User:
        """A new account; `team` names another workspace, `guest` a guest of this one."""
        more.setdefault("team", self.team)
        more.setdefault("real_name", name.title())
        user = User(self.new_id("U"), name, updated=self.epoch(), **more)
        self.users[user.id] = user
        return user

    def add_channel(self, name: str, *names: str, **more: Any) -> Channel:
        """A channel with these people (names) in it; the bot is in it unless `bot=False`."""
        bot = more.pop("bot", True)
        kind = more.pop("kind", "channel")
        members = [self.user(each).id for each in names]
        channel = Channel(
            self.new_id("G" if kind == "mpim" else "C"),
            name.lstrip("#"),
            kind,
            self.epoch(),
            creator=members[0] if members else "",
            members=members + ([self.app.bot_user] if bot else []),
            **more,
        )
        channel.shared = any(self.users[m].team != self.team for m in channel.members)
        self.channels[channel.id] = channel
        return channel

    def person(self, name: str, **more: Any) -> Person:
        """Whoever is called so, at their screen; a new account when nobody is (`add_user`)."""
        from tests.slack.server.people import Person

        if all(user.name != name for user in self.users.values()):
            self.add_user(name, **more)
        return Person(self, name)

    def user(self, name: str) -> User:
        """By id or by name; KeyError when nobody is called so."""
        if name in self.users:
            return self.users[name]
        for user in self.users.values():
            if user.name == name.lstrip("@"):
                return user
        raise KeyError(name)

    def channel(self, name: str) -> Channel:
        """By id or by name; KeyError when there is none."""
        if name in self.channels:
            return self.channels[name]
        for channel in self.channels.values():
            if channel.kind != "im" and channel.name == name.lstrip("#"):
                return channel
        raise KeyError(name)

    def im(self, user: str) -> Channel:
        """The private conversation of the app with this user, opened when there was none."""
        for channel in self.channels.values():
            if channel.with_user == user:
                return channel
        made = Channel(self.new_id("D"), "", "im", self.epoch(), members=[user, self.app.bot_user])
        made.with_user = user
        self.channels[made.id] = made
        return made

    # Numbers that Slack gives.

    def new_id(self, letter: str) -> str:
        return f"{letter}0{next(self._numbers):08d}"

    def ts(self) -> str:
        """A message's number: the clock's, unique and always larger than the one before."""
        now = (self.clock.now() - _EPOCH) // timedelta(microseconds=1)
        self._last_ts = max(now + 100, self._last_ts + 100)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def epoch(self) -> int:
        return int(self.clock.now().timestamp())

    def new_trigger(self, user: str) -> str:
        number = f"{next(self._numbers)}.{self.epoch()}.{next(self._numbers):032x}"
        self.triggers[number] = Trigger(user, self.clock.now())
        return number

    def use_trigger(self, number: str) -> str:
        """The user whose act it was; Refused when it is unknown, old or used."""
        trigger = self.triggers.get(number)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self.clock.now() - trigger.given > TRIGGER_LASTS:
            raise Refused(self.settings.expired_trigger)
        trigger.used = True
        return trigger.user

    def new_response_url(self, channel: str, user: str, message: str = "") -> str:
        key = f"{self.team}/{next(self._numbers)}"
        self.response_urls[key] = ResponseUrl(channel, user, self.clock.now(), message)
        return f"{self.url}commands/{key}"

    # Time, and what waits for it.

    async def advance(self, by: timedelta = timedelta()) -> None:
        """Lets time pass on a frozen clock: what is due in between happens in its order."""
        assert isinstance(self.clock, FrozenClock)
        await breathe()
        target = self.clock.now() + by
        await self.delivery.timers.run(target)
        self.clock.set(max(target, self.clock.now()))
        await breathe()

    def changed(self) -> None:
        """Wakes whoever waits in `until`."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, true: Callable[[], Any], within: float = 30.0) -> Any:
        """Waits until `true()` is, and gives what it gave; TimeoutError after real seconds."""
        async with asyncio.timeout(within):
            while not (found := true()):
                await self._changed.wait()
        return found

    def calls(self, method: str) -> list[Json]:
        """The arguments of every call of this method so far."""
        return [each.args for each in self.called if each.method == method]

    def tell(self, user: str, notice: str) -> None:
        """What Slack itself tells one person (a failure notice, an unknown command)."""
        self.notices.setdefault(user, []).append(notice)
        self.changed()
