"""Whether the shop is reached, who is signed in and what time it is; the app on a home screen."""

from flask import Blueprint, Response, g, jsonify, url_for
from flask_babel import gettext

from inspect_app.access import public
from inspect_app.db import now
from inspect_app.i18n import HTML_LANG, locale
from inspect_app.signatures.times import iso_ms

bp = Blueprint("pwa", __name__)


@bp.get("/connection")
@public
def connection() -> Response:
    """What the outbox asks before it sends; the tablet measures its clock's offset by `now`.

    `person` is the id of who is signed in, or null; `sign_in` names the sign-in, so that a taking
    over without network ends when somebody signs in; `tablet` goes into what it saves as a file.
    """
    who = g.who
    return jsonify(
        ok=True,
        person=str(who.id) if who else None,
        sign_in=str(who.sign_in_id) if who else None,
        tablet=str(who.tablet_id) if who else None,
        now=iso_ms(now()),
    )


@bp.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """What a tablet needs to put the app on its home screen, full screen, starting at the board."""
    icons = [
        {"src": _icon("icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": _icon("icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": _icon("icon-maskable-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    answer = jsonify(
        id="/",
        name=gettext("Vehicle reception"),
        short_name=gettext("Reception"),
        start_url="/",
        scope="/",
        display="standalone",
        background_color="#f4f4f1",
        theme_color="#f4f4f1",
        lang=HTML_LANG[locale()],
        icons=icons,
    )
    answer.mimetype = "application/manifest+json"
    return answer


def _icon(name: str) -> str:
    return url_for("static", filename=f"icons/{name}")
