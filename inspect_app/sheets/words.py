"""The printed labels of the paper, as English source text that the catalogues translate."""

from collections.abc import Callable, Mapping
from types import MappingProxyType


def _(text: str) -> str:
    """Mark a text for the catalogues without translating it yet."""
    return text


LABELS: Mapping[str, str] = MappingProxyType(
    {
        "agreed": _("Agreed"),
        "awaited": _("Photo not yet received"),
        "belonging": _("Item"),
        "belongings": _("Items handed in"),
        "box": _("Box"),
        "chain_number": _("Number in the chain"),
        "charge": _("Charge"),
        "checks": _("Checks"),
        "condition": _("Condition"),
        "corrections": _("Corrections"),
        "correction_reason": _("Reason"),
        "customer": _("Customer"),
        "customer_view": _("Customer's view"),
        "customer_words": _("In the customer's own words"),
        "damage": _("Damage"),
        "demo": _("Demo: not a real order"),
        "description": _("Work asked for"),
        "discrepancy": _("Discrepancy"),
        "document_hash": _("Hash of the sealed document (SHA-256)"),
        "found_at_check_in": _("Found at check-in"),
        "fuel": _("Fuel"),
        "key_tag": _("Key tag"),
        "keys": _("Keys"),
        "known": _("known before"),
        "mark": _("Mark"),
        "new": _("new"),
        "no_belongings": _("Nothing was left in the car."),
        "no_marks": _("No damage was noted."),
        "normal": _("Normal"),
        "not_looked_at": _("Not looked at"),
        "not_sealed": _("Not yet signed and sealed."),
        "now": _("Now"),
        "odometer": _("Odometer"),
        "order": _("Order"),
        "page": _("Page"),
        "paper": _("Paper"),
        "papers": _("Papers"),
        "photo_hashes": _("Hashes of the photos (SHA-256)"),
        "photo_unreadable": _("This photo cannot be shown"),
        "photos": _("Photos"),
        "place": _("Place"),
        "previous_hash": _("Seal before this one"),
        "price": _("Price"),
        "price_unknown": _("not yet known"),
        "promised": _("Promised for"),
        "quantity": _("Number"),
        "readings": _("Readings"),
        "received": _("Received"),
        "remark": _("Remark"),
        "seal": _("Seal"),
        "sealed": _("Sealed"),
        "signatures": _("Signatures"),
        "signed": _("Signed"),
        "state": _("State"),
        "statement_hash": _("Hash of these words"),
        "total": _("Total"),
        "valid_until": _("Valid until"),
        "valuables": _("Valuables"),
        "vehicle": _("Vehicle"),
        "was": _("Was"),
        "zone": _("Place on the car"),
    }
)


def labels_in(translate: Callable[[str], str]) -> dict[str, str]:
    """Return the paper's labels translated, e.g. by gettext in the customer's language."""
    return {name: translate(text) for name, text in LABELS.items()}
