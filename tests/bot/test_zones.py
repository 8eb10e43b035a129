"""Names of time zones, resolved to the zone they stand for."""

from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot import zones


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("America/Montreal", "America/Toronto"),
        ("America/Toronto", "America/Toronto"),
        ("Europe/Paris", "Europe/Paris"),
        ("UTC", "Etc/UTC"),
        ("America/Chicoutimi", None),
        ("america/toronto", None),
        ("../etc/passwd", None),
        ("", None),
    ],
)
def test_a_name_is_resolved_to_its_zone(name: str, target: str | None) -> None:
    assert zones.resolve(name) == target


def test_every_target_is_a_zone_that_python_can_open() -> None:
    targets = set(zones.targets().values())
    assert {ZoneInfo(target).key for target in targets} == targets
    assert all(zones.resolve(target) == target for target in targets)


def test_no_zone_of_this_machine_is_missing() -> None:
    # `localtime` and `posixrules` are files of the machine, not names of zones.
    assert available_timezones() - {"localtime", "posixrules"} <= set(zones.targets())
