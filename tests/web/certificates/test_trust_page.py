"""The trust page, what it hands out, and that plain HTTP leads nowhere else."""

import plistlib
from dataclasses import replace

import pytest
from cryptography import x509
from flask import Flask
from werkzeug.test import TestResponse

from inspect_app.certificates.authority import (
    Authority,
    ensure,
    fingerprint,
    load_certificate,
    names_for,
    now,
)

TABLET = {"REMOTE_ADDR": "192.168.0.77"}


@pytest.fixture
def authority(app: Flask) -> x509.Certificate:
    """The shop has an authority, as after `make run`."""
    folder = app.extensions["settings"].data_dir / "certificates"
    ensure(folder, names_for("reception-pc", ["192.168.0.20"]), now())
    return load_certificate(Authority(folder).certificate)


def ask(
    app: Flask, path: str, base: str = "http://192.168.0.20:8000", **kwargs: str
) -> TestResponse:
    """What a tablet on the shop's network gets."""
    return app.test_client().get(path, base_url=base, environ_base=TABLET, headers=kwargs)


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_the_trust_page_shows_address_code_and_fingerprint(
    app: Flask, authority: x509.Certificate, language: str
) -> None:
    answer = ask(app, "/trust", **{"Accept-Language": language})

    assert answer.status_code == 200
    assert "https://192.168.0.20:8443/" in answer.text
    assert "https://192.168.0.20:8443/trust/works" in answer.text
    assert "data:image/svg+xml;base64," in answer.text
    assert fingerprint(authority) in answer.text


def test_a_host_the_certificate_does_not_hold_is_never_offered(
    app: Flask, authority: x509.Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = ("203.0.113.9", "192.168.0.20")
    monkeypatch.setattr("inspect_app.certificates.routes.lan_addresses", lambda: addresses)

    answer = ask(app, "/trust", base="http://evil.example:8000")

    assert "evil.example" not in answer.text
    assert "https://192.168.0.20:8443/" in answer.text


def test_android_gets_the_certificate_and_an_ipad_the_profile(
    app: Flask, authority: x509.Certificate
) -> None:
    file = ask(app, "/trust/authority.crt")
    profile = ask(app, "/trust/authority.mobileconfig")

    assert file.content_type == "application/x-x509-ca-cert"
    assert x509.load_der_x509_certificate(file.data) == authority
    assert profile.content_type == "application/x-apple-aspen-config"
    (root,) = plistlib.loads(profile.data)["PayloadContent"]
    assert x509.load_der_x509_certificate(root["PayloadContent"]) == authority


def test_no_key_is_ever_handed_out(app: Flask, authority: x509.Certificate) -> None:
    for name in ("authority.key", "server.key", "server.crt"):
        assert ask(app, f"/trust/{name}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/sign-in", "/no-such-page", "/trusted", "/visits"])
def test_plain_http_from_another_machine_leads_to_the_trust_page(app: Flask, path: str) -> None:
    answer = ask(app, path)

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/trust"


def test_a_post_over_plain_http_changes_nothing_and_leads_to_the_trust_page(app: Flask) -> None:
    answer = app.test_client().post(
        "/sign-ins", data={"pin": "1111"}, base_url="http://192.168.0.20", environ_base=TABLET
    )

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/trust"
    assert "Set-Cookie" not in answer.headers


def test_https_and_this_machine_itself_pass(app: Flask) -> None:
    assert ask(app, "/sign-in", base="https://192.168.0.20:8443").status_code == 200
    assert app.test_client().get("/sign-in").status_code == 200


def test_behind_a_proxy_there_is_nothing_to_trust(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], behind_proxy=True)

    assert ask(app, "/sign-in").status_code == 200
    assert "Nothing to install" in ask(app, "/trust").text
    assert ask(app, "/trust/authority.crt").status_code == 404


def test_the_check_is_shown_over_https_only(app: Flask, authority: x509.Certificate) -> None:
    over_https = ask(app, "/trust/works", base="https://192.168.0.20:8443")
    over_http = ask(app, "/trust/works")

    assert over_https.status_code == 200
    assert "secure connection" in over_https.text
    assert over_http.status_code == 303
