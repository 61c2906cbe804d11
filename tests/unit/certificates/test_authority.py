"""The shop's own authority: what it makes, when it makes it again, and what it may vouch for."""

import ipaddress
import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from inspect_app.certificates.authority import (
    SERVER_LIFE,
    Authority,
    AuthorityIncomplete,
    Names,
    ensure,
    fingerprint,
    load_certificate,
    names_for,
    names_in,
)

# Certificates are checked against the real clock by `ssl`, so they begin now.
NOW = datetime.now(UTC).replace(microsecond=0)
NAMES = names_for("reception-pc", ["192.168.0.20"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where an authority was just made."""
    made = tmp_path / "certificates"
    ensure(made, NAMES, NOW)
    return made


def handshake(files: Authority, server_name: str) -> None:
    """A whole TLS handshake in memory; raises ssl.SSLError where the tablet would warn."""
    to_server, to_tablet = ssl.MemoryBIO(), ssl.MemoryBIO()
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(files.server_certificate, files.server_key)
    tablet_side = ssl.create_default_context(cafile=str(files.certificate))
    tablet_side.verify_flags |= ssl.VERIFY_X509_STRICT
    tablet = tablet_side.wrap_bio(to_tablet, to_server, server_hostname=server_name)
    server = server_side.wrap_bio(to_server, to_tablet, server_side=True)
    waiting = [tablet, server]
    while waiting:
        for side in tuple(waiting):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            waiting.remove(side)


@pytest.mark.parametrize(
    "server_name",
    ["192.168.0.20", "127.0.0.1", "localhost", "reception-pc", "reception-pc.local"],
)
def test_a_tablet_that_trusts_the_authority_trusts_the_server(
    folder: Path, server_name: str
) -> None:
    handshake(Authority(folder), server_name)


@pytest.mark.parametrize("server_name", ["192.168.0.21", "bank.example"])
def test_the_server_cannot_pose_as_another(folder: Path, server_name: str) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(Authority(folder), server_name)


def test_a_tablet_that_trusts_another_shop_does_not_trust_this_one(
    folder: Path, tmp_path: Path
) -> None:
    ensure(tmp_path / "other", NAMES, NOW)
    files = Authority(folder)
    other = Authority(tmp_path / "other")
    other.certificate.replace(files.certificate)

    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(files, "localhost")


def test_both_keys_are_readable_by_their_owner_alone(folder: Path) -> None:
    for key in (Authority(folder).key, Authority(folder).server_key):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_second_start_makes_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    made = ensure(folder, NAMES, NOW + timedelta(days=1))

    assert not made
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_server_certificate_is_renewed_thirty_days_before_its_end(folder: Path) -> None:
    files = Authority(folder)
    trusted = files.certificate.read_bytes()
    ends = load_certificate(files.server_certificate).not_valid_after_utc

    assert not ensure(folder, NAMES, ends - timedelta(days=31))
    assert ensure(folder, NAMES, ends - timedelta(days=30))

    assert files.certificate.read_bytes() == trusted
    assert load_certificate(files.server_certificate).not_valid_after_utc > ends


def test_a_new_address_of_the_machine_makes_a_new_server_certificate(folder: Path) -> None:
    files = Authority(folder)
    trusted = files.certificate.read_bytes()

    assert ensure(folder, names_for("reception-pc", ["10.1.2.3"]), NOW)

    assert files.certificate.read_bytes() == trusted
    handshake(files, "10.1.2.3")


def test_an_address_that_went_away_makes_nothing_new(folder: Path) -> None:
    assert not ensure(folder, names_for("reception-pc", []), NOW)


def test_an_address_outside_private_networks_is_held_if_the_machine_had_it_first(
    tmp_path: Path,
) -> None:
    ensure(tmp_path, names_for("reception-pc", ["203.0.113.7"]), NOW)

    handshake(Authority(tmp_path), "203.0.113.7")


def test_a_name_the_authority_may_not_vouch_for_is_left_out(folder: Path) -> None:
    ensure(folder, names_for("new-name", ["203.0.113.7"]), NOW)

    held = names_in(load_certificate(Authority(folder).server_certificate))
    assert held.hosts == ("localhost", "new-name.local")
    assert held.addresses == (ipaddress.IPv4Address("127.0.0.1"),)
    assert not ensure(folder, names_for("new-name", ["203.0.113.7"]), NOW)


def test_a_machine_name_that_is_no_host_name_is_left_out() -> None:
    assert names_for("정비소_pc", []) == Names(
        ("localhost",), (ipaddress.IPv4Address("127.0.0.1"),)
    )


def test_the_server_certificate_is_one_that_tablets_accept(folder: Path) -> None:
    certificate = load_certificate(Authority(folder).server_certificate)

    life = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    issuer = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    authority = load_certificate(Authority(folder).certificate)
    own = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    assert life <= SERVER_LIFE <= timedelta(days=397)
    assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert issuer.key_identifier == own.digest


@pytest.mark.parametrize("lost", ["authority.key", "authority.crt"])
def test_half_an_authority_is_refused_and_never_replaced(folder: Path, lost: str) -> None:
    (folder / lost).unlink()

    with pytest.raises(AuthorityIncomplete):
        ensure(folder, NAMES, NOW)

    assert not (folder / lost).exists()


def test_a_key_of_another_authority_is_refused(folder: Path, tmp_path: Path) -> None:
    ensure(tmp_path / "other", NAMES, NOW)
    (tmp_path / "other" / "authority.key").replace(folder / "authority.key")

    with pytest.raises(AuthorityIncomplete):
        ensure(folder, NAMES, NOW)


def test_a_damaged_server_certificate_is_made_again(folder: Path) -> None:
    Authority(folder).server_certificate.write_bytes(b"half a file")

    assert ensure(folder, NAMES, NOW)
    handshake(Authority(folder), "localhost")


def test_the_fingerprint_reads_as_on_a_tablet(folder: Path) -> None:
    shown = fingerprint(load_certificate(Authority(folder).certificate))

    assert len(shown.split(":")) == 32
    assert shown == shown.upper()
