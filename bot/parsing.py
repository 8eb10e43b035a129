"""From words to a command with typed arguments: French and English names, options as words.

People type on phones: accents, capitals, hyphens and plurals do not matter, quotes may be of any
kind, and a no-break space is a space. Nothing here knows which commands exist.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bot.registry import Arg, Command

LONGEST = 4000
"""Characters that are looked at; what people type beyond is never a command."""

_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“", "‟": "”"}
_CLOSING = set('"”»“')
_TOKEN = re.compile(r"\S+")
_TAG = re.compile(r"#([^\W_][\w-]*)", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, or one quoted text (`quoted`), with where it begins and ends in the line."""

    text: str
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command with its arguments; `missing` names what is not there or not understood."""

    command: Command
    values: Mapping[str, Any]
    missing: tuple[Arg, ...] = ()
    surplus: str = ""
    understood: tuple[str, ...] = field(default=())


def fold(text: str) -> str:
    """A word as it is compared: no accents, no case, typographic signs made plain."""
    text = text.replace("’", "'").replace("ʼ", "'").replace("œ", "oe").replace("Œ", "oe")
    bare = unicodedata.normalize("NFKD", text)
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=4096)
def words(phrase: str) -> tuple[str, ...]:
    """A phrase as compared words: hyphens and spaces alike, singular and plural alike."""
    return tuple(stem for part in re.split(r"[\s\-‐‑–_]+", fold(phrase)) if (stem := _stem(part)))


def tokens(line: str) -> list[Token]:
    """The words and quoted texts of a line. An unclosed quote runs to the end of the line."""
    found: list[Token] = []
    place = 0
    while match := _TOKEN.search(line, place):
        start = match.start()
        if line[start] in _QUOTES:
            end, text = _quoted(line, start)
            found.append(Token(text, start, end, quoted=True))
            place = end
            continue
        found.append(Token(match.group(), start, match.end()))
        place = match.end()
    return found


def addressed(text: str, command: str) -> str | None:
    """What is left when the prefix (`/copain`, `!copain`) or a mention is taken out; else None."""
    head = text.lstrip()[: len(command) + 2]
    folded = fold(head)
    name = fold(command)
    if folded[:1] in ("/", "!") and folded[1 : 1 + len(name)] == name:
        rest = text.lstrip()[1 + len(name) :]
        if not rest or not (rest[0].isalnum() or rest[0] == "_"):
            return rest.strip()
    mention = re.compile(rf"(?<!\w)@{re.escape(command)}(?!\w)[,:;]?", re.IGNORECASE)
    if mention.search(text):
        return re.sub(r"[ \t]{2,}", " ", mention.sub(" ", text)).strip()
    return None


def find(line: str, commands: Iterable[Command]) -> tuple[Command, list[Token]] | None:
    """The command whose phrase the line begins with, the longest first, and what follows it."""
    typed = tokens(line[:LONGEST])
    # A word of the line may hold several compared words (`en-attente`), hence the running count.
    spoken: list[tuple[str, int]] = []
    for index, token in enumerate(typed[:6]):
        if token.quoted:
            break
        spoken.extend((word, index) for word in words(token.text.strip(".,!?:;…")))
    best: tuple[int, Command, int] | None = None
    for command in commands:
        for name in command.names:
            phrase = words(name)
            size = len(phrase)
            if size > len(spoken) or (best is not None and size <= best[0]):
                continue
            if tuple(word for word, _ in spoken[:size]) == phrase:
                best = (size, command, spoken[size - 1][1])
    if best is None:
        return None
    return best[1], typed[best[2] + 1 :]


def parse(
    command: Command, rest: Sequence[Token], line: str, read: Callable[[Arg, str], Any]
) -> Parsed:
    """The command's arguments from the tokens after its name.

    `read` turns the text of a `moment` or a `person` into a value, or None when it means nothing
    to it; this file knows neither clock nor people.
    """
    left = list(rest)
    values: dict[str, Any] = {}
    missing: list[Arg] = []
    understood: list[str] = []
    for arg in command.args:
        taken, value = _take(arg, left, line, read)
        if value is None:
            if not arg.optional or taken:
                missing.append(arg)
            continue
        for token in taken:
            left.remove(token)
        values[arg.name] = value
        understood.append(" ".join(token.text for token in taken))
    surplus = " ".join(token.text for token in left)
    return Parsed(command, values, tuple(missing), surplus, tuple(understood))


def nearest(word: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names that look most like a word, best first; none when nothing is near."""
    from rapidfuzz import fuzz, process

    folded = {name: " ".join(words(name)) for name in names}
    typed = " ".join(words(word[:60]))
    if not typed:
        return []
    hits = process.extract(typed, folded, scorer=fuzz.WRatio, limit=most * 3, score_cutoff=72)
    found: list[str] = []
    for _, _, name in hits:
        if name not in found:
            found.append(name)
    return found[:most]


def _stem(word: str) -> str:
    bare = word.strip("'")
    return bare[:-1] if len(bare) > 3 and bare[-1] in "sx" else bare


def _quoted(line: str, start: int) -> tuple[int, str]:
    closing = _QUOTES[line[start]]
    # « “ ” » mixtures happen on phones: any closing sign ends a text opened by a curly one.
    end = start + 1
    while end < len(line):
        if line[end] == closing or (line[start] != '"' and line[end] in _CLOSING):
            return end + 1, line[start + 1 : end].strip()
        end += 1
    return len(line), line[start + 1 :].strip()


def _take(
    arg: Arg, left: Sequence[Token], line: str, read: Callable[[Arg, str], Any]
) -> tuple[list[Token], Any]:
    if arg.kind == "tags":
        tags = [token for token in left if not token.quoted and _TAG.fullmatch(token.text)]
        if not tags:
            return [], None
        return tags, tuple(fold(token.text[1:]) for token in tags)
    if not left:
        return [], None
    head = left[0]
    match arg.kind:
        case "number":
            bare = head.text.lstrip("#").rstrip(".,")
            return [head], int(bare) if bare.isascii() and bare.isdigit() and len(
                bare
            ) < 10 else None
        case "choice":
            return [head], _choice(arg, head.text)
        case "text":
            quoted = next((token for token in left if token.quoted), None)
            if quoted is not None:
                return [quoted], quoted.text or None
            return list(left), line[head.start : left[-1].end].strip() or None
        case "moment":
            return list(left), read(arg, line[head.start : left[-1].end])
        case "person":
            return [head], read(arg, head.text.removeprefix("@"))
        case _:
            return [head], head.text


def _choice(arg: Arg, text: str) -> str | None:
    typed = words(text)
    for value, names in arg.choices.items():
        if any(words(name) == typed for name in (value, *names)):
            return value
    return None
