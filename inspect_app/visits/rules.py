"""The states of a visit and the only ways between them (process 4.2, T01 to T42)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from inspect_app.catalogues import codes
from inspect_app.catalogues.transitions import NOWHERE as NOWHERE
from inspect_app.catalogues.transitions import TRANSITIONS as TRANSITIONS
from inspect_app.catalogues.transitions import Transition as Transition
from inspect_app.readings.rules import needs_charge, needs_fuel

_BY_NUMBER: Final = {transition.number: transition for transition in TRANSITIONS}

CAPTURE_STATES: Final = frozenset(
    {"arrived", "diagnosing", "diagnosed", "quoted", "authorised", "checking_in"}
)
"""In one sitting everything of the check-in may be captured from `arrived` on (process 4.2)."""


def transition(number: str) -> Transition:
    """The line of the table with this number; raises KeyError for an unknown one."""
    return _BY_NUMBER[number]


def next_transitions(state: str) -> tuple[Transition, ...]:
    """The lines that may be taken from a state, in the order of the table."""
    return tuple(found for found in TRANSITIONS if state in found.origins)


def is_allowed(number: str, origin: str, target: str) -> bool:
    """Whether the table has this way; a flag such as T31 or T42 stays where it is."""
    found = _BY_NUMBER.get(number)
    if found is None or origin not in found.origins or target not in found.targets:
        return False
    return number != "T31" or origin == target


def may_capture(state: str) -> bool:
    """Whether walk-around, papers, things, readings and key may still be entered."""
    return state in CAPTURE_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a visit for the guards of T04, T10, T12, T16, T17 and T18.

    All times are UTC-aware, and are the times of the capture, not of its arrival here. What is
    not given counts as missing.
    """

    # T04 and T10: arrival and order
    receptionist_set: bool = False
    purpose_set: bool = False
    item_count: int = 0
    diagnosis_first: bool = False
    unpriced_items: int = 0  # neither a price nor "not yet known"
    ungraded_parts: int = 0  # nobody said whether they are genuine, used … (4.06)
    unproven_parts: int = 0  # used or remanufactured, origin or check not said (P10)
    promised_at: datetime | None = None
    drafted_at: datetime | None = None  # the last change of the order
    # T12: the signature under the order
    s1_at: datetime | None = None
    s1_is_of_this_version: bool = True
    # T16: the first thing captured with the customer present
    hand_over_began_at: datetime | None = None
    # T17: papers (6.02-6.04)
    asked_papers: tuple[str, ...] = ()
    examined_papers: frozenset[str] = frozenset()  # handed in or not, but looked at
    discrepant_papers: tuple[str, ...] = ()
    sd_at: Mapping[str, datetime] = field(default_factory=dict)  # paper code to its signature
    # T17: condition (6.05)
    stations_looked_at: frozenset[str] = frozenset()
    last_note_at: datetime | None = None  # the last abnormality or mark
    s2_at: datetime | None = None
    # T17: things (6.06-6.07)
    things_answered: bool = False  # at least one line, or "nothing left" said
    things_changed_at: datetime | None = None
    si_at: datetime | None = None
    valuables_answered: bool = False
    valuables_notice_told: bool = False
    things_in_box: bool = False
    box_numbered: bool = False
    # T17: key and readings (6.08-6.09)
    key_numbered: bool = False
    slot_assigned: bool = False
    powertrain: str = ""
    odometer_entered: bool = False
    fuel_entered: bool = False
    charge_entered: bool = False
    last_captured_at: datetime | None = None  # the last of all captures, signed or not
    # T18
    told_complete_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a transition waits for, and the page where it is done.

    `place` is order, walkaround, things, readings or customer; `about` is the paper or station.
    """

    code: str
    place: str
    about: str = ""


def _arrival(facts: Facts) -> Iterator[Missing]:
    if not facts.receptionist_set:
        yield Missing("RECEPTIONIST_MISSING", "order")
    if not facts.purpose_set:
        yield Missing("PURPOSE_MISSING", "order")


def _order_drafted(facts: Facts) -> Iterator[Missing]:
    if not facts.item_count and not facts.diagnosis_first:
        yield Missing("NO_ITEM", "order")
    if facts.unpriced_items:
        yield Missing("PRICE_UNANSWERED", "order")
    if facts.ungraded_parts:
        yield Missing("PART_GRADE_MISSING", "order")
    if facts.unproven_parts:
        yield Missing("PART_ORIGIN_MISSING", "order")
    if facts.promised_at is None:
        yield Missing("PROMISED_TIME_MISSING", "order")


def _order_signed(facts: Facts) -> Iterator[Missing]:
    yield from _order_drafted(facts)
    if facts.s1_at is None:
        yield Missing("S1_MISSING", "customer")
    elif not facts.s1_is_of_this_version:
        yield Missing("S1_OF_OTHER_VERSION", "customer")


def _customer_present(facts: Facts) -> Iterator[Missing]:
    if facts.hand_over_began_at is None:
        yield Missing("HAND_OVER_NOT_BEGUN", "walkaround")


def _parts_done(facts: Facts) -> Iterator[Missing]:
    for paper in facts.asked_papers:
        if paper not in facts.examined_papers:
            yield Missing("PAPERS_NOT_EXAMINED", "things", paper)
    for station in codes("stations"):
        if station not in facts.stations_looked_at:
            yield Missing("CONDITION_NOT_LOOKED_AT", "walkaround", station)
    if not facts.things_answered:
        yield Missing("THINGS_NOT_COUNTED", "things")
    if not facts.valuables_notice_told:
        yield Missing("VALUABLES_NOTICE_NOT_TOLD", "things")
    if not facts.valuables_answered:
        yield Missing("VALUABLES_UNANSWERED", "things")
    if facts.things_in_box and not facts.box_numbered:
        yield Missing("BOX_NOT_NUMBERED", "things")
    if not facts.key_numbered:
        yield Missing("KEY_NOT_NUMBERED", "readings")
    if not facts.slot_assigned:
        yield Missing("SLOT_MISSING", "readings")
    if not facts.odometer_entered:
        yield Missing("ODOMETER_MISSING", "readings")
    if needs_fuel(facts.powertrain) and not facts.fuel_entered:
        yield Missing("FUEL_MISSING", "readings")
    if needs_charge(facts.powertrain) and not facts.charge_entered:
        yield Missing("CHARGE_MISSING", "readings")


def _is_later(first: datetime | None, second: datetime | None) -> bool:
    return first is not None and second is not None and first > second


def _signatures_done(facts: Facts) -> Iterator[Missing]:
    if facts.s1_at is not None and not facts.s1_is_of_this_version:
        yield Missing("S1_OF_OTHER_VERSION", "customer")
    for paper in facts.discrepant_papers:
        if paper not in facts.sd_at:
            yield Missing("SD_MISSING", "customer", paper)
    if facts.si_at is None:
        yield Missing("SI_MISSING", "customer")
    elif _is_later(facts.things_changed_at, facts.si_at):
        yield Missing("SI_OLDER_THAN_LIST", "customer")
    if facts.s2_at is None:
        yield Missing("S2_MISSING", "customer")
    elif _is_later(facts.last_note_at, facts.s2_at):
        yield Missing("S2_OLDER_THAN_LAST_NOTE", "customer")
    # One sitting: S1 not later than SD and SI, those not later than S2 (issue of the check-in).
    between = {"SI": facts.si_at, **facts.sd_at}
    for about, signed_at in between.items():
        code = "SI" if about == "SI" else "SD"
        paper = "" if about == "SI" else about
        if _is_later(facts.s1_at, signed_at):
            yield Missing(f"{code}_OLDER_THAN_S1", "customer", paper)
        if _is_later(signed_at, facts.s2_at):
            yield Missing(f"S2_OLDER_THAN_{code}", "customer", paper)


def _all_six_parts(facts: Facts) -> Iterator[Missing]:
    yield from _parts_done(facts)
    yield from _signatures_done(facts)


def _told_complete(facts: Facts) -> Iterator[Missing]:
    if facts.told_complete_at is None:
        yield Missing("COMPLETE_NOT_TOLD", "customer")


_GUARDS: Final = {
    "T04": _arrival,
    "T10": _order_drafted,
    "T12": _order_signed,
    "T16": _customer_present,
    "T17": _all_six_parts,
    "T18": _told_complete,
}
_UNGUARDED: Final = frozenset({"T03", "T06", "T11", "T13"})


def missing_for(number: str, facts: Facts) -> list[Missing]:
    """What a transition still waits for, in the order of the pages; empty if it may be taken.

    Raises KeyError for a transition whose guard needs facts that are not kept yet.
    """
    return [] if number in _UNGUARDED else list(_GUARDS[number](facts))


# The sitting of the check-in: what follows T10 in the same order, for each state on the way.
_SITTING: Final = ("T10", "T12", "T16", "T17")


def missing_for_check_in(state: str, facts: Facts) -> list[Missing]:
    """Everything between a state and `checked_in`, each thing once, for the review page."""
    found: dict[Missing, None] = {}
    for number in _SITTING:
        line = _BY_NUMBER[number]
        if state in line.origins:
            found.update(dict.fromkeys(missing_for(number, facts)))
            state = line.target
    return list(found)


@dataclass(frozen=True, slots=True)
class Due:
    """A transition that may fire now, and its own time; None where only the caller knows it."""

    transition: Transition
    at: datetime | None


def due_transitions(state: str, facts: Facts) -> list[Due]:
    """The transitions of one sitting that may fire now, one after the other (process 4.2).

    Each has its own time, never earlier than the one before it; it looks at what was captured,
    not at the state it was captured in.
    """
    done = [facts.si_at, facts.s2_at, facts.last_captured_at, *facts.sd_at.values()]
    own_times = {
        "T10": facts.drafted_at or facts.s1_at,
        "T12": facts.s1_at,
        "T16": facts.hand_over_began_at,
        "T17": max((at for at in done if at is not None), default=None),
    }
    due: list[Due] = []
    for number in _SITTING:
        line = _BY_NUMBER[number]
        if state not in line.origins:
            continue
        if missing_for(number, facts):
            break
        at = own_times[number]
        if due and due[-1].at is not None and (at is None or at < due[-1].at):
            at = due[-1].at
        due.append(Due(line, at))
        state = line.target
    return due


NEVER_HERE: Final = frozenset({NOWHERE, "booked", "no_show", "cancelled"})
"""States in which the car has not come: no stay that a later visit could look back at. NOWHERE is
an appointment that waits for its deposit (T01)."""

GONE_STATES: Final = NEVER_HERE | {"left", "follow_up_due", "closed"}
"""States in which the car is not in the plant."""

ORDER_STATES: Final = CAPTURE_STATES | {NOWHERE, "booked"}
"""The order is written from the booking on."""
