"""The transition table and the guards of the check-in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.catalogues import codes
from inspect_app.visits.rules import (
    CAPTURE_STATES,
    NOWHERE,
    TRANSITIONS,
    Facts,
    due_transitions,
    is_allowed,
    may_capture,
    missing_for,
    missing_for_check_in,
    next_transitions,
    transition,
)

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


WHOLE = Facts(
    receptionist_set=True,
    purpose_set=True,
    item_count=2,
    promised_at=at(600),
    drafted_at=at(5),
    s1_at=at(30),
    hand_over_began_at=at(6),
    asked_papers=("vehicle_registration", "compulsory_insurance"),
    examined_papers=frozenset({"vehicle_registration", "compulsory_insurance"}),
    discrepant_papers=("compulsory_insurance",),
    sd_at={"compulsory_insurance": at(30)},
    stations_looked_at=frozenset(codes("stations")),
    last_note_at=at(20),
    s2_at=at(30),
    things_answered=True,
    things_changed_at=at(22),
    si_at=at(30),
    valuables_answered=True,
    valuables_notice_told=True,
    things_in_box=True,
    box_numbered=True,
    key_numbered=True,
    slot_assigned=True,
    powertrain="petrol",
    odometer_entered=True,
    fuel_entered=True,
    told_complete_at=at(31),
)


def numbers(state: str, facts: Facts) -> list[str]:
    return [due.transition.number for due in due_transitions(state, facts)]


def test_the_table_is_whole() -> None:
    assert [line.number for line in TRANSITIONS] == [f"T{n:02}" for n in range(1, 43)]


def test_the_table_speaks_of_known_states_only() -> None:
    states = {*codes("visit_states"), NOWHERE}

    for line in TRANSITIONS:
        assert set(line.origins) <= states
        assert set(line.targets) <= states - {NOWHERE}
        assert line.guard


def test_every_state_is_reached_and_only_ends_have_no_way_on() -> None:
    reached = {target for line in TRANSITIONS for target in line.targets}
    ends = {state for state in codes("visit_states") if not next_transitions(state)}

    assert reached == set(codes("visit_states"))
    assert ends == {"no_show", "cancelled", "closed"}


@pytest.mark.parametrize(
    ("number", "origin", "target"),
    [
        ("T04", NOWHERE, "arrived"),
        ("T04", "booked", "arrived"),
        ("T10", "arrived", "quoted"),
        ("T10", "diagnosed", "quoted"),
        ("T12", "quoted", "authorised"),
        ("T16", "authorised", "checking_in"),
        ("T17", "checking_in", "checked_in"),
        ("T18", "checked_in", "checked_in"),
        ("T03", "booked", "no_show"),
        ("T31", "work_done", "work_done"),
        ("T40", "checking_in", "declined"),
    ],
)
def test_a_way_of_the_table_is_allowed(number: str, origin: str, target: str) -> None:
    assert is_allowed(number, origin, target)


@pytest.mark.parametrize(
    ("number", "origin", "target"),
    [
        ("T17", "arrived", "checked_in"),
        ("T12", "arrived", "authorised"),
        ("T16", "authorised", "checked_in"),
        ("T31", "in_workshop", "work_done"),
        ("T43", "arrived", "quoted"),
    ],
)
def test_no_other_way_is_allowed(number: str, origin: str, target: str) -> None:
    assert not is_allowed(number, origin, target)


def test_an_unknown_number_or_an_unkept_guard_is_an_error() -> None:
    with pytest.raises(KeyError):
        transition("T43")
    with pytest.raises(KeyError):
        missing_for("T33", WHOLE)


def test_capture_begins_at_arrival_and_ends_at_check_in() -> None:
    assert may_capture("arrived")
    assert not may_capture("booked")
    assert not may_capture("checked_in")
    assert set(codes("visit_states")) >= CAPTURE_STATES


@pytest.mark.parametrize("number", ["T04", "T10", "T12", "T16", "T17", "T18", "T13"])
def test_nothing_is_missing_from_a_whole_check_in(number: str) -> None:
    assert missing_for(number, WHOLE) == []


@pytest.mark.parametrize(
    ("number", "change", "code", "place"),
    [
        ("T04", {"receptionist_set": False}, "RECEPTIONIST_MISSING", "order"),
        ("T04", {"purpose_set": False}, "PURPOSE_MISSING", "order"),
        ("T10", {"item_count": 0}, "NO_ITEM", "order"),
        ("T10", {"unpriced_items": 1}, "PRICE_UNANSWERED", "order"),
        ("T10", {"promised_at": None}, "PROMISED_TIME_MISSING", "order"),
        ("T12", {"s1_at": None}, "S1_MISSING", "customer"),
        ("T12", {"s1_is_of_this_version": False}, "S1_OF_OTHER_VERSION", "customer"),
        ("T12", {"promised_at": None}, "PROMISED_TIME_MISSING", "order"),
        ("T16", {"hand_over_began_at": None}, "HAND_OVER_NOT_BEGUN", "walkaround"),
        ("T17", {"sd_at": {}}, "SD_MISSING", "customer"),
        ("T17", {"si_at": None}, "SI_MISSING", "customer"),
        ("T17", {"things_changed_at": at(31)}, "SI_OLDER_THAN_LIST", "customer"),
        ("T17", {"things_answered": False}, "THINGS_NOT_COUNTED", "things"),
        ("T17", {"valuables_answered": False}, "VALUABLES_UNANSWERED", "things"),
        ("T17", {"valuables_notice_told": False}, "VALUABLES_NOTICE_NOT_TOLD", "things"),
        ("T17", {"box_numbered": False}, "BOX_NOT_NUMBERED", "things"),
        ("T17", {"key_numbered": False}, "KEY_NOT_NUMBERED", "readings"),
        ("T17", {"slot_assigned": False}, "SLOT_MISSING", "readings"),
        ("T17", {"odometer_entered": False}, "ODOMETER_MISSING", "readings"),
        ("T17", {"fuel_entered": False}, "FUEL_MISSING", "readings"),
        ("T17", {"powertrain": "ev"}, "CHARGE_MISSING", "readings"),
        ("T17", {"s2_at": None}, "S2_MISSING", "customer"),
        ("T17", {"last_note_at": at(31)}, "S2_OLDER_THAN_LAST_NOTE", "customer"),
        ("T17", {"si_at": at(29)}, "SI_OLDER_THAN_S1", "customer"),
        ("T17", {"si_at": at(31)}, "S2_OLDER_THAN_SI", "customer"),
        ("T17", {"sd_at": {"compulsory_insurance": at(29)}}, "SD_OLDER_THAN_S1", "customer"),
        ("T17", {"sd_at": {"compulsory_insurance": at(31)}}, "S2_OLDER_THAN_SD", "customer"),
        ("T18", {"told_complete_at": None}, "COMPLETE_NOT_TOLD", "customer"),
    ],
)
def test_each_missing_thing_blocks_alone_and_names_its_page(
    number: str, change: dict[str, Any], code: str, place: str
) -> None:
    missing = missing_for(number, replace(WHOLE, **change))

    assert [(one.code, one.place) for one in missing] == [(code, place)]


def test_a_paper_and_a_station_are_named() -> None:
    facts = replace(
        WHOLE,
        examined_papers=frozenset({"vehicle_registration"}),
        stations_looked_at=frozenset(codes("stations")) - {"roof"},
    )

    missing = missing_for("T17", facts)

    assert [(one.code, one.about) for one in missing] == [
        ("PAPERS_NOT_EXAMINED", "compulsory_insurance"),
        ("CONDITION_NOT_LOOKED_AT", "roof"),
    ]


def test_diagnosis_first_needs_no_item() -> None:
    assert missing_for("T10", replace(WHOLE, item_count=0, diagnosis_first=True)) == []


def test_an_electric_car_is_not_asked_for_fuel() -> None:
    facts = replace(WHOLE, powertrain="ev", fuel_entered=False, charge_entered=True)

    assert missing_for("T17", facts) == []


def test_the_last_note_and_s2_may_share_one_moment() -> None:
    assert missing_for("T17", replace(WHOLE, last_note_at=at(30))) == []


def test_in_one_sitting_all_four_fire_in_order_each_with_its_time() -> None:
    due = due_transitions("arrived", WHOLE)

    assert [(one.transition.number, one.at) for one in due] == [
        ("T10", at(5)),
        ("T12", at(30)),
        ("T16", at(30)),
        ("T17", at(30)),
    ]


def test_s1_taken_earlier_and_alone_authorises_only() -> None:
    facts = Facts(item_count=1, promised_at=at(600), drafted_at=at(5), s1_at=at(10))

    assert numbers("arrived", facts) == ["T10", "T12"]
    assert numbers("authorised", replace(facts, hand_over_began_at=at(12))) == ["T16"]


def test_check_in_ends_with_the_last_capture_even_after_the_signatures() -> None:
    due = due_transitions("checking_in", replace(WHOLE, last_captured_at=at(40)))

    assert [(one.transition.number, one.at) for one in due] == [("T17", at(40))]


def test_a_missing_guard_stops_all_that_follow() -> None:
    assert numbers("arrived", replace(WHOLE, s1_at=None)) == ["T10"]
    assert numbers("arrived", replace(WHOLE, promised_at=None)) == []
    assert numbers("quoted", replace(WHOLE, s2_at=None)) == ["T12", "T16"]


@pytest.mark.parametrize("state", ["booked", "checked_in", "in_workshop", "declined", "closed"])
def test_outside_the_sitting_nothing_fires(state: str) -> None:
    assert numbers(state, WHOLE) == []


def test_the_review_lists_each_missing_thing_once() -> None:
    missing = missing_for_check_in("arrived", Facts())

    assert len(missing) == len(set(missing))
    assert {"NO_ITEM", "S1_MISSING", "SI_MISSING", "S2_MISSING"} <= {one.code for one in missing}
    assert {one.place for one in missing} == {
        "order",
        "walkaround",
        "things",
        "readings",
        "customer",
    }
    assert missing_for_check_in("arrived", WHOLE) == []
    assert missing_for_check_in("checked_in", Facts()) == []


moments = st.integers(0, 60).map(at)


@given(s1=moments, sd=moments, si=moments, s2=moments, note=moments, listed=moments)
def test_check_in_never_ends_with_signatures_out_of_order(
    s1: datetime, sd: datetime, si: datetime, s2: datetime, note: datetime, listed: datetime
) -> None:
    facts = replace(
        WHOLE,
        s1_at=s1,
        sd_at={"compulsory_insurance": sd},
        si_at=si,
        s2_at=s2,
        last_note_at=note,
        things_changed_at=listed,
    )
    in_order = s1 <= sd <= s2 and s1 <= si <= s2 and note <= s2 and listed <= si

    due = due_transitions("arrived", facts)

    assert (due[-1].transition.number == "T17") is in_order
    times = [one.at for one in due if one.at is not None]
    assert times == sorted(times)
