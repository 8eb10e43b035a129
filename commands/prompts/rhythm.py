"""`prompt schedule`: the rhythm of the prompts, in human words [PR-2]."""

from __future__ import annotations

from collections.abc import Sequence

from bot.call import Call
from bot.errors import Complaint
from bot.messages import AskForm, Button, Effect, Line, Reply, Say, Void
from bot.people import Role
from bot.registry import RUNNING, Arg, Field, button, command, form, section
from bot.values import Key, Moment, Value
from bot.when import Rule
from commands.prompts import cards, coming, previews, schedule, service
from commands.prompts.coming import Coming
from commands.settings.table import Setting
from storage import rhythms
from storage.paces import calendar_of
from storage.rhythms import PENDING, RhythmRow

SHOWN = 3
LOOKED_AT = 8
"""Turns that are looked at to say how many of them the caps skip."""
CHOOSE = Button("prompt.schedule_change", label="button-prompt-schedule-choose")
NOT_YET = (*PENDING, "waiting", "lively", "held", "given")


@command(
    "prompt schedule",
    "amorce planifier",
    who=Role.ANIMATOR,
    states=RUNNING,
    args=(
        Arg("prompt_tag", "tags", optional=True),
        Arg("rhythm_words", "text", optional=True),
    ),
)
async def plan(
    call: Call, prompt_tag: Sequence[str] = (), rhythm_words: str | None = None
) -> Reply:
    """Sets the rhythm told in these words, stops it, or shows the one in force."""
    if rhythm_words is None:
        return await show(call)
    if schedule.is_stop(rhythm_words):
        return await stop(call)
    service.require_on(call)
    return await _begin(call, _read(call, rhythm_words), prompt_tag[0] if prompt_tag else "")


@button("prompt.schedule", who=Role.ANIMATOR, states=RUNNING, shows=True, lasting=True)
async def show(call: Call) -> Reply:
    """The rhythm in force with its next turns, or how to set one."""
    rhythm = await rhythms.current(call.session, call.here.id)
    if rhythm is None:
        offer = offered(call)
        return Say(
            "rhythm-none-yet",
            {"prefix": call.prefix},
            buttons=(*([offer] if offer else []), CHOOSE),
        )
    return await _shown(call, rhythm, "rhythm-now")


@button("prompt.schedule_usual", who=Role.ANIMATOR, states=RUNNING, lasting=True)
async def usual(call: Call) -> Reply:
    """The rhythm that fits the community: its slot, weekly in launch, else every two weeks."""
    service.require_on(call)
    return await _begin(call, _read(call, _usual(call)), "")


@button("prompt.schedule_stop", who=Role.ANIMATOR, states=RUNNING, lasting=True)
async def stop(call: Call) -> Reply:
    """Ends the rhythm: nothing leaves by itself any more."""
    rhythm = await rhythms.current(call.session, call.here.id)
    if rhythm is None:
        raise Complaint("rhythm-none")
    found = await _end(call, rhythm)
    await service.note(call, "prompt-schedule-stop", "")
    return [*found, Say("rhythm-stopped", buttons=(CHOOSE,))]


@button("prompt.schedule_change", who=Role.ANIMATOR, states=RUNNING)
async def change(call: Call) -> Reply:
    """Asks for the words of another rhythm."""
    service.require_on(call)
    return AskForm("prompt-schedule")


async def fields(call: Call, state: object) -> Sequence[Field]:
    """The words of a rhythm."""

    def check(typed: str) -> str:
        _read(call, typed)
        return typed

    return (Field("words", longest=schedule.LONGEST, check=check),)


@form(
    "prompt-schedule",
    fields=fields,
    who=Role.ANIMATOR,
    visible="form-prompt-schedule-visible",
    states=RUNNING,
)
async def changed(call: Call, values: dict[str, str]) -> Reply:
    """The words were typed."""
    tags = schedule.tags(values["words"])
    return await _begin(call, _read(call, values["words"]), tags[0] if tags else "")


@section("setting", order=5, who=Role.COORDINATOR)
async def on_other_walls(call: Call, setting: Setting) -> None:
    """The turns follow the clocks of the community, and are looked at when its days begin."""
    rhythm = await rhythms.current(call.session, call.here.id)
    if setting.group != "time" or rhythm is None:
        return
    before = call.here.zone
    call.community = await call.tx.people.community(call.here.id)
    await rhythms.onto_walls(call.session, rhythm, before, call.here.zone, now=call.now)
    await coming.arm(call, rhythm)


async def offer(call: Call) -> Button | None:
    """The button that sets the usual rhythm, while there is none."""
    return None if await rhythms.current(call.session, call.here.id) else offered(call)


def offered(call: Call) -> Button | None:
    """The button that sets the usual rhythm; none where people meet in person (scenario 17)."""
    if call.here.format == "in-person" or not call.here.settings.get("prompts", True):
        return None
    return Button(
        "prompt.schedule_usual", values={"rhythm": schedule.told(_read(call, _usual(call)))}
    )


def _usual(call: Call) -> str:
    return schedule.proposed(_slot(call), call.here.mode, hours=calendar_of(call.here).hours)


def _slot(call: Call) -> str:
    chosen = str(call.here.settings.get("slot") or "tuesday")
    return chosen if chosen in schedule.WEEK else "tuesday"


def _read(call: Call, words: str) -> Rule:
    found = schedule.read(
        words,
        call.now,
        calendar=calendar_of(call.here),
        languages=(call.language,),
        slot=schedule.WEEK.index(_slot(call)),
    )
    if isinstance(found, schedule.Fault):
        raise Complaint(f"rhythm-{found.key}", {**found.values, "prefix": call.prefix})
    return found


async def _begin(call: Call, rule: Rule, tag: str) -> Reply:
    if tag and not any(each.tagged(tag) for each in await service.bank(call)):
        raise Complaint("prompts-none-such", {"tag": tag})
    before = await rhythms.current(call.session, call.here.id)
    found = await _end(call, before) if before is not None else []
    start = schedule.first_day(rule, call.now)
    rhythm = await rhythms.begin(
        call.session, call.here.id, rule, start=start, tag=tag, by=call.account_id, at=call.now
    )
    said = schedule.told(rule)
    await service.note(
        call, "prompt-schedule", call.texts.render(said.key, said.values, call.voice())
    )
    await coming.arm(call, rhythm)
    key = "rhythm-replaced" if before is not None else "rhythm-set"
    return [*found, await _shown(call, rhythm, key)]


async def _end(call: Call, rhythm: RhythmRow) -> list[Effect]:
    """Ends a rhythm with all that it meant to do."""
    await rhythms.end(call.session, rhythm, at=call.now)
    await call.tx.timers.clear(coming.TURN, str(rhythm.id))
    await call.tx.timers.clear(coming.PREVIEW, str(rhythm.id))
    found: list[Effect] = []
    for turn in await rhythms.turns(call.session, call.here.id, states=NOT_YET):
        number, why = turn.id or 0, "rhythm-why-replaced"
        await rhythms.move(call.session, number, "dropped", among=NOT_YET, now=call.now, why=why)
        found += [Void(cards.name(turn)), await cards.edit(call, number)]
    return found


async def _shown(call: Call, rhythm: RhythmRow, key: str) -> Say:
    rule = coming.rule_of(call, rhythm)
    found = await coming.coming(call, rhythm, most=LOOKED_AT)
    values: dict[str, Value] = {"rhythm": schedule.told(rule), "tag": rhythm.tag}
    lines = [_line(each) for each in found[:SHOWN]]
    lines += [Line("rhythm-tag", values)] if rhythm.tag else []
    lines += _remarks(call, found)
    buttons = [Button("prompt.schedule_change")]
    due = await previews.next_due(call, rhythm)
    if due is not None and rhythm.id is not None and call.here.state == "open":
        args = (rhythm.id, int(due.timestamp()))
        buttons.append(Button("prompt.skip_due", args))
    buttons.append(Button("prompt.schedule_stop"))
    return Say(key, values, lines=tuple(lines), buttons=tuple(buttons))


def _line(each: Coming) -> Line:
    values: dict[str, Value] = {
        "when": Moment(each.due),
        "leaves": Moment(each.leaves) if each.leaves else None,
        "why": Key(each.why) if each.why else None,
    }
    if each.leaves is None:
        return Line("rhythm-line-skipped", values)
    return Line("rhythm-line" if each.leaves == each.due else "rhythm-line-moved", values)


def _remarks(call: Call, found: Sequence[Coming]) -> list[Line]:
    skipped, total = coming.every_other(found)
    lines: list[Line] = []
    if skipped:
        half = "half" if skipped * 2 == total else "some"
        lines.append(Line("rhythm-caps", {"how": half, "skipped": skipped, "total": total}))
    if call.here.state == "preparation":
        lines.append(Line("rhythm-preparation"))
    elif not call.here.settings.get("prompts", True):
        lines.append(Line("rhythm-asleep"))
    return lines
