"""The transcript for human eyes: numbered messages, indented threads, numbered buttons.

A line becomes blocks, which are printed plainly (a script, a pipe) or with colours through Rich
(the chat). The numbers are those that instructions take, so that one can act on what one sees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from adapters.terminal.inbound import BOT
from bot.markup import Node, tree
from bot.values import Day

if TYPE_CHECKING:
    from rich.console import Console

Piece = tuple[str, str]
"""A text and its style, "" for none."""

WIDEST = 90
"""Columns of a row of buttons; what is wider stands one under the other."""

STYLES = {
    "bot": "bold cyan",
    "person": "bold green",
    "number": "dim",
    "place": "magenta",
    "quiet": "dim",
    "button": "yellow",
    "fault": "red",
    "bold": "bold",
    "italic": "italic",
    "code": "cyan",
    "link": "underline",
}


class Say(Protocol):
    """Our own words in the language of the demo: a text key and its values."""

    def __call__(self, key: str, values: Mapping[str, Any] | None = None) -> str: ...


@dataclass(frozen=True, slots=True)
class Block:
    """Text that begins at a column; `mark` stands before its first line."""

    indent: int
    mark: str
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Screen:
    """Prints the transcript on `out`; `console` gives it colours, None prints it plainly."""

    out: TextIO
    say: Say
    console: Console | None = None
    day: date | None = None

    def show(self, line: Mapping[str, Any]) -> None:
        """One message, edit or deletion, under the day it happened on."""
        day = datetime.fromisoformat(line["at"]).date()
        if day != self.day:
            self.day = day
            self.write([Block(0, "", ((self.say("demo-screen-day", {"day": Day(day)}), "bold"),))])
        self.write([*blocks(line, self.say), Block(0, "", ())])

    async def done(self, number: int, stage: Any) -> None:
        """The end of an instruction: nothing to see."""

    def note(self, key: str, values: Mapping[str, Any] | None = None, style: str = "quiet") -> None:
        """A word of ours, beside the transcript."""
        self.write([*markdown(self.say(key, values), 0, style), Block(0, "", ())])

    def write(self, found: list[Block]) -> None:
        """Prints blocks, one under the other, at once."""
        for block in found:
            if self.console is None:
                self.out.write(plain(block) + "\n")
            else:
                self._paint(self.console, block)
        self.out.flush()

    def _paint(self, console: Console, block: Block) -> None:
        from rich.padding import Padding
        from rich.table import Table
        from rich.text import Text

        text = Text.assemble(*((text, STYLES.get(style, style)) for text, style in block.pieces))
        if not block.mark:
            console.print(Padding(text, (0, 0, 0, block.indent)))
            return
        row = Table.grid()
        row.add_column(no_wrap=True)
        row.add_column(overflow="fold")
        row.add_row(Text(block.mark, STYLES["quiet"]), text)
        console.print(Padding(row, (0, 0, 0, block.indent)))


def plain(block: Block) -> str:
    """A block without colours; its further lines stand under its first one."""
    text = "".join(text for text, _ in block.pieces)
    under = "\n" + " " * (block.indent + len(block.mark))
    return (" " * block.indent + block.mark + text.replace("\n", under)).rstrip()


def blocks(line: Mapping[str, Any], say: Say) -> Iterator[Block]:
    """One line of the transcript: who, where and when, the text, files, buttons."""
    indent = 4 if line["thread"] else 0
    yield Block(indent, "", tuple(_header(line, say)))
    indent += 2
    yield from markdown(line["text"], indent)
    labels = line["buttons"]
    for file in line["files"]:
        yield Block(indent, "", ((f"📎 {file['name']} ", ""), (f"({file['path']})", "quiet")))
    buttons = [((f"[{n}]\u00a0", "button"), (label, "")) for n, label in enumerate(labels, 1)]
    if sum(len(label) + 8 for label in labels) > WIDEST:
        yield from (Block(indent, "", pair) for pair in buttons)
    elif buttons:
        spaced = [piece for pair in buttons for piece in (("   ", ""), *pair)]
        yield Block(indent, "", tuple(spaced[1:]))


def markdown(text: str, indent: int, style: str = "") -> Iterator[Block]:
    """Our Markdown as blocks: paragraphs, lists, quotations."""
    for first, node in enumerate(tree(text).children):
        if first and node.kind == "heading":
            yield Block(indent, "", ())
        yield from _block(node, indent, style)


def _header(line: Mapping[str, Any], say: Say) -> Iterator[Piece]:
    at = datetime.fromisoformat(line["at"])
    place, by = line["place"], line["by"]
    yield f"{line['n']:>3}  ", "number"
    yield by, "bot" if by == BOT else "person"
    # A private place is written as instructions write it: « marie @dm ».
    private = place.startswith("dm:")
    if private and by == BOT:
        yield f" → {place[3:]}", "person"
    yield " @dm" if private else f" @{place}", "place"
    if line["thread"]:
        yield f" ↳ {line['thread']}", "quiet"
    yield f"  {at:%H:%M}", "quiet"
    if line["edits"]:
        yield "  " + say("demo-screen-edits", {"line": str(line["edits"])}), "quiet"
    if line["removes"]:
        yield "  " + say("demo-screen-removes", {"line": str(line["removes"])}), "quiet"


def _block(node: Node, indent: int, style: str) -> Iterator[Block]:
    match node.kind:
        case "list":
            for number, item in enumerate(node.children, node.start or 0):
                mark = "• " if node.start is None else f"{number}. "
                yield from _marked(item, indent, mark, style)
        case "quote":
            yield from _marked(node, indent, "│ ", "quiet")
        case "code_block":
            yield Block(indent, "", ((node.text, "code"),))
        case "rule":
            yield Block(indent, "", (("─" * 20, "quiet"),))
        case "heading":
            yield Block(indent, "", tuple(_inline(node, "bold")))
        case _:
            yield Block(indent, "", tuple(_inline(node, style)))


def _marked(node: Node, indent: int, mark: str, style: str) -> Iterator[Block]:
    """What stands in a list item or a quotation: the first block carries the mark."""
    for first, child in enumerate(node.children):
        for place, block in enumerate(_block(child, indent + len(mark), style)):
            # Only what begins with plain text takes the mark; a list in a list has its own.
            own = not first and not place and not block.mark
            yield Block(indent, mark, block.pieces) if own else block


def _inline(node: Node, style: str) -> Iterator[Piece]:
    for child in node.children:
        match child.kind:
            case "text":
                yield child.text, style
            case "code":
                yield child.text, "code"
            case "break":
                yield "\n", ""
            case "link":
                words = list(_inline(child, "link"))
                yield from words
                if child.url not in ("".join(text for text, _ in words), ""):
                    yield f" ({child.url})", "quiet"
            case "bold" | "italic":
                yield from _inline(child, child.kind)
            case _:
                yield from _inline(child, style)
