"""views.*: modals and the App Home."""

from __future__ import annotations

from copy import deepcopy

from tests.slack.server import payloads
from tests.slack.server.blocks import check_view
from tests.slack.server.calling import Call, Method
from tests.slack.server.state import Json, View
from tests.slack.server.workspace import Refused, Workspace

STACK_MOST = 3


def opened(call: Call) -> Json:
    workspace = call.workspace
    body = _body(call, "modal")
    user = workspace.use_trigger(_trigger(call))
    made = new_view(workspace, user, body)
    workspace.modals[user] = [made.id]
    workspace.changed()
    return {"view": payloads.view(workspace, made)}


def pushed(call: Call) -> Json:
    workspace = call.workspace
    body = _body(call, "modal")
    user = workspace.use_trigger(_trigger(call))
    stack = workspace.modals.setdefault(user, [])
    if len(stack) >= STACK_MOST:
        raise Refused("push_limit_reached")
    made = new_view(workspace, user, body, stack)
    stack.append(made.id)
    workspace.changed()
    return {"view": payloads.view(workspace, made)}


def updated(call: Call) -> Json:
    workspace = call.workspace
    found = _named(call)
    body = _body(call, str(found.body["type"]))
    if (wanted := call.text("hash")) and wanted != found.hash:
        raise Refused("hash_conflict")
    renew(workspace, found, body)
    return {"view": payloads.view(workspace, found)}


def published(call: Call) -> Json:
    workspace = call.workspace
    user = str(call.required("user_id"))
    if user not in workspace.users:
        raise Refused("user_not_found")
    body = _body(call, "home")
    current = workspace.homes.get(user)
    if current is None:
        made = new_view(workspace, user, body)
        workspace.homes[user] = made.id
        workspace.changed()
        return {"view": payloads.view(workspace, made)}
    found = workspace.views[current]
    if (wanted := call.text("hash")) and wanted != found.hash:
        raise Refused("hash_conflict")
    renew(workspace, found, body)
    return {"view": payloads.view(workspace, found)}


def new_view(workspace: Workspace, user: str, body: Json, stack: list[str] | None = None) -> View:
    """A view that stands from now on, above those of `stack`."""
    number = workspace.new_id("V")
    under = stack or []
    made = View(
        number,
        user,
        body,
        _hash(workspace),
        under[0] if under else number,
        previous=under[-1] if under else "",
    )
    made.typed = initial(body)
    workspace.views[number] = made
    return made


def renew(workspace: Workspace, shown: View, body: Json) -> None:
    """Puts other contents into a view; what was typed stays where block and action stay."""
    before = shown.typed
    shown.body, shown.hash, shown.errors = body, _hash(workspace), {}
    shown.typed = initial(body)
    for block, actions in shown.typed.items():
        for action, value in actions.items():
            kept = before.get(block, {}).get(action)
            if kept is not None and kept["type"] == value["type"]:
                actions[action] = kept
    workspace.changed()


def initial(body: Json) -> Json:
    """The state of a view whose fields nobody has touched yet."""
    found: Json = {}
    for block in body["blocks"]:
        elements = [block["element"]] if "element" in block else list(block.get("elements", []))
        if "accessory" in block:
            elements.append(block["accessory"])
        for element in elements:
            kind = element.get("type", "")
            if kind in _VALUES and "action_id" in element:
                name, first, empty = _VALUES[kind]
                value = deepcopy(element.get(first, empty))
                state = {element["action_id"]: {"type": kind, name: value}}
                found.setdefault(block["block_id"], {}).update(state)
    return found


_VALUES: dict[str, tuple[str, str, object]] = {
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "multi_static_select": ("selected_options", "initial_options", []),
    "checkboxes": ("selected_options", "initial_options", []),
    "users_select": ("selected_user", "initial_user", None),
    "multi_users_select": ("selected_users", "initial_users", []),
    "channels_select": ("selected_channel", "initial_channel", None),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
}
"""Element → name of its value in the state, of its first value, and the value of an empty one."""


def value_name(kind: str) -> str:
    """Under which name the state holds the value of such an element."""
    return _VALUES[kind][0]


def _body(call: Call, kind: str) -> Json:
    body = call.required("view")
    if not isinstance(body, dict) or body.get("type") != kind:
        raise Refused("invalid_arguments")
    return check_view(call.workspace, body)


def _trigger(call: Call) -> str:
    return str(call.required("trigger_id"))


def _named(call: Call) -> View:
    if number := call.text("view_id"):
        found = call.workspace.views.get(number)
    else:
        external = str(call.required("external_id"))
        views = call.workspace.views.values()
        found = next((v for v in views if v.body.get("external_id") == external), None)
    if found is None:
        raise Refused("not_found")
    return found


def _hash(workspace: Workspace) -> str:
    return f"{workspace.epoch()}.{workspace.new_id('h')}"


METHODS = {
    "views.open": Method(opened),
    "views.push": Method(pushed),
    "views.update": Method(updated),
    "views.publish": Method(published),
}
