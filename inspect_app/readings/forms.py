"""Reading the dashboard's figures."""

from flask_babel import lazy_gettext as _l

from inspect_app.errors import Words
from inspect_app.fields import Fields, Form
from inspect_app.readings.actions import ReadingDraft
from inspect_app.readings.rules import (
    FUEL_EIGHTHS,
    MAX_ODOMETER,
    MAX_RANGE_KM,
    MAX_REASON_CHARS,
    UNITS,
    check_odometer,
    needs_fuel,
)

WORDS: dict[str, tuple[str, Words]] = {
    "ODOMETER_LOWER_THAN_LAST": (
        "lower_reason",
        _l("This is lower than last time. Read it again, or say why."),
    ),
}


def read_reading(form: Form, *, powertrain: str, last_km: int | None) -> ReadingDraft:
    """The figures that were read; the rest may follow. Raises Invalid with every problem.

    A percentage that was typed goes before the eighths of the gauge.
    """
    fields = Fields(form)
    has_fuel = needs_fuel(powertrain)
    percent = fields.whole("fuel_percent", 0, 100) if has_fuel else None
    eighths = fields.whole("fuel_eighths", 0, FUEL_EIGHTHS) if has_fuel else None
    draft = ReadingDraft(
        id=fields.id(),
        odometer=fields.whole("odometer", 0, MAX_ODOMETER),
        odometer_unit=fields.one_of("odometer_unit", UNITS, "km"),
        lower_reason=fields.text("lower_reason", MAX_REASON_CHARS),
        fuel_eighths=eighths if percent is None else None,
        fuel_percent=percent,
        charge_percent=fields.whole("charge_percent", 0, 100),
        range_km=fields.whole("range_km", 0, MAX_RANGE_KM),
    )
    if draft.odometer is not None:
        found = check_odometer(draft.odometer, draft.odometer_unit, last_km, draft.lower_reason)
        for code in found:
            if code in WORDS:
                name, words = WORDS[code]
                fields.problems.setdefault(name, words)
    if not fields.problems and all(value is None for value in draft.levels().values()):
        fields.problems["odometer"] = _l("Nothing was read yet: type the odometer first.")
    fields.check()
    return draft
