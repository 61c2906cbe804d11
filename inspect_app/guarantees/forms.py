"""Reading a guarantee card."""

from flask_babel import lazy_gettext as _l

from inspect_app.fields import Fields, Form
from inspect_app.guarantees.actions import CardDraft
from inspect_app.guarantees.rules import MAX_DAYS, MAX_KM

MAX_ODOMETER_KM = 2_000_000
MAX_CONDITIONS_CHARS = 1_000


def read_card(form: Form) -> CardDraft:
    """The term and what was told. Raises Invalid."""
    fields = Fields(form)
    days = fields.whole("days", 1, MAX_DAYS)
    if days is None:
        fields.problems.setdefault("days", _l("Say for how many days the guarantee runs."))
    draft = CardDraft(
        id=fields.id(),
        days=days or 0,
        km=fields.whole("km", 1, MAX_KM),
        odometer_km=fields.whole("odometer_km", 0, MAX_ODOMETER_KM),
        conditions=fields.text("conditions", MAX_CONDITIONS_CHARS),
        told=fields.yes("told"),
    )
    fields.check()
    return draft
