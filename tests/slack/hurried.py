"""`copain run` without what only makes a test wait: Slack's pace, and seconds of patience.

The local server shows a message the moment it stands, and its limits are asked for one by one.
"""

from __future__ import annotations

import sys
from functools import partial

from adapters.slack import adapter, once, wire
from adapters.slack.tiers import Tiers
from bot.__main__ import main

if __name__ == "__main__":
    adapter.Tiers = partial(Tiers, per_minute={}, each_channel=0)  # type: ignore[assignment,attr-defined]
    once.AGAIN, wire.UNASKED = 0.5, 0.3
    sys.exit(main(sys.argv[1:]))
