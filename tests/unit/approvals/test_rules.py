"""What a clerk may put to the supervisor (12.03)."""

from datetime import date, timedelta
from typing import Any

import pytest

from inspect_app.approvals.rules import check_request

TODAY = date(2026, 11, 25)
ASKED: dict[str, Any] = {"amount": 10_000, "due_on": None, "reason": "A regular", "today": TODAY}


@pytest.mark.parametrize(
    ("kind", "changes", "codes"),
    [
        ("discount", {}, []),
        ("discount", {"amount": None}, ["AMOUNT_MISSING"]),
        ("discount", {"amount": 0}, ["AMOUNT_MISSING"]),
        ("discount", {"amount": -1}, ["AMOUNT_OUT_OF_RANGE"]),
        ("discount", {"reason": "  "}, ["REASON_MISSING"]),
        ("on_account", {"due_on": TODAY + timedelta(days=30)}, []),
        ("on_account", {}, ["DUE_DAY_MISSING"]),
        ("on_account", {"due_on": TODAY - timedelta(days=1)}, ["DUE_DAY_OUT_OF_RANGE"]),
        ("on_account", {"due_on": TODAY + timedelta(days=367)}, ["DUE_DAY_OUT_OF_RANGE"]),
        ("storage_waiver", {"amount": None}, []),
        ("a_favour", {}, ["UNKNOWN_KIND"]),
    ],
)
def test_a_request(kind: str, changes: dict[str, Any], codes: list[str]) -> None:
    assert check_request(kind, **{**ASKED, **changes}) == codes
