"""The posts of the coming days as a numbered list, from what was foreseen. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.foreseen import Foreseen
from bot.markup import cut, plain
from bot.messages import Line
from bot.values import Key, Moment, Value
from commands.pace.rules import SMALL, UNTOLD, kind
from storage.planned import Planned

LONGEST = 90
STAMP = "%Y%m%dT%H%M%SZ"
"""An instant without a colon: a button's arguments stand between colons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post to come, in one space or several. `ref` is what holds or drops it, "" when nothing.

    `state`: "" as it goes, `held`, or `asks`: it waits for somebody's yes.
    """

    at: datetime
    kind: str
    where: tuple[str, ...] = ()
    ref: str = ""
    state: str = ""
    why: str | None = None
    text: str = ""
    drawn: bool = False
    """Its words are not decided yet."""

    def as_json(self) -> dict[str, Any]:
        """As the note of whoever reads the list keeps it."""
        return {**asdict(self), "at": self.at.isoformat(), "where": list(self.where)}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Post:
        """What `as_json` made."""
        at, where = datetime.fromisoformat(plain["at"]), tuple(plain["where"])
        return cls(**{**plain, "at": at, "where": where})


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A turn of a rhythm in the coming days; `state` as in `Post`, or `gone`: it will not come."""

    rhythm: int
    at: datetime
    state: str = ""
    later: datetime | None = None
    """When it is to leave instead, once it was put off."""

    @property
    def ref(self) -> str:
        """What a number of the list or a button means by it."""
        return f"turn:{self.rhythm}:{self.at.astimezone(UTC).strftime(STAMP)}"


def posts(
    foreseen: Iterable[Foreseen],
    dues: Sequence[Due],
    held: Iterable[Planned],
    titles: Mapping[str, str],
) -> list[Post]:
    """What is to come in the spaces that have a title here, in order of time.

    One post of several spaces is one. Turns that nothing foresees stand there with their state.
    """
    found: dict[tuple[Any, ...], Post] = {}
    free = [due for due in dues if due.state != "gone"]
    for each in foreseen:
        if each.audience != "space" or each.audience_id not in titles or each.kind in UNTOLD:
            continue
        key = (each.kind, each.subject or each.key, each.at.date())
        if key not in found:
            due = _due(each, free)
            free = [other for other in free if other != due]
            found[key] = _post(each, due)
        found[key] = _also_in(found[key], titles[each.audience_id])
    rest = [
        Post(at=due.later or due.at, kind="prompt", ref=due.ref, state=due.state)
        for due in free
        if due.state
    ]
    kept = [each for each in held if each.held]
    return sorted([*found.values(), *known(kept, (), titles), *rest], key=lambda post: post.at)


def known(waits: Iterable[Planned], dues: Sequence[Due], titles: Mapping[str, str]) -> list[Post]:
    """The same when nothing could be foreseen: what waits today, and the turns of rhythms."""
    found: dict[tuple[Any, ...], Post] = {}
    for each in waits:
        if each.audience != "space" or each.audience_id not in titles or each.kind in UNTOLD:
            continue
        key = (each.kind, each.subject or each.number)
        post = found.setdefault(
            key,
            Post(
                at=each.at,
                kind=each.kind,
                ref=f"intent:{each.number}",
                state="held" if each.held else "",
                why=None if each.held or each.why in SMALL else each.why,
            ),
        )
        found[key] = _also_in(post, titles[each.audience_id])
    turns = [
        Post(at=due.later or due.at, kind="prompt", ref=due.ref, state=due.state)
        for due in dues
        if due.state != "gone"
    ]
    return sorted([*found.values(), *turns], key=lambda post: post.at)


def _post(each: Foreseen, due: Due | None) -> Post:
    ref = f"intent:{each.intent}" if each.intent is not None else ""
    return Post(
        at=each.at,
        kind=each.kind,
        ref=due.ref if due is not None else ref,
        why=None if each.why in SMALL else each.why,
        text="" if each.drawn else excerpt(each.text),
        drawn=each.drawn,
    )


def _also_in(post: Post, title: str) -> Post:
    return replace(post, where=tuple(dict.fromkeys((*post.where, title))))


def line(number: int, post: Post) -> Line:
    """One line of the list."""
    where: Value = ", ".join(post.where) or Key("pace-where-discussion")
    values: dict[str, Value] = {
        "n": number,
        "when": Moment(post.at),
        "what": kind(post.kind),
        "where": where,
        "text": _words(post),
        "note": _note(post),
    }
    return Line("pace-post", values)


def _words(post: Post) -> Value:
    if post.drawn:
        return Key("pace-post-quiet" if post.kind == "relance" else "pace-post-drawn")
    return Key("pace-post-text", {"text": post.text}) if post.text else ""


def _note(post: Post) -> Value:
    if post.state:
        return Key(f"pace-post-{post.state}")
    return Key(post.why) if post.why else ""


def excerpt(text: str) -> str:
    """The first words of a message without its marks; a title over them is left out."""
    lines = [each for each in text.splitlines() if each.strip()]
    if len(lines) > 1 and lines[0].startswith("**") and len(lines[0]) < LONGEST:
        lines = lines[1:]
    return cut(plain(lines[0]).strip(), LONGEST) if lines else ""


def _due(each: Foreseen, dues: Sequence[Due]) -> Due | None:
    """The turn that a foreseen prompt is: the last one due by then, not three days ago."""
    if not (each.subject or "").startswith("turn:"):
        return None
    near = [due for due in dues if timedelta(0) <= each.at - due.at <= timedelta(days=4)]
    return max(near, key=lambda due: due.at, default=None)
