"""The trust page and what it hands out; all of it is public and open over plain HTTP."""

import base64
from urllib.parse import urlsplit

import qrcode
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from flask import Blueprint, Request, Response, current_app, redirect, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from qrcode.image.svg import SvgPathImage
from werkzeug.exceptions import NotFound

from inspect_app.access import public
from inspect_app.certificates import authority
from inspect_app.certificates.profile import apple_profile
from inspect_app.config import Settings
from inspect_app.network import is_loopback, lan_addresses

bp = Blueprint("certificates", __name__, url_prefix="/trust")

OPEN_OVER_PLAIN_HTTP = ("/trust", "/trust/", "/static/")


@bp.get("")
@public
def show() -> str:
    """How an iPad and an Android tablet come to trust this server."""
    certificate = _authority()
    if certificate is None:
        return render_template("certificates/not_needed.html")
    home = secure_home()
    return render_template(
        "certificates/show.html",
        secure_home=home,
        works=home + address_of("certificates.works").lstrip("/"),
        secure_code=_picture_of_code(home),
        authority_name=_name_of(certificate),
        fingerprint=authority.fingerprint(certificate),
        ends_on=certificate.not_valid_after_utc,
    )


@bp.get("/works")
@public
def works() -> ResponseReturnValue:
    """Where the check leads: shown over HTTPS only, so that to see it is the proof."""
    if not request.is_secure:
        return redirect(address_of("certificates.show"), 303)
    return render_template("certificates/works.html")


@bp.get("/authority.crt")
@public
def authority_file() -> Response:
    """The authority's certificate as Android takes it (DER)."""
    return _download("application/x-x509-ca-cert", _needed().public_bytes(Encoding.DER))


@bp.get("/authority.mobileconfig")
@public
def authority_profile() -> Response:
    """The same certificate as a profile, as an iPad takes it."""
    certificate = _needed()
    why = _("Lets this tablet open the vehicle reception of your own workshop, and nothing else.")
    profile = apple_profile(certificate, _name_of(certificate), why)
    return _download("application/x-apple-aspen-config", profile)


def plain_http_gate(asked: Request) -> ResponseReturnValue | None:
    """Sends another machine that comes over plain HTTP to the trust page; None lets it pass.

    Loopback passes: browsers count it as secure. Behind a proxy the proxy sees to HTTPS.
    """
    if _settings().behind_proxy or asked.is_secure or is_loopback(asked.remote_addr):
        return None
    allowed = asked.path == OPEN_OVER_PLAIN_HTTP[0] or asked.path.startswith(
        OPEN_OVER_PLAIN_HTTP[1:]
    )
    return None if allowed else redirect(address_of("certificates.show"), 303)


def secure_home() -> str:
    """The HTTPS address that suits whoever asks: the host they used if the certificate holds it."""
    asked_for = urlsplit(request.host_url).hostname or ""
    held = authority.names_in(authority.load_certificate(_files().server_certificate))
    known = {*held.hosts, *map(str, held.addresses)} - {"localhost", "127.0.0.1"}
    host = asked_for
    if host not in known:  # asked for on this machine itself
        host = next((address for address in lan_addresses() if address in known), "localhost")
    return f"https://{host}:{_settings().secure_port}/"


def _settings() -> Settings:
    settings = current_app.extensions["settings"]
    assert isinstance(settings, Settings)
    return settings


def _files() -> authority.Authority:
    return authority.Authority(_settings().data_dir / "certificates")


def _authority() -> x509.Certificate | None:
    """None where the shop has none: behind a proxy, or not served by `inspect_app serve`."""
    files = _files()
    if _settings().behind_proxy or not files.server_certificate.exists():
        return None
    return authority.load_certificate(files.certificate)


def _needed() -> x509.Certificate:
    certificate = _authority()
    if certificate is None:
        raise NotFound
    return certificate


def _name_of(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _download(content_type: str, content: bytes) -> Response:
    name = request.path.rpartition("/")[2]
    disposition = f'attachment; filename="{name.replace("authority", "vehicle-reception")}"'
    return Response(
        content, content_type=content_type, headers={"Content-Disposition": disposition}
    )


def _picture_of_code(text: str) -> str:
    """A QR code as the source of an `<img>`."""
    code = qrcode.QRCode(border=4, image_factory=SvgPathImage)
    code.add_data(text)
    svg = code.make_image().to_string()
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
