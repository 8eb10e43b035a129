"""What the core needs of others, as protocols; `storage` implements them and `app` joins them.

Everything inside one `Tx` commits together or not at all [RE-1].
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from bot.courtesy import Facts, Intent
from bot.events import Account, Event, Place
from bot.messages import Capabilities, Parcel, Rank
from bot.people import Actor, Community, Reader, Role, Space


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That a message of the bot stands in a place: what edits, presses and replies refer to."""

    id: int
    name: str | None
    place: Place
    message: str | None
    community_id: int | None
    buttons: tuple[Mapping[str, Any], ...]
    kind: str
    ended: tuple[str, ...] = ()
    """The actions of buttons that act no more: whoever still sees them is told what happened."""
    subject: str | None = None
    newest: bool = True
    thread: str | None = None
    gone: bool = False
    """It was taken back: nothing changes it any more."""
    at: datetime | None = None


OF = "of"
"""In the arguments of a draft that changes a message: the number of that one's receipt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A parcel before it has a number. `thread_of` and `target_of` are receipt names."""

    operation: str
    place: Place
    body: Mapping[str, Any]
    at: datetime
    community_id: int | None = None
    name: str | None = None
    subject: str | None = None
    thread: str | None = None
    thread_of: str | None = None
    target_of: str | None = None
    rank: int = Rank.POST
    buttons: tuple[Mapping[str, Any], ...] = ()
    kind: str = "answer"
    args: Mapping[str, Any] = field(default_factory=dict)
    keep: bool = True
    """Whether its receipt may outlive the delivery (False: said to somebody nobody keeps)."""
    to: Account | None = None
    """Of a whisper, who alone reads it."""


class Mailbox(Protocol):
    """Claims, receipts, threads, and the outbox as a transaction sees it."""

    async def claim(self, source: str, event_id: str, now: datetime) -> bool: ...
    async def post(self, drafts: Sequence[Draft], token: Callable[[], str]) -> list[int]: ...
    async def receipt(
        self, place: Place, message: str, *, by: Account | None = None, token: str = ""
    ) -> Receipt | None: ...
    async def receipts(self, name: str) -> list[Receipt]: ...
    async def under(self, name: str) -> list[Receipt]: ...
    async def take_back(self, receipts: Sequence[Receipt]) -> None: ...
    async def newest_with_buttons(self, place: Place) -> Receipt | None: ...
    async def end_buttons(self, name: str) -> None: ...
    async def forget(self, name: str) -> None: ...
    async def change_buttons(self, name: str, buttons: Sequence[dict[str, Any]]) -> None: ...
    async def subject_of(self, place: Place, root: str) -> str | None: ...
    async def follow(self, subject: str, place: Place, root: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Lane:
    """A conversation whose next parcel may leave, with the best rank of all that waits in it."""

    key: str
    rank: int
    first: int


@dataclass(frozen=True, slots=True)
class Runs:
    """What may leave now, per conversation in its order.

    `left`: more may, once this has ended; `held`: something may, once more ends are noted.
    """

    runs: Sequence[Sequence[Parcel]]
    left: bool = False
    held: bool = False


class Outbox(Protocol):
    """The outbox as delivery sees it, outside the events' transactions."""

    async def heads(
        self, now: datetime, most: int, *, platforms: Collection[str] | None = None
    ) -> list[Parcel]: ...
    async def runs(
        self,
        now: datetime,
        choose: Callable[[Sequence[Lane]], Sequence[Lane]],
        *,
        platform: str,
        busy: Collection[str] = (),
        ended: Collection[int] = (),
        longest: int = 1,
    ) -> Runs: ...
    async def settle(self, settled: Sequence[Settled], now: datetime) -> list[Event]: ...
    async def next_at(
        self, now: datetime, *, platforms: Collection[str] | None = None
    ) -> datetime | None: ...
    async def dead(self) -> list[Event]: ...


REMEMBERED = timedelta(hours=23)
"""How long a platform surely knows a token again; Synapse forgets it after a day [RE-2]."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How one try ended: `message` its id on the platform; `retry_at`; or `refused` for good.

    A try that `counts` brings a parcel nearer to the dead letters; patience that the platform asked
    for does not.
    """

    parcel: Parcel
    message: str | None = None
    retry_at: datetime | None = None
    refused: str | None = None
    counts: bool = True

    @property
    def done(self) -> bool:
        """Whether it was carried out."""
        return self.retry_at is None and self.refused is None


class Timers(Protocol):
    """Rows that fall due. One row per (action, key): setting it again moves it."""

    async def set(
        self,
        action: str,
        key: str,
        *,
        due: datetime,
        args: Mapping[str, Any] | None = None,
        community: int | None = None,
        person: int | None = None,
    ) -> None: ...
    async def clear(self, action: str, key: str | None = None) -> None: ...
    async def take(self, timer: int, due: datetime | None = None) -> bool: ...


class Tasks(Protocol):
    """Slow work as rows with a lease."""

    async def add(
        self,
        action: str,
        key: str,
        args: Mapping[str, Any],
        *,
        now: datetime,
        community: int | None = None,
    ) -> None: ...
    async def finish(self, task: int) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An intent with what it would say."""

    intent: Intent
    say: Mapping[str, Any]
    """The Say as JSON (see `speaking.pack`)."""


class Intents(Protocol):
    """What the bot means to say by itself."""

    async def add(self, intent: Intent, say: Mapping[str, Any], *, now: datetime) -> int: ...
    async def waiting(self, audience: str, audience_id: str) -> list[Waiting]: ...
    async def facts(
        self, audience: str, audience_id: str, community: Community, now: datetime
    ) -> Facts: ...
    async def riding(self, intent: Intent, community: Community, now: datetime) -> Intent: ...
    async def release(self, ids: Sequence[int], now: datetime) -> None: ...
    async def move(self, intent: int, until: datetime, why: str) -> None: ...
    async def drop(self, intent: int, why: str, now: datetime) -> None: ...
    async def void(self, subject: str, kind: str | None, now: datetime) -> None: ...
    async def void_person(self, person_id: int, community_id: int, now: datetime) -> None: ...


@dataclass(slots=True, kw_only=True)
class FormState:
    """A form that somebody is filling: one active per private conversation, others wait.

    Those in a window of their own take no turn in it.
    """

    id: int
    place: Place
    community_id: int | None
    form: str
    args: tuple[str | int, ...]
    values: dict[str, str]
    step: int
    state: str
    asked_by: str
    touched: datetime
    error: str | None = None
    typed: list[str] = field(default_factory=list)
    """The fields whose value the person typed, in that order: what cancelling gives back."""
    sealed: bool = False
    """Whether its draft is kept in a form that only COPAIN_SECRET opens."""


class FormStates(Protocol):
    """Rows of forms: active, waiting, away (put away, draft kept), modal (in a window)."""

    async def active(self, place: Place) -> FormState | None: ...
    async def waiting(self, place: Place) -> list[FormState]: ...
    async def away(self, place: Place, form: str | None = None) -> list[FormState]: ...
    async def windows(self, place: Place, form: str | None = None) -> list[FormState]: ...
    async def get(self, form_id: int) -> FormState | None: ...
    async def open(self, state: FormState) -> FormState: ...
    async def save(self, state: FormState) -> None: ...
    async def close(self, form_id: int) -> None: ...


class People(Protocol):
    """Who acts, where, with what role; communities and spaces."""

    async def actor(self, account: Account, name: str) -> Actor: ...
    async def named(self, actor: Actor, name: str) -> Actor: ...
    async def space_at(self, place: Place) -> Space | None: ...
    async def spaces(self, community_id: int, use: str | None = None) -> list[Space]: ...
    async def community(self, community_id: int) -> Community | None: ...
    async def communities(self) -> list[Community]: ...
    async def communities_of(self, person_id: int) -> list[Community]: ...
    async def role(self, person_id: int | None, community_id: int) -> Role: ...
    async def reader(self, person_id: int) -> Reader | None: ...
    async def holders(self, community_id: int, role: Role) -> list[int]: ...


class Notebook(Protocol):
    """Small notes of adapters and jobs (tokens of a sync, cursors)."""

    async def read(self, key: str) -> Any: ...
    async def write(self, key: str, value: Any) -> None: ...


class Notes(Protocol):
    """The notebook for an adapter, outside the events' transactions: each write is one commit."""

    async def read(self, key: str) -> Any: ...
    async def write(self, key: str, value: Any) -> None: ...


class Doors(Protocol):
    """Whom and where the bot listens to, for a platform that must decide before an event [SE-3]."""

    async def is_space(self, place: Place) -> bool:
        """Whether a community has its space there."""

    async def spaces(self, platform: str) -> Mapping[Place, str]:
        """Every space on that platform with its use."""

    async def has_role(self, account: Account) -> bool:
        """Whether they animate or coordinate a community: who may call the bot into a room."""

    async def may_write(self, account: Account) -> bool:
        """Whether a private conversation with them is accepted: a role, a membership, a request, or
        a homeserver of `strangers`.
        """


class Following(Protocol):
    """Where something may have been said that the bot waits for: read again after a gap [RE-3]."""

    async def asked(self, platform: str) -> Sequence[Place]:
        """The private conversations in which a form waits for its next answer."""

    async def threads(self, platform: str, since: datetime) -> Sequence[tuple[Place, str]]:
        """The threads of spaces whose subject is followed, begun since then: place and root."""


class Tx(Protocol):
    """One transaction, with every port on it; `session` is what the features' storage takes."""

    @property
    def session(self) -> Any: ...
    @property
    def mailbox(self) -> Mailbox: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def tasks(self) -> Tasks: ...
    @property
    def intents(self) -> Intents: ...
    @property
    def forms(self) -> FormStates: ...
    @property
    def people(self) -> People: ...
    @property
    def notebook(self) -> Notebook: ...


class Store(Protocol):
    """Where transactions come from."""

    def begin(self) -> AbstractAsyncContextManager[Tx]: ...
    def reading(self) -> AbstractAsyncContextManager[Tx]: ...
    async def forget_wal(self) -> bool: ...
    @property
    def outbox(self) -> Outbox: ...


class Views(Protocol):
    """Questions from outside that are no events (App Home, health)."""

    async def show(self, view: str, args: Mapping[str, Any], now: datetime) -> Any: ...


class Homes(Protocol):
    """Answers what stands on somebody's own page of the bot, in their language [CO-7]."""

    async def __call__(self, account: Account, name: str) -> Sequence[Mapping[str, Any]]:
        """Its parts in order: `text` (our Markdown) and `buttons` (label, action) each.

        A press gives the action back as it is, in `Pressed.action` with `home`.
        """


@runtime_checkable
class HasHome(Protocol):
    """An adapter of a platform where the bot has a page of its own for each person."""

    def furnish(self, homes: Homes) -> None:
        """Says who knows what stands on it, before it runs."""

    async def changed(self, by: Account | None) -> None:
        """Something was done, by that account or by nobody: open pages may be out of date.

        Nobody waits for it.
        """


class Hears(Protocol):
    """Takes an event to its outcome; what an adapter is given."""

    def __call__(self, event: Event) -> Awaitable[Any]: ...


class Adapter(Protocol):
    """One platform: it delivers parcels and reports events."""

    name: str
    capabilities: Capabilities

    async def deliver(self, parcel: Parcel) -> str | None:
        """Carries a parcel out and returns the message's id. Raises RetryLater or Rejected."""

    async def run(self, hear: Hears) -> None:
        """Reports events until it is cancelled."""

    async def close(self) -> None: ...
