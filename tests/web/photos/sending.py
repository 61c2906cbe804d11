"""Sends photos as a tablet does, and looks at what the shop kept."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from inspect_app.config import Settings
from tests.conftest import Tablet
from tests.factories import new_id
from tests.unit.photos.material import cornered, saved


def a_jpeg(width: int = 640, height: int = 480) -> bytes:
    """A small photo."""
    return saved(cornered(width, height), "JPEG")


def send(tablet: Tablet, visit_id: str, content: bytes, **fields: Any) -> Any:
    """One photo, the way the outbox sends it; fields with None are left out."""
    form: dict[str, Any] = {
        "id": new_id(),
        "_key": new_id(),
        "subject": "angle",
        "angle": "front",
        "sha256": hashlib.sha256(content).hexdigest(),
        "photo": FileStorage(BytesIO(content), "photo.jpg", content_type="image/jpeg"),
        **fields,
    }
    plain, headers = bool(form.pop("plain", False)), form.pop("headers", {})
    post: Any = tablet.post if plain else tablet.htmx_post
    # Encoded here: the test client would leave a temporary file open for each large body.
    boundary, body = encode_multipart({k: v for k, v in form.items() if v is not None})
    return post(
        f"/visits/{visit_id}/photos",
        body,
        content_type=f"multipart/form-data; boundary={boundary}",
        headers=headers,
    )


def stored(app: Flask) -> set[str]:
    """Every file in the photo folder, as kind/hash."""
    settings: Settings = app.extensions["settings"]
    root = settings.data_dir / "photos"
    return {f"{file.relative_to(root).parts[0]}/{file.name}" for file in files_in(root)}


def files_in(root: Path) -> list[Path]:
    """All files below a folder that may not exist yet."""
    return [path for path in root.rglob("*") if path.is_file()] if root.is_dir() else []
