"""Who settles, and when a settlement may begin and be closed (T32, T33); storage (T42)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inspect_app.orders.rules import MAX_PRICE
from inspect_app.staff.rules import RECEPTION, Role
from inspect_app.visits.rules import Missing

ADDED_KINDS: Final = ("labour", "part", "outside", "material")
"""What the clerk may add from the slips; storage follows from its own rule."""
CLERKS: Final = (Role.SETTLEMENT_CLERK, Role.CASHIER)
READERS: Final = (*RECEPTION, *CLERKS, Role.MANAGER)
COLLECTION_CLERKS: Final = (*RECEPTION, *CLERKS)
TOTAL_STATES: Final = frozenset({"work_done", "preparing_delivery", "ready_notified", "settling"})
DONE_STATES: Final = frozenset(
    {"settled", "delivering", "delivered", "left", "follow_up_due", "closed"}
)
SHEET_STATES: Final = TOTAL_STATES | DONE_STATES
MAX_CHARGES: Final = 100
DAY: Final = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class CollectionFacts:
    """What is known when the customer comes (12.01, T32)."""

    collector_name: str = ""
    authority_seen: bool = False
    account_given: bool = False


def missing_for_collection(facts: CollectionFacts) -> list[Missing]:
    """What T32 still waits for: who collects and why they may, and the short account."""
    found = []
    if not facts.collector_name.strip():
        found.append(Missing("COLLECTOR_MISSING", "collection"))
    if not facts.authority_seen:
        found.append(Missing("AUTHORITY_NOT_SEEN", "collection"))
    if not facts.account_given:
        found.append(Missing("ACCOUNT_NOT_GIVEN", "collection"))
    return found


@dataclass(frozen=True, kw_only=True)
class SettleFacts:
    """What is known when the settlement is to be closed (T33)."""

    all_known: bool = True
    is_shown: bool = False
    is_agreed: bool = False
    requests_open: int = 0
    outstanding: int = 0
    on_account: int = 0
    to_give_back: int = 0
    guarantee_problem: bool = False


def missing_for_settled(facts: SettleFacts) -> list[Missing]:
    """What T33 still waits for."""
    return list(_missing(facts))


def _missing(facts: SettleFacts) -> Iterator[Missing]:
    if not facts.all_known:
        yield Missing("PRICE_UNKNOWN", "settlement")
    if facts.requests_open:
        yield Missing("REQUEST_OPEN", "settlement")
    if not facts.is_shown:
        yield Missing("SHEET_NOT_SHOWN", "settlement")
    elif not facts.is_agreed:
        yield Missing("SHEET_NOT_AGREED", "settlement")
    if facts.outstanding > facts.on_account:
        yield Missing("NOT_PAID", "settlement")
    if facts.to_give_back:
        yield Missing("TO_GIVE_BACK", "settlement")
    if facts.guarantee_problem:
        yield Missing("GUARANTEE_MISSING", "settlement")


@dataclass(frozen=True)
class StorageRule:
    """What a car costs that is not collected: so much for each day begun after `free`; nothing
    where the site has no amount. Korea: after 72 hours, at most the local parking fee."""

    free: timedelta = timedelta(hours=72)
    day_amount: int | None = None

    def begins_at(self, notified_at: datetime) -> datetime:
        """From when on storage is charged."""
        return notified_at + self.free

    def days(self, notified_at: datetime, until: datetime) -> int:
        """Days begun since the free time ended."""
        over = until - self.begins_at(notified_at)
        return -(-over // DAY) if over > timedelta() else 0

    def amount(self, notified_at: datetime, until: datetime) -> int:
        """What storage comes to."""
        return min(self.days(notified_at, until) * (self.day_amount or 0), MAX_PRICE)
