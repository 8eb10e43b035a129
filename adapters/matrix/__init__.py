"""Matrix: a community in encrypted rooms, on any homeserver."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.config.models import Matrix
from bot.config.secrets import Secrets
from bot.log import Log
from bot.ports import Doors, Notes

if TYPE_CHECKING:
    from adapters.matrix.adapter import MatrixAdapter


def build(
    settings: Matrix,
    *,
    secrets: Secrets,
    command: str,
    proxy: str,
    folder: Path,
    clock: Clock,
    log: Log,
    notes: Notes,
    doors: Doors,
    read_file: Callable[[str], bytes],
) -> MatrixAdapter:
    """The adapter of a configuration; the store's folder is relative to `folder`."""
    from adapters.matrix.adapter import MatrixAdapter, Settings

    token, password = secrets.matrix_access_token, secrets.matrix_password
    return MatrixAdapter(
        settings=Settings(
            homeserver=str(settings.homeserver),
            user_id=settings.user_id,
            store=folder / settings.store,
            device_name=settings.device_name,
            encryption=settings.encryption,
            command=command,
            proxy=proxy,
            token=token.reveal() if token else "",
            password=password.reveal() if password else "",
        ),
        clock=clock,
        log=log,
        notes=notes,
        doors=doors,
        read_file=read_file,
    )
