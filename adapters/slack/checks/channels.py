"""The channels of the communities: is Copain there, may it write, who else reads. Pure.

Fields are those of a conversation object at docs.slack.dev.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.asking import table, text
from adapters.slack.checks.asking import Answer
from adapters.slack.checks.lines import Line, fault, fine, warning

_UNSEEN = ("channel_not_found", "not_in_channel", "method_not_supported_for_channel_type")


@dataclass(frozen=True, slots=True)
class Tracked:
    """A channel of a community; `closed` when the community lets nobody in without a request."""

    id: str
    closed: bool = True


def verdicts(channel: Tracked, answer: Answer, *, bot: str) -> Iterator[Line]:
    """What is to be said of a channel, given what `conversations.info` answered.

    `bot` is the name under which people invite Copain.
    """
    if not answer.ok:
        if answer.code in _UNSEEN:
            yield fault("slack-check-channel-unknown", {"channel": channel.id, "bot": bot})
        elif answer.code != "missing_scope":  # told once, with the scopes
            told = {"channel": channel.id, "code": answer.code}
            yield warning("slack-check-channel-odd", told)
        return
    found = table(answer.body, "channel")
    name = text(found, "name")
    named = {"channel": f"#{name} ({channel.id})" if name else channel.id}
    if found.get("is_archived") is True:
        yield fault("slack-check-channel-archived", named)
        return
    if found.get("is_member") is not True:
        yield fault("slack-check-channel-absent", {**named, "bot": bot})
        return
    private = found.get("is_private") is True
    lines = []
    if channel.closed and not private:
        lines.append(warning("slack-check-channel-public", named))
    # Workspaces of one organisation share channels too: those are colleagues.
    if found.get("is_ext_shared") is True or found.get("is_pending_ext_shared") is True:
        lines.append(warning("slack-check-channel-shared", named))
    count = found.get("num_members")
    counted = {
        "private": "yes" if private else "no",
        "n_members": count if isinstance(count, int) else 0,
    }
    yield from lines or [fine("slack-check-channel", {**named, **counted})]
