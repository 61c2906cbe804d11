"""Whether the shop is reached, who is signed in, and what time it is here."""

from flask import Blueprint, Response, g, jsonify

from inspect_app.access import public
from inspect_app.db import now
from inspect_app.signatures.times import iso_ms

bp = Blueprint("pwa", __name__)


@bp.get("/connection")
@public
def connection() -> Response:
    """What the outbox asks before it sends; the tablet measures its clock's offset by `now`.

    `person` is the id of who is signed in, or null: the outbox never sends in another's name.
    """
    return jsonify(ok=True, person=str(g.who.id) if g.who else None, now=iso_ms(now()))
