"""A real Matrix homeserver for tests: Synapse from its Python package, on loopback, with SQLite.

It stands alone: no federation, no other host, a throw-away folder. Its limits are wide unless a
test asks for narrow ones.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

READY_IN = 60.0
"""Seconds; it takes about three."""

_SECRET = "register"
_WIDE = "{per_second: 100000, burst_count: 100000}"
_LIMITS = f"""
rc_message: {_WIDE}
rc_registration: {_WIDE}
rc_login: {{address: {_WIDE}, account: {_WIDE}, failed_attempts: {_WIDE}}}
rc_admin_redaction: {_WIDE}
rc_joins: {{local: {_WIDE}, remote: {_WIDE}}}
rc_joins_per_room: {_WIDE}
rc_invites: {{per_room: {_WIDE}, per_user: {_WIDE}, per_issuer: {_WIDE}}}
rc_room_creation: {_WIDE}
"""
# A second identical sync is answered from a cache for two minutes, which is what a bot that starts
# again asks for: hence `sync_response_cache_duration`.
_CONFIG = """
server_name: "localhost"
report_stats: false
pid_file: "{folder}/homeserver.pid"
public_baseurl: "{url}/"
listeners:
  - port: {port}
    bind_addresses: ["127.0.0.1"]
    type: http
    tls: false
    resources: [{{names: [client, media], compress: false}}]
database: {{name: sqlite3, args: {{database: "{folder}/homeserver.db"}}}}
caches: {{sync_response_cache_duration: 0s}}
log_config: "{folder}/log.yaml"
media_store_path: "{folder}/media"
signing_key_path: "{folder}/signing.key"
registration_shared_secret: "{secret}"
macaroon_secret_key: "macaroon"
form_secret: "form"
enable_registration: false
trusted_key_servers: []
suppress_key_server_warning: true
federation_domain_whitelist: []
send_federation: false
url_preview_enabled: false
presence: {{enabled: false}}
bcrypt_rounds: 4
{limits}
"""
_LOG = """
version: 1
formatters: {{line: {{format: "%(asctime)s %(levelname)s %(name)s %(message)s"}}}}
handlers: {{file: {{class: logging.FileHandler, filename: "{folder}/log", formatter: line}}}}
root: {{level: WARNING, handlers: [file]}}
disable_existing_loggers: false
"""


@dataclass(frozen=True, slots=True)
class Login:
    """An account of the homeserver with one device, as a client keeps it."""

    homeserver: str
    user_id: str
    device_id: str
    access_token: str
    password: str


class Refused(Exception):
    """The homeserver answered with an error: its status and its `errcode`."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        self.status = status
        self.code = str(answer.get("errcode", ""))
        super().__init__(f"{status} {answer}")


@dataclass(slots=True)
class Synapse:
    """One homeserver. `limits` is YAML that comes after the wide limits and so beats them, e.g.
    `rc_message: {per_second: 20, burst_count: 10}`.
    """

    folder: Path
    limits: str = ""
    port: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where clients find it."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts it on what the folder holds, and returns when it answers."""
        self.port = self.port or _free_port()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write_config()
        with (self.folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "synapse.app.homeserver"),
                    *("-c", str(self.folder / "homeserver.yaml")),
                ],
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._wait()

    def stop(self) -> None:
        """Stops it; what it holds stays in the folder."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def restart(self) -> None:
        """Stops it and starts it again at the same address."""
        self.stop()
        self.start()

    def register(self, name: str, *, shown: str = "", admin: bool = False) -> Login:
        """A new account, logged in on a first device; `shown` is the name it shows.

        Raises Refused when the name is taken.
        """
        path = "/_synapse/admin/v1/register"
        nonce, password = self.request("GET", path)["nonce"], secrets.token_hex(8)
        kind = "admin" if admin else "notadmin"
        signed = f"{nonce}\0{name}\0{password}\0{kind}".encode()
        mac = hmac.new(_SECRET.encode(), signed, hashlib.sha1)
        asked = {"nonce": nonce, "username": name, "password": password, "admin": admin}
        asked |= {"displayname": shown or name, "mac": mac.hexdigest()}
        made = self.request("POST", path, asked)
        return Login(self.url, made["user_id"], made["device_id"], made["access_token"], password)

    def log_in(self, user: Login) -> Login:
        """Another device of the same account."""
        made = self.request(
            "POST",
            "/_matrix/client/v3/login",
            {
                "type": "m.login.password",
                "identifier": {"type": "m.id.user", "user": user.user_id},
                "password": user.password,
            },
        )
        return Login(
            self.url, made["user_id"], made["device_id"], made["access_token"], user.password
        )

    def request(
        self, method: str, path: str, body: Any = None, *, token: str | None = None
    ) -> dict[str, Any]:
        """What the server answers. Raises Refused when that is an error."""
        request = urllib.request.Request(  # noqa: S310 - our own address
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={"Content-Type": "application/json"},
        )
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                found: dict[str, Any] = json.loads(answer.read() or b"{}")
                return found
        except urllib.error.HTTPError as error:
            with error:
                raise Refused(error.code, json.loads(error.read() or b"{}")) from None

    def _write_config(self) -> None:
        key = self.folder / "signing.key"
        if not key.exists():
            # Having the server make one costs the start of a whole interpreter.
            seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
            key.write_text(f"ed25519 a_test {seed}\n")
        config = _CONFIG.format(
            folder=self.folder, port=self.port, url=self.url, secret=_SECRET, limits=_LIMITS
        )
        (self.folder / "homeserver.yaml").write_text(config + self.limits)
        (self.folder / "log.yaml").write_text(_LOG.format(folder=self.folder))

    def _wait(self) -> None:
        until = time.monotonic() + READY_IN
        while True:
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError((self.folder / "output").read_text()[-3000:])
            try:
                self.request("GET", "/_matrix/client/versions")
            except (OSError, Refused):
                # The server tells nobody when it listens: one asks until it does.
                time.sleep(0.05)
            else:
                return


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
