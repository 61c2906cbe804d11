"""What the pages of a delivery show, cut by what the person may do."""

from typing import Any

from inspect_app.access import who
from inspect_app.delivery import rules
from inspect_app.delivery.queries import DeliveryFile
from inspect_app.delivery.words import SITTING, mark_name
from inspect_app.returns.words import thing_name
from inspect_app.walkaround.drawings import drawing_of
from inspect_app.walkaround.offered import mark_form_words, zone_names


def shown(file: DeliveryFile, **more: Any) -> dict[str, Any]:
    """What every part of the pages needs."""
    packet = file.packet_facts(frozenset(file.wanted), who().id)
    return {
        "file": file,
        "visit": file.visit,
        "missing": file.missing if file.is_open else rules.missing_for_packet(packet),
        "key_lack": packet.key_lack,
        "delivers": who().may(*rules.DELIVERERS),
        "overrides": who().may(rules.OVERRIDES),
        "sitting": SITTING,
        "mark_name": mark_name,
        "thing_name": thing_name,
        **more,
    }


def walk_words(file: DeliveryFile) -> dict[str, Any]:
    """The drawing and what the form of a new mark offers."""
    return {
        "drawing": drawing_of("outside", file.visit.vehicle.body_type),
        "names": zone_names(),
        **mark_form_words(),
    }
