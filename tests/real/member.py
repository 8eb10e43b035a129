"""A person with an Element-like client: a real nio client with encryption.

They type, react, reply, vote, edit and delete, as Element sends it; and they read their rooms.
Nobody waits by sleeping: `until` looks again after each thing that arrives.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import nio
from nio.crypto.attachments import decrypt_attachment

from tests.real.contents import ENCRYPTION, calling, plain, quoting, text_of
from tests.real.listening import Listening
from tests.real.synapse import Login
from tests.real.timeline import Line, lines

T = TypeVar("T")
PATIENCE = 20.0
"""Seconds until somebody who waits for something to appear gives up."""


class Member:
    """One account on one device. As a context it listens; their acts return the event's id."""

    def __init__(self, login: Login, store: Path) -> None:
        self.login = login
        self.listening = Listening(login, store)

    async def __aenter__(self) -> Self:
        await self.listening.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.listening.stop()

    @property
    def id(self) -> str:
        """`@marie-3:localhost`."""
        return self.login.user_id

    @property
    def client(self) -> nio.AsyncClient:
        """Their client, for acts that only one test needs."""
        return self.listening.client

    # --- What they see ---------------------------------------------------------------------------

    def timeline(self, room: str) -> list[Line]:
        """What stands in a room before their eyes, oldest first."""
        return lines(self.listening.events.get(room, ()))

    def texts(self, room: str, *, by: str | None = None) -> list[str]:
        """The plain texts of a room, of one sender when `by` is given."""
        return [line.text for line in self.timeline(room) if by in (None, line.sender)]

    def inside(self, room: str) -> set[str]:
        """Who is in a room, themselves too."""
        known = self.client.rooms.get(room)
        if known is None:
            return set()
        return {user for user in known.users if user not in known.invited_users}

    async def until(self, look: Callable[[], T], patience: float = PATIENCE, *, why: str = "") -> T:
        """What `look` sees as soon as that is something; else an AssertionError with what stood."""
        try:
            return await self.listening.until(look, patience)
        except TimeoutError:
            seen = {room: self.texts(room) for room in self.listening.events}
            raise AssertionError(f"{self.id} waited in vain {why}: {seen}") from None

    async def sees(
        self, room: str, part: str, *, by: str | None = None, patience: float = PATIENCE
    ) -> Line:
        """The newest message of a room whose text holds this part (kinds of space set aside)."""

        def look() -> Line | None:
            found = [
                line
                for line in self.timeline(room)
                if plain(part) in plain(line.text) and by in (None, line.sender)
            ]
            return found[-1] if found else None

        found = await self.until(look, patience, why=f"for « {part} »")
        assert found is not None
        return found

    async def read_file(self, line: Line) -> bytes:
        """The attached file, decrypted where it came encrypted."""
        sealed = line.content.get("file")
        answer = await self.client.download(sealed["url"] if sealed else line.content["url"])
        assert isinstance(answer, nio.DownloadResponse), answer
        body = bytes(answer.body)
        if sealed is None:
            return body
        key, digest = sealed["key"]["k"], sealed["hashes"]["sha256"]
        return bytes(decrypt_attachment(body, key, digest, sealed["iv"]))

    async def knows(self, other: str) -> None:
        """Waits for the keys of somebody's device: without them, what one writes is not for it."""
        store = self.client.device_store
        await self.until(
            lambda: any(store.active_user_devices(other)), why=f"for the keys of {other}"
        )

    # --- Rooms -----------------------------------------------------------------------------------

    async def make_room(
        self,
        name: str,
        *invited: str,
        encrypted: bool = True,
        join_rule: str | None = None,
        version: str | None = None,
        levels: Mapping[str, Any] | None = None,
    ) -> str:
        """A private room of theirs; `join_rule` `knock` or `public` opens the door."""
        state: list[dict[str, Any]] = [ENCRYPTION] if encrypted else []
        if join_rule:
            state.append({"type": "m.room.join_rules", "content": {"join_rule": join_rule}})
        made = await self.client.room_create(
            name=name,
            invite=invited,
            initial_state=state,
            room_version=version,
            preset=nio.RoomPreset.private_chat,
            power_level_override=dict(levels) if levels else None,
        )
        assert isinstance(made, nio.RoomCreateResponse), made
        return await self._entered(made.room_id)

    async def create_dm_with(self, other: str, *, encrypted: bool = True) -> str:
        """A direct conversation as Element begins one."""
        made = await self.client.room_create(
            is_direct=True,
            invite=(other,),
            preset=nio.RoomPreset.trusted_private_chat,
            initial_state=[ENCRYPTION] if encrypted else [],
        )
        assert isinstance(made, nio.RoomCreateResponse), made
        await self.listening.put_account_notes("m.direct", {other: [made.room_id]})
        return await self._entered(made.room_id)

    async def invite(self, room: str, *others: str) -> None:
        """Invites people into a room."""
        for other in others:
            done(await self.client.room_invite(room, other))

    async def join(self, room: str) -> str:
        """Enters a room that is open to them, or to which they are invited."""
        done(await self.client.join(room))
        return await self._entered(room)

    async def accept(self, room: str | None = None, *, of: str | None = None) -> str:
        """Accepts an invitation: to that room, of that person, or the first that comes."""

        def look() -> str | None:
            for invited, sender in self.listening.invitations.items():
                if room in (None, invited) and of in (None, sender):
                    return invited
            return None

        found = await self.until(look, why="for an invitation")
        assert found is not None
        return await self.join(found)

    async def dm(self, bot: str) -> str:
        """The nameless room of them and the bot; an invitation of the bot to one is accepted."""

        def look() -> str | None:
            for room, known in self.client.rooms.items():
                if set(known.users) == {self.id, bot} and not known.name:
                    return str(room)
            direct = self.listening.direct_invitations
            return next((room for room, sender in direct.items() if sender == bot), None)

        found = await self.until(look, why=f"for a conversation with {bot}")
        assert found is not None
        return found if found in self.client.rooms else await self.join(found)

    async def knock(self, room: str) -> None:
        """Asks at the door of a room."""
        done(await self.client.room_knock(room, reason="Bonjour"))

    async def leave(self, room: str) -> None:
        """Goes out of a room."""
        done(await self.client.room_leave(room))

    async def rename(self, name: str) -> None:
        """Takes another name."""
        done(await self.client.set_displayname(name))

    # --- What they do in a room ------------------------------------------------------------------

    async def say(self, room: str, text: str, *, mention: str | None = None) -> str:
        """Types a message; a mention comes as Element's pill."""
        content = calling(text, mention) if mention else text_of(text)
        return await self.send(room, "m.room.message", content)

    async def reply(self, room: str, answered: str, text: str, *, fallback: bool = True) -> str:
        """Answers by quoting; older clients repeat what they answer in the text (`fallback`)."""
        event = await self.listening.event(room, answered)
        content = quoting(event, room, text) if fallback else text_of(text)
        content["m.mentions"] = {"user_ids": [event["sender"]]}
        content["m.relates_to"] = {"m.in_reply_to": {"event_id": answered}}
        return await self.send(room, "m.room.message", content)

    async def in_thread(
        self, room: str, root: str, text: str, *, answered: str | None = None
    ) -> str:
        """Writes in a thread; `answered` is what they quote there."""
        newest = [line.id for line in self.timeline(room) if line.thread == root]
        content = text_of(text)
        content["m.relates_to"] = {
            "rel_type": "m.thread",
            "event_id": root,
            "is_falling_back": answered is None,
            "m.in_reply_to": {"event_id": answered or [root, *newest][-1]},
        }
        return await self.send(room, "m.room.message", content)

    async def edit(self, room: str, message: str, text: str) -> str:
        """Replaces what they wrote."""
        return await self.send(
            room,
            "m.room.message",
            {
                **text_of(f"* {text}"),
                "m.new_content": text_of(text),
                "m.relates_to": {"rel_type": "m.replace", "event_id": message},
            },
        )

    async def react(self, room: str, message: str, key: str) -> str:
        """Puts a reaction on a message; it travels in clear even in an encrypted room."""
        relation = {"rel_type": "m.annotation", "event_id": message, "key": key}
        return await self.send(room, "m.reaction", {"m.relates_to": relation})

    async def redact(self, room: str, event: str) -> None:
        """Deletes a message, takes back a reaction or a vote."""
        done(await self.client.room_redact(room, event))

    async def unreact(self, room: str, message: str, key: str) -> None:
        """Takes back the reaction they had put."""
        for event in self.listening.events[room]:
            relation = event["content"].get("m.relates_to") or {}
            if (event["type"], event["sender"]) != ("m.reaction", self.id):
                continue
            if (relation["event_id"], relation["key"]) == (message, key):
                await self.redact(room, event["event_id"])
                return
        raise AssertionError(f"no reaction {key} of {self.id} on {message}")

    async def vote(self, room: str, poll: str, option: int | str | None) -> str:
        """Votes in a poll by index or label; None takes the vote back."""
        line = next(line for line in self.timeline(room) if line.id == poll)
        match option:
            case None:
                answers = []
            case int(index):
                answers = [line.options[index][0]]
            case str(label):
                answers = [key for key, shown in line.options if shown == label]
        return await self.send(
            room,
            "org.matrix.msc3381.poll.response",
            {
                "m.relates_to": {"rel_type": "m.reference", "event_id": poll},
                "org.matrix.msc3381.poll.response": {"answers": answers},
            },
        )

    async def upload(self, room: str, name: str, content: bytes, *, caption: str = "") -> str:
        """Shares a file, with a caption when one is given."""
        encrypted = self.client.rooms[room].encrypted
        answer, keys = await self.client.upload(
            io.BytesIO(content),
            content_type="application/octet-stream",
            filename=None if encrypted else name,
            filesize=len(content),
            encrypt=encrypted,
        )
        assert isinstance(answer, nio.UploadResponse), answer
        where: dict[str, Any] = {"url": answer.content_uri}
        if keys is not None:
            where = {"file": {"url": answer.content_uri, **keys}}
        message = {"msgtype": "m.file", "body": caption or name, "filename": name, "m.mentions": {}}
        return await self.send(room, "m.room.message", {**message, **where})

    async def send(self, room: str, kind: str, content: dict[str, Any]) -> str:
        """Sends any event, encrypted where the room is, and returns its id."""
        return await self.listening.send(room, kind, content)

    async def _entered(self, room: str) -> str:
        await self.until(lambda: self.id in self.inside(room), why=f"to be in {room}")
        return room


def done(answer: object) -> None:
    """Refuses to go on after an error of the server."""
    assert not isinstance(answer, nio.ErrorResponse), answer
