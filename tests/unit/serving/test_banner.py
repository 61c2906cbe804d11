"""What the terminal says."""

import io
from dataclasses import replace

from inspect_app.serving.banner import Welcome, write

WELCOME = Welcome(
    port=8000,
    secure_port=8443,
    lan_address="192.168.0.20",
    fingerprint=":".join(["AB"] * 32),
    cast=(("Minji", "receptionist", "1111"), ("Jun", "business supervisor", "3333")),
)


def said(facts: Welcome) -> str:
    out = io.StringIO()
    write(facts, out)
    return out.getvalue()


def test_the_banner_names_both_addresses_the_trust_page_and_the_pins() -> None:
    text = said(WELCOME)

    assert "http://localhost:8000/" in text
    assert "https://192.168.0.20:8443/" in text
    assert "http://192.168.0.20:8000/trust" in text
    assert "Minji  1111  receptionist" in text
    assert "Jun    3333  business supervisor" in text
    assert "█" in text


def test_a_machine_no_tablet_can_reach_says_so_and_shows_no_code() -> None:
    text = said(replace(WELCOME, lan_address=None))

    assert "none can reach this machine" in text
    assert "https://" not in text
    assert "█" not in text


def test_behind_a_proxy_there_is_no_certificate_to_trust() -> None:
    text = said(replace(WELCOME, behind_proxy=True, lan_address=None, fingerprint=None))

    assert "BEHIND_PROXY" in text
    assert "Fingerprint" not in text
    assert "/trust" not in text


def test_a_shop_that_is_no_demo_shows_no_pin() -> None:
    assert "PIN" not in said(replace(WELCOME, cast=()))
