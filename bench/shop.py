"""The shop that is measured: 10,000 visits, and a few rich ones made as a person would."""

import random
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from inspect_app import create_app
from inspect_app.config import Settings
from inspect_app.customers.models import Customer
from inspect_app.db import any_site, bind_site, db
from inspect_app.orders.models import Order, OrderLine
from inspect_app.schema import upgrade
from inspect_app.seeds import seed_shop
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit, VisitEvent

VISITS = 10_000
VISITS_PER_CAR = 2
SEED = 20261123
NEWEST = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
BETWEEN_VISITS = timedelta(minutes=70)
CHUNK = 2_000
RECEPTIONIST, PIN = "Minji", "1111"
SURNAMES = ("Kim", "Lee", "Park", "Choi", "Jung", "Kang", "Cho", "Yoon", "Jang", "Lim")
SYLLABLES = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주하허호"
WORK = ("Oil and filter", "Brake pads, front", "Tyres, four", "Noise from the left front")


@dataclass(frozen=True)
class Shop:
    """A seeded folder, and whom to sign in."""

    folder: Path
    site_id: uuid.UUID
    person_id: uuid.UUID


def app_in(folder: Path) -> Flask:
    """The app on this folder, in this process, with the secret that the server makes or finds."""
    return create_app(Settings.from_environment({"DATA_DIR": str(folder), "BEHIND_PROXY": "1"}))


@contextmanager
def opened(app: Flask, shop: Shop | None = None) -> Iterator[None]:
    """An application context bound to the shop's site; leaves no connection open."""
    with app.app_context():
        if shop is not None:
            bind_site(shop.site_id)
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def seed(folder: Path, visits: int = VISITS) -> Shop:
    """Makes database and shop, and its past: the same rows each time, but for the shop's own."""
    app = app_in(folder)
    with opened(app):
        upgrade()
        site = seed_shop()
        db.session.commit()
        bind_site(site.id)
        with any_site():
            person_id = db.session.scalars(
                select(Person.id).where(Person.name == RECEPTIONIST)
            ).one()
        shop = Shop(folder, site.id, person_id)
        for table, rows in _past(shop, visits):
            for start in range(0, len(rows), CHUNK):
                db.session.execute(insert(table), rows[start : start + CHUNK])
        db.session.commit()
        db.session.connection().exec_driver_sql("ANALYZE")
        db.session.commit()
        assert db.session.get(Site, site.id) is not None
    return shop


def _past(shop: Shop, visits: int) -> Sequence[tuple[Any, list[dict[str, Any]]]]:
    dice = random.Random(SEED)

    def some_id() -> uuid.UUID:
        return uuid.UUID(int=dice.getrandbits(128), version=4)

    own = {"site_id": shop.site_id}
    cars = max(1, visits // VISITS_PER_CAR)
    customers: list[dict[str, Any]] = []
    vehicles: list[dict[str, Any]] = []
    for n in range(cars):
        phone = f"010-{dice.randrange(1000, 10000)}-{dice.randrange(10000):04}"
        customers.append({**own, "id": some_id(), "name": f"{dice.choice(SURNAMES)} {n}",
                          "phone": phone, "phone_end": phone[-4:]})  # fmt: skip
        plate = f"{10 + n % 90}{SYLLABLES[n // 90 % len(SYLLABLES)]} {n:04}"
        vehicles.append({**own, "id": some_id(), "plate": plate,
                         "plate_key": plate.replace(" ", ""), "make": "Hyundai",
                         "model": "Sonata", "customer_id": customers[-1]["id"]})  # fmt: skip
    made: list[dict[str, Any]] = []
    orders: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for n in range(visits):
        at = NEWEST - BETWEEN_VISITS * (visits - n)
        car = n % cars
        by = {"by_id": shop.person_id, "captured_at": at, "recorded_at": at}
        visit = {**own, "id": some_id(), "number": f"V{at:%y%m}-{n:05}",
                 "vehicle_id": vehicles[car]["id"], "customer_id": customers[car]["id"],
                 "state": _state(n, visits), "state_since": at, "purpose": "repair",
                 "arrived_at": at, "greeted_at": at,
                 "received_by_id": shop.person_id}  # fmt: skip
        made.append(visit)
        order = {**own, "id": some_id(), "visit_id": visit["id"], "number": f"R{at:%y%m}-{n:05}",
                 "customer_words": "It squeals when I brake.",
                 "promised_at": at + timedelta(hours=6)}  # fmt: skip
        orders.append(order)
        lines += [{**own, **by, "id": some_id(), "order_id": order["id"], "position": place,
                   "description": dice.choice(WORK), "price_amount": 50_000 + 1_000 * place}
                  for place in (1, 2)]  # fmt: skip
        events += [{**own, **by, "id": some_id(), "visit_id": visit["id"], "kind": "visit.state",
                    "transition": number, "from_state": None, "to_state": "arrived",
                    "screen": "arrival", "detail": {}} for number in ("T04", "T10")]  # fmt: skip
    return ((Customer, customers), (Vehicle, vehicles), (Visit, made), (Order, orders),
            (OrderLine, lines), (VisitEvent, events))  # fmt: skip


IN_THE_PLANT = 21
"""With the rich visits as many cards as the bare list has rows."""
STATES_HERE = ("checked_in", "in_workshop", "work_done", "ready_notified", "delivering")


def _state(n: int, visits: int) -> str:
    from_the_end = visits - 1 - n
    return "closed" if from_the_end >= IN_THE_PLANT else STATES_HERE[from_the_end % 5]
