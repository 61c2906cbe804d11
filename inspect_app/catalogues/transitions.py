"""The transition table of a visit, T01 to T42, as data (process 4.2)."""

from dataclasses import dataclass
from typing import Final

NOWHERE: Final = ""
"""The state before a visit exists."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the table: from any of `origins` to one of `targets`, if the guard holds.

    `guard` names what must be true. T03 has two targets; a transition whose target is its own
    origin (a reminder, a progress question) changes no state but is kept in the history.
    """

    number: str
    origins: tuple[str, ...]
    targets: tuple[str, ...]
    guard: str

    @property
    def target(self) -> str:
        """The first target, the only one for all but T03."""
        return self.targets[0]


def _line(number: str, origins: str, targets: str, guard: str) -> Transition:
    begun = tuple(NOWHERE if state == "-" else state for state in origins.split())
    return Transition(number, begun, tuple(targets.split()), guard)


TRANSITIONS: Final = (
    _line("T01", "-", "booked", "booking_agreed"),
    _line("T02", "booked", "booked", "within_the_day_before"),
    _line("T03", "booked", "cancelled no_show", "cancelled_or_grace_time_passed"),
    _line("T04", "booked -", "arrived", "receptionist_set"),
    _line("T05", "arrived", "consult_only", "no_diagnosis_or_quote_made"),
    _line("T06", "consult_only", "closed", "customer_left"),
    _line("T07", "arrived", "booked", "booking_agreed"),
    _line("T08", "arrived", "diagnosing", "consent_recorded_and_fee_told"),
    _line("T09", "diagnosing", "diagnosed", "report_handed_over"),
    _line("T10", "arrived diagnosed", "quoted", "order_drafted"),
    _line("T11", "quoted", "quoted", "changes_asked"),
    _line("T12", "quoted", "authorised", "s1_on_the_shown_version"),
    _line("T13", "quoted diagnosed", "declined", "customer_declines"),
    _line("T14", "declined", "exit_cleared", "fee_settled"),
    _line("T15", "exit_cleared", "left", "gate_pass_valid"),
    _line("T16", "authorised", "checking_in", "customer_present"),
    _line("T17", "checking_in", "checked_in", "all_six_parts_done"),
    _line("T18", "checked_in", "checked_in", "told_all_complete"),
    _line("T19", "checked_in", "washing_in", "order_completed_and_team_set"),
    _line("T20", "washing_in", "in_workshop", "s3_with_name_and_time"),
    _line("T21", "checked_in", "in_workshop", "s3_and_reason_for_no_wash"),
    _line("T22", "in_workshop", "awaiting_approval", "addition_stated"),
    _line("T23", "awaiting_approval", "in_workshop", "addition_declined_and_told"),
    _line("T24", "awaiting_approval", "in_workshop", "addition_approved_and_sheet_handed"),
    _line("T25", "awaiting_approval", "awaiting_approval", "customer_not_reached"),
    _line("T26", "in_workshop", "in_workshop", "within_the_progress_window"),
    _line("T27", "in_workshop", "work_done", "items_done_and_accepted"),
    _line("T28", "work_done", "in_workshop", "fault_found"),
    _line("T29", "work_done", "preparing_delivery", "car_out_of_workshop"),
    _line("T30", "preparing_delivery", "ready_notified", "prepared_and_totalled"),
    _line(
        "T31",
        "in_workshop awaiting_approval work_done preparing_delivery",
        "in_workshop awaiting_approval work_done preparing_delivery",
        "delay_told_in_time",
    ),
    _line("T32", "ready_notified", "settling", "authority_seen"),
    _line("T33", "settling", "settled", "paid_or_outstanding_approved"),
    _line("T34", "settled", "delivering", "packet_handed_over"),
    _line("T35", "delivering", "delivered", "counted_and_s4"),
    _line("T36", "delivering", "in_workshop delivering", "objection_recorded"),
    _line("T37", "delivered", "left", "gate_pass_released"),
    _line("T38", "left", "follow_up_due", "repaired_and_day_two"),
    _line("T39", "follow_up_due", "closed", "follow_up_recorded"),
    _line("T40", "authorised checking_in checked_in", "declined", "everything_given_back"),
    _line("T41", "in_workshop", "preparing_delivery", "stopped_and_priced"),
    _line("T42", "ready_notified", "ready_notified", "storage_after_72_hours"),
)
