"""Bringing a car into the workshop: order completed, teams set, washed, taken over (8.01–8.06)."""

import logging
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, NotFound
from inspect_app.i18n import clock
from inspect_app.key_tags.custody_actions import Act, move_key
from inspect_app.key_tags.models import KeyRegistration
from inspect_app.signatures.strokes import Strokes
from inspect_app.signatures.times import iso_ms
from inspect_app.staff.models import Person
from inspect_app.visits.actions import change_state
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.workshop import rules, signing
from inspect_app.workshop.models import Assignment, Job, Team, Wash, WorkshopReceipt
from inspect_app.workshop.queries import WorkFile, assignments_of
from inspect_app.workshop.words import refuse

log = logging.getLogger(__name__)
SCREEN = "workshop"


def complete_order(
    visit: Visit,
    job_id: uuid.UUID,
    team_id: uuid.UUID | None,
    *,
    by: uuid.UUID,
    at: datetime,
) -> Job:
    """The order is tidy (8.01). One team is set (8.02); without one the supervisor sets several
    (8.03). Until the workshop has the car this may be said anew."""
    if visit.state not in rules.ON_THE_WAY:
        raise Conflict(_l("This car is not on its way into the workshop. Open its page again."))
    job = db.session.scalar(select(Job).where(Job.visit_id == visit.id))
    if job is None:
        job = Job(id=job_id, visit_id=visit.id, by_id=by, captured_at=at)
        db.session.add(job)
    job.needs_several_teams = team_id is None
    _set_teams(visit, {team_id} if team_id else set(), by=by, at=at)
    note(
        visit.id, "workshop.order_completed", by=by, at=at, screen=SCREEN,
        several_teams=job.needs_several_teams, team=str(team_id) if team_id else "",
    )  # fmt: skip
    db.session.flush()
    log.info("order completed visit=%s", visit.id)
    return job


def assign_teams(
    file: WorkFile, team_ids: Collection[uuid.UUID], *, by: uuid.UUID, at: datetime
) -> None:
    """The supervisor or dispatcher sets who works on the car (8.03)."""
    if file.job is None:
        refuse(rules.missing_for_wash(file.way_facts()))
    if file.visit.state not in rules.ON_THE_WAY | rules.IN_WORK:
        raise Conflict(_l("This car is not in work any more. Open its page again."))
    if not team_ids:
        raise Invalid({"team": _l("Choose at least one team.")})
    before = sorted(str(team_id) for team_id in file.team_ids)
    _set_teams(file.visit, set(team_ids), by=by, at=at)
    after = sorted(map(str, team_ids))
    if after != before:
        note(
            file.visit.id, "workshop.teams_set", by=by, at=at, screen=SCREEN,
            before=before, after=after,
        )  # fmt: skip
    log.info("teams set visit=%s", file.visit.id)


def _set_teams(visit: Visit, wanted: set[uuid.UUID], *, by: uuid.UUID, at: datetime) -> None:
    known = set(
        db.session.scalars(select(Team.id).where(Team.id.in_(wanted), Team.closed_at.is_(None)))
    )
    if known != wanted:
        raise Invalid({"team": _l("This team takes no work any more. Choose another.")})
    now_set = {one.team_id: one for one in assignments_of(visit.id)}
    for team_id, row in now_set.items():
        if team_id not in wanted:
            row.ended_at, row.ended_by_id = at, by
    for team_id in sorted(wanted - set(now_set)):
        db.session.add(
            Assignment(
                id=uuid.uuid4(), visit_id=visit.id, team_id=team_id, by_id=by, captured_at=at
            )
        )
    db.session.flush()


def order_wash(file: WorkFile, wash_id: uuid.UUID, *, by: uuid.UUID, at: datetime) -> Wash:
    """T19: the washer is told (8.04). The same again is one wash."""
    if file.wash is not None and file.wash.id == wash_id:
        return file.wash
    refuse(rules.missing_for_wash(file.way_facts()))
    change_state(file.visit, "T19", by=by, at=at, screen=SCREEN, wash=str(wash_id))
    wash = Wash(id=wash_id, visit_id=file.visit.id, by_id=by, captured_at=at)
    db.session.add(wash)
    db.session.flush()
    return wash


def begin_wash(wash: Wash, *, by: uuid.UUID, at: datetime) -> None:
    """The washer has the car. Raises Conflict where another washer began."""
    if wash.began_at is not None:
        if wash.washer_id == by:
            return
        raise Conflict(
            _l(
                "%(name)s has washed this car since %(time)s.",
                name=wash.washer.name if wash.washer else "",
                time=clock(wash.began_at),
            )
        )
    wash.began_at, wash.washer_id = at, by
    note(wash.visit_id, "wash.begun", by=by, at=at, screen="wash", wash=str(wash.id))
    db.session.flush()


def end_wash(wash: Wash, *, not_washed_reason: str, by: uuid.UUID, at: datetime) -> None:
    """Washed; or not, and why. From here on the minutes until the car is back count (8.06)."""
    if wash.washed_at is not None or wash.not_washed_reason:
        return
    wash.washer_id = wash.washer_id or by
    wash.began_at = wash.began_at or at
    wash.not_washed_reason = not_washed_reason
    wash.washed_at = None if not_washed_reason else at
    note(
        wash.visit_id, "wash.ended", by=by, at=at, screen="wash",
        wash=str(wash.id), reason=not_washed_reason,
    )  # fmt: skip
    db.session.flush()


def return_from_wash(wash: Wash, to_id: uuid.UUID, *, by: uuid.UUID, at: datetime) -> None:
    """The washer gave the car back to a business clerk (8.06)."""
    if wash.returned_at is not None:
        return
    if wash.washed_at is None and not wash.not_washed_reason:
        end_wash(wash, not_washed_reason="", by=by, at=at)
    wash.returned_at, wash.returned_to_id = at, to_id
    minutes = rules.elapsed_minutes(wash.washed_at, at)
    note(
        wash.visit_id, "wash.returned", by=by, at=at, screen="wash",
        wash=str(wash.id), to=str(to_id), minutes=minutes,
    )  # fmt: skip
    db.session.flush()


def wash_of(visit_id: uuid.UUID, wash_id: uuid.UUID) -> Wash:
    """A wash of this visit. Raises NotFound."""
    wash = db.session.get(Wash, wash_id, options=[joinedload(Wash.washer)])
    if wash is None or wash.visit_id != visit_id:
        raise NotFound
    return wash


@dataclass(frozen=True)
class ReceiptDraft:
    """What the receiver wrote (8.05). `stated_at`: to ten minutes, in UTC."""

    id: uuid.UUID
    stated_at: datetime
    time_reason: str
    no_wash_reason: str
    is_order_with_car: bool
    strokes: Strokes


def receive_car(
    file: WorkFile,
    draft: ReceiptDraft,
    *,
    receiver: Person,
    tolerance_minutes: int,
    tablet_id: uuid.UUID | None,
    by: uuid.UUID,
    at: datetime,
) -> WorkshopReceipt:
    """T20 or T21: the workshop takes car, order and key over, signed as S3; `at` is the real time.

    The caller has checked the receiver's PIN. Raises Invalid where the stated time is too far off
    and no reason is given.
    """
    if file.receipt is not None and file.receipt.id == draft.id:
        return file.receipt
    number = "T20" if file.visit.state == "washing_in" else "T21"
    refuse(
        rules.missing_for_receipt(
            number,
            file.way_facts(
                no_wash_reason=draft.no_wash_reason,
                is_order_with_car=draft.is_order_with_car,
                is_signed=True,
            ),
        )
    )
    off = rules.minutes_off(draft.stated_at, at)
    if off > tolerance_minutes and not draft.time_reason:
        raise Invalid(
            {
                "time_reason": _l(
                    "The time written is %(n)s minutes off the real one (%(time)s). "
                    "Write the real one, or say why.",
                    n=off,
                    time=clock(at),
                )
            }
        )
    signature = signing.sign(
        file.visit, signing.RECEIPT, uuid.uuid4(),
        person=receiver, facts=_receipt_facts(file, draft), strokes=draft.strokes, by=by, at=at,
    )  # fmt: skip
    receipt = WorkshopReceipt(
        id=draft.id,
        visit_id=file.visit.id,
        signature_id=signature.id,
        receiver_id=receiver.id,
        stated_at=draft.stated_at,
        time_reason=draft.time_reason if off > tolerance_minutes else "",
        no_wash_reason=draft.no_wash_reason if number == "T21" else "",
        by_id=by,
        captured_at=at,
    )
    db.session.add(receipt)
    change_state(
        file.visit, number, by=by, at=at, screen=SCREEN,
        receipt=str(receipt.id), receiver=str(receiver.id), minutes_off=off,
    )  # fmt: skip
    hand_key(
        file.visit.id, receiver.id, "workshop",
        back_at=file.order.promised_at, tablet_id=tablet_id, by=by, at=at,
    )  # fmt: skip
    db.session.flush()
    return receipt


def _receipt_facts(file: WorkFile, draft: ReceiptDraft) -> dict[str, object]:
    return {
        "order_number": file.order.number,
        "stated_at": iso_ms(draft.stated_at),
        "time_reason": draft.time_reason,
        "no_wash_reason": draft.no_wash_reason,
        "order_with_car": draft.is_order_with_car,
        "lines": [one.line.description for one in file.lines],
    }


def hand_key(
    visit_id: uuid.UUID,
    to_id: uuid.UUID,
    reason: str,
    *,
    back_at: datetime | None = None,
    tablet_id: uuid.UUID | None,
    by: uuid.UUID,
    at: datetime,
) -> None:
    """The key goes with the car, until `back_at` or as long as keys are out for this reason. A car
    whose key was never handed in has none to move."""
    registration_id = db.session.scalar(
        select(KeyRegistration.id).where(
            KeyRegistration.visit_id == visit_id, KeyRegistration.released_at.is_(None)
        )
    )
    if registration_id is None:
        return
    minutes = rules.elapsed_minutes(at, back_at) or None
    act = Act(uuid.uuid4(), "handed_over", reason=reason, minutes=minutes, holder_id=to_id)
    move_key(registration_id, act, by=by, at=at, tablet_id=tablet_id, now=at)
