"""A script from a file or from standard input, and what is printed of it (contracts §4).

With JSON every message is one line, and after each instruction a `done` line says what courtesy
still holds. Without it, the same for human eyes (see `screen`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TextIO

from adapters.terminal.play import Stage
from adapters.terminal.script import Become, ScriptError, read


class Printer(Protocol):
    """Shows each line of the transcript at once, and the end of each instruction."""

    def show(self, line: dict[str, Any]) -> None: ...
    async def done(self, number: int, stage: Stage) -> None: ...


class ScriptStopped(Exception):
    """A line could not be carried out: its number, and what is wrong with it."""

    def __init__(self, line: int, fault: ScriptError) -> None:
        self.line = line
        self.fault = fault
        super().__init__(f"{line}: {fault.key}")


@dataclass(slots=True)
class JsonLines:
    """Prints each line of the transcript as JSON, at once."""

    out: TextIO

    def show(self, line: Mapping[str, Any]) -> None:
        """One message, edit or deletion."""
        self._print(line)

    async def done(self, number: int, stage: Stage) -> None:
        """The end of an instruction."""
        waiting, following = await stage.bot.held()
        self._print(
            {
                "done": number,
                "at": _local(stage.clock.now(), stage),
                "waiting": waiting,
                "next": _local(following, stage) if following else None,
            }
        )

    def _print(self, line: Mapping[str, Any]) -> None:
        text = json.dumps(line, ensure_ascii=False)
        self.out.write(text.encode("utf-8", "backslashreplace").decode() + "\n")
        self.out.flush()


async def told_again(stage: Stage, printer: Printer) -> None:
    """The end of an instruction that a kill had cut short and that this run has finished."""
    if stage.resumed is not None:
        await printer.done(stage.resumed["line"], stage)


async def play_file(stage: Stage, lines: Iterable[bytes], printer: Printer) -> None:
    """A script from its first line: what this folder did already is skipped silently.

    Raises ScriptStopped.
    """
    done = {entry["line"]: entry["text"] for entry in stage.done if entry["source"] == "script"}
    last = max(done, default=0)
    for number, line in enumerate(lines, 1):
        text = _decoded(line, number)
        if number in done:
            if done[number] != text:
                raise ScriptStopped(number, ScriptError("demo-fault-changed"))
            stage.moving = True
        elif number < last:
            # A comment may come and go; an instruction among those already done may not.
            if _is_instruction(text):
                raise ScriptStopped(number, ScriptError("demo-fault-changed"))
        else:
            await _play(stage, text, printer, number=number, source="script")


async def play_stream(stage: Stage, lines: Iterable[bytes], printer: Printer) -> None:
    """Standard input: every line is new, also in a continued folder. Raises ScriptStopped."""
    for number, line in enumerate(lines, 1):
        text = _decoded(line, number)
        await _play(stage, text, printer, number=number, source="input")


async def _play(stage: Stage, text: str, printer: Printer, *, number: int, source: str) -> None:
    try:
        instruction = read(text)
        if instruction is None:
            return
        if isinstance(instruction, Become):
            raise ScriptError("demo-fault-chat-only", found="@as")
        await stage.carry_out(text, source=source, line=number)
    except ScriptError as fault:
        raise ScriptStopped(number, fault) from fault
    await printer.done(number, stage)


def _decoded(line: bytes, number: int) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise ScriptStopped(number, ScriptError("demo-fault-utf8")) from None


def _is_instruction(text: str) -> bool:
    return bool(text.strip()) and not text.lstrip().startswith("#")


def _local(instant: datetime, stage: Stage) -> str:
    return instant.astimezone(stage.zone).isoformat()
