"""Reading the arrival form (1.01–1.08)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from inspect_app import catalogues
from inspect_app.customers.actions import CustomerDraft
from inspect_app.errors import Invalid, Words
from inspect_app.i18n import LOCALES
from inspect_app.ids import optional_id, read_id
from inspect_app.vehicles.actions import VehicleDraft
from inspect_app.vehicles.queries import KnownCar
from inspect_app.vehicles.rules import is_vin_kept, normalise_vin, read_plate, vin_problems
from inspect_app.visits.actions import ArrivalDraft

CONSENTS = ("data", "contact", "promotion")
MAX_NAME = 120


@dataclass(frozen=True)
class Arrival:
    """A read arrival form: the visit, the car, and the customer where one was named."""

    visit: ArrivalDraft
    vehicle: VehicleDraft
    customer: CustomerDraft | None
    known_customer_id: uuid.UUID | None


def _text(form: Mapping[str, str], name: str, longest: int, problems: dict[str, Words]) -> str:
    text = " ".join(form.get(name, "").split())
    if len(text) > longest:
        problems[name] = _l("At most %(n)s characters fit here; shorten it.", n=longest)
    if any(ord(sign) < 32 for sign in text):
        problems[name] = _l("There is an invisible control character in this text; type it again.")
    return text


def _code(
    form: Mapping[str, str], name: str, list_name: str, default: str, problems: dict[str, Words]
) -> str:
    code = form.get(name) or default
    if code and not catalogues.is_code(list_name, code):
        problems[name] = _l("Choose one of the offered answers.")
    return code


def read_plate_and_vin(form: Mapping[str, str], problems: dict[str, Words]) -> tuple[str, str, str]:
    """Plate as shown, its key, and the VIN. A car without a plate goes by its VIN; one of both is
    needed. The check digit of a VIN never refuses it."""
    vin = normalise_vin(form.get("vin", ""))
    typed = form.get("plate", "")
    if not vin and is_vin_kept(normalise_vin(typed)):
        vin, typed = normalise_vin(typed), ""  # the one large field takes either
    if vin and not is_vin_kept(vin):
        first = next(p for p in vin_problems(vin) if p.level == "error")
        problems["vin"] = (
            _l("A VIN has 17 characters; this one has %(n)s.", n=len(vin))
            if first.code == "VIN_LENGTH"
            else _l(
                "A VIN has only digits and letters other than I, O and Q. Compare it with the car."
            )
        )
    if not typed.strip() and vin and "vin" not in problems:
        return "", f"VIN:{vin}", vin
    plate = read_plate(typed)
    if plate.problems:
        problems["plate"] = _l(
            "Type the plate as it is on the car: letters and digits, at most 16."
        )
    return plate.shown, plate.key, vin


def _day(form: Mapping[str, str], name: str, problems: dict[str, Words]) -> date | None:
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems[name] = _l("Write the date as year-month-day, such as 2021-05-30.")
        return None


def read_arrival(form: Mapping[str, str]) -> Arrival:
    """The whole form, or Invalid with every problem at its field."""
    problems: dict[str, Words] = {}
    plate, plate_key, vin = read_plate_and_vin(form, problems)
    vehicle = VehicleDraft(
        id=read_id(form, "vehicle_id"),
        plate=plate,
        plate_key=plate_key,
        vin=vin,
        make=_text(form, "make", 60, problems),
        model=_text(form, "model", 80, problems),
        body_type=_code(form, "body_type", "body_types", "", problems),
        powertrain=_code(form, "powertrain", "powertrains", "", problems),
        engine_number=_text(form, "engine_number", 40, problems),
        colour=_text(form, "colour", 40, problems),
        first_registered_on=_day(form, "first_registered_on", problems),
    )
    locale = form.get("customer_locale", "")
    name = _text(form, "customer_name", MAX_NAME, problems)
    customer = None
    if name:
        customer = CustomerDraft(
            id=read_id(form, "customer_id"),
            name=name,
            phone=_phone(form, "customer_phone", problems),
            organisation=_text(form, "organisation", 160, problems),
            department=_text(form, "department", 160, problems),
            work_address=_text(form, "work_address", 300, problems),
            locale=locale if locale in LOCALES else "",
            consents={
                kind: form[f"consent_{kind}"] == "yes"
                for kind in CONSENTS
                if form.get(f"consent_{kind}") in ("yes", "no")
            },
        )
    elif form.get("purpose") != "consult":
        problems["customer_name"] = _l("Ask for the customer's name; the order needs it.")
    visit = ArrivalDraft(
        visit_id=read_id(form),
        order_id=read_id(form, "order_id"),
        purpose=_code(form, "purpose", "purposes", "repair", problems),
        bay=_text(form, "bay", 40, problems),
        customer_locale=locale if locale in LOCALES else "en",
        bringer_relation=_code(form, "bringer_relation", "relations", "owner", problems),
        bringer_name=_text(form, "bringer_name", MAX_NAME, problems),
        bringer_phone=_phone(form, "bringer_phone", problems),
        greeted=form.get("greeted", "yes") == "yes",
        how_we_work_shown=form.get("how_we_work_shown") == "yes",
    )
    if problems:
        raise Invalid(problems)
    known_id = None if form.get("other_customer") else optional_id(form, "known_customer_id")
    return Arrival(visit, vehicle, customer, known_id)


def _phone(form: Mapping[str, str], name: str, problems: dict[str, Words]) -> str:
    text = _text(form, name, 40, problems)
    digits = sum(sign.isdecimal() for sign in text)
    if text and name not in problems and not 4 <= digits <= 20:
        problems[name] = _l("A phone number has 4 to 20 digits; check it.")
    return text


def known_values(car: KnownCar | None, locale: str) -> dict[str, str]:
    """What the form of a known car is filled with; nothing of it is asked again."""
    values = {"customer_locale": locale}
    if car is None:
        return values
    for name in ("make", "model", "body_type", "powertrain", "engine_number", "colour", "vin"):
        values[name] = getattr(car.vehicle, name)
    if car.vehicle.first_registered_on is not None:
        values["first_registered_on"] = car.vehicle.first_registered_on.isoformat()
    if (customer := car.vehicle.customer) is not None:
        values |= {
            "known_customer_id": str(customer.id),
            "customer_name": customer.name,
            "customer_phone": customer.phone,
            "organisation": customer.organisation,
            "department": customer.department,
            "work_address": customer.work_address,
            "customer_locale": customer.locale or locale,
        }
    return values
