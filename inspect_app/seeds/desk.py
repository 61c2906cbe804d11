"""Cars on their way to the settlement desk: one half prepared, one whose customer was told."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from inspect_app.db import db
from inspect_app.notices.actions import Contact, tell_ready
from inspect_app.preparation.actions import SlipDraft, count_all_back, hand_in_slip, tick_step
from inspect_app.settlements.actions import ChargeDraft, add_charge, total
from inspect_app.settlements.queries import sheet_of
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit

SETTINGS = {"storage_day_amount": 10_000, "cash_rounding_amount": 10}
"""What the demo shop charges for a car that is not collected, and its smallest coin."""


def set_up_desk(site: Site) -> None:
    """The demo shop's own settings for settling."""
    site.settings = {**SETTINGS, **site.settings}
    db.session.flush()


def half_prepare(visit: Visit, people: Mapping[str, uuid.UUID], at: datetime) -> None:
    """The car is clean, and the workshop's slip is in."""
    by = people["Haoran"]
    tick_step(visit, "cleaned", done=True, row_id=uuid.uuid4(), by=by, at=at)
    slip = SlipDraft(uuid.uuid4(), "labour", as_ordered=True)
    hand_in_slip(visit, slip, by=people["Seojun"], at=at + timedelta(minutes=2))


def make_ready(visit: Visit, people: Mapping[str, uuid.UUID], at: datetime) -> None:
    """Everything is done, the sheet is totalled, and the customer was reached by phone."""
    half_prepare(visit, people, at)
    haoran, yuna, later = people["Haoran"], people["Yuna"], at + timedelta(minutes=4)
    tick_step(visit, "looked_over", done=True, row_id=uuid.uuid4(), by=haoran, at=later)
    count_all_back(visit, form_id=uuid.uuid4(), by=haoran, at=later)
    slip = SlipDraft(uuid.uuid4(), "parts", as_ordered=False, note="2 clips more")
    hand_in_slip(visit, slip, by=people["Kangho"], at=later)
    clips = ChargeDraft(uuid.uuid4(), "material", "Clips", 200, 1_500)
    add_charge(visit, clips, by=yuna, at=later + timedelta(minutes=1))
    amount = sheet_of(visit).totals.gross
    total(visit, amount=amount, by=yuna, at=later + timedelta(minutes=2))
    reached = Contact(
        uuid.uuid4(), "phone", "reached", visit.customer.phone if visit.customer else "",
        visit.customer.name if visit.customer else "", "",
    )  # fmt: skip
    tell_ready(visit, reached, by=haoran, at=later + timedelta(minutes=5))
