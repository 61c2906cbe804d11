"""What the workshop finds, through the front door."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from inspect_app.additions.models import Addition, AdditionLine
from inspect_app.db import db
from tests.factories import new_id
from tests.web.workshop.steps import fresh, tablet_of


def addition() -> Addition:
    """The last finding."""
    fresh()
    row = db.session.scalars(select(Addition).order_by(Addition.number.desc())).first()
    assert row is not None
    return row


def line_ids() -> list[str]:
    """The items of the last finding."""
    query = (
        select(AdditionLine.id)
        .where(AdditionLine.addition_id == addition().id)
        .order_by(AdditionLine.position)
    )
    return [str(one) for one in db.session.scalars(query)]


def found(app: Flask, visit_id: str, items: str = "Front brake discs", **more: str) -> Any:
    """Daniel of Team 1 finds something."""
    form = {"id": new_id(), "items": items, "reason": "Worn below the limit", **more}
    return tablet_of(app, "Daniel").post(f"/visits/{visit_id}/additions", form)
