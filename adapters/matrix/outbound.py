"""From a parcel to the contents of Matrix events. Pure.

Shapes: spec.matrix.org, « Instant messaging », « Event replacements », « Threading », « Mentions »;
polls: MSC3381 under its unstable names, which are the ones that Element speaks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.matrix.html import html_of, inert, text_of
from adapters.matrix.parts import LIMIT, OVERHEAD, parts, weight
from bot.markup import Node, cleaned, escape, tree
from bot.messages import Parcel

KEY = "ca.copain.token"
"""Which parcel an event carries out: looked for before a parcel that may stand there already."""
BELONGS = "ca.copain.file"
"""The relation of a file, or of the rest of a long text, to the message it came with."""
POLL_START, POLL_END = "org.matrix.msc3381.poll.start", "org.matrix.msc3381.poll.end"
_POLL_TEXT = "org.matrix.msc1767.text"
_HTML = "org.matrix.custom.html"

MOST_ANSWERS = 20
"""What a poll may offer (MSC3381)."""
IN_A_ROW = 5
ROW = 72
"""So many options, and so many letters of them, stand on one line; others one under the other."""

TYPED = frozenset({"form.skip", "form.back", "form.cancel"})
"""Buttons whose label is a word that one types in the conversation (contracts §4)."""

_NUMBERED = re.compile(r"(\d+)\s·\s(?=\S)")

Content = dict[str, Any]


# --- Messages ----------------------------------------------------------------------------------


def said(parcel: Parcel) -> list[Content]:
    """The message, and what of its text did not fit into one event; the legend ends the last.

    The first is the message that edits and replies mean. Outside of a thread, what follows it
    points back by `belonging`.
    """
    documents = _documents(parcel.body, LIMIT - OVERHEAD)
    return [
        {**_message(document), **_marks(parcel, number), **_in_thread(parcel)}
        for number, document in enumerate(documents)
    ]


def belonging(content: Content, message: str) -> Content:
    """The content as a part of that message, so that a removal finds it; in a thread, as it is."""
    if "m.relates_to" in content:
        return content
    return {**content, "m.relates_to": {"rel_type": BELONGS, "event_id": message}}


def edited(parcel: Parcel) -> Content:
    """The new text of the parcel's target; of one too long, the beginning and the legend."""
    # The text stands in it twice: for clients that know edits, and for those that do not.
    document = _shortened(parcel.body, (LIMIT - OVERHEAD) // 2)
    new = {**_message(document), "m.mentions": {}}
    return {
        "msgtype": "m.text",
        "body": "* " + new["body"],
        "m.new_content": new,
        "m.relates_to": {"rel_type": "m.replace", "event_id": parcel.target},
        **_marks(parcel),
    }


def reaction(target: str, key: str, token: str) -> Content:
    """An emoji on a message."""
    relation = {"rel_type": "m.annotation", "event_id": target, "key": key}
    return {"m.relates_to": relation, KEY: token}


def attached(
    parcel: Parcel,
    file: Mapping[str, Any],
    uploaded: Mapping[str, Any],
    number: int,
    *,
    message: str | None = None,
) -> Content:
    """A file of the parcel, as its event number `number`.

    `uploaded` has `url` (mxc) or, encrypted, `file`; and `size` in bytes. Outside of a thread the
    file belongs to `message`, when there is one.
    """
    kind = str(file["type"])
    content = {
        "msgtype": "m.image" if kind.startswith("image/") else "m.file",
        "body": _line(str(file["name"])),
        "info": {"mimetype": kind, "size": uploaded["size"]},
        **{name: uploaded[name] for name in ("url", "file") if name in uploaded},
        **_marks(parcel, number),
        **_in_thread(parcel),
    }
    return content if message is None else belonging(content, message)


# --- Polls -------------------------------------------------------------------------------------


def poll(parcel: Parcel) -> tuple[str, Content]:
    """A poll with one choice, whose votes are shown; answer "0" is the first button."""
    question = text_of(tree(parcel.body.get("text", "")))
    labels = [_line(str(button["label"])) for button in parcel.body["buttons"]][:MOST_ANSWERS]
    fallback = "\n".join([question, *(f"{n}. {label}" for n, label in enumerate(labels, 1))])
    start = {
        "question": {"msgtype": "m.text", "body": question, _POLL_TEXT: question},
        "kind": "org.matrix.msc3381.poll.disclosed",
        "max_selections": 1,
        "answers": [{"id": str(n), _POLL_TEXT: label} for n, label in enumerate(labels)],
    }
    words = {POLL_START: start, _POLL_TEXT: fallback, "body": fallback}
    return POLL_START, {**words, **_marks(parcel), **_in_thread(parcel)}


def poll_end(parcel: Parcel) -> tuple[str, Content]:
    """The end of the target poll, with the parcel's words or a sign."""
    text = text_of(tree(parcel.body.get("text", ""))) or "✓"
    relation = {"rel_type": "m.reference", "event_id": parcel.target}
    words = {POLL_END: {}, _POLL_TEXT: text, "body": text}
    return POLL_END, {**words, "m.relates_to": relation, **_marks(parcel)}


# --- Buttons -----------------------------------------------------------------------------------


def legend(buttons: Sequence[Mapping[str, Any]]) -> str:
    """The buttons as a line of our Markdown, each behind the number that presses it; "" of none.

    What leads through a form is pressed by its word: a number there may be an answer.
    """
    labels = [_line(str(button["label"])) for button in buttons]
    numbered = [(n, _NUMBERED.match(label)) for n, label in enumerate(labels, 1)]
    own = all(int(found[1]) == n for n, found in numbered if found)
    words = [escape(_unnumbered(label, own=own), inline=True) for label in labels]
    shown = [
        label if _action(button) in TYPED else f"**{n}** {label}"
        for n, (button, label) in enumerate(zip(buttons, words, strict=True), 1)
    ]
    short = len(labels) <= IN_A_ROW and sum(map(len, labels)) <= ROW
    return (" · " if short else "\n").join(shown)


def _action(button: Mapping[str, Any]) -> str:
    return str(button.get("action", "")).partition(":")[0]


def _unnumbered(label: str, *, own: bool) -> str:
    """A label that begins with a number (« 2 · Voir ») without it where what one types is its `own`
    in the whole legend; elsewhere with it behind, where it passes for nothing to type.
    """
    found = _NUMBERED.match(label)
    if found is None:
        return label
    bare = label[found.end() :]
    return bare if own else f"{bare} ({found[1]})"


# --- Pieces ------------------------------------------------------------------------------------


def _documents(body: Mapping[str, Any], room: int) -> list[Node]:
    blocks = tree(body.get("text", "")).children
    choices = tree(legend(body.get("buttons", ()))).children
    found = parts(blocks, max(room - sum(map(weight, choices)), OVERHEAD))
    found[-1] = Node("document", found[-1].children + choices)
    return found


def _shortened(body: Mapping[str, Any], room: int) -> Node:
    choices = tree(legend(body.get("buttons", ()))).children
    left = max(room - sum(map(weight, choices)), OVERHEAD)
    first, *rest = parts(tree(body.get("text", "")).children, left)
    more = tree("…").children if rest else ()
    return Node("document", first.children + more + choices)


def _message(document: Node) -> Content:
    content: Content = {"msgtype": "m.text", "body": text_of(document)}
    html = html_of(document)
    return content if html is None else {**content, "format": _HTML, "formatted_body": html}


def _marks(parcel: Parcel, number: int = 0) -> Content:
    """What every event of ours carries: whom it mentions (nobody), and the parcel it is of."""
    return {"m.mentions": {}, KEY: f"{parcel.token}-{number}" if number else parcel.token}


def _in_thread(parcel: Parcel) -> Content:
    if parcel.thread is None:
        return {}
    relation = {
        "rel_type": "m.thread",
        "event_id": parcel.thread,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": parcel.thread},
    }
    return {"m.relates_to": relation}


def _line(text: str) -> str:
    """A name or a label as one line of plain text."""
    return inert(" ".join(cleaned(text).split()))
