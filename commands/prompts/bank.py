"""The bank: what is in it, and how animators add, change, set aside and put back [PR-1]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.call import Call
from bot.errors import Complaint
from bot.messages import AskForm, Button, Line, Reply, Say
from bot.people import Role
from bot.registry import RUNNING, Arg, Field, button, command, form
from bot.values import Value
from commands.prompts import previews, rules, service
from commands.prompts.rules import Entry
from commands.proposals import service as proposed
from storage import postings, prompts, proposals

PAGE = 10
SHOWN = 2
"""Open prompts that have their buttons under the list."""
LONGEST = 600
EFFORTS = tuple((str(n), f"form-prompt-effort-{n}") for n in (1, 2, 3))
KINDS = tuple((kind, f"form-prompt-kind-{kind}") for kind in ("evergreen", "single"))


@command(
    "prompt list",
    "amorce liste",
    who=Role.ANIMATOR,
    states=RUNNING,
    help="animator",
    args=(Arg("prompt_tag", "tags", optional=True),),
    shows=True,
)
async def list_(call: Call, prompt_tag: Sequence[str] = ()) -> Reply:
    """The bank, ten at a time, each with what became of it."""
    return await page(call, 1, prompt_tag[0] if prompt_tag else "")


@button("prompt.list", who=Role.ANIMATOR, states=RUNNING, shows=True)
async def page(call: Call, number: int, tag: str = "") -> Reply:
    """One page of the bank, or of what carries a tag."""
    service.require_on(call)
    found = [each for each in await service.bank(call) if not tag or each.tagged(str(tag))]
    if not found:
        raise Complaint("prompts-none-such", {"tag": str(tag)})
    marks, bylines = await _marks(call), await proposed.bylines(call)
    start = (number - 1) * PAGE
    shown = found[start : start + PAGE]
    buttons = [*await _of_open(call), Button("prompt.draw"), Button("prompt.add")]
    buttons.append(Button("prompt.schedule"))
    if start:
        buttons.append(Button("prompt.list", (number - 1, tag), label="button-prompt-back"))
    if start + PAGE < len(found):
        buttons.append(Button("prompt.list", (number + 1, tag), label="button-prompt-more"))
    if n := len(await proposals.waiting(call.session, call.here.id)):
        buttons.append(Button("proposals", values={"n": n}))
    told = {"first": start + 1, "last": start + len(shown), "total": len(found)}
    lines = tuple(_line(each, marks, bylines.get(each.code)) for each in shown)
    return Say("prompts-list", told, lines=lines, buttons=tuple(buttons))


@command(
    "prompt add",
    "amorce ajouter",
    who=Role.ANIMATOR,
    states=RUNNING,
    args=(
        Arg("prompt_tag", "tags", optional=True),
        Arg("prompt_text", "text", optional=True),
    ),
)
async def add(call: Call, prompt_tag: Sequence[str] = (), prompt_text: str | None = None) -> Reply:
    """Adds a prompt from one line, or asks for it."""
    service.require_on(call)
    if prompt_text is None:
        prefill = {"tags": " ".join(prompt_tag)} if prompt_tag else {}
        return AskForm("prompt-add", prefill=prefill)
    if len(prompt_text) > LONGEST:
        raise Complaint("forms-too-long", {"longest": LONGEST, "length": len(prompt_text)})
    return await _added(call, text=prompt_text, tags=prompt_tag)


@button("prompt.add", who=Role.ANIMATOR, states=RUNNING)
async def add_by_button(call: Call) -> Reply:
    """The same as `prompt add` without words."""
    return await add(call)


@command(
    "prompt edit",
    "amorce modifier",
    who=Role.ANIMATOR,
    states=RUNNING,
    args=(Arg("prompt_code"),),
)
async def edit(call: Call, prompt_code: str) -> Reply:
    """Asks for a prompt's words again; what was posted stays as it was."""
    service.require_on(call)
    entry = await service.named(call, prompt_code)
    return AskForm("prompt-edit", (entry.code,), prefill=_as_typed(call, entry))


@button("prompt.edit", who=Role.ANIMATOR, states=RUNNING)
async def edit_by_button(call: Call, code: str) -> Reply:
    """The same as `prompt edit`."""
    return await edit(call, code)


@command(
    "prompt archive",
    "amorce archiver",
    who=Role.ANIMATOR,
    states=RUNNING,
    args=(Arg("prompt_code"),),
)
async def archive(call: Call, prompt_code: str) -> Reply:
    """Sets a prompt aside: it is never drawn, and can be put back."""
    service.require_on(call)
    entry = await service.named(call, prompt_code)
    await prompts.archive(call.session, call.here.id, entry.code, at=call.now)
    await service.note(call, "prompt-archive", entry.code)
    told = {"code": entry.code, "question": entry.question}
    restore_ = Button("prompt.restore", (entry.code,))
    return [
        *await previews.without(call, entry.code),
        Say("prompts-set-aside", told, buttons=(restore_,)),
    ]


@button("prompt.archive", who=Role.ANIMATOR, states=RUNNING)
async def archive_by_button(call: Call, code: str) -> Reply:
    """The same as `prompt archive`."""
    return await archive(call, code)


@button("prompt.restore", who=Role.ANIMATOR, states=RUNNING)
async def restore(call: Call, code: str) -> Reply:
    """Puts a prompt back into the bank."""
    entry = await service.named(call, code)
    await prompts.archive(call.session, call.here.id, entry.code, at=call.now, back=True)
    await service.note(call, "prompt-restore", entry.code)
    return _told("prompts-restored", entry)


async def fields(call: Call, state: Any) -> Sequence[Field]:
    """The words of a prompt, and how it may be used."""
    options = ", ".join(rules.options_of(state.values.get("options", "")))
    return (
        Field("text", longest=LONGEST, key="form-prompt-text", values=_now(state, "text")),
        Field(
            "options",
            required=False,
            check=_options,
            key="form-prompt-options",
            values={"now": options},
        ),
        Field(
            "tags", required=False, longest=200, key="form-prompt-tags", values=_now(state, "tags")
        ),
        Field("effort", "choice", options=EFFORTS, key="form-prompt-effort"),
        Field("kind", "choice", options=KINDS, key="form-prompt-kind"),
    )


@form(
    "prompt-add",
    fields=fields,
    who=Role.ANIMATOR,
    visible="form-prompt-visible",
    states=RUNNING,
)
async def added(call: Call, values: Mapping[str, str]) -> Reply:
    """The form of a new prompt is complete."""
    return await _added(
        call,
        text=values["text"],
        options=rules.options_of(values.get("options", "")),
        tags=rules.tags_of(values.get("tags", "")),
        effort=int(values["effort"]),
        single_use=values["kind"] == "single",
    )


@form(
    "prompt-edit",
    fields=fields,
    who=Role.ANIMATOR,
    visible="form-prompt-visible",
    states=RUNNING,
)
async def edited(call: Call, values: Mapping[str, str], code: str) -> Reply:
    """The form of a changed prompt is complete; what was left as supplied stays supplied."""
    entry = await service.named(call, code)
    before, supplied = _as_typed(call, entry), entry.text is None
    options: Sequence[str] | None = rules.options_of(values.get("options", ""))
    if entry.options is None and options == rules.options_of(before["options"]):
        options = None
    await prompts.change(
        call.session,
        call.here.id,
        entry.code,
        text=None if supplied and values["text"] == before["text"] else values["text"],
        options=options,
        tags=rules.tags_of(values.get("tags", "")),
        effort=int(values["effort"]),
        single_use=values["kind"] == "single",
        by=call.account_id,
        at=call.now,
    )
    await service.note(call, "prompt-edit", entry.code)
    changed = await service.named(call, code)
    return [*await previews.rewritten(call, changed.code), _told("prompts-edited", changed)]


def _now(state: Any, name: str) -> dict[str, str]:
    """What stands there already, shown under the question."""
    return {"now": state.values.get(name, "")}


async def _added(call: Call, **values: Any) -> Say:
    code = await prompts.add(call.session, call.here.id, by=call.account_id, at=call.now, **values)
    await service.note(call, "prompt-add", code)
    return _told("prompts-added", await service.named(call, code))


def _told(key: str, entry: Entry) -> Say:
    code = (entry.code,)
    return Say(
        key,
        {"code": entry.code, "question": entry.question},
        buttons=(
            Button("prompt.post", code),
            Button("prompt.edit", code),
            Button("prompt.archive", code),
        ),
    )


def _as_typed(call: Call, entry: Entry) -> dict[str, str]:
    """A prompt as the form's answers would say it, in the community's language."""

    def said(value: Any) -> str:
        return value if isinstance(value, str) else call.texts.render(value.key, {}, call.voice())

    return {
        "text": said(entry.question),
        "options": "\n".join(said(label) for label in entry.labels),
        "tags": " ".join(entry.tags),
        "effort": str(entry.effort),
        "kind": "single" if entry.single_use else "evergreen",
    }


def _options(typed: str) -> str:
    """The options one a line. Complaint when there are too few, too many, or one is too long."""
    options = rules.options_of(typed)
    if not 2 <= len(options) <= rules.MOST_OPTIONS:
        raise Complaint("prompts-options-count", {"most": rules.MOST_OPTIONS})
    if any(len(option) > rules.LONGEST_OPTION for option in options):
        raise Complaint("prompts-options-long", {"longest": rules.LONGEST_OPTION})
    return "\n".join(options)


async def _marks(call: Call) -> dict[str, str]:
    """What became of each code: open in the space, or used in this round."""
    used = await postings.used(call.session, call.here.id)
    still_open = await postings.latest(call.session, call.here.id, still_open=True)
    return dict.fromkeys(used.now, "used") | {each.code: "open" for each in still_open}


async def _of_open(call: Call) -> list[Button]:
    """What can be done with the prompts that are open, the newest first."""
    if call.here.state != "open":
        return []
    found: list[Button] = []
    for posting in await postings.latest(call.session, call.here.id, most=SHOWN, still_open=True):
        args, values = (posting.id or 0,), {"code": posting.code}
        if posting.relance is None:
            label = "button-prompt-nudge-code"
            found.append(Button("prompt.nudge", args, label=label, values=values))
        found.append(Button("prompt.close", args, label="button-prompt-close-code", values=values))
    return found


def _line(entry: Entry, marks: Mapping[str, str], by: Value = None) -> Line:
    told = {"code": entry.code, "question": entry.question, "name": by}
    mark = "archived" if entry.archived else "kept" if entry.kept else marks.get(entry.code)
    if mark is None and by is not None:
        return Line("proposals-by", told)
    return Line(f"prompts-line-{mark}" if mark else "prompts-line", told)
