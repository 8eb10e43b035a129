"""Drafts that nobody reads from a copy of the database without COPAIN_SECRET [PR-3].

Each is as long as any other, so that its length tells nothing (docs/decisions/0013).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.chance import SecretChance

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SIZE = 12_288
"""Bytes that every draft is filled up to: more than an answer of 2000 characters takes."""
_NONCE = 12


def close(values: Mapping[str, str], seal: bytes) -> str:
    """The values sealed, as text. The nonce is of the system: it must never come twice."""
    plain = json.dumps(dict(values), ensure_ascii=False).encode("utf-8", "surrogatepass")
    filled = plain.ljust(-(-len(plain) // SIZE) * SIZE)
    nonce = SecretChance().bits(8 * _NONCE, "nonce").to_bytes(_NONCE, "big")
    return base64.b64encode(nonce + _cipher(seal).encrypt(nonce, filled, None)).decode()


def open_(sealed: str, seal: bytes) -> dict[str, str]:
    """The values again; none when another secret sealed them."""
    from cryptography.exceptions import InvalidTag

    raw = base64.b64decode(sealed)
    try:
        plain = _cipher(seal).decrypt(raw[:_NONCE], raw[_NONCE:], None)
    except InvalidTag:
        return {}
    found: dict[str, str] = json.loads(plain.decode("utf-8", "surrogatepass"))
    return found


def _cipher(seal: bytes) -> AESGCM:
    # Imported here: it takes a tenth of a second that a start can do without (PE-7).
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(hmac.new(seal, b"draft", hashlib.sha256).digest())
