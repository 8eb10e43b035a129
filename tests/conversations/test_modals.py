"""Forms in a window: opened, mended, sent, closed, opened again; and nothing typed is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import commands
from bot.call import Call
from bot.config import AccountRef, Community
from bot.config.models import Space
from bot.dispatch import Already, Done, Mend
from bot.errors import Complaint
from bot.events import FormFilled
from bot.messages import AskForm, Reply, Say
from bot.people import Role
from bot.ports import FormState
from bot.registry import Field, Registry, command, form
from bot.speaking import ScoreLine
from bot.values import Typed
from storage.people import membership
from tests.conversation import feature
from tests.databases import Databases
from tests.scores import folded
from tests.windows import Desk, account, desk

SENT = {"name": "Nadia", "profession": "infirmière", "organisation": "CLSC", "hopes": ""}
WORDS = "ce que j'avais à dire"


@command("ask", "demander-ça")
async def asking(call: Call) -> Reply:
    """Asks for a word, then shows what would be said."""
    return AskForm("letter")


async def letter_fields(call: Call, state: Any) -> tuple[Field, ...]:
    """The words, and a look at them."""
    shown = {"question": Typed(state.values.get("words", ""))}
    return (
        Field("words", key="help-home", longest=40),
        Field("go", "choice", options=(("go", "button-yes"),), key="form-join-name", values=shown),
    )


@form("letter", fields=letter_fields, title="help-home", who=Role.MEMBER)
async def letter(call: Call, values: dict[str, str]) -> Reply:
    """Keeps the words, except some."""
    if "refuse" in values["words"]:
        raise Complaint("forms-required")
    await call.tx.notebook.write("test:letter", values)
    return Say("help-home")


@command("vote", "voter")
async def voting(call: Call) -> Reply:
    """Asks one question that has options."""
    return AskForm("ballot")


async def ballot_fields(call: Call, state: Any) -> tuple[Field, ...]:
    """Yes or no."""
    return (Field("vote", "yesno", key="help-home"),)


@form("ballot", fields=ballot_fields, title="help-home")
async def ballot(call: Call, values: dict[str, str]) -> Reply:
    """Says nothing more."""
    return None


@command("tell", "dire", who=Role.MEMBER)
async def telling(call: Call) -> Reply:
    """Asks for two words."""
    return AskForm("pair")


async def pair_fields(call: Call, state: Any) -> tuple[Field, ...]:
    """Two lines; the second may be left out."""
    return (
        Field("one", key="help-home"),
        Field("two", required=False, key="form-join-profession"),
    )


@form("pair", fields=pair_fields, title="help-home", who=Role.MEMBER)
async def pair(call: Call, values: dict[str, str]) -> Reply:
    """Keeps them, except some."""
    if "refuse" in values["one"]:
        raise Complaint("forms-required")
    if "stumble" in values["one"]:
        raise RuntimeError(values["one"])
    await call.tx.notebook.write("test:pair", {**values, "in": call.here.slug})
    return Say("help-home")


@command("once", "une-fois", who=Role.MEMBER)
async def only_once(call: Call) -> Reply:
    """Asks what is asked once."""
    return AskForm("single")


@form("single", fields=pair_fields, title="help-home", who=Role.MEMBER, once=True)
async def single(call: Call, values: dict[str, str]) -> Reply:
    """Refuses whatever it is."""
    raise Complaint("forms-empty")


FRAME = feature(
    "windows", asking, letter, voting, ballot, telling, pair, only_once, single,
    letter_fields, ballot_fields, pair_fields,
)  # fmt: skip


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def talk(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path
) -> AsyncIterator[Desk]:
    """The ready-made community where there are windows, and the features above."""
    async with (
        databases.opened(request.param, tmp_path) as database,
        desk(tmp_path, url=database.url) as found,
    ):
        found.house.dispatch.registry = Registry.of([*commands.load(), FRAME])
        yield found


async def noted(talk: Desk, key: str) -> Any:
    async with talk.house.database.reading() as tx:
        return await tx.notebook.read(f"test:{key}")


async def states(talk: Desk, name: str) -> dict[str, list[FormState]]:
    """The forms of somebody, by what became of them."""
    place = account(name).dm
    async with talk.house.database.reading() as tx:
        active = await tx.forms.active(place)
        return {
            "active": [active] if active else [],
            "waiting": await tx.forms.waiting(place),
            "modal": await tx.forms.windows(place),
            "away": await tx.forms.away(place),
        }


async def test_somebody_joins_through_a_window(talk: Desk) -> None:
    await talk.types("nadia", "rejoindre", slash=True)
    assert talk.said("nadia") == []
    assert talk.window["title"] == "Demander à entrer"
    assert "Visible par" in talk.window["intro"]
    outcome = await talk.sends("nadia", {**SENT, "supervises": "yes"})
    assert isinstance(outcome, Done)
    assert "votre demande est arrivée" in talk.text("nadia")
    (card,) = (line for line in outcome.score if line.kind == "card")
    posted = talk.adapter.messages[str(len(talk.adapter.done))]
    assert "Encadre des personnes" in posted.text
    assert card.values["name"] == "Nadia"
    assert not any((await states(talk, "nadia")).values())


async def test_every_fault_stands_beside_its_field_and_what_was_typed_is_kept(talk: Desk) -> None:
    await talk.types("nadia", "rejoindre", slash=True)
    sent = {"name": "???", "profession": "p" * 201, "supervises": "yes", "*knocked": "1"}
    outcome = await talk.sends("nadia", sent, event="same")
    assert isinstance(outcome, Mend)
    assert list(outcome.faults) == ["name", "profession", "organisation"]
    assert "201" in outcome.faults["profession"]
    assert not any("\n" in fault or "*" in fault for fault in outcome.faults.values())
    assert talk.said("nadia") == []
    (state,) = (await states(talk, "nadia"))["modal"]
    assert (state.values["name"], state.values["supervises"]) == ("???", "yes")
    assert "*knocked" not in state.values
    await talk.types("nadia", "rejoindre", slash=True)
    profession = talk.window["fields"][1]
    assert (profession["value"], profession["longest"]) == ("p" * 201, 201)
    # Slack sends what was mended under the same id.
    assert isinstance(await talk.sends("nadia", SENT, event="same"), Done)
    assert isinstance(await talk.sends("nadia", SENT, event="same"), Already)
    assert talk.everything("nadia").count("votre demande est arrivée") == 1


async def test_a_draft_holds_what_may_be_chosen_and_nothing_else(talk: Desk) -> None:
    await talk.types("nadia", "rejoindre", slash=True)
    sent = {"name": "", "hopes": "des\x00 mots", "supervises": "no", "role": "coordinator"}
    assert isinstance(await talk.sends("nadia", sent), Mend)
    (state,) = (await states(talk, "nadia"))["modal"]
    assert (state.values["hopes"], state.values["supervises"]) == ("des mots", "")
    assert "role" not in state.values


async def test_a_button_of_another_form_does_not_end_what_is_asked_once(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True, stale=True)
    await talk.presses("marie", "Ouvrir le formulaire")
    await talk.sends("marie", {"one": "un"})
    await talk.types("marie", "une-fois")
    await talk.presses("marie", "Ouvrir le formulaire")
    assert "Ce bouton n'agit plus" in talk.text("marie")
    (state,) = (await states(talk, "marie"))["active"]
    assert state.form == "single"


async def test_a_window_that_came_too_late_leaves_a_button_that_opens_it(talk: Desk) -> None:
    await talk.types("nadia", "rejoindre", slash=True, stale=True)
    assert "la fenêtre n'a pas eu le temps de s'ouvrir" in talk.text("nadia")
    assert talk.adapter.windows == []
    await talk.presses("nadia", "Ouvrir le formulaire")
    assert talk.window["title"] == "Demander à entrer"
    await talk.closes("nadia")
    await talk.presses("nadia", "Ouvrir le formulaire")
    assert len(talk.adapter.windows) == 2
    assert isinstance(await talk.sends("nadia", SENT), Done)
    assert "votre demande est arrivée" in talk.text("nadia")


async def test_the_button_of_a_form_that_was_sent_says_that_it_no_longer_acts(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True, stale=True)
    await talk.presses("marie", "Ouvrir le formulaire")
    await talk.sends("marie", {"one": "un"})
    assert await noted(talk, "pair") == {"one": "un", "two": "", "in": "demo"}
    await talk.presses("marie", "Ouvrir le formulaire")
    assert "Ce bouton n'agit plus" in talk.text("marie")
    assert len(talk.adapter.windows) == 1


async def test_a_closed_window_keeps_its_draft_for_the_next_time(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True)
    await talk.sends("marie", {"one": "", "two": WORDS})
    await talk.closes("marie")
    found = await states(talk, "marie")
    assert [len(each) for each in found.values()] == [0, 0, 0, 1]
    await talk.types("marie", "dire", slash=True)
    assert talk.shown() == {"one": "", "two": WORDS}
    assert [len(each) for each in (await states(talk, "marie")).values()] == [0, 0, 1, 0]


async def test_a_window_opened_again_untouched_shows_what_is_true_now(talk: Desk) -> None:
    await talk.types("marie", "profil", slash=True)
    before = talk.shown()
    await talk.closes("marie")
    async with talk.house.database.begin() as tx:
        actor = await tx.people.actor(account("marie"), "")
        row = await membership(tx.session, actor.person_id or 0, 1)
        assert row is not None
        row.profession = "sage-femme"
    await talk.types("marie", "profil", slash=True)
    assert talk.shown() == {**before, "profession": "sage-femme"}


async def test_a_form_asked_for_twice_is_one_form(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True)
    await talk.types("marie", "dire", slash=True)
    first, second = talk.adapter.windows
    assert first["id"] == second["id"]
    await talk.sends("marie", {"one": "un"}, form=first["id"])
    assert await noted(talk, "pair")


async def test_what_is_typed_meanwhile_is_no_answer_to_a_window(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True)
    await talk.types("marie", "bonjour")
    assert "Par quelle porte" in talk.text("marie")
    (state,) = (await states(talk, "marie"))["modal"]
    assert state.values == {}
    await talk.types("marie", "dire")
    (taken_up,) = (await states(talk, "marie"))["active"]
    assert taken_up.id == state.id
    assert "On reprend" not in talk.everything("marie")
    assert isinstance(await talk.sends("marie", {"one": "un", "two": "deux"}), Done)
    assert await noted(talk, "pair") == {"one": "un", "two": "deux", "in": "demo"}


async def test_questions_in_private_offer_the_window_with_what_was_answered(talk: Desk) -> None:
    await talk.types("marie", "dire")
    await talk.types("marie", "un")
    await talk.presses("marie", "Tout remplir en une fois")
    assert talk.shown() == {"one": "un", "two": ""}
    await talk.closes("marie")
    (state,) = (await states(talk, "marie"))["active"]
    assert state.step == 1
    await talk.types("marie", "deux")
    assert await noted(talk, "pair") == {"one": "un", "two": "deux", "in": "demo"}


async def test_a_question_answered_in_a_window_gives_the_next_form_its_turn(talk: Desk) -> None:
    await talk.types("marie", "dire")
    await talk.types("marie", "demander-ça", place="general")
    assert "attend son tour" in talk.text("marie")
    await talk.presses("marie", "Tout remplir en une fois")
    assert isinstance(await talk.sends("marie", {"one": "un"}), Done)
    assert "Au tour de" in talk.everything("marie")
    (state,) = (await states(talk, "marie"))["active"]
    assert state.form == "letter"


async def test_a_window_sent_beside_a_question_leaves_that_question_open(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True)
    await talk.types("marie", "voter")
    await talk.types("marie", "demander-ça", place="general")
    assert isinstance(await talk.sends("marie", {"one": "un"}), Done)
    found = await states(talk, "marie")
    assert [state.form for state in found["active"]] == ["ballot"]
    assert [state.form for state in found["waiting"]] == ["letter"]


async def test_one_question_with_options_is_asked_with_buttons(talk: Desk) -> None:
    await talk.types("marie", "voter", slash=True)
    assert talk.adapter.windows == []
    assert [button["label"] for button in talk.said("marie")[-1].buttons] == [
        "Oui",
        "Non",
        "Annuler",
    ]


async def test_what_comes_of_the_answers_is_shown_before_it_is_done(talk: Desk) -> None:
    await talk.types("marie", "demander-ça", slash=True)
    assert list(talk.shown()) == ["words"]
    outcome = await talk.sends("marie", {"words": WORDS})
    assert isinstance(outcome, Done)
    assert await noted(talk, "letter") is None
    await talk.presses("marie", "Oui")
    assert await noted(talk, "letter") == {"words": WORDS, "go": "go"}
    await talk.types("marie", "demander-ça", slash=True)
    await talk.sends("marie", {"words": WORDS})
    await talk.types("marie", "annuler")
    assert f"> {WORDS}" in talk.text("marie")


async def test_what_a_window_must_mend_changes_nothing_under_a_question_that_stands(
    talk: Desk,
) -> None:
    await talk.types("marie", "demander-ça", slash=True)
    await talk.sends("marie", {"words": WORDS})
    assert isinstance(await talk.sends("marie", {"words": "x" * 41}), Mend)
    await talk.presses("marie", "Oui")
    assert (await noted(talk, "letter"))["words"] == WORDS


async def test_what_a_window_must_mend_is_asked_again_where_the_form_is_taken_up(
    talk: Desk,
) -> None:
    await talk.types("marie", "demander-ça")
    await talk.types("marie", WORDS)
    await talk.house.pass_time(talk.clock.now() + timedelta(days=8), talk.house.settle)
    await talk.types("marie", "demander-ça", slash=True)
    assert isinstance(await talk.sends("marie", {"words": "x" * 41}), Mend)
    await talk.types("marie", "demander-ça")
    await talk.presses("marie", "Garder cette réponse")
    assert "41" in talk.text("marie")
    await talk.types("marie", WORDS)
    await talk.presses("marie", "Oui")
    assert (await noted(talk, "letter"))["words"] == WORDS


async def test_what_the_feature_refuses_is_mended_in_the_window(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True)
    outcome = await talk.sends("marie", {"one": "refuse"}, event="same")
    assert isinstance(outcome, Mend)
    assert list(outcome.faults) == [""]
    assert talk.said("marie") == []
    assert isinstance(await talk.sends("marie", {"one": "accepte"}, event="same"), Done)
    assert (await noted(talk, "pair"))["one"] == "accepte"


async def test_what_is_asked_once_ends_with_its_refusal(talk: Desk) -> None:
    await talk.types("marie", "une-fois", slash=True)
    assert isinstance(await talk.sends("marie", {"one": "", "two": ""}), Mend)
    assert isinstance(await talk.sends("marie", {"one": "un"}), Done)
    assert "rien reçu de lisible" in talk.text("marie")
    assert not any((await states(talk, "marie")).values())


async def test_a_failure_leaves_the_window_and_the_words(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True)
    outcome = await talk.sends("marie", {"one": "stumble", "two": WORDS})
    assert isinstance(outcome, Mend)
    assert "Rien n'est perdu" in outcome.faults[""].replace("’", "'")
    (state,) = (await states(talk, "marie"))["modal"]
    assert state.values["two"] == WORDS
    assert talk.said("marie") == []


async def test_who_sends_too_fast_loses_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path, per_person="2/min") as talk:
        await talk.types("nadia", "rejoindre", slash=True)
        await talk.sends("nadia", {})
        for _ in range(2):
            outcome = await talk.sends("nadia", SENT, event="same")
            assert isinstance(outcome, Mend)
            assert "plus vite que moi" in outcome.faults[""]
        talk.clock.set(talk.clock.now() + timedelta(minutes=2))
        assert isinstance(await talk.sends("nadia", SENT, event="same"), Done)


async def test_who_floods_with_windows_that_are_gone_is_answered_once_a_minute(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, per_person="2/min") as talk:
        for _ in range(6):
            await talk.sends("marie", {"one": WORDS}, form=99)
        assert talk.everything("marie").count("n'attend plus de réponse") == 2
        assert talk.everything("marie").count("plus vite que moi") == 1
        assert len(talk.said("marie")) == 3


async def test_a_form_sent_twice_counts_once_and_gives_the_words_back(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True)
    await talk.sends("marie", {"one": "un"})
    await talk.sends("marie", {"one": WORDS, "two": "mot"})
    assert (await noted(talk, "pair"))["one"] == "un"
    assert "n'attend plus de réponse" in talk.text("marie")
    assert f"> {WORDS}" in talk.text("marie")
    assert "mot" not in talk.text("marie").split()


async def test_a_window_of_a_form_that_is_gone_fills_in_no_other(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True)
    old = int(talk.window["id"])
    await talk.sends("marie", {"one": "un"})
    await talk.types("marie", "dire", slash=True)
    await talk.sends("marie", {"one": WORDS}, form=old)
    assert (await noted(talk, "pair"))["one"] == "un"
    assert "n'attend plus de réponse" in talk.text("marie")
    assert len((await states(talk, "marie"))["modal"]) == 1


async def test_what_a_visitor_sent_too_late_is_not_repeated(talk: Desk) -> None:
    await talk.types("nadia", "rejoindre", slash=True)
    await talk.sends("nadia", SENT)
    await talk.sends("nadia", {**SENT, "hopes": WORDS})
    assert "n'attend plus de réponse" in talk.text("nadia")
    assert WORDS not in talk.everything("nadia")


async def test_sent_from_two_devices_at_once_it_counts_once(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True)
    by, number = account("marie"), int(talk.window["id"])
    events = [
        FormFilled(
            id=f"at-once:{each}", at=talk.clock.now(), place=by.dm, by=by, form=number,
            values={"one": f"deux mots {each}"},
        )
        for each in range(4)
    ]  # fmt: skip
    await asyncio.gather(*map(talk.house.hear, events))
    await talk.house.settle()
    assert talk.everything("marie").count("n'attend plus de réponse") == 3


async def test_somebody_elses_window_is_not_there(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True)
    number = int(talk.window["id"])
    await talk.types("ibrahim", "dire", slash=True)
    await talk.sends("ibrahim", {"one": WORDS}, form=number)
    assert await noted(talk, "pair") is None
    assert "n'attend plus de réponse" in talk.text("ibrahim")
    await talk.sends("ibrahim", {"one": "le mien"})
    await talk.sends("marie", {"one": "le sien"}, form=number)
    assert (await noted(talk, "pair"))["one"] == "le sien"


async def test_who_may_no_more_is_told_in_private_with_their_words(talk: Desk) -> None:
    await talk.types("antoine", "amorce ajouter", slash=True)
    async with talk.house.database.begin() as tx:
        actor = await tx.people.actor(account("antoine"), "")
        row = await membership(tx.session, actor.person_id or 0, 1)
        assert row is not None
        row.role = "member"
    assert isinstance(await talk.sends("antoine", {"text": WORDS, "effort": "1"}), Done)
    assert "revient à l'équipe d'animation" in talk.text("antoine")
    assert f"> {WORDS}" in talk.text("antoine")
    (state,) = (await states(talk, "antoine"))["away"]
    assert state.values["text"] == WORDS


async def test_somebody_of_two_communities_fills_in_the_one_that_asked(tmp_path: Path) -> None:
    nord = Community.model_validate(
        {"slug": "nord", "name": "Réseau du Nord", "timezone": "America/Toronto", "state": "open"}
    )
    spaces = (Space.model_construct(platform="slack", id="nord", use="discussion"),)
    claire = (AccountRef("slack", "claire"),)
    update = {"spaces": spaces, "coordinators": claire}
    async with desk(tmp_path, more=(nord.model_copy(update=update),)) as talk:
        talk.house.dispatch.registry = Registry.of([*commands.load(), FRAME])
        await talk.types("claire", "dire", slash=True, place="nord")
        await talk.types("claire", "dire", slash=True, place="general")
        first, second = (int(each["id"]) for each in talk.adapter.windows)
        assert first != second
        await talk.sends("claire", {"one": "un"}, form=first)
        assert (await noted(talk, "pair"))["in"] == "nord"
        await talk.sends("claire", {"one": "un"}, form=second)
        assert (await noted(talk, "pair"))["in"] == "demo"


async def test_in_english_everything_about_a_window_is_english(tmp_path: Path) -> None:
    async with desk(tmp_path, lang="en") as talk:
        await talk.types("nadia", "join", slash=True, stale=True)
        assert "the window had no time to open" in talk.text("nadia")
        await talk.presses("nadia", "Open the form")
        assert (talk.window["title"], talk.window["send"]) == ("Ask to come in", "Send")
        outcome = await talk.sends("nadia", {})
        assert isinstance(outcome, Mend)
        assert outcome.faults["profession"] == "An answer is missing here."


async def test_a_window_nobody_sends_is_put_away_after_seven_days(talk: Desk) -> None:
    await talk.types("marie", "dire", slash=True)
    await talk.sends("marie", {"one": "", "two": WORDS})
    await talk.house.pass_time(talk.clock.now() + timedelta(days=8), talk.house.settle)
    (state,) = (await states(talk, "marie"))["away"]
    assert state.values["two"] == WORDS


async def test_where_there_are_no_windows_nothing_speaks_of_them(tmp_path: Path) -> None:
    async with desk(tmp_path, modals=False) as talk:
        await talk.types("nadia", "rejoindre", slash=True)
        assert talk.adapter.windows == []
        labels = [button["label"] for button in talk.said("nadia")[-1].buttons]
        assert "Tout remplir en une fois" not in labels
        assert "Quel nom" in talk.text("nadia")


async def test_said_in_a_space_it_is_asked_in_private(talk: Desk) -> None:
    await talk.types("marie", "dire", place="general")
    assert talk.adapter.windows == []
    labels = [each["label"] for message in talk.said("marie") for each in message.buttons]
    assert "Tout remplir en une fois" in labels


async def test_a_window_outlives_a_restart(tmp_path: Path) -> None:
    async with desk(tmp_path) as before:
        await before.types("nadia", "rejoindre", slash=True)
        await before.sends("nadia", {"name": "Nadia", "hopes": WORDS})
    async with desk(tmp_path, adapter=before.adapter) as talk:
        await talk.types("nadia", "rejoindre", slash=True)
        assert talk.shown()["hopes"] == WORDS
        assert isinstance(await talk.sends("nadia", SENT), Done)
        assert "votre demande est arrivée" in talk.text("nadia")


@pytest.mark.parametrize("values", [SENT, {**SENT, "hopes": WORDS}])
async def test_in_a_window_or_in_private_the_score_is_the_same(
    talk: Desk, values: dict[str, str]
) -> None:
    score: dict[str, list[ScoreLine]] = {"nadia": [], "omar": []}
    await talk.types("nadia", "rejoindre", slash=True)
    await talk.sends("nadia", {**values, "name": "Zoé", "criteria": "oui, oui"})
    await talk.types("omar", "rejoindre")
    for answer in ("Zoé", "infirmière", "CLSC", "oui, oui", values["hopes"] or "passer"):
        await talk.types("omar", answer)
    names = ["nadia"] * 2 + ["omar"] * 6
    for name, outcome in zip(names, talk.outcomes, strict=True):
        assert isinstance(outcome, Done)
        score[name] += outcome.score
    assert folded(score["nadia"]) == folded(score["omar"])
    assert folded(score["nadia"])[0][2][0] == "form-join-name"
