"""Photos of the demo: drawn pictures that go the way of every photo."""

import uuid
from datetime import datetime

from inspect_app import catalogues
from inspect_app.photos.actions import annotate, keep_photo
from inspect_app.photos.pictures import make_pictures
from inspect_app.seeds.pictures import demo_picture
from inspect_app.seeds.stories import Story
from inspect_app.visits.models import Visit

CIRCLE = [{"kind": "circle", "colour": 1, "points": [[0.36, 0.46], [0.56, 0.66]], "text": ""}]
"""Drawn around the blemish of the picture."""


def take_photo(
    visit: Visit,
    story: Story,
    angle: str,
    by: uuid.UUID,
    at: datetime,
    mark_id: uuid.UUID | None = None,
) -> None:
    """A picture of this angle; for a mark one with a blemish, and a circle drawn around it."""
    car = story.car
    name = catalogues.name_of("photo_angles", angle, "en")
    blemish = "scratch" if mark_id else ""
    content = demo_picture(
        car.body_type, angle, car.paint, f"Demo picture · {car.plate} · {name}", blemish
    )
    photo = keep_photo(
        visit, uuid.uuid4(), content, make_pictures(content),
        subject="mark" if mark_id else "angle", subject_id=mark_id, subject_code="",
        angle="free" if mark_id else angle, by=by, at=at,
    )  # fmt: skip
    if mark_id:
        annotate(photo, uuid.uuid4(), CIRCLE, by=by, at=at)
