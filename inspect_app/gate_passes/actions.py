"""Giving a pass, releasing and voiding it, and what happens at the gate."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from sqlalchemy import CursorResult, update
from sqlalchemy.exc import IntegrityError

from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid
from inspect_app.gate_passes import rules
from inspect_app.gate_passes.models import GateCheck, GatePass
from inspect_app.gate_passes.queries import last_pass, pass_of, trip_of, verdict_of
from inspect_app.key_tags.codes import new_token
from inspect_app.orders.models import Order
from inspect_app.sites.actions import next_number
from inspect_app.sites.queries import site_rules
from inspect_app.visits.actions import change_state
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
SCREEN = "gate"


@dataclass(frozen=True, kw_only=True)
class PassDraft:
    """A pass as it is asked for. `minutes`: how long a trip may take; None for the usual time."""

    id: uuid.UUID
    kind: str
    fee_status: str = "none_due"
    minutes: int | None = None
    remark: str = ""


def issue(visit: Visit, draft: PassDraft, *, by: uuid.UUID, at: datetime) -> GatePass:
    """A pass with a number and a code. A repeat is answered with the first one, and a visit that
    has a valid pass of this kind keeps that. Raises Conflict where the kind does not fit."""
    known = db.session.get(GatePass, draft.id)
    if known is not None:
        if known.visit_id != visit.id:
            raise Conflict(_l("This entry belongs to something else. Open the page again."))
        return known
    earlier = last_pass(visit.id) if draft.kind in rules.LAST else trip_of(visit.id)
    if earlier is not None and earlier.kind == draft.kind:
        return earlier
    _must_fit(visit, draft.kind, earlier)
    return _add(visit, draft, by=by, at=at)


def _must_fit(visit: Visit, kind: str, earlier: GatePass | None) -> None:
    if earlier is not None:
        raise Conflict(
            _l(
                "Pass %(number)s is still open. Void it, or wait for the car.",
                number=earlier.number,
            )
        )
    if not rules.may_give(kind, visit.state):
        raise Conflict(_l("This visit is not so far yet. Open it to see what comes first."))
    if kind == "road_test":
        order = db.session.scalars(db.select(Order).where(Order.visit_id == visit.id)).one()
        if order.road_test is False:
            raise Conflict(_l("The customer allows no road test. Ask the customer first."))


def _add(visit: Visit, draft: PassDraft, *, by: uuid.UUID, at: datetime) -> GatePass:
    period = at.strftime("%y%m")
    back = None
    if draft.kind in rules.TRIPS:
        asked = timedelta(minutes=draft.minutes) if draft.minutes else rules.TRIPS[draft.kind]
        back = at + min(asked, rules.LONGEST_TRIP)
    row = GatePass(
        id=draft.id,
        visit_id=visit.id,
        number=f"G{period}-{next_number('gate_pass', period):04d}",
        kind=draft.kind,
        token=new_token(),
        fee_status=draft.fee_status,
        remark=draft.remark,
        valid_until=back or at + timedelta(hours=site_rules().gate_pass_hours),
        return_by=back,
        by_id=by,
        captured_at=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise Conflict(_l("Someone gave a pass at the same moment. Open the page again.")) from None
    note(
        visit.id,
        "gate_pass.issued",
        by=by,
        at=at,
        screen=SCREEN,
        number=row.number,
        pass_kind=row.kind,
        fee_status=row.fee_status,
    )
    db.session.flush()
    log.info("gate pass issued visit=%s pass=%s kind=%s", visit.id, row.id, row.kind)
    return row


def release(visit: Visit, *, by: uuid.UUID, at: datetime) -> GatePass | None:
    """S4 is recorded: the pass of kind settled opens the gate. Where the car left before on the
    supervisor's word, it has left now (T37). None where no such pass is given."""
    found = last_pass(visit.id)
    if found is None or found.kind != "settled" or found.released_at is not None:
        return found
    found.released_at = at
    note(visit.id, "gate_pass.released", by=by, at=at, screen="delivery", number=found.number)
    if found.used_at is not None and visit.state in rules.WAY_OUT:
        change_state(visit, rules.WAY_OUT[visit.state], by=by, at=at, screen=SCREEN)
    db.session.flush()
    log.info("gate pass released visit=%s pass=%s", visit.id, found.id)
    return found


def hold(visit: Visit, *, by: uuid.UUID, at: datetime) -> None:
    """An objection: what was released is so no longer (T36); a car that has left is not called
    back."""
    found = last_pass(visit.id)
    if found is not None and found.released_at is not None and found.used_at is None:
        found.released_at = None
        note(visit.id, "gate_pass.held", by=by, at=at, screen="delivery", number=found.number)
        db.session.flush()


def override(found: GatePass, reason: str, *, by: uuid.UUID, at: datetime) -> GatePass:
    """The supervisor lets the car go before S4, with a written reason (12.04)."""
    if not reason:
        raise Invalid({"reason": _l("Write why the car may leave before the signature.")})
    if found.kind != "settled" or found.used_at or found.voided_at:
        raise Conflict(_l("Only an open pass of a settled visit can be released this way."))
    if found.override_at is None:
        found.override_at, found.override_by_id, found.override_reason = at, by, reason
        note(
            found.visit_id,
            "gate_pass.overridden",
            by=by,
            at=at,
            screen=SCREEN,
            number=found.number,
            reason=reason,
        )
        db.session.flush()
        log.info("gate pass overridden pass=%s", found.id)
    return found


def void(found: GatePass, reason: str, *, by: uuid.UUID, at: datetime) -> GatePass:
    """The pass opens nothing any more; another may be given. A used one stays as it was."""
    if not reason:
        raise Invalid({"reason": _l("Write why.")})
    if found.used_at is not None:
        raise Conflict(_l("This pass was used. It stays in the record as it is."))
    if found.voided_at is None:
        found.voided_at, found.voided_reason = at, reason
        note(
            found.visit_id,
            "gate_pass.voided",
            by=by,
            at=at,
            screen=SCREEN,
            number=found.number,
            reason=reason,
        )
        db.session.flush()
        log.info("gate pass voided pass=%s", found.id)
    return found


def replace(found: GatePass, reason: str, *, by: uuid.UUID, at: datetime) -> GatePass:
    """A lost or wrong pass is voided; one for good is given anew in the same breath, with all that
    was said of it, so that the customer does not wait. Returns the pass that counts now."""
    void(found, reason, by=by, at=at)
    visit = db.session.get_one(Visit, found.visit_id)
    if found.kind not in rules.LAST or not rules.may_give(found.kind, visit.state):
        return found
    draft = PassDraft(
        id=uuid.uuid4(), kind=found.kind, fee_status=found.fee_status, remark=found.remark
    )
    anew = issue(visit, draft, by=by, at=at)
    anew.released_at = found.released_at
    anew.override_at, anew.override_by_id = found.override_at, found.override_by_id
    anew.override_reason = found.override_reason
    db.session.flush()
    return anew


def look(
    found: GatePass | None,
    verdict: str,
    *,
    row_id: uuid.UUID,
    by: uuid.UUID,
    at: datetime,
    tablet_id: uuid.UUID,
) -> GateCheck:
    """Keeps that a code was shown, and what the guard was told."""
    known = db.session.get(GateCheck, row_id)
    if known is not None:
        return known
    row = GateCheck(
        id=row_id,
        pass_id=found.id if found else None,
        verdict=verdict,
        tablet_id=tablet_id,
        by_id=by,
        captured_at=at,
    )
    db.session.add(row)
    db.session.flush()
    log.info("gate check=%s pass=%s verdict=%s", row.id, row.pass_id, verdict)
    return row


def report_plate(
    found: GatePass, *, by: uuid.UUID, at: datetime, tablet_id: uuid.UUID
) -> GateCheck:
    """The guard sees another plate than the pass names: kept, and told in the visit's history."""
    note(found.visit_id, "gate_pass.other_plate", by=by, at=at, screen=SCREEN, number=found.number)
    return look(found, "WRONG_PLATE", row_id=uuid.uuid4(), by=by, at=at, tablet_id=tablet_id)


class NotThroughTheGate(Conflict):
    """The barrier stays down; `pass_id` names the pass whose story says why."""

    def __init__(self, pass_id: uuid.UUID) -> None:
        super().__init__(_l("This pass does not open the gate. Look at why, and call reception."))
        self.pass_id = pass_id


def let_through(pass_id: uuid.UUID, *, going: str, by: uuid.UUID, at: datetime) -> GatePass:
    """The car goes `out` or comes `back`; T15 or T37 with a pass for good. Of two gates one wins,
    by the database. Raises NotThroughTheGate."""
    found = pass_of(pass_id)
    code = "MAY_LEAVE" if going == "out" else "MAY_RETURN"
    if verdict_of(found, at).code != code:
        raise NotThroughTheGate(pass_id)
    moment, person = ("used_at", "used_by_id") if going == "out" else _BACK
    done = cast(
        "CursorResult[Any]",
        db.session.execute(
            update(GatePass)
            .where(GatePass.id == pass_id, getattr(GatePass, moment).is_(None))
            .values({moment: at, person: by})
            .execution_options(synchronize_session=False)
        ),
    )
    if done.rowcount != 1:
        raise NotThroughTheGate(pass_id)
    db.session.refresh(found, [moment, person])
    _through(found, going, by=by, at=at)
    return found


_BACK = ("returned_at", "returned_by_id")


def _through(found: GatePass, going: str, *, by: uuid.UUID, at: datetime) -> None:
    visit = found.visit
    note(
        visit.id, f"gate_pass.{going}", by=by, at=at, screen=SCREEN, number=found.number,
        pass_kind=found.kind,
    )  # fmt: skip
    if found.kind in rules.LAST and visit.state in rules.WAY_OUT:
        change_state(visit, rules.WAY_OUT[visit.state], by=by, at=at, screen=SCREEN)
    db.session.flush()
    log.info("through the gate pass=%s going=%s", found.id, going)
