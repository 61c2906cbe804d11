"""Names that the trade uses for a repair order, and what may be asked how often."""

import re
from typing import Final
from urllib.parse import quote, urlsplit

SCOPES: Final = ("read", "write")
PAY_TYPES: Final = {
    "customer": "customer",
    "insurance": "insurer",
    "warranty": "maker_warranty",
    "internal": "plant",
}
"""Who pays, by the trade's name and ours."""
PAY_TYPE_OF: Final = {ours: theirs for theirs, ours in PAY_TYPES.items()}

STATUS_OF: Final = {
    "booked": "estimate", "arrived": "estimate", "consult_only": "estimate",
    "diagnosing": "estimate", "diagnosed": "estimate", "quoted": "estimate",
    "authorised": "open", "checking_in": "open", "checked_in": "open",
    "washing_in": "in_progress", "in_workshop": "in_progress", "awaiting_approval": "on_hold",
    "work_done": "completed", "preparing_delivery": "completed", "ready_notified": "completed",
    "settling": "completed", "settled": "closed", "delivering": "closed", "delivered": "closed",
    "left": "closed", "follow_up_due": "closed", "closed": "closed",
    "declined": "cancelled", "exit_cleared": "cancelled", "cancelled": "cancelled",
    "no_show": "cancelled",
}  # fmt: skip
"""The status that other systems know, by the state of the visit."""
STATUSES: Final = ("estimate", "open", "in_progress", "on_hold", "completed", "closed", "cancelled")

REQUESTS_A_MINUTE: Final = 120
"""For one token; a system that asks more often waits a minute."""
MAX_BODY_BYTES: Final = 64 * 1024
MAX_PAGE: Final = 100
MAX_PUSHED_LINES: Final = 50
KEY: Final = re.compile(r"[\x21-\x7e]{1,80}")
TEMPLATE_CHARS: Final = 300


def transport_type(waits: bool | None) -> str | None:
    """How the customer goes on: waits here, or leaves the car."""
    if waits is None:
        return None
    return "waiter" if waits else "drop_off"


def is_link_template(text: str) -> bool:
    """Whether this is an address of another system with one place for the order's number."""
    if text.count("{number}") != 1 or len(text) > TEMPLATE_CHARS or not text.isprintable():
        return False
    try:
        parts = urlsplit(text.replace("{number}", "1"))
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname) and parts.username is None


def link_to(template: str, number: str) -> str:
    """Where the other system shows the order; empty where the site named no address."""
    return template.replace("{number}", quote(number, safe="")) if template else ""
