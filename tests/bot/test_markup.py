"""Our Markdown: what people type stays inert, what we write is understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.markup import (
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    WORD_JOINER,
    Node,
    clean_name,
    cleaned,
    escape,
    escape_code,
    is_blank_name,
    link,
    plain,
    tree,
)

NASTY = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "*", "**", "_", "__", "`", "```", "~~", "[", "](", ")", "![", "<", ">", "> ", "#",
                "# ", "- ", "+ ", "1. ", "2)", "---", "===", "\n", "\n\n", "    ", "\t", "\\", "&",
                "&amp;", "&#42;", "|", "<!channel>", "<@U012AB>", "@room", "@here", "@channel",
                "https://matrix.to/#/@a:b.c", "<b>", "</b>", "<a href='x'>", "[x]: y", "/copain",
                "\0", "\u202e", "\u2067", "\u2028", "\r", "é", "a", "ب", "7", "👋", " ",
            ]
        ),
        st.text(max_size=4),
    ),
    max_size=12,
).map("".join)  # fmt: skip
ORDINARY = {"document", "paragraph", "text", "break"}


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from walk(child)


def seen(text: str) -> str:
    """What an eye reads: no blanks, no invisible characters."""
    return "".join(
        char for char in text if not char.isspace() and unicodedata.category(char) != "Cf"
    )


@given(NASTY)
@example("a\n===")
@example("1) x")
@example("_a_b_")
def test_what_is_typed_reads_the_same_and_does_nothing(text: str) -> None:
    written = escape(text)
    assert {node.kind for node in walk(tree(written))} <= ORDINARY
    assert seen(plain(written)) == seen(cleaned(text))


@given(NASTY)
def test_inside_a_sentence_it_does_nothing_either(text: str) -> None:
    pieces = tree(f"Avant **{escape(text, inline=True)}** après").children[0].children
    inside = [node for node in pieces if node.kind not in ("text", "bold")]
    assert inside == []
    assert seen("".join(plain_of(node) for node in pieces)).strip("*") == seen(
        f"Avant{cleaned(text)}après"
    ).strip("*") or not seen(cleaned(text))


def plain_of(node: Node) -> str:
    return node.text + "".join(map(plain_of, node.children))


@given(NASTY)
def test_another_reader_of_markdown_with_everything_on_finds_no_markup(text: str) -> None:
    html = MarkdownIt("commonmark").enable(["strikethrough"]).render(escape(text))
    for piece in ("<p>", "</p>", "<br />"):
        html = html.replace(piece, "")
    assert "<" not in html


@given(NASTY)
def test_no_broad_mention_and_no_control_character_is_left(text: str) -> None:
    written = escape(text).lower()
    assert not re.search(r"@(channel|here|room|everyone)(?![^\W_])", written)
    assert not re.search(r"(?<!\\)<|matrix\.to/#", written)
    assert not any(unicodedata.category(char) == "Cc" for char in written.replace("\n", ""))
    assert not set(written) & set("\u202a\u202b\u202d\u202e\u2066\u2067")


@given(NASTY)
def test_code_stays_one_piece_of_code(text: str) -> None:
    inside = escape_code(text)
    if inside:
        kinds = [node.kind for node in walk(tree(f"Exemple : `{inside}`"))]
        assert kinds == ["document", "paragraph", "text", "code"]


@pytest.mark.parametrize("text", ["mes_donnees", "#urgence", "-5 °C", "a > b", "R&D", "1.5 ml"])
def test_ordinary_writing_is_not_disfigured(text: str) -> None:
    assert escape(text) == text


def test_a_broad_mention_is_broken_invisibly() -> None:
    assert escape("@here oui") == f"@{WORD_JOINER}here oui"
    assert escape("@heredia") == "@heredia"


def test_writing_from_right_to_left_is_kept_apart_inside_a_sentence() -> None:
    assert escape("مريم", inline=True) == f"{FIRST_STRONG_ISOLATE}مريم{POP_ISOLATE}"


def test_a_message_is_taken_apart() -> None:
    found = tree("**Gras** et *fin*\n> cité\n\n2. `x`\n3. [ici](https://exemple.org)")
    first, quote, numbers = found.children
    assert [node.kind for node in first.children] == ["bold", "text", "italic"]
    assert quote == Node("quote", (Node("paragraph", (Node("text", text="cité"),)),))
    assert (numbers.kind, numbers.start) == ("list", 2)
    assert numbers.children[1].children[0].children[0].url == "https://exemple.org"


def test_every_line_break_counts() -> None:
    assert [node.kind for node in tree("a\nb").children[0].children] == ["text", "break", "text"]


def test_plain_text_keeps_lists_quotations_and_addresses() -> None:
    text = "# Titre\n\n- **un**\n- [deux](https://exemple.org)\n\n> cité\n> encore"
    assert plain(text) == "Titre\n\n- un\n- deux (https://exemple.org)\n\n> cité\n> encore"


def test_html_is_shown_and_never_understood() -> None:
    assert plain("<b>x</b>\n\n<script>") == "<b>x</b>\n\n<script>"


def test_a_link_leads_to_the_web_or_nowhere() -> None:
    assert link("https://exemple.org/a(b)", "Guide [2]") == (
        r"[Guide \[2\]](https://exemple.org/a%28b%29)"
    )
    assert link("javascript:alert(1)", "Guide") == "Guide"


def test_a_name_needs_a_letter_or_a_digit() -> None:
    assert is_blank_name("👋 \u200b")
    assert clean_name("  Léa\n \u202eTremblay\0 ") == "Léa Tremblay"
    assert clean_name("x" * 200) == "x" * 80


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("1. un\n2. deux\nEnsuite", ["list", "paragraph"]),
        ("- un\n  encore un\n- deux", ["list"]),
        ("1. un\n   encore un\n   et encore\nEnsuite", ["list", "paragraph"]),
        ("> cité\nEnsuite", ["quote", "paragraph"]),
        ("> cité\n> encore\n\nEnsuite", ["quote", "paragraph"]),
        ("```\n- un\ndeux\n```", ["code_block"]),
    ],
)
def test_a_line_under_a_list_or_a_quotation_is_not_a_part_of_it(
    written: str, kinds: list[str]
) -> None:
    assert [node.kind for node in tree(written).children] == kinds


def test_a_tree_reads_like_its_text() -> None:
    assert plain(tree("**Un**\n\n- deux\n- trois")) == "Un\n\n- deux\n- trois"
