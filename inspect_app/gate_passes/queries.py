"""Reading gate passes: a visit's, one by its code, and trips that should be over."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from inspect_app.db import any_site, db
from inspect_app.errors import NotFound
from inspect_app.gate_passes import rules
from inspect_app.gate_passes.models import GateCheck, GatePass
from inspect_app.gate_passes.rules import PassFacts, Verdict
from inspect_app.key_tags.scan_rules import TOKEN
from inspect_app.payments.queries import open_fee_amount
from inspect_app.sites.models import Site
from inspect_app.vehicles.models import Vehicle
from inspect_app.vehicles.rules import normalise_plate
from inspect_app.visits.models import Visit

WITH_CAR = joinedload(GatePass.visit).joinedload(Visit.vehicle)
PEOPLE = (
    joinedload(GatePass.by),
    joinedload(GatePass.used_by),
    joinedload(GatePass.returned_by),
)


def pass_of(pass_id: uuid.UUID) -> GatePass:
    """One pass with its car and people. Raises NotFound, also for another site's."""
    found = db.session.scalar(
        select(GatePass).options(WITH_CAR, *PEOPLE).where(GatePass.id == pass_id)
    )
    if found is None:
        raise NotFound
    return found


def passes_of(visit_id: uuid.UUID) -> Sequence[GatePass]:
    """The visit's passes, the newest first."""
    return db.session.scalars(
        select(GatePass)
        .options(WITH_CAR, *PEOPLE)
        .where(GatePass.visit_id == visit_id)
        .order_by(GatePass.captured_at.desc(), GatePass.number.desc())
    ).all()


def last_pass(visit_id: uuid.UUID) -> GatePass | None:
    """The pass with which the car leaves for good, used or not; None while none is given."""
    return db.session.scalar(
        select(GatePass).where(
            GatePass.visit_id == visit_id,
            GatePass.kind.in_(rules.LAST),
            GatePass.voided_at.is_(None),
        )
    )


def trip_of(visit_id: uuid.UUID) -> GatePass | None:
    """The trip that the car is on, or has a pass for."""
    return db.session.scalar(
        select(GatePass).where(
            GatePass.visit_id == visit_id,
            GatePass.kind.in_(rules.TRIPS),
            GatePass.voided_at.is_(None),
            GatePass.returned_at.is_(None),
        )
    )


def pass_by_token(token: str) -> GatePass | None:
    """The pass of a code, whichever site it belongs to: the caller tells no more of another's."""
    with any_site():
        return db.session.scalar(select(GatePass).where(GatePass.token == token))


def pass_by_words(text: str) -> GatePass | None:
    """The pass that a number or a plate names; of several the one that was given last."""
    plate = normalise_plate(text)
    return db.session.scalar(
        select(GatePass)
        .join(Visit, Visit.id == GatePass.visit_id)
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .where(
            or_(GatePass.number == text.upper(), Vehicle.plate_key == plate)
            if plate
            else GatePass.number == text.upper()
        )
        .order_by(GatePass.voided_at.is_(None).desc(), GatePass.captured_at.desc())
        .limit(1)
    )


def facts_of(found: GatePass) -> PassFacts:
    """What the rules need to know of a pass; its visit is loaded."""
    asks_fee = found.kind == "declined" and found.used_at is None
    return PassFacts(
        kind=found.kind,
        state=found.visit.state,
        valid_until=found.valid_until,
        return_by=found.return_by,
        released_at=found.released_at,
        overridden_at=found.override_at,
        used_at=found.used_at,
        returned_at=found.returned_at,
        voided_at=found.voided_at,
        open_fees=open_fee_amount(found.visit_id) if asks_fee else 0,
    )


def verdict_of(found: GatePass, now: datetime) -> Verdict:
    """What the guard is told of this pass now."""
    return rules.verdict(facts_of(found), now)


def checks_of(pass_id: uuid.UUID) -> Sequence[GateCheck]:
    """Every time that this pass was shown at the gate, oldest first."""
    return db.session.scalars(
        select(GateCheck)
        .options(joinedload(GateCheck.by))
        .where(GateCheck.pass_id == pass_id)
        .order_by(GateCheck.captured_at, GateCheck.recorded_at)
    ).all()


def cars_on_a_trip() -> Sequence[GatePass]:
    """The passes of cars that are out and come back, the earliest return first."""
    return db.session.scalars(
        select(GatePass)
        .options(WITH_CAR)
        .where(
            GatePass.kind.in_(rules.TRIPS),
            GatePass.used_at.is_not(None),
            GatePass.returned_at.is_(None),
            GatePass.voided_at.is_(None),
        )
        .order_by(GatePass.return_by)
    ).all()


def pass_and_shop(token: str) -> tuple[GatePass, Site] | None:
    """The pass of a code and its shop, before anyone is signed in."""
    if not TOKEN.fullmatch(token):
        return None
    with any_site():
        row = db.session.execute(
            select(GatePass, Site)
            .options(WITH_CAR)
            .join(Site, Site.id == GatePass.site_id)
            .where(GatePass.token == token)
        ).first()
    return (row[0], row[1]) if row else None
