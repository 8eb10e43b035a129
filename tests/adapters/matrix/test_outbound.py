"""Parcels as contents of Matrix events: relations, tokens, legends, files, polls, sizes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.matrix.outbound import (
    BELONGS,
    KEY,
    POLL_END,
    POLL_START,
    attached,
    belonging,
    edited,
    legend,
    poll,
    poll_end,
    reaction,
    said,
)
from adapters.matrix.parts import LIMIT, size
from bot.events import Place
from bot.markup import plain
from bot.messages import Parcel

ACCEPT = [{"label": "Accepter", "action": "request.accept:1"}, {"label": "Refuser"}]
THREAD = {
    "rel_type": "m.thread",
    "event_id": "$root",
    "is_falling_back": True,
    "m.in_reply_to": {"event_id": "$root"},
}
PICTURE = {"name": "bilan.png", "type": "image/png", "sha256": "00"}
UPLOADED = {"url": "mxc://b.c/1", "size": 12}


def parcel(text: str = "", *, thread: str | None = None, **body: Any) -> Parcel:
    return Parcel(
        id=1,
        token="tok",
        operation="say",
        place=Place("matrix", "", "!r:b.c"),
        at=datetime(2026, 3, 2, tzinfo=UTC),
        body={"text": text, "buttons": [], **body},
        thread=thread,
        target="$target",
    )


def test_a_plain_message_is_only_its_words_and_mentions_nobody() -> None:
    assert said(parcel("Bonjour!")) == [
        {"msgtype": "m.text", "body": "Bonjour!", "m.mentions": {}, KEY: "tok"}
    ]


def test_buttons_are_a_numbered_line_of_their_own() -> None:
    (content,) = said(parcel("Une demande", buttons=ACCEPT))
    assert content["body"] == "Une demande\n\n1 Accepter · 2 Refuser"
    assert content["format"] == "org.matrix.custom.html"
    assert content["formatted_body"] == (
        "<p>Une demande</p><p><strong>1</strong> Accepter · <strong>2</strong> Refuser</p>"
    )


def test_many_or_long_labels_stand_one_under_the_other() -> None:
    assert legend([{"label": str(n) * 3} for n in range(6)]).count("\n") == 5
    assert legend([{"label": "long " * 8}] * 2).count("\n") == 1
    assert legend([]) == ""


def test_a_label_is_data_and_its_own_number_passes_for_none_to_type() -> None:
    assert plain(legend([{"label": "**gras** @room\n<b>"}])) == "1 **gras** @\u2060room <b>"
    labels = [{"label": "1 · Voir"}, {"label": "2 · Voir"}, {"label": "Plus tard"}]
    assert plain(legend(labels)) == "1 Voir · 2 Voir · 3 Plus tard"
    labels = [{"label": "1 · Retenir"}, {"label": "1 · Retirer"}, {"label": "3 · Retenir"}]
    assert plain(legend(labels)) == "1 Retenir (1) · 2 Retirer (1) · 3 Retenir (3)"


def test_a_message_in_a_thread_is_a_reply_for_clients_without_threads() -> None:
    (content,) = said(parcel("Oui", thread="$root"))
    assert content["m.relates_to"] == THREAD


def test_an_edit_replaces_its_target_with_all_its_words() -> None:
    content = edited(parcel("**Fait**", buttons=ACCEPT))
    assert content["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$target"}
    new = content["m.new_content"]
    assert content["body"] == "* " + new["body"] == "* Fait\n\n1 Accepter · 2 Refuser"
    assert new["formatted_body"].startswith("<p><strong>Fait</strong></p>")
    assert content["m.mentions"] == new["m.mentions"] == {}
    assert content[KEY] == "tok"
    assert "m.relates_to" not in new


def test_a_reaction_names_its_message_and_its_sign() -> None:
    assert reaction("$target", "✅", "tok") == {
        "m.relates_to": {"rel_type": "m.annotation", "event_id": "$target", "key": "✅"},
        KEY: "tok",
    }


def test_a_picture_is_shown_and_any_other_file_offered() -> None:
    image = attached(parcel(), PICTURE, UPLOADED, 2, message="$message")
    assert image == {
        "msgtype": "m.image",
        "body": "bilan.png",
        "info": {"mimetype": "image/png", "size": 12},
        "url": "mxc://b.c/1",
        "m.mentions": {},
        "m.relates_to": {"rel_type": BELONGS, "event_id": "$message"},
        KEY: "tok-2",
    }
    calendar = {"name": "a.ics", "type": "text/calendar"}
    assert attached(parcel(), calendar, UPLOADED, 0)["msgtype"] == "m.file"


def test_a_file_in_a_thread_stays_there_and_an_encrypted_one_has_its_keys() -> None:
    uploaded = {"file": {"url": "mxc://b.c/1", "key": {}}, "size": 12}
    content = attached(parcel(thread="$root"), PICTURE, uploaded, 0, message="$message")
    assert content["m.relates_to"] == THREAD
    assert content["file"] == uploaded["file"]
    assert "url" not in content
    assert content[KEY] == "tok"


def test_a_poll_has_one_choice_and_can_be_read_without_polls() -> None:
    options = [{"label": "Transport"}, {"label": "@room <b>"}]
    kind, content = poll(parcel("**Quel** obstacle?", buttons=options, thread="$root"))
    assert kind == POLL_START
    start = content[POLL_START]
    assert start["max_selections"] == 1
    assert start["kind"] == "org.matrix.msc3381.poll.disclosed"
    assert start["question"]["org.matrix.msc1767.text"] == "Quel obstacle?"
    assert [answer["id"] for answer in start["answers"]] == ["0", "1"]
    assert start["answers"][1]["org.matrix.msc1767.text"] == "@\u2060room <b>"
    fallback = "Quel obstacle?\n1. Transport\n2. @\u2060room <b>"
    assert content["org.matrix.msc1767.text"] == content["body"] == fallback
    assert content["m.relates_to"] == THREAD


@pytest.mark.parametrize(("text", "wanted"), [("", "✓"), ("**Fermée**", "Fermée")])
def test_the_end_of_a_poll_points_to_it(text: str, wanted: str) -> None:
    kind, content = poll_end(parcel(text))
    assert kind == POLL_END
    assert content["m.relates_to"] == {"rel_type": "m.reference", "event_id": "$target"}
    assert content["org.matrix.msc1767.text"] == wanted
    assert content[POLL_END] == {}


def test_a_long_text_goes_on_in_further_messages_at_the_end_of_a_paragraph() -> None:
    paragraphs = [f"Paragraphe {n} : {'des mots ' * 60}fin {n}." for n in range(120)]
    contents = said(parcel("\n\n".join(paragraphs), buttons=ACCEPT))
    assert len(contents) > 2
    assert [content[KEY] for content in contents[:3]] == ["tok", "tok-1", "tok-2"]
    bodies = [content["body"] for content in contents]
    assert "\n\n".join([*paragraphs, "1 Accepter · 2 Refuser"]) == "\n\n".join(bodies)
    assert not any("1 Accepter" in body for body in bodies[:-1])


def test_the_rest_of_a_message_points_back_to_it() -> None:
    rest = said(parcel("mot " * 20_000))[1]
    pointing = belonging(rest, "$first")
    assert pointing["m.relates_to"] == {"rel_type": BELONGS, "event_id": "$first"}
    threaded = said(parcel("mot " * 20_000, thread="$root"))[1]
    assert belonging(threaded, "$first")["m.relates_to"] == THREAD


def test_an_edit_too_long_for_an_event_keeps_its_beginning_and_its_buttons() -> None:
    body = edited(parcel("mot **gras** " * 20_000, buttons=ACCEPT))["m.new_content"]["body"]
    assert body.startswith("mot gras mot")
    assert body.endswith("\n\n…\n\n1 Accepter · 2 Refuser")


def test_items_of_a_list_keep_their_numbers_when_it_is_cut() -> None:
    items = [f"{n}. {'mot ' * 100}" for n in range(1, 121)]
    contents = said(parcel("\n".join(items)))
    assert len(contents) > 1
    for content in contents[1:]:
        number = content["body"].partition(".")[0]
        assert content["formatted_body"].startswith(f'<ol start="{number}">')


PIECES = st.sampled_from(
    ["mot ", "é" * 40, "👋", "x" * 500, "\n", "\n\n", "\n- ", "\n1. ", "\n> ", "**gras** ", "`c` "]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map("".join), st.integers(1, 200))
def test_whatever_is_said_fits_and_no_word_is_lost(text: str, times: int) -> None:
    whole = parcel(text * times, buttons=ACCEPT)
    contents = said(whole)
    assert all(size(content) <= LIMIT for content in contents)
    assert size(edited(whole)) <= LIMIT
    letters = "".join(content["body"] for content in contents)
    for char in "é👋xcg":
        assert letters.count(char) == plain(whole.body["text"]).count(char) + (
            0 if char != "c" else 2  # those of « Accepter »
        )
    json.dumps(contents, ensure_ascii=False).encode()
