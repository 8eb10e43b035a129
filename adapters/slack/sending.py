"""What a parcel does in Slack: which calls it becomes, where, and each message of it once.

Slack does not know a token again. A message carries it, so what may stand already is looked for:
at once, and again after some seconds, then it is repeated [RE-2]. Changes, reactions, invitations
and views are simply repeated; what only one person sees is said at most once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from adapters.slack import modals, outbound
from adapters.slack.dms import Dms
from adapters.slack.emoji import name as name_of
from adapters.slack.looking import Looking, Sent, Spot
from adapters.slack.once import Once
from adapters.slack.wire import Refused, Unanswered, Wire
from bot.clock import Clock
from bot.errors import Rejected, RetryLater
from bot.events import Account, Place
from bot.messages import Parcel

OPENING = 3.0
"""Seconds a modal may take to open: its trigger lives no longer."""
ABSENT = frozenset(
    {
        "cannot_reply_to_message",
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "thread_not_found",
        "user_not_in_channel",
    }
)
"""Why a whisper cannot be said where it was to be: they or we are not there."""
STALE = frozenset(
    {
        "exchanged_trigger_id",
        "expired_trigger_id",
        "invalid_trigger_id",
        "trigger_exchanged",
        "trigger_expired",
    }
)
"""Why a modal does not open any more. Source: the errors of `views.open`, older names too."""
FINE: Mapping[str, frozenset[str]] = {
    "chat.delete": frozenset({"message_not_found"}),
    "conversations.invite": frozenset({"already_in_channel"}),
    "conversations.kick": frozenset({"not_in_channel"}),
    "reactions.add": frozenset({"already_reacted"}),
    "reactions.remove": frozenset({"message_not_found", "no_reaction"}),
}
"""Refusals that say that what was wanted is so."""


@dataclass(slots=True, kw_only=True)
class Sending:
    """Carries parcels out. `read_file` gives the content of an attachment by its hash."""

    wire: Wire
    looking: Looking
    dms: Dms
    clock: Clock
    read_file: Callable[[str], bytes]
    sent: Sent = field(init=False)
    _once: Once = field(init=False)

    def __post_init__(self) -> None:
        self.sent = self.looking.sent
        self._once = Once(self.looking, self._spot, self.clock)

    async def deliver(self, parcel: Parcel) -> str | None:
        """Carries a parcel out. Raises RetryLater, Rejected, Refused, Unusable."""
        match parcel.operation:
            case "say" | "attach":
                return await self._say(parcel)
            case "whisper":
                return await self._whisper(parcel)
            case "form":
                return await self._form(parcel)
            case "edit":
                await self._edit(parcel)
            case "remove":
                await self._remove(parcel)
            case "react" | "unreact":
                await self._react(parcel)
            case "invite" | "expel":
                await self._move(parcel)
            case "end-buttons":
                # They stand in the message itself; whoever presses one is told what happened.
                pass
            case _:
                return None
        return parcel.target

    # --- Messages ------------------------------------------------------------------------------

    async def _say(self, parcel: Parcel) -> str | None:
        """Says it with its files; what was said of it before is not said again."""
        first: str | None = None
        said = [] if parcel.operation == "attach" else outbound.said(parcel)
        for number, arguments in enumerate(said):
            token = f"{parcel.token}-{number}" if number else parcel.token

            given = outbound.belonging(arguments, first) if first else arguments

            async def post(given: Mapping[str, Any] = given) -> str:
                return await self._post(parcel, given)

            ts = await self._once(parcel, token, post)
            first = first or ts
        for number, file in enumerate(parcel.body.get("files") or ()):
            token = parcel.token if first is None else f"{parcel.token}-f{number}"

            async def share(file: Mapping[str, Any] = file, token: str = token) -> str:
                return await self._share(parcel, file, token)

            ts = await self._once(parcel, token, share)
            first = first or ts
        return first or None

    async def _post(self, parcel: Parcel, arguments: Mapping[str, Any]) -> str:
        place = parcel.place
        answer = await self.wire.call(
            "chat.postMessage", place.id, channel=place.id, **_threaded(parcel), **arguments
        )
        if place.dm:
            await self.dms.learn(place.id, str(answer["channel"]))
        return str(answer["ts"])

    async def _share(self, parcel: Parcel, file: Mapping[str, Any], token: str) -> str:
        """Shares a file and returns its message; "" where Slack does not show it yet."""
        try:
            content = self.read_file(str(file["sha256"]))
        except FileNotFoundError:
            raise Rejected("file_gone") from None
        name = str(file["name"])
        slot = await self.wire.call(
            "files.getUploadURLExternal", filename=name, length=len(content)
        )
        await self.wire.upload(str(slot["upload_url"]), content)
        spot = await self._spot(parcel)
        await self.wire.call(
            "files.completeUploadExternal",
            spot.channel,
            files=[{"id": slot["file_id"], "title": name}],
            channel_id=spot.channel,
            blocks=json.dumps(outbound.attached(parcel, file, token)),
            **_threaded(parcel),
        )
        # The answer names no message. It is shared: not to find it now is no reason to repeat it.
        self.looking.stale(spot)
        with suppress(RetryLater, Refused):
            return await self.looking.standing(spot, token, since=parcel.at, after=0.0) or ""
        return ""

    async def _whisper(self, parcel: Parcel) -> str | None:
        """Says it to one person in a channel; in private where they or we are not there."""
        if parcel.uncertain:
            # It may have been seen, and no look can tell: it is said at most once.
            return None
        first: str | None = None
        for number, arguments in enumerate(outbound.said(parcel)):
            token = f"{parcel.token}-w{number}"
            ts = self.sent.ts(token)
            if ts is None:
                given = outbound.belonging(arguments, first) if first else arguments
                try:
                    ts = await self._whispered(parcel, given)
                except Refused as refusal:
                    if refusal.code not in ABSENT:
                        raise
                    return await self._say(_private(parcel))
                self.sent.note(token, ts)
            first = first or ts
        return first or None

    async def _whispered(self, parcel: Parcel, arguments: Mapping[str, Any]) -> str:
        given = {key: value for key, value in arguments.items() if key in _WHISPERED}
        place = parcel.place.id
        try:
            answer = await self.wire.call(
                "chat.postEphemeral",
                place,
                channel=place,
                user=str(parcel.body["to"]),
                **_threaded(parcel),
                **given,
            )
        except Unanswered:
            # Said, as far as anybody can know.
            return ""
        return str(answer.get("message_ts", ""))

    async def _form(self, parcel: Parcel) -> str | None:
        """Opens a modal; where its trigger is spent, says in private what opens it again."""
        trigger = parcel.body.get("trigger")
        if trigger and not parcel.uncertain and not self._once.doubts(parcel.token):
            try:
                await self.wire.call(
                    "views.open", patience=OPENING, trigger_id=trigger, view=modals.view(parcel)
                )
            except Refused as refusal:
                if refusal.code not in STALE:
                    raise
            except RetryLater as later:
                # By then it is spent.
                if later.after < OPENING:
                    raise
            else:
                return None
        return await self._say(_private(parcel))

    # --- Changes -------------------------------------------------------------------------------

    async def _edit(self, parcel: Parcel) -> None:
        if parcel.body.get("forget"):
            await self._remove(parcel)
            return
        target = _target(parcel)
        channel = await self._channel(parcel.place)
        await self.wire.call(
            "chat.update", channel, channel=channel, ts=target, **outbound.edited(parcel)
        )
        # What did not fit into one message before belongs to what was said before.
        with suppress(Refused):
            for ts in await self.looking.further(Spot(channel, parcel.thread), target):
                await self._fine("chat.delete", channel, channel=channel, ts=ts)

    async def _remove(self, parcel: Parcel) -> None:
        target = _target(parcel)
        spot = await self._spot(parcel)
        # The message itself comes last: once it is gone, nothing tells what came with it.
        for ts in [*await self.looking.parts(spot, target), target]:
            await self._fine("chat.delete", spot.channel, channel=spot.channel, ts=ts)

    async def _react(self, parcel: Parcel) -> None:
        channel = await self._channel(parcel.place)
        method = "reactions.add" if parcel.operation == "react" else "reactions.remove"
        name = name_of(str(parcel.body["emoji"]))
        if name is None:
            raise Rejected("invalid_name")
        await self._fine(method, channel, channel=channel, timestamp=_target(parcel), name=name)

    async def _move(self, parcel: Parcel) -> None:
        channel, user = parcel.place.id, str(parcel.body["id"])
        if parcel.operation == "invite":
            await self._fine("conversations.invite", channel, channel=channel, users=user)
        else:
            await self._fine("conversations.kick", channel, channel=channel, user=user)

    async def _fine(self, method: str, lane: str, **arguments: Any) -> None:
        try:
            await self.wire.call(method, lane, **arguments)
        except Refused as refusal:
            if refusal.code not in FINE[method]:
                raise

    async def _spot(self, parcel: Parcel) -> Spot:
        return Spot(await self._channel(parcel.place), parcel.thread)

    async def _channel(self, place: Place) -> str:
        return await self.dms.channel(place.id) if place.dm else place.id


_WHISPERED = frozenset({"text", "blocks"})
"""What a message for one person alone takes: no metadata, it is in no history."""


def _threaded(parcel: Parcel) -> dict[str, Any]:
    return {"thread_ts": parcel.thread} if parcel.thread else {}


def _private(parcel: Parcel) -> Parcel:
    """The same, said to the person in private."""
    place = parcel.place
    if not place.dm:
        place = Account(place.platform, place.tenant, str(parcel.body["to"])).dm
    return replace(parcel, operation="say", place=place, thread=None)


def _target(parcel: Parcel) -> str:
    """The message a parcel is about. Raises Rejected for what can be none."""
    if not parcel.target:
        raise Rejected("message_not_found")
    return parcel.target
