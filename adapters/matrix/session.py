"""The account's session: logged in once, kept in the store's folder, never in the database.

A login makes a new device, and members' clients warn about each; Synapse lets five through and
then asks for minutes of patience (platform facts §1). So the device and its token are kept in
`session.json`, which only the owner of the folder may read. A lock on the folder keeps a second
process away: two on one device corrupt its keys (platform facts §2).
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from adapters.matrix.wire import Refused, Wire, path
from bot.errors import Unusable

FILE = "session.json"
LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Session:
    """Who we are on the homeserver. `access_token` is "" where only the device is known."""

    user_id: str
    device_id: str
    access_token: str = ""

    def __repr__(self) -> str:
        return f"Session({self.user_id}, {self.device_id})"


def prepared(store: Path) -> Path:
    """The store's folder, made when it is not there, for nobody else to read."""
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    return store


def lock(store: Path) -> int:
    """Holds the store for this process until it ends. Raises Unusable when another one does."""
    descriptor = os.open(store / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise Unusable("matrix-fault-in-use", {"folder": str(store)}) from None
    return descriptor


def unlock(descriptor: int) -> None:
    """Lets the store go."""
    os.close(descriptor)


def kept(store: Path) -> Session | None:
    """The session of an earlier start, or None."""
    try:
        said = json.loads((store / FILE).read_text("utf-8"))
        return Session(said["user_id"], said["device_id"], said.get("access_token", ""))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def keep(store: Path, session: Session) -> None:
    """Keeps the session whole or not at all."""
    draft = store / f"{FILE}.new"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(session), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(store / FILE)


async def opened(
    wire: Wire, store: Path, user_id: str, *, token: str, password: str, device_name: str
) -> Session:
    """A session that the server accepts: the kept one, the given token's, or a new login.

    Raises Unusable when there is none to be had, RetryLater while the server cannot be reached.
    """
    known = kept(store)
    if known is not None and known.user_id != user_id:
        raise Unusable("matrix-fault-other-account", {"folder": str(store), "found": known.user_id})
    # A token that was put into the environment since is newer than the one that is kept.
    if known is not None and known.access_token and token in ("", known.access_token):
        session = await _accepted(wire, known)
        if session is not None:
            return session
    if token:
        session = await _accepted(wire, Session(user_id, "", token))
        if session is None:
            raise Unusable("matrix-fault-token")
    elif password:
        device = known.device_id if known is not None else secrets.token_hex(5).upper()
        # Kept first: killed after the login, the next start is the same device again.
        keep(store, Session(user_id, device))
        session = await _logged_in(wire, user_id, password, device=device, name=device_name)
    else:
        raise Unusable("matrix-fault-token")
    if session.user_id != user_id:
        raise Unusable("matrix-fault-whose-token", {"found": session.user_id})
    keep(store, session)
    return session


async def _accepted(wire: Wire, session: Session) -> Session | None:
    """The session as the server sees it, or None when it knows nothing of that token."""
    wire.client.access_token = session.access_token
    try:
        said = await wire.call("GET", path("account", "whoami"))
    except Unusable as fault:
        if fault.key != "matrix-fault-token":
            raise
        return None
    device = str(said.get("device_id") or session.device_id)
    if not device:
        # An application service's token names no device, and keys belong to one.
        raise Unusable("matrix-fault-no-device")
    return Session(str(said["user_id"]), device, session.access_token)


async def _logged_in(wire: Wire, user_id: str, password: str, *, device: str, name: str) -> Session:
    wire.client.access_token = ""
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": user_id},
        "password": password,
        "initial_device_display_name": name,
        # Where there was one, members' clients know its keys, and so does the store.
        "device_id": device,
    }
    try:
        said = await wire.call("POST", path("login"), body)
    except Refused:
        raise Unusable("matrix-fault-password", {"user": user_id}) from None
    wire.client.access_token = str(said["access_token"])
    return Session(str(said["user_id"]), str(said["device_id"]), str(said["access_token"]))
