"""Menus and forms as a person uses them: choosing, filling in, sending, closing."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.slack.server import payloads
from tests.slack.server.blocks import check_view
from tests.slack.server.delivery import Ack
from tests.slack.server.methods.views import new_view, renew, value_name
from tests.slack.server.state import Json, User, View, elements_of, shown_label
from tests.slack.server.workspace import Refused, Workspace

TROUBLE = "view_trouble"
"""Slack's "We had some trouble connecting. Try again?" in the form itself."""


def picked(blocks: list[Json], label: str) -> Json:
    """The action of pressing what is labelled so; AssertionError when nothing (or a link) is."""
    for element in elements_of(blocks):
        common = {k: element[k] for k in ("action_id", "block_id", "type")}
        if element["type"] == "button":
            if label in (shown_label(element), element["action_id"]):
                kept = {k: element[k] for k in ("value", "style", "url") if k in element}
                return common | {"text": element["text"]} | kept
            continue
        for option in _options(element):
            if label in (shown_label(option), option.get("value")):
                return common | _chosen(element, option)
    labels = [shown_label(e) for e in elements_of(blocks) if e["type"] == "button"]
    raise AssertionError(f"nothing called {label!r} to press; there is {labels}")


def choose(view: View, action: Json) -> None:
    """Keeps in the view what was just chosen in it."""
    state = view.typed.get(action["block_id"], {}).get(action["action_id"], {})
    state.update({name: value for name, value in action.items() if name in state})


def _chosen(element: Json, option: Json) -> Json:
    if element["type"] in ("checkboxes", "multi_static_select"):
        before = list(element.get("initial_options", []))
        after = [o for o in before if o != option] if option in before else [*before, option]
        return {"selected_options": after}
    return {"selected_option": option}


def _options(element: Json) -> list[Json]:
    grouped = [o for group in element.get("option_groups", []) for o in group["options"]]
    return list(element.get("options", [])) + grouped


class Form:
    """The forms of one person; what the app answers to a submission happens to them here."""

    def __init__(self, user: User, workspace: Workspace) -> None:
        self._user = user
        self._workspace = workspace

    async def submit(self, view: View, values: Json) -> Ack:
        """Slack itself holds back a form with a required field empty, or a value that breaks
        the field's own rules: AssertionError, nothing is sent.
        """
        self._in_front(view)
        for name, value in values.items():
            self._fill(view, name, value)
        for block in view.blocks:
            if block["type"] == "input":
                _hold_back(view, block)
        view.errors = {}
        body = payloads.submitted(self._workspace, self._user, view)
        ack = await self._workspace.delivery.once("interactive", deepcopy(body))
        if not ack.acked:
            self._workspace.tell(self._user.id, TROUBLE)
            return ack
        self._answered(view, ack.payload)
        return ack

    async def close(self, view: View) -> Ack:
        """The cross in the corner; the app is told when it asked for that."""
        self._in_front(view)
        stack = self._workspace.modals[self._user.id]
        stack.pop()
        self._workspace.changed()
        if not view.body.get("notify_on_close"):
            return Ack(False, {}, 0.0, {}, "not_asked")
        body = payloads.closed(self._workspace, self._user, view, cleared=False)
        return await self._workspace.delivery.once("interactive", body)

    def _in_front(self, view: View) -> None:
        stack = self._workspace.modals.get(self._user.id, [])
        assert stack[-1:] == [view.id], "that form is not open in front of this person"

    def _fill(self, view: View, name: str, value: Any) -> None:
        for block in view.blocks:
            if block["type"] != "input":
                continue
            element = block["element"]
            if name in (block["block_id"], element["action_id"], block["label"]["text"]):
                state = view.typed[block["block_id"]][element["action_id"]]
                state[value_name(element["type"])] = _value(element, value)
                return
        raise AssertionError(f"no field {name!r}; there is {view.labels}")

    def _answered(self, view: View, answer: Json) -> None:
        stack = self._workspace.modals[self._user.id]
        match answer.get("response_action"):
            case None:
                # Another form may have opened in its place meanwhile.
                if view.id in stack:
                    stack.remove(view.id)
            case "clear":
                stack.clear()
            case "errors":
                self._refused(view, answer.get("errors", {}))
            case "update":
                renew(self._workspace, view, check_view(self._workspace, answer["view"]))
            case "push":
                body = check_view(self._workspace, answer["view"])
                made = new_view(self._workspace, self._user.id, body, stack)
                stack.append(made.id)
            case other:
                raise Refused(f"unknown response_action {other}")
        self._workspace.changed()

    def _refused(self, view: View, errors: dict[str, str]) -> None:
        inputs = {b["block_id"] for b in view.blocks if b["type"] == "input"}
        # Errors beside a field that is not there: Slack shows its own trouble instead.
        if not errors or set(errors) - inputs or not all(errors.values()):
            self._workspace.tell(self._user.id, TROUBLE)
            return
        view.errors = dict(errors)


def _value(element: Json, value: Any) -> Any:
    kind = element["type"]
    if kind in ("static_select", "radio_buttons"):
        return None if value is None else _option(element, value)
    if kind in ("checkboxes", "multi_static_select"):
        return [_option(element, each) for each in value]
    return value


def _option(element: Json, wanted: str) -> Json:
    for option in _options(element):
        if wanted in (shown_label(option), option.get("value")):
            return option
    raise AssertionError(f"no choice {wanted!r} in {[shown_label(o) for o in _options(element)]}")


def _hold_back(view: View, block: Json) -> None:
    element, label = block["element"], block["label"]["text"]
    state = view.typed[block["block_id"]][element["action_id"]]
    value = state[value_name(element["type"])]
    if value in (None, "", []):
        # An empty field is sent as null, never as "".
        if value == "":
            state[value_name(element["type"])] = None
        assert block.get("optional"), f"{label!r} has to be filled in"
        return
    if isinstance(value, str):
        assert len(value) >= element.get("min_length", 0), f"{label!r} is too short"
        assert len(value) <= element.get("max_length", 3000), f"{label!r} is too long"
