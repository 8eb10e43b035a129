"""A quarter in the life of a community of forty people, drawn from a seed.

`Quarter` plays it, act by act, through the chat: people write, answer, tap, take breaks, come and
go; the team looks at previews, posts by hand, takes back, closes. `Seen` reads what was said and
knows the rules of (e) by itself, so that what it finds does not depend on the code it judges.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from adapters.terminal.server import Message
from bot.texts import Voice
from bot.world import World, ready_made
from commands.pace.rules import NEXT_SLOT, SPREAD
from storage import planned
from tests.conversation import Conversation, plain

ZONE = ZoneInfo("America/Toronto")
BEGIN = date(2026, 3, 2)
WEEKS = 13
HOLIDAYS = frozenset({date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 18)})
"""Good Friday, Easter Monday, Patriotes (domain specification e.5, test dates)."""
POSTS = frozenset({"prompt", "relance", "space-digest", "tip"})
"""Kinds that count as a post when the bot starts them in a space."""
OF_THE_TEAM = frozenset({"bundle", "quiet-week", "preview", "alert", "card", "request-card"})
"""What comes to the team in the course of its work, and is no message of the community's."""
FIRST = ("Ada", "Bo", "Cora", "Dao", "Elsa", "Farid", "Gwen", "Hugo", "Ines")
AFTER = ("", "belle", "dine", "rick")


def forty() -> World:
    """The ready-made community, with thirty-five members more."""
    world = ready_made()
    names = [first + after for after in AFTER for first in FIRST][:35]
    more = tuple(
        {
            "account": name.casefold(),
            "name": name,
            "organisation": f"Centre {number % 7}",
            "profession": "infirmière",
        }
        for number, name in enumerate(names)
    )
    return World(communities=world.communities, people=(*world.people, *more), language="fr")


def members(world: World) -> list[str]:
    """Those who are neither of the team nor readers of English."""
    team = {"claire", "antoine", "lea"}
    return [str(each["account"]) for each in world.people if each["account"] not in team]


@dataclass
class Quarter:
    """Plays the quarter. Acts that do not fit at that moment (no open prompt…) are left out."""

    talk: Conversation
    people: list[str]
    seed: int
    chance: random.Random = field(init=False)
    newcomers: int = 0
    readers: set[str] = field(default_factory=set)
    """Those who chose a digest."""
    breaks: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    """The breaks that people took: from when to when."""
    unexplained: list[str] = field(default_factory=list)
    """What `pace` did not tell of, looked at once a week."""
    down: tuple[date, date] = (date(2026, 4, 20), date(2026, 4, 23))
    crisis: tuple[date, date] = (date(2026, 5, 4), date(2026, 5, 8))

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    async def live(self, weeks: int = WEEKS) -> None:
        """Plays that many weeks, and lets time pass to the end of the last."""
        for number in range(weeks * 7):
            await self._day(BEGIN + timedelta(days=number))
        await self.talk.play(f"@until {(BEGIN + timedelta(weeks=weeks)).isoformat()}T08:00")

    async def _day(self, day: date) -> None:
        if day == self.down[0]:
            await self.talk.play("@down")
        if day == self.down[1]:
            await self.talk.play("@up")
        away = self.down[0] <= day < self.down[1]
        for at, act in self._acts(day):
            await self.talk.play(f"@until {datetime.combine(day, at).isoformat()}")
            if act == "explain":
                await self._explain()
                continue
            line = None if away and act not in _WITHOUT_BOT else _ACTS[act](self, day)
            for each in (line or "").split("\n"):
                if each:
                    await self.talk.play(each)

    async def _explain(self) -> None:
        """Whatever did not leave as it was meant in the last days, `pace` says why."""
        before = len(self.talk.lines)
        await self.talk.play("claire @dm: rythme")
        while any("Voir la suite" in line["buttons"] for line in self.talk.lines[before:][-1:]):
            await self.talk.play("claire [Voir la suite]")
        told = "\n".join(plain(line["text"]) for line in self.talk.lines[before:])
        now = self.talk.house.clock.now()
        voice = Voice("fr", zone=ZONE, today=now.astimezone(ZONE).date())
        async with self.talk.house.database.reading() as tx:
            became = await planned.lately(tx.session, 1, now - timedelta(days=13))
        for each in became:
            late = each.why is not None and each.why != "courtesy-why-scheduled"
            # The minute of a slot is drawn: that is no other time than the one that was meant.
            drawn = each.why == SPREAD and each.ended - each.meant < NEXT_SLOT
            late = late and (not drawn or each.with_ is not None)
            if each.kind in OF_THE_TEAM or each.state == "void" or not (late or each.with_):
                continue
            why = plain(self.talk.house.texts.render(each.why or "", {}, voice)) if late else ""
            if why not in told:
                self.unexplained.append(f"{each.kind} of {each.meant}: {why}")

    def _acts(self, day: date) -> list[tuple[time, str]]:
        quiet = day.weekday() >= 5 or day in HOLIDAYS
        drawn = self.chance.choices(
            list(_WEIGHTS), list(_WEIGHTS.values()), k=self.chance.randint(0, 2 if quiet else 9)
        )
        found = [
            (time(self.chance.randint(7, 20), self.chance.randint(0, 59)), act) for act in drawn
        ]
        if day == self.crisis[0]:
            found.append((time(10, 15), "crisis"))
        if day == self.crisis[1]:
            found.append((time(15, 15), "crisis_end"))
        if day.weekday() == 4 and day.isocalendar().week % 2:
            found.append((time(21, 30), "explain"))
        if day == BEGIN:
            found = [(time(9, 1), "schedule"), *(each for each in found if each[0] > time(9, 1))]
        return sorted(found, key=lambda each: each[0])

    # --- What people do. Each returns chat lines, or None when it does not fit.

    def chat(self, _day: date) -> str:
        return f"{self._anyone()}: on en reparle au prochain tour {self.chance.randint(1, 99)}"

    def reply(self, _day: date) -> str | None:
        found = self._open_prompt()
        return f"{self._anyone()} ^{found.newest}: chez nous, autrement" if found else None

    def tap(self, _day: date) -> str | None:
        found = self._open_prompt()
        if found is None:
            return None
        label = self.chance.choice(found.buttons[:2])["label"]
        return f"{self._anyone()} [{label}] {found.newest}"

    def rest(self, day: date) -> str:
        who, until = self._anyone(), day + timedelta(days=self.chance.randint(3, 20))
        begun = self.talk.house.clock.now()
        end = datetime.combine(until + timedelta(days=1), time(), ZONE)
        self._end_break(who, begun)
        self.breaks.setdefault(who, []).append((begun, end))
        return f"{who} @dm: pause jusqu'au {until.isoformat()}"

    def rest_over(self, _day: date) -> str:
        who = self._anyone()
        self._end_break(who, self.talk.house.clock.now())
        return f"{who} @dm: pause fin"

    def _end_break(self, who: str, now: datetime) -> None:
        taken = self.breaks.get(who, [])
        if taken and taken[-1][1] > now:
            taken[-1] = (taken[-1][0], now)

    def digest(self, _day: date) -> str | None:
        who = self._anyone()
        if who in self.readers:
            return None
        self.readers.add(who)
        return f"{who} @dm: moi\n{who} [Un résumé chaque mardi, 13 h]"

    def leave(self, _day: date) -> str | None:
        if len(self.people) < 30:
            return None
        gone = self._anyone()
        self.people.remove(gone)
        return f"@leave {gone}"

    def come(self, _day: date) -> str:
        self.newcomers += 1
        name = f"nouveau{self.newcomers}"
        asked = "\n".join(
            f"{name} @dm: {word}" for word in ("rejoindre", "Nou", "infirmier", "CLSC")
        )
        return f"{asked}\n{name} @dm: passer\n{name} @dm: passer"

    def accept(self, _day: date) -> str | None:
        return self._team_press("Accepter")

    def propose(self, _day: date) -> str:
        words = f"Quel geste numéro {self.chance.randint(1, 500)} vous fait gagner du temps?"
        return f'{self._anyone()} @dm: proposer "{words}"'

    def post(self, _day: date) -> str:
        return "antoine @dm: amorce publier"

    def close(self, _day: date) -> str:
        return "claire @dm: amorce fermer\nclaire @dm: annuler"

    def preview(self, _day: date) -> str | None:
        for label in self.chance.sample(("Publier tel quel", "Remplacer", "Sauter"), k=3):
            line = self._team_press(label)
            if line:
                return line
        return None

    def anyway(self, _day: date) -> str | None:
        return self._team_press("Publier quand même")

    def take_back(self, _day: date) -> str | None:
        found = self._open_prompt()
        return f"antoine +{found.newest} 🗑️" if found else None

    def schedule(self, _day: date) -> str:
        return 'antoine @dm: amorce planifier "chaque mardi 9h30"'

    def start_crisis(self, _day: date) -> str:
        return "antoine @dm: crise\nantoine @dm: 1"

    def end_crisis(self, _day: date) -> str:
        return "antoine @dm: crise fin\nantoine @dm: 1"

    # --- What stands there.

    def _anyone(self) -> str:
        return self.chance.choice(self.people)

    def _open_prompt(self) -> Message | None:
        standing = [
            each
            for each in self.talk.stage.server.standing("general")
            if each.kind == "prompt" and each.buttons
        ]
        return standing[-1] if standing else None

    def _team_press(self, label: str) -> str | None:
        for each in reversed(self.talk.stage.server.standing("animateurs")):
            if label in {button["label"] for button in each.buttons}:
                return f"antoine [{label}] {each.newest}"
        return None


_ACTS = {
    "chat": Quarter.chat,
    "reply": Quarter.reply,
    "tap": Quarter.tap,
    "rest": Quarter.rest,
    "rest_over": Quarter.rest_over,
    "digest": Quarter.digest,
    "leave": Quarter.leave,
    "come": Quarter.come,
    "accept": Quarter.accept,
    "propose": Quarter.propose,
    "post": Quarter.post,
    "close": Quarter.close,
    "preview": Quarter.preview,
    "anyway": Quarter.anyway,
    "take_back": Quarter.take_back,
    "schedule": Quarter.schedule,
    "crisis": Quarter.start_crisis,
    "crisis_end": Quarter.end_crisis,
}
_WEIGHTS = {
    "chat": 22,
    "reply": 12,
    "tap": 22,
    "rest": 3,
    "rest_over": 1,
    "digest": 3,
    "leave": 1,
    "come": 2,
    "accept": 4,
    "propose": 2,
    "post": 1,
    "close": 2,
    "preview": 5,
    "anyway": 2,
    "take_back": 1,
}
_WITHOUT_BOT = frozenset({"chat"})


# --- What was said, judged by the rules of (e) as they are written.


@dataclass(frozen=True, slots=True)
class Said:
    """One message that the bot started: where, when (community time), of what kind, its words."""

    place: str
    at: datetime
    kind: str
    text: str
    n: int


@dataclass(frozen=True)
class Seen:
    """What the bot started by itself, out of the lines of a conversation."""

    lines: Sequence[Mapping[str, Any]]

    def started(self) -> Iterator[Said]:
        """Every message that the bot started, edits and removals aside."""
        for line in self.lines:
            new = line["edits"] is None and line["removes"] is None
            if new and line["by"] == "copain" and line["started_by"] == "bot":
                at = datetime.fromisoformat(line["at"]).astimezone(ZONE)
                yield Said(line["place"], at, line["kind"], line["text"], line["n"])

    def outside_the_window(self) -> list[Said]:
        """Posts in a space outside 08:30–16:30 on a working day of the community."""
        return [each for each in self.posts() if not _open_hours(each.at)]

    def posts(self) -> list[Said]:
        """What counts as a post in a space."""
        return [
            each
            for each in self.started()
            if not each.place.startswith("dm:") and each.kind in POSTS
        ]

    def above_the_day(self) -> list[tuple[str, date]]:
        """Days of a space with more than one post."""
        return _more_than(1, [(each.place, each.at.date()) for each in self.posts()])

    def above_the_week(self, most: int) -> list[Said]:
        """Posts that are one too many in seven days running of their space."""
        return _within(self.posts(), days=7, most=most)

    def prompts_too_near(self, days: int) -> list[Said]:
        """Prompts with another in as many days before them."""
        prompts = [each for each in self.posts() if each.kind == "prompt"]
        return _within(prompts, days=days, most=1)

    def private_too_many(self, kinds: frozenset[str], *, days: int, most: int) -> list[Said]:
        """Private messages of these kinds that are one too many for their reader."""
        private = [x for x in self.started() if x.place.startswith("dm:") and x.kind in kinds]
        return _within(private, days=days, most=most)

    def in_a_break(self, breaks: Mapping[str, list[tuple[datetime, datetime]]]) -> list[Said]:
        """Private messages to somebody who was on a break, but for what they had asked for."""
        return [
            each
            for each in self.started()
            for begun, end in breaks.get(each.place.removeprefix("dm:"), ())
            if each.place.startswith("dm:") and begun < each.at < end
        ]

    def twice(self) -> list[str]:
        """Words that were posted twice in one place."""
        words = [(each.place, each.text) for each in self.posts() if each.kind == "prompt"]
        return [text for _, text in _more_than(1, words)]


def _open_hours(at: datetime) -> bool:
    working = at.weekday() < 5 and at.date() not in HOLIDAYS
    return working and time(8, 30) <= at.time() < time(16, 30)


def _within(found: Sequence[Said], *, days: int, most: int) -> list[Said]:
    """Those with `most` others of their place within so many local days, themselves included."""
    by_place: dict[str, list[Said]] = defaultdict(list)
    for each in found:
        by_place[each.place].append(each)
    return [
        each
        for several in by_place.values()
        for each in several
        if sum(timedelta(0) <= each.at.date() - x.at.date() < timedelta(days=days) for x in several)
        > most
    ]


def _more_than(most: int, found: Sequence[Any]) -> list[Any]:
    counts: dict[Any, int] = defaultdict(int)
    for each in found:
        counts[each] += 1
    return [each for each, count in counts.items() if count > most]
