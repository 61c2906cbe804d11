"""What is still to be given back (T34, T35, T40)."""

from datetime import UTC, datetime, timedelta

from inspect_app.returns.rules import Given, ToReturn, missing_returns

AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
KEY, PAPER = ToReturn("key", "k", 2), ToReturn("paper", "p")
UMBRELLAS = ToReturn("belonging", "u", 2)
ALL = [KEY, PAPER, UMBRELLAS]
BACK = {
    ("key", "k"): Given(2, at=AT),
    ("paper", "p"): Given(1, at=AT),
    ("belonging", "u"): Given(2, at=AT),
}


def test_everything_is_missing_until_it_is_ticked() -> None:
    found = missing_returns(ALL, {}, box_is_closed=True)

    assert [one.code for one in found] == [
        "KEY_NOT_RETURNED", "PAPER_NOT_RETURNED", "BELONGING_NOT_RETURNED", "BOX_NOT_OPENED",
    ]  # fmt: skip
    assert found[2].about == "u"


def test_nothing_is_missing_once_all_is_back() -> None:
    assert missing_returns(ALL, BACK) == []


def test_less_than_was_taken_in_needs_a_word() -> None:
    one = {**BACK, ("belonging", "u"): Given(1, at=AT)}
    said = {**BACK, ("belonging", "u"): Given(0, "customer took them yesterday", at=AT)}

    assert [one.code for one in missing_returns(ALL, one)] == ["DIFFERENCE_UNEXPLAINED"]
    assert missing_returns(ALL, said) == []


def test_the_customer_signs_after_the_last_tick() -> None:
    later = AT + timedelta(minutes=1)

    unsigned = missing_returns(ALL, BACK, needs_signature=True)
    older = missing_returns(ALL, BACK, needs_signature=True, signed_at=AT - timedelta(minutes=1))

    assert [one.code for one in unsigned] == ["SB_MISSING"]
    assert [one.code for one in older] == ["SB_OLDER_THAN_LIST"]
    assert missing_returns(ALL, BACK, needs_signature=True, signed_at=later) == []


def test_who_left_nothing_signs_nothing() -> None:
    assert missing_returns([], {}, needs_signature=True) == []
