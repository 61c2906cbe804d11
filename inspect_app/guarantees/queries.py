"""What a visit's guarantee would be, and the card that was given."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.guarantees.models import GuaranteeCard
from inspect_app.guarantees.terms import Terms, terms_for
from inspect_app.orders.disclosures import is_customers, is_without_guarantee
from inspect_app.orders.models import Order, OrderPart
from inspect_app.settlements.queries import sheet_of
from inspect_app.visits.models import Visit


@dataclass(frozen=True)
class Proposal:
    """What the card would say: the term beside the law's floor, and what it is about."""

    terms: Terms
    items: list[str]
    exclusions: list[dict[str, Any]]


def card_of(visit_id: uuid.UUID) -> GuaranteeCard | None:
    """The card that counts: the last one given."""
    return db.session.scalar(
        select(GuaranteeCard)
        .options(joinedload(GuaranteeCard.by))
        .where(GuaranteeCard.visit_id == visit_id)
        .order_by(GuaranteeCard.recorded_at.desc())
        .limit(1)
    )


def proposal_for(visit: Visit, at: datetime) -> Proposal:
    """The term by the site's rules for this car at this moment; the work is what the sheet says."""
    category = db.session.scalars(select(Order.category).where(Order.visit_id == visit.id)).one()
    return Proposal(terms_for(visit, category, at), **_about(visit))


def _about(visit: Visit) -> dict[str, Any]:
    """The work that is covered, and the parts that are not (P3, P4)."""
    charges = sheet_of(visit).charges
    fitted = {charge.ref for charge in charges if charge.kind == "part"}
    parts = db.session.scalars(
        select(OrderPart).where(OrderPart.id.in_([uuid.UUID(ref) for ref in fitted]))
    )
    excluded = {str(part.id): part for part in parts if is_without_guarantee(part)}
    return {
        "items": [
            charge.description
            for charge in charges
            if charge.kind in ("labour", "part", "outside") and charge.ref not in excluded
        ],
        "exclusions": [
            {"name": part.name, "code": "P3" if is_customers(part) else "P4"}
            for part in excluded.values()
        ],
    }
