"""What is made before anything is served: newest schema, the demo where it is new, and the static
files of a new release compressed."""

import logging

from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from inspect_app import create_app, schema
from inspect_app.compression import shrink_static
from inspect_app.config import STATIC, Settings
from inspect_app.db import any_site, db
from inspect_app.serving.checks import CannotServe
from inspect_app.sites.models import Site

log = logging.getLogger(__name__)


def prepare(settings: Settings) -> None:
    """Brings the database to the newest schema; an empty one gets the demo shop, if it is wanted.

    No connection stays open: the doors are forked from this process. Raises CannotServe where the
    database cannot be reached.
    """
    app = create_app(settings)
    with app.app_context():
        try:
            if not schema.is_current():
                schema.upgrade()
        except OperationalError as cause:
            where = make_url(settings.database_url).render_as_string(hide_password=True)
            reason = str(cause.orig).strip().splitlines()[0]
            raise CannotServe(f"The database {where} cannot be opened: {reason}") from cause
        if settings.demo and _has_no_site():
            _seed()
        db.session.remove()
        db.engine.dispose()
    _shrink_static(settings, app.extensions["build_id"])


def _shrink_static(settings: Settings, build: str) -> None:
    if settings.developing:
        return
    try:
        shrink_static(STATIC, settings.data_dir, build)
    except OSError as problem:
        log.warning("static files stay as they are: %s", problem)


def demo_cast() -> tuple[tuple[str, str, str], ...]:
    """Name, roles and PIN of each person of the demo shop."""
    from inspect_app.seeds import DEMO_CAST

    return tuple(
        (name, ", ".join(role.replace("_", " ") for role in roles), pin)
        for name, roles, pin in DEMO_CAST
    )


def _has_no_site() -> bool:
    with any_site():
        return db.session.scalar(select(Site.id).limit(1)) is None


def _seed() -> None:
    from inspect_app.seeds import seed_shop, seed_visits

    seed_visits(seed_shop())
    db.session.commit()
