"""From what pydantic found to faults that a person can correct, in their language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from bot.config.fields import nearest
from bot.config.models import Config
from bot.config.secrets import VARIABLES
from bot.errors import Fault
from bot.redact import HIDDEN, holds_secret, names_secret, redact

_LONGEST = 60

# pydantic's types of errors (docs.pydantic.dev, "Validation errors") by what was expected.
_EXPECTED: Mapping[str, str] = {
    "string": "text",
    "bool": "boolean",
    "date": "date",
    "tuple": "list",
    "model": "table",
    "dict": "table",
    "path": "text",
}

Location = tuple[int | str, ...]


def fault(slug: str, key: str, found: str | None, **values: str | int) -> Fault:
    """A fault whose problem and cure are the texts that end in `slug`."""
    return Fault(key, found, f"config-fault-{slug}", f"config-cure-{slug}", values)


def invalid(error: ValidationError, known: Sequence[str]) -> Iterator[Fault]:
    """One fault for each error. No found value shows any of the `known` secrets."""
    for each in error.errors(include_url=False):
        yield _fault_of(each, known)


def clashes(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Slugs and spaces that two communities claim, even when something else is wrong with them.

    pydantic checks a whole only once its parts are right, and all faults are told at once.
    """
    communities = [(n, c) for n, c in enumerate(_list(raw, "communities")) if isinstance(c, dict)]
    slugs = [(f"communities.{n}.slug", c.get("slug")) for n, c in communities]
    spaces = [
        (f"communities.{n}.spaces.{m}", (space.get("platform"), space.get("id")))
        for n, c in communities
        for m, space in enumerate(_list(c, "spaces"))
        if isinstance(space, dict) and "id" in space
    ]
    yield from _twice("slug-twice", [(key, slug, slug) for key, slug in slugs])
    yield from _twice("space-twice", [(key, ids, ids[1]) for key, ids in spaces])
    if not _list(raw, "communities"):
        yield fault("no-community", "communities", None)


def misplaced_secrets(raw: Any, at: Location = ()) -> Iterator[Fault]:
    """Tokens and passwords in a file that people show to one another."""
    if at == ("secrets",):
        yield fault("secret", "secrets", HIDDEN, variables=", ".join(VARIABLES))
    elif isinstance(raw, Mapping):
        for key, value in raw.items():
            yield from misplaced_secrets(value, (*at, key))
    elif isinstance(raw, list):
        for n, value in enumerate(raw):
            yield from misplaced_secrets(value, (*at, n))
    elif isinstance(raw, str) and holds_secret(raw):
        yield fault("secret", _dotted(at), HIDDEN, variables=", ".join(VARIABLES))


def shown(value: Any, known: Sequence[str]) -> str:
    """A found value as TOML would write it, short, without secrets."""
    match value:
        case bool():
            text = str(value).lower()
        case str():
            text = f'"{redact(value, known)}"'
        case Mapping():
            text = "{" + HIDDEN + "}"
        case list() | tuple():
            text = "[" + ", ".join(shown(item, known) for item in value) + "]"
        case _:
            text = redact(str(value), known)
    text = "".join(letter if letter.isprintable() else HIDDEN for letter in text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + HIDDEN


def _fault_of(error: Mapping[str, Any], known: Sequence[str]) -> Fault:
    at: Location = error["loc"]
    context = dict(error.get("ctx", {}))
    if "part" in context:
        at = (*at, context.pop("part"))
    key = redact(_dotted(at), known)
    # Of a table that contradicts itself, the two lines that do are told, not the whole table.
    value = context.pop("found", error["input"])
    found = HIDDEN if names_secret(str(at[-1] if at else "")) else shown(value, known)
    kind: str = error["type"]
    match kind:
        case "missing":
            return fault("missing", key, None)
        case "extra_forbidden" if names_secret(str(at[-1])):
            return fault("secret", key, HIDDEN, variables=", ".join(VARIABLES))
        case "extra_forbidden":
            keys = _keys_beside(at)
            near = nearest(at[-1], keys)
            return fault("unknown", key, found, nearest=near, allowed=", ".join(keys))
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", context["expected"])
            near = nearest(value, allowed)
            return fault("choice", key, found, allowed=", ".join(allowed), nearest=near)
    expected = _EXPECTED.get(kind.partition("_")[0])
    if expected:
        return fault("type", key, found, expected=expected)
    return fault(kind, key, found, **context)


def _keys_beside(at: Location) -> list[str]:
    model: type[BaseModel] = Config
    for part in at[:-1]:
        if isinstance(part, str):
            model = _model_in(dict(_fields(model))[part])
    return [name for name, _ in _fields(model)]


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        if not field.exclude:
            yield str(field.validation_alias or name), field.annotation


def _model_in(annotation: Any) -> type[BaseModel]:
    # `Slack | None` and `tuple[Space, ...]` hold one model each.
    inside = [annotation, *get_args(annotation)]
    return next(kind for kind in inside if isinstance(kind, type) and issubclass(kind, BaseModel))


def _twice(slug: str, claims: Sequence[tuple[str, Any, Any]]) -> Iterator[Fault]:
    claims = [claim for claim in claims if claim[1] is not None]
    counts = Counter(repr(claim) for _, claim, _ in claims)
    first: dict[str, str] = {}
    for key, claim, found in claims:
        if counts[repr(claim)] > 1 and (other := first.setdefault(repr(claim), key)) != key:
            yield fault(slug, key, shown(found, ()), other=other)


def _list(table: Mapping[str, Any], key: str) -> list[Any]:
    value = table.get(key)
    return value if isinstance(value, list) else []


def _dotted(at: Location) -> str:
    return ".".join(map(str, at))
