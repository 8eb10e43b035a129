"""Writing the charter: the guided form, publishing, and one section now and then [ON-3]."""

from __future__ import annotations

from collections.abc import Sequence

from bot.call import Call
from bot.errors import Complaint
from bot.markup import cut
from bot.messages import AskForm, Button, Line, Reply, Say, ToUse
from bot.parsing import words
from bot.people import Role
from bot.ports import FormState
from bot.registry import Arg, Field, button, command, form
from bot.values import Key, Md, Names, Typed
from commands.charter import rules, service
from commands.charter.handlers import ask_buttons
from storage import charter, communities

SHORT = 40
"""Prefilled words up to this length stand on their button; longer ones are quoted above."""
LONGEST = 300
_LANGUAGES = {
    "fr": ("fr", "français", "french"),
    "en": ("en", "anglais", "english"),
}


@command(
    "charter edit",
    "charte modifier",
    who=Role.COORDINATOR,
    args=(Arg("part", "text", optional=True),),
)
async def edit(call: Call, part: str | None = None) -> Reply:
    """The guided form: all blanks, those of one section, or those of another language."""
    language, number = call.here.language, 0
    if part:
        typed = words(part)
        named = [lang for lang, names in _LANGUAGES.items() if typed in map(words, names)]
        language = named[0] if named else language
        number = int(part) if part.isascii() and part.isdigit() else 0
        paper = service.template(call.texts.content, language)
        if not named and (not number or not paper.asked(number)):
            raise Complaint("charter-no-such-part", {"part": cut(part)})
    return AskForm("charter", (language, number), prefill=await service.known(call, language))


@button("charter.edit", who=Role.COORDINATOR)
async def edit_pressed(call: Call, language: str | None = None) -> Reply:
    """The same, from a button."""
    return await edit(call, language)


async def charter_fields(call: Call, state: FormState) -> Sequence[Field]:
    """One question per blank, with what is known already."""
    language, number = str(state.args[0]), int(state.args[1])
    paper = service.template(call.texts.content, language)

    def field(name: str) -> Field:
        now = state.values.get(name, "")
        return Field(
            name,
            check=rules.checked,
            longest=LONGEST,
            key="charter-blank",
            values={
                "question": Key(f"form-charter-{name.replace('_', '-')}"),
                "now": Typed(now) if len(now) > SHORT else "",
            },
        )

    return [field(name) for name in paper.asked(number or None)]


@form("charter", fields=charter_fields, who=Role.COORDINATOR, visible="form-charter-visible")
async def drafted(call: Call, values: dict[str, str], language: str, number: int) -> Reply:
    """Keeps the words, and shows what would be published."""
    await charter.keep_draft(call.session, call.here.id, language, values)
    try:
        version = await service.next_version(call)
    except Complaint as complaint:
        # Not an error yet: the draft is kept, and the answer says what it still needs.
        return Say("charter-draft-kept", lines=(Line(complaint.key, complaint.values),))
    text = version.texts.get(language)
    if text is None:
        return Say("charter-draft-kept")
    fresh = await charter.drafts(call.session, call.here.id)
    others = [each for each in call.texts.languages() if each not in fresh]
    old = [each for each in others if each in version.texts]
    buttons = [Button("charter.publish", (0,))]
    if (version.version, version.minor) != (1, 0):
        minor = "button-charter-publish-minor"
        buttons.append(Button("charter.publish", (1,), label=minor))
    buttons += [
        Button("charter.edit", (each,), label=f"charter-write-in-{each}") for each in others
    ]
    return Say(
        "charter-preview",
        {"text": Md(text)},
        lines=(
            Line("charter-preview-after"),
            *(Line("charter-preview-old", {"language": Key(f"charter-in-{each}")}) for each in old),
        ),
        buttons=tuple(buttons),
        kind="charter",
    )


@command("charter publish", "charte publier", who=Role.COORDINATOR)
async def publish(call: Call) -> Reply:
    """A new version: each member is asked once, at their next exchange."""
    return await _publish(call, minor=False)


@command("charter publish minor", "charte publier mineure", who=Role.COORDINATOR)
async def publish_minor(call: Call) -> Reply:
    """A correction: nobody is asked."""
    return await _publish(call, minor=True)


@button("charter.publish", who=Role.COORDINATOR)
async def publish_pressed(call: Call, minor: int) -> Reply:
    """The same, from the preview."""
    return await _publish(call, minor=bool(minor))


@command("charter remind", "charte rappel", who=Role.COORDINATOR, states=("open",))
async def remind(call: Call) -> Reply:
    """Posts one section in the discussion spaces, the next one each time."""
    version = await charter.current(call.session, call.here.id)
    if version is None:
        raise Complaint("charter-none")
    if not await call.tx.people.spaces(call.here.id, "discussion"):
        raise Complaint("charter-no-space")
    text = version.texts[version.language(call.here.language, call.here.language)]
    number = rules.section_after(version.reminded, text)
    await charter.remember_reminder(call.session, call.here.id, number)
    part = {"text": Md(rules.sections(text)[number])}
    label = "guide-existing-room-button-read-charter"
    return [
        Say(
            "charter-reminder",
            part,
            to=ToUse("discussion"),
            kind="charter",
            buttons=(Button("read_charter", label=label),),
        ),
        Say("charter-reminded", {"section": str(number)}),
    ]


async def _publish(call: Call, *, minor: bool) -> Reply:
    before = await charter.current(call.session, call.here.id)
    version = await service.next_version(call, minor=minor)
    await charter.publish(call.session, call.here.id, version, by=call.account_id)
    await communities.note(
        call.session,
        call.here.id,
        "charter-publish",
        at=call.now,
        by=call.account_id,
        before=before.number if before else "",
        after=version.number,
    )
    voice = call.voice(call.actor)
    names = [call.texts.label(f"charter-in-{each}", {}, voice) for each in sorted(version.texts)]
    values = {"version": version.number, "languages": Names(tuple(names))}
    if version.minor:
        return Say("charter-published-minor", values, kind="charter")
    row, _ = await service.standing(call)
    if row is None:
        return Say("charter-published", values, kind="charter")
    # Whoever publishes is asked here, and so not again.
    row.steps = {**row.steps, "charter_asked": version.version}
    name, buttons = f"charter-ask:{row.id}", ask_buttons(version)[:2]
    return Say("charter-published", values, buttons=buttons, kind="charter", name=name)
