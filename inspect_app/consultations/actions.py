"""Answering a question, and seeing the customer off."""

import logging
import uuid
from datetime import datetime

from flask_babel import lazy_gettext as _l

from inspect_app.consultations.models import Consultation
from inspect_app.consultations.queries import consultation_of
from inspect_app.customers.actions import CustomerDraft, remember_customer
from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.key_tags.custody import tag_not_free
from inspect_app.orders.models import Order
from inspect_app.orders.queries import main_lines
from inspect_app.visits.actions import change_state
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
SCREEN = "consultation"


class TagNotFree(Conflict):
    """A visit ends only when its key's tag is free."""


def answer_question(
    visit: Visit,
    order: Order,
    row_id: uuid.UUID,
    question: str,
    answer: str,
    contact: CustomerDraft | None,
    *,
    by: uuid.UUID,
    at: datetime,
) -> Consultation:
    """T05: a simple question was answered on the spot. A repeat is the same answer.

    Raises Conflict where a diagnosis or a quote was begun.
    """
    if (known := consultation_of(visit.id)) is not None:
        return known
    if visit.state != "arrived" or main_lines(order)[0] or order.diagnosis_first:
        raise Conflict(
            _l(
                "More than a question was begun here: the order has items or a diagnosis. "
                "Take them out first, or go on with the order."
            )
        )
    if contact is not None:
        visit.customer_id = remember_customer(contact, visit.customer_id).id
    row = Consultation(
        id=row_id, visit_id=visit.id, question=question, answer=answer, by_id=by, captured_at=at
    )
    db.session.add(row)
    change_state(visit, "T05", by=by, at=at, screen=SCREEN, contact_given=contact is not None)
    db.session.flush()
    log.info("consultation answered visit=%s", visit.id)
    return row


def see_off(visit: Visit, *, reason: str = "", by: uuid.UUID, at: datetime) -> None:
    """T06: the customer leaves; the car was not taken in, so no pass is needed (Q16).

    Raises TagNotFree while a key of the car hangs on a tag; a supervisor's `reason` overrides.
    """
    if visit.state == "closed":
        return
    tag = tag_not_free(visit.id)
    if tag is not None and not reason:
        raise TagNotFree(
            _l(
                "Key tag %(number)s still holds this car's key. Give the key back first.",
                number=tag,
            )
        )
    if tag is None:
        change_state(visit, "T06", by=by, at=at, screen=SCREEN)
    else:
        change_state(visit, "T06", by=by, at=at, screen=SCREEN, tag=tag, override_reason=reason)
    db.session.flush()
