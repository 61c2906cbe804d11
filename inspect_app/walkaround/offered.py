"""What the form of a mark offers, at the arrival as at the delivery."""

from typing import Any

from inspect_app.catalogues import codes, entries
from inspect_app.i18n import locale
from inspect_app.walkaround.rules import QUICK_DAMAGE_TYPES, context_of
from inspect_app.walkaround.rules import stations as all_stations


def zone_names() -> dict[str, str]:
    """The name of every part of the car, in the language of the page."""
    return {
        entry.code: entry.name(locale())
        for list_name in ("exterior_zones", "interior_points")
        for entry in entries(list_name)
    }


def mark_form_words() -> dict[str, Any]:
    """What a mark's form offers: all parts and kinds, and which six kinds come first where."""
    zones = [code for name in ("exterior_zones", "interior_points") for code in codes(name)]
    return {
        "stations": all_stations(),
        "damage_types": codes("damage_types"),
        "quick": QUICK_DAMAGE_TYPES,
        "contexts": {zone: found for zone in zones if (found := context_of(zone)) != "body"},
    }
