"""A check-in made for the tests of the paper: everything on it is invented and drawn here."""

import dataclasses
import hashlib
import io
import json
import math
from datetime import UTC, datetime
from typing import Any

from PIL import Image, ImageDraw

from inspect_app.sheets.facts import (
    Annotation,
    Belonging,
    CheckInSheet,
    Correction,
    Field,
    Finding,
    Locale,
    Mark,
    Order,
    OrderLine,
    Paper,
    Photo,
    Plan,
    Point,
    Readings,
    Seal,
    Signature,
    Site,
    Statement,
    StationChecks,
)

MADE_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HASH = hashlib.sha256(b"a check-in").hexdigest()

LABEL_DATA = json.dumps(
    {
        "title": "1",
        "locale": "en",
        "layout": "one",
        "skip": 0,
        "labels": [
            {
                "code": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
                "alt": "x",
                "number": "1",
                "slot": "",
                "note": "",
                "kind": "",
            }
        ],
    }
)

STAND_IN_DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 800" fill="none"
 stroke="#5b6a73" stroke-width="3">
<rect x="330" y="300" width="540" height="200" rx="60"/>
<rect x="450" y="320" width="270" height="160" rx="30"/>
<path d="M300 190 q10-60 110-70 l60-60 h210 l90 60 q110 10 120 70z"/>
<path d="M300 610 q10 60 110 70 l60 60 h210 l90-60 q110-10 120-70z"/>
<rect x="120" y="310" width="110" height="180" rx="30"/>
<rect x="970" y="310" width="110" height="180" rx="30"/></svg>"""


def jpeg(width: int = 800, height: int = 600, shade: int = 0) -> bytes:
    """Return a small picture of a street and something like a car."""
    picture = Image.new("RGB", (width, height), (196 - shade, 206, 214))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 2 // 3, width, height), fill=(120, 126, 130))
    draw.rounded_rectangle(
        (width // 6, height // 3, width * 5 // 6, height * 3 // 4),
        radius=height // 8,
        fill=(30 + shade, 60, 110),
    )
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=82)
    return content.getvalue()


def photos(count: int, annotated: bool = True) -> tuple[Photo, ...]:
    """Return photos, the first of them with every kind of annotation."""
    made = []
    for number in range(count):
        width, height = ((800, 600), (600, 800), (1200, 500))[number % 3]
        content = jpeg(width, height, shade=number * 5 % 100)
        drawn = DRAWN if annotated and number == 0 else ()
        made.append(
            Photo(
                jpeg=content,
                width_px=width,
                height_px=height,
                caption=f"Front left, {number + 1}",
                sha256=hashlib.sha256(content).hexdigest(),
                annotations=drawn,
            )
        )
    return tuple(made)


DRAWN = (
    Annotation("arrow", (Point(0.2, 0.2), Point(0.42, 0.5))),
    Annotation("circle", (Point(0.4, 0.45), Point(0.6, 0.7)), colour="second"),
    Annotation(
        "freehand",
        tuple(Point(0.62 + i / 100, 0.4 + 0.05 * math.sin(i / 2)) for i in range(30)),
    ),
    Annotation("text", (Point(0.08, 0.12),), colour="second", text="scratch, 4 cm"),
)


def marks(count: int) -> tuple[Mark, ...]:
    """Return marks spread over the drawing, some of them close together."""
    return tuple(
        Mark(
            number=number,
            x=0.12 + 0.76 * (number * 0.37 % 1) * (0.4 if number % 4 == 0 else 1),
            y=0.15 + 0.7 * (number * 0.61 % 1),
            zone="Left rear door",
            damage="Scratch",
            size="up to 7.5 cm",
            severity="minor",
            remark="through the clear coat" if number % 3 == 0 else "",
            customer_view=("agrees", "not sure", "disagrees")[number % 3],
            triple="11-12-2",
            is_known=number % 5 == 0,
            correction="corrected at 10:12: dent" if number == 3 else "",
        )
        for number in range(1, count + 1)
    )


def signature(name: str = "Sora Kim", relation: str = "owner") -> Signature:
    """Return a name drawn as two strokes and a dot."""
    loop = tuple(
        Point(40 + i * 3.1, 80 + 34 * math.sin(i / 4) * math.exp(-i / 90)) for i in range(110)
    )
    tail = tuple(Point(60 + i * 2.4, 125 - i * 0.25) for i in range(100))
    return Signature((loop, tail, (Point(370, 52),)), name, relation, "23 Nov 2026, 18:24 KST")


def sheet(
    locale: Locale = "en", mark_count: int = 4, photo_count: int = 4, line_count: int = 3
) -> CheckInSheet:
    """Return a whole check-in in English words, whatever the locale of its fonts."""
    return CheckInSheet(
        locale=locale,
        title="Check-in sheet",
        order_number="R-2026-00417",
        site=Site("Hanbit Motors", ("12 Seongsu-ro, Seoul", "02-555-0134")),
        plate="12\uac00 3456",
        car="Hyundai Ioniq 5, 2023, saloon",
        head=(
            Field("Visit", "V-1182"),
            Field("Arrived", "23 Nov 2026, 17:52 KST"),
            Field("Received by", "Minji Park"),
            Field("Purpose", "Repair"),
        ),
        vehicle=(
            Field("VIN", "KMHKN81AFNU012345"),
            Field("Colour", "Cyber grey"),
            Field("First registration", "3 May 2023"),
            Field("Engine no.", ""),
        ),
        customer=(
            Field("Name", "Sora Kim"),
            Field("Phone", "010-1234-5678"),
            Field("Brought by", "Jun Lee (husband)"),
            Field("Organisation", ""),
        ),
        order=order(line_count),
        key_tag="17",
        key_slot="B4",
        keys="2 keys, 1 remote",
        box="8",
        plans=(
            Plan("Outside", STAND_IN_DRAWING, "The car unfolded", marks(mark_count)),
            Plan("Inside", STAND_IN_DRAWING, "The inside", marks(min(mark_count, 2))),
        ),
        conditions=(Field("Light", "Daylight"), Field("Body", "Wet")),
        checks=(
            StationChecks("Driver's door", "14 checks"),
            StationChecks(
                "Dashboard",
                "31 checks",
                (Finding("Check engine lamp", "on", "since last week"),),
                "Rear wiper, cigarette lighter",
            ),
            StationChecks("Boot", "", (), "all 6 checks"),
        ),
        readings=Readings(
            odometer="48,210 km",
            fuel=0.625,
            fuel_text="5/8",
            charge=0.72,
            charge_text="72 % \u00b7 310 km",
        ),
        papers=(
            Paper("Vehicle registration", "\u20265678", "yes", "3 May 2027", "complete, intact"),
            Paper("Insurance", "", "no", "", "", "not in the car", "customer sends a copy"),
        ),
        belongings=(
            Belonging("Charging cable", "1", "good", "left in car"),
            Belonging("Umbrella", "2", "worn", "in box", "red and blue"),
        ),
        valuables="None (notice shown)",
        box_details=(Field("Box sealed by", "Minji Park"),),
        photos=photos(photo_count),
        photos_awaited="2 photos are still on the tablet.",
        statements=(
            Statement("S1", "The order", (WORDS,), HASH, "23 Nov 2026, 18:24 KST", 0),
            Statement("S2", "The noted condition", (WORDS,), HASH, "23 Nov 2026, 18:25 KST", 0),
        ),
        signatures=(signature(),),
        corrections=(
            Correction("Mark 3", "scratch", "dent", "seen under light", "Minji, 19:02 KST"),
        ),
        seal=Seal(HASH, "1183", "23 Nov 2026, 18:25:07 KST", HASH[::-1], "Keep this number."),
        copy_note="Customer's copy",
        is_demo=True,
    )


WORDS = (
    "I ask for the work listed above at the prices named, and for a call before anything else is "
    "done. The condition noted here was shown to me beside the car."
)


def order(line_count: int) -> Order:
    """Return an order whose every third price is not yet known."""
    return Order(
        lines=tuple(
            OrderLine(
                str(number),
                "Brake pads, front axle",
                "Grinding noise when cold" if number % 2 else "",
                "" if number % 3 == 0 else "\u20a9 184,000",
            )
            for number in range(1, line_count + 1)
        ),
        total="\u20a9 368,000",
        promised="24 Nov, 17:00",
        customer_words="It squeals when I brake in the morning, and the left door sticks.",
        wishes=(
            Field("Old parts back", "yes"),
            Field("Wash", "no"),
            Field("Call above", "\u20a9 50,000"),
        ),
    )


def changed(given: CheckInSheet, **parts: Any) -> CheckInSheet:
    """Return the sheet with some parts replaced."""
    return dataclasses.replace(given, **parts)
