"""What a consent and a report must say (T08, T09)."""

import pytest

from inspect_app.diagnosis.rules import check_consent, check_report


def consent(**changes: object) -> list[str]:
    given = {"consent_by": "Sora", "consent_how": "phone", "fee_told": False, "fee_amount": None}
    return check_consent(**(given | changes))  # type: ignore[arg-type]  # values of one test


def test_a_consent_says_who_how_and_whether_a_fee_was_told() -> None:
    assert consent() == []
    assert consent(fee_told=True, fee_amount=30_000) == []
    assert consent(consent_by=" ", consent_how="", fee_told=None) == [
        "CONSENT_BY_MISSING",
        "CONSENT_HOW_MISSING",
        "FEE_UNANSWERED",
    ]


@pytest.mark.parametrize("amount", [None, 0])
def test_a_fee_is_told_with_its_amount(amount: int | None) -> None:
    assert consent(fee_told=True, fee_amount=amount) == ["FEE_AMOUNT_MISSING"]


def test_a_report_says_where_the_fault_is() -> None:
    assert check_report(findings=0) == ["NO_FINDING"]
    assert check_report(findings=1) == []
