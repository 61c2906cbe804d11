"""Which addresses count as this machine's, and which as this machine itself."""

import pytest

from inspect_app.network import is_loopback, reachable


def test_addresses_no_other_machine_can_reach_are_left_out() -> None:
    found = ["192.168.0.20", None, "127.0.0.1", "169.254.3.4", "0.0.0.0", "10.0.0.5"]

    assert reachable([*found, "192.168.0.20"]) == ("192.168.0.20", "10.0.0.5")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_itself_is_known_by_any_of_its_addresses(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize(
    "address", ["192.168.0.20", "fe80::1%eth0", "::ffff:192.168.0.20", "", None, "localhost.evil"]
)
def test_everything_else_is_another_machine(address: str | None) -> None:
    assert not is_loopback(address)
