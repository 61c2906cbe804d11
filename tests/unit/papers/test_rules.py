"""Asked papers and discrepancies."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.catalogues import codes
from inspect_app.papers.rules import (
    ASKED_BY_CATEGORY,
    asked_papers,
    check_paper,
    discrepancies,
    has_discrepancy,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("category", codes("repair_categories"))
def test_only_known_papers_are_asked_and_the_registration_always(category: str) -> None:
    asked = asked_papers(category)

    assert set(asked) <= set(codes("vehicle_documents"))
    assert len(set(asked)) == len(asked)
    assert "vehicle_registration" in asked


def test_second_level_and_inspection_ask_for_many() -> None:
    few = len(asked_papers("maintenance"))

    assert few <= 2
    assert len(asked_papers("second_level_maintenance")) >= 3 * few
    assert len(asked_papers("annual_inspection")) >= 3 * few
    assert set(ASKED_BY_CATEGORY) <= set(codes("repair_categories"))


@pytest.mark.parametrize(
    ("received", "days_left", "complete", "intact", "found"),
    [
        (True, 1, True, True, ()),
        (True, 0, True, True, ()),
        (True, None, True, True, ()),
        (True, -1, True, True, ("expired",)),
        (True, 1, False, True, ("incomplete",)),
        (True, 1, True, False, ("damaged",)),
        (True, -1, False, False, ("expired", "incomplete", "damaged")),
        (False, None, True, True, ("not_handed_in",)),
        (False, -1, False, False, ("not_handed_in",)),
    ],
)
def test_a_discrepancy_is_named(
    received: bool, days_left: int | None, complete: bool, intact: bool, found: tuple[str, ...]
) -> None:
    valid_until = None if days_left is None else TODAY + timedelta(days=days_left)

    assert (
        discrepancies(
            received=received, valid_until=valid_until, on=TODAY, complete=complete, intact=intact
        )
        == found
    )


@given(st.booleans(), st.none() | st.dates(), st.booleans(), st.booleans())
def test_a_discrepancy_is_one_of_the_named_states(
    received: bool, valid_until: date | None, complete: bool, intact: bool
) -> None:
    found = discrepancies(
        received=received, valid_until=valid_until, on=TODAY, complete=complete, intact=intact
    )

    assert set(found) <= set(codes("paper_states")) - {"ok"}
    assert has_discrepancy(
        received=received, valid_until=valid_until, on=TODAY, complete=complete, intact=intact
    ) == bool(found)


def test_a_discrepancy_needs_its_text() -> None:
    assert check_paper(code="tax_receipt") == []
    assert check_paper(code="tax_receipt", wrong=True) == ["DISCREPANCY_TEXT_MISSING"]
    assert check_paper(code="tax_receipt", wrong=True, discrepancy="not with the car") == []


def test_a_bad_entry_names_all_that_is_wrong() -> None:
    assert check_paper(code="diary", number_end="1234567", agreed="x" * 501) == [
        "UNKNOWN_PAPER",
        "NUMBER_TOO_LONG",
        "TEXT_TOO_LONG",
    ]
