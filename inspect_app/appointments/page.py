"""What the pages of the book are filled with."""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app import catalogues
from inspect_app.access import who
from inspect_app.appointments.calendar_file import Event, calendar_file
from inspect_app.appointments.contacts import reminder_times, told_by
from inspect_app.appointments.models import Appointment
from inspect_app.appointments.queries import (
    deposit_of,
    free_times,
    missing_of,
    moves_of,
    parts_of,
    signed_at,
    supervisor_name,
    teams,
)
from inspect_app.appointments.rules import DURATIONS, USUAL_DURATION
from inspect_app.contact_log.gateway import channels
from inspect_app.contact_log.queries import contacts_of
from inspect_app.errors import Words
from inspect_app.i18n import local_input, locale, moment
from inspect_app.orders.models import Order
from inspect_app.orders.queries import main_lines
from inspect_app.payments.queries import payments_of
from inspect_app.payments.rules import METHODS
from inspect_app.sites.hours import opening_hours
from inspect_app.sites.queries import bays, site_rules, this_site
from inspect_app.staff.rules import RECEPTION, Role, sees_contact, sees_prices
from inspect_app.vehicles.queries import known_car
from inspect_app.vehicles.rules import normalise_plate
from inspect_app.visits.rules import NOWHERE

CASHIERS = (Role.CASHIER, Role.SETTLEMENT_CLERK)
"""Those who take money (process 3.2)."""
PLANNERS = (*RECEPTION, Role.PARTS)
"""Those who say which parts must be there, and get them."""
SHORTEST_PLATE = 4
METHOD_WORDS: dict[str, Words] = {
    "cash": _l("Cash"),
    "card": _l("Card"),
    "transfer": _l("Transfer"),
    "other": _l("Other"),
}


def names(list_name: str) -> list[tuple[str, str]]:
    """Codes with their names in the person's language."""
    return [(entry.code, entry.name(locale())) for entry in catalogues.entries(list_name)]


def time_fields(typed: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """The part of a form that asks when, how long and where, with the next free times to tap."""
    minutes = typed.get("minutes") or str(USUAL_DURATION)
    length = int(minutes) if minutes in map(str, DURATIONS) else USUAL_DURATION
    proposals = free_times(now, length)
    first = proposals[0][0] if proposals else None
    return {
        "durations": DURATIONS,
        "places": [(str(bay.id), bay.name) for bay in bays()],
        "teams": [(str(team.id), team.name) for team in teams()],
        "proposals": proposals,
        "typed": {"starts_at": local_input(first), "minutes": minutes, **typed},
    }


def car_part(text: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """What is known of the car that this plate names, or what is asked of a new one."""
    known = known_car(text)
    values: dict[str, str] = {"customer_locale": this_site().locale}
    if known is not None:
        values |= {"make": known.vehicle.make, "model": known.vehicle.model}
        if (customer := known.vehicle.customer) is not None:
            values |= {
                "known_customer_id": str(customer.id),
                "customer_name": customer.name,
                "customer_phone": customer.phone,
                "customer_email": customer.email,
                "customer_locale": customer.locale,
            }
    is_new = known is None and len(normalise_plate(text)) >= SHORTEST_PLATE
    return {
        "card": "known" if known else "new" if is_new else "none",
        "known": known,
        "v": {**values, **{name: value for name, value in typed.items() if value}},
        "body_types": names("body_types"),
    }


def new_page(
    typed: Mapping[str, str], problems: Mapping[str, Words], now: datetime
) -> dict[str, Any]:
    """The reservation form; what was typed stays."""
    return {
        **time_fields(typed, now),
        **car_part(typed.get("plate", ""), typed),
        "usual": names("usual_items"),
        "problems": problems,
        "fresh": uuid.uuid4,
    }


def show_page(appointment: Appointment, order: Order, now: datetime) -> dict[str, Any]:
    """One appointment with all that hangs on it, cut by what the person may see."""
    visit, rules, hours = appointment.visit, site_rules(), opening_hours()
    parts, roles = parts_of(visit.id), who().roles
    told = contacts_of(visit.id, "supervisor_told", "reminder")
    deposit = deposit_of(visit.id, parts)
    return {
        "appointment": appointment,
        "visit": visit,
        "order": order,
        "lines": main_lines(order)[0],
        "parts": parts,
        "deposit": deposit,
        "receipts": [row for row in payments_of(visit.id) if row.purpose == "deposit"],
        "told": [
            row for row in told
            if row.kind == "supervisor_told" and row.captured_at >= appointment.captured_at
        ],
        "reminders": [row for row in told if row.kind == "reminder"],
        "reminder": reminder_times(appointment, rules, hours),
        "told_by": told_by(appointment, hours),
        "signed_at": signed_at(visit.id),
        "channels": channels(this_site()),
        "missing": missing_of(visit.id) if visit.state == NOWHERE else [],
        "now": now,
        "is_open": appointment.outcome == "",
        "contact": sees_contact(roles),
        "prices": sees_prices(roles),
        "books": who().may(*RECEPTION),
        "waives": who().may(Role.BUSINESS_SUPERVISOR),
        "takes_money": who().may(*CASHIERS),
        "plans": who().may(*PLANNERS),
        "part_prices": sees_prices(roles) or who().may(Role.PARTS),
        "part_states": names("part_order_states"),
        "deposit_outcomes": names("deposit_outcomes"),
        "methods": [(code, METHOD_WORDS[code]) for code in METHODS],
        "supervisor": supervisor_name(),
        "reminder_text": reminder_text(appointment),
        **time_fields({}, now),
        "problems": {},
        "form": {},
        "fresh": uuid.uuid4,
    }  # fmt: skip


def read_day(text: str, now: datetime) -> date:
    """The day that an address names, else today, in the shop's zone."""
    zone = opening_hours().zone
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = now.astimezone(zone).date()
    return min(max(day, date(2000, 1, 10)), date(2099, 12, 1))


def typed_start(text: str) -> str:
    """The moment of a tapped cell (UTC, ISO) as the form's field has it."""
    try:
        moment = datetime.fromisoformat(text)
        return local_input(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return ""


def reminder_text(appointment: Appointment) -> str:
    """What the customer may be written, in the customer's language."""
    site, visit = this_site(), appointment.visit
    with force_locale(visit.customer_locale):
        text: str = _(
            "%(shop)s: we expect %(plate)s on %(time)s. To change it, call %(phone)s.",
            shop=site.name,
            plate=visit.vehicle.plate or visit.vehicle.vin,
            time=moment(appointment.starts_at),
            phone=site.phone,
        )
    return text


def calendar_text(appointment: Appointment) -> str:
    """The calendar file of an appointment. One that was moved keeps its uid: the new time replaces
    the old one in the customer's calendar."""
    site, visit = this_site(), appointment.visit
    with force_locale(visit.customer_locale):
        summary = _("%(shop)s: service of %(plate)s", shop=site.name, plate=visit.vehicle.plate)
    return calendar_file(
        Event(
            uid=f"{visit.id}@{site_rules().key_host.lower()}",
            version=moves_of(visit.id),
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
            changed_at=appointment.outcome_at or appointment.captured_at,
            summary=summary,
            location=", ".join(part for part in (site.name, site.address) if part),
            description="\n".join(part for part in (appointment.number, site.phone) if part),
            is_cancelled=appointment.outcome == "cancelled",
        )
    )
