"""A form as a window: which element each question gets, what was answered, what is to be mended."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.acts import values
from adapters.slack.modals import FEW, LONGEST, TICKED, errors, view
from bot.events import Place
from bot.messages import Parcel
from tests.adapters.slack.reading import kinds, read_view, texts, units

NAME = {"name": "name", "kind": "text", "label": "Quel nom?", "required": True, "longest": 80}


def options(count: int) -> list[dict[str, str]]:
    return [{"value": f"v{n}", "label": f"Choix {n}"} for n in range(count)]


def window(*fields: dict[str, Any], **modal: Any) -> dict[str, Any]:
    """The view of a form, after it was read as strictly as Slack would."""
    shown = {"id": 7, "title": "Demande", "send": "Envoyer", "close": "Annuler", "intro": ""}
    parcel = Parcel(
        id=1,
        token="tok",
        operation="form",
        place=Place("slack", "", "U1", dm=True),
        at=datetime(2026, 3, 2, tzinfo=UTC),
        body={"trigger": "1.2", "modal": {**shown, "fields": list(fields), **modal}},
    )
    found = view(parcel)
    read_view(found)
    return found


def element(**field: Any) -> dict[str, Any]:
    """The element of one question."""
    found: dict[str, Any] = window({"name": "f", "label": "Quoi?", "required": True, **field})
    shown: dict[str, Any] = found["blocks"][0]["element"]
    return shown


def test_a_window_knows_its_form_and_tells_when_it_is_closed() -> None:
    found = window(NAME)
    assert (found["private_metadata"], found["callback_id"]) == ("7", "form")
    assert found["notify_on_close"] is True
    assert [found[name]["text"] for name in ("title", "submit", "close")] == [
        "Demande",
        "Envoyer",
        "Annuler",
    ]


def test_a_question_has_its_name_its_words_and_what_explains_it() -> None:
    found = window({**NAME, "label": "Quel nom?\nVisible par :\nl’équipe", "required": False})
    assert found["blocks"][0] == {
        "type": "input",
        "block_id": "name",
        "label": {"type": "plain_text", "text": "Quel nom?", "emoji": False},
        "hint": {"type": "plain_text", "text": "Visible par : l’équipe", "emoji": False},
        "element": {
            "type": "plain_text_input",
            "action_id": "name",
            "multiline": False,
            "max_length": 80,
        },
        "optional": True,
    }


@pytest.mark.parametrize(
    ("value", "hint"),
    [("deux jours", None), ("", "deux jours"), ("trois jours", "deux jours")],
)
def test_a_quotation_is_told_once_and_without_its_mark(value: str, hint: str | None) -> None:
    found = window({**NAME, "label": "Un objectif?\n\n> deux jours", "value": value})
    block = found["blocks"][0]
    assert block["label"]["text"] == "Un objectif?"
    assert block.get("hint", {}).get("text") == hint


@pytest.mark.parametrize(
    ("longest", "value", "multiline"),
    [(200, "", False), (201, "", True), (80, "a\nb", True), (3_000, "", True)],
)
def test_a_long_answer_gets_several_lines(longest: int, value: str, multiline: bool) -> None:
    assert element(kind="text", longest=longest, value=value)["multiline"] is multiline


@pytest.mark.parametrize("value", ["abcde", "abcdef", "👋" * 5, "a" * 3_000, "👋" * 1_500])
def test_what_was_typed_is_kept_also_when_it_is_to_be_shortened(value: str) -> None:
    assert element(kind="text", longest=5, value=value)["initial_value"] == value


def test_an_answer_is_no_longer_than_slack_takes() -> None:
    assert element(kind="text", longest=3_001)["max_length"] == LONGEST
    assert element(kind="text", longest=5, value="a" * 3_001)["initial_value"] == "a" * LONGEST
    assert element(kind="text", longest=5, value="👋" * 1_501)["initial_value"] == "👋" * 1_500
    assert "initial_value" not in element(kind="text", longest=5, value="")


@pytest.mark.parametrize(
    ("kind", "count", "required", "wanted"),
    [
        ("choice", FEW, True, "radio_buttons"),
        ("choice", FEW + 1, True, "static_select"),
        ("choice", 2, False, "static_select"),
        ("choice", 100, True, "static_select"),
        ("choice", 101, True, "static_select"),
        ("yesno", 2, True, "radio_buttons"),
        ("yesno", 2, False, "radio_buttons"),
        ("choices", TICKED, True, "checkboxes"),
        ("choices", TICKED + 1, True, "multi_static_select"),
        ("choices", 101, True, "multi_static_select"),
        ("box", 0, False, "checkboxes"),
        ("choice", 0, True, "plain_text_input"),
    ],
)
def test_the_number_of_options_decides_how_they_are_offered(
    kind: str, count: int, required: bool, wanted: str
) -> None:
    found = element(kind=kind, options=options(count), required=required)
    assert found["type"] == wanted
    assert ("option_groups" in found) == (count > 100)


def test_what_was_chosen_is_chosen() -> None:
    three = options(3)
    chosen = element(kind="choice", options=three, value="v1")["initial_option"]
    assert chosen["value"] == "v1"
    assert element(kind="choice", options=options(9), value="v8")["initial_option"]["value"] == "v8"
    several = element(kind="choices", options=three, value="v0,v2,gone")["initial_options"]
    assert [each["value"] for each in several] == ["v0", "v2"]
    for none in ("", "gone"):
        assert "initial_options" not in element(kind="choices", options=three, value=none)
        assert "initial_option" not in element(kind="choice", options=three, value=none)


def test_a_box_is_one_thing_to_tick_and_may_stay_empty() -> None:
    box = {"name": "box", "kind": "box", "label": "J’encadre", "required": True}
    found = window(box)["blocks"][0]
    assert found["optional"] is True
    assert [each["value"] for each in found["element"]["options"]] == ["yes"]
    assert "initial_options" not in found["element"]
    assert len(window({**box, "value": "yes"})["blocks"][0]["element"]["initial_options"]) == 1
    named = window({**box, "options": [{"value": "1", "label": "Oui"}]})["blocks"][0]["element"]
    assert named["options"][0] == {
        "value": "yes",
        "text": {"type": "plain_text", "text": "Oui", "emoji": False},
    }


def test_options_may_be_pairs() -> None:
    found = element(kind="choice", options=[("a", "Un"), ["b", "Deux"]])
    assert [each["value"] for each in found["options"]] == ["a", "b"]


@pytest.mark.parametrize("length", [24, 25, 2_000, 2_001, 5_000])
def test_every_word_of_a_window_is_as_long_as_slack_takes(length: int) -> None:
    long = "a" * length
    found = window(
        {**NAME, "label": f"{long}\n{long}"},
        {"name": "c", "kind": "choice", "label": "?", "options": [{"value": "v", "label": long}]},
        title=long,
        send=long,
        close=long,
    )
    assert found["title"]["text"] == (long if length <= 24 else "a" * 23 + "…")


@pytest.mark.parametrize(("length", "shown"), [(150, 2), (151, 1)])
def test_an_option_whose_value_is_too_long_is_not_offered(length: int, shown: int) -> None:
    given = [{"value": "v" * length, "label": "Long"}, {"value": "v", "label": "Court"}]
    assert len(element(kind="choice", options=given)["options"]) == shown


def test_what_stands_before_the_questions_is_prose() -> None:
    found = window(NAME, intro="# Avant\n\nLisez **ceci** \\<!channel>.\n- un")
    assert [block["type"] for block in found["blocks"]] == ["header", "rich_text", "input"]
    assert not kinds(found) & {"mrkdwn", "broadcast"}


def test_a_long_introduction_leaves_room_for_the_questions() -> None:
    fields = [{**NAME, "name": f"f{n}"} for n in range(60)]
    found = window(*fields, intro="\n\n".join(f"# T{n}\n\nmot" for n in range(60)))
    assert [block["type"] for block in found["blocks"]].count("input") == 60
    assert next(texts(found["blocks"])) == "T0"
    assert "…" in [*texts(window(NAME, intro="mot " * 3_000)["blocks"])][1]


def test_what_a_person_fills_in_comes_back_by_the_name_of_its_question() -> None:
    state = {
        "values": {
            "name": {"name": {"type": "plain_text_input", "value": "Nadia"}},
            "hopes": {"hopes": {"type": "plain_text_input", "value": None}},
            "topic": {"topic": {"type": "static_select", "selected_option": {"value": "a"}}},
            "kinds": {
                "kinds": {
                    "type": "checkboxes",
                    "selected_options": [{"value": "a"}, {"value": "b"}],
                }
            },
            "box": {"box": {"type": "checkboxes", "selected_options": []}},
        }
    }
    assert values(state) == {
        "name": "Nadia",
        "hopes": "",
        "topic": "a",
        "kinds": "a,b",
        "box": "",
    }


def test_a_fault_is_told_beside_its_question_and_others_at_the_first() -> None:
    found = window(NAME, {**NAME, "name": "other"}, intro="Avant")
    assert errors({"other": "Trop long."}, found) == {"other": "Trop long."}
    assert errors({"": "Fermé."}, found) == {"name": "Fermé."}
    assert errors({"name": "Vide.", "gone": "Parti.", "": "Fermé."}, found) == {
        "name": "Vide.\nParti.\nFermé."
    }
    assert units(errors({"name": "a" * 5_000}, found)["name"]) <= 2_000


NASTY = st.text(max_size=90) | st.sampled_from(["<!here>", "\ud800", "\n", ":a:", "a\u202eb", " "])


@settings(max_examples=40, deadline=None)
@given(NASTY, NASTY, st.sampled_from(["text", "choice", "choices", "yesno", "box"]))
def test_whatever_was_typed_slack_can_read_the_window(label: str, value: str, kind: str) -> None:
    given = [{"value": "a", "label": label}, {"value": "b", "label": value}]
    field = {"name": "f", "kind": kind, "label": label, "value": value, "options": given}
    window(field, NAME, intro=value, title=label)
