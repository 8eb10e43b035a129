"""Crisis stops everything but questions, until somebody says it is over [AT-2, scenario 10]."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.call import Call
from bot.messages import Intend, Reply, Say, ToPerson, ToRole, ToUse
from bot.people import Role
from bot.registry import command
from storage import journal, planned
from tests.conversation import Conversation, conversation, feature, plain


@command("mean much", "prévoir beaucoup")
async def mean_much(call: Call) -> Reply:
    """Means, for tomorrow, one message of each kind that scenario 10 names, and two that may go."""
    tomorrow = call.now + timedelta(days=1)

    def post(kind: str) -> Intend:
        about = Say("home-elsewhere", to=ToUse("discussion"))
        return Intend(kind, about, earliest=tomorrow, subject=f"test:{kind}")

    def private(kind: str, say: str = "help-home") -> Intend:
        about = Say(say, to=ToPerson(call.person_id))
        return Intend(kind, about, earliest=tomorrow, subject=f"test:{kind}")

    return [
        post("prompt"),
        post("relance"),
        post("activity-reminder"),
        post("pulse"),
        private("tip"),
        private("pulse-reminder"),
        private("guide", "help-me"),
        private("follow-up", "help-home"),
        Intend("charter-version", Say("help-help", to=ToRole(Role.MEMBER)), earliest=tomorrow),
    ]


@command("ask all", "demander")
async def ask_all(call: Call) -> Reply:
    """What a question would be, and its follow-up."""
    return [
        Intend("question", Say("home-elsewhere", to=ToUse("discussion"))),
        Intend("follow-up", Say("help-home", to=ToPerson(call.person_id))),
    ]


async def test_in_a_crisis_questions_go_on_and_nothing_else_ever_leaves(
    talk: Conversation,
) -> None:
    """Scenario 10; nothing suspended is sent after the fact (e.3.6)."""
    talk.add(feature("meant", mean_much, ask_all))
    await talk.play("antoine @dm: prévoir beaucoup\n@until 2026-03-02T21:15\nantoine @dm: crise")
    assert "Passer en mode crise?" in talk.text("dm:antoine")
    assert talk.said("general") == [], "one tap more"
    await talk.play("antoine [Oui, mode crise]")
    for room in ("general", "annonces"):
        assert talk.text(room).startswith("**Mode crise, dès maintenant.**"), "whatever the hour"
    assert "déclenché par Antoine" in talk.text("animateurs")
    assert "6 messages qui attendaient ne partiront pas" in talk.text("dm:antoine")
    before = len(talk.said("general"))
    await talk.play("@until 2026-03-04T12:00\nmarie @dm: demander")
    assert len(talk.said("general")) == before + 1
    await talk.play("@skip 20d\nclaire @dm: crise fin\n@skip 10d")
    kinds = {line["kind"] for line in talk.lines if line["started_by"] == "bot"}
    assert not kinds & {"prompt", "relance", "pulse", "tip", "pulse-reminder"}
    assert talk.text("general").startswith("**Fin du mode crise.**")
    assert "rien de ce qui était suspendu ne sera renvoyé" in talk.text("general")
    fates = await became(talk)
    for kind in ("prompt", "relance", "activity-reminder", "pulse", "tip", "pulse-reminder"):
        assert fates[kind] == ("void", "courtesy-why-crisis")
    assert fates["follow-up"][0] == "released"
    assert fates["guide"][0] == "released", "what is owed to one person once waits on"


async def test_a_crisis_begins_and_ends_once_and_the_mode_before_resumes(
    talk: Conversation,
) -> None:
    await talk.play("antoine @dm: rythme calme jusqu'au 20 avril\nclaire @dm: crise")
    await talk.play("antoine @dm: crise\nantoine [Oui, mode crise]\nclaire [Oui, mode crise]")
    assert "Quelqu'un vous a devancé" in talk.text("dm:claire")
    assert len(talk.said("general")) == 2, "the slow period, then the crisis, each once"
    await talk.play("claire @dm: crise\nantoine @dm: rythme croisière")
    assert "est en crise** depuis" in talk.text("dm:claire")
    assert "crise fin" in talk.text("dm:antoine")
    await talk.play("claire [Finir la crise]\nantoine @dm: crise fin")
    assert "n'est pas en crise" in talk.text("dm:antoine")
    assert "Mode : calme" in talk.text("dm:claire")
    assert len(talk.said("general")) == 3
    await talk.play("marie @dm: crise")
    assert "revient à l'équipe d'animation" in talk.text("dm:marie")
    async with talk.house.database.reading() as tx:
        acts = [each.act for each in (await journal.page(tx.session, 1, 1))[0]]
    assert acts[:3] == ["crisis-end", "crisis", "mode"]


async def test_after_fourteen_days_the_team_is_asked_and_nothing_changes_by_itself(
    talk: Conversation,
) -> None:
    await talk.play("antoine @dm: crise\nantoine [Oui, mode crise]\n@until 2026-03-17T12:00")
    asked = talk.last("animateurs")
    assert "dure depuis quatorze jours" in plain(asked["text"])
    assert asked["buttons"] == ["Garder le mode crise", "Reprendre le rythme"]
    await talk.play("claire [Garder le mode crise]")
    assert "continue : Claire l'a confirmé" in talk.text("animateurs")
    await talk.play("@skip 14d")
    assert "dure depuis 28 jours" in talk.text("animateurs")
    await talk.play("antoine [Reprendre le rythme]")
    assert talk.text("general").startswith("**Fin du mode crise.**")
    assert talk.last("general")["buttons"] == ["Faire une pause"]
    before = len(talk.said("animateurs"))
    await talk.play("@skip 30d")
    assert len(talk.said("animateurs")) == before, "over is over"


async def test_a_slow_period_that_ends_during_a_crisis_is_over_after_it(
    talk: Conversation,
) -> None:
    await talk.play("antoine @dm: rythme calme jusqu'au 10 mars\n@skip 1d\nantoine @dm: crise")
    await talk.play("antoine [Oui, mode crise]\n@until 2026-03-16T10:00\nantoine @dm: crise fin")
    assert "Mode : croisière" in talk.text("dm:antoine")
    assert not [each for each in talk.said("general") if "calme est finie" in plain(each["text"])]


async def test_in_english_too(tmp_path: Path) -> None:
    async with conversation(tmp_path, lang="en") as talk:
        await talk.play("antoine @dm: crisis\nantoine [Yes, crisis mode]\nantoine @dm: crisis end")
        assert (
            talk.everything("general").count("crisis mode")
            + talk.everything("general").count("Crisis mode")
            == 2
        )
        assert "End of crisis mode." in talk.text("general")
        assert "Mode: cruise" in talk.text("dm:antoine")


async def became(talk: Conversation) -> dict[str, tuple[str, str | None]]:
    """What became of the newest message of each kind, and why."""
    async with talk.house.database.reading() as tx:
        since = talk.house.clock.now() - timedelta(days=60)
        found = await planned.lately(tx.session, 1, since)
    return {each.kind: (each.state, each.why) for each in reversed(found)}
