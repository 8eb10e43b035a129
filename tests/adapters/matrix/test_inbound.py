"""Messages, replies, threads, files and edits become events of the core, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.matrix.inbound import account, event_of, room
from bot.events import (
    Edited,
    Place,
    Said,
)
from tests.adapters.matrix.element import (
    AT,
    ID,
    MARIE,
    ME,
    OTHER,
    ROOM,
    ROOT,
    event,
    in_thread,
    old,
    replacing,
    reply_to,
    state,
    text,
    where,
)

BY = account(MARIE)
WHO: dict[str, Any] = {
    "id": ID,
    "at": AT,
    "place": room(ROOM),
    "by": BY,
    "name": "Marie Gagnon",
}
WHO_IN_DM = WHO | {"place": BY.dm}
FALLBACK = f"> <{ME}> Qui vient jeudi?\n> Et vendredi?\n\n"


def said(content: dict[str, Any], **known: Any) -> Said:
    found = event_of(event("m.room.message", content), where(**known))
    assert isinstance(found, Said)
    return found


def heard(content: Any, **known: Any) -> object:
    return event_of(event("m.room.message", content), where(**known))


# --- Accounts and places ---


def test_an_account_belongs_to_its_server_and_a_room_to_none() -> None:
    assert (BY.platform, BY.tenant, BY.id) == ("matrix", "example.org", MARIE)
    assert account("@a:localhost:8448").tenant == "localhost:8448"
    assert room(ROOM) == Place("matrix", "", ROOM)
    assert Place.of(account("@a/b:example.org").dm.key) == account("@a/b:example.org").dm


# --- Messages ---


def test_a_message_is_said_as_it_was_written() -> None:
    found = said(text("  Bonjour *tout le monde*\nà demain "))
    assert found == Said(**WHO, message=ID, text="  Bonjour *tout le monde*\nà demain ")


def test_an_emote_is_said_too() -> None:
    assert said(text("salue Nadia", msgtype="m.emote")).text == "salue Nadia"


def test_a_private_room_is_the_private_conversation_of_its_person() -> None:
    assert said(text("1"), dm_of=MARIE) == Said(**WHO_IN_DM, message=ID, text="1")


def test_in_a_private_room_nobody_else_is_heard() -> None:
    assert heard(text("bonjour"), dm_of="@nadia:example.org") is None


def test_without_a_name_the_one_of_the_account_is_shown() -> None:
    assert said(text("bonjour"), name_of=lambda _user: "\u202e ").name == "marie"


@pytest.mark.parametrize(
    "content",
    [
        old("Rappel", msgtype="m.notice"),
        old("Ici", msgtype="m.location", geo_uri="geo:45.5,-73.6"),
        old("…", msgtype="m.key.verification.request", to=ME),
        {"body": "sans sorte"},
        {"msgtype": "m.text"},
        {"msgtype": "m.text", "body": 7},
        {},
    ],
)
def test_what_no_person_writes_to_others_is_nothing(content: dict[str, Any]) -> None:
    assert heard(content) is None


def test_the_bot_does_not_hear_itself() -> None:
    assert event_of(event("m.room.message", text("!copain aide"), sender=ME), where()) is None


@pytest.mark.parametrize(
    "kind", ["m.sticker", "m.room.encrypted", "m.poll.end", "m.room.pinned_events", "ca.other"]
)
def test_other_kinds_are_nothing(kind: str) -> None:
    assert event_of(event(kind, text("bonjour")), where()) is None
    assert event_of(state(kind, text("bonjour")), where()) is None


# --- Files ---


def image(**rest: Any) -> dict[str, Any]:
    info = {"mimetype": "image/png", "w": 640, "h": 480, "size": 51204}
    return {"msgtype": "m.image", "url": "mxc://example.org/abc", "info": info, **rest}


@pytest.mark.parametrize("kind", ["m.image", "m.file", "m.audio", "m.video"])
def test_a_file_alone_has_no_words(kind: str) -> None:
    found = said(image(body="affiche.png", msgtype=kind))
    assert (found.text, found.has_file) == ("", True)


def test_a_name_of_a_file_is_no_caption() -> None:
    assert said(image(body="affiche.png", filename="affiche.png")).text == ""
    assert said(image(body="affiche.png", filename=None)).text == ""


def test_a_caption_is_what_is_said() -> None:
    found = said(image(body="L'affiche de jeudi", filename="affiche.png"))
    assert (found.text, found.has_file) == ("L'affiche de jeudi", True)


def test_a_caption_can_be_a_command() -> None:
    found = said(image(body="!copain doc ajouter", filename="guide.pdf", msgtype="m.file"))
    assert (found.text, found.addressed) == ("doc ajouter", True)


# --- Replies and threads ---


def test_a_reply_quotes() -> None:
    found = said(text("Moi!", **reply_to(OTHER)))
    assert (found.quotes, found.thread, found.text) == (OTHER, None, "Moi!")


def test_a_reply_of_an_older_client_is_read_without_what_it_repeats() -> None:
    reply = old(
        f"{FALLBACK}Moi!\n\n> mais tard",
        format="org.matrix.custom.html",
        formatted_body="<mx-reply><blockquote>…</blockquote></mx-reply>Moi!",
        **reply_to(OTHER),
    )
    found = said(reply)
    assert (found.quotes, found.text) == (OTHER, "Moi!\n\n> mais tard")


def test_the_reply_to_an_emote_is_read_without_what_it_repeats() -> None:
    assert said(old(f"> * <{MARIE}> salue\n\nSalut", **reply_to(OTHER))).text == "Salut"


def test_a_reply_of_nothing_has_no_words() -> None:
    assert said(old(FALLBACK, **reply_to(OTHER))).text == ""
    assert said(old(f"> <{ME}> Bonjour", **reply_to(OTHER))).text == ""


@pytest.mark.parametrize("body", ["> Une citation\n\nMa réponse", "> <b> gras\n\nsuite"])
def test_a_quotation_that_the_person_wrote_stays(body: str) -> None:
    assert said(text(body, **reply_to(OTHER))).text == body


def test_what_looks_like_a_reply_and_answers_nothing_stays() -> None:
    body = f"> <{MARIE}> Qui vient?\n\nMoi!"
    assert said(text(body)).text == body


def test_an_answer_in_a_thread_quotes_nothing() -> None:
    found = said(text("Chez nous aussi", **in_thread(ROOT, OTHER)))
    assert (found.thread, found.quotes, found.text) == (ROOT, None, "Chez nous aussi")


def test_the_first_answer_of_a_thread_is_in_it() -> None:
    found = said(text("Chez nous aussi", **in_thread(ROOT, ROOT)))
    assert (found.thread, found.quotes) == (ROOT, None)


def test_a_thread_without_anything_to_fall_back_on_is_one() -> None:
    found = said(text("Chez nous aussi", **in_thread(ROOT)))
    assert (found.thread, found.quotes) == (ROOT, None)


def test_a_reply_in_a_thread_quotes_and_is_in_it() -> None:
    found = said(text("D'accord", **in_thread(ROOT, OTHER, fallback=False)))
    assert (found.thread, found.quotes) == (ROOT, OTHER)
    content = text("D'accord", **in_thread(ROOT, OTHER))
    content["m.relates_to"]["is_falling_back"] = "true"
    assert (said(content).thread, said(content).quotes) == (ROOT, OTHER)
    del content["m.relates_to"]["is_falling_back"]
    assert (said(content).thread, said(content).quotes) == (ROOT, OTHER)


@pytest.mark.parametrize(
    "relation",
    [
        {"rel_type": "m.thread", "event_id": ID, "m.in_reply_to": {"event_id": ID}},
        {"rel_type": "m.thread", "event_id": 5, "is_falling_back": True},
        {"rel_type": "m.thread", "event_id": "$" + "x" * 300},
        {"rel_type": "m.thread", "event_id": "$a\x00b"},
        {"rel_type": "m.thread", "event_id": "$a\ud800"},
        {"rel_type": "m.thread", "event_id": "bonjour"},
        {"m.in_reply_to": [OTHER]},
        {"m.in_reply_to": {"event_id": {"event_id": OTHER}}},
        {"rel_type": ["m.replace"], "event_id": OTHER},
        {"rel_type": "m.reference", "event_id": OTHER},
        [OTHER],
        None,
    ],
)
def test_a_forged_relation_is_none(relation: object) -> None:
    found = said(text("bonjour", **{"m.relates_to": relation}))
    assert (found.thread, found.quotes, found.text) == (None, None, "bonjour")


# --- Edits ---


def test_an_edit_is_edited_and_never_said() -> None:
    edit = replacing(OTHER, text("!copain aide"))
    assert heard(edit) == Edited(**WHO, message=OTHER, text="!copain aide")
    assert heard(edit, dm_of=MARIE) == Edited(**WHO_IN_DM, message=OTHER, text="!copain aide")


def test_an_edited_caption_is_edited() -> None:
    edit = replacing(OTHER, image(body="Une autre", filename="affiche.png"))
    assert heard(edit) == Edited(**WHO, message=OTHER, text="Une autre")


@pytest.mark.parametrize(
    "change",
    [
        {"m.new_content": None},
        {"m.new_content": {}},
        {"m.new_content": {"msgtype": "m.text", "body": ["!copain aide"]}},
        {"m.new_content": {"msgtype": "m.notice", "body": "!copain aide"}},
        {"m.relates_to": {"rel_type": "m.replace"}},
        {"m.relates_to": {"rel_type": "m.replace", "event_id": ID}},
        {"m.relates_to": {"rel_type": "m.replace", "event_id": "!x"}},
        {"msgtype": "m.notice"},
        {"body": None},
    ],
)
def test_a_broken_edit_is_nothing_at_all(change: dict[str, Any]) -> None:
    assert heard(replacing(OTHER, text("!copain aide")) | change) is None


def test_only_a_message_can_be_an_edit() -> None:
    edit = replacing(OTHER, text("oui"))
    assert event_of(event("m.sticker", edit), where()) is None
    assert event_of(event("m.poll.response", edit), where()) is None
