"""What a site may decide for itself, with the defaults of process 1.18."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SiteRules:
    """The settings of a site, read from its `settings` column; unknown keys are ignored.

    `key_host` is what stands in the code of a key tag, never the address of the moment;
    `old_key_hosts` are those that earlier tags carry. `sheet_link_days` is how long a customer's
    link to the sheet lives.
    """

    odometer_unit: str = "km"
    original_photos: bool = False
    key_host: str = "KEYS.LOCAL"
    old_key_hosts: tuple[str, ...] = ()
    sheet_link_days: int = 30
    plate_country: str = "kr"


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
    )
