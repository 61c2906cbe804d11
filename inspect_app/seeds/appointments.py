"""The demo's book: cars that are expected, one of them with a part on order, and who is away."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from inspect_app.appointments.actions import Time
from inspect_app.appointments.bookings import book
from inspect_app.appointments.contacts import tell_supervisor
from inspect_app.appointments.parts import save_part, take_deposit
from inspect_app.appointments.queries import free_times
from inspect_app.customers.actions import CustomerDraft
from inspect_app.db import db
from inspect_app.payments.actions import Money
from inspect_app.promises.actions import add_absence
from inspect_app.seeds.stories import Car
from inspect_app.staff.models import Person
from inspect_app.vehicles.actions import VehicleDraft
from inspect_app.vehicles.rules import read_plate
from inspect_app.visits.actions import ArrivalDraft
from inspect_app.visits.models import Visit

PART = ("Gearbox", 1_850_000)
K5 = Car(
    "28머 1122",
    "Kia",
    "K5",
    "saloon",
    "petrol",
    "#e8e8e6",
    "White",
    "정하늘",
    "010-0000-9012",
    "ko",
)
G80 = Car(
    "73소 9087", "Genesis", "G80", "saloon", "petrol", "#22262b", "Black", "Oliver Park",
    "010-0000-9123", "en",
)  # fmt: skip
EXPECTED: tuple[tuple[Car, int, tuple[str, ...], str], ...] = (
    (K5, 60, ("엔진오일·필터 교환",), "정기 점검을 부탁합니다."),
    (G80, 120, ("Brake check", "Wheel alignment"), "It pulls to the left."),
)
"""Cars that were never here, how long they take, the work and the customer's words."""


def seed_appointments(people: Mapping[str, uuid.UUID], at: datetime) -> None:
    """Books the next free times."""
    by = people["Minji"]
    for car, minutes, work, words in EXPECTED:
        starts_at, bay = free_times(at, minutes, most=1)[0]
        visit = _book(car, Time(starts_at, minutes, bay.id), work, words, by=by, at=at)
        tell_supervisor(visit, uuid.uuid4(), "Seojun", by=by, at=at)
    name, price = PART
    part_id = uuid.uuid4()
    save_part(visit, part_id, name, price, "needed", None, by=by, at=at)
    deposit = Money(uuid.uuid4(), "deposit", "card", price // 2)
    take_deposit(visit, deposit, by=people["Yuna"], at=at)
    save_part(visit, part_id, name, price, "ordered", (at + timedelta(days=2)).date(), by=by, at=at)
    days = ((at + timedelta(days=3)).date(), (at + timedelta(days=5)).date())
    away = db.session.scalars(select(Person.id).where(Person.name == "Areum")).one()
    add_absence(uuid.uuid4(), away, None, days, "Training", by=people["Seojun"], at=at)


def _book(
    car: Car, time: Time, work: tuple[str, ...], words: str, *, by: uuid.UUID, at: datetime
) -> Visit:
    plate = read_plate(car.plate)
    appointment = book(
        uuid.uuid4(),
        ArrivalDraft(uuid.uuid4(), uuid.uuid4(), "repair", "", car.locale, "owner", greeted=False),
        VehicleDraft(
            uuid.uuid4(),
            plate.shown,
            plate.key,
            make=car.make,
            model=car.model,
            body_type=car.body_type,
            powertrain=car.powertrain,
            colour=car.colour,
        ),
        CustomerDraft(uuid.uuid4(), car.owner, car.phone, locale=car.locale),
        time,
        known_customer_id=None,
        work=work,
        diagnosis_first=False,
        words=words,
        proposed_by="customer",
        odometer=None,
        part=None,
        by=by,
        at=at,
    )
    return appointment.visit
