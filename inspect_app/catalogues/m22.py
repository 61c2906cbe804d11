"""Our codes told in the five-digit damage numbers of the vehicle transport trade.

Two digits name the area, two the type, one the severity, so that marks can be exchanged with
carriers and insurers. Only numbers are used, with our own words for them: the publication is
copyrighted, and this table was made from public secondary sources (see `EDITION_NOTE`).
"""

from typing import Final

EDITION: Final = "M-22 v5 (11/2021)"
EDITION_NOTE: Final = f"{EDITION}, unverified against the paid standard"

AREAS: Final[dict[str, int]] = {
    # outside
    "front_bumper": 3,
    "front_bumper_lip": 42,
    "front_grille": 22,
    "front_badge": 22,
    "front_plate": 92,
    "bonnet": 27,
    "windscreen": 20,
    "front_wipers": 59,
    "headlamp_left": 24,
    "headlamp_right": 24,
    "front_fog_lamp_left": 25,
    "front_fog_lamp_right": 25,
    "front_sensors": 86,
    "fender_front_left": 14,
    "door_front_left": 10,
    "door_rear_left": 11,
    "quarter_panel_left": 15,
    "sill_left": 35,
    "mirror_left": 30,
    "glass_front_left": 10,
    "glass_rear_left": 11,
    "handles_trim_left": 10,
    "pillars_left": 70,
    "side_repeater_left": 14,
    "fender_front_right": 16,
    "door_front_right": 12,
    "door_rear_right": 13,
    "quarter_panel_right": 17,
    "sill_right": 36,
    "mirror_right": 31,
    "glass_front_right": 12,
    "glass_rear_right": 13,
    "handles_trim_right": 12,
    "pillars_right": 69,
    "side_repeater_right": 16,
    "rear_bumper": 4,
    "tailgate": 52,
    "rear_window": 21,
    "rear_wiper": 59,
    "tail_lamp_left": 45,
    "tail_lamp_right": 45,
    "high_mount_stop_lamp": 45,
    "rear_plate": 92,
    "rear_badge": 52,
    "rear_sensors": 86,
    "exhaust_tip": 91,
    "roof_panel": 37,
    "sunroof_glass": 53,
    "roof_rails": 65,
    "antenna_mount": 1,
    "wheel_front_left": 73,
    "wheel_front_right": 79,
    "wheel_rear_left": 75,
    "wheel_rear_right": 77,
    "tyre_front_left": 72,
    "tyre_front_right": 78,
    "tyre_rear_left": 74,
    "tyre_rear_right": 76,
    "fuel_flap": 81,
    "charge_port_flap": 81,
    "underbody": 54,
    # inside
    "driver_seat": 94,
    "passenger_seat": 95,
    "rear_seats": 96,
    "third_row_seats": 96,
    "headrests": 98,
    "seat_belts": 98,
    "child_seat_anchors": 98,
    "steering_wheel": 93,
    "dashboard_panel": 66,
    "instrument_cluster": 66,
    "infotainment_screen": 33,
    "audio_unit": 33,
    "climate_controls": 66,
    "air_vents": 66,
    "gear_selector": 98,
    "parking_brake_lever": 98,
    "centre_console": 98,
    "armrest_box": 98,
    "glove_box": 66,
    "cup_holders": 98,
    "power_socket": 98,
    "usb_ports": 98,
    "door_trim_front_left": 48,
    "door_trim_front_right": 50,
    "door_trim_rear_left": 48,
    "door_trim_rear_right": 50,
    "window_switches": 98,
    "headliner": 26,
    "sun_visors": 98,
    "interior_mirror": 98,
    "interior_lamps": 98,
    "pillar_trim": 98,
    "carpet": 68,
    "pedals": 98,
    "boot_trim": 55,
    "boot_floor": 55,
}

NO_AREA: Final[dict[str, str]] = {
    "mudguards": "one zone here, four places there: a number would name the wrong wheel",
    "odour": "a smell has no place",
}

# Where the number says less, or a little more, than our own code; our code always goes along.
APPROXIMATE: Final[dict[str, str]] = {
    "handles_trim_left": "both doors are one zone here; the front door is named",
    "handles_trim_right": "both doors are one zone here; the front door is named",
    "pillars_left": "three pillars are one zone here; the centre one is named",
    "pillars_right": "three pillars are one zone here; the centre one is named",
    "high_mount_stop_lamp": "counted as a tail light",
    "charge_port_flap": "counted as the fuel flap, there is no own number",
    "front_bumper_lip": "counted as the front splash panel",
    "driver_seat": "the left seat: left-hand drive is assumed",
    "passenger_seat": "the right seat: left-hand drive is assumed",
    "third_row_seats": "counted as the rear seat",
    "carpet": "front and rear are one point here; the front is named",
}


def _each(number: int, words: str) -> dict[str, int]:
    return dict.fromkeys(words.split(), number)


BELONGING_AREAS: Final[dict[str, int]] = {
    "main_key": 28,
    "spare_key": 28,
    "smart_key": 29,
    "key_card": 29,
    "spare_wheel": 40,
    "charging_cable": 41,
    "floor_mats": 18,
    "wheel_caps": 57,
    "antenna_rod": 1,
    "roof_box": 65,
    "wiper_blades": 59,
    "luggage_cover": 55,
    "boot_mat": 55,
    "cargo_net": 55,
    **_each(84, "wheel_lock_key tyre_repair_kit air_pump jack jack_handle wheel_wrench tool_kit"),
    "tow_hook": 89,
    **_each(
        23,
        "warning_triangle reflective_vest fire_extinguisher first_aid_kit cigarette_lighter ashtray"
        " valve_caps badge_emblem navigation_unit charging_adapter v2l_adapter audio_faceplate",
    ),
}
NO_BELONGING_AREA: Final = "the customer's own thing, not equipment of the car"

_GLASS = frozenset({"windscreen", "rear_window", "sunroof_glass"})
_EMBLEMS = frozenset(
    {"front_badge", "rear_badge", "handles_trim_left", "handles_trim_right"}
)  # badges, mouldings, handles
_MARKER_LAMPS = frozenset({"side_repeater_left", "side_repeater_right"})
_HARDWARE_PREFIXES = ("mirror_", "headlamp_", "front_fog_", "tail_lamp_", "front_wipers")
_HARDWARE = frozenset(
    {
        "rear_wiper",
        "high_mount_stop_lamp",
        "front_sensors",
        "rear_sensors",
        "roof_rails",
        "antenna_mount",
        "front_plate",
        "rear_plate",
        "fuel_flap",
        "charge_port_flap",
        "exhaust_tip",
    }
)
_OUTSIDE = frozenset(list(AREAS)[: list(AREAS).index("driver_seat")]) | {"mudguards"}

TYPES: Final[dict[str, int]] = {
    "scratch": 12,
    "scuff": 9,
    "dent": 14,
    "deformation": 1,
    "paint_loss": 5,
    "stone_chip": 5,
    "crack": 6,
    "broken": 6,
    "missing": 8,
    "loose": 38,
    "cut": 3,
    "puncture": 11,
    "kerb_rash": 9,
    "leak": 30,
    "stain": 29,
    "tear": 13,
    "burn": 16,
    "water_mark": 29,
    "inoperative": 2,
}

NO_TYPE: Final[dict[str, str]] = {
    "paint_fade": "age, not an event; no number",
    "repaint_trace": "history, not damage; no number",
    "rust": "age, not an event; no number",
    "misaligned": "a gap has no number of its own",
    "worn": "wear has no number",
    "bulge": "a tyre bulge has no number of its own",
    "fogged": "moisture in a lamp has no number",
    "abnormal_noise": "a sound has no number",
    "other": "only the written words say what it is",
}

DENT_WITH_PAINT_BROKEN: Final = 4
MISSING_SEVERITY: Final = 6

_BY_CONTEXT: Final[dict[str, dict[str, int]]] = {
    "glass": {"crack": 20, "broken": 21, "stone_chip": 22, "scratch": 23, "scuff": 23},
    "emblem": {
        **_each(
            18, "scratch scuff dent deformation paint_loss stone_chip crack broken cut tear burn"
        ),
        **_each(19, "missing loose"),
    },
    "marker_lamp": _each(24, "scratch scuff dent deformation stone_chip crack broken cut burn"),
    "hardware": {"broken": 37},
    "inside": {"broken": 37, "stain": 10, "water_mark": 10, "leak": 10},
    "other": {},
}


def _context(zone: str) -> str:
    if zone in _GLASS or zone.startswith("glass_"):
        return "glass"
    if zone in _EMBLEMS:
        return "emblem"
    if zone in _MARKER_LAMPS:
        return "marker_lamp"
    if zone in _HARDWARE or zone.startswith(_HARDWARE_PREFIXES):
        return "hardware"
    return "other" if zone in _OUTSIDE else "inside"


def m22(
    zone: str, damage_type: str, size_class: int, *, paint_broken: bool = False
) -> tuple[int, int, int] | None:
    """Area, type and severity (1 to 6) of a mark, or None where the trade has no number.

    `NO_AREA` and `NO_TYPE` give the reason for a None. A dent whose paint is broken has a type of
    its own, so `paint_broken` says that the same place also has `paint_loss`. What is missing is
    always of severity 6. Raises KeyError for an unknown zone or damage type and ValueError for a
    size class outside 1 to 6.
    """
    if not 1 <= size_class <= MISSING_SEVERITY:
        raise ValueError(size_class)
    if zone not in AREAS and zone not in NO_AREA:
        raise KeyError(zone)
    if damage_type not in TYPES and damage_type not in NO_TYPE:
        raise KeyError(damage_type)
    if zone in NO_AREA or damage_type in NO_TYPE:
        return None
    area = AREAS[zone]
    context = _context(zone)
    number = _BY_CONTEXT[context].get(damage_type, TYPES[damage_type])
    if damage_type == "dent" and paint_broken and context in {"other", "hardware"}:
        number = DENT_WITH_PAINT_BROKEN
    severity = MISSING_SEVERITY if damage_type == "missing" else size_class
    return area, number, severity


def m22_text(triple: tuple[int, int, int]) -> str:
    """The five digits as they are written, for instance `10122`."""
    area, number, severity = triple
    return f"{area:02}{number:02}{severity}"


def belonging_area(code: str) -> int | None:
    """The area number of a thing that belongs to the car, or None (see `NO_BELONGING_AREA`)."""
    return BELONGING_AREAS.get(code)
