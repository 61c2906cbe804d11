"""Vehicle reception: from the parking bay to a signed, sealed check-in."""

import uuid

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from inspect_app import assets, door, i18n, nouns
from inspect_app.config import MIGRATIONS, TEMPLATES, Settings
from inspect_app.db import Base, db, wire
from inspect_app.memory import give_back_after_pictures
from inspect_app.photos.rules import MAX_BYTES
from inspect_app.staff.places import own_place
from inspect_app.web import htmx


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application: a table of contents."""
    give_back_after_pictures()
    settings = settings or Settings.from_environment()
    app = Flask(__name__, template_folder=str(TEMPLATES), static_folder=None)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True, "pool_size": 20},
        MAX_CONTENT_LENGTH=MAX_BYTES + 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=500,
    )
    app.extensions["settings"] = settings
    app.jinja_env.globals.update(new_id=uuid.uuid4, own_place=own_place)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    htmx.init_app(app)
    i18n.install(app)
    assets.install(app, settings)
    door.install(app)
    if settings.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    nouns.install(app)
    with app.app_context():
        wire(db.engine)
    return app


__all__ = ["MIGRATIONS", "Base", "create_app"]
