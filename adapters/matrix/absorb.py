"""Gives nio what it must know of a sync: who is in which room, whose devices there are, keys.

nio raises at many things that strangers can write, misses members whose event was redacted or has
an odd name, and a sync that raises comes again for ever. So it gets what it needs and no more, in
the shape it expects; sealed messages are opened one by one, by `crypto`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nio import AsyncClient, SyncResponse

from adapters.matrix.raw import mapping, string
from bot.log import Log

_KEYS = ("device_one_time_keys_count", "device_lists")
_MEMBERSHIPS = ("invite", "join", "knock", "leave", "ban")


async def absorb(client: AsyncClient, raw: Mapping[str, Any], log: Log) -> None:
    """Takes in a sync, whatever strangers put into it. Raises nothing."""
    token = string(raw.get("next_batch"))
    # A letter at a time: one that nio stumbles over must not take the keys of others with it.
    for number, letter in enumerate(_letters(raw)):
        part = {"next_batch": f"{token}#{number}", "to_device": {"events": [letter]}}
        await _feed(client, part, log)
    rooms = mapping(mapping(raw.get("rooms")).get("join"))
    joined = {room: {"state": {"events": list(_state(each))}} for room, each in rooms.items()}
    keys = {name: raw[name] for name in _KEYS if name in raw}
    await _feed(client, {"next_batch": token, "rooms": {"join": joined}, **keys}, log)
    left = raw.get("device_one_time_keys_count")
    if client.olm is not None and isinstance(left, Mapping):
        # nio takes none at all for nothing new, and would never upload again.
        count = left.get("signed_curve25519", 0)
        client.olm.uploaded_key_count = count if isinstance(count, int) else 0


async def _feed(client: AsyncClient, part: dict[str, Any], log: Log) -> None:
    try:
        response = SyncResponse.from_dict(part)
        if isinstance(response, SyncResponse):
            await client.receive_response(response)
            return
        fault = type(response).__name__
    except Exception as error:  # noqa: BLE001 - what strangers write must not stop the loop
        fault = type(error).__name__
    log.warning("matrix-sync-malformed", error=fault)


def _letters(raw: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What came for this device alone and is sealed; nothing that comes in clear concerns it."""
    events = mapping(raw.get("to_device")).get("events")
    for event in events if isinstance(events, list) else ():
        if mapping(event).get("type") == "m.room.encrypted":
            yield dict(event)


def _state(joined: Any) -> Iterator[dict[str, Any]]:
    for part in ("state", "timeline"):
        events = mapping(mapping(joined).get(part)).get("events")
        for event in events if isinstance(events, list) else ():
            content = _content(event) if isinstance(event, Mapping) else None
            if content is not None:
                kept = ("type", "sender", "state_key", "event_id", "origin_server_ts")
                yield {**{name: event.get(name) for name in kept}, "content": content}


def _content(event: Mapping[str, Any]) -> dict[str, Any] | None:
    """What this state says, without what is not of its shape; None where nio need not know it."""
    key, content = event.get("state_key"), mapping(event.get("content"))
    if event.get("type") == "m.room.member" and isinstance(key, str):
        # A redacted one still says who is in.
        found, shown = content.get("membership"), content.get("displayname")
        name = shown if isinstance(shown, str) else None
        return {"membership": found, "displayname": name} if found in _MEMBERSHIPS else None
    if key != "":
        return None
    match event.get("type"):
        case "m.room.encryption":
            # Once it was switched on nobody switches it off, not even by a redaction.
            return {"algorithm": "m.megolm.v1.aes-sha2"}
        case "m.room.join_rules":
            return {"join_rule": string(content.get("join_rule")) or "invite"}
        case "m.room.name":
            return {"name": string(content.get("name"))}
        case _:
            return None
