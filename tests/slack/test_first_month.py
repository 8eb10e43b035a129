"""On Slack, with what Slack has: commands, mentions, buttons and windows, from the door to the end.

Nothing is looked at but what people see; the workspace refuses what Slack would refuse.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversation import plain
from tests.slack.community import Community, community
from tests.slack.screen import Screen
from tests.slack.server.people import NOT_A_COMMAND

pytestmark = pytest.mark.usefixtures("unthreaded")
ANSWERS = {"profession": "infirmière", "organisation": "CLSC du Lac"}


def refused(made: Community) -> list[tuple[str, str]]:
    """What the workspace refused of what the bot sent."""
    answers = [(each.method, each.answer or {}) for each in made.workspace.called]
    return [(method, str(answer)) for method, answer in answers if not answer.get("ok")]


async def test_a_month_with_commands_buttons_and_windows(tmp_path: Path) -> None:
    async with community(tmp_path) as made:
        nadia, antoine, claire = (Screen(made, name) for name in ("nadia", "antoine", "claire"))
        await _is_let_in(nadia, claire)
        await _reads_and_agrees(nadia)
        await _answers_a_prompt(nadia, antoine)
        await _ends_it(antoine)
        await _reports_a_problem(nadia, antoine)
        await _pauses_and_leaves(nadia)
        await claire.slash("registre")
        assert "a publié une amorce" in claire.texts()[-1]
        assert refused(made) == []


async def _is_let_in(nadia: Screen, claire: Screen) -> None:
    await nadia.slash("")
    await nadia.presses("Demander à entrer")
    assert nadia.window.title == "Demander à entrer"
    await nadia.sends(name="Nadia Bélanger", supervises=["yes"], **ANSWERS)
    nadia.sees("votre demande est arrivée")
    card = claire.sees("Demande d'entrée", where="animateurs")
    assert "Encadre des personnes" in card.read
    assert card.calls_for == [nadia.person.id], "her account is shown as Slack shows people"
    await claire.presses("Accepter", where="animateurs")
    claire.sees("Demande acceptée", where="animateurs")
    await nadia.made.pass_until("2026-03-02T09:10")
    nadia.sees("c'est fait : vous êtes des nôtres")
    inside = nadia.made.workspace.channel("general").members
    assert nadia.person.id in inside, "she is in the channel"


async def _reads_and_agrees(nadia: Screen) -> None:
    await nadia.presses("Qui voit quoi?")
    nadia.sees("qui fournit Slack")
    await nadia.presses("Lire la charte")
    # One page is too long for one message of Slack: the buttons stand under the last.
    await nadia.presses("J'ai lu et j'accepte")
    nadia.sees("C'est noté : version 1")


async def _answers_a_prompt(nadia: Screen, antoine: Screen) -> None:
    await nadia.made.pass_until("2026-03-03T10:00")
    await antoine.slash("amorce publier P38", where="animateurs")
    antoine.sees("P38 vient de partir dans general")
    antoine.sees("Je vous réponds dans nos messages privés", where="animateurs")
    prompt = nadia.sees("Question du moment", where="general")
    await nadia.presses("Transport", where="general")
    await nadia.presses("Horaire", where="general")
    counted = nadia.sees("Horaire : 1", where="general")
    assert "Transport : 0" in plain(counted.read)
    assert counted.ts == prompt.ts, "the prompt itself is rewritten"
    before = len(nadia.texts())
    await nadia.types("Les formulaires en double", where="general", under=prompt)
    assert len(nadia.texts()) == before, "in a thread the bot has nothing to say"
    await nadia.presses("Répondre en privé", where="general")
    await nadia.sends(text="Le transport du soir, surtout l'hiver.")
    nadia.sees("Voici ce que les membres liront")
    await nadia.presses("Publier")
    published = nadia.sees("Nadia Bélanger répond", where="general")
    assert published.thread_ts == prompt.ts


async def _ends_it(antoine: Screen) -> None:
    await antoine.made.pass_until("2026-03-10T10:00")
    await antoine.slash("amorce fermer")
    await antoine.sends(agreed="Le transport du soir manque.", open=None, link=None)
    antoine.sees("Voici la synthèse")
    await antoine.presses("Publier")
    antoine.sees("Le transport du soir manque.", where="general")


async def _reports_a_problem(nadia: Screen, antoine: Screen) -> None:
    await nadia.slash("problème", where="general")
    await nadia.sends(kind="access", words="Le guide est refusé.")
    nadia.sees("C'est transmis, merci")
    await antoine.presses("C'est réglé")
    nadia.sees("Bonne nouvelle")


async def _pauses_and_leaves(nadia: Screen) -> None:
    """Typed in a channel, what is personal is for her eyes alone."""
    general = len(nadia.person.sees("general"))
    await nadia.slash("moi", where="general")
    assert nadia.person.ephemerals("general")[-1].buttons
    await nadia.slash("pause jusqu'au 20 mars", where="general")
    nadia.sees("jusqu'au vendredi 20 mars")
    await nadia.slash("quitter")
    await nadia.presses("Oui, quitter")
    nadia.sees("vous avez quitté Demo")
    await nadia.presses("Effacer maintenant")
    nadia.sees("Il ne reste rien de vous chez moi")
    assert len(nadia.person.sees("general")) <= general, "nobody read about it"
    await nadia.made.pass_until("2026-03-10T11:00")
    texts = nadia.made.workspace.channel("animateurs").messages.values()
    assert not any("Nadia" in message.read for message in texts)


@pytest.mark.parametrize("somebody", [{"team": "T0OTHER"}, {"guest": True}], ids=["other", "guest"])
async def test_without_a_slash_everything_is_done_all_the_same(
    tmp_path: Path, somebody: dict[str, object]
) -> None:
    async with community(tmp_path) as made:
        omar, claire = Screen(made, "omar"), Screen(made, "claire")
        made.person("omar", **somebody)
        await made.done(omar.person.join("general", claire.person.id))
        assert (await omar.slash("rejoindre", where="general")).why == NOT_A_COMMAND
        await omar.mentions("rejoindre", "general")
        omar.sees("Je vous réponds dans nos messages privés", where="general")
        await omar.types("Omar Haddad")
        await omar.presses("Tout remplir en une fois")
        assert omar.window.typed["name"]["name"]["value"] == "Omar Haddad"
        await omar.sends(**ANSWERS)
        await claire.presses("Accepter", where="animateurs")
        await made.pass_until("2026-03-02T09:10")
        omar.sees("vous êtes des nôtres")
        await _does_everything(omar, Screen(made, "antoine"))
        assert refused(made) == []


async def _does_everything(omar: Screen, antoine: Screen) -> None:
    await antoine.slash("amorce publier P38")
    prompt = omar.sees("Question du moment", where="general")
    await omar.presses("Papier", where="general")
    omar.sees("Papier : 1", where="general")
    await omar.mentions("aide", "general", under=prompt)
    helped = omar.person.ephemerals("general")[-1]
    assert helped.thread_ts == prompt.ts, "answered where it was asked, before their eyes alone"
    await omar.presses("Tout voir", where="general")
    omar.sees("pause", where="general")
    await omar.types("@copain problème", where="general", under=prompt)
    await omar.presses("Autre chose")
    await omar.presses("Tout remplir en une fois")
    await omar.sends(words="La salle est trop petite.")
    omar.sees("C'est transmis, merci")
    await omar.types("pause jusqu'au 20 mars")
    omar.sees("jusqu'au vendredi 20 mars")
    assert "Vous êtes dans Demo" in (await omar.made.page("omar"))


async def test_in_english_a_member_reads_english_and_the_channel_its_own_language(
    tmp_path: Path,
) -> None:
    async with community(tmp_path) as made:
        lea, antoine = Screen(made, "lea"), Screen(made, "antoine")
        await antoine.slash("amorce publier P38")
        await lea.presses("Transport", where="general")
        lea.sees("Noted, thank you")
        lea.sees("Question du moment", where="general")
        await lea.slash("problem", where="general")
        assert lea.window.title == "Report a problem"
        assert lea.window.body["submit"]["text"] == "Send"
        await lea.sends(kind="link", words="The guide is refused.")
        antoine.sees("Problème signalé par Léa")
        assert "My settings" in (await made.page("lea"))


async def test_the_page_leads_everywhere(tmp_path: Path) -> None:
    async with community(tmp_path) as made:
        antoine, marie = Screen(made, "antoine"), Screen(made, "marie")
        await antoine.slash("amorce publier P38")
        assert "Quel petit obstacle" in await made.page("marie")
        await _presses_on_page(marie, "Transport")
        marie.sees("C'est noté, merci")
        assert "Transport : 1" in plain(marie.sees("Question du moment", where="general").read)
        await _presses_on_page(marie, "Signaler un problème")
        await marie.sends(kind="access", words="Le guide est refusé.")
        assert "Ce qui attend · une chose" in await made.page("antoine")
        await _presses_on_page(antoine, "Voir le problème")
        await antoine.presses("C'est réglé")
        marie.sees("Bonne nouvelle")
        await _presses_on_page(marie, "English")
        assert "My settings" in await made.page("marie")
        assert refused(made) == []


async def _presses_on_page(who: Screen, label: str) -> None:
    await who.made.page(who.name)
    page = who.person.home
    assert page is not None
    assert (await who.made.done(who.person.press(page, label))).acked
