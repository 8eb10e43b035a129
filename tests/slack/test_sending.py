"""What parcels become in a workspace, each once whatever happens to the connection [RE-2]."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.slack.wire import Unanswered, Wire
from bot.clock import FrozenClock
from bot.errors import Rejected, RetryLater
from tests.slack.adapted import FILE, Adapted, Kept, made, running
from tests.slack.server.workspace import Workspace

BUTTONS = [{"label": "Oui", "action": "yes"}, {"label": "Non", "action": "no"}]
FILES = [{"name": "date.ics", "type": "text/calendar", "sha256": "0" * 64}]


@pytest.fixture
async def slack(workspace: Workspace) -> AsyncIterator[Adapted]:
    async with running(made(workspace)) as adapted:
        yield adapted


def later(workspace: Workspace, seconds: float) -> None:
    assert isinstance(workspace.clock, FrozenClock)
    workspace.clock.advance(timedelta(seconds=seconds))


async def test_a_message_stands_with_its_buttons_and_its_token(slack: Adapted) -> None:
    ts = await slack.adapter.deliver(slack.parcel(text="Bonjour **à vous**", buttons=BUTTONS))
    (message,) = slack.posts()
    assert (message.ts, message.buttons) == (ts, ["Oui", "Non"])
    assert "Bonjour à vous" in message.text
    assert message.metadata == {
        "event_type": "copain_message",
        "event_payload": {"id": "a1b2"},
    }
    assert message.blocks[0]["block_id"] == "a1b2"


async def test_the_same_token_stands_once_in_a_life(slack: Adapted) -> None:
    first = await slack.adapter.deliver(slack.parcel())
    assert await slack.adapter.deliver(slack.parcel(id=7)) == first
    assert len(slack.posts()) == 1


async def test_a_private_message_goes_to_the_person_and_its_channel_is_noted(
    slack: Adapted,
) -> None:
    marie = slack.account("marie")
    await slack.adapter.deliver(slack.parcel(place=marie.dm))
    assert [each.text for each in slack.person("marie").dm_messages()] == ["Bonjour"]
    assert slack.workspace.calls("conversations.open") == []
    assert slack.workspace.im(marie.id).id in slack.notes.notes.values()
    assert all(marie.id not in key for key in slack.notes.notes)


async def test_a_reply_stands_in_its_thread(slack: Adapted) -> None:
    root = await slack.adapter.deliver(slack.parcel())
    await slack.adapter.deliver(slack.parcel(token="b2", thread=root))
    assert [each.thread_ts for each in slack.posts() if each.is_reply] == [root]


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("threaded", [False, True])
async def test_a_lost_answer_is_found_at_once(
    slack: Adapted, private: bool, threaded: bool
) -> None:
    place = slack.account("marie").dm if private else slack.room
    root = await slack.adapter.deliver(slack.parcel(token="r0", place=place)) if threaded else None
    slack.workspace.faults.add("chat.postMessage", "closed_after")
    ts = await slack.adapter.deliver(slack.parcel(place=place, thread=root))
    calls = slack.workspace.calls("chat.postMessage")
    assert len(calls) == 1 + threaded
    assert ts is not None
    standing = [m for c in slack.workspace.channels.values() for m in c.messages.values()]
    assert [m.ts for m in standing if m.blocks[0]["block_id"] == "a1b2"] == [ts]


@pytest.mark.parametrize("kind", ["closed_before", "500"])
async def test_what_never_arrived_is_looked_for_twice_and_then_repeated(
    slack: Adapted, kind: Any
) -> None:
    slack.workspace.faults.add("chat.postMessage", kind)
    with pytest.raises(RetryLater) as patience:
        await slack.adapter.deliver(slack.parcel())
    assert (patience.value.after, patience.value.whole) == (5, False)
    later(slack.workspace, 2)
    with pytest.raises(RetryLater) as patience:
        await slack.adapter.deliver(slack.parcel())
    assert patience.value.after == 3
    assert slack.posts() == []
    later(slack.workspace, 3)
    ts = await slack.adapter.deliver(slack.parcel())
    assert [each.ts for each in slack.posts()] == [ts]
    assert len(slack.workspace.calls("conversations.history")) == 2


async def test_a_send_that_was_cut_off_is_found_again(slack: Adapted) -> None:
    slack.workspace.faults.add("chat.postMessage", "hang_after")
    sending = asyncio.create_task(slack.adapter.deliver(slack.parcel()))
    await slack.workspace.until(slack.posts)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    ts = await slack.adapter.deliver(slack.parcel())
    assert [each.ts for each in slack.posts()] == [ts]


async def test_a_note_that_cannot_be_written_makes_no_second_message(
    slack: Adapted, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_notes: Kept, _key: str, _value: Any) -> None:
        raise OSError("disk")

    monkeypatch.setattr(Kept, "write", fails)
    parcel = slack.parcel(place=slack.account("marie").dm)
    ts = await slack.adapter.deliver(parcel)
    assert await slack.adapter.deliver(parcel) == ts
    assert [each.ts for each in slack.person("marie").dm_messages()] == [ts]


async def test_a_send_that_failed_in_a_way_nobody_thought_of_is_looked_for(
    slack: Adapted, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = Wire.call

    async def fails(wire: Wire, method: str, *arguments: Any, **named: Any) -> Any:
        answer = await call(wire, method, *arguments, **named)
        if method == "chat.postMessage":
            raise KeyError("ts")
        return answer

    monkeypatch.setattr(Wire, "call", fails)
    with pytest.raises(KeyError):
        await slack.adapter.deliver(slack.parcel())
    ts = await slack.adapter.deliver(slack.parcel())
    assert [each.ts for each in slack.posts()] == [ts]


async def test_what_slack_cannot_take_is_given_up_while_it_takes_others(
    slack: Adapted, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = Wire.call

    async def stumbles(wire: Wire, method: str, *arguments: Any, **named: Any) -> Any:
        if method == "chat.postMessage" and "poison" in str(named["text"]):
            raise Unanswered(away=False)
        return await call(wire, method, *arguments, **named)

    monkeypatch.setattr(Wire, "call", stumbles)
    poison = slack.parcel(text="poison")

    async def tries() -> None:
        with pytest.raises(RetryLater):
            await slack.adapter.deliver(poison)
        later(slack.workspace, 10)

    for _ in range(20):
        await tries()
    for number in range(5):
        await slack.adapter.deliver(slack.parcel(token=f"b{number}"))
        later(slack.workspace, 1)
        # An outage gives nothing up, however long.
        await tries()
    with pytest.raises(Rejected, match="internal_error"):
        await slack.adapter.deliver(poison)
    assert len(slack.posts()) == 5


async def test_a_send_that_appears_late_is_found_by_the_second_look(slack: Adapted) -> None:
    slack.workspace.faults.add("chat.postMessage", "closed_after")
    slack.workspace.faults.add("conversations.history", "500")
    with pytest.raises(RetryLater):
        await slack.adapter.deliver(slack.parcel())
    ts = await slack.adapter.deliver(slack.parcel())
    assert [each.ts for each in slack.posts()] == [ts]


async def test_after_a_restart_what_stands_is_found_and_what_does_not_is_said(
    slack: Adapted,
) -> None:
    parcels = [slack.parcel(token=f"t{n}", id=n) for n in range(6)]
    before = [await slack.adapter.deliver(each) for each in parcels[:3]]
    again = made(slack.workspace, notes=slack.notes)
    async with running(again):
        doubted = [replace(each, uncertain=True) for each in parcels]
        found = [await again.adapter.deliver(each) for each in doubted[:3]]
        assert found == before
        with pytest.raises(RetryLater):
            await again.adapter.deliver(doubted[3])
        later(slack.workspace, 5)
        found += [await again.adapter.deliver(each) for each in doubted[3:]]
    assert [each.ts for each in slack.posts()] == found
    # The whole crowd in doubt cost one look before and one after, not one each.
    assert len(slack.workspace.calls("conversations.history")) == 2


async def test_what_stands_is_found_behind_many_pages(workspace: Workspace) -> None:
    workspace.settings.page = 3
    async with running(made(workspace)) as slack:
        ts = await slack.adapter.deliver(slack.parcel())
        for n in range(10):
            await slack.person("marie").say("#general", f"encore {n}")
        again = made(workspace)
        async with running(again):
            assert await again.adapter.deliver(again.parcel(uncertain=True)) == ts
    assert len(slack.posts()) == 1


async def test_somebody_elses_message_with_the_same_token_is_not_ours(slack: Adapted) -> None:
    general = slack.workspace.channel("#general")
    await slack.person("marie").say("#general", "allo")
    forged = next(iter(general.messages.values()))
    forged.blocks = [{"type": "divider", "block_id": "a1b2"}]
    later(slack.workspace, 6)
    await slack.adapter.deliver(slack.parcel(uncertain=True))
    assert len(slack.posts()) == 1


async def test_an_edit_replaces_text_and_buttons(slack: Adapted) -> None:
    ts = await slack.adapter.deliver(slack.parcel(buttons=BUTTONS))
    edit = slack.parcel("edit", token="b2", target=ts, text="Fermé")
    assert await slack.adapter.deliver(edit) == ts
    assert await slack.adapter.deliver(edit) == ts
    (message,) = slack.posts()
    assert (message.text, message.buttons) == ("Fermé", [])


async def test_an_edit_in_private_finds_its_channel_after_a_restart(slack: Adapted) -> None:
    dm = slack.account("marie").dm
    ts = await slack.adapter.deliver(slack.parcel(place=dm))
    again = made(slack.workspace, notes=Kept())
    async with running(again):
        await again.adapter.deliver(again.parcel("edit", place=dm, target=ts, text="Fermé"))
    assert [each.text for each in slack.person("marie").dm_messages()] == ["Fermé"]


async def test_an_edit_of_what_is_gone_is_a_refusal(slack: Adapted) -> None:
    with pytest.raises(Rejected, match="message_not_found"):
        await slack.adapter.deliver(slack.parcel("edit", target="1700000000.000100"))


async def test_an_edit_that_must_leave_nothing_takes_the_message_away(slack: Adapted) -> None:
    ts = await slack.adapter.deliver(slack.parcel())
    await slack.adapter.deliver(slack.parcel("edit", token="b2", target=ts, forget=True))
    assert slack.posts() == []


LONG = "\n\n".join(f"Paragraphe {n} : " + "des mots, " * 60 for n in range(40))


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_long_text_stands_in_order_and_goes_whole(slack: Adapted, restarted: bool) -> None:
    ts = await slack.adapter.deliver(slack.parcel(text=LONG, buttons=BUTTONS, files=FILES))
    posts = slack.posts()
    assert len(posts) > 2
    assert posts[0].ts == ts
    other = made(slack.workspace, notes=slack.notes) if restarted else slack
    remove = slack.parcel("remove", token="b2", target=ts)
    if other is slack:
        await slack.adapter.deliver(remove)
        await slack.adapter.deliver(remove)
    else:
        async with running(other):
            await other.adapter.deliver(remove)
    assert slack.posts() == []


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("forget", [False, True])
async def test_a_long_text_in_a_thread_goes_whole_though_nobody_names_the_thread(
    slack: Adapted, restarted: bool, forget: bool
) -> None:
    root = await slack.adapter.deliver(slack.parcel(token="r0", text="Racine"))
    said = slack.parcel(thread=root, text=LONG, files=FILES)
    ts = await slack.adapter.deliver(said)
    assert len(slack.posts()) > 3
    gone = slack.parcel("edit" if forget else "remove", token="b2", target=ts, forget=forget)
    if restarted:
        async with running(made(slack.workspace, notes=slack.notes)) as again:
            await again.adapter.deliver(gone)
    else:
        await slack.adapter.deliver(gone)
    assert [each.text for each in slack.posts()] == ["Racine"]


async def test_a_lost_answer_in_the_middle_of_a_long_text_doubles_nothing(
    slack: Adapted,
) -> None:
    slack.workspace.faults.add("chat.postMessage", "closed_after", first=2)
    await slack.adapter.deliver(slack.parcel(text=LONG))
    blocks = [each.blocks[0]["block_id"] for each in slack.posts()]
    assert blocks == ["a1b2", *(f"a1b2-{n}" for n in range(1, len(blocks)))]


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_shorter_text_leaves_no_rest_of_the_longer(slack: Adapted, restarted: bool) -> None:
    ts = await slack.adapter.deliver(slack.parcel(text=LONG, files=FILES))
    edit = slack.parcel("edit", token="b2", target=ts, text="Court")
    if restarted:
        async with running(made(slack.workspace, notes=slack.notes)) as again:
            await again.adapter.deliver(edit)
            await again.adapter.deliver(edit)
    else:
        await slack.adapter.deliver(edit)
    assert [each.text for each in slack.posts() if not each.files] == ["Court"]
    assert len(slack.posts()) == 2


async def test_a_changed_message_goes_whole_after_others_were_looked_for(slack: Adapted) -> None:
    ts = await slack.adapter.deliver(slack.parcel(text="Court", files=FILES))
    await slack.adapter.deliver(slack.parcel("edit", token="b2", target=ts, text="Autre"))
    async with running(made(slack.workspace, notes=slack.notes)) as again:
        later(slack.workspace, 6)
        doubted = again.parcel(token="c3", uncertain=True, text="Suite")
        await again.adapter.deliver(doubted)
        await again.adapter.deliver(again.parcel("remove", token="d4", target=ts))
    assert [each.text for each in slack.posts()] == ["Suite"]


async def test_an_old_message_goes_without_a_look_at_all_that_came_after_it(
    workspace: Workspace,
) -> None:
    workspace.settings.page = 2
    async with running(made(workspace)) as slack:
        ts = await slack.adapter.deliver(slack.parcel(text=LONG))
        parts = len(slack.posts())
        later(workspace, 10 * 24 * 3600)
        for number in range(20):
            await slack.person("marie").say("#general", f"encore {number}")
        await slack.adapter.deliver(slack.parcel("remove", token="b2", target=ts))
        assert slack.posts() == []
        assert len(workspace.calls("conversations.history")) <= parts // 2 + 1


async def test_a_file_comes_after_its_message_and_whole(slack: Adapted) -> None:
    await slack.adapter.deliver(slack.parcel(files=FILES))
    said, shared = slack.posts()
    assert said.files == []
    (file,) = shared.files
    assert slack.workspace.uploads[file["id"]].content == FILE
    assert file["name"] == "date.ics"


@pytest.mark.parametrize("private", [False, True])
async def test_a_file_whose_answer_was_lost_is_found_by_its_block(
    slack: Adapted, private: bool
) -> None:
    place = slack.account("marie").dm if private else slack.room
    root = await slack.adapter.deliver(slack.parcel(place=place))
    slack.workspace.faults.add("files.completeUploadExternal", "closed_after")
    attach = slack.parcel("attach", token="b2", place=place, thread=root, files=FILES)
    ts = await slack.adapter.deliver(attach)
    assert ts
    assert await slack.adapter.deliver(attach) == ts
    assert len(slack.workspace.calls("files.completeUploadExternal")) == 1


async def test_a_file_that_is_shared_and_not_found_is_not_shared_again(slack: Adapted) -> None:
    slack.workspace.faults.add("conversations.history", "429", retry_after=9)
    attach = slack.parcel("attach", files=FILES)
    assert await slack.adapter.deliver(attach) is None
    await slack.adapter.deliver(attach)
    assert len(slack.posts()) == 1


async def test_reactions_are_put_on_and_taken_back_as_often_as_one_likes(slack: Adapted) -> None:
    ts = await slack.adapter.deliver(slack.parcel())
    react = slack.parcel("react", token="b2", target=ts, emoji="✅")
    await slack.adapter.deliver(react)
    await slack.adapter.deliver(react)
    assert slack.posts()[0].reactions == {"white_check_mark": [slack.workspace.app.bot_user]}
    unreact = replace(react, operation="unreact", token="c3")
    await slack.adapter.deliver(unreact)
    await slack.adapter.deliver(unreact)
    assert not any(slack.posts()[0].reactions.values())


async def test_people_are_let_in_and_taken_out_and_once_more_is_fine(slack: Adapted) -> None:
    nadia = slack.workspace.add_user("nadia")
    general = slack.workspace.channel("#general")
    for _ in range(2):
        await slack.adapter.deliver(slack.parcel("invite", who="nadia"))
    assert nadia.id in general.members
    for _ in range(2):
        await slack.adapter.deliver(slack.parcel("expel", who="nadia"))
    assert nadia.id not in general.members


# --- What one person alone sees --------------------------------------------------------------


async def test_a_whisper_is_seen_by_one_person_and_never_twice(slack: Adapted) -> None:
    whisper = slack.parcel("whisper", to=slack.account("marie").id, buttons=BUTTONS)
    shown = await slack.adapter.deliver(whisper)
    assert await slack.adapter.deliver(whisper) == shown
    (message,) = slack.person("marie").ephemerals("#general")
    assert (message.ts, message.buttons) == (shown, ["Oui", "Non"])
    assert slack.person("paul").ephemerals() == []
    assert slack.posts() == []


@pytest.mark.parametrize("kind", ["closed_after", "closed_before", "500"])
async def test_a_whisper_without_an_answer_counts_as_said(slack: Adapted, kind: Any) -> None:
    slack.workspace.faults.add("chat.postEphemeral", kind)
    whisper = slack.parcel("whisper", to=slack.account("marie").id)
    assert await slack.adapter.deliver(whisper) is None
    assert await slack.adapter.deliver(whisper) is None
    assert len(slack.person("marie").ephemerals()) == (kind == "closed_after")
    assert slack.person("marie").dm_messages() == []


async def test_a_whisper_that_may_have_been_seen_is_not_repeated(slack: Adapted) -> None:
    whisper = slack.parcel("whisper", to=slack.account("marie").id, uncertain=True)
    assert await slack.adapter.deliver(whisper) is None
    assert slack.person("marie").ephemerals() == []


async def test_a_whisper_to_somebody_who_is_not_there_is_said_in_private(slack: Adapted) -> None:
    slack.workspace.add_user("nadia")
    whisper = slack.parcel("whisper", to=slack.account("nadia").id)
    ts = await slack.adapter.deliver(whisper)
    assert await slack.adapter.deliver(whisper) == ts
    assert [each.ts for each in slack.person("nadia").dm_messages()] == [ts]


async def test_a_whisper_where_we_are_not_is_said_in_private(slack: Adapted) -> None:
    slack.workspace.add_channel("#ailleurs", "marie", bot=False)
    elsewhere = replace(slack.room, id=slack.workspace.channel("#ailleurs").id)
    whisper = slack.parcel("whisper", place=elsewhere, to=slack.account("marie").id)
    ts = await slack.adapter.deliver(whisper)
    assert [each.ts for each in slack.person("marie").dm_messages()] == [ts]


# --- Forms -----------------------------------------------------------------------------------

MODAL = {
    "id": 12,
    "title": "Vous joindre",
    "send": "Envoyer",
    "close": "Plus tard",
    "intro": "Deux questions.",
    "fields": [
        {
            "name": "profession",
            "kind": "text",
            "label": "Votre profession",
            "options": [],
            "required": True,
            "longest": 200,
            "value": "",
        }
    ],
}
AGAIN = [{"label": "Continuer", "action": "form.open:12"}]


def form(slack: Adapted, trigger: str, **changes: Any) -> Any:
    given = {"modal": MODAL, "trigger": trigger, "buttons": AGAIN, **changes}
    return slack.parcel("form", place=slack.account("marie").dm, **given)


async def test_a_form_opens_while_its_trigger_is_fresh(slack: Adapted) -> None:
    trigger = slack.workspace.new_trigger(slack.account("marie").id)
    assert await slack.adapter.deliver(form(slack, trigger)) is None
    modal = slack.person("marie").modal
    assert modal is not None
    assert (modal.title, modal.labels) == ("Vous joindre", ["Votre profession"])
    assert slack.person("marie").dm_messages() == []


async def test_a_spent_trigger_leaves_one_button_in_private(slack: Adapted) -> None:
    trigger = slack.workspace.new_trigger(slack.account("marie").id)
    later(slack.workspace, 4)
    ts = await slack.adapter.deliver(form(slack, trigger))
    assert await slack.adapter.deliver(form(slack, trigger)) == ts
    (message,) = slack.person("marie").dm_messages()
    assert (message.ts, message.buttons) == (ts, ["Continuer"])
    assert slack.person("marie").modal is None


@pytest.mark.parametrize("kind", ["closed_before", "500"])
async def test_a_form_that_may_not_have_opened_is_a_button_at_once(
    slack: Adapted, kind: Any
) -> None:
    slack.workspace.faults.add("views.open", kind)
    trigger = slack.workspace.new_trigger(slack.account("marie").id)
    await slack.adapter.deliver(form(slack, trigger))
    assert [each.buttons for each in slack.person("marie").dm_messages()] == [["Continuer"]]


@pytest.mark.parametrize("trigger", ["", "never.given"])
async def test_a_form_without_a_trigger_is_a_button_in_private(
    slack: Adapted, trigger: str
) -> None:
    await slack.adapter.deliver(form(slack, trigger))
    assert [each.buttons for each in slack.person("marie").dm_messages()] == [["Continuer"]]


async def test_the_button_of_a_form_whose_answer_was_lost_stands_once(slack: Adapted) -> None:
    slack.workspace.faults.add("chat.postMessage", "closed_after")
    ts = await slack.adapter.deliver(form(slack, ""))
    assert [each.ts for each in slack.person("marie").dm_messages()] == [ts]
