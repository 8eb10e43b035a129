"""Our Markdown as Slack's rich text.

Rich text is a tree, so nothing that stands in a text element can come alive in it: neither marks,
nor `<!channel>`, nor a mention, nor a date [SE-2]. Shapes: docs.slack.dev, « Rich text block ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal

from bot.markup import Node, plain, tree

Block = dict[str, Any]
Kind = Literal["header", "text", "item", "quote", "code", "rule"]

HEADER = 150
"""Letters of a header block (docs.slack.dev, « Header block »)."""
DEEPEST = 8
"""Levels of a list beyond the first."""
_ADDRESS, _READ_OUT = 3_000, 200
_DATE = "{date_long}, {time}"
"""Never « demain », which would not stand behind every word; in the language of Slack itself."""
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>]+$", re.IGNORECASE)
_INSTANT = re.compile(r"time:(\d{1,11})$")
_ACCOUNT = re.compile(r"account:([UW][A-Z0-9]{1,20})$")
"""Text keys alone make these: what people type is escaped, and calls nobody [SE-2]."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; `url` makes a link of them, or a date (`time:<epoch>`), or somebody."""

    text: str
    styles: frozenset[str] = frozenset()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One paragraph, heading, item, quotation, code block or rule, lists unfolded.

    `number` is that of an ordered item, `depth` how deep it stands; a `quoted` item or code stands
    in a quotation.
    """

    kind: Kind
    runs: tuple[Run, ...] = ()
    depth: int = 0
    number: int | None = None
    quoted: bool = False


def pieces(markdown: str) -> list[Piece]:
    """What the text is made of, in order; nothing that is empty."""
    found = _pieces(tree(sound(markdown)).children)
    kept = [piece for piece in found if piece.kind == "rule" or words(piece).strip()]
    if len(kept) > 1 and _is_title(kept[0]):
        kept[0] = replace(kept[0], kind="header")
    return kept


def blocks(found: Iterable[Piece]) -> list[Block]:
    """The pieces as blocks: rich text, headers and dividers."""
    shown: list[Block] = []
    open_for_more = False
    for piece in found:
        if piece.kind in ("header", "rule"):
            shown.append(_header(piece) if piece.kind == "header" else {"type": "divider"})
            open_for_more = False
            continue
        if not open_for_more:
            shown.append({"type": "rich_text", "elements": []})
        elements = shown[-1]["elements"]
        # Slack leaves a gap between blocks, and none after a list or a quotation.
        if piece.kind == "text" and elements and elements[-1]["type"] != "rich_text_section":
            elements = []
            shown.append({"type": "rich_text", "elements": elements})
        _add(elements, piece)
        open_for_more = True
    return shown


def words(piece: Piece) -> str:
    """The letters of a piece, without marks."""
    return "".join(run.text for run in piece.runs)


def said(found: Sequence[Piece]) -> str:
    """The pieces as plain text, as a screen reader says them."""
    text = ""
    before = None
    for piece in found:
        between = "\n" if before == piece.kind == "item" else "\n\n"
        text += between + _line(piece) if text else _line(piece)
        before = piece.kind
    return text


def sound(text: str) -> str:
    """The text as JSON and Slack take it: no lone surrogates, no control characters."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", " ", whole)


def line(text: str) -> str:
    """The text on one line; a no-break space stays one."""
    return re.sub(r"[ \n\u2028\u2029]+", " ", sound(text)).strip()


def clipped(text: str, most: int) -> str:
    """The text, or its beginning and « … », in so many letters."""
    if units(text) <= most:
        return text
    text = text[:most]
    while units(text) >= most:
        text = text[:-1]
    return text.rstrip() + "…"


def units(text: str) -> int:
    """How long Slack may find it: a letter beyond the first 65 536 counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


# --- From the tree to pieces -------------------------------------------------------------------


def _pieces(nodes: Iterable[Node], *, depth: int = 0, quoted: bool = False) -> Iterator[Piece]:
    for node in nodes:
        match node.kind:
            case "heading":
                yield _heading(node)
            case "rule":
                yield Piece(kind="rule")
            case "code_block":
                yield Piece(kind="code", runs=(Run(node.text),), quoted=quoted)
            case "list":
                yield from _items(node, depth=depth, quoted=quoted)
            case "quote":
                yield from _quote(node)
            case _:
                kind: Kind = "quote" if quoted else "text"
                yield Piece(kind=kind, runs=tuple(_runs(node.children)))


def _heading(node: Node) -> Piece:
    """A header block has plain letters only, and not many: any other heading is a bold line."""
    runs = tuple(_runs(node.children))
    plain_words = all(not run.url and "code" not in run.styles for run in runs)
    heading = Piece(kind="header", runs=runs)
    if node.level < 3 and plain_words and units(words(heading)) <= HEADER:
        return heading
    return Piece(kind="text", runs=tuple(_styled(run, "bold") for run in runs))


def _is_title(piece: Piece) -> bool:
    """Whether a first line stands for a heading: bold, or bold with « · » and what it is about."""
    first, *rest = piece.runs or (Run(""),)
    text = words(piece)
    if piece.kind != "text" or first.styles != {"bold"} or "\n" in text or units(text) > HEADER:
        return False
    plain_words = all(run.styles <= {"bold"} and not run.url for run in piece.runs)
    return plain_words and (not rest or rest[0].text.startswith(" · "))


def _items(node: Node, *, depth: int, quoted: bool) -> Iterator[Piece]:
    for place, item in enumerate(node.children):
        # Slack counts from 1.
        number = None if node.start is None else max(node.start, 1) + place
        own, rest = _lead(item.children)
        yield Piece(
            kind="item",
            runs=tuple(_joined(own, "\n")),
            depth=min(depth, DEEPEST),
            number=number,
            quoted=quoted,
        )
        yield from _pieces(rest, depth=depth + 1, quoted=quoted)


def _lead(children: Sequence[Node]) -> tuple[Sequence[Node], Sequence[Node]]:
    """The paragraphs that an item begins with, and what else it holds."""
    for at, child in enumerate(children):
        if child.kind != "paragraph":
            return children[:at], children[at:]
    return children, ()


def _quote(node: Node) -> Iterator[Piece]:
    """A quotation holds words only: its paragraphs are one, its lists get a border."""
    for flat, group in groupby(node.children, lambda child: child.kind in ("paragraph", "heading")):
        inner = list(group)
        if flat:
            yield Piece(kind="quote", runs=tuple(_joined(inner, "\n\n")))
        else:
            yield from _pieces(inner, quoted=True)


def _joined(paragraphs: Sequence[Node], between: str) -> Iterator[Run]:
    for place, paragraph in enumerate(paragraphs):
        if place:
            yield Run(between)
        runs = _runs(paragraph.children)
        yield from (_styled(run, "bold") for run in runs) if paragraph.kind == "heading" else runs


def _runs(
    nodes: Iterable[Node], styles: frozenset[str] = frozenset(), url: str = ""
) -> Iterator[Run]:
    for node in nodes:
        match node.kind:
            case "text":
                yield Run(node.text, styles, url)
            case "break":
                yield Run("\n", styles, url)
            case "code":
                yield Run(node.text, styles | {"code"}, url)
            case "link":
                yield from _link(node, styles)
            case style:
                yield from _runs(node.children, styles | {style}, url)


def _link(node: Node, styles: frozenset[str]) -> Iterator[Run]:
    """An address that is not of the web, of mail, an instant nor an account is only shown."""
    usable = _WEB.match(node.url) is not None and len(node.url.encode()) <= _ADDRESS
    if not usable and not _INSTANT.match(node.url) and not _ACCOUNT.match(node.url):
        yield Run(plain(Node("document", (Node("paragraph", (node,)),))), styles)
        return
    found = list(_runs(node.children, styles, node.url))
    yield from found or [Run(node.url, styles, node.url)]


def _styled(run: Run, style: str) -> Run:
    return replace(run, styles=run.styles | {style})


# --- From pieces to elements -------------------------------------------------------------------


def _add(elements: list[Block], piece: Piece) -> None:
    last = elements[-1] if elements else None
    match piece.kind:
        case "text" if last is not None:
            last["elements"] += _elements((Run("\n\n"), *piece.runs))
        case "text":
            elements.append({"type": "rich_text_section", "elements": _elements(piece.runs)})
        case "quote":
            elements.append({"type": "rich_text_quote", "elements": _elements(piece.runs)})
        case "code":
            shown = {"type": "rich_text_preformatted", "elements": _elements(piece.runs)}
            elements.append(shown | {"border": 1} if piece.quoted else shown)
        case _:
            _add_item(elements, piece)


def _add_item(elements: list[Block], piece: Piece) -> None:
    item = {"type": "rich_text_section", "elements": _elements(piece.runs)}
    shown: Block = {
        "type": "rich_text_list",
        "style": "bullet" if piece.number is None else "ordered",
        "indent": piece.depth,
        "elements": [item],
    }
    if piece.number is not None and piece.number > 1:
        shown["offset"] = piece.number - 1
    if piece.quoted:
        shown["border"] = 1
    last = elements[-1] if elements else None
    if last is not None and _goes_on(last, shown, piece.number):
        last["elements"].append(item)
    else:
        elements.append(shown)


def _goes_on(last: Block, new: Block, number: int | None) -> bool:
    """Whether an item is the next one of the list that stands last."""
    same = all(last.get(name) == new.get(name) for name in ("type", "style", "indent", "border"))
    if not same or number is None:
        return same
    return number == int(last.get("offset", 0)) + len(last["elements"]) + 1


def _elements(runs: Iterable[Run]) -> list[Block]:
    """Runs as elements; neighbours of one style and address are one."""
    shown = []
    for (styles, url), group in groupby(runs, lambda run: (run.styles, run.url)):
        text = "".join(run.text for run in group)
        if text:
            shown.append(_element(text, styles, url))
    return shown


def _element(text: str, styles: frozenset[str], url: str) -> Block:
    instant = _INSTANT.match(url)
    if instant is not None:
        element: Block = {"type": "date", "timestamp": int(instant[1]), "format": _DATE}
        element["fallback"] = text
    elif (account := _ACCOUNT.match(url)) is not None:
        element = {"type": "user", "user_id": account[1]}
    elif url:
        element = {"type": "link", "url": url, "text": text}
    else:
        element = {"type": "text", "text": text}
    if styles:
        element["style"] = dict.fromkeys(sorted(styles), True)
    return element


def _header(piece: Piece) -> Block:
    # Without `emoji`, colons that somebody typed stay colons.
    text = {"type": "plain_text", "text": line(words(piece)), "emoji": False}
    return {"type": "header", "text": text}


def _line(piece: Piece) -> str:
    text = "".join(_told(piece.runs))
    match piece.kind:
        case "rule":
            return "—"
        case "quote":
            return "\n".join("> " + line if line else ">" for line in text.split("\n"))
        case "item":
            mark = "- " if piece.number is None else f"{piece.number}. "
            return "  " * piece.depth + mark + text
        case _:
            return text


def _told(runs: Iterable[Run]) -> Iterator[str]:
    """The words, and behind those of a link its address, when one can listen to it."""
    for url, group in groupby(runs, lambda run: run.url):
        text = "".join(run.text for run in group)
        ours = _INSTANT.match(url) or _ACCOUNT.match(url)
        told = url in ("", text, "mailto:" + text) or ours or len(url) > _READ_OUT
        yield text if told else f"{text} ({url})"
