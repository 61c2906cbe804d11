"""The reservation form as a receptionist fills it in on the phone."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from inspect_app.db import now
from tests.factories import new_id

SEOUL = ZoneInfo("Asia/Seoul")


def on_day(days: int, clock: str = "10:00") -> datetime:
    """A time so many working days from now (no Sunday), in the shop's zone."""
    day = now().astimezone(SEOUL)
    while days:
        day += timedelta(days=1)
        days -= day.weekday() != 6
    hour, minute = map(int, clock.split(":"))
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def booking_form(starts_at: datetime, plate: str = "77다 1234", **changes: Any) -> dict[str, Any]:
    """Sora books an oil change for an hour."""
    form: dict[str, Any] = {
        "id": new_id(),
        "visit_id": new_id(),
        "order_id": new_id(),
        "vehicle_id": new_id(),
        "customer_id": new_id(),
        "plate": plate,
        "body_type": "saloon",
        "customer_name": "Sora Kim",
        "customer_phone": "010-1234-5678",
        "customer_locale": "en",
        "starts_at": starts_at.strftime("%Y-%m-%dT%H:%M"),
        "minutes": "60",
        "usual": "oil_change",
    }
    form.update(changes)
    return form


def book(tablet: Any, starts_at: datetime, plate: str = "77다 1234", **changes: Any) -> str:
    """Books; returns the visit's id."""
    form = booking_form(starts_at, plate, **changes)
    answer = tablet.post("/appointments", form)
    assert answer.status_code == 303, answer.text
    return str(form["visit_id"])
