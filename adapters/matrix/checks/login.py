"""Who Copain is on the homeserver, and whether its folder of keys fits that.

The way in is that of `adapters.matrix.session`, without its traces: a device that had to be made
for the look is removed again by `left`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from adapters.asking import table, text
from adapters.matrix.checks.asking import Answer, Server, rows
from adapters.matrix.checks.lines import Line, fault, fine, warning
from adapters.matrix.session import FILE, Session, kept
from bot.config import Matrix, Secrets

V3 = "/_matrix/client/v3"
PRIVATE = 0o077


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """The server, asked as ourselves; `passing` when the device is for this look alone."""

    server: Server = field(repr=False)
    user: str
    device: str
    passing: bool = False


async def enter(
    server: Server, matrix: Matrix, secrets: Secrets
) -> tuple[Entered | None, list[Line]]:
    """The account's session if there is one to be had, and what is to be said of it."""
    known = _known(matrix.store)
    if known is not None and known.user_id != matrix.user_id:
        values = {"account": known.user_id, "wanted": matrix.user_id, "folder": str(matrix.store)}
        return None, [fault("matrix-check-store-of-another", values)]
    given = secrets.matrix_access_token.reveal() if secrets.matrix_access_token else ""
    # A token that was put into the environment since is newer than the one that is kept.
    token = given or (known.access_token if known else "")
    if token:
        entered, lines = await _with_token(server, matrix, token)
        if entered is not None or given or secrets.matrix_password is None:
            return entered, lines
    if secrets.matrix_password is None:
        return None, []  # the lines about secrets have said it
    return await _with_password(server, matrix, secrets.matrix_password.reveal())


async def left(entered: Entered) -> None:
    """Removes a device that was made for the look."""
    if entered.passing:
        await entered.server.ask("POST", f"{V3}/logout", {})


def folder(matrix: Matrix) -> list[Line]:
    """Whether the folder of keys can be used, by its owner alone."""
    store, lines = matrix.store, []
    standing = next(each for each in (store, *store.absolute().parents) if each.exists())
    if not standing.is_dir() or not os.access(standing, os.W_OK | os.X_OK):
        lines.append(fault("matrix-check-store-closed", {"folder": str(store)}))
    for path, rights in ((store, "700"), (store / FILE, "600")):
        if path.exists() and path.stat().st_mode & PRIVATE:
            lines.append(warning("matrix-check-store-open", {"file": str(path), "rights": rights}))
    return lines


def in_clear(address: str) -> list[Line]:
    """Whether the password would leave this machine for everybody to read."""
    found = urlsplit(address)
    near = found.hostname in ("localhost", "127.0.0.1", "::1")
    if found.scheme == "https" or near:
        return []
    return [warning("matrix-check-in-clear", {"address": address})]


async def keys(entered: Entered, matrix: Matrix) -> list[Line]:
    """Whether the device's keys are where the server believes them: in our folder.

    A device whose keys were lost cannot be given new ones, and reads nothing (platform facts §2).
    """
    if not matrix.encryption or entered.passing:
        return []
    asked = {"device_keys": {entered.user: [entered.device]}}
    answer = await entered.server.ask("POST", f"{V3}/keys/query", asked)
    told = table(table(answer.body, "device_keys"), entered.user)
    if entered.device not in told or _holds(matrix.store, entered.device):
        return []
    values = {"device": entered.device, "folder": str(matrix.store)}
    return [fault("matrix-check-keys-elsewhere", values)]


async def _with_token(
    server: Server, matrix: Matrix, token: str
) -> tuple[Entered | None, list[Line]]:
    server = server.known_as(token)
    answer = await server.get(f"{V3}/account/whoami")
    user, device = text(answer.body, "user_id"), text(answer.body, "device_id")
    if answer.status == 401:
        return None, [fault("matrix-check-token-dead")]
    if not answer.ok:
        return None, [_odd(answer)]
    if user != matrix.user_id:
        return None, [fault("matrix-check-other-user", {"account": user, "wanted": matrix.user_id})]
    if not device:
        return None, [fault("matrix-check-no-device")]
    line = fine("matrix-check-login", {"user": user, "device": device})
    return Entered(server=server, user=user, device=device), [line]


async def _with_password(
    server: Server, matrix: Matrix, password: str
) -> tuple[Entered | None, list[Line]]:
    flows = await server.get(f"{V3}/login")
    kinds = [text(each, "type") for each in rows(flows.body, "flows") if isinstance(each, dict)]
    if flows.ok and "m.login.password" not in kinds:
        return None, [fault("matrix-check-no-password")]
    asked = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": matrix.user_id},
        "password": password,
        "initial_device_display_name": f"{matrix.device_name} (check)",
    }
    answer = await server.ask("POST", f"{V3}/login", asked)
    if answer.wait is not None:
        minutes = max(1, round(answer.wait / 60))
        return None, [warning("matrix-check-login-held", {"minutes": minutes})]
    if answer.status == 403:
        return None, [fault("matrix-check-password-wrong", {"user": matrix.user_id})]
    if not answer.ok:
        return None, [_odd(answer)]
    made = Session(text(answer.body, "user_id"), text(answer.body, "device_id"))
    entered = Entered(
        server=server.known_as(text(answer.body, "access_token")),
        user=made.user_id,
        device=made.device_id,
        passing=True,
    )
    if made.user_id != matrix.user_id:
        await left(entered)
        values = {"account": made.user_id, "wanted": matrix.user_id}
        return None, [fault("matrix-check-other-user", values)]
    return entered, [fine("matrix-check-password", {"user": made.user_id})]


def _known(store: Path) -> Session | None:
    try:
        return kept(store)
    except OSError:  # a folder that cannot be used has its own line
        return None


def _odd(answer: Answer) -> Line:
    return fault("matrix-check-odd", {"code": answer.code})


def _holds(store: Path, device: str) -> bool:
    """Whether the library's database of this device lies in the folder."""
    # Its name ends so (nio, MatrixStore: "{user}_{device}.db").
    return store.is_dir() and any(each.name.endswith(f"_{device}.db") for each in store.iterdir())
