"""Forms: in a window where there is one, else one question at a time in private (contracts §4).

`opening` decides which; `asking` asks a question, `hearing` takes its answer; `windows` draws up a
modal form, `sending` takes what it sends; `answers` understands both; `keeping` has the rows, so
that a restart loses no draft. All return effects; `dispatch` carries them out.
"""

from bot.forms.hearing import (
    AGAIN,
    active,
    again,
    back,
    cancel,
    choose,
    end,
    hear,
    in_hand,
    keep_value,
    mine,
    skip,
    toggle_box,
)
from bot.forms.keeping import put_away
from bot.forms.opening import ask, opened_again
from bot.forms.sending import closed, filled, mend, refused
from bot.forms.windows import Window, post

__all__ = [
    "AGAIN",
    "Window",
    "active",
    "again",
    "ask",
    "back",
    "cancel",
    "choose",
    "closed",
    "end",
    "filled",
    "hear",
    "in_hand",
    "keep_value",
    "mend",
    "mine",
    "opened_again",
    "post",
    "put_away",
    "refused",
    "skip",
    "toggle_box",
]
