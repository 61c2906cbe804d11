"""Reading what was paid, given back, told or waived."""

import uuid
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from inspect_app.amounts import read_amount
from inspect_app.fields import Fields, Form
from inspect_app.payments.actions import Money
from inspect_app.payments.rules import FEE_KINDS, METHODS, PURPOSES

MAX_REASON_CHARS = 300


@dataclass(frozen=True)
class FeeDraft:
    """A fee as it was told."""

    id: uuid.UUID
    kind: str
    amount: int


def read_money(form: Form, *, currency: str) -> Money:
    """What changes hands. Raises Invalid."""
    fields = Fields(form)
    purpose = fields.one_of("purpose", PURPOSES)
    method = fields.one_of("method", METHODS)
    amount = read_amount(fields, "amount", currency)
    if not purpose:
        fields.problems.setdefault("purpose", _l("Choose what it is for."))
    if not method:
        fields.problems.setdefault("method", _l("Choose how it is paid."))
    if not amount:
        fields.problems.setdefault("amount", _l("Type how much."))
    draft = Money(fields.id(), purpose, method, amount or 0)
    fields.check()
    return draft


def read_fee(form: Form, *, currency: str) -> FeeDraft:
    """A fee and how much it is. Raises Invalid."""
    fields = Fields(form)
    kind = fields.one_of("kind", FEE_KINDS)
    amount = read_amount(fields, "amount", currency)
    if not kind:
        fields.problems.setdefault("kind", _l("Choose which fee."))
    if not amount:
        fields.problems.setdefault("amount", _l("Type how much."))
    draft = FeeDraft(fields.id(), kind, amount or 0)
    fields.check()
    return draft


def read_reason(form: Form, name: str = "reason") -> str:
    """Why, in a sentence. Raises Invalid where nothing is said."""
    fields = Fields(form)
    reason = fields.line(name, MAX_REASON_CHARS)
    if not reason:
        fields.problems.setdefault(name, _l("Write why."))
    fields.check()
    return reason


def read_row_id(form: Form) -> uuid.UUID:
    """The id of the row that this form makes."""
    return Fields(form).id()
