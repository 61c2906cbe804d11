"""What happens before and after every request: origin, person, site, headers, errors."""

import hashlib
import logging
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from inspect_app.access import Access, Who
from inspect_app.certificates.routes import plain_http_gate
from inspect_app.compression import shrink
from inspect_app.db import bind_site, db
from inspect_app.errors import BadPhoto, Forbidden, Refused, Sealed
from inspect_app.queued import captor_of, refuse_sealed, unseen, was_captured_before
from inspect_app.sent import IN_THE_NAME_OF
from inspect_app.sites.queries import this_site
from inspect_app.staff.queries import open_site, person_signed_in
from inspect_app.web import clock_of_tablet, error_page, htmx, show_refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
SCANNER_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""The decoder of codes is compiled from its own bytes, which the strict policy forbids; only pages
that scan say so."""
PART_HEADERS = {"X-Content-Type-Options": "nosniff"}
HEADERS = {
    **PART_HEADERS,
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What every document says of itself. A part that htmx swaps in and a source file are no documents:
the page that asked for them decides, and the half kilobyte is saved each time."""
SAFE = ("GET", "HEAD", "OPTIONS")


def build_id(static: Path) -> str:
    """A hash of all static files: the one version of everything the browser keeps."""
    digest = hashlib.sha256()
    for path in sorted(p for p in static.rglob("*") if p.is_file()):
        digest.update(str(path.relative_to(static)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def install(app: Flask) -> None:
    """Hooks the door into the app."""
    app.wsgi_app = _whole_bodies(app.wsgi_app)  # type: ignore[method-assign]  # Flask's way
    app.before_request(_let_in)
    app.after_request(_see_out)
    app.register_error_handler(Refused, show_refusal)
    app.register_error_handler(Sealed, refuse_sealed)
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(Exception, _broken)


def _whole_bodies(app: "WSGIApplication") -> Any:
    """A form that was cut off on its way is no form. The server calls a body ended also where the
    tablet lost its network in the middle; only the announced length tells, and Werkzeug then
    refuses what is shorter (found by `make soak`, 2026-11-25)."""

    def run(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if environ.get("CONTENT_LENGTH"):
            environ.pop("wsgi.input_terminated", None)
        return app(environ, start)

    return run


def _let_in() -> Any:
    g.request_id = uuid.uuid4().hex[:12]
    g.writes = False
    g.who = None
    in_the_name_of: Who | None = request.environ.get(IN_THE_NAME_OF)
    if in_the_name_of is None and (to_trust_page := plain_http_gate(request)) is not None:
        return to_trust_page
    access = _access()
    if access is not None and access.kind == "token" and in_the_name_of is None:
        return None
    if request.method not in SAFE and not _same_origin():
        log.warning("refused cross-origin request path=%s", request.path)
        raise Forbidden
    if request.method not in SAFE:
        g.tablet_clock = clock_of_tablet()
    if access is None:
        return None  # no such page: Flask answers 404
    if in_the_name_of is not None:
        return _let_in_again(in_the_name_of, access)
    g.who = who = person_signed_in(request.cookies.get("sign_in", ""))
    if access.kind == "public":
        return None
    if who is None:
        return _ask_to_sign_in()
    if who.customer_visit_id is not None:
        visit_id = (request.view_args or {}).get("visit_id")
        if not access.in_customer_mode or visit_id not in (None, who.customer_visit_id):
            if not was_captured_before(who.handed_over_at, access):
                return _ask_for_the_tablet_back()
            g.unseen = True
    if access.kind == "roles" and request.method not in SAFE:
        captor = captor_of(who)
        if isinstance(captor, Response):
            return captor
        g.who = who = captor
    if access.kind == "roles" and not who.may(*access.roles):
        raise Forbidden
    return None


def _let_in_again(who: Who, access: Access) -> None:
    """A captured request that the shop itself plays again: only what staff capture, and only in the
    name of a person whose role allows it."""
    bind_site(who.site_id)
    open_site(this_site())
    g.who, g.locale = who, who.locale
    if access.kind != "roles" or not who.may(*access.roles):
        raise Forbidden


def _access() -> Access | None:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "access", None)


def _same_origin() -> bool:
    """Every browser we serve (iPadOS 16.4 and later) says where a post comes from."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        return site == "same-origin"
    return origin is not None and urlsplit(origin).netloc == request.host


def _ask_to_sign_in() -> Any:
    here = request.full_path if request.method in SAFE else request.referrer or "/"
    target = url_for("staff.sign_in", then=urlsplit(here)._replace(scheme="", netloc="").geturl())
    if request.method in SAFE and not htmx.asked:
        return redirect(target, 303)
    fragment = htmx.asked or bool(request.headers.get("Idempotency-Key"))
    template = "errors/_problem.html" if fragment else "errors/401.html"
    message = lazy_gettext("The sign-in has ended. Sign in and go on: nothing is lost.")
    page = render_template(
        template, message=message, next_url=target, next_words=lazy_gettext("Sign in")
    )
    headers = {"HX-Retarget": "#problems", "HX-Reswap": "innerHTML"} if fragment else {}
    return page, 401, headers


def _ask_for_the_tablet_back() -> Any:
    target = url_for("signatures.give_back", visit_id=g.who.customer_visit_id)
    # The outbox must not take a followed redirect for a stored row.
    if htmx.asked or request.headers.get("Idempotency-Key"):
        return Response("", 401, {"HX-Redirect": target})
    return redirect(target, 303)


def _see_out(response: Response) -> Response:
    if g.get("unseen"):
        response = unseen(response)
    for name, value in (PART_HEADERS if htmx.wants_fragment else HEADERS).items():
        response.headers.setdefault(name, value)
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return shrink(response)


def _http_problem(problem: HTTPException) -> Any:
    if isinstance(problem, RequestEntityTooLarge):
        return show_refusal(
            BadPhoto(
                lazy_gettext(
                    "This is larger than 40 MB. Take the photo again, or choose a smaller one."
                ),
                413,
            )
        )
    if problem.code is None or problem.code < 400:
        return problem
    db.session.rollback()
    template = "errors/_problem.html" if htmx.wants_fragment else error_page(problem.code)
    message = None if problem.code == 404 else problem.description
    return render_template(template, status=problem.code, message=message), problem.code


def _broken(problem: Exception) -> Any:
    """A defect. The person gets a calm page with the number to quote; the log gets the rest."""
    log.error("request failed id=%s path=%s", g.get("request_id"), request.path, exc_info=problem)
    db.session.rollback()
    return render_template("errors/500.html", request_id=g.get("request_id", "")), 500
