"""Entering a room: both sides of the dialogue in text frames, without I/O (`docs/protocol.md`, Admission).

    client  hello      room or none, how, device, keys, name, nonce (a member may bring founding and statements)
    hub     challenge  room, device, keys, nonce, signature over the transcript; with a code its SPAKE2 message
    client  proof      signature over the transcript; with a code its SPAKE2 message and key confirmation
    hub     admitted   token, role, founding, statements; with a code its own key confirmation
            refused    a sentence

The transcript holds both devices, both nonces, the room, the way in, and the hash of the TLS certificate that
the client sees, so that nobody can sit in between. Whoever guesses a code learns nothing before the hub has
charged the try.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from spake2 import SPAKE2_A, SPAKE2_B
from spake2.spake2 import SPAKEError

from studydesk.foundation.errors import NotReachable, Refused
from studydesk.net.faults import ProtocolFault
from studydesk.net.identity import Identity
from studydesk.net.statement import (
    JsonValue,
    PublicKeys,
    Statement,
    StatementFault,
    canonical_json,
    decode_base64,
    encode_base64,
    parse_json,
    text_of,
)

VERSION = 1
MAX_DIALOGUE_BYTES = 4 * 1024 * 1024
NONCE_BYTES = 32
_PREFIX = b"studydesk admission 1\n"
CODE, MEMBER = "code", "member"


class AdmissionFault(ProtocolFault):
    """The other side does not keep to the dialogue, or is not who it says it is."""


def new_code() -> str:
    """Return a new spoken code: six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def plain_code(code: str) -> str:
    """Return a code as it is compared: without spaces, whatever the case."""
    return "".join(code.split()).casefold()


@dataclass(frozen=True)
class Hello:
    """What a client says first."""

    how: str
    room: str | None
    device: str
    keys: PublicKeys
    name: str
    nonce: str
    founding: Statement | None = None
    statements: tuple[Statement, ...] = ()

    def text(self) -> str:
        body: dict[str, JsonValue] = {
            "type": "hello",
            "version": VERSION,
            "how": self.how,
            "room": self.room,
            "device": self.device,
            "keys": self.keys.as_json(),
            "name": self.name,
            "nonce": self.nonce,
        }
        if self.founding is not None:
            body["founding"] = self.founding.as_json()
            body["statements"] = [statement.as_json() for statement in self.statements]
        return canonical_json(body).decode()

    @classmethod
    def parse(cls, text: str) -> Hello:
        """Read a hello. Raises ProtocolFault."""
        body = _object(text, "hello")
        if body.get("version") != VERSION:
            raise AdmissionFault("another version of the protocol")
        keys = PublicKeys.from_json(body.get("keys"))
        how, device, room = text_of(body, "how", 16), text_of(body, "device", 64), body.get("room")
        if how not in (CODE, MEMBER) or keys.device != device or not isinstance(room, str | None):
            raise AdmissionFault("a hello that does not fit together")
        founding = body.get("founding")
        return cls(
            how,
            room,
            device,
            keys,
            text_of(body, "name", 120),
            text_of(body, "nonce", 64),
            Statement.from_json(founding) if founding is not None else None,
            _statements(body.get("statements")),
        )


@dataclass(frozen=True)
class Challenge:
    """What a hub answers."""

    room: str
    device: str
    keys: PublicKeys
    nonce: str
    signature: str
    spake: str = ""

    def text(self) -> str:
        body: dict[str, JsonValue] = {
            "type": "challenge",
            "room": self.room,
            "device": self.device,
            "keys": self.keys.as_json(),
            "nonce": self.nonce,
            "signature": self.signature,
            "spake": self.spake,
        }
        return canonical_json(body).decode()

    @classmethod
    def parse(cls, text: str) -> Challenge:
        """Read a challenge. Raises ProtocolFault, or Refused when the hub refuses already."""
        body = _object(text, "challenge")
        keys = PublicKeys.from_json(body.get("keys"))
        device = text_of(body, "device", 64)
        if keys.device != device:
            raise AdmissionFault("a hub whose keys are not those of its device")
        return cls(
            text_of(body, "room", 64),
            device,
            keys,
            text_of(body, "nonce", 64),
            text_of(body, "signature", 128),
            text_of(body, "spake", 256),
        )


@dataclass(frozen=True)
class Grant:
    """What a hub hands over to whom it lets in."""

    room: str
    role: str
    token: str
    founding: Statement
    statements: tuple[Statement, ...]
    confirm: str = ""

    def text(self) -> str:
        body: dict[str, JsonValue] = {
            "type": "admitted",
            "room": self.room,
            "role": self.role,
            "token": self.token,
            "founding": self.founding.as_json(),
            "statements": [statement.as_json() for statement in self.statements],
            "confirm": self.confirm,
        }
        return canonical_json(body).decode()

    @classmethod
    def parse(cls, text: str) -> Grant:
        """Read what a hub hands over. Raises ProtocolFault, or Refused when it refuses."""
        body = _object(text, "admitted")
        return cls(
            text_of(body, "room", 64),
            text_of(body, "role", 16),
            text_of(body, "token", 8192),
            Statement.from_json(body.get("founding")),
            _statements(body.get("statements")),
            text_of(body, "confirm", 128),
        )


def refusal(sentence: str, reachable: bool = True) -> str:
    """Return the frame that refuses. `reachable` False: this hub has no such room, another may have it."""
    body: dict[str, JsonValue] = {"type": "refused", "sentence": sentence, "elsewhere": not reachable}
    return canonical_json(body).decode()


class ClientSide:
    """A client that enters. `hello`, then `prove` with the hub's challenge, then `finish` with its answer."""

    def __init__(
        self,
        identity: Identity,
        name: str,
        fingerprint: str,
        code: str | None,
        room: str | None,
        founding: Statement | None = None,
        statements: Sequence[Statement] = (),
    ) -> None:
        self._identity = identity
        self._fingerprint = fingerprint
        self._code = code
        self._key = b""
        self.challenge: Challenge | None = None
        self.hello = Hello(
            MEMBER if code is None else CODE,
            room,
            identity.device,
            identity.public_keys,
            name[:120],
            encode_base64(secrets.token_bytes(NONCE_BYTES)),
            founding,
            tuple(statements),
        )

    def prove(self, text: str, certificate_key: bytes) -> str:
        """Check the hub's challenge and return the proof. `certificate_key` is the DER key of its certificate.

        Raises Refused, or AdmissionFault for a hub that is not the one whose certificate this is.
        """
        challenge = self.challenge = Challenge.parse(text)
        if challenge.keys.tls != certificate_key:
            raise AdmissionFault("the certificate is not that of the hub's device")
        if self.hello.room not in (None, challenge.room):
            raise AdmissionFault("the hub speaks of another room")
        transcript = transcript_of(self.hello, challenge, self._fingerprint)
        _verify(challenge.keys, challenge.signature, transcript + b"hub")
        body: dict[str, JsonValue] = {
            "type": "proof",
            "signature": encode_base64(self._identity.sign_bytes(transcript + b"client")),
        }
        if self._code is not None:
            side = SPAKE2_A(
                plain_code(self._code).encode(), idA=b"client", idB=_identity_of(transcript, challenge)
            )
            body["spake"] = encode_base64(side.start())
            self._key = _finish(side, challenge.spake)
            body["confirm"] = confirmation(self._key, transcript, "client")
        return canonical_json(body).decode()

    def finish(self, text: str) -> Grant:
        """Check the hub's answer. Raises Refused, or AdmissionFault when the hub did not know the code."""
        grant = Grant.parse(text)
        challenge = self.challenge
        if challenge is None or grant.room != challenge.room:
            raise AdmissionFault("the hub speaks of another room")
        if self._code is not None:
            wanted = confirmation(self._key, transcript_of(self.hello, challenge, self._fingerprint), "hub")
            if not hmac.compare_digest(wanted, grant.confirm):
                raise AdmissionFault("the hub does not know the code")
        return grant


class HubSide:
    """A hub that lets one client in. `challenge`, then `accept` with its proof."""

    def __init__(self, identity: Identity, hello: Hello, room: str, code: str | None) -> None:
        self._identity = identity
        self.hello = hello
        nonce = encode_base64(secrets.token_bytes(NONCE_BYTES))
        bare = Challenge(room, identity.device, identity.public_keys, nonce, "")
        self._transcript = transcript_of(hello, bare, identity.fingerprint)
        self._spake = (
            SPAKE2_B(plain_code(code).encode(), idA=b"client", idB=_identity_of(self._transcript, bare))
            if code is not None
            else None
        )
        self.challenge = Challenge(
            room,
            identity.device,
            identity.public_keys,
            nonce,
            encode_base64(identity.sign_bytes(self._transcript + b"hub")),
            encode_base64(self._spake.start()) if self._spake is not None else "",
        )

    def accept(self, text: str) -> str:
        """Check a proof; return the hub's key confirmation ("" without a code).

        Raises AdmissionFault for a device that does not hold its key, and Refused for a wrong code.
        """
        body = _object(text, "proof")
        _verify(self.hello.keys, text_of(body, "signature", 128), self._transcript + b"client")
        if self._spake is None:
            return ""
        key = _finish(self._spake, text_of(body, "spake", 256))
        wanted = confirmation(key, self._transcript, "client")
        if not hmac.compare_digest(wanted, text_of(body, "confirm", 128)):
            raise Refused("wrong code")
        return confirmation(key, self._transcript, "hub")


def transcript_of(hello: Hello, challenge: Challenge, fingerprint: str) -> bytes:
    """Return what both sides sign and confirm."""
    return _PREFIX + canonical_json(
        {
            "how": hello.how,
            "room": challenge.room,
            "client": hello.device,
            "hub": challenge.device,
            "client_nonce": hello.nonce,
            "hub_nonce": challenge.nonce,
            "certificate": fingerprint,
        }
    )


def confirmation(key: bytes, transcript: bytes, side: str) -> str:
    """Return the key confirmation of one side (HMAC-SHA-256 over the transcript)."""
    return encode_base64(hmac.digest(key, transcript + side.encode(), hashlib.sha256))


def _identity_of(transcript: bytes, challenge: Challenge) -> bytes:
    return hashlib.sha256(transcript).digest() + challenge.room.encode()


def _finish(side: SPAKE2_A | SPAKE2_B, message: str) -> bytes:
    try:
        key: bytes = side.finish(decode_base64(message))
    except (SPAKEError, AssertionError, ValueError) as fault:
        raise AdmissionFault("a broken message of the code exchange") from fault
    return key


def _verify(keys: PublicKeys, signature: str, message: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(keys.sign).verify(decode_base64(signature, 64), message)
    except (InvalidSignature, ValueError, StatementFault) as fault:
        raise AdmissionFault("a signature that does not fit") from fault


def _statements(value: JsonValue) -> tuple[Statement, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise AdmissionFault("statements are a list")
    return tuple(Statement.from_json(item) for item in value)


def _object(text: str, kind: str) -> dict[str, JsonValue]:
    value = parse_json(text, MAX_DIALOGUE_BYTES)
    if not isinstance(value, dict):
        raise AdmissionFault("no object")
    if value.get("type") == "refused":
        sentence = text_of(value, "sentence", 500)
        raise NotReachable(sentence) if value.get("elsewhere") else Refused(sentence)
    if value.get("type") != kind:
        raise AdmissionFault(f"a {kind} was expected")
    return value
