"""When a settlement may begin and be closed (T32, T33), and what storage costs (T42)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from inspect_app.settlements.rules import (
    CollectionFacts,
    SettleFacts,
    StorageRule,
    missing_for_collection,
    missing_for_settled,
)

SEEN = CollectionFacts(collector_name="Sora Kim", authority_seen=True, account_given=True)


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (SEEN, []),
        (replace(SEEN, collector_name=" "), ["COLLECTOR_MISSING"]),
        (replace(SEEN, authority_seen=False), ["AUTHORITY_NOT_SEEN"]),
        (replace(SEEN, account_given=False), ["ACCOUNT_NOT_GIVEN"]),
    ],
)
def test_t32(facts: CollectionFacts, codes: list[str]) -> None:
    assert [one.code for one in missing_for_collection(facts)] == codes


PAID = SettleFacts(is_shown=True, is_agreed=True)


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (PAID, []),
        (replace(PAID, all_known=False), ["PRICE_UNKNOWN"]),
        (replace(PAID, requests_open=1), ["REQUEST_OPEN"]),
        (replace(PAID, is_shown=False, is_agreed=False), ["SHEET_NOT_SHOWN"]),
        (replace(PAID, is_agreed=False), ["SHEET_NOT_AGREED"]),
        (replace(PAID, outstanding=1), ["NOT_PAID"]),
        (replace(PAID, outstanding=50_000, on_account=49_999), ["NOT_PAID"]),
        (replace(PAID, outstanding=50_000, on_account=50_000), []),
        (replace(PAID, to_give_back=1), ["TO_GIVE_BACK"]),
        (replace(PAID, guarantee_problem=True), ["GUARANTEE_MISSING"]),
    ],
)
def test_t33(facts: SettleFacts, codes: list[str]) -> None:
    assert [one.code for one in missing_for_settled(facts)] == codes


NOTIFIED = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
KOREA = StorageRule(timedelta(hours=72), 10_000)


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (timedelta(0), 0),
        (timedelta(hours=72), 0),
        (timedelta(hours=72, seconds=1), 1),
        (timedelta(hours=96), 1),
        (timedelta(hours=96, seconds=1), 2),
        (timedelta(days=30), 27),
    ],
)
def test_storage_costs_something_only_after_72_hours(after: timedelta, days: int) -> None:
    assert KOREA.days(NOTIFIED, NOTIFIED + after) == days
    assert KOREA.amount(NOTIFIED, NOTIFIED + after) == days * 10_000


def test_a_shop_without_a_storage_rate_charges_none() -> None:
    assert StorageRule().amount(NOTIFIED, NOTIFIED + timedelta(days=300)) == 0
