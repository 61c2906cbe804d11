"""What the terminal says once the app answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

import qrcode


@dataclass(frozen=True)
class Welcome:
    """The facts of the banner; `lan_address` is None where no tablet can reach it."""

    port: int
    secure_port: int
    lan_address: str | None
    fingerprint: str | None
    cast: tuple[tuple[str, str, str], ...]
    behind_proxy: bool = False


def write(facts: Welcome, out: TextIO) -> None:
    """Addresses, the QR code for a tablet, and the PINs of the demo."""
    for line in _lines(facts):
        out.write(f"{line}\n")
    tablet = tablet_address(facts)
    if tablet is not None:
        code = qrcode.QRCode(border=2)
        code.add_data(tablet)
        # On a terminal with colours of its own, so that it can be scanned on dark and light alike.
        code.print_ascii(out=out, tty=out.isatty())
    out.write("  Stop with Ctrl-C.\n\n")
    out.flush()


def tablet_address(facts: Welcome) -> str | None:
    """The HTTPS address for a tablet on the same network."""
    if facts.behind_proxy or facts.lan_address is None:
        return None
    return f"https://{facts.lan_address}:{facts.secure_port}/"


def _lines(facts: Welcome) -> Iterable[str]:
    yield ""
    yield "  Vehicle reception"
    yield ""
    yield f"  This machine     http://localhost:{facts.port}/"
    tablet = tablet_address(facts)
    if tablet is not None:
        yield f"  A tablet         {tablet}   (the code below)"
        yield f"  Set it up first  http://{facts.lan_address}:{facts.port}/trust"
    elif facts.behind_proxy:
        yield "  A tablet         the address of your proxy (BEHIND_PROXY is on)"
    else:
        yield "  A tablet         none can reach this machine: it has no address on a network"
    if facts.fingerprint is not None:
        half = len(facts.fingerprint) // 2 + 1
        yield f"  Fingerprint      {facts.fingerprint[:half]}"
        yield f"                   {facts.fingerprint[half:]}"
    if facts.cast:
        yield ""
        yield "  Demo shop: sign in with a name and its PIN"
        width = max(len(name) for name, _, _ in facts.cast)
        for name, role, pin in facts.cast:
            yield f"    {name.ljust(width)}  {pin}  {role}"
    yield ""
