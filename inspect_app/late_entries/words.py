"""A captured request in words: what it is, and its fields as a person reads them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app import catalogues
from inspect_app.errors import Words
from inspect_app.i18n import locale

NOUNS: dict[str, Words] = {
    "visits": _l("Arrival"),
    "order": _l("Order"),
    "lines": _l("Item of the order"),
    "stations": _l("Walk-around"),
    "conditions": _l("Body and light"),
    "body-type": _l("Drawing of the car"),
    "checks": _l("Check"),
    "marks": _l("Mark"),
    "known-marks": _l("Known mark"),
    "mark-views": _l("The customer's view of marks"),
    "photos": _l("Photo"),
    "annotations": _l("Drawing on a photo"),
    "papers": _l("Papers"),
    "belongings": _l("Belongings"),
    "count": _l("Valuables"),
    "box": _l("Storage box"),
    "readings": _l("Readings"),
    "key": _l("Key"),
    "keys": _l("Key"),
    "movements": _l("Key"),
    "seals": _l("Signature"),
    "completion": _l("Told that all is complete"),
    "corrections": _l("Correction"),
    "claims": _l("Took the tablet over"),
}
ACTS: dict[str, Words] = {
    "removal": _l("taken away"),
    "return": _l("put back"),
    "restoration": _l("put back"),
    "place": _l("moved"),
    "opening": _l("opened"),
    "put-in": _l("hung up"),
}
FIELDS: dict[str, Words] = {
    "agreed": _l("What was agreed"),
    "angle": _l("Side"),
    "bay": _l("Bay"),
    "body_condition": _l("Body"),
    "body_type": _l("Body type"),
    "box": _l("Box"),
    "charge_percent": _l("Charge"),
    "code": _l("What"),
    "colour": _l("Colour"),
    "condition": _l("Condition"),
    "customer_name": _l("Customer"),
    "customer_phone": _l("Phone"),
    "customer_words": _l("In the customer's own words"),
    "damage_type": _l("Kind of damage"),
    "description": _l("Description"),
    "discrepancy": _l("What is wrong"),
    "fuel_eighths": _l("Fuel (eighths)"),
    "fuel_percent": _l("Fuel (percent)"),
    "keys_count": _l("Keys"),
    "kind": _l("Kind"),
    "light": _l("Light"),
    "location": _l("Where"),
    "lower_reason": _l("Why lower"),
    "make": _l("Make"),
    "model": _l("Model"),
    "name": _l("Name"),
    "odometer": _l("Odometer"),
    "place": _l("Place"),
    "plate": _l("Plate"),
    "price": _l("Price"),
    "promised_at": _l("Promised"),
    "purpose": _l("Purpose"),
    "quantity": _l("Quantity"),
    "reason": _l("Reason"),
    "received": _l("Received"),
    "remark": _l("Remark"),
    "remotes_count": _l("Remotes"),
    "result": _l("Result"),
    "severity": _l("Severity"),
    "size_class": _l("Size"),
    "slot": _l("Slot"),
    "station": _l("Station"),
    "still_there": _l("Still there"),
    "tag": _l("Key tag"),
    "text": _l("Text"),
    "valuables": _l("Valuables"),
    "vin": _l("VIN"),
    "zone": _l("Part of the car"),
}
"""The fields that a person would look for; ids, keys and hashes are not among them."""
CODES = {
    "damage_type": "damage_types",
    "severity": "severities",
    "size_class": "size_classes",
    "zone": "exterior_zones",
    "body_type": "body_types",
    "result": "check_results",
    "station": "stations",
    "purpose": "purposes",
    "powertrain": "powertrains",
}
"""Which list names the value of a field."""
_ID = re.compile(r"^[0-9a-f-]{36}$")


@dataclass(frozen=True)
class Told:
    """An entry as a person reads it."""

    what: str
    fields: Sequence[tuple[str, str]]


def told(url: str, fields: Iterable[Sequence[str]]) -> Told:
    """What an entry is and says; of several values of one name the last that is not empty."""
    kept: dict[str, str] = {}
    for name, value in fields:
        if name in FIELDS and value:
            kept[name] = value
    pairs = [(str(FIELDS[name]), _value(name, value)) for name, value in kept.items()]
    return Told(noun_of(url), pairs)


def noun_of(url: str) -> str:
    """The last noun of the address, and what was done to it."""
    parts = [part for part in url.partition("?")[0].split("/") if part and not _ID.match(part)]
    noun = next((part for part in reversed(parts) if part in NOUNS), "")
    words = str(NOUNS[noun]) if noun else _("Entry")
    act = parts[-1] if parts and parts[-1] in ACTS else ""
    return f"{words}: {ACTS[act]}" if act else words


def _value(name: str, value: str) -> str:
    list_name = CODES.get(name)
    if list_name and catalogues.is_code(list_name, value):
        return catalogues.name_of(list_name, value, locale())
    return value
