"""Static files under `/static/<build id>/`, immutable and compressed, by WhiteNoise."""

from collections.abc import Mapping
from os import stat_result
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile

from inspect_app.compression import shrunk_folder, variants
from inspect_app.config import STATIC, Settings
from inspect_app.door import HEADERS, PART_HEADERS, build_id

SOURCES = (".js", ".css")
"""Read by pages alone; anything else could be opened as a document."""


class CompressedElsewhere(WhiteNoise):  # type: ignore[misc]  # whitenoise ships no types
    """WhiteNoise with compressed files in the data directory, as the app's own may be read-only."""

    def __init__(self, *args: object, folder: Path, **kwargs: object) -> None:
        self.folder = folder
        super().__init__(*args, **kwargs)

    def get_static_file(
        self, path: str, url: str, stat_cache: Mapping[str, stat_result] | None = None
    ) -> StaticFile:
        """As WhiteNoise does it, but for the place of the compressed files."""
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        self.add_headers_function(headers, path, url)
        others = variants(self.folder, STATIC, Path(path))
        return StaticFile(path, headers.items(), encodings=others)


def install(app: Flask, settings: Settings) -> None:
    """`url_for("static", filename=…)` stays normal; one release is one folder name.

    While developing the name is `dev` and files are looked up at every request.
    """
    build = "dev" if settings.developing else build_id(STATIC)
    app.extensions["build_id"] = build
    prefix = f"static/{build}"

    def headers(response_headers: Headers, path: str, _url: str) -> None:
        of_file = PART_HEADERS if path.endswith(SOURCES) else HEADERS
        for name, value in of_file.items():
            response_headers[name] = value

    app.wsgi_app = CompressedElsewhere(  # type: ignore[method-assign]  # Flask's documented way
        app.wsgi_app,
        root=str(STATIC),
        prefix=prefix,
        folder=shrunk_folder(settings.data_dir, build),
        autorefresh=settings.developing,
        max_age=0 if settings.developing else 31536000,
        immutable_file_test=lambda _path, _url: not settings.developing,
        mimetypes={".webmanifest": "application/manifest+json", ".js": "text/javascript"},
        add_headers_function=headers,
    )

    app.add_url_rule(f"/{prefix}/<path:filename>", endpoint="static", view_func=_missing)
    app.jinja_env.globals["build_id"] = build


def _missing(filename: str) -> tuple[str, int]:
    """WhiteNoise answers before Flask for every file there is; this is one there is not."""
    return "", 404
