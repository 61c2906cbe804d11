"""The lines of an order that may be stopped, and the stop of a visit."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from inspect_app.db import db
from inspect_app.orders.models import Order, OrderLine
from inspect_app.orders.queries import lines_with_parts
from inspect_app.stops.models import RepairStop


def stop_of(visit_id: uuid.UUID) -> RepairStop | None:
    """The stop of this visit with its lines."""
    return db.session.scalar(
        select(RepairStop)
        .options(selectinload(RepairStop.lines))
        .where(RepairStop.visit_id == visit_id)
    )


def lines_to_price(visit_id: uuid.UUID) -> Sequence[OrderLine]:
    """Every line of the order and its additional sheets."""
    order_id = db.session.scalars(select(Order.id).where(Order.visit_id == visit_id)).one()
    return lines_with_parts(order_id)[0]
