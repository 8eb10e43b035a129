"""Counts for Prometheus: `bot.health.Measures` over a registry of its own."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.health import Ending, Health

HANDLING = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)
"""Seconds: a transaction is promised within 5 ms [PE-3]."""
SENDING = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)
CONTENT_TYPE = CONTENT_TYPE_LATEST


class Counted:
    """The measures of a service, told as text in the form Prometheus reads."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        # Memory, processor time and open files, where the system has /proc.
        ProcessCollector(registry=registry)
        self._events = Counter(
            "copain_events", "Events handled", ["kind", "outcome"], registry=registry
        )
        self._handling = Histogram(
            "copain_event_seconds",
            "Time from an event to its outcome",
            buckets=HANDLING,
            registry=registry,
        )
        self._deliveries = Counter(
            "copain_deliveries", "Tries to deliver", ["platform", "ending"], registry=registry
        )
        self._sending = Histogram(
            "copain_delivery_seconds",
            "Time a platform took for one try",
            ["platform"],
            buckets=SENDING,
            registry=registry,
        )
        waits = {
            "outbox_waiting": "Messages that wait to leave",
            "outbox_oldest_seconds": "Age of the oldest message that waits",
            "outbox_dead": "Messages that could not be delivered",
            "timers_due": "Timers that are due now",
            "tasks": "Slow work that waits or is under way",
        }
        self._waits = {
            name: Gauge(f"copain_{name}", text, registry=registry) for name, text in waits.items()
        }
        self._up = Gauge(
            "copain_platform_up",
            "Whether the platform is connected",
            ["platform"],
            registry=registry,
        )
        self._heard = Gauge(
            "copain_platform_heard_seconds",
            "Time since the platform last answered",
            ["platform"],
            registry=registry,
        )
        self._database = Gauge(
            "copain_database_up", "Whether the database answers", registry=registry
        )

    def heard(self, kind: str, outcome: str, seconds: float) -> None:
        """An event was handled."""
        self._events.labels(kind, outcome).inc()
        self._handling.observe(seconds)

    def delivered(self, platform: str, ending: Ending, seconds: float) -> None:
        """A parcel was tried."""
        self._deliveries.labels(platform, ending).inc()
        self._sending.labels(platform).observe(seconds)

    def text(self, health: Health) -> bytes:
        """Everything counted so far, and how the service is now."""
        self._database.set(health.load is not None)
        if health.load is not None:
            load = health.load
            age = (health.at - load.oldest).total_seconds() if load.oldest else 0
            self._waits["outbox_waiting"].set(load.waiting)
            self._waits["outbox_oldest_seconds"].set(max(0, age))
            self._waits["outbox_dead"].set(load.dead)
            self._waits["timers_due"].set(load.due)
            self._waits["tasks"].set(load.tasks)
        for name, platform in health.platforms.items():
            self._up.labels(name).set(platform.state == "ok")
            if platform.heard is not None:
                since = (health.at - platform.heard).total_seconds()
                self._heard.labels(name).set(max(0, since))
        return generate_latest(self.registry)
