"""What can be said: the effects a handler returns, and the parcels delivery hands to a platform.

A handler never talks; it returns effects. `speaking` turns them into parcels in the same
transaction, in the reader's language; `delivery` sends those after the commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from bot.events import Account, Place
from bot.people import Role

Values = Mapping[str, Any]


# --- To whom -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToActor:
    """The person who acted, in private."""


@dataclass(frozen=True, slots=True)
class ToPerson:
    """One person, in private, on the account they prefer."""

    person_id: int


@dataclass(frozen=True, slots=True)
class ToAccount:
    """One account, in private: somebody of whom no person is kept."""

    account: Account
    language: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class ToPlace:
    """One space, in public; with `thread`, under that message of whomever."""

    place: Place
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class ToUse:
    """Every space of the community with this use (`discussion`, `announcements`)."""

    use: str


@dataclass(frozen=True, slots=True)
class ToThread:
    """The thread under each message of this receipt name: not in `but`, and in `only` alone."""

    name: str
    but: Place | None = None
    only: Place | None = None


@dataclass(frozen=True, slots=True)
class ToRole:
    """Everybody who holds at least this role, in private, through courtesy.

    `only` leaves it to those of an audience that storage knows (`storage.digests.Slot.key`); of
    members alone.
    """

    role: Role
    _: KW_ONLY
    only: str | None = None


@dataclass(frozen=True, slots=True)
class ToAnimators:
    """The animators' spaces at once; where there is none, each animator's DM through courtesy."""


Audience = ToActor | ToPerson | ToAccount | ToPlace | ToUse | ToThread | ToRole | ToAnimators


# --- What --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Button:
    """A button: the registered `action` with its arguments; `label` is a text key.

    Without a label the key is `button-<action>` with dots and underscores as hyphens. `text` is a
    label that is data (the option of a prompt). A reaction with `emoji` presses it too.
    """

    action: str
    args: tuple[str | int, ...] = ()
    _: KW_ONLY
    label: str | None = None
    values: Values = field(default_factory=dict)
    text: str | None = None
    emoji: str | None = None

    @property
    def key(self) -> str:
        """What the platform gives back when it is pressed: `action:arg:arg`."""
        return ":".join([self.action, *map(str, self.args)])

    @property
    def label_key(self) -> str:
        """The text key of its label."""
        return self.label or "button-" + self.action.replace(".", "-").replace("_", "-")


@dataclass(frozen=True, slots=True)
class Line:
    """One more line under a message; several lines that belong together are one message."""

    key: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """An attachment: kept by its hash in the attachments folder until it is delivered."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Say:
    """One message. `name` lets it be edited later; a reply under it belongs to its `subject`."""

    key: str
    values: Values = field(default_factory=dict)
    to: Audience = field(default_factory=ToActor)
    _: KW_ONLY
    lines: tuple[Line, ...] = ()
    buttons: tuple[Button, ...] = ()
    kind: str = "answer"
    name: str | None = None
    subject: str | None = None
    files: tuple[File, ...] = ()
    started_by: str = "person"
    form: Values | None = None
    """For a question of a form: name, field, step, of, required, error."""
    community: int | None = None
    """Whose this is, where that is not the community of the event."""
    passing: bool = False
    """Whoever misses it can ask again: it may be whispered where they asked [RE-2]."""
    aside: bool = False
    """To who acts, about what they just wrote, though they asked nothing: whispered where that can
    be. It has no buttons, and nothing stays of it once it left, nor when it cannot.
    """
    kept: bool = True
    """Whether its receipt stays once nothing in it can be pressed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces every message of that receipt name; without buttons its buttons end.

    With `forget` nobody may read what stood there: a platform that shows earlier versions of a
    message takes it away instead.
    """

    name: str
    key: str
    values: Values = field(default_factory=dict)
    _: KW_ONLY
    lines: tuple[Line, ...] = ()
    buttons: tuple[Button, ...] = ()
    kind: str | None = None
    forget: bool = False
    public: bool = False
    """In spaces alone."""
    args: Values = field(default_factory=dict)
    """They come back in `Undelivered` when the platform refuses."""


@dataclass(frozen=True, slots=True)
class Remove:
    """Takes back every message of that receipt name, for good: nothing changes it any more.

    `public`: in spaces alone. `under`: with all that the bot said in its threads. `args` come back
    in `Undelivered` when the platform refuses.
    """

    name: str
    _: KW_ONLY
    public: bool = False
    under: bool = False
    args: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class React:
    """Puts a reaction on a message (on every message of a receipt name)."""

    name: str
    emoji: str


@dataclass(frozen=True, slots=True)
class Unreact:
    """Takes the bot's reaction back."""

    name: str
    emoji: str


@dataclass(frozen=True, slots=True)
class AskForm:
    """Asks a registered form of the actor, or of `of`; `prefill` fills fields beforehand."""

    form: str
    args: tuple[str | int, ...] = ()
    _: KW_ONLY
    prefill: Mapping[str, str] = field(default_factory=dict)
    of: ToPerson | ToAccount | None = None


@dataclass(frozen=True, slots=True)
class Attach:
    """Puts a file into the thread of a receipt name."""

    name: str
    file: File


@dataclass(frozen=True, slots=True)
class Poll:
    """A platform's own poll in the thread of a receipt name; its options press the buttons."""

    name: str
    question: str
    options: tuple[Button, ...]
    only: Place | None = None
    """Its thread there alone."""


@dataclass(frozen=True, slots=True)
class EndPoll:
    """Closes the poll of a receipt name."""

    name: str


@dataclass(frozen=True, slots=True)
class Invite:
    """Lets an account into a space. `args` come back in `Undelivered` when the platform refuses."""

    place: Place
    account: Account
    args: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expel:
    """Takes an account out of a space."""

    place: Place
    account: Account
    args: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EndButtons:
    """The buttons of every message of that receipt name act no more; the text stays."""

    name: str


@dataclass(frozen=True, slots=True)
class Intend:
    """Something the bot starts by itself: it waits, merges, moves or drops before it is said.

    `say.to` is ToPerson, ToPlace, ToUse or ToRole. `subject` is what it is about
    (`request:12`): `Void(kind, subject)` drops it when an act makes it untrue.

    `compose` names a function of `@composer` that writes the message when it leaves, from what is
    true then, with `args`; until then `say` tells what it will be about. To all members `say`
    leaves as it is, and is written anew for whoever it has to wait for.
    """

    kind: str
    say: Say
    _: KW_ONLY
    earliest: datetime | None = None
    latest: datetime | None = None
    deadline: datetime | None = None
    priority: int | None = None
    merge_key: str | None = None
    subject: str | None = None
    chosen_minute: bool = False
    compose: str | None = None
    args: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Void:
    """Intents of these kinds about this subject are untrue now. An empty kind means all."""

    subject: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What waits for this audience must be decided again: a fact about it changed."""

    audience: str
    audience_id: str


Effect = (
    Say
    | Edit
    | Remove
    | React
    | Unreact
    | AskForm
    | Attach
    | Poll
    | EndPoll
    | Invite
    | Expel
    | EndButtons
    | Intend
    | Void
    | Look
)
Reply = Effect | Iterable[Effect] | None


# --- What a platform can do, and what it is given ----------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What one platform can do; `speaking` degrades only towards more private."""

    threads: bool = True
    edits: bool = True
    removals: bool = True
    reactions: bool = True
    files: bool = True
    modals: bool = False
    """Several questions at once, in a window of their own."""
    whispers: bool = False
    """A message in a space that one person alone sees, and that is gone later [RE-2]."""
    recalls: bool = True
    """It knows a token again by itself; without, what may stand already is looked for."""
    dates: bool = False
    """It shows an instant to each reader in their own zone [AC-2]."""
    accounts: bool = False
    """It shows an account of its own as people know it: its ids tell nobody anything."""
    polls: bool = False
    invites: bool = True
    expels: bool = False


class Rank(IntEnum):
    """What leaves first where an account may send only so much: the smaller number [RE-4]."""

    ANSWER = 0
    """Somebody asked for it, in private or where it is said."""
    POST = 1
    """Said in a space."""
    BY_ITSELF = 2
    """Said in private by the bot itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One thing to be carried out on a platform, exactly once (`token` is its idempotence key).

    `operation`: say, edit, remove, react, unreact, poll, end-poll, end-buttons, attach, invite,
    expel, form, whisper; `end-buttons` takes away what the platform itself showed for pressing.
    `body` holds what the operation needs: text (our Markdown), buttons (label, action, emoji),
    kind, started_by, form, files. `thread` and `target` are message ids of the platform. With
    `uncertain` it may stand there already, and the platform may have forgotten its token: whoever
    can looks for it first [RE-2].

    `whisper` is said in a space to the account whose id is body `to` alone; where it cannot be, it
    is said in their private conversation; it is at most once. `form` opens a modal: body `modal`
    holds `id` (of its state row), `title`, `send`, `close`, `intro` (Markdown) and `fields`, each
    with `name`, `kind` (text, choice, choices, yesno, box), `label`, `options` (value and label),
    `required`, `longest`, `value`; body `trigger` opens it while fresh, and when it is fresh no
    more, body `text` and `buttons` are said in private instead.
    """

    id: int
    token: str
    operation: str
    place: Place
    at: datetime
    body: Mapping[str, Any]
    thread: str | None = None
    target: str | None = None
    tries: int = 0
    uncertain: bool = False
    lane: str = ""
    """The queue it waits in, within which order holds (`bot.lanes`)."""
    community: int | None = None
    subject: str | None = None


def effects(reply: Reply) -> list[Effect]:
    """A handler's reply as a list."""
    if reply is None:
        return []
    if isinstance(reply, Iterable):
        return list(reply)
    return [reply]
