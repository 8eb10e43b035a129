"""What all tests share: how long hypothesis searches, here and in `make soak`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No deadline: a shared machine pauses, and time is measured in tests/bench alone. Where a change is
# judged, the same examples come every time, so that nobody's change fails for an older fault.
settings.register_profile(
    "suite",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.register_profile("soak", parent=settings.get_profile("suite"), max_examples=5_000)
settings.load_profile("suite")
