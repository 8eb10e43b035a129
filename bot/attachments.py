"""Files on their way to a platform: kept by their hash until every parcel that names them left."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Attachments:
    """A folder of files named by the SHA-256 of their content."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Keeps the content and returns its hash; the same content is kept once."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.folder / digest
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(".part")
            half.write_bytes(content)
            half.replace(path)
        return digest

    def read(self, digest: str) -> bytes:
        """The content of this hash. FileNotFoundError when it was swept."""
        return (self.folder / digest).read_bytes()

    def sweep(self, needed: frozenset[str]) -> int:
        """Removes every file that no waiting parcel names; says how many."""
        if not self.folder.is_dir():
            return 0
        gone = [path for path in self.folder.iterdir() if path.name not in needed]
        for path in gone:
            path.unlink()
        return len(gone)
