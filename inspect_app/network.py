"""Under which addresses and names this machine is reached on the shop's own network."""

import ipaddress
import socket
import struct
import sys

# Any routed address will do: connecting a datagram socket sends nothing, it only picks the way out.
_WAYS_OUT = ("198.51.100.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")
# The ioctl that tells the IPv4 address of one interface (SIOCGIFADDR), by platform.
_INTERFACE_ADDRESS = {"linux": 0x8915, "darwin": 0xC0206921}


def lan_addresses() -> tuple[str, ...]:
    """The IPv4 addresses of this machine that others may reach, the most likely one first."""
    found = [_address_towards(target) for target in _WAYS_OUT]
    found += _addresses_of_interfaces()
    return reachable(found)


def reachable(addresses: list[str | None]) -> tuple[str, ...]:
    """Leaves out what no other machine can reach, keeps the order, names each address once."""
    kept: dict[str, None] = {}
    for text in addresses:
        if text is None:
            continue
        address = ipaddress.IPv4Address(text)
        if not (address.is_loopback or address.is_link_local or address.is_unspecified):
            kept[text] = None
    return tuple(kept)


def is_loopback(address: str | None) -> bool:
    """True for this machine itself; an IPv4 address written as IPv6 counts as what it is."""
    try:
        ip = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(ip, "ipv4_mapped", None)
    return bool((mapped or ip).is_loopback)


def hostname() -> str:
    """The machine's own name without its domain, in lower case."""
    return socket.gethostname().partition(".")[0].lower()


def _address_towards(target: str) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect((target, 9))
        except OSError:
            return None
        return str(way.getsockname()[0])


def _addresses_of_interfaces() -> list[str | None]:
    request = _INTERFACE_ADDRESS.get(sys.platform)
    if request is None:
        return []
    from fcntl import ioctl  # not on Windows, where the ways out must do

    found: list[str | None] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            try:
                answer = ioctl(probe.fileno(), request, struct.pack("256s", name.encode()[:15]))
            except OSError:  # an interface without an IPv4 address
                continue
            found.append(socket.inet_ntoa(answer[20:24]))
    return found
