"""Somebody's own page: what stands on it, for whom, in which language, and what a press does."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as database_event
from sqlalchemy import select

from bot.app import ready_made
from bot.config import Community
from bot.dispatch import Already, Done, Outcome
from bot.events import Account, HomeOpened, Pressed
from bot.home import LONGEST, MOST_PARTS, Pages
from bot.messages import Button, Say
from bot.people import Role
from bot.registry import button, section
from storage.database import Database
from storage.tables import metadata
from tests.conversation import Conversation, conversation, feature, plain

numbers = itertools.count(1)


def account(name: str) -> Account:
    """Somebody of the demo."""
    return Account("terminal", "", name)


@dataclass
class Page:
    """What one person sees, and what they press."""

    talk: Conversation
    who: str
    parts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that stands there, no-break spaces made plain."""
        return plain("\n".join(part["text"] for part in self.parts))

    @property
    def labels(self) -> list[str]:
        """Its buttons, in order."""
        return [plain(each["label"]) for part in self.parts for each in part["buttons"]]

    async def again(self) -> None:
        """Looks at it anew."""
        house = self.talk.house
        pages = Pages(house.dispatch.looking, house.clock)
        self.parts = [dict(each) for each in await pages(account(self.who), self.who.title())]

    async def press(self, label: str) -> Outcome:
        """Presses the button of that label as the page was last seen."""
        every = [each for part in self.parts for each in part["buttons"]]
        given = next(each["action"] for each in every if plain(each["label"]) == label)
        return await self.press_action(given)

    async def press_action(self, given: str) -> Outcome:
        """The same, by what the platform was given."""
        by = account(self.who)
        outcome = await self.talk.house.hear(
            Pressed(
                id=f"press:{next(numbers)}",
                at=self.talk.house.clock.now(),
                place=by.dm,
                by=by,
                message="",
                action=given,
                home=True,
            )
        )
        await self.talk.house.settle()
        await self.talk.play("@skip 1m")
        return outcome


async def seen(talk: Conversation, who: str) -> Page:
    """The page of somebody, now."""
    page = Page(talk, who)
    await page.again()
    return page


def said(outcome: Outcome) -> list[str]:
    """The keys of what was said."""
    assert isinstance(outcome, Done)
    return [line.key for line in outcome.score]


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    """The ready-made community."""
    async with conversation(tmp_path) as found:
        yield found


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Conversation]:
    """Claire coordinates a second community."""
    async with conversation(tmp_path, world=_two()) as found:
        yield found


def _two(state: str = "open") -> Any:
    world = ready_made()
    nord = Community.model_validate(
        {
            "slug": "nord",
            "name": "Réseau du Nord",
            "purpose": "Soigner loin",
            "coordinators": ["terminal:claire"],
            "spaces": [{"platform": "terminal", "id": "nord", "use": "discussion"}],
            "state": state,
        }
    )
    return replace(world, communities=(*world.communities, nord))


async def test_a_member_sees_where_they_are_the_doors_and_their_settings(
    talk: Conversation,
) -> None:
    page = await seen(talk, "marie")
    assert plain(page.parts[0]["text"]) == (
        "Bonjour Marie. Vous êtes dans **Demo**.\nVotre rôle : membre."
    )
    doors = [plain(part["text"]).split("**")[1] for part in page.parts[1:4]]
    assert doors == ["Que dois-je savoir?", "Que puis-je faire?", "Qui peut m'aider?"]
    assert "Question du moment" in page.labels
    assert "Signaler un problème" in page.labels
    assert "**Langue** : Français" in page.text
    assert "**Pause** : aucune" in page.text
    assert page.labels[-4:] == ["Faire une pause", "Genres de messages", "English", "Moi"]
    assert "Ce qui attend" not in page.text
    assert "Mes communautés" not in page.text


async def test_an_english_reader_reads_english(talk: Conversation) -> None:
    page = await seen(talk, "lea")
    assert page.text.startswith("Hello Léa. You are in **Demo**.")
    assert "What should I know?" in page.text
    assert "**My settings**" in page.text
    assert "Français" in page.labels
    assert "Vous" not in page.text


async def test_a_button_of_a_door_acts_at_once_and_answers_in_private(talk: Conversation) -> None:
    page = await seen(talk, "marie")
    assert said(await page.press("Fiches")) == ["cards-titles"]
    assert talk.last("dm:marie")["buttons"]


async def test_a_form_begins_from_the_page(talk: Conversation) -> None:
    page = await seen(talk, "marie")
    await page.press("Signaler un problème")
    assert talk.last("dm:marie")["form"]["name"] == "problem"


async def test_an_open_prompt_is_answered_from_the_page(talk: Conversation) -> None:
    assert "P07" not in (await seen(talk, "marie")).text
    await talk.play("antoine @dm: amorce publier P07")
    page = await seen(talk, "marie")
    part = next(x for x in page.parts if any("prompt.tap" in b["action"] for b in x["buttons"]))
    assert "Question du moment" in plain(part["text"])
    label = plain(part["buttons"][0]["label"])
    assert said(await page.press(label)) == ["prompt-footers-tap-noted"]
    assert "1" in talk.text("general")
    await talk.play("antoine @dm: amorce fermer P07")
    assert said(await page.press(label)) == ["answers-expired-button"]
    await page.again()
    assert label not in page.labels


async def test_a_pause_shows_its_end_and_its_button_ends_it(talk: Conversation) -> None:
    await talk.play("marie @dm: pause jusqu'au 20 mars")
    page = await seen(talk, "marie")
    assert "**Pause** : jusqu'au vendredi 20 mars inclus" in page.text
    assert "Faire une pause" not in page.labels
    assert said(await page.press("Finir ma pause"))[0] == "pause-ended"
    await page.again()
    assert "**Pause** : aucune" in page.text


async def test_the_language_changes_on_the_page_too(talk: Conversation) -> None:
    page = await seen(talk, "marie")
    await page.press("English")
    await page.again()
    assert page.text.startswith("Hello Marie.")


async def test_what_waits_stands_on_an_animators_page_with_its_buttons(talk: Conversation) -> None:
    page = await seen(talk, "antoine")
    assert "**Ce qui attend** · rien. Tout fonctionne." in page.text
    await _asks(talk, "nadia")
    await page.again()
    assert "**Ce qui attend** · une chose" in page.text
    assert "nadia" in page.text.casefold()
    place = page.labels.index("Ce qui attend")
    assert said(await page.press(page.labels[place + 1])) == ["admission-card"]


async def test_more_than_eight_things_are_counted_and_lead_to_the_rest(talk: Conversation) -> None:
    names = ("nadia", "omar", "paul", "rosa", "sami", "tina", "ugo", "vera", "wim", "yara")
    for name in names:
        await _asks(talk, name)
    page = await seen(talk, "claire")
    assert "**Ce qui attend** · 10 choses" in page.text
    assert sum("request.card" in each for each in _actions(page)) == 8
    assert "et 2 autres" in page.text
    assert said(await page.press("Voir les 2 autres"))


async def test_what_was_settled_meanwhile_is_said_and_nothing_is_done(talk: Conversation) -> None:
    await _asks(talk, "nadia")
    page = await seen(talk, "antoine")
    card = next(each for each in _actions(page) if "request.card" in each)
    n = next(x for x in talk.said("animateurs") if "Accepter" in x["buttons"])["n"]
    await talk.play(f"claire [Accepter] {n}")
    assert card not in _actions(await seen(talk, "antoine"))
    assert said(await page.press_action(card)) == ["answers-expired-button-someone-first"]


async def test_a_button_that_stands_on_another_ones_page_is_refused(talk: Conversation) -> None:
    await _asks(talk, "nadia")
    page, other = await seen(talk, "antoine"), await seen(talk, "marie")
    kept = await _kept(talk)
    for given in _actions(page):
        if "waiting_list" in given:
            assert said(await other.press_action(given)) == ["answers-expired-button"]
        if "request.card" in given:
            assert said(await other.press_action(given)) == ["permissions-not-allowed"]
    assert (await _kept(talk))["admission"] == kept["admission"]


@pytest.mark.parametrize(
    "given",
    [
        *("", ":of-1", "me:of-", "me:of-x", "me:of-1:of-1", "nothing:of-1", "todo.rest:8:of-1"),
        *("join:of-77", "who_sees:of-77", "who_sees:of-\u0661", "who_sees:of--1"),
        *(f"who_sees:of-{'9' * digits}" for digits in (9, 20, 5000)),
    ],
)
async def test_what_was_never_a_button_of_a_page_is_refused(talk: Conversation, given: str) -> None:
    page = await seen(talk, "marie")
    assert said(await page.press_action(given)) == ["answers-expired-button"]


async def test_a_role_that_ended_takes_its_buttons_along(talk: Conversation) -> None:
    page = await seen(talk, "antoine")
    await _asks(talk, "nadia")
    await page.again()
    await talk.play("claire @dm: role @antoine membre")
    outcome = await page.press("Ce qui attend")
    assert said(outcome) == ["answers-expired-button"]
    assert "Ce qui attend" not in (await seen(talk, "antoine")).labels


async def test_a_visitor_reads_what_it_is_for_and_how_to_enter(talk: Conversation) -> None:
    page = await seen(talk, "nadia")
    assert "Bonjour! Ici, **Demo**." in page.text
    assert talk.house is not None
    assert page.labels == ["Demander à entrer", "Qui voit quoi?", "Signaler un problème"]
    await page.press("Demander à entrer")
    assert talk.last("dm:nadia")["form"]["name"] == "join"


async def test_looking_keeps_nothing_of_anybody(talk: Conversation) -> None:
    before = await _kept(talk)
    for name in ("nadia", "marie", "antoine", "claire", "lea"):
        assert (await seen(talk, name)).parts
    assert await _kept(talk) == before


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("preparation", "Elle est **en préparation**"),
        ("closed", "Elle est **fermée** : sa mémoire reste lisible"),
    ],
)
async def test_a_community_that_is_not_open_says_so(tmp_path: Path, state: str, told: str) -> None:
    async with conversation(tmp_path, state="preparation") as talk:
        if state == "closed":
            await talk.play("claire @dm: ouvrir\nantoine @dm: amorce publier P07")
            assert "prompt.tap" in str((await seen(talk, "marie")).parts)
            await talk.play("claire @dm: fermer-communaute\nclaire @dm: 1")
        page, outside = await seen(talk, "marie"), await seen(talk, "nadia")
        assert told in page.text
        assert "prompt.tap" not in str(page.parts)
        assert "Demander à entrer" not in outside.labels
        assert ("se prépare" if state == "preparation" else "fermée") in outside.text


async def test_an_english_community_reads_english_whoever_looks(tmp_path: Path) -> None:
    async with conversation(tmp_path, lang="en", world=ready_made("en", "preparation")) as talk:
        outside = await seen(talk, "nadia")
        assert "Hello! This is **Demo**." in outside.text
        assert "It is still being prepared." in outside.text
        assert outside.labels == ["Who sees what?", "Report a problem"]
        await talk.play("claire @dm: open")
        await _asks(talk, "nadia", "join")
        page = await seen(talk, "antoine")
        assert page.text.startswith("Hello Antoine. You are in **Demo**.\nYour role: facilitator")
        assert "**What is waiting** · one thing" in page.text
        assert {"What is waiting", "Find a document"} & set(page.labels) == {"What is waiting"}
        await talk.play("claire @dm: close-community\nclaire @dm: 1")
        outside = await seen(talk, "paul")
        assert "It is closed for now" in outside.text
        assert outside.labels == ["Who sees what?", "Report a problem"]


async def test_whoever_is_of_two_chooses_once_and_may_change_on_the_page(
    two: Conversation,
) -> None:
    page = await seen(two, "claire")
    assert "plusieurs communautés" in page.text
    assert sorted(page.labels) == ["Demo", "Réseau du Nord"]
    outcome = await page.press("Réseau du Nord")
    assert said(outcome) == ["community-chosen"], "the page shows the rest"
    await page.again()
    assert "Vous êtes dans **Réseau du Nord**" in page.parts[0]["text"].replace("\u00a0", " ")
    assert page.labels[-1] == "Demo"
    await page.press("Demo")
    await page.again()
    assert "Vous êtes dans **Demo**" in page.text
    assert page.labels[-1] == "Réseau du Nord"


async def test_a_press_acts_in_the_community_of_which_the_page_spoke(two: Conversation) -> None:
    page = await seen(two, "claire")
    await page.press("Demo")
    await page.again()
    await two.play("claire @dm: communauté Réseau du Nord")
    assert said(await page.press("Écrire à l'animation"))
    state = await _form(two, "claire")
    async with two.house.database.reading() as tx:
        demo = next(x for x in await tx.people.communities() if x.name == "Demo")
    assert state == demo.id


async def test_a_stranger_to_several_communities_is_told_how_to_enter_one(
    two: Conversation,
) -> None:
    page = await seen(two, "nadia")
    assert "Plusieurs communautés vivent ici : Demo et Réseau du Nord" in page.text
    await page.press("Demander à entrer")
    assert two.last("dm:nadia")["buttons"] == ["Demo", "Réseau du Nord"]


async def test_opening_the_page_says_nothing_however_often(talk: Conversation) -> None:
    for number in range(60):
        by = account("marie")
        outcome = await talk.house.hear(
            HomeOpened(
                id=f"opened:{number}", at=talk.house.clock.now(), place=by.dm, by=by, name="Marie"
            )
        )
        assert isinstance(outcome, Done | Already)
        assert outcome == Done()
    assert talk.said("dm:marie") == []


async def test_what_is_not_there_or_not_allowed_has_no_button(talk: Conversation) -> None:
    @button("garden", who=Role.MEMBER)
    async def garden(call: Any) -> Say:
        return Say("home-elsewhere")

    @button("tower", who=Role.COORDINATOR)
    async def tower(call: Any) -> Say:
        return Say("home-elsewhere")

    @section("home", order=90)
    async def many(call: Any) -> list[Say]:
        every = (Button("garden"), Button("tower"), Button("nowhere"))
        label = [replace(each, text=each.action) for each in every]
        return [Say("home-page-hello", {"name": "x", "community": "y"}, buttons=tuple(label))]

    talk.add(feature("many", garden, tower, many))
    assert (await seen(talk, "marie")).labels[-1:] == ["garden"]
    assert (await seen(talk, "claire")).labels[-2:] == ["garden", "tower"]


async def test_a_page_stays_within_what_a_platform_can_show(talk: Conversation) -> None:
    @section("home", order=90)
    async def endless(call: Any) -> list[Say]:
        return [Say("home-page-hello", {"name": "mot " * 2000, "community": "y"})] * 100

    talk.add(feature("endless", endless))
    page = await seen(talk, "marie")
    assert len(page.parts) == MOST_PARTS
    assert max(len(part["text"]) for part in page.parts) <= LONGEST + 1
    assert page.parts[-1]["text"].endswith("mot…")


async def test_a_part_that_fails_is_missing_and_the_rest_stands(talk: Conversation) -> None:
    @section("home", order=15)
    async def broken(call: Any) -> list[Say]:
        raise RuntimeError("broken")

    @section("home", order=16)
    async def unsayable(call: Any) -> list[Say]:
        return [Say("home-page-hello", {"name": object(), "community": "y"})]

    whole = await seen(talk, "marie")
    talk.add(feature("broken", broken, unsayable))
    page = await seen(talk, "marie")
    assert page.parts[:-1] == whole.parts
    assert "Une partie de cette page ne s'affiche pas" in page.parts[-1]["text"].replace("’", "'")
    assert said(await page.press("Fiches")) == ["cards-titles"]


@pytest.mark.parametrize(("name", "most"), [("nadia", 3), ("marie", 9), ("claire", 24)])
async def test_a_page_costs_few_questions_to_the_database(
    talk: Conversation, name: str, most: int
) -> None:
    await talk.play("antoine @dm: amorce publier P07\nantoine @dm: amorce publier P08")
    await seen(talk, name)
    asked: list[str] = []
    engine = talk.house.database.read.sync_engine

    def noted(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        if statement != "BEGIN":
            asked.append(statement)

    database_event.listen(engine, "before_cursor_execute", noted)
    await seen(talk, name)
    database_event.remove(engine, "before_cursor_execute", noted)
    assert len(asked) <= most, "\n\n".join(asked)


def _actions(page: Page) -> list[str]:
    return [each["action"] for part in page.parts for each in part["buttons"]]


async def _asks(talk: Conversation, name: str, join: str = "rejoindre") -> None:
    await talk.play(f"{name} @dm: {join}\n{name} @dm: {name.title()}")
    while (talk.last(f"dm:{name}")["form"] or {}).get("name") == "join":
        await talk.play(f"{name} @dm: infirmière")


async def _form(talk: Conversation, name: str) -> int | None:
    async with talk.house.database.reading() as tx:
        state = await tx.forms.active(account(name).dm)
    return state.community_id if state else None


async def _kept(talk: Conversation) -> dict[str, list[Any]]:
    database: Database = talk.house.database
    async with database.reading() as tx:
        return {
            table.name: [tuple(row) for row in await tx.session.execute(select(table))]
            for table in metadata.sorted_tables
        }
