"""Telling the customer: the car is ready (T30), or it takes longer (T31)."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from inspect_app.contact_log.actions import log_contact, send_message
from inspect_app.contact_log.models import ContactLog
from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, Words
from inspect_app.i18n import moment
from inspect_app.notices.queries import due_for, order_of
from inspect_app.notices.rules import (
    DELAY_STATES,
    NOTIFIED_BY,
    DelayFacts,
    is_in_time,
    missing_for_delay,
)
from inspect_app.preparation.queries import preparation_of
from inspect_app.preparation.rules import missing_for_ready
from inspect_app.promises.actions import keep_promise
from inspect_app.sites.queries import this_site
from inspect_app.visits.actions import change_state
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of

log = logging.getLogger(__name__)

DELAY_WORDS: dict[str, tuple[str, Words]] = {
    "REASON_MISSING": ("reason", _l("Write why the car is not ready in time.")),
    "APOLOGY_MISSING": ("apologised", _l("Apologise to the customer, then tick it.")),
    "NEW_TIME_MISSING": ("promised_at", _l("Give the day and the time.")),
    "NEW_TIME_PAST": (
        "promised_at",
        _l("This time has passed. Promise a time that is still to come."),
    ),
    "NEW_TIME_NOT_LATER": ("promised_at", _l("The new time must be later than the one promised.")),
}


@dataclass(frozen=True)
class Contact:
    """How the customer was told, or tried to be: `sms` and `email` are really sent."""

    id: uuid.UUID
    channel: str
    result: str
    number: str
    person: str
    text: str

    @property
    def is_written(self) -> bool:
        """Whether the shop's gateway sends it."""
        return self.channel in ("sms", "email")


@dataclass(frozen=True)
class Delay:
    """What is said with a delay notice (11.04)."""

    reason: str
    apologised: bool
    promised_at: datetime | None


def _tell(
    visit: Visit, kind: str, contact: Contact, *, by: uuid.UUID, at: datetime, **detail: str
) -> ContactLog:
    planned = due_for(visit.id)
    if contact.is_written:
        return send_message(
            this_site(), visit.id, key=contact.id, kind=kind, channel=contact.channel,
            to=contact.number, text=contact.text, by=by, at=at, planned_at=planned,
            person=contact.person, detail=detail,
        )  # fmt: skip
    return log_contact(
        visit.id, kind=kind, channel=contact.channel, result=contact.result, by=by, at=at,
        planned_at=planned, number=contact.number, person_reached=contact.person,
        text=contact.text, detail=detail, row_id=contact.id,
    )  # fmt: skip


def _said_before(contact: Contact) -> bool:
    """A repeat of a request that was done."""
    return db.session.get(ContactLog, contact.id) is not None


def tell_ready(visit: Visit, contact: Contact, *, by: uuid.UUID, at: datetime) -> ContactLog:
    """11.03: the customer is told to come. Only who was reached, or was sent a message, knows: then
    T30. Raises Conflict while anything of the preparation is missing (11.05)."""
    if not _said_before(contact):
        if visit.state != "preparing_delivery":
            raise Conflict(
                _l("The car is not in preparation. Open the visit to see how far it is.")
            )
        if missing_for_ready(preparation_of(visit).facts):
            raise Conflict(
                _l("The preparation is not complete. Finish what is missing, then tell them.")
            )
    row = _tell(visit, "pickup_notice", contact, by=by, at=at)
    visit = visit_of(visit.id)  # sending commits: another tablet may have been quicker
    if row.result in NOTIFIED_BY and visit.state == "preparing_delivery":
        due = row.planned_at
        in_time = due is None or is_in_time(row.actual_at, due)
        change_state(
            visit, "T30", by=by, at=at, screen="notice", contact=str(row.id), in_time=in_time
        )
        db.session.flush()
    log.info("told ready visit=%s contact=%s result=%s", visit.id, row.id, row.result)
    return row


def tell_delay(
    visit: Visit, contact: Contact, delay: Delay, *, by: uuid.UUID, at: datetime
) -> ContactLog:
    """11.04: the promised time moves, once the customer knows why and heard an apology (T31); what
    was promised before stays in the history. A try without success moves nothing."""
    order = order_of(visit.id)
    if not _said_before(contact):
        if visit.state not in DELAY_STATES:
            raise Conflict(
                _l("The car is not being worked on. Open the visit to see how far it is.")
            )
        missing = missing_for_delay(
            DelayFacts(
                reason=delay.reason, apologised=delay.apologised, promised_at=order.promised_at,
                new_promised_at=delay.promised_at, told_at=at, is_told=True,
            )
        )  # fmt: skip
        if (contact.is_written or contact.result in NOTIFIED_BY) and missing:
            raise Invalid(dict(DELAY_WORDS[one.code] for one in missing))
    new_time = delay.promised_at.isoformat() if delay.promised_at else ""
    row = _tell(visit, "delay_notice", contact, by=by, at=at, reason=delay.reason, new=new_time)
    visit, order = visit_of(visit.id), order_of(visit.id)
    is_new = delay.promised_at is not None and delay.promised_at != order.promised_at
    if row.result in NOTIFIED_BY and is_new and visit.state in DELAY_STATES:
        _move_promise(visit, delay, row, by=by, at=at)
    return row


def _move_promise(
    visit: Visit, delay: Delay, row: ContactLog, *, by: uuid.UUID, at: datetime
) -> None:
    order, due = order_of(visit.id), row.planned_at
    before = order.promised_at
    change_state(
        visit, "T31", target=visit.state, by=by, at=at, screen="notice", contact=str(row.id),
        reason=delay.reason, in_time=due is None or is_in_time(row.actual_at, due),
    )  # fmt: skip
    order.promised_at = delay.promised_at
    order.version += 1
    keep_promise(visit, order, by=by, at=at)
    note(
        visit.id, "promise.moved", by=by, at=at, screen="notice",
        before=moment(before), after=moment(order.promised_at),
    )  # fmt: skip
    db.session.flush()
    log.info("promise moved visit=%s contact=%s", visit.id, row.id)
