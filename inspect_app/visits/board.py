"""The board: every car in the plant by state, in one statement; and what the find field finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select, union
from sqlalchemy.orm import aliased

from inspect_app.catalogues import codes
from inspect_app.customers.models import Customer
from inspect_app.db import db
from inspect_app.key_tags.models import KeyMovement, KeyRegistration, KeyTag, Slot
from inspect_app.orders.models import Order
from inspect_app.staff.models import Person
from inspect_app.staff.rules import Role, sees_contact
from inspect_app.vehicles.models import Vehicle
from inspect_app.vehicles.rules import normalise_plate
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import GONE_STATES

LANES = tuple(state for state in codes("visit_states") if state not in GONE_STATES)
ALWAYS = ("arrived", "checked_in")
"""Lanes that stand there empty too: where the check-in begins and where it ends."""
LANE_CARDS = 25
FOUND_CARDS = 25
MOST_CARDS = 500

Card = Row[Any]


@dataclass(frozen=True)
class Lane:
    """The cars in one state. `count` is that of all, also where not every card is shown."""

    state: str
    count: int
    cards: Sequence[Card]

    @property
    def hidden(self) -> int:
        """How many more there are."""
        return self.count - len(self.cards)


_ranked = (
    select(
        Visit.id,
        func.row_number()
        .over(partition_by=Visit.state, order_by=(Visit.arrived_at, Visit.id))
        .label("place"),
        func.count().over(partition_by=Visit.state).label("lane_count"),
    )
    .where(Visit.state.in_(LANES))
    .subquery()
)
_later = aliased(KeyMovement)
_last_sequence = (
    select(func.max(_later.sequence))
    .where(_later.registration_id == KeyRegistration.id, _later.is_claim.is_(False))
    .correlate(KeyRegistration)
    .scalar_subquery()
)

_COLUMNS: tuple[Any, ...] = (
    Visit.id,
    Visit.number,
    Visit.state,
    Visit.state_since,
    Visit.arrived_at,
    Visit.told_complete_at,
    Vehicle.plate,
    Vehicle.vin,
    Vehicle.powertrain,
    Vehicle.make,
    Vehicle.model,
    Vehicle.body_type,
    Customer.name.label("customer"),
    Order.promised_at,
    KeyTag.number.label("tag"),
    Slot.label.label("slot"),
    KeyMovement.kind.label("key_is"),
    KeyMovement.captured_at.label("key_since"),
    KeyMovement.expected_return_at.label("key_due"),
    Person.name.label("key_holder"),
)


def _cards(*more: Any) -> Select[Any]:
    """What a card shows, whichever cards they are."""
    columns: Select[Any] = select(*_COLUMNS, *more)
    return (
        columns.join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .join(Order, Order.visit_id == Visit.id)
        .outerjoin(Customer, Customer.id == Visit.customer_id)
        .outerjoin(
            KeyRegistration,
            and_(KeyRegistration.visit_id == Visit.id, KeyRegistration.released_at.is_(None)),
        )
        .outerjoin(KeyTag, KeyTag.id == KeyRegistration.tag_id)
        .outerjoin(Slot, Slot.id == KeyRegistration.slot_id)
        .outerjoin(
            KeyMovement,
            and_(
                KeyMovement.registration_id == KeyRegistration.id,
                KeyMovement.sequence == _last_sequence,
            ),
        )
        .outerjoin(Person, Person.id == KeyMovement.to_person_id)
    )


_BOARD = (
    _cards(_ranked.c.lane_count)
    .join(_ranked, _ranked.c.id == Visit.id)
    .where(
        or_(
            _ranked.c.place <= LANE_CARDS,
            and_(Visit.state == bindparam("lane"), _ranked.c.place <= bindparam("most")),
        )
    )
    .order_by(Visit.arrived_at, Visit.id)
)


def lanes(open_lane: str = "", most: int = LANE_CARDS) -> list[Lane]:
    """The lanes in the order of the process, those of the check-in first; each at most 25 cards
    long, save `open_lane`, which shows `most`."""
    cards: dict[str, list[Card]] = {state: [] for state in ALWAYS}
    counts: dict[str, int] = {}
    rows = db.session.execute(_BOARD, {"lane": open_lane, "most": min(most, MOST_CARDS)})
    for row in rows:
        cards.setdefault(row.state, []).append(row)
        counts[row.state] = row.lane_count
    return [
        Lane(state, counts.get(state, 0), by_promise(cards[state]))
        for state in LANES
        if state in cards
    ]


def by_promise(cards: Iterable[Card]) -> list[Card]:
    """What was promised first comes first; what has no promise yet waits for one, so before all."""
    return sorted(cards, key=lambda card: (card.promised_at is not None, _moment(card)))


def _moment(card: Card) -> datetime:
    return card.promised_at or card.arrived_at  # type: ignore[no-any-return]  # Row is untyped


def found(text: str, roles: frozenset[Role]) -> list[Card]:
    """The visits that a plate, a part of one, a name, the end of a phone number, or the number of a
    visit, an order or a key tag names; those in the plant first, then the newest.

    Who may not see contact data does not find by it either (process 3.2).
    """
    ways = _ways(" ".join(text.split()), roles)
    if not ways:
        return []
    query = (
        _cards()
        .where(Visit.id.in_(union(*ways)))
        .order_by(Visit.state.in_(GONE_STATES), Visit.arrived_at.desc())
        .limit(FOUND_CARDS)
    )
    return list(db.session.execute(query))


def _ways(text: str, roles: frozenset[Role]) -> list[Select[Any]]:
    key = normalise_plate(text)
    if not key:
        return []
    ways = [
        select(Visit.id)
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .where(Vehicle.plate_key.contains(key, autoescape=True)),
        select(Visit.id).where(Visit.number.startswith(text.upper(), autoescape=True)),
        select(Order.visit_id).where(Order.number.startswith(text.upper(), autoescape=True)),
    ]
    is_number = key.isascii() and key.isdigit()
    if is_number and len(key) <= 4:
        ways.append(
            select(KeyRegistration.visit_id)
            .join(KeyTag, KeyTag.id == KeyRegistration.tag_id)
            .where(KeyTag.number == int(key), KeyRegistration.released_at.is_(None))
        )
    if sees_contact(roles):
        by_customer = select(Visit.id).join(Customer, Customer.id == Visit.customer_id)
        if is_number and len(key) >= 4:
            ways.append(by_customer.where(Customer.phone_end == key[-4:]))
        elif not is_number:
            ways.append(by_customer.where(Customer.name.icontains(text, autoescape=True)))
    return ways
