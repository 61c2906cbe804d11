"""The opening hours of this site."""

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from inspect_app.sites.opening import OpeningHours, read_opening_hours
from inspect_app.sites.queries import this_site


def opening_hours() -> OpeningHours:
    """When this shop is open."""
    site = this_site()
    return read_opening_hours(site.settings, ZoneInfo(site.timezone))


def into_opening_hours(moment: datetime, way: Literal["later", "earlier"] = "later") -> datetime:
    """The moment itself where the shop is open, else the next opening or the last closing."""
    return opening_hours().into(moment, earlier=way == "earlier")


def open_minutes_between(begin: datetime, end: datetime) -> int:
    """Whole minutes for which the shop is open from one moment to the other."""
    return opening_hours().minutes_between(begin, end)
