"""Reading what a camera, a file input or a pen on the glass sent."""

import json
import math
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from inspect_app.catalogues import is_code
from inspect_app.errors import BadPhoto, Invalid, Words
from inspect_app.photos.pictures import BadPicture, Pictures, make_pictures
from inspect_app.photos.rules import (
    FREE_ANGLE,
    MAX_POINTS,
    MAX_SHAPES,
    MAX_WORD_CHARS,
    RETAKE,
    SHAPE_KINDS,
    SUBJECTS,
    Verdict,
)

STATUS = {
    Verdict.TOO_LARGE: 413,
    Verdict.NOT_A_PICTURE: 415,
    Verdict.UNSUPPORTED_FORMAT: 415,
    Verdict.HEIC_NOT_INSTALLED: 415,
}
SENTENCES: dict[Verdict, Words] = {
    Verdict.EMPTY: _l("No photo came. Take it again."),
    Verdict.TOO_LARGE: _l(
        "This is larger than 40 MB. Take the photo again, or choose a smaller one."
    ),
    Verdict.NOT_A_PICTURE: _l("This file is no picture. Choose a photo."),
    Verdict.UNSUPPORTED_FORMAT: _l(
        "This kind of picture can't be taken. Choose a JPEG, PNG, WebP or AVIF."
    ),
    Verdict.HEIC_NOT_INSTALLED: _l(
        "HEIC photos can't be read here. Set the camera to “most compatible”, or send a JPEG."
    ),
    Verdict.TOO_MANY_PIXELS: _l(
        "This picture has more than 50 megapixels. Take it with a smaller size."
    ),
    Verdict.TRUNCATED: _l("This photo is damaged or not complete. Take it again."),
}
WITH_ANGLE = ("angle", RETAKE)
"""What is taken from a side of the car, so that the side is part of it."""
_subject_code = re.compile(r"[a-z0-9_:]{0,60}")
_sha256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Received:
    """The bytes as they came, and what was made of them."""

    content: bytes
    pictures: Pictures


@dataclass(frozen=True)
class PhotoDraft:
    """What a photo is of, as the tablet says."""

    id: uuid.UUID
    subject: str
    subject_id: uuid.UUID | None
    subject_code: str
    angle: str


def read_received(file: FileStorage | None, declared_sha256: str) -> Received:
    """The photo, decoded and proven to have the hash it was sent under. Raises BadPhoto."""
    content = file.read() if file is not None else b""
    try:
        pictures = make_pictures(content)
    except BadPicture as refusal:
        raise BadPhoto(SENTENCES[refusal.code], STATUS.get(refusal.code, 422)) from refusal
    if declared_sha256 and declared_sha256 != pictures.sha256:
        raise BadPhoto(_l("This photo was damaged on its way here. Send it again."))
    return Received(content, pictures)


def read_photo(form: Mapping[str, str]) -> PhotoDraft:
    """What the photo is of. Raises Invalid."""
    problems: dict[str, Words] = {}
    subject = form.get("subject") or "angle"
    code = form.get("subject_code", "")
    angle = form.get("angle") or FREE_ANGLE
    if subject not in SUBJECTS or not _subject_code.fullmatch(code):
        problems["subject"] = _l("It is not said what this photo is of. Open the page again.")
    if not is_code("photo_angles", angle):
        problems["angle"] = _l("There is no such side to take a photo from. Open the page again.")
    declared = form.get("sha256", "")
    if declared and not _sha256.fullmatch(declared):
        problems["sha256"] = _l("This photo was damaged on its way here. Send it again.")
    photo_id = _id(form, "id", problems)
    subject_id = _id(form, "subject_id", problems) if form.get("subject_id") else None
    if problems or photo_id is None:
        raise Invalid(problems)
    return PhotoDraft(
        photo_id, subject, subject_id, code, angle if subject in WITH_ANGLE else FREE_ANGLE
    )


def _id(form: Mapping[str, str], name: str, problems: dict[str, Words]) -> uuid.UUID | None:
    try:
        return uuid.UUID(form.get(name, ""))
    except ValueError:
        problems[name] = _l("The tablet sent no valid id. Open the page again and repeat.")
        return None


def read_shapes(text: str) -> list[dict[str, Any]]:
    """What was drawn, each shape with just its known members. Raises Invalid."""
    try:
        found = json.loads(text)
        shapes = [_shape(shape) for shape in found]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Invalid({"shapes": _l("This drawing can't be read. Draw it again.")}) from None
    points = sum(len(shape["points"]) for shape in shapes)
    if not isinstance(found, list) or len(shapes) > MAX_SHAPES or points > MAX_POINTS:
        raise Invalid({"shapes": _l("This is too much for one photo. Take some strokes away.")})
    return shapes


def _shape(shape: Any) -> dict[str, Any]:
    kind, colour = shape["kind"], shape["colour"]
    points = [[_fraction(x), _fraction(y)] for x, y in shape["points"]]
    wanted = {"word": 1, "arrow": 2, "circle": 2}.get(kind)
    if kind not in SHAPE_KINDS or type(colour) is not int or colour not in (1, 2) or not points:
        raise ValueError
    if wanted is not None and len(points) != wanted:
        raise ValueError
    if kind != "word":
        return {"kind": kind, "colour": colour, "points": points}
    word = str(shape["text"])
    if not 0 < len(word.strip()) <= MAX_WORD_CHARS or not word.isprintable():
        raise ValueError
    return {"kind": kind, "colour": colour, "points": points, "text": word.strip()}


def _fraction(value: Any) -> float:
    """A place on the photo, 0 to 1, to a hundredth of a pixel of the largest one."""
    if type(value) not in (int, float) or not math.isfinite(value) or not 0 <= value <= 1:
        raise ValueError
    return round(float(value), 6)
