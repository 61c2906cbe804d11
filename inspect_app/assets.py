"""Static files under `/static/<build id>/`, immutable, by WhiteNoise."""

from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from inspect_app.config import STATIC, Settings
from inspect_app.door import HEADERS, build_id


def install(app: Flask, settings: Settings) -> None:
    """`url_for("static", filename=…)` stays normal; one release is one folder name.

    While developing the name is `dev` and files are looked up at every request.
    """
    build = "dev" if settings.developing else build_id(STATIC)
    app.extensions["build_id"] = build
    prefix = f"static/{build}"

    def headers(response_headers: Headers, _path: str, _url: str) -> None:
        for name, value in HEADERS.items():
            response_headers[name] = value

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask's documented way to wrap
        app.wsgi_app,
        root=str(STATIC),
        prefix=prefix,
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
