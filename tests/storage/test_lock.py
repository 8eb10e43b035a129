"""One process on one database, and a lock that ends with it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.database import Database
from storage.lock import Busy, alone, alone_on

ROOT = Path(__file__).parents[2]
HOLDS = """
import sys, time
from pathlib import Path
from storage.lock import alone_on
with alone_on(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


async def test_a_database_is_for_one_at_a_time_and_free_again_afterwards(
    database: Database,
) -> None:
    async with alone(database.url):
        with pytest.raises(Busy):
            async with alone(database.url):
                pass
    async with alone(database.url):
        pass


def test_a_lock_ends_with_the_process_that_held_it_even_when_it_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "copain.db"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Busy) as busy, alone_on(path):
            pass
        assert busy.value.path == str(path)
        other.send_signal(signal.SIGKILL)
        other.wait()
    with alone_on(path):
        assert {each.name for each in tmp_path.iterdir()} == {"copain.db.lock"}
