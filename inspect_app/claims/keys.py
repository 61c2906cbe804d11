"""The key that a PIN is closed with on a tablet, and opened with only here.

Made once in the data directory; RSA-OAEP with SHA-256, which every browser knows.
"""

import base64
import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

BITS = 2048
PADDING = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class NotReadable(ValueError):
    """The text was not closed with this shop's key."""


def public_key(folder: Path) -> str:
    """The key to close with: SubjectPublicKeyInfo in base64."""
    public = _private_key(folder / "claims.pem").public_key()
    return base64.b64encode(
        public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).decode()


def opened(folder: Path, closed: str) -> str:
    """The text that a tablet closed. Raises NotReadable."""
    try:
        raw = base64.b64decode(closed, validate=True)
        return _private_key(folder / "claims.pem").decrypt(raw, PADDING).decode("ascii")
    except ValueError as problem:
        raise NotReadable from problem


@lru_cache(maxsize=4)
def _private_key(path: Path) -> rsa.RSAPrivateKey:
    """Made once, readable by the owner alone; of two processes starting together the first one's
    stays."""
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{path.name} holds no RSA key")
    return key


def _make(path: Path) -> None:
    pem = rsa.generate_private_key(65537, BITS).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    young = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(young, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(young, path)
    except FileExistsError:
        pass
    finally:
        young.unlink()
