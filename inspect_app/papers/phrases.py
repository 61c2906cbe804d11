"""Sentences that are said of most papers, so that nobody types them beside a car.

Each comes twice: as the receptionist reads it on the button, and as the customer will read and sign
it, in the customer's language.
"""

from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l

from inspect_app.i18n import LOCALES

ABSENT = (
    _l("Not with the customer today."),
    _l("The owner keeps it."),
    _l("Applied for, not issued yet."),
)
FAULTY = (
    _l("Has run out."),
    _l("Runs out soon."),
    _l("A page is missing."),
    _l("Can't be read in places."),
)
AGREED = (
    _l("The customer brings it at collection."),
    _l("The customer sends a picture of it today."),
    _l("The work goes on without it."),
    _l("The work waits until it is here."),
)


def without_absent(text: str) -> str:
    """What is left of a text about a paper that is here after all."""
    absent = set()
    for language in LOCALES:
        with force_locale(language):
            absent |= {str(phrase) for phrase in ABSENT}
    return "\n".join(line for line in text.splitlines() if line not in absent)


def in_both(phrases: tuple[LazyString, ...], customer_locale: str) -> list[tuple[str, str]]:
    """Pairs of what the button says and what it writes."""
    shown = [str(phrase) for phrase in phrases]
    with force_locale(customer_locale):
        written = [str(phrase) for phrase in phrases]
    return list(zip(shown, written, strict=True))
