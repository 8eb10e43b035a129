"""Parcels as arguments of Slack's methods: blocks, buttons, tokens, limits, and what is cut."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.buttons import IN_A_ROW, LABEL, MOST_IN_A_ROW, actions
from adapters.slack.outbound import attached, belonging, edited, meant, said
from bot.events import Place
from bot.markup import plain
from bot.messages import Parcel
from tests.adapters.slack.reading import kinds, read_blocks, read_message, texts, units

ACCEPT = [
    {"label": "Accepter", "action": "request.accept:1"},
    {"label": "Refuser", "action": "request.decline:1"},
]


def parcel(text: str = "", **body: Any) -> Parcel:
    return Parcel(
        id=1,
        token="tok",
        operation="say",
        place=Place("slack", "", "C1"),
        at=datetime(2026, 3, 2, tzinfo=UTC),
        body={"text": text, "buttons": [], **body},
        thread="1700000000.000100",
        target="1700000000.000200",
    )


def read(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages, after each was read as strictly as Slack would."""
    for arguments in found:
        read_message("chat.postMessage", {"channel": "C1", **arguments})
        whispered = {name: arguments[name] for name in ("text", "blocks")}
        read_message("chat.postEphemeral", {"channel": "C1", "user": "U1", **whispered})
    return found


def changed(text: str, **body: Any) -> dict[str, Any]:
    """An edit, after it was read."""
    found = edited(parcel(text, **body))
    read_message("chat.update", {"channel": "C1", "ts": "1700000000.000200", **found})
    return found


def buttons(arguments: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        each
        for block in arguments["blocks"]
        if block["type"] == "actions"
        for each in block["elements"]
    ]


def rows(count: int) -> list[int]:
    given = [{"label": str(n), "action": f"a:{n}"} for n in range(count)]
    return [len(block["elements"]) for block in actions(given)]


# --- Messages ----------------------------------------------------------------------------------


def test_a_message_carries_its_token_twice_and_unfurls_nothing() -> None:
    (found,) = read(said(parcel("Bonjour!")))
    text = {"type": "text", "text": "Bonjour!"}
    assert found == {
        "text": "Bonjour!",
        "blocks": [
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [text]}],
                "block_id": "tok",
            }
        ],
        "metadata": {"event_type": "copain_message", "event_payload": {"id": "tok"}},
        "unfurl_links": False,
        "unfurl_media": False,
    }


def test_the_fallback_is_escaped_and_calls_nobody() -> None:
    (found,) = read(said(parcel(r"\<!channel> & \<@U1> \<https://e.org|ici>")))
    assert found["text"] == "&lt;!channel&gt; &amp; &lt;@U1&gt; &lt;https://e.org|ici&gt;"


def test_an_edit_keeps_the_metadata_and_makes_no_name_a_mention() -> None:
    found = changed("**Fait** @claire", buttons=ACCEPT)
    assert found.keys() == {"text", "blocks", "parse"}
    assert found["parse"] == "none"
    assert found["blocks"][0]["block_id"] == "tok"
    assert len(buttons(found)) == 2


def test_a_message_of_buttons_alone_is_read_out_by_their_labels() -> None:
    (found,) = read(said(parcel(buttons=ACCEPT)))
    assert found["text"] == "Accepter · Refuser"
    assert [block["type"] for block in found["blocks"]] == ["actions"]


def test_a_message_that_says_nothing_can_still_be_sent() -> None:
    (found,) = read(said(parcel()))
    assert found["text"] == "…"
    changed("")


def test_how_far_a_form_is_stands_apart_in_small_letters() -> None:
    form = {"name": "join", "field": "name", "step": 1, "of": 5}
    (found,) = read(said(parcel("Quel nom?\nVisible.\nQuestion 1 de 5.", form=form)))
    assert [block["type"] for block in found["blocks"]] == ["rich_text", "context"]
    assert found["blocks"][1]["elements"][0]["text"] == "Question 1 de 5."
    assert found["text"] == "Quel nom?\nVisible.\n\nQuestion 1 de 5."


@pytest.mark.parametrize("last", ["Question 2 de 5.", "Le 1 mars, le 5.\nAutre", "1 " * 40 + "5"])
def test_a_line_that_says_something_else_stays_in_the_text(last: str) -> None:
    form = {"name": "join", "field": "name", "step": 1, "of": 5}
    (found,) = read(said(parcel(f"Quel nom?\n{last}", form=form)))
    assert kinds(found["blocks"]) == {"rich_text", "rich_text_section", "text"}


def test_a_file_is_found_again_by_the_block_that_comes_with_it() -> None:
    for name in ("bilan.png", "é\n" * 400, ""):
        (block,) = attached(parcel(), {"name": name}, "tok-f0")
        read_blocks([block], most=1)
        assert block["block_id"] == "tok-f0"


# --- Buttons -----------------------------------------------------------------------------------


def test_a_button_says_its_label_and_gives_back_its_action() -> None:
    (found,) = read(said(parcel("Une demande", buttons=ACCEPT)))
    shown = buttons(found)[0]
    assert shown == {
        "type": "button",
        "action_id": "request.accept:1",
        "value": "request.accept:1",
        "text": {"type": "plain_text", "text": "Accepter", "emoji": False},
        "style": "primary",
    }
    assert "style" not in buttons(found)[1]


def test_five_buttons_stand_in_a_row_and_very_many_as_slack_allows() -> None:
    assert rows(0) == []
    assert rows(IN_A_ROW) == [5]
    assert rows(7) == [5, 2]
    assert rows(25) == [5] * 5
    assert rows(26) == [MOST_IN_A_ROW, 1]
    assert rows(60) == [25, 25, 10]


def test_what_leads_through_a_form_stands_in_the_last_row() -> None:
    leads = [{"label": "Passer", "action": "form.skip:1:0"}]
    blocks = actions([*leads, {"label": "Oui", "action": "form.choose:1:0:0"}])
    assert [block["elements"][0]["value"] for block in blocks] == [
        "form.choose:1:0:0",
        "form.skip:1:0",
    ]


def test_two_buttons_of_one_action_are_told_apart() -> None:
    (block,) = actions([{"label": str(n), "action": "a"} for n in range(3)])
    assert [each["action_id"] for each in block["elements"]] == ["a", "a~2", "a~3"]
    assert {each["value"] for each in block["elements"]} == {"a"}


def test_one_expected_act_is_shown_as_such_and_two_are_none() -> None:
    (block,) = actions([{"label": "a", "action": "join"}, {"label": "b", "action": "open"}])
    assert not any("style" in each for each in block["elements"])


def test_what_is_final_is_marked_where_there_is_another_way_only() -> None:
    final = {"label": "Effacer", "action": "forget.yes"}
    (alone,) = actions([final])
    assert "style" not in alone["elements"][0]
    (beside,) = actions([final, {"label": "Non", "action": "home"}])
    assert beside["elements"][0]["style"] == "danger"
    assert "style" not in beside["elements"][1]


def test_a_sign_to_react_with_stands_before_the_words_that_do_the_same() -> None:
    (block,) = actions(
        [
            {"label": "Chez nous aussi", "action": "a", "emoji": "✅"},
            {"label": "✅ Fait", "action": "b", "emoji": "✅"},
        ]
    )
    assert [each["text"]["text"] for each in block["elements"]] == ["✅ Chez nous aussi", "✅ Fait"]


@pytest.mark.parametrize("label", ["a" * 75, "a" * 76, "👋" * 60, "  \n ", "*gras* <!here>", ""])
def test_a_label_is_one_line_of_what_slack_takes(label: str) -> None:
    (found,) = read(said(parcel("x", buttons=[{"label": label, "action": "a"}])))
    shown = buttons(found)[0]["text"]["text"]
    assert 0 < units(shown) <= LABEL
    assert (shown == label) == (0 < units(label.strip()) <= LABEL)


@pytest.mark.parametrize(("length", "shown"), [(255, 1), (256, 1), (2_000, 1), (2_001, 0)])
def test_an_action_too_long_for_slack_is_left_out_rather_than_cut(length: int, shown: int) -> None:
    (found,) = read(said(parcel("x", buttons=[{"label": "a", "action": "a" * length}] * 2)))
    assert [len(each["value"]) for each in buttons(found)] == [length] * 2 * shown


# --- Long texts --------------------------------------------------------------------------------


def test_a_long_text_goes_on_in_further_messages_and_ends_with_the_buttons() -> None:
    paragraphs = [f"Paragraphe {n} : {'des mots ' * 60}fin {n}." for n in range(40)]
    found = read(said(parcel("\n\n".join(paragraphs), buttons=ACCEPT)))
    assert len(found) > 2
    tokens = [each["metadata"]["event_payload"]["id"] for each in found]
    assert tokens[:3] == ["tok", "tok-1", "tok-2"]
    assert [each["blocks"][0]["block_id"] for each in found] == tokens
    assert "\n\n".join(each["text"] for each in found) == "\n\n".join(paragraphs)
    assert [len(buttons(each)) for each in found] == [0] * (len(found) - 1) + [2]


def test_the_buttons_of_a_further_message_mean_the_first() -> None:
    last = said(parcel("mot " * 3_000, buttons=ACCEPT))[-1]
    stamped = belonging(last, "1700000000.000100")
    read([stamped])
    (block_id,) = {block["block_id"] for block in stamped["blocks"] if block["type"] == "actions"}
    assert meant(block_id) == "1700000000.000100"
    assert meant("tok") is meant("of:x:1") is None
    assert stamped["blocks"][0]["block_id"] == last["blocks"][0]["block_id"]


def test_a_long_paragraph_is_cut_at_the_end_of_a_sentence() -> None:
    found = read(said(parcel("Une phrase de plus. " * 400)))
    assert len(found) > 1
    assert all(each["text"].endswith("plus.") for each in found)
    assert all(each["text"].startswith("Une") for each in found)


def test_no_word_and_no_link_is_cut_in_two() -> None:
    link = "[une très longue étiquette](https://e.org/page)"
    found = read(said(parcel(f"mot**gras**fin {link} " * 300)))
    assert len(found) > 1
    for each in found:
        words = re.sub(r"\(https://e\.org/page\)", "", each["text"]).split()
        assert set(words) <= {"motgrasfin", "une", "très", "longue", "étiquette"}
        labels = [leaf["text"] for leaf in leaves(each["blocks"]) if leaf["type"] == "link"]
        assert set(labels) == {"une très longue étiquette"}


def test_a_word_longer_than_a_message_is_cut_between_letters() -> None:
    found = read(said(parcel("👩🏽‍🚒" * 1_500)))
    assert len(found) > 1
    assert all(each["text"].startswith("👩") for each in found)
    assert "".join(each["text"] for each in found) == "👩🏽‍🚒" * 1_500


def test_the_words_of_a_link_longer_than_a_message_stay_links() -> None:
    found = read(said(parcel(f"[{'mot ' * 2_000}](https://e.org)")))
    assert len(found) > 1
    assert all(leaf["type"] == "link" for each in found for leaf in leaves(each["blocks"]))


def test_items_keep_their_numbers_when_a_list_goes_on_elsewhere() -> None:
    found = read(said(parcel("\n".join(f"{n}. {'mot ' * 40}" for n in range(1, 81)))))
    assert len(found) > 1
    for each in found:
        first = int(each["text"].partition(".")[0])
        assert each["blocks"][0]["elements"][0].get("offset", 0) == first - 1


@pytest.mark.parametrize("title", ["**Titre**", "# Titre"])
def test_what_stands_over_a_list_goes_with_it(title: str) -> None:
    alone = 0
    for words in range(440, 490):
        filler = "mot " * words
        text = f"{filler}\n\n{filler}\n\n{title}\n\n- {'mot ' * 30}"
        found = [each["text"] for each in said(parcel(text))]
        assert not any(each.endswith("Titre") for each in found)
        alone += sum(each.startswith("Titre") for each in found)
    assert alone


def test_a_message_has_no_more_blocks_than_slack_allows() -> None:
    text = "\n\n".join(f"# T{n}\n\nmot" for n in range(60))
    found = read(said(parcel(text, buttons=ACCEPT)))
    assert len(found) > 1
    assert [word for each in found for word in each["text"].split()] == [
        word for n in range(60) for word in (f"T{n}", "mot")
    ]


def test_more_buttons_than_a_message_holds_go_on_in_the_next() -> None:
    many = [{"label": f"Choix {n} {'x' * 60}", "action": f"a.very.long:{n}"} for n in range(120)]
    found = read(said(parcel("Choisir", buttons=many)))
    assert len(found) > 1
    assert [each["value"] for part in found for each in buttons(part)] == [
        each["action"] for each in many
    ]
    assert 0 < len(buttons(changed("Choisir", buttons=many))) < 120


def test_an_edit_too_long_keeps_its_beginning_and_its_buttons() -> None:
    found = changed("mot **gras** " * 2_000, buttons=ACCEPT)
    assert found["text"].startswith("mot gras mot")
    assert found["text"].endswith("…")
    assert len(buttons(found)) == 2


def leaves(node: Any) -> list[dict[str, Any]]:
    """The texts and links of blocks, in order."""
    if isinstance(node, list):
        return [leaf for each in node for leaf in leaves(each)]
    if node.get("type") in ("text", "link", "date"):
        return [node]
    return leaves(node["elements"]) if "elements" in node and node["type"] != "actions" else []


PIECES = st.sampled_from(
    ["mot ", "é" * 40, "👋", "x" * 500, "\n", "\n\n", "\n- ", "\n1. ", "\n> ", "**gras** ", "`c` ",
     "&<>" * 20, "# ", "[ici](https://e.org/a) ", "\n```\n", "ab**cd**ef ", "\u200b", "שלום "]
)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map("".join), st.integers(1, 12))
def test_whatever_is_said_fits_and_no_letter_is_lost(markdown: str, times: int) -> None:
    text = markdown * times
    found = said(parcel(text, buttons=ACCEPT))
    for arguments in found:
        read_message("chat.postMessage", {"channel": "C1", **arguments})
    shown = "".join("".join(texts(block)) for each in found for block in each["blocks"])
    for char in "é👋xגשfb&":
        assert shown.count(char) == plain(text).count(char) + "AccepterRefuser".count(char)
