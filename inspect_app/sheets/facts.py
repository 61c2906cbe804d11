"""What a check-in sheet prints, as plain values: the template decides nothing and asks nobody.

Every text arrives as it is to be read (translated, money and times formatted with their zone);
only strokes, marks and gauges are numbers, since they are drawn. Fields follow D1-D4, D9 and D10.
"""

from dataclasses import dataclass
from typing import Literal

Locale = Literal["en", "ko", "zh"]
PaperColour = Literal["first", "second"]


@dataclass(frozen=True)
class Field:
    """One labelled value; an empty value is left out of the paper."""

    label: str
    value: str


@dataclass(frozen=True)
class Point:
    """A place: for marks and annotations fractions 0..1, right and down; for signatures pixels."""

    x: float
    y: float


@dataclass(frozen=True)
class Site:
    """The head of the paper: who received the car."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class OrderLine:
    """One requested item; `price` empty means that it is not yet known, and the paper says so."""

    number: str
    description: str
    detail: str = ""
    price: str = ""


@dataclass(frozen=True)
class Order:
    """The repair order as the customer signs it (D1)."""

    lines: tuple[OrderLine, ...]
    total: str
    promised: str
    customer_words: str = ""
    wishes: tuple[Field, ...] = ()
    details: tuple[Field, ...] = ()
    abnormalities: str = ""


@dataclass(frozen=True)
class Mark:
    """One noted damage; `triple` is the trade's five-digit standard (area-type-severity)."""

    number: int
    x: float
    y: float
    zone: str
    damage: str
    size: str = ""
    severity: str = ""
    remark: str = ""
    customer_view: str = ""
    triple: str = ""
    is_known: bool = False
    correction: str = ""


@dataclass(frozen=True)
class Plan:
    """A drawing (server-made SVG) with the marks on it, for the outside or the inside."""

    title: str
    drawing: bytes
    alt: str
    marks: tuple[Mark, ...] = ()
    aspect: float = 1.5
    """Width by height of the drawing's view box (1200 x 800)."""


@dataclass(frozen=True)
class Annotation:
    """A drawing over a photo, burnt in on paper only.

    arrow: two points, tail and tip. circle: two points, the corners of its box.
    freehand: two points or more. text: one point, where the words begin (their middle height).
    """

    kind: Literal["arrow", "circle", "freehand", "text"]
    points: tuple[Point, ...]
    colour: PaperColour = "first"
    text: str = ""


@dataclass(frozen=True)
class Photo:
    """One photo as upright JPEG of at most 2000 px; None while its bytes are still awaited."""

    jpeg: bytes | None
    width_px: int
    height_px: int
    caption: str
    sha256: str
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One check that was not normal, with what was noted."""

    name: str
    result: str
    remark: str = ""


@dataclass(frozen=True)
class StationChecks:
    """A station's checks: the normal ones are a sentence, exceptions a list, the rest is named."""

    station: str
    normal: str = ""
    exceptions: tuple[Finding, ...] = ()
    not_looked_at: str = ""


@dataclass(frozen=True)
class Paper:
    """A vehicle paper that was asked for or handed in (D4)."""

    name: str
    number: str = ""
    received: str = ""
    valid_until: str = ""
    state: str = ""
    discrepancy: str = ""
    agreed: str = ""


@dataclass(frozen=True)
class Belonging:
    """One line of the items list (D2)."""

    name: str
    quantity: str
    condition: str = ""
    place: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Readings:
    """Odometer, fuel and charge; `fuel` and `charge` are fractions 0..1, None when not read."""

    odometer: str = ""
    odometer_remark: str = ""
    fuel: float | None = None
    fuel_text: str = ""
    charge: float | None = None
    charge_text: str = ""
    remarks: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Statement:
    """The exact words that were acknowledged, with code (S1, SD, SI, S2), hash and time."""

    code: str
    title: str
    words: tuple[str, ...]
    sha256: str
    signed: str
    signature: int
    """Index into the sheet's signatures: one drawing may sign several statements."""


@dataclass(frozen=True)
class Signature:
    """A drawn name: strokes of points in the pad's pixels, never a picture from outside."""

    strokes: tuple[tuple[Point, ...], ...]
    name: str
    relation: str
    signed: str


@dataclass(frozen=True)
class Correction:
    """A later row that points at a sealed one; shown, never merged."""

    what: str
    was: str
    now: str
    reason: str
    made: str


@dataclass(frozen=True)
class Seal:
    """The canonical document's hash, its place in the site's chain, and how to check it."""

    sha256: str
    chain_number: str
    sealed: str
    previous_sha256: str = ""
    verification: str = ""


@dataclass(frozen=True)
class SignedPaper:
    """What was signed on one occasion after the check-in. `across`: photos side by side, two where
    each was taken from the same place as the one before it."""

    locale: Locale
    title: str
    order_number: str
    site: Site
    plate: str
    car: str
    statements: tuple[Statement, ...]
    signatures: tuple[Signature, ...]
    seal: Seal
    photos: tuple[Photo, ...] = ()
    across: int = 3
    copy_note: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class CheckInSheet:
    """Everything one check-in sheet shows."""

    locale: Locale
    title: str
    order_number: str
    site: Site
    plate: str
    car: str
    head: tuple[Field, ...]
    vehicle: tuple[Field, ...]
    customer: tuple[Field, ...]
    order: Order
    key_tag: str = ""
    key_slot: str = ""
    keys: str = ""
    box: str = ""
    plans: tuple[Plan, ...] = ()
    conditions: tuple[Field, ...] = ()
    checks: tuple[StationChecks, ...] = ()
    readings: Readings = Readings()
    papers: tuple[Paper, ...] = ()
    belongings: tuple[Belonging, ...] = ()
    valuables: str = ""
    box_details: tuple[Field, ...] = ()
    """The storage box: sealed by, opened by."""
    photos: tuple[Photo, ...] = ()
    photos_awaited: str = ""
    """A ready sentence such as "2 photos are still on the tablet"; empty when all have come."""
    statements: tuple[Statement, ...] = ()
    signatures: tuple[Signature, ...] = ()
    corrections: tuple[Correction, ...] = ()
    seal: Seal | None = None
    copy_note: str = ""
    is_demo: bool = False
