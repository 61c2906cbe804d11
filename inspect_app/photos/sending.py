"""Sending a photo's bytes, to the shop's own tablets and to a customer's link."""

from io import BytesIO

from flask import Response, request, send_file

from inspect_app.errors import NotFound
from inspect_app.photos import actions
from inspect_app.photos.models import Photo
from inspect_app.photos.storage import Kind, NotStored

MIME_OF: dict[Kind, str] = {"screen": "image/jpeg", "list": "image/webp"}
FOREVER = "private, max-age=31536000, immutable"  # a photo's bytes never change


def picture_answer(photo: Photo, size: Kind) -> Response:
    """The bytes of one size. A browser that has them is told so before any file is opened."""
    etag = f"{photo.sha256}-{size}"
    if etag in request.if_none_match:
        answer = Response(status=304)
        answer.set_etag(etag)
    else:
        answer = _sent(photo, size, etag)
    answer.headers["Cache-Control"] = FOREVER
    return answer


def _sent(photo: Photo, size: Kind, etag: str) -> Response:
    try:
        content = actions.folder().read(photo.sha256, size)
    except NotStored:
        content = _made_again(photo, size)
    return send_file(
        BytesIO(content),
        mimetype=MIME_OF.get(size, photo.mime),
        as_attachment=size == "received",
        download_name=f"{photo.sha256[:12]}.{photo.mime.partition('/')[2]}",
        etag=etag,
    )


def _made_again(photo: Photo, size: Kind) -> bytes:
    try:
        return actions.make_again(photo, size)
    except NotStored:
        raise NotFound from None
