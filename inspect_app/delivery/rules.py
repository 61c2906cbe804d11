"""What a delivery waits for: the packet (T34), the count and the signature (T35)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inspect_app.staff.rules import RECEPTION, VISIT_READERS, Role
from inspect_app.visits.rules import Missing

DELIVERERS: Final = RECEPTION
"""Who gives a car back (process 3.2: S4, return of items, papers, key)."""
READERS: Final = VISIT_READERS
OVERRIDES: Final = Role.BUSINESS_SUPERVISOR

PLACE: Final = "delivery"
PACKET: Final = ("gate_pass", "order", "sheet", "guarantee", "papers", "key")
"""What is handed over together when settled (12.04), in the order of the desk."""
STATES: Final = frozenset({"settled", "delivering", "delivered", "left", "follow_up_due", "closed"})
"""Those in which there is a delivery to do or to look at."""
TOLD_IN: Final = STATES | {
    "in_workshop", "awaiting_approval", "work_done", "preparing_delivery", "ready_notified",
    "settling",
}  # fmt: skip
"""Those in which an earlier round may have something to tell: after an objection."""


@dataclass(frozen=True, kw_only=True)
class PacketFacts:
    """What is known at the desk. `wanted`: what this visit has of the packet. `key_lack`: what
    `key_tags.custody_rules.missing_for_delivery` says; a supervisor's reason answers it."""

    wanted: tuple[str, ...]
    ticked: frozenset[str]
    has_gate_pass: bool
    key_lack: str = ""
    key_is_overridden: bool = False


def missing_for_packet(facts: PacketFacts) -> list[Missing]:
    """T34: gate pass, order, sheet, guarantee, papers, key, all ticked (12.04–12.05)."""
    missing = []
    if not facts.has_gate_pass:
        missing.append(Missing("GATE_PASS_MISSING", PLACE))
    if facts.key_lack and not facts.key_is_overridden:
        missing.append(Missing(facts.key_lack, PLACE))
    # The key needs no tick: where it is says it.
    missing += [
        Missing("NOT_HANDED_OVER", PLACE, one)
        for one in facts.wanted
        if one not in facts.ticked and one != "key"
    ]
    return missing


@dataclass(frozen=True, kw_only=True)
class WalkFacts:
    """What was done at the car. `returns`: what returns/rules.py still misses. `key_lack`: as
    above, for T35. `s4_at`: the customer's signature."""

    looked_at: datetime | None = None
    returns: tuple[Missing, ...] = ()
    key_lack: str = ""
    s4_at: datetime | None = None


def missing_before_signature(facts: WalkFacts) -> list[Missing]:
    """What comes before the customer signs: the look around the car, the count, the key (12.05)."""
    missing = []
    if facts.looked_at is None:
        missing.append(Missing("OUTSIDE_NOT_LOOKED_AT", PLACE))
    missing += facts.returns
    if facts.key_lack and not any(one.code == "KEY_NOT_RETURNED" for one in facts.returns):
        missing.append(Missing(facts.key_lack, PLACE))
    return missing


def missing_for_delivered(facts: WalkFacts) -> list[Missing]:
    """T35: count done, outside looked at, S4 (12.05–12.06, 12.08)."""
    missing = missing_before_signature(facts)
    if facts.s4_at is None:
        missing.append(Missing("S4_MISSING", PLACE))
    return missing
