"""Remembering a customer and their consents."""

import logging
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from inspect_app.customers.models import Consent, Customer
from inspect_app.db import db
from inspect_app.errors import NotFound

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CustomerDraft:
    """What the customer said at arrival. `consents`: kind (data, contact, promotion) to yes or no;
    a question that was not asked is not in it."""

    id: uuid.UUID
    name: str
    phone: str = ""
    organisation: str = ""
    department: str = ""
    work_address: str = ""
    locale: str = ""
    email: str = ""
    consents: dict[str, bool] = field(default_factory=dict)


def phone_end(phone: str) -> str:
    """The last four digits, by which a customer is found."""
    return "".join(sign for sign in phone if sign.isdecimal())[-4:]


def remember_customer(draft: CustomerDraft, known_id: uuid.UUID | None) -> Customer:
    """The known customer with what is newly known, or a new one. NotFound for a foreign id."""
    if known_id is None:
        customer = Customer(id=draft.id, name=draft.name, version=0)
        db.session.add(customer)
    else:
        found = db.session.get(Customer, known_id)
        if found is None:
            raise NotFound
        customer = found
    customer.name = draft.name
    for name in ("email", "organisation", "department", "work_address", "locale"):
        if said := getattr(draft, name):
            setattr(customer, name, said)
    if draft.phone:
        customer.phone, customer.phone_end = draft.phone, phone_end(draft.phone)
    customer.version += 1
    db.session.flush()
    log.info("customer remembered customer=%s", customer.id)
    return customer


def answer_consents(
    customer_id: uuid.UUID,
    visit_id: uuid.UUID | None,
    answers: dict[str, bool],
    *,
    by: uuid.UUID,
    at: datetime,
) -> None:
    """Keeps each answer as a row of its own; the latest of a kind counts."""
    for kind, given in answers.items():
        db.session.add(
            Consent(
                customer_id=customer_id,
                visit_id=visit_id,
                kind=kind,
                given=given,
                by_id=by,
                captured_at=at,
            )
        )
    db.session.flush()
