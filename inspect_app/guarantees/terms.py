"""How long a car's guarantee would run, by the site's rules and what is known of the car."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from inspect_app.db import db
from inspect_app.guarantees import rules
from inspect_app.guarantees.rules import Term
from inspect_app.i18n import zone
from inspect_app.readings.models import Reading
from inspect_app.sites.queries import site_rules
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit


@dataclass(frozen=True)
class Terms:
    """The law's floor and what is given: the longer of law and shop. `from_on`: the site's day."""

    preset: str
    floor: Term
    term: Term
    from_on: date
    odometer_km: int | None


def terms_for(visit: Visit, category: str, at: datetime) -> Terms:
    """The term for this kind of work, told with the promise (5.01, P9) and given with the card."""
    site, today = site_rules(), at.astimezone(zone()).date()
    registered_on = db.session.scalar(
        select(Vehicle.first_registered_on).where(Vehicle.id == visit.vehicle_id)
    )
    odometer_km = db.session.scalar(
        select(Reading.odometer_km)
        .join(Visit, Visit.id == Reading.visit_id)
        .where(Visit.vehicle_id == visit.vehicle_id, Reading.odometer_km.is_not(None))
        .order_by(Reading.captured_at.desc())
        .limit(1)
    )
    preset = site.guarantee_preset or site.plate_country
    preset = preset if preset in rules.PRESETS else "own"
    floor = rules.floor_of(
        preset,
        category=category,
        age_days=(today - registered_on).days if registered_on else None,
        odometer_km=odometer_km,
    )
    own = Term(site.guarantee_days, site.guarantee_km or None)
    return Terms(preset, floor, rules.proposed(floor, own), today, odometer_km)
