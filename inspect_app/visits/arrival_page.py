"""What the page of taking in shows: bays, purposes, what is known of the plate."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from inspect_app import catalogues
from inspect_app.appointments.queries import expected_on_day_of, expected_today
from inspect_app.db import now
from inspect_app.errors import Words
from inspect_app.i18n import locale
from inspect_app.sites.queries import bays, this_site
from inspect_app.vehicles.queries import known_car, recent_cars
from inspect_app.vehicles.rules import normalise_plate, normalise_vin, vin_problems
from inspect_app.visits.forms import known_values
from inspect_app.visits.queries import bays_in_use

SHORTEST_PLATE = 4
"""Letters and digits before a plate is looked up."""


def car_part(text: str, typed: Mapping[str, str], shown: str = "") -> dict[str, Any]:
    """What the card of the car shows for this plate or VIN. `shown`: the card that is there now."""
    known, expected = known_car(text), None
    if known is not None:
        card = "here" if known.running else "known"
        expected = expected_today(known.vehicle.id, now())
    else:
        is_typed = len(normalise_plate(text)) >= SHORTEST_PLATE
        card = "new" if is_typed or shown == "new" else "none"
    return {
        "card": card,
        "known": known,
        "appointment": expected,
        "values": {**known_values(known, this_site().locale), **typed},
        "problems": {},
        "warnings": {"vin": vin_warning(text)},
        "body_types": names("body_types"),
        "powertrains": names("powertrains"),
        "relations": names("relations"),
    }


def whole_page(typed: Mapping[str, str], problems: Mapping[str, Words]) -> dict[str, Any]:
    """Everything of the page; what was typed stays, whatever is known."""
    parts = car_part(typed.get("plate", ""), typed, "new" if problems else "")
    free = bays_in_use()
    places = bays()
    first_free = next((bay.name for bay in places if bay.name not in free), "")
    parts["values"] = {"purpose": "repair", "bay": first_free, **parts["values"]}
    return parts | {
        "bays": places,
        "purposes": sorted(names("purposes"), key=lambda pair: pair[0] != "repair"),
        "recent": recent_cars() if not typed.get("plate") else (),
        "expected": expected_on_day_of(now()) if not typed.get("plate") else (),
        "problems": problems,
        "fresh": uuid.uuid4,
    }


def names(list_name: str) -> list[tuple[str, str]]:
    """Codes with their names in the person's language."""
    return [(entry.code, entry.name(locale())) for entry in catalogues.entries(list_name)]


def vin_warning(text: str) -> Words:
    """What a VIN's check digit says; it warns and never blocks."""
    vin = normalise_vin(text)
    if len(vin) == 17 and any(found.level == "warning" for found in vin_problems(vin)):
        return _l("The check digit of this VIN does not fit. Compare it with the car once more.")
    return ""
