"""Slack's marks become what a person typed, and words for the bot are known as such."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.words import meant, plain
from tests.adapters.slack.payloads import BOT, LUC, MARIE, name_of

ALPHABET = ["<", ">", "|", "@", "#", "!", "&amp;", "&lt;", BOT, MARIE, "/copain ", " ", ":tada:",
            "https://a.ca", "\ue000", "0", "\n", "`", "é"]  # fmt: skip


def bare(text: str) -> str | None:
    return meant(text, bot_user=BOT, command="copain", name_of=name_of)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        (f"bonjour <@{MARIE}>", "bonjour @Marie Gagnon"),
        ("bonjour <@U0NOBODY>", "bonjour @U0NOBODY"),
        ("bonjour <@U0NOBODY|zoe>", "bonjour @zoe"),
        ("dans <#C1|général> et <#C2>", "dans #général et #C2"),
        ("voir <https://a.ca/x?a=1&amp;b=2>", "voir https://a.ca/x?a=1&b=2"),
        ("voir <https://a.ca/x|le guide>", "voir https://a.ca/x"),
        ("voir <http://a.ca|a.ca>", "voir a.ca"),
        ("à <mailto:a@b.ca|a@b.ca>", "à a@b.ca"),
        ("<!here> <!channel|@canal> <!subteam^S1|@equipe>", "@here @canal @equipe"),
        ("<!date^1^{date}|lundi>", "lundi"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;", "&lt;"),
        ("bravo :tada::+1::skin-tone-4: :parrot-maison:", "bravo 🎉👍 :parrot-maison:"),
        ("`:tada:` et ```:tada:```", "`:tada:` et ```:tada:```"),
        ("à 10:100:20", "à 10:100:20"),
    ],
)
def test_a_text_reads_as_it_was_typed(text: str, typed: str) -> None:
    assert plain(text, name_of) == typed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"<@{BOT}> aide", "aide"),
        (f"<@{BOT}|copain>: aide", "aide"),
        (f"salut <@{BOT}>, ça va?", "salut ça va?"),
        (f"<@{BOT}>", ""),
        (f"<@{BOT}> /copain aide", "aide"),
        ("/copain aide", "aide"),
        ("  !Copain aide", "aide"),
        (f"/copain inviter <@{MARIE}>", "inviter @Marie Gagnon"),
        (f"!copain dis à <@{BOT}>", "dis à @copain"),
        ("/copain doc add <https://a.ca/x?a=1&amp;b=2>", "doc add https://a.ca/x?a=1&b=2"),
    ],
)
def test_a_mention_anywhere_or_a_prefix_first_makes_a_command(text: str, words: str) -> None:
    assert bare(text) == words


@pytest.mark.parametrize(
    "text",
    ["aide", f"<@{LUC}> aide", "/copains", "dis /copain aide", f"&lt;@{BOT}&gt; aide", "<!here>"],
)
def test_anything_else_does_not(text: str) -> None:
    assert bare(text) is None


def test_somebody_who_is_called_as_the_bot_is_not_the_bot() -> None:
    found = meant("<@U0X> bonjour", bot_user=BOT, command="copain", name_of=lambda _: "copain")
    assert found is None


@settings(max_examples=60)
@given(st.lists(st.sampled_from(ALPHABET), max_size=30).map("".join))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(plain(text, name_of), str)
    found = bare(text)
    assert found is None or "\ue000" not in found
