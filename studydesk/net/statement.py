"""Signed statements: who founded a room, who belongs to it, who may enter (`docs/protocol.md`, Statements).

Everything here is pure: text and keys in, frozen values out. What comes from others is bounded before it is
parsed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from studydesk.net.faults import ProtocolFault

JsonValue: TypeAlias = bool | int | str | list["JsonValue"] | dict[str, "JsonValue"] | None
Body: TypeAlias = Mapping[str, JsonValue]

SIGNED_PREFIX = b"studydesk statement 1\n"
DEVICE_PREFIX = b"studydesk device 1\n"
MAX_STATEMENT_BYTES = 64 * 1024
MAX_DEPTH = 16
MAX_INTEGER = 2**53


class StatementFault(ProtocolFault):
    """A text is no statement, or its signature does not fit."""


def encode_base64(data: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode_base64(text: str, length: int | None = None) -> bytes:
    """Read base64url without padding; `length` is the number of bytes it must hold. Raises StatementFault."""
    try:
        raw = text.encode("ascii")
        data = base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as fault:
        raise StatementFault("broken base64url") from fault
    if length is not None and len(data) != length:
        raise StatementFault("a value of the wrong length")
    if encode_base64(data) != text:
        raise StatementFault("base64url that is not canonical")
    return data


def short_hash(data: bytes) -> str:
    """Return the first 20 bytes of SHA-256 as 32 characters of lower-case base32."""
    return base64.b32encode(hashlib.sha256(data).digest()[:20]).decode("ascii").lower()


def _require_plain(value: object, depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise StatementFault("a value nested too deep")
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) >= MAX_INTEGER:
            raise StatementFault("a number out of range")
    elif isinstance(value, list):
        for item in value:
            _require_plain(item, depth + 1)
    elif isinstance(value, Mapping):
        _require_plain_keys(value)
        for item in value.values():
            _require_plain(item, depth + 1)
    else:
        raise StatementFault("a value that canonical JSON does not know")


def _require_plain_keys(value: Mapping[object, object]) -> None:
    if not all(isinstance(key, str) for key in value):
        raise StatementFault("a key that is no text")


def canonical_json(value: JsonValue | Body) -> bytes:
    """Return the one JSON text of `value`: UTF-8, sorted keys, no spaces, integers. Raises StatementFault."""
    _require_plain(value)
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return text.encode("utf-8")
    except (ValueError, RecursionError) as fault:
        raise StatementFault("text that is not Unicode") from fault


def _without_doubles(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise StatementFault("a key that stands twice")
    return result


def parse_json(text: str | bytes, limit: int = MAX_STATEMENT_BYTES) -> JsonValue:
    """Parse JSON of at most `limit` characters: no floats, no double keys. Raises StatementFault."""
    if len(text) > limit:
        raise StatementFault("a text that is too long")
    try:
        value: JsonValue = json.loads(text, object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError) as fault:
        raise StatementFault("broken JSON") from fault
    _require_plain(value)
    return value


@dataclass(frozen=True)
class PublicKeys:
    """The public keys of a device: SubjectPublicKeyInfo (DER) for TLS, 32 bytes Ed25519, 32 bytes X25519."""

    tls: bytes
    sign: bytes
    seal: bytes

    @cached_property
    def device(self) -> str:
        """The device id: 32 characters of base32."""
        return device_id(self)

    def as_json(self) -> dict[str, JsonValue]:
        return {
            "tls": encode_base64(self.tls),
            "sign": encode_base64(self.sign),
            "seal": encode_base64(self.seal),
        }

    @classmethod
    def from_json(cls, value: JsonValue) -> PublicKeys:
        """Read what `as_json` wrote. Raises StatementFault."""
        if not isinstance(value, dict):
            raise StatementFault("keys are missing")
        tls = decode_base64(text_of(value, "tls", 512))
        sign = decode_base64(text_of(value, "sign", 64), 32)
        return cls(tls, sign, decode_base64(text_of(value, "seal", 64), 32))


def device_id(keys: PublicKeys) -> str:
    """Return the id of the device that holds these keys (`docs/protocol.md`, Identity)."""
    return short_hash(DEVICE_PREFIX + keys.tls + keys.sign + keys.seal)


def text_of(body: Body, key: str, limit: int = 256) -> str:
    """Return the text at `key`, at most `limit` characters. Raises StatementFault."""
    value = body.get(key)
    if not isinstance(value, str) or len(value) > limit:
        raise StatementFault(f"{key} is missing or too long")
    return value


def integer_of(body: Body, key: str) -> int:
    """Return the whole number from 0 on at `key`. Raises StatementFault."""
    value = body.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise StatementFault(f"{key} is missing or no whole number")
    return value


@dataclass(frozen=True)
class Statement:
    """A body and the signature of one device over its canonical JSON. `by` is only a claim until `verify`."""

    body: Body
    by: str
    key: str
    sig: str

    @property
    def kind(self) -> str:
        value = self.body.get("kind")
        return value if isinstance(value, str) else ""

    @cached_property
    def canonical(self) -> bytes:
        """The canonical JSON of the whole statement."""
        return canonical_json({"body": dict(self.body), "by": self.by, "key": self.key, "sig": self.sig})

    @cached_property
    def digest(self) -> str:
        """Base64url SHA-256 of the canonical JSON, as `prev` of an entry."""
        return encode_base64(hashlib.sha256(self.canonical).digest())

    @cached_property
    def verified(self) -> bool:
        """Whether `key` signed this body. Says nothing about whom `key` belongs to."""
        try:
            public = Ed25519PublicKey.from_public_bytes(decode_base64(self.key, 32))
            public.verify(decode_base64(self.sig, 64), SIGNED_PREFIX + canonical_json(self.body))
        except (InvalidSignature, ValueError, StatementFault):
            return False
        return True

    def verified_by(self, device: str, keys: PublicKeys) -> bool:
        """Tell whether the holder of `keys`, that is `device`, signed this."""
        return self.by == device == keys.device and self.key == encode_base64(keys.sign) and self.verified

    def as_json(self) -> dict[str, JsonValue]:
        return {"body": dict(self.body), "by": self.by, "key": self.key, "sig": self.sig}

    def text(self) -> str:
        """Return the canonical JSON as text, for logs and wires."""
        return self.canonical.decode("utf-8")

    @classmethod
    def from_json(cls, value: JsonValue) -> Statement:
        """Read a parsed statement. Raises StatementFault. The signature is not judged here."""
        if not isinstance(value, dict) or set(value) != {"body", "by", "key", "sig"}:
            raise StatementFault("no statement")
        body = value["body"]
        if not isinstance(body, dict):
            raise StatementFault("a statement without body")
        statement = cls(body, text_of(value, "by", 64), text_of(value, "key", 64), text_of(value, "sig", 128))
        if len(statement.canonical) > MAX_STATEMENT_BYTES:
            raise StatementFault("a statement that is too long")
        return statement

    @classmethod
    def parse(cls, text: str | bytes) -> Statement:
        """Read a statement from JSON text of at most 64 KiB. Raises StatementFault."""
        return cls.from_json(parse_json(text))


def room_id(founding: Statement) -> str:
    """Return the id of the room that this statement founds: the hash of the whole statement."""
    return short_hash(founding.canonical)


def token_text(token: Statement) -> str:
    """Return a token as it travels on the wire: base64url of its canonical JSON."""
    return encode_base64(token.canonical)


def parse_token(text: str) -> Statement:
    """Read a token from the wire, at most 4 KiB. Raises StatementFault."""
    if len(text) > 4096:
        raise StatementFault("a token that is too long")
    statement = Statement.parse(decode_base64(text))
    if statement.kind != "token":
        raise StatementFault("no token")
    return statement
