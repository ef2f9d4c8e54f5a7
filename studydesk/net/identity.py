"""The keys of this device: TLS (P-256), signatures (Ed25519), sealing (X25519).

All three lie in one file, so that a device has either all of its identity or none; the certificate can be
made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.net.statement import (
    SIGNED_PREFIX,
    Body,
    PublicKeys,
    Statement,
    canonical_json,
    encode_base64,
)

VALIDITY = timedelta(days=365 * 30)
RENEW_BEFORE = timedelta(days=365)
_END = b"-----END PRIVATE KEY-----\n"


@dataclass(frozen=True)
class Identity:
    """This device as others know it, with what it needs to prove it."""

    directory: Path
    public_keys: PublicKeys
    fingerprint: str
    """SHA-256 of the DER certificate as lower-case hex."""
    _sign_key: Ed25519PrivateKey
    _seal_key: X25519PrivateKey

    @property
    def device(self) -> str:
        return self.public_keys.device

    @property
    def certificate_pem_path(self) -> Path:
        return self.directory / "certificate.pem"

    @property
    def key_pem_path(self) -> Path:
        """The private keys; the first is that of TLS, which is the one `ssl` reads."""
        return self.directory / "keys.pem"

    def sign(self, body: Body) -> Statement:
        """Sign `body` as this device. Raises StatementFault for what canonical JSON does not know."""
        signature = self._sign_key.sign(SIGNED_PREFIX + canonical_json(body))
        key = encode_base64(self.public_keys.sign)
        return Statement(dict(body), self.device, key, encode_base64(signature))

    def sign_bytes(self, message: bytes) -> bytes:
        """Sign a challenge of the admission; the message carries its own prefix."""
        return self._sign_key.sign(message)

    def shared_secret(self, other_seal_key: bytes) -> bytes:
        """Return the X25519 secret shared with the holder of a seal key (32 bytes)."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

        return self._seal_key.exchange(X25519PublicKey.from_public_bytes(other_seal_key))

    @classmethod
    def load_or_create(cls, directory: Path, clock: Clock) -> Identity:
        """Read the identity in `directory`, or make one on first use. Raises Fault for unreadable keys."""
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            directory.chmod(0o700)
        key_file = directory / "keys.pem"
        if not key_file.exists():
            write_private(key_file, _new_keys())
        try:
            tls, sign, seal = _read_keys(key_file.read_bytes())
        except (ValueError, TypeError) as fault:
            raise Fault(f"The keys of this desk in {key_file} cannot be read; restore a backup.") from fault
        certificate = _certificate(directory / "certificate.pem", tls, clock)
        keys = PublicKeys(_spki(tls.public_key()), _raw(sign), _raw(seal))
        return cls(directory, keys, certificate_fingerprint(certificate), sign, seal)


def certificate_fingerprint(der: bytes) -> str:
    """Return SHA-256 of a DER certificate as lower-case hex."""
    return hashlib.sha256(der).hexdigest()


def certificate_public_key(der: bytes) -> bytes:
    """Return the DER SubjectPublicKeyInfo of a DER certificate. Raises ValueError."""
    public = x509.load_der_x509_certificate(der).public_key()
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read: beside it, synced, then renamed into place."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Make a rename in `directory` survive a power cut, where the system allows it."""
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _spki(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _raw(key: Ed25519PrivateKey | X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _new_keys() -> bytes:
    keys = (
        ec.generate_private_key(ec.SECP256R1()),
        Ed25519PrivateKey.generate(),
        X25519PrivateKey.generate(),
    )
    return b"".join(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) for key in keys)


def _read_keys(content: bytes) -> tuple[ec.EllipticCurvePrivateKey, Ed25519PrivateKey, X25519PrivateKey]:
    tls, sign, seal = (load_pem_private_key(block + _END, None) for block in content.split(_END)[:3])
    if not isinstance(tls, ec.EllipticCurvePrivateKey) or not isinstance(sign, Ed25519PrivateKey):
        raise ValueError("keys of another kind")
    if not isinstance(seal, X25519PrivateKey):
        raise ValueError("keys of another kind")
    return tls, sign, seal


def _certificate(path: Path, key: ec.EllipticCurvePrivateKey, clock: Clock) -> bytes:
    """Return the DER certificate of `key`, made anew when it is missing, near its end or of another key."""
    if path.exists():
        with contextlib.suppress(ValueError):
            present = x509.load_pem_x509_certificate(path.read_bytes())
            fits = present.public_key() == key.public_key()
            if fits and present.not_valid_after_utc - RENEW_BEFORE > clock.now():
                return present.public_bytes(Encoding.DER)
    made = _make_certificate(key, clock)
    write_private(path, made.public_bytes(Encoding.PEM))
    return made.public_bytes(Encoding.DER)


def _make_certificate(key: ec.EllipticCurvePrivateKey, clock: Clock) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "StudyDesk")])
    now = clock.now()
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + VALIDITY)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )
    return builder.sign(key, hashes.SHA256())
