"""The charter: read, agreed to once per version, and never published with a blank [ON-3]."""

from __future__ import annotations

from sqlalchemy import delete

from storage import charter, people
from storage.charter import AgreementRow, CharterRow
from tests.conversation import Conversation, plain
from tests.newcomers import accept

ASKED = "J’ai lu et j’accepte"
NEW = "Notre charte a changé"
WORDS = "Notre charte tient en une page"


async def _agreement(talk: Conversation, name: str) -> AgreementRow | None:
    async with talk.house.database.begin() as tx:
        for row in await people.members(tx.session, 1):
            if row.name == name:
                return await charter.agreement(tx.session, row.person_id, 1)
    return None


async def _new_version(talk: Conversation, *, publish: str = "charte publier") -> None:
    await talk.play(
        f"claire @dm: charte modifier 3\nclaire @dm: deux heures\nclaire @dm: {publish}"
    )


async def test_the_ready_made_world_has_agreed_to_version_one(talk: Conversation) -> None:
    await talk.play("marie @dm: charte\nlea @dm: charter")
    assert "Version 1, adoptée le lundi 8 septembre 2025" in talk.text("dm:marie")
    assert "Vous avez accepté la version 1" in talk.text("dm:marie")
    assert "Version 1, adopted by members" in talk.text("dm:lea")
    found = await _agreement(talk, "Léa")
    assert found is not None
    assert (found.version, found.language) == (1, "en")


async def test_a_newcomer_is_asked_at_the_first_exchange_and_only_there(
    talk: Conversation,
) -> None:
    await accept(talk, "nadia")
    assert WORDS not in talk.everything("dm:nadia"), "nothing before the first click"
    await talk.play("nadia [Qui peut m'aider?]")
    assert WORDS in talk.text("dm:nadia")
    assert talk.last("dm:nadia")["buttons"] == [
        "Lire la charte",
        ASKED,
        "J’ai une question",
        "Pas maintenant",
    ]
    await talk.play("nadia @dm: aide\nnadia @dm: bonjour")
    assert talk.everything("dm:nadia").count(WORDS) == 1


async def test_agreeing_keeps_version_language_and_time(talk: Conversation) -> None:
    await accept(talk, "nadia", language="en")
    await talk.play("nadia @dm: hello\nnadia [Read the charter]")
    assert talk.text("dm:nadia").startswith("# Participation charter: Demo")
    await talk.play("nadia [I have read and accept]")
    assert "version 1, in English, on Monday 2 March" in talk.text("dm:nadia")
    found = await _agreement(talk, "Nadia")
    assert found is not None
    assert (found.version, found.minor, found.language) == (1, 0, "en")
    assert found.at == talk.house.clock.now()


async def test_agreeing_twice_is_told_kindly_and_noted_once(talk: Conversation) -> None:
    await talk.play("marie @dm: charte accepter")
    assert "Vous avez déjà accepté la version 1" in talk.text("dm:marie")


async def test_a_question_goes_to_the_animators(talk: Conversation) -> None:
    await accept(talk, "nadia")
    await talk.play("nadia @dm: bonjour\nnadia [J'ai une question]")
    await talk.play("nadia @dm: Qui peut *lire* le bilan?")
    assert "Nadia" in talk.text("animateurs")
    assert "Qui peut \\*lire\\* le bilan?" in talk.text("animateurs")
    assert "équipe d'animation" in talk.text("dm:nadia")


async def test_a_form_in_progress_is_not_interrupted(talk: Conversation) -> None:
    await talk.play("marie @dm: charte\nclaire @dm: aide")
    await accept(talk, "nadia")
    await talk.play("nadia @dm: charte\nnadia [J'ai une question]")
    await _new_version(talk)
    await talk.play("nadia @dm: Une question")
    assert NEW not in talk.text("dm:nadia"), "she has read version 1 and never agreed to one"
    assert WORDS in talk.text("dm:nadia")


async def test_a_new_version_is_offered_once_at_the_next_exchange(talk: Conversation) -> None:
    await _new_version(talk)
    assert "La version 2 est publiée" in talk.text("dm:claire")
    assert talk.said("dm:marie") == []
    await talk.play("@skip 2d")
    assert talk.said("dm:marie") == [], "it rides on an exchange, the bot starts nothing"
    await talk.play("marie @dm: bonjour")
    assert NEW in talk.text("dm:marie")
    await talk.play("marie @dm: aide\nmarie @dm: bonjour\nclaire @dm: bonjour")
    assert talk.everything("dm:marie").count(NEW) == 1
    assert NEW not in talk.everything("dm:claire")


async def test_a_press_on_an_older_question_shows_the_newer_version_first(
    talk: Conversation,
) -> None:
    await accept(talk, "nadia")
    await talk.play("nadia @dm: bonjour")
    await _new_version(talk)
    await talk.play(f"nadia [{ASKED}]")
    assert "Version 2" in talk.everything("dm:nadia")
    assert await _agreement(talk, "Nadia") is None
    await talk.play(f"nadia [{ASKED}]")
    found = await _agreement(talk, "Nadia")
    assert found is not None
    assert found.version == 2


async def test_a_correction_asks_nobody(talk: Conversation) -> None:
    await _new_version(talk, publish="charte publier mineure")
    assert "version 1.1" in talk.text("dm:claire")
    await talk.play("marie @dm: bonjour\nlea @dm: hello")
    assert NEW not in talk.everything("dm:marie")
    assert "has changed" not in talk.everything("dm:lea")
    await talk.play("marie @dm: charte")
    assert "deux heures" in talk.text("dm:marie")


async def test_nothing_is_published_when_nothing_changed(talk: Conversation) -> None:
    await talk.play("claire @dm: charte publier")
    assert "Rien n'a changé depuis la version 1" in talk.text("dm:claire")


async def test_a_member_neither_writes_nor_publishes_the_charter(talk: Conversation) -> None:
    for words in ("charte modifier", "charte publier", "charte publier mineure", "charte rappel"):
        await talk.play(f"antoine @dm: {words}")
        assert "revient à la coordination" in talk.text("dm:antoine")
    assert talk.said("general") == []


async def test_day_fourteen_asks_once_more_only_whoever_never_opened_it(
    talk: Conversation,
) -> None:
    await accept(talk, "nadia", "omar")
    await talk.play("nadia @dm: charte\n@skip 40d")
    asked = [x for x in talk.said("dm:omar") if WORDS in plain(x["text"])]
    assert [x["at"][:10] for x in asked] == ["2026-03-16"]
    assert "Je n'en reparlerai pas" in plain(asked[0]["text"])
    assert WORDS not in talk.everything("dm:nadia")


async def test_what_coordinators_type_stays_words(talk: Conversation) -> None:
    await talk.play("claire @dm: charte modifier 3\nclaire @dm: {{blanc}}")
    assert "aucun blanc ne peut être publié" in talk.text("dm:claire")
    await talk.play("claire @dm: [une](https://x.example) **heure** @channel")
    await talk.play("claire @dm: charte publier\nmarie @dm: charte")
    shown = talk.text("dm:marie")
    assert "\\[une\\](https://x.example) \\*\\*heure\\*\\*" in shown
    assert "@channel" not in shown
    assert "{{" not in shown


async def test_a_first_charter_has_no_blank_and_can_be_stopped_and_resumed(
    talk: Conversation,
) -> None:
    async with talk.house.database.begin() as tx:
        await tx.session.execute(delete(AgreementRow))
        await tx.session.execute(delete(CharterRow))
    await talk.play("claire @dm: charte publier")
    assert "charte modifier" in talk.text("dm:claire")
    await talk.play("claire @dm: charte modifier")
    assert talk.last("dm:claire")["form"]["of"] == 27
    assert "Garder : Demo" in plain(" ".join(talk.last("dm:claire")["buttons"]))
    await talk.play("claire [Garder : Demo]\n@skip 9d\nclaire @dm: charte modifier")
    assert talk.last("dm:claire")["form"]["field"] == "review_date"
    while (form := talk.last("dm:claire")["form"]) is not None:
        kept = [x for x in talk.last("dm:claire")["buttons"] if x.startswith("Garder")]
        answer = f"claire [{kept[0]}]" if kept else f"claire @dm: réponse {form['field']}"
        await talk.play(answer)
    assert "Rien n'est encore publié" in talk.text("dm:claire")
    await talk.play("claire [Publier]\nmarie @dm: charte")
    shown = talk.text("dm:marie")
    assert "Version 1, adoptée le mercredi 11 mars 2026" in shown
    assert "Partager nos pratiques de terrain." in shown
    assert "À l'extérieur, on communique : aucun rapport, pour qui que ce soit." in shown
    assert "{{" not in shown


async def test_a_reminder_shows_the_next_section_each_time(talk: Conversation) -> None:
    await talk.play("claire @dm: charte rappel")
    assert talk.text("general").startswith("**1. But.**")
    assert talk.last("general")["started_by"] == "person"
    await talk.play("claire @dm: charte rappel")
    assert talk.text("general").startswith("**2. Membres.**")
    await talk.play("lea [Lire la charte]")
    assert "Participation charter" in talk.text("dm:lea")
