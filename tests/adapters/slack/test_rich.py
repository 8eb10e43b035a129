"""Our Markdown as rich text: what each mark becomes, and that typed words become nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.rich import HEADER, blocks, clipped, pieces, said, units
from bot.markup import cleaned, escape, link
from tests.adapters.slack.reading import kinds, read_blocks, texts

NASTY = st.lists(
    st.sampled_from(
        [
            "<!channel>", "<!here|here>", "<@U0123>", "<#C1|général>", "@everyone", "@here ",
            "<!date^1392734382^{date}|x>", "[a](time:1700000000)", "<https://e.org|ici>", ":smile:",
            "`", "```", "*", "_", "~", "**gras**", "> ", "- ", "1. ", "# ", "\n", "\n\n", " ",
            "&amp;", "&lt;", "[x](https://e.org)", "[x](javascript:1)", "http://e.org/?a=b&c=d",
            "\u200b", "\u2060", "\u202e", "\u0000", "\ud800", "\udc00", "👩🏽‍🚒", "שלום", "مرحبا",
            "é", "mot ", "x" * 90,
        ]
    )
    | st.text(max_size=8),
    max_size=14,
).map("".join)  # fmt: skip


def elements(markdown: str) -> list[Any]:
    (block,) = blocks(pieces(markdown))
    assert block["type"] == "rich_text"
    found: list[Any] = block["elements"]
    return found


def text(words: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": words} | ({"style": style} if style else {})


def section(*inside: Any) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(inside)}


def test_marks_of_a_sentence_are_styles() -> None:
    assert elements("un **gras *et italique*** `code`\nici") == [
        section(
            text("un "),
            text("gras ", bold=True),
            text("et italique", bold=True, italic=True),
            text(" "),
            text("code", code=True),
            text("\nici"),
        )
    ]


def test_paragraphs_stand_apart_in_one_section() -> None:
    assert elements("un\n\ndeux") == [section(text("un"), text("\n\ndeux"))]


@pytest.mark.parametrize("url", ["https://e.org/a?b=1&c=2", "http://e.org", "mailto:a@e.org"])
def test_an_address_of_the_web_or_of_mail_is_a_link(url: str) -> None:
    (found,) = elements(f"[ici]({url})")[0]["elements"]
    assert found == {"type": "link", "url": url, "text": "ici"}


@pytest.mark.parametrize("url", ["slack://open", "ftp://e.org", "tel:911", "/local", "time:x"])
def test_any_other_address_is_only_shown(url: str) -> None:
    assert elements(f"[ici]({url})") == [section(text(f"ici ({url})"))]


def test_a_link_keeps_the_style_of_its_words() -> None:
    (found,) = elements("**[ici](https://e.org)**")[0]["elements"]
    assert found["style"] == {"bold": True}


def test_an_address_longer_than_slack_takes_is_no_link() -> None:
    base = "https://e.org/"
    assert kinds(elements(f"[ici]({base}{'a' * (3_000 - len(base))})")) >= {"link"}
    assert "link" not in kinds(elements(f"[ici]({base}{'a' * (3_001 - len(base))})"))


def test_an_account_is_shown_as_people_know_it() -> None:
    shown = elements("Compte : [U012AB](account:U012AB)")
    assert shown == [section(text("Compte : "), {"type": "user", "user_id": "U012AB"})]
    assert said(pieces("Compte : [U012AB](account:U012AB)")) == "Compte : U012AB"
    assert elements("[x](account:here)") == [section(text("x (account:here)"))]


def test_an_instant_is_told_in_the_clock_of_whoever_reads() -> None:
    assert elements("le [mardi à 9 h](time:1700000000).") == [
        section(
            text("le "),
            {
                "type": "date",
                "timestamp": 1_700_000_000,
                "format": "{date_long}, {time}",
                "fallback": "mardi à 9 h",
            },
            text("."),
        )
    ]
    assert said(pieces("le [mardi à 9 h](time:1700000000).")) == "le mardi à 9 h."


def test_lists_in_lists_are_indented_and_go_on_counting() -> None:
    found = elements("1. un\n2. deux\n   - a\n   - b\n3. trois")
    shown = [
        (one["style"], one["indent"], one.get("offset", 0), len(one["elements"])) for one in found
    ]
    assert shown == [("ordered", 0, 0, 2), ("bullet", 1, 0, 2), ("ordered", 0, 2, 1)]


def test_a_list_may_be_deeper_than_slack_shows() -> None:
    deep = "\n".join("  " * depth + f"- {depth}" for depth in range(12))
    assert [one["indent"] for one in elements(deep)] == [*range(9)]


def test_a_quotation_holds_its_paragraphs_and_borders_its_lists() -> None:
    found = elements("> un\n>\n> **deux**\n>\n> - trois")
    assert found[0] == {
        "type": "rich_text_quote",
        "elements": [text("un\n\n"), text("deux", bold=True)],
    }
    assert (found[1]["type"], found[1]["border"]) == ("rich_text_list", 1)


def test_a_block_of_code_is_kept_as_it_is() -> None:
    found = elements("```\n  a <b> *c*\n\nd\n```")
    assert found == [{"type": "rich_text_preformatted", "elements": [text("  a <b> *c*\n\nd")]}]


def test_what_follows_a_list_or_a_quotation_stands_in_a_block_of_its_own() -> None:
    assert [len(block["elements"]) for block in blocks(pieces("- un\n\naprès"))] == [1, 1]
    assert [len(block["elements"]) for block in blocks(pieces("avant\n\n- un"))] == [2]


def test_a_heading_is_a_header_where_one_can_hold_it() -> None:
    assert blocks(pieces("# Charte *Demo*"))[0] == {
        "type": "header",
        "text": {"type": "plain_text", "text": "Charte Demo", "emoji": False},
    }
    assert kinds(blocks(pieces("# " + "a" * HEADER))) == {"header", "plain_text"}
    for other in ("# " + "a" * (HEADER + 1), "### petit", "# [lien](https://e.org)", "# `code`"):
        (block,) = blocks(pieces(other))
        (found,) = block["elements"][0]["elements"]
        assert found["style"]["bold"]


@pytest.mark.parametrize("title", ["**Synthèse**", "**Question du moment** · L’obstacle"])
def test_a_bold_line_over_everything_is_a_header(title: str) -> None:
    first, _ = blocks(pieces(f"{title}\n\nAprès"))
    assert first["text"]["text"] == title.replace("*", "")
    (alone,) = blocks(pieces(title))
    assert alone["type"] == "rich_text"


@pytest.mark.parametrize(
    "line",
    ["**Une chose attend.** Elle", "**Demande** · N\nCompte", "un **mot**", "**[a](https://e.org)**",
     f"**{'a' * 151}**"],
)  # fmt: skip
def test_a_line_that_only_begins_in_bold_is_none(line: str) -> None:
    assert "header" not in kinds(blocks(pieces(f"{line}\n\nAprès")))


def test_a_rule_is_a_divider() -> None:
    assert [block["type"] for block in blocks(pieces("un\n\n---\n\ndeux"))] == [
        "rich_text",
        "divider",
        "rich_text",
    ]


def test_nothing_is_made_of_nothing() -> None:
    assert blocks(pieces("")) == blocks(pieces("\n \n")) == []


def test_the_plain_text_reads_like_the_message() -> None:
    told = said(pieces("# Titre\n\nun [lien](https://e.org)\n- a\n- b\n  1. c\n\n> dit\n\n---"))
    assert told == "Titre\n\nun lien (https://e.org)\n\n- a\n- b\n  1. c\n\n> dit\n\n—"


def test_an_address_too_long_to_listen_to_is_left_out_of_the_plain_text() -> None:
    assert said(pieces(f"[ici](https://e.org/{'a' * 200})")) == "ici"


@pytest.mark.parametrize("most", [1, 5, 75])
def test_a_label_is_clipped_to_what_slack_counts(most: int) -> None:
    assert clipped("a" * most, most) == "a" * most
    for long in ("a" * (most + 1), "👋" * most):
        assert units(clipped(long, most)) <= most
        assert clipped(long, most).endswith("…")


@settings(max_examples=60, deadline=None)
@given(NASTY)
def test_what_people_typed_is_shown_and_is_nothing_but_text(typed: str) -> None:
    found = blocks(pieces(f"Ils ont dit {escape(typed, inline=True)} hier."))
    read_blocks(found, most=50)
    assert kinds(found) == {"rich_text", "rich_text_section", "text"}
    shown = "".join(texts(found)).replace("\u2060", "")
    for char in "\u2068\u2069":
        shown = shown.replace(char, "")
    wanted = " ".join(cleaned(typed).replace("\u2060", "").split())
    assert " ".join(shown.split()) == " ".join(f"Ils ont dit {wanted} hier.".split())


@settings(max_examples=60, deadline=None)
@given(NASTY)
def test_a_quotation_of_typed_lines_holds_nothing_but_text(typed: str) -> None:
    found = blocks(pieces("Écrit :\n> " + escape(typed).replace("\n", "\n> ")))
    read_blocks(found, most=50)
    assert kinds(found) <= {"rich_text", "rich_text_section", "rich_text_quote", "text"}


@settings(max_examples=60, deadline=None)
@given(NASTY)
def test_whatever_markdown_comes_slack_can_read_it_and_nobody_is_called(markdown: str) -> None:
    found = blocks(pieces(markdown))
    if found:
        read_blocks(found, most=1_000)
    assert not kinds(found) & {"user", "usergroup", "channel", "broadcast", "emoji", "team"}


@settings(max_examples=60, deadline=None)
@given(NASTY)
def test_a_link_that_somebody_gave_goes_where_it_says(typed: str) -> None:
    found = blocks(pieces("Voir " + link("https://e.org/" + typed, typed)))
    for block in found:
        for element in block.get("elements", []):
            for leaf in element["elements"]:
                assert leaf["type"] in ("text", "link")
                assert leaf["type"] == "text" or leaf["url"].startswith("https://e.org/")
