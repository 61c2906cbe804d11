"""How far the preparation of a car is, and which cars await a department's slip."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from inspect_app.approvals.queries import granted
from inspect_app.belongings.models import Belonging
from inspect_app.db import db
from inspect_app.orders.models import Order
from inspect_app.preparation.models import PreparationStep, PutBack, Slip
from inspect_app.preparation.rules import Counted, Facts
from inspect_app.settlements.queries import sheet_of
from inspect_app.visits.models import Visit, VisitEvent

MOST_ROWS = 200
CAME_OUT = ("T29", "T41")
WENT_IN = ("T20", "T21", "T28", "T36")
"""After these the car is prepared anew, and its slips are handed in anew."""


@dataclass(frozen=True)
class Item:
    """A line of the items list and what was counted of it since the car came out."""

    belonging: Belonging
    row: PutBack | None

    @property
    def counted(self) -> Counted:
        """As the rules see it."""
        row = self.row
        return Counted(
            self.belonging.quantity, row.quantity if row else None, row.in_car if row else False
        )


@dataclass(frozen=True)
class Preparation:
    """Everything of 11.01 and 11.02 for one visit."""

    steps: dict[str, PreparationStep]
    items: Sequence[Item]
    slips: dict[str, Slip]
    facts: Facts


def preparation_of(visit: Visit) -> Preparation:
    """Reads what was done since the car came out of the workshop."""
    came_out, went_in = _turns(visit.id)
    steps = {
        step.step: step
        for step in db.session.scalars(
            select(PreparationStep)
            .options(joinedload(PreparationStep.by))
            .where(PreparationStep.visit_id == visit.id, PreparationStep.undone_at.is_(None))
        )
        if came_out is None or step.captured_at >= came_out
    }
    items = [
        Item(found[0], _counts(found[1], came_out))
        for found in db.session.execute(
            select(Belonging, PutBack)
            .outerjoin(
                PutBack,
                and_(PutBack.belonging_id == Belonging.id, PutBack.visit_id == visit.id),
            )
            .where(Belonging.visit_id == visit.id, Belonging.removed_at.is_(None))
            .order_by(Belonging.recorded_at, Belonging.id)
        )
    ]
    slips = slips_of(visit.id, went_in)
    sheet = sheet_of(visit)
    facts = Facts(
        steps=frozenset(steps),
        items=tuple(item.counted for item in items),
        difference_accepted=granted(visit.id, "items_differ") is not None,
        slips=frozenset(slips),
        sheet_totalled=sheet.is_totalled,
        prices_unknown=sum(charge.amount is None for charge in sheet.charges),
    )
    return Preparation(steps, items, slips, facts)


def _counts(row: PutBack | None, came_out: datetime | None) -> PutBack | None:
    """The count, if it was made since the car came out."""
    is_older = row is not None and came_out is not None and row.captured_at < came_out
    return None if is_older else row


def _turns(visit_id: uuid.UUID) -> tuple[datetime | None, datetime | None]:
    """When the car last came out of the workshop, and when it last went in."""
    rows = db.session.execute(
        select(VisitEvent.transition, func.max(VisitEvent.captured_at))
        .where(
            VisitEvent.visit_id == visit_id,
            VisitEvent.transition.in_((*CAME_OUT, *WENT_IN)),
        )
        .group_by(VisitEvent.transition)
    )
    at = {row[0]: row[1] for row in rows}
    came_out = max((at[number] for number in CAME_OUT if number in at), default=None)
    went_in = max((at[number] for number in WENT_IN if number in at), default=None)
    return came_out, went_in


def slips_of(visit_id: uuid.UUID, went_in: datetime | None) -> dict[str, Slip]:
    """The slips that count, by kind."""
    rows = db.session.scalars(
        select(Slip)
        .options(joinedload(Slip.by))
        .where(Slip.visit_id == visit_id, Slip.replaced_at.is_(None))
    )
    return {row.kind: row for row in rows if went_in is None or row.captured_at >= went_in}


def awaiting_slips(kinds: tuple[str, ...]) -> list[tuple[Visit, Order, tuple[str, ...]]]:
    """The cars that are finished or nearly so, with the kinds of slip that are still out; those
    that are in preparation first."""
    visits = db.session.execute(
        select(Visit, Order)
        .join(Order, Order.visit_id == Visit.id)
        .options(joinedload(Visit.vehicle))
        .where(Visit.state.in_(("in_workshop", "work_done", "preparing_delivery")))
        .order_by(Order.promised_at, Visit.arrived_at)
        .limit(MOST_ROWS)
    ).all()
    there = _handed_in([visit.id for visit, _order in visits])
    found = [
        (visit, order, tuple(kind for kind in kinds if (visit.id, kind) not in there))
        for visit, order in visits
    ]
    order_of = ("preparing_delivery", "work_done", "in_workshop")
    return sorted((row for row in found if row[2]), key=lambda row: order_of.index(row[0].state))


def _handed_in(visit_ids: Sequence[uuid.UUID]) -> set[tuple[uuid.UUID, str]]:
    """Which slips of these visits count."""
    went_in = (
        select(VisitEvent.visit_id, func.max(VisitEvent.captured_at).label("at"))
        .where(VisitEvent.visit_id.in_(visit_ids), VisitEvent.transition.in_(WENT_IN))
        .group_by(VisitEvent.visit_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Slip.visit_id, Slip.kind)
        .outerjoin(went_in, went_in.c.visit_id == Slip.visit_id)
        .where(
            Slip.visit_id.in_(visit_ids),
            Slip.replaced_at.is_(None),
            (went_in.c.at.is_(None)) | (Slip.captured_at >= went_in.c.at),
        )
    )
    return {(visit_id, kind) for visit_id, kind in rows}
