"""The messages of the room's WebSocket, in the framing of Hocuspocus 4 (`docs/protocol.md`, Wire).

One message a frame: address, type, payload. The address is the document's name, or name + NUL + session id when
a client keeps several channels of one document on a socket; an answer carries the address it was asked with. Ping
and Pong are one byte without address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from studydesk.net.codec import CodecFault, Reader, write_bytes, write_text, write_uint

MAX_FRAME = 8 * 1024 * 1024
MAX_STATE_FRAME = 64 * 1024 * 1024
"""What a proven member device may send at once: the state of a large document."""
MAX_NAME_BYTES = 512
MAX_SESSION_BYTES = 64
MAX_TOKEN_BYTES = 4096
MAX_VERSION_BYTES = 64
MAX_REASON_BYTES = 1024
MAX_STATELESS_BYTES = 256 * 1024

SYNC, AWARENESS, AUTH, QUERY_AWARENESS, SYNC_REPLY, STATELESS, BROADCAST_STATELESS, CLOSE, SYNC_STATUS = (
    range(9)
)
PING, PONG = 9, 10
READ_WRITE, READ_ONLY = "read-write", "readonly"


def name_of(address: str) -> str:
    """Return the document's name in an address."""
    return address.partition("\0")[0]


@dataclass(frozen=True, slots=True)
class SyncStep1:
    address: str
    state_vector: bytes


@dataclass(frozen=True, slots=True)
class SyncStep2:
    address: str
    update: bytes


@dataclass(frozen=True, slots=True)
class Update:
    address: str
    update: bytes


@dataclass(frozen=True, slots=True)
class Awareness:
    address: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class AuthToken:
    """A client shows its token; `version` is what 4.x providers add, and says that they know Ping."""

    address: str
    token: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class TokenWanted:
    """The hub asks for the token again."""

    address: str


@dataclass(frozen=True, slots=True)
class PermissionDenied:
    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Authenticated:
    address: str
    scope: str


@dataclass(frozen=True, slots=True)
class QueryAwareness:
    address: str


@dataclass(frozen=True, slots=True)
class Stateless:
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Close:
    """Ends one channel; only the hub gives a reason."""

    address: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SyncStatus:
    address: str
    stored: bool


@dataclass(frozen=True, slots=True)
class Ping:
    encoded: ClassVar[bytes] = bytes((PING,))


@dataclass(frozen=True, slots=True)
class Pong:
    encoded: ClassVar[bytes] = bytes((PONG,))


@dataclass(frozen=True, slots=True)
class Unknown:
    """A type this version does not know; it is ignored."""

    address: str
    type: int


Common = SyncStep1 | SyncStep2 | Update | Awareness | QueryAwareness | Stateless | Unknown
FromClient = Common | AuthToken | Close | Ping | Pong
FromHub = Common | TokenWanted | PermissionDenied | Authenticated | Close | SyncStatus | Ping | Pong
Message = FromClient | FromHub


def encode(message: Message) -> bytes:
    """Return the bytes of a message. Raises CodecFault for what cannot be written."""
    if isinstance(message, Ping | Pong):
        return message.encoded
    return write_text(message.address) + _encode_rest(message)


def _encode_rest(message: Message) -> bytes:
    match message:
        case SyncStep1():
            return b"\x00\x00" + write_bytes(message.state_vector)
        case SyncStep2():
            return b"\x00\x01" + write_bytes(message.update)
        case Update():
            return b"\x00\x02" + write_bytes(message.update)
        case Awareness():
            return b"\x01" + write_bytes(message.payload)
        case SyncStatus():
            return b"\x08\x01" if message.stored else b"\x08\x00"
        case Stateless():
            return b"\x05" + write_text(message.text)
        case QueryAwareness():
            return b"\x03"
        case Close():
            return b"\x07" + (write_text(message.reason) if message.reason is not None else b"")
        case _:
            return _encode_auth(message)


def _encode_auth(message: Message) -> bytes:
    match message:
        case AuthToken():
            version = write_text(message.version) if message.version is not None else b""
            return b"\x02\x00" + write_text(message.token) + version
        case TokenWanted():
            return b"\x02\x00"
        case PermissionDenied():
            return b"\x02\x01" + write_text(message.reason)
        case Authenticated():
            return b"\x02\x02" + write_text(message.scope)
        case Unknown():
            return write_uint(message.type)
        case _:
            raise CodecFault("a message without a form")


def binary_frame(message: bytes) -> bytes:
    """Return a message as one binary WebSocket frame of a server: final and unmasked (RFC 6455, section 5.2)."""
    size = len(message)
    if size < 126:
        return bytes((0x82, size)) + message
    if size < 65536:
        return b"\x82\x7e" + size.to_bytes(2, "big") + message
    return b"\x82\x7f" + size.to_bytes(8, "big") + message


def decode_from_client(data: bytes) -> FromClient:
    """Read what a hub receives. Raises CodecFault."""
    start = _single_or_address(data)
    if isinstance(start, Ping | Pong):
        return start
    address, kind, reader = start
    if kind == AUTH:
        return _read_token(address, reader)
    if kind == CLOSE:
        return Close(address)
    return _read_common(address, kind, reader)


def decode_from_hub(data: bytes) -> FromHub:
    """Read what a client receives. Raises CodecFault."""
    start = _single_or_address(data)
    if isinstance(start, Ping | Pong):
        return start
    address, kind, reader = start
    if kind == AUTH:
        return _read_verdict(address, reader)
    if kind == CLOSE:
        return Close(address, reader.text(MAX_REASON_BYTES) if reader.remaining else None)
    if kind == SYNC_STATUS:
        return SyncStatus(address, reader.uint() == 1)
    return _read_common(address, kind, reader)


def _single_or_address(data: bytes) -> Ping | Pong | tuple[str, int, Reader]:
    if data == Ping.encoded:
        return Ping()
    if data == Pong.encoded:
        return Pong()
    reader = Reader(data)
    address = reader.text(MAX_NAME_BYTES + 1 + MAX_SESSION_BYTES)
    name, _, session = address.partition("\0")
    if len(name.encode()) > MAX_NAME_BYTES or len(session.encode()) > MAX_SESSION_BYTES or "\0" in session:
        raise CodecFault("an address out of bounds")
    return address, reader.uint(), reader


def _read_common(address: str, kind: int, reader: Reader) -> Common:
    if kind == SYNC:
        return _read_sync(address, reader)
    if kind == AWARENESS:
        return Awareness(address, reader.bytes(MAX_FRAME))
    if kind == QUERY_AWARENESS:
        return QueryAwareness(address)
    if kind == STATELESS:
        return Stateless(address, reader.text(MAX_STATELESS_BYTES))
    return Unknown(address, kind)


def _read_sync(address: str, reader: Reader) -> SyncStep1 | SyncStep2 | Update:
    step = reader.uint()
    payload = reader.bytes(MAX_STATE_FRAME)
    if step == 0:
        return SyncStep1(address, payload)
    if step == 1:
        return SyncStep2(address, payload)
    if step == 2:
        return Update(address, payload)
    raise CodecFault("an unknown step of synchronisation")


def _read_token(address: str, reader: Reader) -> AuthToken:
    if reader.uint() != 0:
        raise CodecFault("an unknown kind of authentication")
    token = reader.text(MAX_TOKEN_BYTES)
    return AuthToken(address, token, reader.text(MAX_VERSION_BYTES) if reader.remaining else None)


def _read_verdict(address: str, reader: Reader) -> TokenWanted | PermissionDenied | Authenticated:
    verdict = reader.uint()
    if verdict == 0:
        return TokenWanted(address)
    if verdict == 1:
        return PermissionDenied(address, reader.text(MAX_REASON_BYTES))
    if verdict == 2:
        return Authenticated(address, reader.text(MAX_REASON_BYTES))
    raise CodecFault("an unknown verdict")
