"""What can happen: the few kinds of events every platform is translated into.

An event's `id` is unique within its `source`; `dispatch` handles each pair once. `at` is an aware
instant in UTC. Texts are as typed; the core never stores them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody's account on one platform; `tenant` is the workspace, the homeserver or ""."""

    platform: str
    tenant: str
    id: str

    @property
    def dm(self) -> Place:
        """The private conversation between this account and the bot."""
        return Place(self.platform, self.tenant, self.id, dm=True)

    @property
    def key(self) -> str:
        """One string for the three parts, e.g. `slack:T1/U012`."""
        return f"{self.platform}:{self.tenant}/{self.id}"


@dataclass(frozen=True, slots=True)
class Place:
    """A channel or a room; with `dm`, the private conversation with the account of that id."""

    platform: str
    tenant: str
    id: str
    dm: bool = False

    @property
    def key(self) -> str:
        """One string for all parts, e.g. `terminal:/#general` or `terminal:/@marie`."""
        return f"{self.platform}:{self.tenant}/{'@' if self.dm else '#'}{self.id}"

    @classmethod
    def of(cls, key: str) -> Place:
        """The place whose `key` this is."""
        platform, _, rest = key.partition(":")
        tenant, _, name = rest.partition("/")
        # A tenant holds no slash, an id may: the first slash ends the tenant.
        return cls(platform, tenant, name[1:], dm=name.startswith("@"))

    @property
    def account(self) -> Account:
        """Whose private conversation this is. Raises ValueError for a space."""
        if not self.dm:
            raise ValueError(self.key)
        return Account(self.platform, self.tenant, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Somebody wrote. `addressed` is set when the words are meant for the bot (prefix, mention).

    `title` is how the place is called there, where the platform tells it. `trigger` opens a modal
    form while it is fresh, where the platform has those.
    """

    id: str
    at: datetime
    place: Place
    by: Account
    text: str
    message: str
    name: str = ""
    thread: str | None = None
    quotes: str | None = None
    addressed: bool = False
    has_file: bool = False
    title: str = ""
    trigger: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """Somebody changed what they had written."""

    id: str
    at: datetime
    place: Place
    by: Account
    message: str
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """Somebody removed what they had written."""

    id: str
    at: datetime
    place: Place
    by: Account
    message: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """Somebody pressed a button of the bot; `action` as it was given to the platform.

    `typed` is their own message, when they pressed by typing a number. With `home` the button stood
    on the bot's own page, and `message` is empty. `trigger` as in `Said`. `token` is that of the
    parcel which the message came of, where the platform tells it: the message may not be noted yet.
    """

    id: str
    at: datetime
    place: Place
    by: Account
    message: str
    action: str
    name: str = ""
    typed: str = ""
    home: bool = False
    trigger: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """Somebody picked one of the bot's shortcuts in the menu of a message, whoever wrote that.

    `action` is the registered button it leads to; `author` wrote `text`; `thread` is the root under
    which the message stands.
    """

    id: str
    at: datetime
    place: Place
    by: Account
    message: str
    action: str
    text: str = ""
    author: Account | None = None
    thread: str | None = None
    name: str = ""
    trigger: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Somebody voted in a platform's own poll; `option` is its index, None when taken back."""

    id: str
    at: datetime
    place: Place
    by: Account
    message: str
    option: int | None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """Somebody put a reaction on a message."""

    id: str
    at: datetime
    place: Place
    by: Account
    message: str
    key: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreacted:
    """Somebody took a reaction back."""

    id: str
    at: datetime
    place: Place
    by: Account
    message: str
    key: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFilled:
    """Somebody sent a modal form; `form` is the number of its state row.

    Of several choices a value is their names with commas between; of a box `yes` or nothing.
    """

    id: str
    at: datetime
    place: Place
    by: Account
    form: int
    values: Mapping[str, str]
    name: str = ""
    trigger: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormClosed:
    """Somebody closed a modal form without sending it."""

    id: str
    at: datetime
    place: Place
    by: Account
    form: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """An account entered a space."""

    id: str
    at: datetime
    place: Place
    by: Account
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An account left a space; `everywhere` when it is in no space of the platform any more."""

    id: str
    at: datetime
    place: Place
    by: Account
    everywhere: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knocked:
    """An account asks at the door of a closed space to be let in."""

    id: str
    at: datetime
    place: Place
    by: Account
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Somebody wrote what the bot has no key to read. Its `id` is the place: it is told once."""

    id: str
    at: datetime
    place: Place
    by: Account
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceChanged:
    """A space became `public` or `private`, was `renamed`, `archived` or `deleted`."""

    id: str
    at: datetime
    place: Place
    change: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChanged:
    """An account changed its name, or was `closed`."""

    id: str
    at: datetime
    by: Account
    name: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened:
    """Somebody opened the bot's own page, where a platform has one: nothing is said of it."""

    id: str
    at: datetime
    place: Place
    by: Account
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Between two instants the platform told us nothing; `place` when only there."""

    id: str
    at: datetime
    since: datetime
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerDue:
    """A row of the timers fell due: at `due`, and it is looked at `at`, later after downtime."""

    id: str
    at: datetime
    timer: int
    action: str
    args: Mapping[str, Any] = field(default_factory=dict)
    community: int | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerParked:
    """A timer failed so often that it is tried no more; the log knows `reference`."""

    id: str
    at: datetime
    timer: int
    action: str
    reference: str
    args: Mapping[str, Any] = field(default_factory=dict)
    community: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone:
    """A task ended; `result` is what its function returned (JSON)."""

    id: str
    at: datetime
    task: int
    action: str
    args: Mapping[str, Any] = field(default_factory=dict)
    result: Any = None
    community: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskParked:
    """A task failed so often that it is given up; the log knows `reference`."""

    id: str
    at: datetime
    task: int
    action: str
    reference: str
    args: Mapping[str, Any] = field(default_factory=dict)
    community: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A parcel went to the dead letters: the platform refused it for good, or too many times."""

    id: str
    at: datetime
    parcel: int
    operation: str
    place: Place
    args: Mapping[str, Any] = field(default_factory=dict)
    community: int | None = None


ByPerson = (
    Said
    | Edited
    | Deleted
    | Pressed
    | Picked
    | Chosen
    | Reacted
    | Unreacted
    | FormFilled
    | FormClosed
    | Joined
    | Left
    | Knocked
    | Unreadable
    | HomeOpened
    | AccountChanged
)
Event = (
    ByPerson | SpaceChanged | Lost | TimerDue | TimerParked | TaskDone | TaskParked | Undelivered
)
