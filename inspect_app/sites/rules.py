"""What a site may decide for itself, with the defaults of process 1.18."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_FEE = 2_000_000_000
"""In minor units, as for any other amount."""


@dataclass(frozen=True)
class SiteRules:
    """The settings of a site, read from its `settings` column; unknown keys are ignored.

    `key_host` is what stands in the code of a key tag, never the address of the moment;
    `old_key_hosts` are those that earlier tags carry. `sheet_link_days` is how long a customer's
    link to the sheet lives. `cash_rounding_amount` is the smallest coin, in minor units;
    `gate_pass_hours` is how long a pass opens the gate; the fees are what is asked for when no
    repair follows, 0 where the shop asks for none. Prices include tax of `tax_basis_points` (1000
    is 10 %) or not; a quote holds for `quote_valid_days`.

    A part from `high_value_part_amount` on asks for `deposit_percent` of its price in advance
    (N6); a reminder falls due and is overdue so many hours before the appointment (N7); after
    `grace_minutes` an appointment was not kept. A promise gets `slack_percent` of the work on top,
    at least `slack_minutes` (5.02); a line without hours counts as `line_minutes`, and a shop
    without teams works `workshop_daily_minutes` a day.
    `grace_minutes` an appointment was not kept.
    A notice is due `notice_short_minutes` before the promised time, `notice_long_minutes` where the
    work takes `notice_long_hours` or more (N3, N4). Storage is charged by the day after
    `storage_free_hours`, where there is an amount. `guarantee_preset` is kr, cn or own, by the
    country where nothing is said; `guarantee_days` and `_km` are what the shop gives beyond.
    `at_once_minutes` is what "at once" means where the process has no number (N12),
    `receipt_minutes` how far a stated time of receipt may be off (N1); the two percents say when
    in the work period the workshop is asked how far it is (N2).
    """

    odometer_unit: str = "km"
    original_photos: bool = False
    key_host: str = "KEYS.LOCAL"
    old_key_hosts: tuple[str, ...] = ()
    sheet_link_days: int = 30
    plate_country: str = "kr"
    cash_rounding_amount: int = 1
    gate_pass_hours: int = 24
    diagnosis_fee_amount: int = 0
    valuation_fee_amount: int = 0
    order_link_template: str = ""
    tax_basis_points: int = 1000
    prices_include_tax: bool = True
    quote_valid_days: int = 30
    high_value_part_amount: int = 500_000
    deposit_percent: int = 50
    reminder_due_hours: int = 24
    reminder_overdue_hours: int = 12
    grace_minutes: int = 30
    slack_percent: int = 20
    slack_minutes: int = 60
    line_minutes: int = 60
    workshop_daily_minutes: int = 960
    notice_short_minutes: int = 60
    notice_long_minutes: int = 240
    notice_long_hours: int = 48
    storage_free_hours: int = 72
    storage_day_amount: int = 0
    guarantee_preset: str = ""
    guarantee_days: int = 0
    guarantee_km: int = 0
    at_once_minutes: int = 10
    receipt_minutes: int = 10
    progress_from_percent: int = 70
    progress_to_percent: int = 80

    @property
    def is_korean(self) -> bool:
        """Whether Korean law holds here: estimates, fees, guarantee."""
        return self.plate_country == "kr"


def read_settings(settings: Mapping[str, Any]) -> SiteRules:
    """The settings as values; a wrong type falls back to the default."""
    default = SiteRules()
    unit = settings.get("odometer_unit")
    days = settings.get("sheet_link_days")
    old_hosts = settings.get("old_key_hosts")
    return SiteRules(
        odometer_unit=unit if unit in ("km", "mi") else default.odometer_unit,
        original_photos=settings.get("original_photos") is True,
        key_host=str(settings.get("key_host") or default.key_host).upper(),
        old_key_hosts=tuple(str(host).upper() for host in old_hosts)
        if isinstance(old_hosts, list)
        else (),
        sheet_link_days=days
        if isinstance(days, int) and 1 <= days <= 365
        else default.sheet_link_days,
        plate_country=str(settings.get("plate_country") or default.plate_country),
        cash_rounding_amount=_whole(settings, "cash_rounding_amount", 1, 100_000, 1),
        gate_pass_hours=_whole(settings, "gate_pass_hours", 1, 168, default.gate_pass_hours),
        diagnosis_fee_amount=_whole(settings, "diagnosis_fee_amount", 0, MOST_FEE, 0),
        valuation_fee_amount=_whole(settings, "valuation_fee_amount", 0, MOST_FEE, 0),
        order_link_template=str(settings.get("order_link_template") or ""),
        tax_basis_points=_whole(settings, "tax_basis_points", 0, 10_000, 1000),
        prices_include_tax=settings.get("prices_include_tax") is not False,
        quote_valid_days=_whole(settings, "quote_valid_days", 1, 365, default.quote_valid_days),
        high_value_part_amount=_whole(
            settings, "high_value_part_amount", 0, MOST_FEE, default.high_value_part_amount
        ),
        deposit_percent=_whole(settings, "deposit_percent", 0, 100, default.deposit_percent),
        reminder_due_hours=_whole(settings, "reminder_due_hours", 1, 168, 24),
        reminder_overdue_hours=_whole(settings, "reminder_overdue_hours", 1, 168, 12),
        grace_minutes=_whole(settings, "grace_minutes", 0, 24 * 60, default.grace_minutes),
        slack_percent=_whole(settings, "slack_percent", 0, 200, default.slack_percent),
        slack_minutes=_whole(settings, "slack_minutes", 0, 24 * 60, default.slack_minutes),
        line_minutes=_whole(settings, "line_minutes", 15, 24 * 60, default.line_minutes),
        workshop_daily_minutes=_whole(
            settings, "workshop_daily_minutes", 0, 100_000, default.workshop_daily_minutes
        ),
        notice_short_minutes=_whole(settings, "notice_short_minutes", 0, 10_000, 60),
        notice_long_minutes=_whole(settings, "notice_long_minutes", 0, 10_000, 240),
        notice_long_hours=_whole(settings, "notice_long_hours", 1, 10_000, 48),
        storage_free_hours=_whole(settings, "storage_free_hours", 0, 10_000, 72),
        storage_day_amount=_whole(settings, "storage_day_amount", 0, MOST_FEE, 0),
        guarantee_preset=str(settings.get("guarantee_preset") or ""),
        guarantee_days=_whole(settings, "guarantee_days", 0, 3_650, 0),
        guarantee_km=_whole(settings, "guarantee_km", 0, 1_000_000, 0),
        at_once_minutes=_whole(settings, "at_once_minutes", 1, 24 * 60, 10),
        receipt_minutes=_whole(settings, "receipt_minutes", 0, 120, 10),
        progress_from_percent=_whole(settings, "progress_from_percent", 1, 100, 70),
        progress_to_percent=_whole(settings, "progress_to_percent", 1, 100, 80),
    )


def _whole(settings: Mapping[str, Any], name: str, least: int, most: int, default: int) -> int:
    """A whole number within its bounds, else the default."""
    value = settings.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        return default
    return value if least <= value <= most else default
