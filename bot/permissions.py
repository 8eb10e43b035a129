"""Who may do what: the one place where it is decided [SE-1].

Commands, buttons, forms, replies and reactions declare the least role they need; this file compares
it with the role the person holds in the community concerned, and knows what a community's state
allows. Everything else that shows a permission (help, buttons, « Qui verra ça? ») asks here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.errors import Complaint
from bot.people import Community, Role


class Guarded(Protocol):
    """Anything registered that declares who may use it."""

    @property
    def who(self) -> Role: ...
    @property
    def states(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Who reads what somebody answers: « Qui verra ça? » says it with names [§12].

    `least` is the least role that reads it, None when none does but who answered; `uses` are the
    uses of the spaces in which it is said; `addressee` whether the person it is about reads it.
    """

    least: Role | None = None
    uses: tuple[str, ...] = ()
    addressee: bool = False


SELF = Readers()
TEAM = Readers(least=Role.ANIMATOR)
EVERY_MEMBER = Readers(least=Role.MEMBER)
IN_DISCUSSION = Readers(least=Role.MEMBER, uses=("discussion",))
ANSWERED_BY_TEAM = Readers(least=Role.ANIMATOR, addressee=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is in one community."""

    role: Role
    community: Community | None


def may(standing: Standing, thing: Guarded) -> bool:
    """Whether this standing allows the thing."""
    return refusal(standing, thing) is None


def require(standing: Standing, thing: Guarded) -> None:
    """Raises the Complaint that says, kindly, whose act this is."""
    complaint = refusal(standing, thing)
    if complaint is not None:
        raise complaint


def refusal(standing: Standing, thing: Guarded) -> Complaint | None:
    """Why the thing is not allowed, or None when it is."""
    community = standing.community
    if thing.who > Role.VISITOR and community is None:
        return Complaint("permissions-no-community", {})
    if standing.role < thing.who:
        if standing.role is Role.VISITOR:
            return Complaint("answers-not-a-member", {})
        return Complaint(
            "permissions-not-allowed",
            {"role": thing.who.word, "contact": _contact(community, thing.who)},
        )
    if community is not None and community.state not in thing.states:
        return Complaint(f"permissions-state-{community.state}", {"community": community.name})
    return None


def _contact(community: Community | None, who: Role) -> str:
    if community is None:
        return ""
    kind = "appeal" if who is Role.COORDINATOR else "coach"
    return community.contacts.get(kind, "")
