"""Reading a question, its answer, and contact data where it was given (14.02)."""

import uuid
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from inspect_app.customers.actions import CustomerDraft
from inspect_app.fields import Fields, Form


@dataclass(frozen=True)
class ConsultationDraft:
    """`contact` is None where nothing of it was given."""

    id: uuid.UUID
    question: str
    answer: str
    contact: CustomerDraft | None


def read_consultation(form: Form) -> ConsultationDraft:
    """The whole form."""
    fields = Fields(form)
    question, answer = fields.text("question", 2_000), fields.text("answer", 2_000)
    if not answer:
        fields.problems["answer"] = _l("Write what was answered; a few words do.")
    name, phone = fields.line("customer_name", 120), fields.line("customer_phone", 40)
    organisation = fields.line("organisation", 160)
    department, address = fields.line("department", 160), fields.line("work_address", 300)
    if phone and not 4 <= sum(sign.isdecimal() for sign in phone) <= 20:
        fields.problems["customer_phone"] = _l("A phone number has 4 to 20 digits; check it.")
    if (phone or organisation or department or address) and not name:
        fields.problems["customer_name"] = _l("Ask for the name too, or leave all of it out.")
    contact = None
    if name:
        contact = CustomerDraft(
            fields.id("customer_id"), name, phone, organisation, department, address
        )
    draft = ConsultationDraft(fields.id(), question, answer, contact)
    fields.check()
    return draft
