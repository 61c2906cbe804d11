"""What is said where the workshop's rules refuse something."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from inspect_app.errors import Conflict, Words
from inspect_app.visits.rules import Missing

SENTENCES: dict[str, Words] = {
    "ORDER_NOT_COMPLETED": _l("The order is not completed yet. Do that first, it takes one tap."),
    "TEAM_MISSING": _l("No team is set yet. Choose one, or leave it to the supervisor."),
    "WASH_NOT_BACK": _l("The car is not back from the wash yet. Enter that it is back first."),
    "NO_WASH_REASON_MISSING": _l("Say why the car goes in unwashed."),
    "ORDER_NOT_WITH_CAR": _l("The repair order travels with the car. Tick that it does."),
    "S3_MISSING": _l("The receiver's name is not drawn yet."),
    "LINES_NOT_DONE": _l(
        "Some work is neither done nor struck. Finish it, or strike it with a reason."
    ),
    "ADDITIONS_OPEN": _l(
        "Added work still waits for the customer's answer, or for passing it on. Close that first."
    ),
    "ACCEPTANCE_NOT_SIGNED": _l("The inspector's name is not drawn yet."),
}


def refuse(missing: Sequence[Missing]) -> None:
    """Raises Conflict with the first thing that is missing; nothing where there is none."""
    if missing:
        raise Conflict(SENTENCES[missing[0].code])
