"""The shop's own small certificate authority: made once, it vouches for this server alone.

Browsers give camera, hashing, random ids and the service worker only to HTTPS. A shop's own
network has no public name, so the shop is its own authority: each tablet trusts it once.
"""

import ipaddress
import logging
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

log = logging.getLogger(__name__)

AUTHORITY_LIFE = timedelta(days=3650)
# Tablets refuse a server certificate that lives longer than 398 days (public rule since 2020-09).
SERVER_LIFE = timedelta(days=397)
RENEW_BEFORE_END = timedelta(days=30)
# A tablet's clock may lag behind the server's.
CLOCK_SLACK = timedelta(days=1)

# The authority can vouch for these and for what this machine is called when it is made, nothing
# else: whoever steals its key cannot pose as a bank.
PRIVATE_NETWORKS = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "127.0.0.0/8",
    )
)
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")


class AuthorityIncomplete(Exception):
    """The authority's files do not belong together; a new one would need trust on every tablet."""


@dataclass(frozen=True)
class Names:
    """What the server's certificate must hold: host names and IPv4 addresses."""

    hosts: tuple[str, ...]
    addresses: tuple[ipaddress.IPv4Address, ...]


@dataclass(frozen=True)
class Authority:
    """Paths of the files under `folder`, all PEM. Both keys are readable by their owner alone."""

    folder: Path

    @property
    def certificate(self) -> Path:
        """What tablets are asked to trust."""
        return self.folder / "authority.crt"

    @property
    def key(self) -> Path:
        """The only secret that must never leave this machine."""
        return self.folder / "authority.key"

    @property
    def server_certificate(self) -> Path:
        """What the server shows."""
        return self.folder / "server.crt"

    @property
    def server_key(self) -> Path:
        """The key of what the server shows."""
        return self.folder / "server.key"


def names_for(hostname: str, addresses: Iterable[str]) -> Names:
    """Localhost, the machine's name (plain and .local, if it is a host name) and its addresses."""
    hosts = ["localhost"]
    if _HOST.fullmatch(hostname) and hostname != "localhost":
        hosts += [hostname, f"{hostname}.local"]
    kept = {ipaddress.IPv4Address(text) for text in ("127.0.0.1", *addresses)}
    return Names(tuple(hosts), tuple(sorted(kept)))


def ensure(folder: Path, names: Names, now: datetime) -> bool:
    """Makes what is missing and renews what ends soon; True if the server's certificate is new.

    Raises AuthorityIncomplete if the authority's files do not belong together, OSError if the
    folder cannot be written.
    """
    files = Authority(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not files.key.exists() and not files.certificate.exists():
        _make_authority(files, names, now)
    authority, key = _load_authority(files)
    if _still_serves(files, authority, names, now):
        return False
    _make_server_certificate(files, authority, key, names, now)
    return True


def load_certificate(path: Path) -> x509.Certificate:
    """Reads one PEM certificate; raises ValueError if it is none."""
    return x509.load_pem_x509_certificate(path.read_bytes())


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 in pairs of hex digits, as the settings of a tablet show it."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def names_in(certificate: x509.Certificate) -> Names:
    """The names a certificate holds."""
    alternative = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = alternative.get_values_for_type(x509.IPAddress)
    return Names(
        tuple(alternative.get_values_for_type(x509.DNSName)),
        tuple(ip for ip in addresses if isinstance(ip, ipaddress.IPv4Address)),
    )


def _make_authority(files: Authority, names: Names, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    # The serial part of the name keeps the authorities of two shops apart in a tablet's list.
    serial = x509.random_serial_number()
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Vehicle reception"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Vehicle reception {serial & 0xFFFFFF:06X}"),
        ]
    )
    permitted: list[x509.GeneralName] = [x509.DNSName(host) for host in ("local", *names.hosts)]
    own = [ipaddress.IPv4Network(address) for address in names.addresses]
    others = [one for one in own if not any(one.subnet_of(net) for net in PRIVATE_NETWORKS)]
    permitted += [x509.IPAddress(network) for network in (*PRIVATE_NETWORKS, *others)]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(now + AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(for_authority=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(files.key, _pem_of_key(key), 0o600)
    _write(files.certificate, certificate.public_bytes(serialization.Encoding.PEM), 0o644)
    log.info("certificate authority made sha256=%s", fingerprint(certificate))


def _load_authority(files: Authority) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    try:
        certificate = load_certificate(files.certificate)
        key = serialization.load_pem_private_key(files.key.read_bytes(), password=None)
    except (FileNotFoundError, ValueError) as cause:
        raise AuthorityIncomplete(str(files.folder)) from cause
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise AuthorityIncomplete(str(files.folder))
    if key.public_key() != certificate.public_key():
        raise AuthorityIncomplete(str(files.folder))
    return certificate, key


def _still_serves(
    files: Authority, authority: x509.Certificate, names: Names, now: datetime
) -> bool:
    try:
        served = load_certificate(files.server_certificate)
        key = serialization.load_pem_private_key(files.server_key.read_bytes(), password=None)
        served.verify_directly_issued_by(authority)
    except (FileNotFoundError, ValueError, TypeError, InvalidSignature):
        return False
    held, wanted = names_in(served), _permitted(authority, names)
    # An address that has gone (no network for a moment) is no reason for a new certificate.
    return (
        key.public_key() == served.public_key()
        and set(wanted.hosts) <= set(held.hosts)
        and set(wanted.addresses) <= set(held.addresses)
        and served.not_valid_before_utc <= now
        and now < served.not_valid_after_utc - RENEW_BEFORE_END
    )


def _permitted(authority: x509.Certificate, names: Names) -> Names:
    """Leaves out what the authority may not vouch for: a name the machine got later."""
    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    permitted = constraints.permitted_subtrees or ()
    roots = [name.value for name in permitted if isinstance(name, x509.DNSName)]
    networks = [name.value for name in permitted if isinstance(name, x509.IPAddress)]
    return Names(
        tuple(
            host
            for host in names.hosts
            if any(host == root or host.endswith(f".{root}") for root in roots)
        ),
        tuple(
            address
            for address in names.addresses
            if any(isinstance(net, ipaddress.IPv4Network) and address in net for net in networks)
        ),
    )


def _make_server_certificate(
    files: Authority,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    names: Names,
    now: datetime,
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    names = _permitted(authority, names)
    begins = now - CLOCK_SLACK
    alternative: list[x509.GeneralName] = [x509.DNSName(host) for host in names.hosts]
    alternative += [x509.IPAddress(address) for address in names.addresses]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Vehicle reception")]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(min(begins + SERVER_LIFE, authority.not_valid_after_utc))
        .add_extension(x509.SubjectAlternativeName(alternative), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(for_authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_issued_by(authority), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    _write(files.server_key, _pem_of_key(key), 0o600)
    _write(files.server_certificate, certificate.public_bytes(serialization.Encoding.PEM), 0o644)
    log.info("server certificate made until=%s", certificate.not_valid_after_utc.isoformat())


def _issued_by(authority: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    identifier = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _key_usage(*, for_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not for_authority,
        key_cert_sign=for_authority,
        crl_sign=for_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem_of_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes, mode: int) -> None:
    """Whole or not at all, and never readable by others for a moment."""
    unfinished = path.with_suffix(f"{path.suffix}.new")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def now() -> datetime:
    """The time in UTC, whole seconds, as certificates count it."""
    return datetime.now(UTC).replace(microsecond=0)
