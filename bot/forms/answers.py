"""What an answer means: typed after a question, or sent from a window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.call import Call
from bot.errors import Complaint
from bot.forms.sheet import choices, confirms
from bot.parsing import fold, words
from bot.registry import Field

_YES, _NO = ("oui", "o", "yes", "y"), ("non", "n", "no")


def understand(call: Call, field: Field, text: str) -> str:
    """The value of an answer that was typed. Raises the Complaint that says what to mend."""
    typed = _trimmed(text)
    if choices(field):
        return _chosen(call, field, typed)
    if not typed:
        raise Complaint("forms-empty")
    return _checked(field, typed)


def sent(
    fields: Sequence[Field], values: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, Complaint]]:
    """The values of what a window sent, boxes too, and what is wrong with which field."""
    found: dict[str, str] = {}
    faults: dict[str, Complaint] = {}
    for field in fields:
        try:
            found[field.name] = _sent(field, _trimmed(values.get(field.name, "")))
        except Complaint as complaint:
            faults[field.name] = complaint
        if field.box:
            found[field.box] = "yes" if values.get(field.box) == "yes" else ""
    return found, faults


def draft(fields: Sequence[Field], values: Mapping[str, str]) -> dict[str, str]:
    """What is kept of what a window sent until it is mended: as typed, of choices those offered.

    What stands in a draft is taken for what somebody chose.
    """
    kept: dict[str, str] = {}
    for field in fields:
        value, options = _trimmed(values.get(field.name, "")), dict(choices(field))
        if options:
            each = value.split(",") if field.kind == "choices" else [value]
            value = ",".join(one for one in dict.fromkeys(each) if one in options)
        kept[field.name] = value
        if field.box:
            kept[field.box] = "yes" if values.get(field.box) == "yes" else ""
    return kept


def in_window(fields: Sequence[Field]) -> list[Field]:
    """The questions that a window asks; what shows the outcome first comes after it."""
    return [field for field in fields if not confirms(field)]


def _trimmed(text: str) -> str:
    return text.replace("\x00", "").strip()


def _sent(field: Field, value: str) -> str:
    if not value:
        if field.required:
            raise Complaint("forms-window-required")
        return ""
    options = dict(choices(field))
    if not options:
        return _checked(field, value)
    chosen = value.split(",") if field.kind == "choices" else [value]
    if not options.keys() >= set(chosen):
        raise Complaint("forms-window-choice")
    return ",".join(dict.fromkeys(chosen))


def _checked(field: Field, typed: str) -> str:
    if len(typed) > field.longest:
        raise Complaint("forms-too-long", {"longest": field.longest, "length": len(typed)})
    return field.check(typed) if field.check else typed


def _chosen(call: Call, field: Field, typed: str) -> str:
    offered = choices(field)
    if field.kind == "yesno" and fold(typed) in (*_YES, *_NO):
        return "yes" if fold(typed) in _YES else "no"
    if typed.isascii() and typed.isdigit() and 0 < int(typed[:4]) <= len(offered):
        return offered[int(typed[:4]) - 1][0]
    voice = call.voice(call.actor)
    for value, label in offered:
        shown = label if value in dict(field.labels) else call.texts.label(label, {}, voice)
        if words(shown) == words(typed) or words(value) == words(typed):
            return value
    raise Complaint("forms-not-a-choice")
