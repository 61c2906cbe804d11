"""What T34 and T35 wait for, row by row."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from inspect_app.delivery.rules import (
    PACKET,
    PacketFacts,
    WalkFacts,
    missing_before_signature,
    missing_for_delivered,
    missing_for_packet,
)
from inspect_app.visits.rules import Missing


def codes_of(missing: list[Missing]) -> list[str]:
    return [one.code for one in missing]


AT = datetime(2026, 11, 25, 10, tzinfo=UTC)
DESK = PacketFacts(wanted=PACKET, ticked=frozenset(PACKET), has_gate_pass=True)
WALK = WalkFacts(looked_at=AT, s4_at=AT)


def test_t34_is_free_when_everything_of_the_packet_is_ticked() -> None:
    assert missing_for_packet(DESK) == []


@pytest.mark.parametrize("one", [part for part in PACKET if part != "key"])
def test_t34_waits_for_each_part_of_the_packet(one: str) -> None:
    facts = replace(DESK, ticked=DESK.ticked - {one})

    assert [(m.code, m.about) for m in missing_for_packet(facts)] == [("NOT_HANDED_OVER", one)]


def test_t34_asks_for_nothing_that_the_visit_does_not_have() -> None:
    facts = replace(DESK, wanted=("gate_pass", "order", "sheet"), ticked=frozenset(PACKET[:3]))

    assert missing_for_packet(facts) == []


def test_t34_waits_for_the_gate_pass_and_the_key() -> None:
    facts = replace(DESK, has_gate_pass=False, key_lack="KEY_NOT_WITH_DELIVERER")

    assert codes_of(missing_for_packet(facts)) == ["GATE_PASS_MISSING", "KEY_NOT_WITH_DELIVERER"]


def test_a_supervisors_reason_answers_for_the_key_and_for_nothing_else() -> None:
    facts = replace(
        DESK, key_lack="KEY_NOT_WITH_DELIVERER", key_is_overridden=True, ticked=frozenset()
    )

    assert set(codes_of(missing_for_packet(facts))) == {"NOT_HANDED_OVER"}


def test_t35_is_free_when_all_was_looked_at_counted_and_signed() -> None:
    assert missing_for_delivered(WALK) == []


def test_t35_waits_for_the_outside_the_count_the_key_and_the_signature() -> None:
    facts = WalkFacts(
        returns=(Missing("BELONGING_NOT_RETURNED", "returns", "a"),),
        key_lack="KEY_NOT_GIVEN_BACK",
    )

    assert codes_of(missing_for_delivered(facts)) == [
        "OUTSIDE_NOT_LOOKED_AT",
        "BELONGING_NOT_RETURNED",
        "KEY_NOT_GIVEN_BACK",
        "S4_MISSING",
    ]


def test_the_key_is_asked_for_once() -> None:
    facts = replace(
        WALK,
        returns=(Missing("KEY_NOT_RETURNED", "returns", "k"),),
        key_lack="KEY_NOT_GIVEN_BACK",
    )

    assert codes_of(missing_before_signature(facts)) == ["KEY_NOT_RETURNED"]
