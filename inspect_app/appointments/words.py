"""What the customer signs under a reservation form (16.02, SR), on the tablet or by link."""

import uuid
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.appointments.queries import deposit_of, open_appointment_of, parts_of
from inspect_app.i18n import money
from inspect_app.signatures.lines import Line
from inspect_app.signatures.models import Seal
from inspect_app.signatures.sittings import About, Page, Said, Sitting, add_sitting
from inspect_app.sites.hours import opening_hours
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.history import note

SITTING = "reservation"


def _reservation(about: About) -> Said | None:
    """Time, work, parts and deposit, as agreed. Nothing to sign where nothing is open."""
    appointment = open_appointment_of(about.visit.id)
    if appointment is None:
        return None
    parts = parts_of(about.visit.id)
    deposit = deposit_of(about.visit.id, parts)
    starts_at = appointment.starts_at.astimezone(opening_hours().zone)
    lines = [
        Line("fact", _("Car"), about.visit.vehicle.plate or about.visit.vehicle.vin),
        Line("fact", _("Day and time"), starts_at.strftime("%Y-%m-%d %H:%M")),
    ]
    work = [line.description for line in about.file.main_lines]
    lines += [Line("fact", _("What is to be done"), words) for words in work]
    if about.file.order.diagnosis_first:
        lines.append(Line("fact", _("What is to be done"), _("Diagnosis first")))
    lines += [
        Line("fact", _("Part to prepare"), f"{part.name}: {money(part.price_amount)}")
        for part in parts
    ]
    if deposit.due:
        lines.append(Line("fact", _("Deposit, a prepayment that is set off"), money(deposit.due)))
    lines.append(Line("close", _("I agree to this appointment and will remember the time.")))
    facts = {
        "appointment": appointment.number,
        "starts_at": appointment.starts_at.isoformat(),
        "minutes": appointment.minutes,
        "work": work,
        "diagnosis_first": about.file.order.diagnosis_first,
        "parts": [{"name": part.name, "price_amount": part.price_amount} for part in parts],
        "deposit_amount": deposit.due,
    }
    return Said(_("Reservation form"), lines, facts)


def _signed(about: About, seal: Seal, *, by: uuid.UUID, at: datetime) -> None:
    """The appointment was booked before; the signature confirms it."""
    note(about.visit.id, "appointment.signed", by=by, at=at, screen="customer", seal=str(seal.id))


add_sitting(
    Sitting(
        name=SITTING,
        title=_l("Reservation form"),
        pages=(Page("reservation", _l("Your appointment"), ("SR",)),),
        said={"SR": _reservation},
        states=frozenset({"booked"}),
        roles=RECEPTION,
        after=_signed,
        leads_to=lambda about: url_for("appointments.show", visit_id=about.visit.id),
        thanks=lambda _about: _l("Your appointment is confirmed. See you then."),
        gives_copy=False,
        reads_file=True,
    )
)
