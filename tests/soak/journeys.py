"""Journeys at the level of requests: a car is taken in, and one request of it goes wrong."""

import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image

from tests.browser.serving import LiveShop
from tests.soak.compare import Captured, Verdict, compare
from tests.soak.tablet import FAULTS, Tablet

KILL_EVERY = 12
"""The server comes back in some seconds; killed at one journey of so many."""
LONGEST_JOURNEY = 22
ZONES = ("bonnet", "tailgate", "front_bumper", "door_front_left", "rear_bumper")
THINGS = ("umbrella", "sunglasses", "child_seat", "charging_cable")


class Shop:
    """The shop that all journeys share; it is killed and comes back, once at a time."""

    def __init__(self, live: LiveShop) -> None:
        self.live = live
        self._one_at_a_time = threading.Lock()

    def kill(self) -> None:
        """SIGKILL, and started again."""
        with self._one_at_a_time:
            self.live.kill()
            self.live.open()

    def wait(self) -> None:
        """Until it is there again."""
        with self._one_at_a_time:
            time.sleep(0.05)

    def person(self, name: str) -> str:
        """The id of one of the staff."""
        with closing(sqlite3.connect(self.live.data_dir / "reception.sqlite3")) as database:
            row = database.execute("SELECT id FROM people WHERE name = ?", [name]).fetchone()
        return str(uuid.UUID(row[0]))


def run(shop: Shop, numbers: Sequence[int], say: Callable[[str], None]) -> Verdict:
    """One journey for each seed; says the seed of each that is not sound."""
    verdict, person = Verdict(), shop.person("Minji")
    for seed in numbers:
        captured = _journey(shop, seed, person)
        found = compare(shop.live.data_dir, captured)
        if not found.is_sound:
            say(f"seed {seed}: {found}")
        verdict.add(found)
    return verdict


def _journey(shop: Shop, seed: int, person: str) -> list[Captured]:
    dice = Random(seed)
    fault = "killed" if seed % KILL_EVERY == 0 else dice.choice(FAULTS[:-1])
    tablet = Tablet(
        shop.live.port, person, "1111", dice, fault, dice.randint(1, LONGEST_JOURNEY),
        shop.kill, shop.wait,
    )  # fmt: skip
    tablet.sign_in()
    visit = str(uuid.UUID(int=dice.getrandbits(128), version=4))
    tablet.capture("/visits", visit, id=visit, **some_arrival(dice, seed))
    here = f"/visits/{visit}"
    for number in range(3):
        price = dice.choice(["", str(dice.randrange(10, 900) * 1000)])
        tablet.capture(f"{here}/order/lines", visit, description=f"Item {number}, {seed}",
                       price=price, new="1")  # fmt: skip
    if dice.random() < 0.5:
        tablet.drain()
    for number in range(4):
        tablet.capture(f"{here}/marks", visit, view="outside", zone=dice.choice(ZONES),
                       x=round(dice.random(), 4), y=round(dice.random(), 4), severity="minor",
                       damage_type="scratch", size_class=dice.randint(1, 5),
                       remark=f"mark {number}")  # fmt: skip
        if number % 2:
            tablet.capture(f"{here}/photos", visit, some_photo(dice), subject="angle", angle="free")
    for code in THINGS[:3]:
        tablet.capture(f"{here}/belongings", visit, code=code, quantity=dice.randint(1, 9))
    tablet.capture(f"{here}/readings", visit, odometer=dice.randrange(1000, 200_000),
                   odometer_unit="km", fuel_eighths=dice.randint(0, 8))  # fmt: skip
    for station in ("front", "rear"):
        tablet.capture(f"{here}/stations/{station}", visit, result="normal")
    tablet.drain()
    return tablet.log


def some_arrival(dice: Random, seed: int) -> dict[str, Any]:
    """The arrival of a car that was never here."""

    def some_id() -> str:
        return str(uuid.UUID(int=dice.getrandbits(128), version=4))

    return {
        "order_id": some_id(), "vehicle_id": some_id(), "customer_id": some_id(),
        "plate": f"{seed % 90 + 10}버 {seed // 90:04}", "body_type": "saloon",
        "powertrain": "petrol", "make": "Kia", "model": "K5", "purpose": "repair",
        "bay": "Bay 1", "customer_name": "Sora Kim", "customer_phone": "010-1234-5678",
        "customer_locale": "en", "bringer_relation": "owner", "consent_data": "yes",
        "consent_contact": "yes", "consent_promotion": "no",
    }  # fmt: skip


def some_photo(dice: Random) -> bytes:
    """A small photo like no other."""
    picture = Image.new("RGB", (160, 120), (dice.randrange(256), dice.randrange(256), 90))
    picture.putpixel((dice.randrange(160), dice.randrange(120)), (255, 255, 255))
    content = BytesIO()
    picture.save(content, "JPEG", comment=str(dice.random()).encode())
    return content.getvalue()
