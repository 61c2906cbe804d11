"""The ten stations of the walk-around: what is looked at where, and for which cars (6.05)."""

from dataclasses import dataclass
from typing import Final

from inspect_app.catalogues import codes


@dataclass(frozen=True, slots=True)
class Station:
    """A place on the walk and the codes of each list that are looked at there."""

    code: str
    zones: tuple[str, ...] = ()
    interior_points: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    protections: tuple[str, ...] = ()
    photo_angles: tuple[str, ...] = ()

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Every check line of the station as (kind, code), in the order of the page."""
        by_kind = (
            ("zone", self.zones),
            ("interior", self.interior_points),
            ("indicator", self.indicators),
            ("function", self.functions),
            ("protection", self.protections),
        )
        return tuple((kind, code) for kind, found in by_kind for code in found)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Left and right are seen from the driver's seat; the walk starts at the driver's door (6.1).
STATIONS: Final = (
    Station(
        "driver_door",
        zones=_words(
            "door_front_left glass_front_left mirror_left handles_trim_left pillars_left sill_left"
        ),
        functions=_words("remote_key central_locking"),
        photo_angles=_words("left"),
    ),
    Station(
        "left_front",
        zones=_words("fender_front_left side_repeater_left wheel_front_left tyre_front_left"),
        protections=_words("fender_cover"),
        photo_angles=_words("front_left"),
    ),
    Station(
        "front",
        zones=_words(
            "front_bumper front_bumper_lip front_grille front_badge front_plate bonnet windscreen"
            " front_wipers headlamp_left headlamp_right front_fog_lamp_left front_fog_lamp_right"
            " front_sensors"
        ),
        photo_angles=_words("front plate"),
    ),
    Station(
        "right",
        zones=_words(
            "fender_front_right side_repeater_right wheel_front_right tyre_front_right"
            " mirror_right door_front_right glass_front_right door_rear_right glass_rear_right"
            " handles_trim_right pillars_right sill_right quarter_panel_right wheel_rear_right"
            " tyre_rear_right"
        ),
        photo_angles=_words("front_right right rear_right"),
    ),
    Station(
        "rear",
        zones=_words(
            "rear_bumper tailgate rear_window rear_wiper tail_lamp_left tail_lamp_right"
            " high_mount_stop_lamp rear_plate rear_badge rear_sensors exhaust_tip underbody"
        ),
        photo_angles=_words("rear"),
    ),
    Station(
        "left_rear",
        zones=_words(
            "quarter_panel_left wheel_rear_left tyre_rear_left door_rear_left glass_rear_left"
            " fuel_flap charge_port_flap mudguards"
        ),
        photo_angles=_words("rear_left"),
    ),
    Station("roof", zones=_words("roof_panel sunroof_glass roof_rails antenna_mount")),
    Station(
        "interior",
        interior_points=_words(
            "driver_seat passenger_seat rear_seats third_row_seats headrests seat_belts"
            " child_seat_anchors centre_console armrest_box glove_box cup_holders power_socket"
            " usb_ports door_trim_front_left door_trim_front_right door_trim_rear_left"
            " door_trim_rear_right window_switches headliner sun_visors interior_mirror"
            " interior_lamps pillar_trim carpet pedals odour"
        ),
        functions=_words("power_windows sunroof_operation seat_adjustment seat_heating"),
        protections=_words(
            "seat_cover_sheet steering_cover floor_paper gear_cover handbrake_cover"
        ),
        photo_angles=_words("free"),
    ),
    Station(
        "dashboard",
        interior_points=_words(
            "steering_wheel dashboard_panel instrument_cluster infotainment_screen audio_unit"
            " climate_controls air_vents gear_selector parking_brake_lever"
        ),
        indicators=codes("dashboard_indicators"),
        functions=_words(
            "engine_start idle_quality low_beam high_beam position_lamps turn_signals"
            " hazard_lamps brake_lamps reversing_lamp fog_lamps horn wipers_washer door_mirrors"
            " air_conditioning heater rear_defogger audio navigation bluetooth reversing_camera"
            " parking_sensors power_outlet_test bonnet_release fuel_flap_release"
            " charging_port_lock parking_brake_hold dashcam_recording toll_device_works"
        ),
        photo_angles=_words("dashboard"),
    ),
    Station(
        "boot",
        interior_points=_words("boot_trim boot_floor"),
        functions=_words("boot_release"),
        photo_angles=_words("boot"),
    ),
)
_DIESEL = frozenset({"diesel"})
_PLUGGED = frozenset({"ev", "plug_in"})
_ENGINE = frozenset({"petrol", "diesel", "hybrid", "plug_in", "lpg"})
_FUELLED = _ENGINE | {"hydrogen"}
_HIGH_VOLTAGE = frozenset({"ev", "plug_in", "hybrid", "hydrogen"})

ONLY_FOR: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(_words("glow_plug particulate_filter urea_level water_in_fuel"), _DIESEL),
    **dict.fromkeys(
        _words("charge_port_flap charging_port_lock charging_connected drive_battery_low"), _PLUGGED
    ),
    **dict.fromkeys(
        _words("high_voltage_battery ev_system power_limit insulation_fault"), _HIGH_VOLTAGE
    ),
    **dict.fromkeys(_words("check_engine oil_pressure idle_quality exhaust_tip"), _ENGINE),
    **dict.fromkeys(_words("low_fuel fuel_flap fuel_flap_release"), _FUELLED),
}
"""Codes that are asked for some powertrains only; all others are asked of every car."""
