"""What people do in a workspace reaches the core once, and is acknowledged only then [RE-1]."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from adapters.slack.listening import ADDRESSES
from bot.dispatch import Done, Mend
from bot.errors import Unusable
from bot.events import (
    Deleted,
    Edited,
    Event,
    FormClosed,
    FormFilled,
    HomeOpened,
    Joined,
    Left,
    Picked,
    Pressed,
    Reacted,
    Said,
    Unreacted,
)
from tests.slack.adapted import Adapted, made, running
from tests.slack.server import happenings, payloads
from tests.slack.server.delivery import Delivery
from tests.slack.server.workspace import Workspace
from tests.slack.test_sending import BUTTONS, MODAL


@pytest.fixture
async def slack(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Adapted]:
    # The SDK looks at its link in real time; seconds would only be waited for.
    monkeypatch.setattr("adapters.slack.listening.PING", 0.2)
    monkeypatch.setattr("adapters.slack.listening.BEAT", 0.05)
    async with running(made(workspace)) as adapted:
        yield adapted


async def test_a_slash_command_is_acknowledged_once_it_was_heard(slack: Adapted) -> None:
    heard_first = asyncio.Event()

    async def answer(_event: Event) -> Done:
        heard_first.set()
        return Done()

    slack.answer = answer
    ack = await slack.person("marie").slash("#general", "/copain aide moi")
    assert ack.acked
    assert heard_first.is_set()
    assert ack.payload == {}
    (said,) = slack.heard
    assert isinstance(said, Said)
    assert (said.text, said.addressed, said.place) == ("aide moi", True, slack.room)
    assert said.trigger == said.id


async def test_a_slash_command_in_private_is_said_in_private(slack: Adapted) -> None:
    await slack.person("marie").slash("@copain", "/copain aide")
    said = await slack.until(Said)
    assert isinstance(said, Said)
    assert said.place == slack.account("marie").dm


async def test_each_act_of_a_person_is_one_kind_of_event(slack: Adapted) -> None:
    marie, general = slack.person("marie"), slack.workspace.channel("#general")
    await marie.say("#general", "bonjour")
    mine = list(general.messages.values())[-1]
    await marie.mention("#general", "aide", thread=mine)
    await marie.edit(mine, "bonsoir")
    await marie.react(mine, "pushpin")
    await marie.unreact(mine, "pushpin")
    await marie.delete(mine)
    await marie.open_home()
    nadia = slack.workspace.person("nadia")
    await nadia.join("#general")
    await nadia.leave("#general")
    kinds = [type(each) for each in slack.heard]
    assert kinds == [
        Said, Said, Edited, Reacted, Unreacted, Deleted, HomeOpened, Joined, Left,
    ]  # fmt: skip
    assert all(each.name for each in slack.heard if isinstance(each, Said | Joined))


async def test_a_mention_that_comes_twice_is_one_event(slack: Adapted) -> None:
    await slack.person("marie").mention("#general", "aide")
    await slack.workspace.delivery.settled()
    assert [(type(e), e.text, e.addressed) for e in slack.heard if isinstance(e, Said)] == [
        (Said, "aide", True)
    ]


async def test_what_the_bot_says_and_does_itself_is_no_event(slack: Adapted) -> None:
    ts = await slack.adapter.deliver(slack.parcel())
    await slack.adapter.deliver(slack.parcel("react", token="b2", target=ts, emoji="✅"))
    await slack.adapter.deliver(slack.parcel("edit", token="c3", target=ts, text="Autre"))
    await slack.adapter.deliver(slack.parcel("remove", token="d4", target=ts))
    await slack.workspace.delivery.settled()
    assert slack.heard == []
    assert all(ack.acked for ack in slack.workspace.delivery.sent)


async def test_a_press_is_heard_with_its_message_and_its_trigger(slack: Adapted) -> None:
    ts = await slack.adapter.deliver(slack.parcel(buttons=BUTTONS))
    ack = await slack.person("marie").press(slack.posts()[0], "Oui")
    assert ack.acked
    (pressed,) = slack.heard
    assert isinstance(pressed, Pressed)
    assert (pressed.message, pressed.action) == (ts, "yes")
    assert pressed.trigger


async def test_a_press_under_the_last_part_means_the_message(slack: Adapted) -> None:
    text = "\n\n".join(f"Paragraphe {n} : " + "des mots, " * 60 for n in range(40))
    ts = await slack.adapter.deliver(slack.parcel(text=text, buttons=BUTTONS))
    await slack.person("marie").press(slack.posts()[-1], "Non")
    (pressed,) = slack.heard
    assert isinstance(pressed, Pressed)
    assert pressed.message == ts


async def test_a_whisper_is_pressed_by_whom_it_is_for(slack: Adapted) -> None:
    whisper = slack.parcel("whisper", to=slack.account("marie").id, buttons=BUTTONS)
    ts = await slack.adapter.deliver(whisper)
    await slack.person("marie").press(slack.person("marie").ephemerals()[0], "Oui")
    (pressed,) = slack.heard
    assert isinstance(pressed, Pressed)
    assert pressed.message == ts


async def test_a_shortcut_names_its_button_and_the_message(slack: Adapted) -> None:
    await slack.person("paul").say("#general", "un lien utile")
    theirs = list(slack.workspace.channel("#general").messages.values())[-1]
    ack = await slack.person("marie").shortcut("keep", theirs)
    assert ack.acked
    picked = await slack.until(Picked)
    assert isinstance(picked, Picked)
    assert (picked.action, picked.message, picked.text) == ("keep", theirs.ts, "un lien utile")
    assert picked.author == slack.account("paul")


async def opened(slack: Adapted) -> None:
    trigger = slack.workspace.new_trigger(slack.account("marie").id)
    dm = slack.account("marie").dm
    await slack.adapter.deliver(slack.parcel("form", place=dm, modal=MODAL, trigger=trigger))


async def test_a_form_comes_back_with_what_was_typed(slack: Adapted) -> None:
    await opened(slack)
    ack = await slack.person("marie").submit(values={"profession": "infirmière"})
    assert ack.acked
    assert slack.person("marie").modal is None
    (filled,) = slack.heard
    assert isinstance(filled, FormFilled)
    assert (filled.form, filled.values) == (12, {"profession": "infirmière"})


async def test_faults_stand_beside_their_field_and_what_was_typed_stays(slack: Adapted) -> None:
    async def answer(_event: Event) -> Mend:
        return Mend({"profession": "Un peu plus, s'il vous plaît."})

    slack.answer = answer
    await opened(slack)
    ack = await slack.person("marie").submit(values={"profession": "inf"})
    assert ack.acked
    modal = slack.person("marie").modal
    assert modal is not None
    assert modal.errors == {"profession": "Un peu plus, s'il vous plaît."}
    slack.answer = None
    await slack.person("marie").submit(values={"profession": "infirmière"})
    assert slack.person("marie").modal is None
    assert [each.values for each in slack.heard if isinstance(each, FormFilled)] == [
        {"profession": "infirmière"}
    ]


async def test_a_closed_form_is_heard(slack: Adapted) -> None:
    await opened(slack)
    await slack.person("marie").close()
    (closed,) = slack.heard
    assert isinstance(closed, FormClosed)
    assert closed.form == 12


async def test_people_of_another_workspace_press_write_and_submit(slack: Adapted) -> None:
    slack.workspace.add_user("lea", team="T0ELSEWHERE")
    slack.workspace.add_channel("#commun", "lea", "marie")
    lea, shared = slack.person("lea"), slack.workspace.channel("#commun")
    await slack.adapter.deliver(
        slack.parcel(place=slack.room.__class__("slack", "", shared.id), buttons=BUTTONS)
    )
    message = lea.sees("#commun")[-1]
    assert (await lea.mention("#commun", "aide")).acked
    assert (await lea.press(message, "Oui")).acked
    trigger = slack.workspace.new_trigger(lea.id)
    dm = slack.account("lea").dm
    form = slack.parcel("form", token="f1", place=dm, modal=MODAL, trigger=trigger)
    await slack.adapter.deliver(form)
    assert (await lea.submit(values={"profession": "travailleuse de rue"})).acked
    assert [type(each) for each in slack.heard] == [Said, Pressed, FormFilled]
    assert {each.by for each in slack.heard if isinstance(each, Said)} == {slack.account("lea")}


async def test_what_is_not_for_us_is_acknowledged_all_the_same(slack: Adapted) -> None:
    workspace, marie = slack.workspace, slack.workspace.user("marie")
    once = workspace.delivery.once
    general = workspace.channel("#general")
    slash = payloads.slash(workspace, marie, general, "/autre", "chose")
    assert (await once("slash_commands", slash)).acked
    acted = {"user": {"id": marie.id}, "team": {"id": workspace.team}, "trigger_id": "1.2.3"}
    view = {"type": "modal", "id": "V1", "hash": "h", "callback_id": "x", "state": {}}
    for body in (
        {"type": "shortcut", "callback_id": "autre", **acted},
        {"type": "view_submission", "view": view, **acted},
        {"type": "view_closed", "view": view, **acted},
        {"type": "block_suggestion", "action_id": "a", "block_id": "b", "value": "", **acted},
        {"type": "block_actions", "actions": [{"action_id": "a", "block_id": "b"}], **acted},
        {"type": "interactive_message", "callback_id": "vieux", "actions": [{}], **acted},
    ):
        assert (await once("interactive", body)).acked, body["type"]
    event = {"type": "pin_added", "user": marie.id, "event_ts": "1700000000.000100"}
    assert (await happenings.tell(workspace, event)).acked


# --- When something goes wrong -----------------------------------------------------------------


async def test_what_could_not_be_heard_comes_again_and_is_heard_once(slack: Adapted) -> None:
    failing = [OSError("disk"), OSError("disk")]

    async def answer(_event: Event) -> Any:
        if failing:
            raise failing.pop()

    slack.answer = answer
    ack = asyncio.create_task(slack.person("marie").say("#general", "bonjour"))
    await slack.workspace.until(lambda: len(failing) == 1)
    await asyncio.sleep(0)
    await slack.workspace.advance(timedelta(seconds=4))
    assert not (await ack).acked
    assert slack.heard == []
    await slack.workspace.advance(timedelta(minutes=2))
    await slack.until(Said)
    assert [type(each) for each in slack.heard] == [Said]
    assert "slack-event-failed" in slack.log.getvalue()
    assert "bonjour" not in slack.log.getvalue()


async def test_events_told_twice_and_in_another_order_keep_their_ids(slack: Adapted) -> None:
    delivery, marie = slack.workspace.delivery, slack.person("marie")
    delivery.hold()
    for text in ("un", "deux", "trois"):
        await marie.say("#general", text)
    await delivery.release(lambda held: [*reversed(held), *held])
    assert [each.text for each in slack.heard if isinstance(each, Said)] == ["trois", "deux", "un"]


async def test_a_refreshed_link_loses_nothing(slack: Adapted) -> None:
    delivery = slack.workspace.delivery
    first = delivery.links[0].number
    await delivery.refresh()
    await slack.workspace.until(lambda: any(link.number > first for link in delivery.links))
    assert (await slack.person("marie").say("#general", "encore là")).acked
    assert len(slack.heard) == 1


async def test_what_is_under_way_when_a_link_is_refreshed_is_acknowledged(slack: Adapted) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def answer(_event: Event) -> Done:
        begun.set()
        await go.wait()
        return Done()

    slack.answer = answer
    delivery = slack.workspace.delivery
    first = delivery.links[0].number
    slash = asyncio.create_task(slack.person("marie").slash("#general", "/copain aide"))
    await begun.wait()
    await delivery.refresh()
    for _ in range(50):
        await asyncio.sleep(0)
    go.set()
    assert (await slash).acked
    await slack.workspace.until(lambda: any(link.number > first for link in delivery.links))


@pytest.mark.parametrize("how", ["close", "drop"])
async def test_a_link_that_ends_is_made_again_and_events_come_again(
    slack: Adapted, how: str
) -> None:
    delivery = slack.workspace.delivery
    first = delivery.links[0].number
    if how == "close":
        await delivery.close()
    else:
        delivery.drop()
    await slack.workspace.until(lambda: any(link.number > first for link in delivery.links))
    assert (await slack.person("marie").slash("#general", "/copain aide")).acked


async def test_a_link_that_falls_silent_is_made_again(slack: Adapted) -> None:
    delivery = slack.workspace.delivery
    first = delivery.links[0].number
    delivery.freeze()
    await slack.workspace.until(lambda: any(link.number > first for link in delivery.links))
    assert (await slack.person("marie").slash("#general", "/copain aide")).acked


async def test_a_link_that_is_sent_away_again_and_again_is_not_asked_for_without_end(
    slack: Adapted, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = slack.workspace.delivery
    serve = Delivery.serve
    away = json.dumps({"type": "disconnect", "reason": "too_many_websockets"})

    served: list[Any] = []

    async def send_away(self: Delivery, socket: Any, transport: Any) -> None:
        served.append(socket)
        await socket.send_str(away)
        await serve(self, socket, transport)

    monkeypatch.setattr(Delivery, "serve", send_away)

    def last() -> bool:
        # The first was asked for when it was not yet sent away.
        return len(served) >= ADDRESSES - 1 and [x.socket for x in delivery.links] == served[-1:]

    await delivery.refresh("warning")
    await slack.workspace.until(last)
    assert (await slack.person("marie").slash("#general", "/copain aide")).acked
    assert len(slack.workspace.calls("apps.connections.open")) == ADDRESSES


async def test_a_silent_link_does_not_keep_the_run_from_ending(slack: Adapted) -> None:
    slack.workspace.delivery.freeze()
    assert slack.running is not None
    slack.running.cancel()
    _, pending = await asyncio.wait([slack.running], timeout=5)
    assert not pending


async def test_socket_mode_that_is_switched_off_ends_the_run_with_its_cure(
    slack: Adapted,
) -> None:
    slack.workspace.app.socket_mode = False
    await slack.workspace.delivery.refresh("link_disabled")
    assert slack.running is not None
    with pytest.raises(Unusable, match="slack-fault-socket"):
        await slack.running


async def test_what_was_received_when_it_stops_is_heard_and_acknowledged(slack: Adapted) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def answer(_event: Event) -> Done:
        begun.set()
        await go.wait()
        return Done()

    slack.answer = answer
    slash = asyncio.create_task(slack.person("marie").slash("#general", "/copain aide"))
    await begun.wait()
    assert slack.running is not None
    slack.running.cancel()
    await asyncio.sleep(0)
    go.set()
    assert (await slash).acked


async def test_an_app_that_is_removed_ends_the_run_with_its_cure(slack: Adapted) -> None:
    await happenings.tell(slack.workspace, {"type": "app_uninstalled"})
    assert slack.running is not None
    with pytest.raises(Unusable, match="slack-fault-removed"):
        await slack.running


async def test_a_revoked_token_of_a_person_changes_nothing(slack: Adapted) -> None:
    tokens = {"oauth": ["U0SOMEBODY"], "bot": []}
    await happenings.tell(slack.workspace, {"type": "tokens_revoked", "tokens": tokens})
    assert (await slack.person("marie").say("#general", "bonjour")).acked


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"active": False}, "slack-fault-token"),
        ({"bot_token": "xoxb-autre"}, "slack-fault-token"),
        ({"app_token": "xapp-autre"}, "slack-fault-app-token"),
        ({"app_scopes": frozenset()}, "slack-fault-socket"),
        ({"socket_mode": False}, "slack-fault-socket"),
    ],
)
async def test_what_keeps_the_app_out_is_said_with_its_cure(
    workspace: Workspace, changes: dict[str, Any], key: str
) -> None:
    adapted = made(workspace)
    for name, value in changes.items():
        setattr(workspace.app, name, value)
    with pytest.raises(Unusable, match=key):
        async with running(adapted):
            pass


async def test_health_tells_when_the_link_stood(slack: Adapted) -> None:
    await slack.workspace.until(lambda: slack.adapter.health()["ready"])
    assert slack.adapter.health() == {"ready": True, "last_sync": "2026-03-02T14:00:00+00:00"}
