"""A script from a file or from standard input, and what is printed of it (contracts §4).

With `json` every message is one line, and after each instruction a `done` line says what courtesy
still holds. Without it, the same for human eyes (see `screen`). Raises ScriptError with the line's
number when an instruction cannot be carried out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TextIO

from adapters.terminal.play import Stage
from adapters.terminal.script import ScriptError, read


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

    def show(self, line: dict[str, Any]) -> None:
        """One message, edit or deletion."""
        self._print(line)

    async def done(self, number: int, stage: Stage) -> None:
        """The end of an instruction."""
        waiting, following = await stage.bot.held()
        self._print(
            {
                "done": number,
                "at": stage.clock.now().astimezone(stage.zone).isoformat(),
                "waiting": waiting,
                "next": following.astimezone(stage.zone).isoformat() if following else None,
            }
        )

    def _print(self, line: dict[str, Any]) -> None:
        text = json.dumps(line, ensure_ascii=False)
        self.out.write(text.encode("utf-8", "backslashreplace").decode() + "\n")
        self.out.flush()


async def play_file(stage: Stage, lines: Iterable[str], printer: JsonLines | None) -> None:
    """A script from its first line: what this folder did already is skipped silently."""
    done = {entry["line"]: entry["text"] for entry in stage.done if entry["source"] == "script"}
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        if number in done:
            if done[number] != text:
                raise ScriptStopped(number, ScriptError("demo-fault-changed"))
            continue
        await _play(stage, text, printer, number=number, source="script")


async def play_stream(stage: Stage, lines: Iterable[str], printer: JsonLines | None) -> None:
    """Standard input: every line is new, also in a continued folder."""
    for number, line in enumerate(lines, 1):
        await _play(stage, line.rstrip("\r\n"), printer, number=number, source="input")


async def _play(
    stage: Stage, text: str, printer: JsonLines | None, *, number: int, source: str
) -> None:
    try:
        instruction = read(text)
        if instruction is None:
            return
        await stage.carry_out(text, source=source, line=number)
    except ScriptError as fault:
        raise ScriptStopped(number, fault) from fault
    if printer is not None:
        await printer.done(number, stage)
