"""The people of a workspace: they do what Slack lets people do, and see what it lets them see."""

from __future__ import annotations

from dataclasses import replace

from tests.slack.server import happenings, payloads, responses
from tests.slack.server.delivery import Ack
from tests.slack.server.forms import Form, choose, picked
from tests.slack.server.state import Channel, Json, Message, View
from tests.slack.server.typed import typed
from tests.slack.server.workspace import Workspace

NOT_A_COMMAND = "not_a_command"
TIMED_OUT = "operation_timeout"


class Person:
    """One person at their own screen. Acts give an Ack: what the app answered, or did not."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self.workspace = workspace
        self.user = workspace.user(name)
        self.form = Form(self.user, workspace)

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def notices(self) -> list[str]:
        """What Slack itself told this person: codes, not sentences."""
        return self.workspace.notices.setdefault(self.id, [])

    # What they write.

    async def say(
        self,
        channel: str | Channel,
        text: str,
        thread: Message | str | None = None,
        *,
        broadcast: bool = False,
        files: tuple[Json, ...] = (),
        me: bool = False,
    ) -> Ack:
        """Writes in a channel they are in, or in a thread of it."""
        place = self._inside(channel)
        subtype = "thread_broadcast" if broadcast else "file_share" if files else ""
        written = typed(self.workspace, text)
        made = happenings.post(
            self.workspace,
            place,
            self.id,
            written.text,
            blocks=[] if me else written.blocks,
            thread_ts=_ts(thread) if thread else "",
            broadcast=broadcast,
            subtype="me_message" if me else subtype,
            files=list(files),
            client_msg_id="" if me else self.workspace.new_id("m"),
        )
        acks = [
            await happenings.tell(self.workspace, inner, where)
            for inner, where in happenings.events_of_post(self.workspace, made)
        ]
        return acks[0] if acks else Ack(False, {}, 0.0, {}, "not_seen")

    async def mention(
        self, channel: str | Channel, text: str, thread: Message | str | None = None
    ) -> Ack:
        """Writes to the app by its name."""
        return await self.say(channel, f"@copain {text}", thread)

    async def dm(self, text: str, thread: Message | str | None = None) -> Ack:
        """Writes to the app in private."""
        if not self.workspace.app.messages_tab:
            raise AssertionError("sending messages to this app has been turned off")
        return await self.say(self.workspace.im(self.id), text, thread)

    async def slash(
        self, channel: str | Channel, line: str, thread: Message | str | None = None
    ) -> Ack:
        """Types a slash command. Slack knows none in threads, nor from another workspace."""
        place = self.workspace.im(self.id) if channel == "@copain" else self._inside(channel)
        command, _, text = line.partition(" ")
        outside = self.user.team != self.workspace.team
        guest = self.user.guest and not self.workspace.settings.guests_may_slash
        known = command in self.workspace.app.commands
        if thread or outside or guest or not known:
            self.workspace.tell(self.id, NOT_A_COMMAND)
            return Ack(False, {}, 0.0, {}, NOT_A_COMMAND)
        if "commands" not in self.workspace.app.scopes:
            raise AssertionError("the app has no commands scope")
        body = payloads.slash(self.workspace, self.user, place, command, text.strip())
        ack = await self._once("slash_commands", body)
        if ack.acked:
            responses.of_ack(self.workspace, place, self.id, ack.payload)
        return ack

    async def edit(self, message: Message, text: str) -> Ack:
        """Rewrites a message of their own."""
        self._own(message)
        written = typed(self.workspace, text)
        edited = {"user": self.id, "ts": self.workspace.ts()}
        inner = happenings.change(
            self.workspace, message, text=written.text, blocks=written.blocks, edited=edited
        )
        return await self._seen(inner, message.channel)

    async def delete(self, message: Message) -> Ack:
        """Takes away a message of their own."""
        self._own(message)
        return await self._seen(happenings.remove(self.workspace, message), message.channel)

    async def react(self, message: Message, name: str) -> Ack:
        return await self._reacted(message, name, added=True)

    async def unreact(self, message: Message, name: str) -> Ack:
        return await self._reacted(message, name, added=False)

    async def _reacted(self, message: Message, name: str, *, added: bool) -> Ack:
        self._inside(message.channel)
        inner = happenings.reacted(self.workspace, self.id, message, name, added=added)
        if inner is None:
            return Ack(False, {}, 0.0, {}, "nothing")
        return await self._seen(inner, message.channel)

    # What they press.

    async def press(self, where: Message | View, label: str) -> Ack:
        """Presses a button by its label (or action_id), or picks a menu's option by its text."""
        if isinstance(where, View):
            self._sees_view(where)
            action = picked(where.blocks, label)
            choose(where, action)
            body = payloads.pressed_in_view(self.workspace, self.user, where, action)
        else:
            self._sees_message(where)
            action = picked(where.blocks, label)
            body = payloads.pressed(self.workspace, self.user, where, action)
        return await self._once("interactive", body)

    async def shortcut(self, callback_id: str, message: Message) -> Ack:
        """Chooses a message shortcut in the menu of a message."""
        known = self.workspace.app.shortcuts
        if known is not None and callback_id not in known:
            raise AssertionError(f"no shortcut {callback_id!r} in the manifest")
        self._sees_message(message)
        body = payloads.shortcut(self.workspace, self.user, callback_id, message)
        return await self._once("interactive", body)

    async def submit(self, view: View | None = None, values: Json | None = None) -> Ack:
        """Fills in a form and sends it. Names are labels, block_ids or action_ids."""
        return await self.form.submit(view or self._front(), values or {})

    async def close(self, view: View | None = None) -> Ack:
        """Closes a form, with all those under it only when it is the last."""
        return await self.form.close(view or self._front())

    async def open_home(self, tab: str = "home") -> Ack:
        """Opens the app's home (or its messages tab)."""
        inner: Json = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.workspace.im(self.id).id,
            "tab": tab,
        }
        if self.home is not None and tab == "home":
            inner["view"] = payloads.view(self.workspace, self.home)
        return await happenings.tell(self.workspace, inner)

    # Where they go.

    async def join(self, channel: str | Channel, inviter: str = "") -> Ack:
        """Enters a public channel, or any where somebody invites them."""
        place = self._place(channel)
        if place.kind != "channel" and not inviter:
            raise AssertionError(f"{place.name} is private")
        inner = happenings.joined(self.workspace, place, self.id, inviter)
        return await self._seen(inner, place.id)

    async def leave(self, channel: str | Channel) -> Ack:
        place = self._inside(channel)
        return await self._seen(happenings.left(self.workspace, place, self.id), place.id)

    def reload(self) -> None:
        """Reloads Slack: what was shown to this person alone is gone, and so is an open form."""
        mine = self.workspace.ephemerals
        self.workspace.ephemerals = [m for m in mine if m.ephemeral_to != self.id]
        self.workspace.modals.pop(self.id, None)
        self.workspace.changed()

    # What they see.

    def sees(self, channel: str | Channel) -> list[Message]:
        """What the channel shows them, oldest first, without the replies of threads and without
        the lines that Slack writes itself (who came, who left).
        """
        standing = self._visible(channel).standing()
        return [m for m in standing if m.subtype not in happenings.SYSTEM]

    def thread(self, message: Message) -> list[Message]:
        """The replies to a message, oldest first."""
        return self._visible(message.channel).replies(message.thread_ts or message.ts)

    def dm_messages(self) -> list[Message]:
        """Their private conversation with the app, threads included, oldest first."""
        return list(self.workspace.im(self.id).messages.values())

    def ephemerals(self, channel: str | Channel | None = None) -> list[Message]:
        """What is shown to them alone, until they reload."""
        place = None if channel is None else self._place(channel).id
        return [
            m
            for m in self.workspace.ephemerals
            if m.ephemeral_to == self.id and place in (None, m.channel)
        ]

    @property
    def modal(self) -> View | None:
        """The form in front of them."""
        stack = self.workspace.modals.get(self.id)
        return self.workspace.views[stack[-1]] if stack else None

    @property
    def home(self) -> View | None:
        """The app's home as it was last published for them."""
        number = self.workspace.homes.get(self.id)
        return self.workspace.views[number] if number else None

    # Helpers of the acts above.

    async def _once(self, kind: str, body: Json) -> Ack:
        ack = await self.workspace.delivery.once(kind, body)
        if not ack.acked:
            self.workspace.tell(self.id, TIMED_OUT)
            return replace(ack, why=ack.why or TIMED_OUT)
        return ack

    async def _seen(self, inner: Json, channel: str) -> Ack:
        place = self.workspace.channels[channel]
        leaving = inner.get("user") == self.workspace.app.bot_user
        if not happenings.present(self.workspace, place) and not leaving:
            return Ack(False, {}, 0.0, {}, "not_seen")
        return await happenings.tell(self.workspace, inner, place)

    def _front(self) -> View:
        assert self.modal is not None, "no form is open"
        return self.modal

    def _place(self, channel: str | Channel) -> Channel:
        if isinstance(channel, Channel):
            return channel
        return (
            self.workspace.im(self.id) if channel == "@copain" else self.workspace.channel(channel)
        )

    def _inside(self, channel: str | Channel) -> Channel:
        place = self._place(channel)
        assert self.id in place.members, f"{self.user.name} is not in {place.name}"
        assert not place.archived, f"{place.name} is archived"
        return place

    def _visible(self, channel: str | Channel) -> Channel:
        place = self._place(channel)
        ours = self.user.team == self.workspace.team and not self.user.guest
        assert self.id in place.members or (ours and place.kind == "channel"), (
            f"{self.user.name} cannot see {place.name}"
        )
        return place

    def _own(self, message: Message) -> None:
        assert message.user == self.id, "people change their own messages only"

    def _sees_view(self, view: View) -> None:
        assert view in (self.modal, self.home), "that view is not in front of this person"

    def _sees_message(self, message: Message) -> None:
        if message.ephemeral_to:
            assert message in self.workspace.ephemerals, "that message is gone"
            assert message.ephemeral_to == self.id, "somebody else's message"
            return
        assert message.ts in self._visible(message.channel).messages, "that message is gone"


def _ts(thread: Message | str) -> str:
    return thread if isinstance(thread, str) else thread.ts
