"""`copain rehearse`: what the coming days would bring; nothing is sent [AT-5].

For people it names no member: what is private is told by how many receive it, and for whom who
looks after the community by their role. `--json` gives numbers of persons, and the texts.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from bot import config, markup
from bot.app.platforms import PLATFORMS, capabilities, enabled, prefixes
from bot.app.rehearsal import LONGEST, Known, Original, Rehearsed, rehearse
from bot.chance import SecretChance
from bot.cli.databases import explained
from bot.cli.words import Misused, Words
from bot.clock import SystemClock
from bot.courtesy import Cap
from bot.errors import Complaint
from bot.foreseen import Foreseen
from bot.people import Role
from bot.values import Day, Key, TimeOfDay, Value
from storage.probe import shown

WORDS = 60
"""Characters of a message that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What `copain rehearse` was asked."""

    days: int
    json: bool
    community: str | None
    config: Path
    data: Path | None = None


def run(options: Options) -> int:
    """Prints what would be sent. Raises Complaint, ConfigError, or Misused."""
    if not 1 <= options.days <= LONGEST:
        raise Misused("cli-rehearse-days", {"most": LONGEST})
    original, now, words = _asked(options)
    signal.signal(signal.SIGTERM, _ended)
    try:
        with explained(shown(original.url)):
            found = asyncio.run(
                rehearse(original, now=now, days=options.days, tell=_progress(now, options, words))
            )
    except LookupError:
        raise Complaint("cli-rehearse-no-database", {"address": shown(original.url)}) from None
    numbers = _chosen(found, options.community)
    for number in numbers:
        if options.json:
            _in_json(found, number)
        else:
            _for_people(found, number, now=now, days=options.days, words=words)
    return 0


def _asked(options: Options) -> tuple[Original, datetime, Words]:
    now = SystemClock().now()
    if options.data is not None:
        return _of_the_demo(options.data)
    found = config.load(options.config, os.environ)
    original = Original(
        url=found.database,
        communities=found.communities,
        chance=SecretChance(),
        abilities={name: capabilities(name) for name in (*enabled(found), "terminal")},
        language=found.bot.language,
        prefix=f"/{found.bot.command}",
        prefixes=prefixes(PLATFORMS, found.bot.command),
        seal=found.secrets.seal_key() or b"",
    )
    words = Words(found.bot.language, found.bot.timezone, now=now)
    return replace(original, texts=words.texts), now, words


def _of_the_demo(folder: Path) -> tuple[Original, datetime, Words]:
    from bot.app.stage import original

    if not (folder / "platform").is_dir():
        raise Complaint("cli-fault-no-demo", {"folder": str(folder)})
    found, now = original(folder)
    words = Words(found.language, found.communities[0].timezone, now=now)
    return replace(found, texts=words.texts), now, words


def _ended(*_: Any) -> None:
    # The copy goes as it does when somebody presses Ctrl-C.
    raise KeyboardInterrupt


def _progress(now: datetime, options: Options, words: Words) -> Any:
    last = 0

    def tell(at: datetime) -> None:
        nonlocal last
        day = min((at - now).days + 1, options.days)
        if day != last and sys.stderr.isatty():
            line = words.plain("cli-rehearse-far", {"day": day, "days": options.days})
            end = "\n" if day == options.days else ""
            print(f"\r{line}", end=end, file=sys.stderr, flush=True)
        last = day

    return tell


def _chosen(found: Rehearsed, slug: str | None) -> list[int]:
    numbers = [number for number, each in found.communities.items() if slug in (None, each.slug)]
    if slug is not None and not numbers:
        known = ", ".join(each.slug for each in found.communities.values())
        raise Complaint("cli-rehearse-no-community", {"slug": slug, "known": known})
    return numbers


def _in_json(found: Rehearsed, number: int) -> None:
    for each in found.of(number):
        print(json.dumps({"type": "message", **each.as_json()}, ensure_ascii=False))
    load = found.load(number).as_json()
    slug = found.communities[number].slug
    print(json.dumps({"type": "load", "community": slug, **load}, ensure_ascii=False))


def _for_people(found: Rehearsed, number: int, *, now: datetime, days: int, words: Words) -> None:
    known = found.communities[number]
    first, last = (at.astimezone(known.zone).date() for at in (now, now + timedelta(days=days)))
    span = {"community": known.name, "from": Day(first), "to": Day(last)}
    print(words.plain("cli-rehearse-title", span))
    foreseen = found.of(number)
    if not foreseen:
        print(words.plain("cli-rehearse-nothing"))
    for day, some in groupby(foreseen, key=lambda each: _day(each, known)):
        print(f"\n{words.plain('cli-rehearse-day', {'day': Day(day)})}")
        for line in _lines(list(some), known, words):
            print(line)
    print()
    for key, values in _load(found, number):
        print(words.plain(key, values))


def _lines(day: Sequence[Foreseen], known: Known, words: Words) -> Iterator[str]:
    """One line a message; those that many receive in private at one time are one line."""
    together: dict[tuple[Any, ...], list[Foreseen]] = {}
    for each in day:
        who = each.audience_id if each.audience == "space" else _role(each, known)
        shown_text = "" if each.drawn or not _open(each, known) else each.text
        key = (each.at.replace(second=0, microsecond=0), who, each.kind, shown_text, each.why)
        together.setdefault(key, []).append(each)
    for (at, *_), some in together.items():
        first = some[0]
        local = at.astimezone(known.zone)
        values: dict[str, Value] = {
            "at": TimeOfDay(local.time()),
            "where": _where(first, len(some), known),
            "what": _what(first, words),
            "text": "" if first.drawn or not _open(first, known) else _first_words(first.text),
        }
        line = "cli-rehearse-line" if values["text"] else "cli-rehearse-kind"
        line = "cli-rehearse-drawn" if first.drawn else line
        yield f"  {words.plain(line, values)}"
        if first.why and words.has(first.why):
            yield f"      {words.plain('cli-rehearse-why', {'why': Key(first.why)})}"


def _open(each: Foreseen, known: Known) -> bool:
    """Whether its words are shown here: what a member alone would read is not."""
    return each.audience == "space" or _role(each, known) > Role.MEMBER


def _role(each: Foreseen, known: Known) -> Role:
    number = int(each.audience_id) if each.audience_id else 0
    return known.roles.get(number, Role.VISITOR)


def _where(each: Foreseen, count: int, known: Known) -> Key:
    if each.audience == "space":
        title = known.spaces.get(each.audience_id, each.audience_id)
        key = "cli-rehearse-in-thread" if each.thread else "cli-rehearse-in-space"
        return Key(key, {"space": title})
    return Key("cli-rehearse-in-private", {"role": _role(each, known).word, "n": count})


def _what(each: Foreseen, words: Words) -> Key:
    for key in (f"kind-{each.kind}", f"rehearse-kind-{each.kind}"):
        if words.has(key):
            return Key(key)
    return Key("month-message")


def _first_words(text: str) -> str:
    plain = " ".join(markup.plain(text).split())
    return plain if len(plain) <= WORDS else plain[:WORDS].rsplit(" ", 1)[0] + "…"


def _load(found: Rehearsed, number: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    known, load = found.communities[number], found.load(number)
    values = {"most": load.most, "median": load.median, "members": load.members}
    yield "cli-rehearse-private", {**values, **_cap(known.private_cap)}
    for place, title in known.spaces.items():
        share = load.spaces.get(place)
        week = {"space": title, "week": share.week if share else 0}
        yield "cli-rehearse-space", {**week, **_cap(known.posts_cap)}
    yield "cli-rehearse-end", {}


def _cap(cap: Cap) -> dict[str, int]:
    return {"cap": cap.limit, "days": cap.days}


def _day(each: Foreseen, known: Known) -> date:
    return each.at.astimezone(known.zone).date()
