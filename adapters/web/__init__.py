"""The only door that listens: health and measures, on this machine alone unless told otherwise.

Other folders open more pages behind it by `Web.mount`.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry

from adapters.web.metrics import Counted
from adapters.web.server import Web

__all__ = ["Counted", "Web", "counted"]


def counted() -> Counted:
    """Measures in a registry of their own."""
    return Counted(CollectorRegistry())
