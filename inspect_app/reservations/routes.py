"""What a tablet is given ahead for a time without network."""

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from inspect_app.access import signed_in, who
from inspect_app.claims.keys import public_key
from inspect_app.db import now
from inspect_app.reservations import actions
from inspect_app.signatures.times import iso_ms
from inspect_app.staff.queries import people_of_site
from inspect_app.staff.rules import RECEPTION
from inspect_app.web import commits

bp = Blueprint("reservations", __name__)


@bp.post("/reservations")
@signed_in
@commits
def reserve() -> ResponseReturnValue:
    """Numbers for the reception, and for everyone the names and the key that a taking over needs.
    Asked again every half hour while the shop is reached."""
    block = actions.reserve(who().tablet_id, at=now()) if who().may(*RECEPTION) else None
    return jsonify(
        tags=block.tags if block else [],
        slots=block.slots if block else [],
        boxes=block.boxes if block else [],
        ends_at=iso_ms(block.ends_at) if block else None,
        key=public_key(current_app.extensions["settings"].data_dir),
        people=[{"id": str(one.id), "name": one.name} for one in people_of_site()],
    )
