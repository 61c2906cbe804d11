"""D13: the floors of law, the longest period that fits, and what a shop gives beyond."""

from datetime import date

import pytest

from inspect_app.guarantees.rules import Term, check_term, floor_of, korean_days, proposed


@pytest.mark.parametrize(
    ("age_days", "km", "days"),
    [
        (100, 5_000, 90),
        (364, 200_000, 90),
        (2_000, 20_000, 90),
        (365, 20_001, 60),
        (3 * 365 - 1, 90_000, 60),
        (4_000, 60_000, 60),
        (3 * 365, 60_001, 30),
        (None, 12_000, 90),
        (500, None, 60),
        (None, None, 30),
    ],
)
def test_the_longest_korean_period_that_fits(
    age_days: int | None, km: int | None, days: int
) -> None:
    assert korean_days(age_days, km) == days


@pytest.mark.parametrize(
    ("category", "term"),
    [
        ("assembly", Term(100, 20_000)),
        ("major", Term(100, 20_000)),
        ("second_level_maintenance", Term(30, 5_000)),
        ("maintenance", Term(10, 2_000)),
        ("minor", Term(10, 2_000)),
    ],
)
def test_the_chinese_floors_by_the_kind_of_work(category: str, term: Term) -> None:
    assert floor_of("cn", category=category, age_days=None, odometer_km=None) == term


def test_the_longer_of_law_and_shop_is_proposed() -> None:
    assert proposed(Term(10, 2_000), Term(90, 1_000)) == Term(90, 2_000)
    assert proposed(Term(60), Term(30, 5_000)) == Term(60)
    assert proposed(Term(60), Term(0)) == Term(60)
    assert proposed(Term(0), Term(180, 10_000)) == Term(180, 10_000)


@pytest.mark.parametrize(
    ("term", "floor", "codes"),
    [
        (Term(60), Term(60), []),
        (Term(59), Term(60), ["BELOW_FLOOR_DAYS"]),
        (Term(60, 5_000), Term(60), ["BELOW_FLOOR_KM"]),
        (Term(10, 1_999), Term(10, 2_000), ["BELOW_FLOOR_KM"]),
        (Term(0), Term(0), ["DAYS_OUT_OF_RANGE"]),
        (Term(5_000), Term(0), ["DAYS_OUT_OF_RANGE"]),
        (Term(30, 0), Term(0), ["KM_OUT_OF_RANGE"]),
    ],
)
def test_a_card_is_never_below_the_law(term: Term, floor: Term, codes: list[str]) -> None:
    assert check_term(term, floor) == codes


def test_a_card_ends_by_day_or_by_distance() -> None:
    term = Term(90, 5_000)

    assert term.ends_on(date(2026, 11, 25)) == date(2027, 2, 23)
    assert term.ends_at_km(48_210) == 53_210
    assert Term(90).ends_at_km(48_210) is None
    assert term.ends_at_km(None) is None
