"""What a visit's guarantee would be, and the card that was given."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.guarantees import rules
from inspect_app.guarantees.models import GuaranteeCard
from inspect_app.guarantees.rules import Term
from inspect_app.i18n import zone
from inspect_app.orders.disclosures import is_customers, is_without_guarantee
from inspect_app.orders.models import Order, OrderPart
from inspect_app.readings.queries import reading_of
from inspect_app.settlements.queries import sheet_of
from inspect_app.sites.queries import site_rules
from inspect_app.visits.models import Visit


@dataclass(frozen=True)
class Proposal:
    """What the card would say: the term, the law's floor, and what it is about."""

    preset: str
    floor: Term
    term: Term
    from_on: date
    odometer_km: int | None
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
    site, reading, car = site_rules(), reading_of(visit.id), visit.vehicle
    preset = site.guarantee_preset
    if preset not in rules.PRESETS:
        preset = "cn" if site.plate_country == "cn" else "kr" if site.is_korean else "own"
    today = at.astimezone(zone()).date()
    age = (today - car.first_registered_on).days if car.first_registered_on else None
    km = reading.odometer_km if reading else None
    category = db.session.scalars(select(Order.category).where(Order.visit_id == visit.id)).one()
    floor = rules.floor_of(preset, category=category, age_days=age, odometer_km=km)
    return Proposal(
        preset=preset,
        floor=floor,
        term=rules.proposed(floor, Term(site.guarantee_days, site.guarantee_km or None)),
        from_on=today,
        odometer_km=km,
        **_about(visit),
    )


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
