"""Where a key is follows from its movements alone."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.key_tags.custody_rules import (
    KINDS,
    LONGEST_OUT,
    REASONS,
    Custody,
    Moved,
    contradicts,
    custody,
    expected_back,
    is_late,
    is_overdue,
    missing_for_delivery,
    next_acts,
    slot_state,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINJI, JUN = uuid.UUID(int=1), uuid.UUID(int=2)


def moved(*kinds: str, holder: uuid.UUID | None = MINJI, back_in: int = 60) -> list[Moved]:
    """One movement after the other, a minute apart from noon on."""
    out = ("taken_out", "handed_over")
    return [
        Moved(
            number, kind, NOON + timedelta(minutes=number), MINJI,
            holder_id=holder if kind in out else None,
            expected_return_at=NOON + timedelta(minutes=back_in) if kind in out else None,
        )
        for number, kind in enumerate(kinds, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), "registered"),
        (("registered",), "registered"),
        (("registered", "put_in"), "in"),
        (("registered", "put_in", "taken_out"), "out"),
        (("registered", "put_in", "taken_out", "handed_over"), "out"),
        (("registered", "put_in", "taken_out", "returned"), "in"),
        (("registered", "put_in", "taken_out", "given_back"), "given_back"),
    ],
)
def test_the_last_movement_says_where_the_key_is(kinds: tuple[str, ...], state: str) -> None:
    assert custody(moved(*kinds)).state == state


@given(st.permutations(moved("registered", "put_in", "taken_out", "returned", "taken_out")))
def test_the_order_of_arrival_does_not_matter(movements: list[Moved]) -> None:
    now_is = custody(movements)

    assert (now_is.state, now_is.sequence, now_is.taken_at) == (
        "out", 5, NOON + timedelta(minutes=5),
    )  # fmt: skip


def test_a_claim_moves_nothing() -> None:
    claim = Moved(3, "taken_out", NOON, JUN, holder_id=JUN, is_claim=True)

    assert custody([*moved("registered", "put_in"), claim]).state == "in"


def test_a_key_handed_on_is_out_since_it_was_taken() -> None:
    now_is = custody(moved("put_in", "taken_out", "handed_over"))

    assert now_is.taken_at == NOON + timedelta(minutes=2)
    assert now_is.holder_id == MINJI


@pytest.mark.parametrize("kind", KINDS)
def test_after_every_movement_only_possible_acts_are_offered(kind: str) -> None:
    acts = next_acts(custody(moved(kind)))

    assert set(acts) <= set(KINDS) - {"registered"}
    assert not {"put_in", "returned"} <= set(acts)
    assert (acts == ()) == (kind == "given_back")


def test_what_the_page_showed_decides_whether_an_act_follows() -> None:
    now_is = custody(moved("registered", "put_in"))
    after = NOON + timedelta(hours=1)

    assert not contradicts(now_is, "taken_out", seen=2, at=NOON)
    assert contradicts(now_is, "taken_out", seen=1, at=after)
    assert contradicts(now_is, "returned", seen=2, at=after)
    assert not contradicts(now_is, "taken_out", seen=None, at=after)
    assert contradicts(now_is, "taken_out", seen=None, at=NOON)


def test_a_minute_is_on_time_and_more_is_late() -> None:
    assert not is_late(NOON, NOON + timedelta(seconds=60))
    assert is_late(NOON, NOON + timedelta(seconds=61))


def test_a_key_is_expected_back_by_its_reason_or_as_said() -> None:
    assert expected_back("wash", None, NOON) == NOON + REASONS["wash"]
    assert expected_back("wash", 15, NOON) == NOON + timedelta(minutes=15)
    assert expected_back("", None, NOON) is None
    assert expected_back("wash", 10**6, NOON) == NOON + LONGEST_OUT


@pytest.mark.parametrize(
    ("kinds", "minutes_later", "left", "state"),
    [
        (("registered",), 0, False, "to_put_in"),
        (("put_in",), 0, False, "in"),
        (("taken_out",), 60, False, "out"),
        (("taken_out",), 61, False, "overdue"),
        (("put_in",), 0, True, "not_expected"),
    ],
)
def test_the_wall_says_it_in_one_word(
    kinds: tuple[str, ...], minutes_later: int, left: bool, state: str
) -> None:
    now_is, now = custody(moved(*kinds)), NOON + timedelta(minutes=minutes_later)

    assert slot_state(now_is, now, car_has_left=left) == state
    assert is_overdue(now_is, now) == (state == "overdue")


@pytest.mark.parametrize(
    ("number", "kinds", "holder", "missing"),
    [
        ("T34", ("taken_out",), JUN, ""),
        ("T34", ("taken_out",), MINJI, "KEY_NOT_WITH_DELIVERER"),
        ("T34", ("put_in",), None, "KEY_NOT_WITH_DELIVERER"),
        ("T35", ("taken_out",), JUN, "KEY_NOT_GIVEN_BACK"),
        ("T35", ("given_back",), None, ""),
        ("T36", ("returned",), None, "TAG_NOT_FREE"),
        ("T36", ("given_back",), None, ""),
    ],
)
def test_a_delivery_waits_for_its_key(
    number: str, kinds: tuple[str, ...], holder: uuid.UUID | None, missing: str
) -> None:
    assert missing_for_delivery(number, custody(moved(*kinds, holder=holder)), JUN) == missing


def test_a_visit_without_a_key_waits_for_none() -> None:
    assert missing_for_delivery("T34", None, JUN) == ""
    assert Custody().holder_id is None
