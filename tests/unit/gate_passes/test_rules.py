"""What a gate pass is good for (D14, T15, T37)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inspect_app.gate_passes.rules import (
    GIVEN_IN,
    KINDS,
    LAST,
    TRIPS,
    PassFacts,
    is_late_back,
    may_give,
    verdict,
)
from inspect_app.visits.rules import TRANSITIONS, is_allowed

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
AGO, AHEAD = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
STATES = {state for line in TRANSITIONS for state in (*line.origins, *line.targets)}


def _pass(kind: str = "settled", **changes: Any) -> PassFacts:
    state = {"settled": "delivered", "declined": "exit_cleared", "consult": "consult_only"}
    known: dict[str, Any] = {"state": state.get(kind, "in_workshop"), "valid_until": AHEAD}
    if kind in TRIPS:
        known["return_by"] = AHEAD
    return PassFacts(kind=kind, **{**known, **changes})


@pytest.mark.parametrize(
    ("kind", "changes", "code"),
    [
        ("settled", {"released_at": AGO}, "MAY_LEAVE"),
        ("settled", {}, "UNRELEASED"),
        ("settled", {"overridden_at": AGO, "state": "settled"}, "MAY_LEAVE"),
        ("settled", {"released_at": AGO, "used_at": AGO}, "USED"),
        ("settled", {"released_at": AGO, "valid_until": AGO}, "EXPIRED"),
        ("settled", {"released_at": AGO, "voided_at": AGO, "used_at": AGO}, "VOIDED"),
        ("declined", {}, "MAY_LEAVE"),
        ("declined", {"open_fees": 1}, "FEE_OPEN"),
        ("declined", {"state": "declined"}, "NOT_CLEARED"),
        ("declined", {"used_at": AGO, "state": "left"}, "USED"),
        ("consult", {}, "MAY_LEAVE"),
        ("consult", {"state": "closed"}, "NOT_CLEARED"),
        ("road_test", {}, "MAY_LEAVE"),
        ("road_test", {"return_by": AGO}, "EXPIRED"),
        ("road_test", {"valid_until": AGO}, "EXPIRED"),
        ("road_test", {"used_at": AGO}, "MAY_RETURN"),
        ("road_test", {"used_at": AGO, "return_by": AGO}, "MAY_RETURN"),
        ("road_test", {"used_at": AGO, "returned_at": AGO}, "TRIP_OVER"),
    ],
)
def test_the_guard_is_told(kind: str, changes: dict[str, Any], code: str) -> None:
    told = verdict(_pass(kind, **changes), NOW)

    assert told.code == code
    assert told.is_good == code.startswith("MAY_")


@pytest.mark.parametrize("kind", TRIPS)
def test_a_trip_needs_no_release_and_is_late_after_its_time(kind: str) -> None:
    assert verdict(_pass(kind), NOW).code == "MAY_LEAVE"
    assert is_late_back(_pass(kind, used_at=AGO, return_by=AGO), NOW)
    assert not is_late_back(_pass(kind, used_at=AGO), NOW)
    assert not is_late_back(_pass(kind, used_at=AGO, returned_at=AGO, return_by=AGO), NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_a_pass_is_given_only_in_its_states(kind: str) -> None:
    given_in = {state for state in STATES if may_give(kind, state)}

    if kind in LAST:
        assert given_in == GIVEN_IN[kind]
    else:
        assert "in_workshop" in given_in
        assert given_in.isdisjoint({"booked", "left", "closed", "delivered", "exit_cleared"})


@pytest.mark.parametrize(
    ("number", "state"), [("T15", "exit_cleared"), ("T37", "delivered"), ("T06", "consult_only")]
)
def test_the_gate_takes_a_way_that_the_table_has(number: str, state: str) -> None:
    assert is_allowed(number, state, "closed" if number == "T06" else "left")
