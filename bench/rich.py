"""Rich visits of the shop, made through the front door in this process before anything is served.

Order, walk-around with marks, papers, belongings, readings, key, photos; one signed and sealed.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from bench.material import another, tablet_photo
from bench.shop import PIN, Shop, opened
from inspect_app.belongings.models import Belonging
from inspect_app.db import db
from inspect_app.photos.models import Photo
from tests.factories import give_back, ready_to_sign, sign

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
PHOTOS, MANY_PHOTOS, SHEET_PHOTOS = 12, 50, 4
ANGLES = ("front_left", "front_right", "rear_left", "rear_right", "front", "rear", "left", "right")
BELONGINGS = ("umbrella", "navigation_device", "child_seat", "sunglasses", "tool_kit", "other_item")


@dataclass(frozen=True)
class Rich:
    """The ids of the rich visits: `open` is still captured, the others are checked in."""

    open: str
    signed: str
    four_photos: str
    one_photo: str


class Tablet:
    """Someone signed in on the app in this process, as the factories of the tests want it."""

    def __init__(self, app: Flask, shop: Shop) -> None:
        self.client = app.test_client()
        answer = self.post("/sign-ins", {"person": str(shop.person_id), "pin": PIN})
        assert answer.status_code == 303, answer.text

    def get(self, url: str, **more: Any) -> Any:
        """Opens a page."""
        return self.client.get(url, **more)

    def post(self, url: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        """Sends a form."""
        headers = {**SAME_ORIGIN, **more.pop("headers", {})}
        return self.client.post(url, data=data or {}, headers=headers, **more)


def make_rich(app: Flask, shop: Shop) -> Rich:
    """Makes them all; deterministic but for ids and tokens."""
    with opened(app, shop):
        tablet = Tablet(app, shop)
        made = {
            name: _visit(tablet, plate, photos)
            for name, plate, photos in (
                ("open", "77가 7001", PHOTOS), ("signed", "77가 7002", PHOTOS),
                ("four_photos", "77가 7003", SHEET_PHOTOS), ("one_photo", "77가 7004", 1),
            )
        }  # fmt: skip
        for name in ("signed", "four_photos", "one_photo"):
            answer = sign(tablet, made[name])
            assert answer.status_code == 303, answer.text
            give_back(tablet, made[name], pin=PIN)
    return Rich(**made)


def _visit(tablet: Tablet, plate: str, photos: int) -> str:
    visit_id = ready_to_sign(tablet, plate, marks=4)
    first = db.session.scalars(
        select(Belonging).where(Belonging.visit_id == uuid.UUID(visit_id)).limit(1)
    ).one()
    for code in BELONGINGS:
        db.session.add(
            Belonging(
                visit_id=first.visit_id,
                code=code,
                name="A red cap" if code == "other_item" else "",
                by_id=first.by_id,
                captured_at=first.captured_at,
            )
        )
    db.session.commit()
    for number in range(photos):
        photo = another(tablet_photo(), int(visit_id[:8], 16) + number)
        angle = ANGLES[number % len(ANGLES)]
        answer = tablet.post(f"/visits/{visit_id}/photos", photo_form(photo, angle))
        assert answer.status_code == 303, answer.text
    return visit_id


def photo_form(photo: bytes, angle: str) -> dict[str, Any]:
    """A photo of an angle, as the form sends it."""
    return {**photo_fields(photo, angle), "photo": (BytesIO(photo), "photo.jpg")}


def photo_fields(photo: bytes, angle: str = "front") -> dict[str, str]:
    """The same without the photo itself."""
    return {"id": str(uuid.uuid4()), "sha256": hashlib.sha256(photo).hexdigest(),
            "subject": "angle", "angle": angle}  # fmt: skip


def add_photo_rows(visit_id: str, up_to: int) -> None:
    """More rows of the photos that the visit has. Needs an application context of the shop."""
    of_visit = select(Photo).where(Photo.visit_id == uuid.UUID(visit_id))
    photos = list(db.session.scalars(of_visit))
    columns = [c.key for c in Photo.__table__.columns if c.key not in ("id", "recorded_at")]
    same = {name: getattr(photos[0], name) for name in columns}
    more = [
        {**same, "id": uuid.uuid4(), "recorded_at": datetime.now(UTC)}
        for _ in range(up_to - len(photos))
    ]
    if more:
        db.session.execute(insert(Photo), more)
    db.session.commit()
