"""Our Markdown as HTML: only our tags, and what people type stays words [SE-2]."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.matrix.html import html_of, inert, text_of
from bot.markup import WORD_JOINER, cleaned, escape, escape_code, link, tree

NASTY = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "*", "**", "_", "`", "```", "~~", "[", "](", ")", "![", "<", ">", "> ", "# ",
                "- ", "1. ", "---", "\n", "\n\n", "    ", "\\", "&", "&amp;", "&lt;b&gt;", "&#60;",
                "@room", "@room ", "https://matrix.to/#/@a:b.c", "https://matrix.to/%23/@a:b.c",
                "matrix:u/a", "https://chat.example/#/user/@a:b.c", "<b>", "</p>", "</strong>",
                "<mx-reply>", "<a href='x'>", "<img src=x onerror=y>", '"', "'",
                "[x](https://evil.example)", "\0", "\u202e", "\u2067", "\ud800", "é", "a", "ب",
                "7", "👋", " ", "\u00a0",
            ]
        ),
        st.text(max_size=4),
    ),
    max_size=12,
).map("".join)  # fmt: skip
TAGS = {"p", "blockquote", "ul", "ol", "li", "pre", "code", "hr", "strong", "em", "a", "br"} | {
    f"h{level}" for level in range(1, 7)
}
PILL = re.compile(
    r"matrix\.to/(?:#|%23)|/#/(?:(?:user|room)/)?[@!#+]|matrix:(?:u|r|roomid)/", re.IGNORECASE
)
RING = re.compile(r"@room(?![^\W_])", re.IGNORECASE)


class Read(HTMLParser):
    """The tags with their attributes, and the text, as a client would read them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))
        self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def html(markdown: str) -> str:
    return html_of(tree(markdown)) or ""


def seen(text: str) -> str:
    """What an eye reads: no blanks, no invisible characters."""
    return "".join(
        char for char in text if not char.isspace() and unicodedata.category(char) != "Cf"
    )


@given(NASTY)
@example("https://matrix.to/#/@a:b.c @room <b>")
@example("a\n\n&lt;b&gt;\n> c")
def test_what_is_typed_adds_no_tag_and_reads_as_it_was_typed(typed: str) -> None:
    read = Read(html(f"**Elle écrit** :\n\n{escape(typed)}\n\n*fin*"))
    assert {tag for tag, attributes in read.tags} <= {"p", "br", "strong", "em"}
    assert not any(attributes for tag, attributes in read.tags)
    assert seen(read.text) == "Elleécrit:" + seen(cleaned(typed)) + "fin"


@given(NASTY)
def test_typed_within_a_sentence_it_adds_nothing_either(typed: str) -> None:
    written = f"Bonjour **x** {escape(typed, inline=True)} · `{escape_code(typed) or '-'}`"
    read = Read(html(written))
    assert [tag for tag, _ in read.tags] == ["strong", "code"]
    assert not any(attributes for _, attributes in read.tags)
    word = seen(cleaned(typed))
    assert seen(read.text) == f"Bonjourx{word}·{word.replace('`', chr(39)) or '-'}"


@given(NASTY)
def test_neither_form_rings_for_the_room_or_holds_a_pill(typed: str) -> None:
    for markdown in (escape(typed), typed, f"`{escape_code(typed) or '-'}`", link(typed)):
        document = tree(f"**x** {markdown}")
        for text in (text_of(document), Read(html_of(document) or "").text):
            assert not RING.search(text)
            assert not PILL.search(text)


@given(NASTY)
def test_even_as_markup_of_ours_only_known_tags_come_out(markdown: str) -> None:
    for tag, attributes in Read(html(markdown)).tags:
        assert tag in TAGS
        assert {name for name, _ in attributes} <= {"a": {"href"}, "ol": {"start"}}.get(tag, set())


@pytest.mark.parametrize(
    ("markdown", "wanted"),
    [
        ("Bonjour", None),
        ("Un\ndeux\n\ntrois", None),
        ("Un **mot**", "Un <strong>mot</strong>"),
        ("*un*\n\ndeux", "<p><em>un</em></p><p>deux</p>"),
        ("# Titre\nSuite", "<h1>Titre</h1><p>Suite</p>"),
        ("- un\n- deux", "<ul><li>un</li><li>deux</li></ul>"),
        ("3. un\n4. deux", '<ol start="3"><li>un</li><li>deux</li></ol>'),
        ("- un\n  - deux", "<ul><li>un<ul><li>deux</li></ul></li></ul>"),
        ("> dit\n> encore", "<blockquote><p>dit<br>encore</p></blockquote>"),
        ("`a<b`", "<code>a&lt;b</code>"),
        ("```\na\nb\n```", "<pre><code>a\nb</code></pre>"),
        ("un\n\n---\n\ndeux", "<p>un</p><hr><p>deux</p>"),
        ("[site](https://a.example/?b=1&c=2)", '<a href="https://a.example/?b=1&amp;c=2">site</a>'),
        ("[écrire](mailto:a@b.ca)", '<a href="mailto:a@b.ca">écrire</a>'),
    ],
)
def test_each_piece_of_our_markdown_has_its_html(markdown: str, wanted: str | None) -> None:
    assert html_of(tree(markdown)) == wanted


@pytest.mark.parametrize(
    "url",
    [
        "https://matrix.to/#/@a:b.c",
        "HTTPS://MATRIX.TO/#/!room:b.c",
        "https://matrix%2Eto/#/@a:b.c",
        "https://x@matrix.to/%23/@a:b.c",
        "https://chat.example/#/user/@a:b.c",
        "ftp://a.example",
        "/relative",
        "matrix:u/a:b.c",
    ],
)
def test_what_is_no_address_of_the_web_or_would_be_a_pill_is_only_words(url: str) -> None:
    read = Read(html(f"**x** [ici]({url})"))
    assert [tag for tag, _ in read.tags] == ["strong"]
    assert "ici (" in read.text


def test_ordinary_addresses_and_mentions_of_nobody_stay_as_they_are() -> None:
    for text in ("https://a.example/#/page", "https://a.example/#partie", "@roomba", "a@b.ca"):
        assert inert(text) == text
    assert inert("@Room!") == f"@{WORD_JOINER}Room!"
