"""One shop on one machine: database, certificate, doors and banner, in this order."""

import logging
from ipaddress import IPv4Address
from typing import TextIO

from inspect_app.certificates import authority
from inspect_app.config import Settings
from inspect_app.network import hostname, lan_addresses
from inspect_app.serving import banner
from inspect_app.serving.checks import CannotServe
from inspect_app.serving.database import demo_cast, prepare
from inspect_app.serving.doors import Door, keep_open

log = logging.getLogger(__name__)


def run(settings: Settings, workers: int, out: TextIO) -> int:
    """Serves until told to stop; returns the exit code. Raises CannotServe before it began."""
    prepare(settings)
    if not settings.behind_proxy:
        certify(settings)

    def ready() -> None:
        banner.write(_welcome(settings), out)

    return keep_open(doors_of(settings, workers), ready, lambda: _renew(settings))


def doors_of(settings: Settings, workers: int) -> list[Door]:
    """Tablets come over HTTPS, this machine over plain HTTP; behind a proxy there is one door."""
    if settings.behind_proxy:
        return [Door(settings.port, workers)]
    files = authority.Authority(settings.data_dir / "certificates")
    return [
        Door(settings.secure_port, workers, files.server_certificate, files.server_key),
        Door(settings.port, 1),
    ]


def certify(settings: Settings) -> bool:
    """Sees to a certificate for this machine's names and addresses; True if it is a new one."""
    folder = settings.data_dir / "certificates"
    names = authority.names_for(hostname(), lan_addresses())
    try:
        return authority.ensure(folder, names, authority.now())
    except authority.AuthorityIncomplete as cause:
        raise CannotServe(
            f"The certificate authority in {folder} is incomplete: restore authority.key and "
            "authority.crt from your backup, or remove the folder and set up every tablet anew."
        ) from cause
    except OSError as cause:
        raise CannotServe(f"The folder {folder} cannot be written ({cause.strerror}).") from cause


def _renew(settings: Settings) -> bool:
    """As `certify`, while serving: a problem is logged and the present certificate stays."""
    if settings.behind_proxy:
        return False
    try:
        return certify(settings)
    except CannotServe as problem:
        log.error("certificate not renewed: %s", problem)
        return False


def _welcome(settings: Settings) -> banner.Welcome:
    fingerprint = lan_address = None
    if not settings.behind_proxy:
        files = authority.Authority(settings.data_dir / "certificates")
        fingerprint = authority.fingerprint(authority.load_certificate(files.certificate))
        held = authority.names_in(authority.load_certificate(files.server_certificate))
        lan_address = next(
            (ip for ip in lan_addresses() if IPv4Address(ip) in held.addresses), None
        )
    return banner.Welcome(
        port=settings.port,
        secure_port=settings.secure_port,
        lan_address=lan_address,
        fingerprint=fingerprint,
        cast=demo_cast() if settings.demo else (),
        behind_proxy=settings.behind_proxy,
    )
