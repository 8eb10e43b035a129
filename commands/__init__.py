"""What the bot can do: one file per feature, listed in `FEATURES`, the program's table of contents.

The order is the order in which features hear an event and fill shared pages.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

FEATURES = (
    "observation",
    "forms",
    "home",
    "help",
    "me.screen",
    "me.quiet",
    "me.profile",
    "privacy",
    "leaving",
    "charter.handlers",
    "charter.writing",
    "welcome",
    "kit",
    "passage",
    "admission.handlers",
    "admission.decisions",
    "admission.clock",
    "admission.knocking",
    "members",
    "settings.handlers",
    "setup",
    "month",
    "seeing",
    "pace.screen",
    "pace.holding",
    "pace.modes",
    "pace.crisis",
    "pace.slow",
    "pace.brake",
    "first_words",
    "community",
    "existing",
    "spaces",
    "roles",
    "todo",
    "bundle",
    "alerts",
    "problem",
    "write",
    "cards",
    "fanout",
    "digest.known",
    "digest.sending",
    "digest.choosing",
    "digest.back",
    "troubles",
    "again",
    "prompts.bank",
    "prompts.handlers",
    "prompts.private",
    "prompts.nameless",
    "prompts.synthesis",
    "prompts.rhythm",
    "prompts.previews",
    "prompts.turns",
    "prompts.relance",
    "prompts.undoing",
    "undo.handlers",
    "who_will_see",
    "proposals.handlers",
    "proposals.decisions",
    "hints",
)


def load() -> list[ModuleType]:
    """The modules of all features, in order."""
    return [import_module(f"commands.{name}") for name in FEATURES]
