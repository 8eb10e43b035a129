"""The folders in which rehearsals keep their copy of the database, which holds all that it holds.

Nobody else may look into them. What goes is written over first, so that no free block of the disk
keeps what the database has long forgotten [SE-10].
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.lock import Busy, alone_on

PREFIX = "copain-rehearsal-"
HELD = "rehearsal"
"""What is locked in a folder while its rehearsal lives."""
_BLOCK = 1 << 20


@contextmanager
def folder() -> Iterator[Path]:
    """A fresh folder, gone afterwards; removes first what rehearsals left that were killed."""
    sweep()
    path = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with alone_on(path / HELD):
            yield path
    finally:
        _wipe(path)


def sweep() -> None:
    """Removes what rehearsals left that were killed: a living one holds the lock of its folder."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError, Busy):
            if _ours(path) and (path / f"{HELD}.lock").exists():
                with alone_on(path / HELD):
                    _wipe(path)


def _ours(path: Path) -> bool:
    # Anybody may make a folder of such a name, and put links to our own files in it.
    found = path.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def _wipe(path: Path) -> None:
    for each in path.rglob("*"):
        if each.is_file() and not each.is_symlink():
            with suppress(OSError):
                _blank(each)
    shutil.rmtree(path, ignore_errors=True)


def _blank(path: Path) -> None:
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(bytes(min(left, _BLOCK)))
        file.flush()
        os.fsync(file.fileno())
