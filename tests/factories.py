"""What a test needs to stand on, made through the front door as a person would."""

import uuid
from typing import Any


def new_id() -> str:
    """An id as a tablet makes it."""
    return str(uuid.uuid4())


def arrival_form(plate: str = "12가 3456", **changes: Any) -> dict[str, Any]:
    """The arrival of customer Sora with a petrol saloon, as the form sends it."""
    form: dict[str, Any] = {
        "id": new_id(),
        "order_id": new_id(),
        "vehicle_id": new_id(),
        "customer_id": new_id(),
        "plate": plate,
        "body_type": "saloon",
        "powertrain": "petrol",
        "make": "Hyundai",
        "model": "Sonata",
        "purpose": "repair",
        "bay": "Bay 1",
        "customer_name": "Sora Kim",
        "customer_phone": "010-1234-5678",
        "customer_locale": "en",
        "bringer_relation": "owner",
        "consent_data": "yes",
        "consent_contact": "yes",
        "consent_promotion": "no",
    }
    form.update(changes)
    return form


def arrive(tablet: Any, plate: str = "12가 3456", **changes: Any) -> str:
    """Takes a car in on this tablet; returns the visit's id."""
    form = arrival_form(plate, **changes)
    answer = tablet.post("/visits", form)
    assert answer.status_code == 303, answer.text
    return str(form["id"])
