"""Reading a charge, a payment, who collects, and how the customer agreed."""

import uuid
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from flask_babel import lazy_gettext as _l

from inspect_app.amounts import read_amount
from inspect_app.fields import Fields, Form
from inspect_app.orders.rules import MAX_PRICE
from inspect_app.payments.rules import METHODS
from inspect_app.settlements.actions import ChargeDraft, CollectionDraft
from inspect_app.settlements.rules import ADDED_KINDS

AUTHORITIES: Final = ("known", "identity", "order_copy", "letter", "called_owner")
"""What shows that someone may collect a car (12.01); codes of the list `authorities`."""
MAX_QUANTITY: Final = 10_000


def read_charge(form: Form, *, currency: str) -> ChargeDraft:
    """A line from a slip. Raises Invalid."""
    fields = Fields(form)
    kind = fields.one_of("kind", ADDED_KINDS)
    if not kind:
        fields.problems.setdefault("kind", _l("Choose what it is."))
    description = fields.line("description", 200)
    if not description:
        fields.problems.setdefault("description", _l("Say what it is; one or two words do."))
    quantity = _quantity(fields)
    unit = read_amount(fields, "amount", currency)
    if unit is None:
        fields.problems.setdefault("amount", _l("Type its price."))
    draft = ChargeDraft(fields.id(), kind, description, quantity, unit or 0)
    fields.check()
    return draft


def _quantity(fields: Fields) -> int:
    """How many, in hundredths: 1 where nothing is said."""
    text = fields.raw("quantity")
    if not text:
        return 100
    try:
        hundredths = Decimal(text) * 100
        whole = int(hundredths) if len(text) <= 12 and hundredths.is_finite() else 0
    except InvalidOperation:
        whole, hundredths = 0, Decimal(0)
    if not 0 < whole <= MAX_QUANTITY * 100 or whole != hundredths:
        fields.problems["quantity"] = _l("Type how many, such as 2 or 1.5.")
        return 100
    return whole


def read_total(form: Form) -> int:
    """The total that was on the screen, in minor units. Raises Invalid."""
    fields = Fields(form)
    amount = fields.whole("total_amount", 0, MAX_PRICE)
    if amount is None:
        fields.problems.setdefault("total_amount", _l("Open the page again and confirm its total."))
    fields.check()
    return amount or 0


@dataclass(frozen=True)
class PaymentDraft:
    """What is paid, and how."""

    id: uuid.UUID
    method: str
    amount: int


def read_payment(form: Form, *, currency: str) -> PaymentDraft:
    """One payment; several in several kinds may follow. Raises Invalid."""
    fields = Fields(form)
    method = fields.one_of("method", METHODS)
    if not method:
        fields.problems.setdefault("method", _l("Choose how it is paid."))
    amount = read_amount(fields, "amount", currency)
    if not amount:
        fields.problems.setdefault("amount", _l("Type how much."))
    draft = PaymentDraft(fields.id(), method, amount or 0)
    fields.check()
    return draft


def read_collection(form: Form) -> CollectionDraft:
    """Who collects. What is missing is said by the rules (T32)."""
    fields = Fields(form)
    draft = CollectionDraft(
        name=fields.line("name", 120),
        relation=fields.code("relation", "relations", "owner"),
        authority=fields.one_of("authority", AUTHORITIES),
        account=fields.text("account", 1000),
        account_given=fields.yes("account_given"),
    )
    fields.check()
    return draft


def read_agreement(form: Form) -> str:
    """How the customer agreed without signing. Raises Invalid."""
    fields = Fields(form)
    words = fields.line("note", 300)
    if not words:
        fields.problems.setdefault("note", _l("Write how the customer agreed, such as by phone."))
    fields.check()
    return words


def read_pass_id(form: Form) -> uuid.UUID:
    """The id of the gate pass that this form asks for."""
    return Fields(form).id()
