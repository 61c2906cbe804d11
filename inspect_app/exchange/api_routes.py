"""The interface for other systems, under /api/v1 (openapi.py says what it takes and answers)."""

from typing import Any

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from inspect_app.access import by_token, public
from inspect_app.db import db, now
from inspect_app.exchange import actions, openapi, queries
from inspect_app.exchange.doorkeeper import asks, problem
from inspect_app.exchange.forms import read_asked, read_body, read_pushed
from inspect_app.exchange.routes import bp
from inspect_app.orders.queries import order_number_of


@bp.get("/api/v1/openapi.json")
@public
def description() -> ResponseReturnValue:
    """What the interface takes and answers, for machines; nothing of the shop."""
    return openapi.document(request.host_url.rstrip("/") + "/api/v1")


@bp.get("/api/v1/orders")
@by_token
@asks("read")
def list_orders() -> tuple[Any, int]:
    """Orders, the newest first."""
    found, following = queries.orders_asked(read_asked(request.args))
    return {"orders": found, "next": following}, 200


@bp.get("/api/v1/orders/<number>")
@by_token
@asks("read")
def read_order(number: str) -> tuple[Any, int]:
    """One order, by our number or the other system's."""
    return queries.order_by_number(number), 200


@bp.post("/api/v1/orders")
@by_token
@asks("write")
def push_order() -> tuple[Any, int]:
    """An order of another system: kept, linked to the car if it is here, for a person to take."""
    moment = now()
    pushed = read_pushed(read_body(request.get_data()), moment)
    row, is_new = actions.push(pushed, by=g.api_token.by_id, at=moment)
    answer = {
        "external_number": row.number,
        "state": "linked" if row.visit_id else "waiting",
        "order_number": order_number_of(row.visit_id) if row.visit_id else None,
    }
    return answer, 201 if is_new else 200


@bp.get("/api/v1/<path:rest>")
@by_token
def nothing(rest: str) -> Response:
    """No such address: said as JSON, too."""
    db.session.rollback()
    return problem(404, f"Nothing is at {rest[:80]}.")
