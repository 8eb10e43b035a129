"""Runs every measurement, each in a process of its own so that none warms up the next.

`make bench` prints figures for the promises PE-1 to PE-8 and fails only when a measurement itself
fails: a time is never asserted, because the machine may be busy.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> int:
    """Exit code: 0 when every measurement ran to its end."""
    names = sorted(path.stem for path in FOLDER.glob("bench_*.py"))
    if not names:
        print("bench: nothing to measure yet")
    failed = [name for name in names if not _ran(name)]
    for name in failed:
        print(f"bench: {name} did not finish", file=sys.stderr)
    return 1 if failed else 0


def _ran(name: str) -> bool:
    print(f"\n== {name} ==", flush=True)
    return (
        subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False).returncode == 0
    )


if __name__ == "__main__":
    sys.exit(main())
