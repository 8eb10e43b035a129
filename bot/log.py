"""The log: one line for each thing that happened, safe to show to whoever runs the bot.

A line has an instant, a level and an `action`, a short code (`outbox-retry`) that one can search
for. Secrets and what people typed are taken out of every line, whoever wrote it [SE-5]. structlog
is imported by the first line that is written: it takes a quarter of a second, and a demo in which
all goes well writes none.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import math
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, time, timedelta
from enum import Enum
from itertools import islice
from pathlib import PurePath
from typing import Any, Literal, TextIO
from uuid import UUID

from bot.chance import Chance
from bot.clock import Clock
from bot.errors import CopainError
from bot.redact import HIDDEN, disguises, names_private, redact

Level = Literal["debug", "info", "warning", "error"]
Style = Literal["json", "human"]

_LEVELS: Mapping[Level, int] = {"debug": 10, "info": 20, "warning": 30, "error": 40}
_ACTION = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
# Without vowels no reference is a word; without 0, 1, l, O, I none is misread on the telephone.
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
_LONGEST = 2000
_MOST = 50
_DEEPEST = 6


def open_log(
    stream: TextIO,
    clock: Clock,
    *,
    style: Style = "json",
    level: Level = "info",
    secrets: Iterable[str] = (),
) -> Log:
    """A log on `stream`. `secrets` are the configured values, which no line may hold."""
    return Log(_Pen(stream, clock, style=style, level=level, known=disguises(secrets)))


def reference(chance: Chance) -> str:
    """A short name for one failure (`K7Q-3FD`), told to the person and found in the log [RE-7]."""
    drawn = [chance.choice(_LETTERS, "log-reference") for _ in range(6)]
    return "".join(drawn[:3]) + "-" + "".join(drawn[3:])


@contextmanager
def capture_standard_logging(log: Log, level: Level = "warning") -> Iterator[None]:
    """Makes the lines of libraries, and of asyncio's lost errors, pass the same redaction.

    Their sentences are not kept, only the template (`retry in %s`) when there was one: a finished
    sentence may repeat what a person typed, and where it was written tells enough.
    """
    root = logging.getLogger()
    before, threshold = root.handlers[:], root.level
    root.handlers[:] = [_Ear(log)]
    root.setLevel(_LEVELS[level])
    try:
        yield
    finally:
        root.handlers[:] = before
        root.setLevel(threshold)


class Log:
    """Writes lines. `action` is a code, never a sentence; an error given as a value is described
    by its type and frames, with its message only where nobody's words can stand in it.
    """

    __slots__ = ("_bound", "_pen")

    def __init__(self, pen: _Pen, bound: Mapping[str, object] | None = None) -> None:
        self._pen = pen
        self._bound = bound or {}

    def bind(self, **values: object) -> Log:
        """A log whose lines all carry these values."""
        return Log(self._pen, {**self._bound, **values})

    def debug(self, action: str, /, **values: object) -> None:
        self._pen.write("debug", action, {**self._bound, **values})

    def info(self, action: str, /, **values: object) -> None:
        self._pen.write("info", action, {**self._bound, **values})

    def warning(self, action: str, /, **values: object) -> None:
        self._pen.write("warning", action, {**self._bound, **values})

    def error(self, action: str, /, **values: object) -> None:
        self._pen.write("error", action, {**self._bound, **values})

    def failure(
        self, action: str, error: BaseException, /, *, chance: Chance, **values: object
    ) -> str:
        """Logs the error and returns the reference by which the person can ask about it."""
        name = reference(chance)
        self.error(action, **{**values, "reference": name, "error": error})
        return name


@dataclasses.dataclass(slots=True)
class _Pen:
    stream: TextIO
    clock: Clock
    _: dataclasses.KW_ONLY
    style: Style
    level: Level
    known: Sequence[str]
    _structlog: Any = None

    def write(self, level: Level, action: str, values: Mapping[str, object]) -> None:
        if _LEVELS[level] < _LEVELS[self.level]:
            return
        if self._structlog is None:
            self._structlog = self._start()
        # One argument, so that a value may have any name, `event` too.
        getattr(self._structlog, level)(action, values=values)

    def _start(self) -> Any:
        import structlog

        last = structlog.processors.JSONRenderer() if self.style == "json" else _for_people
        return structlog.wrap_logger(
            structlog.WriteLogger(self.stream),
            processors=[structlog.processors.add_log_level, self._clean, last],
            wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[self.level]),
            context_class=dict,
            cache_logger_on_first_use=True,
        )

    def _clean(self, _logger: object, _method: str, line: Mapping[str, Any]) -> dict[str, Any]:
        action = line["event"] if _ACTION.fullmatch(line["event"]) else HIDDEN
        head = {"at": self.clock.now().isoformat(), "level": line["level"], "action": action}
        return {**head, **_mapping(line["values"], self.known, 0), **head}


class _Ear(logging.Handler):
    """The end of the standard library's logging."""

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        values: dict[str, object] = {
            "logger": record.name,
            "where": f"{record.module}:{record.funcName}:{record.lineno}",
        }
        if record.args and isinstance(record.msg, str):
            values["template"] = record.msg
        if record.exc_info and record.exc_info[1]:
            values["error"] = record.exc_info[1]
        write = self._log.error if record.levelno >= logging.ERROR else self._log.warning
        if record.levelno < logging.WARNING:
            write = self._log.info if record.levelno >= logging.INFO else self._log.debug
        write("library", **values)


def _plain(value: object, known: Sequence[str], depth: int) -> Any:
    """The value as JSON may hold it. What is of a type we do not know shows its type only."""
    match value:
        case None | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case Enum():
            return _plain(value.value, known, depth)
        case str():
            clean = redact(value, known)
            return clean if len(clean) <= _LONGEST else clean[:_LONGEST] + HIDDEN
        case date() | time() | timedelta() | PurePath() | UUID():
            return redact(str(value), known)
        case type():
            return value.__qualname__
        case _ if depth >= _DEEPEST:
            return f"<{type(value).__qualname__}>"
        case BaseException():
            return _described(value, known, depth + 1)
        case Mapping():
            return _mapping(value, known, depth + 1)
        case list() | tuple() | set() | frozenset():
            items = [_plain(item, known, depth + 1) for item in islice(value, _MOST)]
            return items if len(value) <= _MOST else [*items, HIDDEN]
        case _ if dataclasses.is_dataclass(value):
            fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
            return _mapping(fields, known, depth + 1)
    return f"<{type(value).__qualname__}>"


def _mapping(values: Mapping[Any, object], known: Sequence[str], depth: int) -> dict[str, Any]:
    plain = {}
    for key, value in values.items():
        name = str(_plain(key, known, depth))
        plain[name] = HIDDEN if names_private(name) else _plain(value, known, depth)
    return plain


def _described(error: BaseException, known: Sequence[str], depth: int) -> dict[str, Any]:
    kind = type(error)
    told: dict[str, Any] = {
        "type": f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins."),
        "frames": [
            f"{_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_qualname}"
            for frame, line in traceback.walk_tb(error.__traceback__)
        ],
    }
    if isinstance(error, CopainError) and error.loggable:
        told["message"] = redact(str(error), known)
    if depth >= _DEEPEST:
        return told
    if isinstance(error, BaseExceptionGroup):
        told["group"] = [_described(each, known, depth + 1) for each in error.exceptions[:_MOST]]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        told["cause"] = _described(cause, known, depth + 1)
    return told


def _short(path: str) -> str:
    # The folder tells which `adapter.py`; where the program is installed is nobody's concern.
    return "/".join(PurePath(path).parts[-3:])


def _for_people(_logger: object, _method: str, line: Mapping[str, Any]) -> str:
    values = {k: v for k, v in line.items() if k not in {"at", "level", "action"}}
    error = values.pop("error", None)
    shown = [line["at"][11:19], f"{line['level']:<7}", line["action"]]
    shown += [f"{_word(key)}={_word(value)}" for key, value in values.items()]
    below = _under(error, "error") if isinstance(error, dict) else []
    return "\n".join([" ".join(shown), *below])


def _under(error: Mapping[str, Any], title: str) -> list[str]:
    lines = [f"    {title}: {error['type']} {error.get('message', '')}".rstrip()]
    lines += [f"      {frame}" for frame in error.get("frames", [])]
    for each in error.get("group", []):
        lines += _under(each, "one of")
    return lines + (_under(error["cause"], "caused by") if "cause" in error else [])


def _word(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # Whatever could break a line or steer a terminal is escaped.
    plain = text.isprintable() and (not isinstance(value, str) or (" " not in text and text != ""))
    return text if plain else json.dumps(text)
