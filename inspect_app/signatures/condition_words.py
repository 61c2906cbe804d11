"""S2: how the car was when it was taken over (6.05, 6.08–6.09, D3, D9)."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from inspect_app.catalogues import is_code
from inspect_app.readings.models import Reading
from inspect_app.signatures.lines import Line, joined, named, photo_line
from inspect_app.visits.file import NotedMark, VisitFile
from inspect_app.walkaround.models import Check
from inspect_app.walkaround.rules import CATALOGUE_OF, is_exception, station_of

VIEWS = ("agree", "unsure", "disagree")
NO_VIEW = ""


def title() -> str:
    """The heading above the statement."""
    return str(_("How your car is"))


def facts(file: VisitFile) -> dict[str, Any]:
    """What S2 is about; its photos stand apart."""
    walk, reading, key = file.walkaround, file.reading, file.key
    return {
        "marks": [_mark_facts(noted) for noted in file.new_marks],
        "known_marks": [
            {"id": str(noted.mark.id), "still_there": noted.still_there}
            for noted in file.known_marks
        ],
        "exceptions": [
            {"list": c.list_name, "code": c.code, "result": c.result, "remark": c.remark.strip()}
            for c in exceptions(file)
        ],
        "not_looked_at": [[check.list_name, check.code] for check in not_looked_at(file)],
        "body_condition": walk.body_condition if walk else "",
        "light": walk.light if walk else "",
        "remark": walk.remark.strip() if walk else "",
        "odometer": reading.odometer if reading else None,
        "odometer_unit": reading.odometer_unit if reading else None,
        "odometer_reason": reading.lower_reason.strip() if reading else "",
        "fuel_eighths": reading.fuel_eighths if reading else None,
        "fuel_percent": reading.fuel_percent if reading else None,
        "charge_percent": reading.charge_percent if reading else None,
        "range_km": reading.range_km if reading else None,
        "key_tag": file.tag.number if file.tag else None,
        "keys_count": key.keys_count if key else None,
        "remotes_count": key.remotes_count if key else None,
    }


def _mark_facts(noted: NotedMark) -> dict[str, Any]:
    mark = noted.mark
    return {
        "id": str(mark.id),
        "number": mark.number,
        "view": mark.view,
        "zone": mark.zone,
        "x": round(mark.x, 4),
        "y": round(mark.y, 4),
        "damage_type": mark.damage_type,
        "severity": mark.severity,
        "size_class": mark.size_class,
        "remark": mark.remark.strip(),
        "customer_view": noted.customer_view or NO_VIEW,
    }


def exceptions(file: VisitFile) -> list[Check]:
    """The checks that were not normal, in a fixed order. That a whole station was not says nothing
    that its marks and lines do not say."""
    found = (c for c in file.checks if is_exception(c.list_name, c.code, c.result))
    return sorted((c for c in found if c.remark.strip() or not _is_station(c)), key=_place)


def not_looked_at(file: VisitFile) -> list[Check]:
    """The checks of which it was said that nobody looked at them, in a fixed order."""
    return sorted((c for c in file.checks if c.result == "not_checked"), key=_place)


def _place(check: Check) -> tuple[str, str]:
    return check.list_name, check.code


def _is_station(check: Check) -> bool:
    return check.list_name == "zone" and is_code("stations", check.code)


def check_name(check: Check) -> str:
    """The name of a check's line; a whole station is one too."""
    if _is_station(check):
        return named("stations", check.code)
    return named(CATALOGUE_OF[check.list_name], check.code)


def mark_name(noted: NotedMark) -> str:
    """Where a mark is and what it is."""
    mark = noted.mark
    zones = "interior_points" if mark.view == "inside" else "exterior_zones"
    return f"{named(zones, mark.zone)}, {named('damage_types', mark.damage_type)}"


def lines(file: VisitFile, photo_count: int) -> list[Line]:
    """S2 as the customer reads it, in the language of this answer."""
    return [
        *_readings(file.reading),
        *_keys(file),
        *_marks(file),
        *_known(file),
        *_checks(file),
        *_circumstances(file),
        photo_line(photo_count),
        Line("close", _("Nothing else was found where we looked.")),
        Line("close", _("This is how I hand the car over.")),
    ]


def view_line(mark_id: str, number: int, view: str) -> Line:
    """What the customer says of a mark."""
    said = named("customer_views", view) if view else _("not said")
    return Line("view", _("Your view of %(number)s", number=number), said, mark_id=mark_id)


def _readings(reading: Reading | None) -> Iterator[Line]:
    if reading is None:
        return
    if reading.odometer is not None:
        figure = f"{reading.odometer:,} {reading.odometer_unit}"
        yield Line("fact", _("Odometer"), joined(figure, reading.lower_reason.strip()))
    if reading.fuel_eighths is not None:
        yield Line("fact", _("Fuel"), f"{reading.fuel_eighths}/8")
    elif reading.fuel_percent is not None:
        yield Line("fact", _("Fuel"), f"{reading.fuel_percent} %")
    if reading.charge_percent is not None:
        yield Line("fact", _("Charge"), f"{reading.charge_percent} %")
    if reading.range_km is not None:
        yield Line("fact", _("Range"), f"{reading.range_km} km")


def _keys(file: VisitFile) -> Iterator[Line]:
    if file.key is None or file.tag is None:
        return
    yield Line("fact", _("Keys"), str(file.key.keys_count))
    if file.key.remotes_count:
        yield Line("fact", _("Remotes"), str(file.key.remotes_count))
    yield Line("fact", _("Number on the key tag"), str(file.tag.number))


def _marks(file: VisitFile) -> Iterator[Line]:
    if not file.new_marks:
        yield Line("words", _("No new damage was found."))
    for noted in file.new_marks:
        mark = noted.mark
        size = named("size_classes", str(mark.size_class))
        said = joined(size, named("severities", mark.severity), mark.remark.strip())
        mark_id = str(mark.id)
        yield Line("mark", f"{mark.number}. {mark_name(noted)}", said, mark_id=mark_id)
        yield view_line(mark_id, mark.number, noted.customer_view or NO_VIEW)


def _known(file: VisitFile) -> Iterator[Line]:
    answers = {
        True: _("known from before, still there"),
        False: _("known from before, no longer there"),
        None: _("known from before, not looked at"),
    }
    for noted in file.known_marks:
        yield Line("fact", mark_name(noted), answers[noted.still_there])


def _checks(file: VisitFile) -> Iterator[Line]:
    for check in exceptions(file):
        result = named("check_results", check.result)
        yield Line("fact", check_name(check), joined(result, check.remark.strip()))
    if skipped := _shortest(not_looked_at(file)):
        yield Line("fact", _("Not looked at"), ", ".join(check_name(c) for c in skipped))


def _shortest(checks: list[Check]) -> list[Check]:
    """Without the lines of a station that was left out as a whole."""
    left_out = {check.code for check in checks if _is_station(check)}
    return [c for c in checks if _is_station(c) or _station(c) not in left_out]


def _station(check: Check) -> str:
    try:
        return station_of(check.list_name, check.code)
    except KeyError:
        return ""


def _circumstances(file: VisitFile) -> Iterator[Line]:
    walk = file.walkaround
    if walk is None:
        return
    body = named("body_conditions", walk.body_condition) if walk.body_condition else ""
    light = named("light", walk.light) if walk.light else ""
    if said := joined(body, light, walk.remark.strip()):
        yield Line("fact", _("When we looked"), said)
