"""Our Markdown as the HTML that Matrix clients show, and what must not come alive in any text.

Of the tags that the specification allows (spec.matrix.org, « m.room.message msgtypes ») only those
of our dialect are written; everything that stands between them is escaped.
"""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from bot.markup import WORD_JOINER, Node, plain

_TAGS = {"bold": "strong", "italic": "em", "quote": "blockquote", "paragraph": "p"}
# Element turns links to people, rooms and messages into pills, on whatever host they stand
# (matrix-org/matrix-react-sdk, `Permalinks.ts`); percent signs are undone before it looks.
_PILL_LINK = re.compile(
    r"//(?:[^/@]*@)?matrix\.to\.?(?:[:/?#]|$)|#/(?:(?:user|room)/)?[@!#+]", re.IGNORECASE
)
_PILL_TEXT = re.compile(
    r"(?<=matrix\.to/)(?=#|%23)|(?<=/)(?=#/(?:(?:user|room)/)?[@!#+])|(?<=matrix:)(?=(?:roomid|[ru])/)",
    re.IGNORECASE,
)
_ROOM = re.compile(r"@(?=room(?![^\W_]))", re.IGNORECASE)


def html_of(document: Node) -> str | None:
    """The message as HTML; None when it says nothing that the plain text does not."""
    blocks = document.children
    if not any(_is_marked(block) for block in blocks):
        return None
    if len(blocks) == 1 and blocks[0].kind == "paragraph":
        return _inside(blocks[0])
    return "".join(map(_shown, blocks))


def text_of(document: Node) -> str:
    """The message as plain text: what stands in notifications and in clients without HTML."""
    return inert(plain(document))


def inert(text: str) -> str:
    """The text as it reads, where nothing rings for the room and no address becomes a pill [SE-2].

    `m.mentions` settles it for clients of today; this is for those that search the text.
    """
    return _PILL_TEXT.sub(WORD_JOINER, _ROOM.sub("@" + WORD_JOINER, text))


def _is_marked(node: Node) -> bool:
    if node.kind in ("text", "break"):
        return False
    return node.kind != "paragraph" or any(map(_is_marked, node.children))


def _shown(node: Node) -> str:
    match node.kind:
        case "text":
            return _escaped(node.text)
        case "break":
            return "<br>"
        case "rule":
            return "<hr>"
        case "code":
            return f"<code>{_escaped(node.text)}</code>"
        case "code_block":
            return f"<pre><code>{_escaped(node.text)}</code></pre>"
        case "link":
            return _link(node)
        case "list":
            return _list(node)
        case "item":
            return f"<li>{_item(node)}</li>"
        case "heading":
            return f"<h{node.level}>{_inside(node)}</h{node.level}>"
        case kind:
            tag = _TAGS[kind]
            return f"<{tag}>{_inside(node)}</{tag}>"


def _inside(node: Node) -> str:
    return "".join(map(_shown, node.children))


def _list(node: Node) -> str:
    if node.start is None:
        return f"<ul>{_inside(node)}</ul>"
    start = f' start="{node.start}"' if node.start != 1 else ""
    return f"<ol{start}>{_inside(node)}</ol>"


def _item(node: Node) -> str:
    """One paragraph stands in its item without a tag of its own, which would push it down."""
    if sum(child.kind == "paragraph" for child in node.children) > 1:
        return _inside(node)
    return "".join(
        _inside(child) if child.kind == "paragraph" else _shown(child) for child in node.children
    )


def _link(node: Node) -> str:
    if _is_safe(node.url):
        return f'<a href="{html.escape(node.url)}">{_inside(node)}</a>'
    words = plain(Node("document", (Node("paragraph", (node,)),)))
    return _escaped(words)


def _is_safe(url: str) -> bool:
    """Whether an address may be pressed: of the web or of mail, and no pill."""
    return bool(re.match(r"(?:https?://|mailto:)", url, re.IGNORECASE)) and not _PILL_LINK.search(
        unquote(url)
    )


def _escaped(text: str) -> str:
    return html.escape(inert(text), quote=False)
