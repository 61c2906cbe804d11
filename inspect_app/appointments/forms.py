"""Reading the reservation form, a move, a cancellation, a part, a deposit."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _l

from inspect_app import catalogues
from inspect_app.amounts import read_amount
from inspect_app.appointments import rules
from inspect_app.appointments.actions import Time
from inspect_app.contact_log.rules import (
    MAX_TEXT_CHARS,
    SPOKEN,
    SPOKEN_RESULTS,
    WRITTEN,
    is_email,
)
from inspect_app.customers.actions import CustomerDraft
from inspect_app.errors import Words
from inspect_app.fields import Fields, Form
from inspect_app.i18n import LOCALES, money, read_local
from inspect_app.payments.rules import METHODS
from inspect_app.vehicles.actions import VehicleDraft
from inspect_app.vehicles.rules import is_vin_kept, normalise_vin, read_plate

SENTENCES: dict[str, Words] = {
    "TIME_PAST": _l("This time has passed. Agree on a time that is still to come."),
    "TIME_TOO_FAR": _l("This is more than a year ahead; check the year."),
    "TIME_NOT_ON_QUARTER": _l("Appointments begin on a quarter of an hour: :00, :15, :30 or :45."),
    "DURATION_ODD": _l(
        "A duration is a number of quarters of an hour: 15, 30, 45 minutes and so on."
    ),
    "DURATION_TOO_LONG": _l("At most 40 hours fit into one appointment; make two of it."),
}
MAX_WORK_LINES = 20


@dataclass(frozen=True)
class BookingDraft:
    """A read reservation form. `work`: what becomes the order's lines."""

    appointment_id: uuid.UUID
    visit_id: uuid.UUID
    order_id: uuid.UUID
    vehicle: VehicleDraft
    customer: CustomerDraft
    known_customer_id: uuid.UUID | None
    time: Time
    work: tuple[str, ...]
    diagnosis_first: bool
    words: str
    proposed_by: str
    odometer: int | None
    part: tuple[str, int] | None


def read_booking(form: Form, *, now: datetime, locale: str, currency: str) -> BookingDraft:
    """The whole form. Raises Invalid with every problem at its field."""
    fields = Fields(form)
    work = _work(fields, locale)
    draft = BookingDraft(
        appointment_id=fields.id(),
        visit_id=fields.id("visit_id"),
        order_id=fields.id("order_id"),
        vehicle=_vehicle(fields),
        customer=_customer(fields),
        known_customer_id=fields.id("known_customer_id")
        if fields.raw("known_customer_id")
        else None,
        time=read_time_of(fields, now),
        work=work,
        diagnosis_first=fields.yes("diagnosis_first"),
        words=fields.text("words", 4_000),
        proposed_by=fields.one_of("proposed_by", rules.PROPOSED_BY, "customer"),
        odometer=fields.whole("odometer", 0, 9_999_999),
        part=_part(fields, currency),
    )
    if not draft.work and not draft.diagnosis_first and "work" not in fields.problems:
        fields.problems["work"] = _l("Say what is to be done; one tap on a usual item will do.")
    fields.check()
    return draft


def _vehicle(fields: Fields) -> VehicleDraft:
    typed = fields.line("plate", 24)
    vin = normalise_vin(typed)
    if is_vin_kept(vin):
        plate, key = "", f"VIN:{vin}"
    else:
        vin, read = "", read_plate(typed)
        plate, key = read.shown, read.key
        if read.problems:
            fields.problems["plate"] = _l(
                "Type the plate as it is on the car: letters and digits, at most 16."
            )
    return VehicleDraft(
        id=fields.id("vehicle_id"),
        plate=plate,
        plate_key=key,
        vin=vin,
        make=fields.line("make", 60),
        model=fields.line("model", 80),
        body_type=fields.code("body_type", "body_types"),
        powertrain=fields.code("powertrain", "powertrains"),
    )


def _customer(fields: Fields) -> CustomerDraft:
    name, email = fields.line("customer_name", 120), fields.line("customer_email", 254)
    phone, locale = fields.line("customer_phone", 40), fields.raw("customer_locale")
    if not name:
        fields.problems["customer_name"] = _l("Ask for the customer's name.")
    if phone and not 4 <= sum(sign.isdecimal() for sign in phone) <= 20:
        fields.problems["customer_phone"] = _l("A phone number has 4 to 20 digits; check it.")
    if not phone and not email:
        fields.problems["customer_phone"] = _l("Ask for a number: the customer is reminded by it.")
    if email and not is_email(email):
        fields.problems["customer_email"] = _l("This is no e-mail address; check it.")
    return CustomerDraft(
        fields.id("customer_id"), name, phone, locale=locale if locale in LOCALES else "",
        email=email,
    )  # fmt: skip


def _work(fields: Fields, locale: str) -> tuple[str, ...]:
    chosen = [code for code in fields.all("usual") if catalogues.is_code("usual_items", code)]
    names = [catalogues.name_of("usual_items", code, locale) for code in chosen]
    typed = [line.strip() for line in fields.text("work", 2_000).splitlines() if line.strip()]
    if any(len(line) > 300 for line in typed):
        fields.problems["work"] = _l("At most 300 characters fit in one line; make two of it.")
    return tuple(dict.fromkeys([*names, *typed]))[:MAX_WORK_LINES]


def _part(fields: Fields, currency: str) -> tuple[str, int] | None:
    """A part that must be prepared, with its price; the others are added later."""
    name, price = fields.line("part_name", 160), read_amount(fields, "part_price", currency)
    if name and price is None:
        fields.problems.setdefault("part_price", _l("A part that is prepared has a price."))
    return (name, price) if name and price is not None else None


def read_time(form: Form, *, now: datetime) -> tuple[uuid.UUID, Time]:
    """The id of the appointment and its time, for a move or for a customer who is here."""
    fields = Fields(form)
    read = fields.id(), read_time_of(fields, now)
    fields.check()
    return read


def read_time_of(fields: Fields, now: datetime) -> Time:
    """Day, hour, duration, bay and team."""
    minutes = fields.whole("minutes", 1, rules.LONGEST + 60)
    if minutes is None:
        fields.problems.setdefault("minutes", SENTENCES["DURATION_ODD"])
        minutes = rules.USUAL_DURATION
    starts_at = now
    try:
        starts_at = read_local(fields.raw("starts_at"))
    except (ValueError, OverflowError):
        fields.problems["starts_at"] = _l("Give the day and the time.")
    else:
        for code in rules.check_time(starts_at, minutes, now):
            name = "minutes" if code.startswith("DURATION") else "starts_at"
            fields.problems.setdefault(name, SENTENCES[code])
    bay = fields.id("bay") if fields.raw("bay") else None
    team = fields.id("team") if fields.raw("team") else None
    return Time(starts_at, minutes, bay, team)


@dataclass(frozen=True)
class EndDraft:
    """Cancelled or not come, why, and what becomes of the deposit."""

    outcome: str
    reason: str
    deposit: str


def read_end(form: Form) -> EndDraft:
    """What became of an appointment that is not kept."""
    fields = Fields(form)
    outcome = fields.one_of("outcome", ("cancelled", "no_show"))
    if not outcome:
        fields.problems.setdefault("outcome", _l("Choose one of the offered answers."))
    deposit = fields.one_of("deposit", rules.DEPOSIT_OUTCOMES)
    draft = EndDraft(outcome, fields.line("reason", 300), deposit)
    fields.check()
    return draft


@dataclass(frozen=True)
class PartDraft:
    """A part to prepare, as it was typed."""

    id: uuid.UUID
    name: str
    price_amount: int
    state: str
    expected_on: date | None


def read_part(form: Form, *, currency: str, today: date) -> PartDraft:
    """One part, with its price."""
    fields = Fields(form)
    name, price = fields.line("name", 160), read_amount(fields, "price", currency)
    if not name:
        fields.problems["name"] = _l("Name the part.")
    if price is None:
        fields.problems.setdefault("price", _l("A part that is prepared has a price."))
    draft = PartDraft(
        fields.id(), name, price or 0, fields.one_of("state", rules.PART_STATES, "needed"),
        fields.day("expected_on", today - timedelta(days=31), today + timedelta(days=366)),
    )  # fmt: skip
    fields.check()
    return draft


@dataclass(frozen=True)
class DepositDraft:
    """Money that is taken in advance."""

    id: uuid.UUID
    amount: int
    method: str


def read_deposit(form: Form, *, currency: str, most: int) -> DepositDraft:
    """A deposit; more than the parts cost is refused."""
    fields = Fields(form)
    amount = read_amount(fields, "amount", currency)
    if not amount:
        fields.problems.setdefault("amount", _l("Type how much was paid."))
    elif amount > most:
        fields.problems["amount"] = _l(
            "A deposit is not larger than the price of the parts. %(most)s can still be taken.",
            most=money(most),
        )
    method = fields.one_of("method", METHODS)
    if not method:
        fields.problems.setdefault("method", _l("Choose how it was paid."))
    draft = DepositDraft(fields.id(), amount or 0, method)
    fields.check()
    return draft


def read_reason(form: Form) -> tuple[uuid.UUID, str]:
    """An id and why."""
    fields = Fields(form)
    row_id, reason = fields.id(), fields.line("reason", 300)
    if not reason:
        fields.problems["reason"] = _l("Write why.")
    fields.check()
    return row_id, reason


def read_told(form: Form) -> tuple[uuid.UUID, str]:
    """Who in the workshop was told."""
    fields = Fields(form)
    row_id, name = fields.id(), fields.line("person_reached", 120)
    if not name:
        fields.problems["person_reached"] = _l("Write who was told.")
    fields.check()
    return row_id, name


@dataclass(frozen=True)
class ReminderDraft:
    """How the customer was reminded, or is to be."""

    id: uuid.UUID
    channel: str
    result: str
    number: str
    text: str


def read_reminder(form: Form) -> ReminderDraft:
    """A call and what came of it, or a message to be sent."""
    fields = Fields(form)
    channel = fields.one_of("channel", (*SPOKEN, *WRITTEN), "phone")
    result = fields.one_of("result", SPOKEN_RESULTS)
    text = fields.text("text", MAX_TEXT_CHARS)
    if channel in SPOKEN and not result:
        fields.problems.setdefault("result", _l("Choose one of the offered answers."))
    if channel in WRITTEN and not text:
        fields.problems["text"] = _l("Write what the customer is to read.")
    draft = ReminderDraft(fields.id(), channel, result, fields.line("number", 254), text)
    fields.check()
    return draft
