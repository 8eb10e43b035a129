"""What is meant for the bot, as each client writes it (contracts §4: prefix and mention)."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.matrix.inbound import event_of
from bot.events import Said
from tests.adapters.matrix.element import (
    ME,
    OTHER,
    PILL,
    ROOT,
    event,
    html,
    in_thread,
    old,
    reply_to,
    text,
    to_me,
    where,
)

NADIA = "@nadia:example.org"


def heard(content: dict[str, Any], **known: Any) -> tuple[str, bool]:
    found = event_of(event("m.room.message", content), where(**known))
    assert isinstance(found, Said)
    return found.text, found.addressed


def pill(user: str, name: str) -> str:
    return f'<a href="https://matrix.to/#/{user}">{name}</a>'


def pilled(body: str, formatted: str, **rest: Any) -> dict[str, Any]:
    """A message of Element with the bot's pill."""
    return text(body, **html(formatted) | to_me() | rest)


# --- Prefix, and what is typed by hand ---


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("!copain aide", "aide"),
        ("  !Copain  aide ", "aide"),
        ("/copain aide", "aide"),
        ("!copain", ""),
        ("@copain aide", "aide"),
        ("aide, @copain", "aide,"),
        (f"{ME} aide", "aide"),
        (f"{ME}: aide", "aide"),
        ("@Copain:Example.org aide", "aide"),
        (f"dis, {ME} , aide", "dis, aide"),
        (f"https://matrix.to/#/{ME}?via=example.org aide", "aide"),
    ],
)
def test_a_prefix_or_an_id_addresses_the_bot_on_any_client(body: str, expected: str) -> None:
    assert heard(text(body)) == (expected, True)
    assert heard(old(body)) == (expected, True)
    assert heard(text(body, **reply_to(OTHER))) == (expected, True)


@pytest.mark.parametrize(
    "body",
    [
        "bonjour",
        "!copains aide",
        "mon copain est là",
        "marie@copain.example.org",
        "@copain:elsewhere.org aide",
        "@copain.deux:example.org aide",
        "@copain:example.org.evil.net aide",
        "@copain:example.org:8448 aide",
        "@copain:localhost aide",
        "copain aide",
        "copain :) merci",
    ],
)
def test_other_words_and_other_accounts_do_not(body: str) -> None:
    assert heard(text(body)) == (body, False)
    assert heard(old(body)) == (body, False)


def test_the_prefix_keeps_what_follows_it_whole() -> None:
    assert heard(text("!copain inviter @copain:elsewhere.org")) == (
        "inviter @copain:elsewhere.org",
        True,
    )


def test_the_id_of_the_bot_need_not_be_its_command() -> None:
    known = {"me": "@bot-cdp:example.org", "my_names": ("Copain de la CdP",)}
    assert heard(text("@bot-cdp:example.org aide"), **known) == ("aide", True)
    assert heard(text("@copain:example.org aide"), **known) == ("@copain:example.org aide", False)
    assert heard(old("copain de la cdp: aide"), **known) == ("aide", True)
    assert heard(old("bot-cdp: aide"), **known) == ("aide", True)


# --- Pills ---


@pytest.mark.parametrize(
    ("body", "formatted", "expected"),
    [
        ("Copain: aide", f"{PILL}: aide", "aide"),
        ("Copain aide", f"{PILL} aide", "aide"),
        ("Copain", PILL, ""),
        ("Copain : aide", f"{PILL} : aide", "aide"),
        ("Bonjour Copain, ça va?", f"Bonjour {PILL}, ça va?", "Bonjour ça va?"),
        ("Copain: !copain aide", f"{PILL}: !copain aide", "aide"),
        ("Copain: *aide*", f"{PILL}: <em>aide</em>", "*aide*"),
        (f"[Copain](https://matrix.to/#/{ME}) aide", f"{PILL} aide", "aide"),
        (f"[Copain](https://matrix.to/#/{ME}): aide", f"{PILL}: aide", "aide"),
    ],
)
def test_a_pill_addresses_the_bot_and_is_taken_out(
    body: str, formatted: str, expected: str
) -> None:
    assert heard(pilled(body, formatted)) == (expected, True)
    assert heard(old(body, **html(formatted))) == (expected, True)
    assert heard(pilled(body, formatted, **reply_to(OTHER))) == (expected, True)
    assert heard(pilled(body, formatted, **in_thread(ROOT, OTHER))) == (expected, True)


@pytest.mark.parametrize(
    "link",
    [
        "<a href='https://matrix.to/#/%40copain%3Aexample.org'>Copain</a>",
        '<A HREF="https://matrix.to/#/@copain:example.org?via=example.org">Copain</A>',
        '<a class="mention" href = "matrix:u/copain:example.org?action=chat">Copain</a>',
        '<a href="https://matrix.to/#/&#64;copain:example.org">Copain</a>',
    ],
)
def test_pills_are_written_in_many_ways(link: str) -> None:
    assert heard(old("Copain: aide", **html(f"{link}: aide"))) == ("aide", True)


def test_the_name_in_the_pill_is_the_one_taken_out() -> None:
    content = pilled("Copain (bot) & co: aide", pill(ME, "Copain (bot) &amp; co") + ": aide")
    assert heard(content) == ("aide", True)


def test_a_name_that_is_also_a_word_goes_only_where_the_pill_is() -> None:
    content = pilled("mon copain le dit, Ami", f"mon copain le dit, {pill(ME, 'Ami')}")
    assert heard(content) == ("mon copain le dit,", True)


def test_who_mentions_on_purpose_says_so() -> None:
    # A pill copied from elsewhere: the client says that nobody is meant.
    assert heard(text("Copain: aide", **html(f"{PILL}: aide")))[1] is False


def test_a_pill_of_somebody_else_is_not_ours() -> None:
    link = pill("@copain:elsewhere.org", "Copain")
    assert heard(old("Copain aide", **html(f"{link} aide"))) == ("Copain aide", False)


def test_a_pill_in_what_is_answered_is_no_mention() -> None:
    quoted = f"<mx-reply><blockquote>{PILL} {PILL}<br>…</blockquote></mx-reply>"
    reply = old(f"> <{ME}> Qui vient?\n\nMoi!", **html(f"{quoted}Moi!"), **reply_to(OTHER))
    assert heard(reply) == ("Moi!", False)
    reply["formatted_body"] = f"<mx-reply>{PILL}"
    assert heard(reply) == ("Moi!", False)
    reply["formatted_body"] = f"{quoted}{PILL} moi"
    assert heard(reply)[1] is True


# --- m.mentions without a pill ---


def test_a_mention_says_who_is_meant_even_without_html() -> None:
    assert heard(text("Copain aide", **to_me())) == ("aide", True)
    assert heard(text("copain, aide", **to_me())) == ("aide", True)
    assert heard(text("aide", **to_me())) == ("aide", True)


def test_the_answer_to_a_question_of_the_bot_is_no_command() -> None:
    # Element lists the author of what is answered among the mentions.
    assert heard(text("Jeudi me va", **to_me() | reply_to(OTHER))) == ("Jeudi me va", False)
    assert heard(text("1", **to_me() | reply_to(OTHER))) == ("1", False)
    thread = in_thread(ROOT, OTHER, fallback=False)
    assert heard(text("Copain a raison", **to_me() | thread)) == ("Copain a raison", False)


def test_in_an_answer_the_bot_is_called_by_its_name() -> None:
    assert heard(text("Copain: aide", **to_me() | reply_to(OTHER))) == ("aide", True)


@pytest.mark.parametrize(
    "mentions",
    [
        {"room": True},
        {"user_ids": [NADIA]},
        {"user_ids": ME},
        {"user_ids": [[ME], None, 5, {ME: 1}]},
        {"user_ids": None},
    ],
)
def test_the_mention_of_others_or_of_all_is_not_ours(mentions: dict[str, Any]) -> None:
    content = text("Copain: aide", **{"m.mentions": mentions})
    assert heard(content) == ("Copain: aide", False)


@pytest.mark.parametrize("mentions", [None, True, [ME], ME, 3])
def test_mentions_of_a_wrong_type_count_as_absent(mentions: object) -> None:
    assert heard(text("Copain: aide", **{"m.mentions": mentions})) == ("aide", True)
    assert heard(text("Copain aide", **{"m.mentions": mentions})) == ("Copain aide", False)


# --- Clients that know no m.mentions ---


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("copain: aide", "aide"),
        ("Copain, aide", "aide"),
        ("COPAIN : aide", "aide"),
        ("Copain\u00a0: aide", "aide"),
        ("@Copain: aide", "aide"),
        ("Copain:", ""),
    ],
)
def test_an_older_client_calls_the_bot_by_its_name(body: str, expected: str) -> None:
    assert heard(old(body)) == (expected, True)


def test_a_bot_without_a_name_goes_by_its_account() -> None:
    assert heard(old("copain: aide"), my_names=("", " ")) == ("aide", True)
    assert heard(old(": aide"), my_names=("", " ")) == (": aide", False)


# --- Pills of others ---


def test_who_is_meant_by_a_pill_is_written_as_an_id() -> None:
    body = "!copain accepter Nadia Roy"
    formatted = f"!copain accepter {pill(NADIA, 'Nadia Roy')}"
    mentions = {"m.mentions": {"user_ids": [NADIA]}}
    assert heard(text(body, **html(formatted) | mentions)) == (f"accepter {NADIA}", True)


def test_two_people_of_one_name_stay_apart() -> None:
    other = "@nadia:elsewhere.org"
    formatted = f"{PILL}: relier {pill(NADIA, 'nadia')} et {pill(other, 'nadia')}"
    content = pilled("Copain: relier nadia et nadia", formatted)
    assert heard(content) == (f"relier {NADIA} et {other}", True)


def test_what_is_not_said_to_the_bot_stays_as_written() -> None:
    assert heard(text("Merci Nadia", **html(f"Merci {pill(NADIA, 'Nadia')}")))[0] == "Merci Nadia"


@pytest.mark.parametrize("user", ["nadia", "@nadia", "@na dia:example.org", "@nadia:<b>", "@:"])
def test_a_pill_of_nobody_changes_nothing(user: str) -> None:
    content = text("!copain accepter Nadia", **html(f"!copain accepter {pill(user, 'Nadia')}"))
    assert heard(content) == ("accepter Nadia", True)
