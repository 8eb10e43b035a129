"""What one sync says, read without believing more of it than its shape allows. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nio import Event, MegolmEvent

from adapters.matrix.raw import mapping, string


def parsed(raw: Mapping[str, Any], room_id: str) -> Event | None:
    """An event as nio knows it; None for what is none at all."""
    if not isinstance(raw.get("type"), str) or not isinstance(raw.get("event_id"), str):
        return None
    try:
        event = Event.parse_event(dict(raw))
    except Exception:  # noqa: BLE001 - whatever strangers put into an event must not stop the loop
        return None
    if event is None or not isinstance(getattr(event, "sender", None), str):
        return None
    if isinstance(event, MegolmEvent):
        event.room_id = room_id
    return event


def events_of(part: Any) -> list[dict[str, Any]]:
    """The events of a part of a sync, whatever stands there."""
    found = mapping(part).get("events")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def rooms_of(raw: Mapping[str, Any], how: str) -> list[tuple[str, dict[str, Any]]]:
    """The rooms of a sync with what it tells of each: `join`, `invite`, `leave`."""
    found = mapping(raw.get("rooms")).get(how)
    if not isinstance(found, Mapping):
        return []
    return [(room_id, each) for room_id, each in found.items() if isinstance(each, dict)]


def since_our_join(heard: list[Event], me: str, *, inside: bool | None) -> list[Event]:
    """What was said while we were in the room; what was there before we came was not said to us.

    `inside` is whether we were in it before these events, None where nobody knows: then the first
    change of our own membership tells, as far as the server repeats what stood before.
    """
    ours = {number: now for number, event in enumerate(heard) if (now := _of_us(event, me))}
    if inside is not True:
        if not ours:
            # They end where history is closed to us, after we came.
            return heard
        first = heard[min(ours)].source
        was = mapping(mapping(first.get("unsigned")).get("prev_content")).get("membership")
        inside = was == "join" if was else inside is None and ours[min(ours)] == "leave"
    kept = []
    for number, event in enumerate(heard):
        came = ours.get(number) == "join" and not inside
        if inside:
            kept.append(event)
        inside = came or (inside and ours.get(number) in (None, "join"))
    return kept


def _of_us(event: Event, me: str) -> str | None:
    """What our membership became by this event."""
    source = event.source
    if source.get("type") != "m.room.member" or source.get("state_key") != me:
        return None
    return string(mapping(source.get("content")).get("membership")) or None


def merged(told: list[tuple[str, list[Event]]]) -> list[tuple[str, Event]]:
    """The events of all rooms by time; within a room the server's order stands."""
    placed: list[tuple[int, int, str, Event]] = []
    for room_id, heard in told:
        latest = 0
        for event in heard:
            stamp = event.source.get("origin_server_ts")
            latest = max(latest, stamp if isinstance(stamp, int) else 0)
            placed.append((latest, len(placed), room_id, event))
    return [(room_id, event) for _, _, room_id, event in sorted(placed, key=lambda p: p[:2])]
