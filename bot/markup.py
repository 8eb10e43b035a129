"""Our small Markdown: what people type is made inert here, and what we write is taken apart.

The dialect is a part of CommonMark: paragraphs, headings, bold, italic, code, links, lists,
quotations, and every line break counts, also the one under a list or a quotation. No HTML, no
images, no bare addresses made into links: adapters convert the tree of `tree`, each escaping for
its own platform what stands in it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

WORD_JOINER = "\u2060"
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
NAME_LENGTH = 80

NodeKind = Literal[
    "document", "paragraph", "heading", "quote", "list", "item", "code_block", "rule",
    "text", "break", "bold", "italic", "code", "link",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """One piece of a message. Only `text`, `code` and `code_block` have `text`; `link` has `url`.

    `level` is that of a heading; `start` is the first number of an ordered list, else None.
    """

    kind: NodeKind
    children: tuple[Node, ...] = ()
    text: str = ""
    url: str = ""
    level: int = 0
    start: int | None = None


# --- What people type ---------------------------------------------------------------------------

# Mentions that ring for a whole room, on Slack or Matrix; and the links that Matrix clients turn
# into pills. An invisible word joiner breaks them without changing what one reads.
_BROAD = re.compile(r"@(?=(?:channel|everyone|here|room)(?![^\W_]))", re.IGNORECASE)
_PILL = re.compile(r"(?<=matrix\.to/)(?=#)|(?<=matrix:)(?=(?:roomid|[ru])/)", re.IGNORECASE)

_MARKS = re.compile(r"[\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_LINE_START = re.compile(
    r"^(?:(?P<sign>#{1,6}(?=\s|$)|[-+](?=[\s-]|$)|=+\s*$|>)|(?P<number>\d{1,9})(?=[.)](?:\s|$)))",
    re.MULTILINE,
)


def cleaned(text: str) -> str:
    """The text without control characters, lone surrogates and direction overrides.

    Every kind of line end becomes the plain one, a tab a space. Letters that run from right to
    left stay.
    """
    text = re.sub(r"\r\n?|[\u2028\u2029\x85]", "\n", text).replace("\t", " ")
    return "".join(char for char in text if char == "\n" or not _is_unwanted(char))


def escape(text: str, *, inline: bool = False, leading: bool = False) -> str:
    """Markdown that reads exactly as `text` and does nothing: no markup, no HTML, no mention.

    `inline` is for a place in a sentence: one line, nothing escaped that only counts at the
    beginning of one (unless it is `leading`), and writing from right to left is kept apart from
    what surrounds it (SE-2).
    A leading `/` or `!` is left: platforms read no command in what a bot posts.
    """
    text = _PILL.sub(WORD_JOINER, _BROAD.sub("@" + WORD_JOINER, cleaned(text)))
    if inline:
        text = _MARKS.sub(r"\\\g<0>", " ".join(text.split()))
        return isolated(_LINE_START.sub(_escape_start, text) if leading else text)
    text = "\n".join(line.strip() for line in text.split("\n")).strip("\n")
    return _LINE_START.sub(_escape_start, _MARKS.sub(r"\\\g<0>", text))


def escape_code(text: str) -> str:
    """What may stand between two backticks, where a backslash is only a backslash."""
    return isolated(" ".join(cleaned(text).replace("`", "'").split()))


def isolated(text: str) -> str:
    """The text, kept apart from its surroundings when it runs from right to left."""
    if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text):
        return FIRST_STRONG_ISOLATE + text + POP_ISOLATE
    return text


def clean_name(text: str) -> str | None:
    """A name as it may be shown: one line, at most 80 characters. None when it names nobody."""
    name = " ".join(cleaned(text).split())[:NAME_LENGTH].strip()
    return name if any(char.isalnum() for char in name) else None


def cut(text: str, longest: int = 60) -> str:
    """The text, at most that long: where it had to be cut, one sees so."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def is_blank_name(text: str) -> bool:
    """Whether a name has neither letter nor digit."""
    return clean_name(text) is None


def link(url: str, label: str = "") -> str:
    """A link to press; an address that is not one of the web is only shown."""
    url = "".join(cleaned(url).split())
    if not re.match(r"(?:https?://|mailto:)[^\s<>]+$", url, re.IGNORECASE):
        return escape(label or url, inline=True)
    target = re.sub(r"[\\()]", lambda found: f"%{ord(found[0]):02X}", url)
    return f"[{escape(label or url, inline=True)}]({target})"


def instant(at: datetime, words: str) -> str:
    """An instant for a platform that shows it in its reader's zone; the words are ours (AC-2)."""
    return f"[{words}](time:{int(at.timestamp())})"


def account(number: str) -> str:
    """An account for a platform that shows it as its people know it (`adapters/slack/rich`)."""
    shown = escape(number, inline=True)
    return f"[{shown}](account:{number})" if re.fullmatch(r"\w+", number) else shown


def unaimed(markdown: str) -> str:
    """Markdown that people wrote; where a link of it would pass for an `instant` or an `account` of
    ours, all its marks are letters [SE-2].
    """
    if ":" not in markdown or not any(map(_is_ours, _addresses(tree(markdown)))):
        return markdown
    return escape(markdown)


# --- What we write ------------------------------------------------------------------------------


def tree(markdown: str) -> Node:
    """The message as a tree of pieces."""
    if _is_plain(markdown):
        words = (Node("text", text=markdown),) if markdown else ()
        return Node("document", (Node("paragraph", words),) if words else ())
    from markdown_it.tree import SyntaxTreeNode

    root = SyntaxTreeNode(_parser().parse(_unfolded(markdown)))
    return Node("document", tuple(_nodes(root.children)))


def plain(markdown: str | Node) -> str:
    """The message, or its tree, without marks: for a notification, a label, a bare screen."""
    document = tree(markdown) if isinstance(markdown, str) else markdown
    return "\n\n".join(filter(None, (_plain_block(node) for node in document.children)))


def _is_unwanted(char: str) -> bool:
    if char in "\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        return True
    return unicodedata.category(char) in ("Cc", "Cs")


def _addresses(node: Node) -> Iterator[str]:
    if node.kind == "link":
        yield node.url
    for child in node.children:
        yield from _addresses(child)


def _is_ours(url: str) -> bool:
    return url.lower().startswith(("account:", "time:"))


def _escape_start(found: re.Match[str]) -> str:
    number = found["number"]
    return number + "\\" if number else "\\" + found[0]


def _is_plain(markdown: str) -> bool:
    """Whether no rule of Markdown can apply: a quick way for most short texts."""
    return not re.search(r"[\\`*_\[\]<>&\n#~=+-]|^\s|\s$|^\d+[.)]|\x00", markdown)


_ITEM = r"(?:[-+*]|\d{1,9}[.)])[ ]"
_UNDER = r"(?:[ ]{2,}\S.*\n)*"
"""Lines that say by their indent that they are of the item."""
_UNFINISHED = re.compile(
    rf"^(?:{_ITEM}.*\n{_UNDER}(?![\s>]|{_ITEM}|$)|>.*\n(?![\s>]|$))", re.MULTILINE
)


def _unfolded(markdown: str) -> str:
    """CommonMark would draw the line under an item or a quotation into it; ours are two lines,
    unless the second is indented.
    """
    if "```" in markdown or "~~~" in markdown:
        return markdown
    return _UNFINISHED.sub(r"\g<0>\n", markdown)


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    return parser.disable(["html_block", "html_inline", "image", "autolink", "reference"])


_KINDS: dict[str, NodeKind] = {
    "paragraph": "paragraph",
    "heading": "heading",
    "blockquote": "quote",
    "bullet_list": "list",
    "ordered_list": "list",
    "list_item": "item",
    "hr": "rule",
    "strong": "bold",
    "em": "italic",
}


def _nodes(found: list[SyntaxTreeNode]) -> Iterator[Node]:
    for node in found:
        if node.type == "inline":
            yield from _nodes(node.children)
        elif node.type != "text" or node.content:
            yield _node(node)


def _node(node: SyntaxTreeNode) -> Node:
    if node.type in ("text", "text_special"):
        return Node("text", text=node.content)
    if node.type in ("softbreak", "hardbreak"):
        return Node("break")
    if node.type == "code_inline":
        return Node("code", text=node.content)
    if node.type in ("fence", "code_block"):
        return Node("code_block", text=node.content.rstrip("\n"))
    children = tuple(_nodes(node.children))
    if node.type == "link":
        return Node("link", children, url=str(node.attrs.get("href", "")))
    kind = _KINDS[node.type]
    if kind == "heading":
        return Node(kind, children, level=int(node.tag[1:]))
    if node.type == "ordered_list":
        return Node(kind, children, start=int(node.attrs.get("start", 1)))
    return Node(kind, children)


def _plain_block(node: Node) -> str:
    if node.kind == "code_block":
        return node.text
    if node.kind == "rule":
        return "—"
    if node.kind == "quote":
        inner = "\n\n".join(_plain_block(child) for child in node.children)
        return "\n".join("> " + line if line else ">" for line in inner.split("\n"))
    if node.kind == "list":
        return "\n".join(_plain_items(node))
    return "".join(map(_plain_inline, node.children))


def _plain_items(node: Node) -> Iterator[str]:
    for number, item in enumerate(node.children, start=node.start or 0):
        mark = "- " if node.start is None else f"{number}. "
        inner = "\n".join(_plain_block(child) for child in item.children)
        yield mark + inner.replace("\n", "\n" + " " * len(mark))


def _plain_inline(node: Node) -> str:
    if node.kind in ("text", "code"):
        return node.text
    if node.kind == "break":
        return "\n"
    words = "".join(map(_plain_inline, node.children))
    if node.kind == "link" and node.url not in (words, "mailto:" + words):
        return f"{words} ({node.url})"
    return words
