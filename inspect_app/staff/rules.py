"""Roles, PINs and growing waits (process 3.1, 3.2)."""

from datetime import timedelta
from enum import StrEnum


class Role(StrEnum):
    """The roles of process 3.1; one person may hold several (small shops, Q15)."""

    RECEPTIONIST = "receptionist"
    BUSINESS_CLERK = "business_clerk"
    DIAGNOSING_TECHNICIAN = "diagnosing_technician"
    WORKSHOP_SUPERVISOR = "workshop_supervisor"
    DISPATCHER = "dispatcher"
    TEAM = "team"
    QUALITY_INSPECTOR = "quality_inspector"
    CAR_WASHER = "car_washer"
    PARTS = "parts"
    SETTLEMENT_CLERK = "settlement_clerk"
    CASHIER = "cashier"
    BUSINESS_SUPERVISOR = "business_supervisor"
    MANAGER = "manager"
    FINANCE = "finance"
    GATE_GUARD = "gate_guard"


RECEPTION = (Role.RECEPTIONIST, Role.BUSINESS_CLERK, Role.BUSINESS_SUPERVISOR)
"""Those who take a car in and capture the customer's signatures (process 3.2, S1/S2/SI/SD row)."""

VISIT_READERS = (
    *RECEPTION,
    Role.MANAGER,
    Role.SETTLEMENT_CLERK,
    Role.CASHIER,
    Role.WORKSHOP_SUPERVISOR,
    Role.DISPATCHER,
)
"""Those who see a visit's record, cut by `sees_contact` and `sees_prices`."""

CONTACT = frozenset((*RECEPTION, Role.MANAGER, Role.SETTLEMENT_CLERK, Role.CASHIER))
PRICES = frozenset(
    (
        *RECEPTION,
        Role.WORKSHOP_SUPERVISOR,
        Role.DISPATCHER,
        Role.SETTLEMENT_CLERK,
        Role.CASHIER,
        Role.MANAGER,
        Role.FINANCE,
    )
)

PLATES = frozenset(Role) - {Role.FINANCE}
CARS = PLATES - {Role.GATE_GUARD}
KEYS = frozenset(
    (
        *RECEPTION,
        Role.WORKSHOP_SUPERVISOR,
        Role.DISPATCHER,
        Role.TEAM,
        Role.CAR_WASHER,
        Role.MANAGER,
    )
)

PHOTO_TAKERS = (
    *RECEPTION,
    Role.WORKSHOP_SUPERVISOR,
    Role.DISPATCHER,
    Role.TEAM,
    Role.DIAGNOSING_TECHNICIAN,
)
"""Those who take photos of a car: at the check-in, and of what they find."""
PHOTO_READERS = (
    *VISIT_READERS,
    Role.TEAM,
    Role.DIAGNOSING_TECHNICIAN,
    Role.QUALITY_INSPECTOR,
    Role.PARTS,
)

KEY_MOVERS = KEYS - {Role.MANAGER}
"""Those who move a key (process 3.2); the manager only sees where it is."""

HOMES = {Role.GATE_GUARD: "/gate", Role.TEAM: "/workshop", Role.CAR_WASHER: "/washes"}
"""Where those go after signing in who have this role and no other."""

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=30)


def is_pin(text: str) -> bool:
    """Four to six ASCII digits."""
    return text.isascii() and text.isdigit() and 4 <= len(text) <= 6


def wait_after(failures: int) -> timedelta:
    """How long no PIN is taken after so many wrong ones in a row: nothing up to the fourth, then
    30 s, doubling up to half an hour."""
    if failures < FREE_TRIES:
        return timedelta()
    doublings: int = 2 ** min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)


def sees_contact(roles: frozenset[Role]) -> bool:
    """Whether the customer's contact data is shown (process 3.2, first row)."""
    return not CONTACT.isdisjoint(roles)


def sees_prices(roles: frozenset[Role]) -> bool:
    """Whether prices are shown (process 3.2)."""
    return not PRICES.isdisjoint(roles)


def sees_plates(roles: frozenset[Role]) -> bool:
    """Whether plates of cars in the plant are shown (process 3.2, second row)."""
    return not PLATES.isdisjoint(roles)


def sees_cars(roles: frozenset[Role]) -> bool:
    """Whether more of a car is shown than its plate (process 3.2: the guard sees the plate)."""
    return not CARS.isdisjoint(roles)


def sees_keys(roles: frozenset[Role]) -> bool:
    """Whether it is shown where a key is (process 3.2, key movement)."""
    return not KEYS.isdisjoint(roles)


def home_of(roles: frozenset[Role]) -> str:
    """The first page of a person with these roles."""
    return HOMES.get(next(iter(roles)), "/") if len(roles) == 1 else "/"
