"""How long a guarantee runs (D13): the floors of law as presets, and what a shop gives beyond."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

PRESETS: Final = ("kr", "cn", "own")
MAX_DAYS: Final = 3_650
MAX_KM: Final = 1_000_000
YOUNG: Final = (365, 20_000, 90)
MIDDLE: Final = (3 * 365, 60_000, 60)
OLD_DAYS: Final = 30
"""Korea (Enforcement Rule art. 134(1)2): age in days, odometer in km, days of free repair. The
"or"s overlap for a young car with many kilometres; the longest period that fits is proposed."""
CHINA: Final[Mapping[str, tuple[int, int]]] = {
    "assembly": (100, 20_000),
    "major": (100, 20_000),
    "second_level_maintenance": (30, 5_000),
}
CHINA_OTHER: Final = (10, 2_000)
"""China, days and km by the kind of work: whole vehicle or assembly, second-level maintenance,
everything else. Not checked against a copy; a site may give more."""


@dataclass(frozen=True)
class Term:
    """Days and km; `km` is None where distance ends nothing. Whichever comes first ends it."""

    days: int
    km: int | None = None

    def ends_on(self, from_on: date) -> date:
        """The last day."""
        return from_on + timedelta(days=self.days)

    def ends_at_km(self, odometer_km: int | None) -> int | None:
        """The last kilometre on the odometer."""
        return None if self.km is None or odometer_km is None else odometer_km + self.km


def korean_days(age_days: int | None, odometer_km: int | None) -> int:
    """The Korean floor; what is not known speaks for no longer period."""
    for most_days, most_km, days in (YOUNG, MIDDLE):
        if age_days is not None and age_days < most_days:
            return days
        if odometer_km is not None and odometer_km <= most_km:
            return days
    return OLD_DAYS


def floor_of(preset: str, *, category: str, age_days: int | None, odometer_km: int | None) -> Term:
    """What the law asks for at least; nothing where the site has its own rule alone."""
    if preset == "kr":
        return Term(korean_days(age_days, odometer_km))
    if preset == "cn":
        return Term(*CHINA.get(category, CHINA_OTHER))
    return Term(0)


def proposed(floor: Term, own: Term) -> Term:
    """What the card proposes: the longer of law and shop; a distance only where each that says
    anything has one, as the floor of Korea has none."""
    if not own.days:
        return floor
    if not floor.days:
        return own
    kms = [term.km for term in (floor, own)]
    known = [km for km in kms if km is not None]
    return Term(max(floor.days, own.days), max(known) if len(known) == len(kms) else None)


def check_term(term: Term, floor: Term) -> list[str]:
    """What is wrong with a card's term: codes."""
    found = []
    if term.days < floor.days:
        found.append("BELOW_FLOOR_DAYS")
    if term.km is not None and (floor.km is None or term.km < floor.km) and floor.days:
        found.append("BELOW_FLOOR_KM")
    if not 0 < term.days <= MAX_DAYS:
        found.append("DAYS_OUT_OF_RANGE")
    if term.km is not None and not 0 < term.km <= MAX_KM:
        found.append("KM_OUT_OF_RANGE")
    return found
