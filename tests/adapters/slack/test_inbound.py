"""What happens in a workspace becomes events of the core, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.slack.inbound import account, authors, channel, happened, written
from bot.events import (
    AccountChanged,
    Deleted,
    Edited,
    HomeOpened,
    Joined,
    Left,
    Place,
    Reacted,
    Said,
    SpaceChanged,
    Unreacted,
)
from tests.adapters.slack.payloads import (
    BOT,
    CHANNEL,
    DM,
    LATER,
    LUC,
    MARIE,
    OURS,
    ROOT,
    TS,
    Json,
    callback,
    changed,
    message,
    name_of,
)

AT = datetime.fromtimestamp(1772460000.0001, UTC)
AFTER = datetime.fromtimestamp(1772460500.0002, UTC)
BY = account(MARIE)
WHO: Json = {"by": BY, "name": "Marie Gagnon"}


def heard(event: Json, **more: Any) -> object:
    return happened(callback(event, **more), OURS, name_of=name_of)


def said(text: str = "Bonjour", **more: Any) -> Said:
    found = heard(message(text, **more))
    assert isinstance(found, Said)
    return found


# --- Messages ---


def test_accounts_and_channels_belong_to_no_workspace() -> None:
    assert (BY.platform, BY.tenant, BY.id) == ("slack", "", MARIE)
    assert channel(CHANNEL) == Place("slack", "", CHANNEL)


def test_a_message_is_said_as_it_was_typed() -> None:
    assert said("Bonjour *vous* &amp; tous") == Said(
        id=f"{CHANNEL}:{TS}", at=AT, place=channel(CHANNEL), **WHO,
        text="Bonjour *vous* & tous", message=TS,
    )  # fmt: skip


def test_a_mention_comes_twice_and_is_one_command() -> None:
    live, mention = message(f"merci <@{BOT}> aide"), message(f"merci <@{BOT}> aide")
    mention |= {"type": "app_mention"}
    del mention["channel_type"]
    assert heard(live) == heard(mention)
    assert (said(live["text"]).text, said(live["text"]).addressed) == ("merci aide", True)


def test_in_private_words_are_words_and_a_prefix_makes_a_command() -> None:
    there = {"channel": DM, "channel_type": "im"}
    assert said("1", **there).place == BY.dm
    assert not said("1", **there).addressed
    assert said("!copain aide", **there).addressed
    assert said(f"<@{BOT}> aide", **there).text == "aide"


def test_a_reply_stands_in_a_thread_and_its_root_does_not() -> None:
    assert said(thread_ts=ROOT).thread == ROOT
    assert said(thread_ts=TS).thread is None
    assert said(thread_ts=ROOT, subtype="thread_broadcast").thread == ROOT


def test_a_file_is_seen_and_an_action_is_words() -> None:
    assert said(subtype="file_share", files=[{"id": "F1"}]).has_file
    assert said("", files=[{"id": "F1"}]).has_file
    assert said("salue Nadia", subtype="me_message").text == "salue Nadia"


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B9"},
        {"user": BOT},
        {"user": "USLACKBOT"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"subtype": "channel_topic"},
        {"subtype": "message_replied"},
        {"subtype": "reminder_add"},
        {"user": ""},
        {"ts": "hier"},
        {"channel": "#general"},
    ],
)
def test_what_no_person_wrote_is_nothing(more: Json) -> None:
    assert heard(message(**more)) is None


def test_other_apps_and_other_installations_are_not_ours() -> None:
    other = [{"team_id": "T0AUTRE", "user_id": "U0X", "is_enterprise_install": False}]
    assert heard(message(), api_app_id="A0AUTRE") is None
    assert heard(message(), authorizations=other) is None
    assert heard(message(), authorizations=[]) is not None


def test_somebody_of_another_workspace_is_heard() -> None:
    assert heard(message(team="T0AUTRE", user_team="T0AUTRE"), team_id="T0AUTRE") is not None


# --- Changed and taken back ---


def test_other_words_are_an_edit() -> None:
    assert heard(changed("Bonsoir", "Bonjour")) == Edited(
        id=f"{CHANNEL}:{TS}:edited:{LATER}", at=AFTER, place=channel(CHANNEL), **WHO,
        message=TS, text="Bonsoir",
    )  # fmt: skip


def test_the_same_words_are_none_whatever_else_changed() -> None:
    assert heard(changed("Bonjour", "Bonjour", reply_count=1)) is None
    assert heard(changed("Bonsoir", "Bonjour", edited=None)) is None
    assert heard(changed("Bonsoir", "Bonjour", user=BOT, bot_id="B0BOT")) is None


def test_a_deleted_message_is_told_by_its_author() -> None:
    before = message()
    gone = {"subtype": "message_deleted", "deleted_ts": TS, "previous_message": before}
    assert heard(message() | gone | {"ts": LATER}) == Deleted(
        id=f"{CHANNEL}:{TS}:deleted", at=AFTER, place=channel(CHANNEL), **WHO, message=TS
    )
    private = message() | gone | {"ts": LATER, "channel": DM}
    found = heard(private)
    assert isinstance(found, Deleted)
    assert found.place == BY.dm
    assert heard(message() | gone | {"previous_message": before | {"bot_id": "B1"}}) is None


def test_the_root_of_a_thread_that_is_deleted_leaves_a_stone() -> None:
    event = changed("This message was deleted.", "Bonjour")
    event["message"] |= {"subtype": "tombstone", "user": "USLACKBOT"}
    found = heard(event)
    assert isinstance(found, Deleted)
    assert (found.id, found.by) == (f"{CHANNEL}:{TS}:deleted", BY)


# --- Reactions ---


def reaction(kind: str, name: str, **more: Any) -> Json:
    item = {"type": "message", "channel": CHANNEL, "ts": TS}
    return {"type": kind, "user": MARIE, "reaction": name, "item": item, **more}


def test_a_reaction_is_its_sign_without_a_tone() -> None:
    assert heard(reaction("reaction_added", "pushpin")) == Reacted(
        id=f"{CHANNEL}:{TS}:+{MARIE}:pushpin:{LATER}", at=AFTER, place=channel(CHANNEL), **WHO,
        message=TS, key="📌",
    )  # fmt: skip
    toned = heard(reaction("reaction_added", "+1::skin-tone-3"))
    assert isinstance(toned, Reacted)
    assert toned.key == "👍"


def test_a_reaction_taken_back_has_an_id_of_its_own() -> None:
    found = heard(reaction("reaction_removed", "white_check_mark"))
    assert isinstance(found, Unreacted)
    assert (found.key, found.id) == ("✅", f"{CHANNEL}:{TS}:-{MARIE}:white_check_mark:{LATER}")


def test_reactions_of_the_bot_and_on_files_are_nothing() -> None:
    assert heard(reaction("reaction_added", "eyes", user=BOT)) is None
    assert heard(reaction("reaction_added", "eyes", item={"type": "file", "file": "F1"})) is None


# --- People and spaces ---


def test_people_enter_and_leave_channels() -> None:
    event = {"user": LUC, "channel": CHANNEL, "channel_type": "C"}
    common: Json = {"id": "Ev1", "at": AFTER, "place": channel(CHANNEL)}
    assert heard(event | {"type": "member_joined_channel"}) == Joined(
        **common, by=account(LUC), name="Luc"
    )
    assert heard(event | {"type": "member_left_channel"}) == Left(
        **common, by=account(LUC), name="Luc"
    )
    assert heard(event | {"type": "member_joined_channel", "user": BOT}) is None


def test_an_account_changes_its_name_or_is_closed() -> None:
    user = {"id": MARIE, "profile": {"display_name": "Marie G.", "real_name": "Marie Gagnon"}}
    assert heard({"type": "user_change", "user": user}) == AccountChanged(
        id="Ev1", at=AFTER, by=BY, name="Marie G."
    )
    found = heard({"type": "user_change", "user": user | {"deleted": True}})
    assert isinstance(found, AccountChanged)
    assert found.closed
    assert heard({"type": "user_change", "user": user | {"is_bot": True}}) is None
    assert heard({"type": "team_join", "user": user}) is None


@pytest.mark.parametrize(
    ("event", "change", "title"),
    [
        ({"type": "channel_rename", "channel": {"id": CHANNEL, "name": "b"}}, "renamed", "b"),
        ({"type": "group_rename", "channel": {"id": CHANNEL, "name": "a"}}, "renamed", "a"),
        ({"type": "channel_archive", "channel": CHANNEL}, "archived", ""),
        ({"type": "group_archive", "channel": CHANNEL}, "archived", ""),
        ({"type": "channel_deleted", "channel": CHANNEL}, "deleted", ""),
        ({"type": "group_deleted", "channel": CHANNEL}, "deleted", ""),
    ],
)  # fmt: skip
def test_a_space_changes(event: Json, change: str, title: str) -> None:
    assert heard(event) == SpaceChanged(
        id="Ev1", at=AFTER, place=channel(CHANNEL), change=change, title=title
    )


@pytest.mark.parametrize("change", ["public", "private"])
def test_a_conversion_is_told_by_a_message_live_and_in_the_history(change: str) -> None:
    event = message(subtype=f"channel_convert_to_{change}")
    expected = SpaceChanged(id=f"{CHANNEL}:{TS}", at=AT, place=channel(CHANNEL), change=change)
    assert heard(event) == expected
    assert written(event, CHANNEL, OURS) == [expected]


def test_an_archive_taken_back_waits_for_an_animator() -> None:
    assert heard({"type": "channel_unarchive", "channel": CHANNEL}) is None


def test_only_the_home_tab_is_the_home() -> None:
    opened = {"type": "app_home_opened", "user": MARIE, "channel": DM, "tab": "home"}
    assert heard(opened) == HomeOpened(id="Ev1", at=AFTER, place=BY.dm, **WHO)
    assert heard(opened | {"tab": "messages"}) is None


# --- The history ---


def test_the_history_has_the_ids_of_what_was_heard() -> None:
    kept = message() | {"channel": None, "edited": {"user": MARIE, "ts": LATER}}
    found = written(kept, CHANNEL, OURS, name_of=name_of)
    assert [each.id for each in found] == [f"{CHANNEL}:{TS}", f"{CHANNEL}:{TS}:edited:{LATER}"]
    assert [type(each) for each in found] == [Said, Edited]
    assert written(message(user=BOT), CHANNEL, OURS) == []
    [private] = written(message(), DM, OURS)
    assert isinstance(private, Said)
    assert private.place == BY.dm


def test_whose_names_an_event_shows_is_asked_for() -> None:
    assert authors(callback(message(f"<@{LUC}|luc> et <@{BOT}>"))) == [MARIE, LUC, BOT]
    assert authors(callback({"type": "app_home_opened", "user": LUC})) == [LUC]
    assert authors(message()) == [MARIE]
    assert authors({}) == []
